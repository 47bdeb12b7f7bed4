"""Conditions that nobody wrote: false in general, true where Σ y = 1, where K is symmetric, where x > 0."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from symderiv.deriving.evident import evident
from symderiv.deriving.evident import needed as unseen
from symderiv.judge.carrying import START
from symderiv.judge.meaning import HELD
from symderiv.reading.derivatives import EXPRESSION
from symderiv.term.build import ONE, ZERO, bigsum, entry, index, meaning_of, of, property_of, relation
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import fresh_index
from symderiv.term.shapes import Clash, shape

#: How many usual conditions are tried on one line.
MOST = 12


def usual(left: Term, right: Term) -> Iterator[tuple[Term, Term]]:
    """The usual conditions on the letters of a line, each with its letter.

    >>> from symderiv.term.build import *
    >>> x = name("x")
    >>> [condition for _, condition in usual(root(x**2), x)]
    [relation(('>',), x, 0)]
    """
    letters = sorted((leaf for leaf in left.free | right.free if leaf.kind == "name"), key=lambda leaf: leaf.data.name.latex)
    count = 0
    for letter in letters:
        if letter.data.domain != "real" or is_internal(letter) or count >= MOST:
            continue
        count += 1
        match letter.data.shape:
            case ():
                yield letter, relation(">", letter, ZERO)
            case (_,):
                place = fresh_index(index("k"), left.free | right.free)
                yield letter, relation("=", bigsum(entry(letter, place), place), ONE)
                yield letter, relation(">", entry(letter, place), ZERO)
            case (rows, columns) if rows is columns:
                yield letter, property_of("symmetric", letter)


def is_assumption(left: Term, right: Term) -> bool:
    """Whether an equation is what people assume of a letter and never derive: Σ y_k = 1, ‖w‖ = 1, AᵀA = I.

    >>> from symderiv.term.build import *
    >>> k, y = index("k"), name("y", size("n"))
    >>> is_assumption(bigsum(entry(y, k), k), ONE), is_assumption(bigsum(entry(y, k) ** 2, k), ONE)
    (True, False)
    """
    if right.kind == "identity":
        return _is_gram(left)
    if right.kind != "number":
        return False
    match left.kind:
        case "bigsum":
            body, letter = left.args[:2]
            return body.kind == "entry" and body.args[0].kind == "name" and body.args[1:] == (letter,)
        case "norm":
            return left.args[0].kind == "name"
        case "power":
            return is_assumption(left.args[0], right) and left.args[0].kind == "norm"
        case "product" if shape(left) == ():
            one, other = left.args[0], left.args[-1]
            sums = one.kind == "transpose" and one.args[0].kind == "ones" and other.kind == "name"
            return len(left.args) == 2 and (sums or _is_gram(left))
    return False


def _is_gram(term: Term) -> bool:
    """Whether a product is that of a letter and its transpose: `AᵀA`, `A Aᵀ`, `zᵀz`."""
    if term.kind != "product" or len(term.args) != 2:
        return False
    turned, plain = term.args if term.args[0].kind == "transpose" else reversed(term.args)
    return turned.kind == "transpose" and turned.args[0] is plain and plain.kind == "name"


def tacit(left: Term, right: Term) -> list[Term]:
    """What is meant without being said: `Σ_{k ≠ i, j}` leaves two terms out, so `i ≠ j`.

    >>> from symderiv.term.build import *
    >>> i, j, k = index("i"), index("j"), index("k")
    >>> inner = cases(entry(name("p", size("n")), k), relation("≠", k, j), ZERO)
    >>> tacit(bigsum(cases(inner, relation("≠", k, i), ZERO), k), ZERO)
    [relation(('≠',), i, j)]
    """
    left_out: dict[Term, dict[Term, None]] = {}
    for node in (node for side in (left, right) for node in subterms(side) if node.kind == "relation"):
        if node.data == ("≠",) and all(arg.kind == "index" for arg in node.args):
            left_out.setdefault(node.args[0], {})[node.args[1]] = None
    free = left.free | right.free
    pairs = [
        pair for others in left_out.values() for pair in combinations(sorted(others, key=str), 2) if free.issuperset(pair)
    ]
    return [relation("≠", *pair) for pair in dict.fromkeys(pairs)]


def is_internal(letter: Term) -> bool:
    """Whether a name was made by the judge and stands in no line."""
    if letter.kind != "name":
        return False
    written = letter.data.name
    return bool(written == EXPRESSION) or written.accent == START or written.sub.endswith(HELD)


def shown(conditions: tuple[Term, ...]) -> tuple[Term, ...]:
    """The conditions that speak of a person's own letters only."""
    return tuple(one for one in conditions if not any(is_internal(leaf) for leaf in one.free))


def needed(left: Term, right: Term, found: tuple[Term, ...], given: tuple[Term, ...]) -> tuple[Term, ...]:
    """The conditions that a proof used, and that every inverse in the line exists, unless that is given."""
    inverses = dict.fromkeys(node.args[0] for side in (left, right) for node in subterms(side) if _is_inverse(node))
    exist = [
        relation("≠", of("det", array), ZERO)
        for array in inverses
        if array.kind == "name" and not is_invertible(array, given)
    ]
    told = {fact.args[0] for fact in (*found, *given) if fact.kind == "relation"}
    exist = [condition for condition in exist if condition.args[0] not in told]
    facts = (*found, *exist, *given)
    nodes = (node for side in (left, right) for node in subterms(side, into_names=False) if node.kind in _PARTIAL)
    domain = [one for node in nodes for one in _domain(node)]
    used = [one for one in found if not evident(one, given)]
    return (*used, *exist, *unseen([one for one in domain if not evident(one, facts)], facts))


def is_invertible(array: Term, given: tuple[Term, ...]) -> bool:
    """Whether a matrix is an inverse, or was said to have one."""
    known = {fact.args[0] for fact in given if fact.kind == "property" and fact.data in _INVERTIBLE}
    return array in known or _is_inverse(array)


#: Kinds of terms that may have no value somewhere.
_PARTIAL = frozenset({"apply", "fraction", "power"})


def _domain(node: Term) -> Iterator[Term]:
    """What a logarithm, a denominator and a power need in order to have a value."""
    args = node.args
    match node.kind:
        case "apply" if args[0].kind == "function" and meaning_of(args[0]) in ("log", "ln") and shape(args[1]) == ():
            yield relation(">", args[1], ZERO)
        case "fraction" if args[1].free and shape(args[1]) == ():
            yield relation("≠", args[1], ZERO)
        case "power" if args[0].free and shape(args[0]) == () and args[1].free:
            yield relation(">", args[0], ZERO)
        case "power" if args[0].free and shape(args[0]) == () and args[1].kind == "minus":
            yield relation("≠", args[0], ZERO)


#: Properties of a matrix that has an inverse.
_INVERTIBLE = frozenset({"invertible", "positive definite", "orthogonal"})


def _is_inverse(node: Term) -> bool:
    if node.kind == "inverse":
        return True
    sizes = shape(node.args[0]) if node.kind == "power" else ()
    return node.kind == "power" and not isinstance(sizes, Clash) and len(sizes) == 2 and node.args[1].kind == "minus"
