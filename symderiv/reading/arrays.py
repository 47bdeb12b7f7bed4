"""What a script or a bar means on an array: the number of its axes decides, and nothing is guessed from letters."""

from __future__ import annotations

from symderiv.reading.fitting import fit
from symderiv.reading.pratt import Reader
from symderiv.term.build import ZERO, Shape, add, size
from symderiv.term.kinds import Term, as_term, subterms
from symderiv.term.names import Name
from symderiv.term.places import substitute
from symderiv.term.shapes import Clash, shape


def shape_of(reader: Reader, term: Term) -> Shape:
    """The shape of a term; where its parts clash, that of the first of the two parts."""
    found = shape(term)
    if isinstance(found, Clash) and reader.unknown:
        found = shape(fit(term, reader.unknown))
    return found.left if isinstance(found, Clash) else found


def rank(reader: Reader, term: Term) -> int:
    """How many axes a term has: 0 a scalar, 1 a column, 2 a matrix."""
    return len(shape_of(reader, term))


def unknown_size(reader: Reader) -> Term:
    """A size that the formula around must tell."""
    letter = size(Name("?", sub=str(len(reader.unknown) + 1)))
    reader.unknown.append(letter)
    return letter


def reach(body: Term, letter: Term, first: int = 1) -> Term | None:
    """How many positions an index letter has, told by an array on which it stands; by one that it must not leave first.

    `first` is the number of the first position.
    """
    for node in subterms(body):
        if node.kind == "entry" and len(node.args) == 2 and node.args[1].kind == "sum" and node.args[1].args[0] is letter:
            sizes = shape(node.args[0])
            if not isinstance(sizes, Clash) and sizes[0].kind == "sum" and sizes[0].args[1:] == node.args[1].args[1:]:
                return sizes[0].args[0]
    for node in subterms(body):
        if node.kind == "entry" and letter in node.args[1:]:
            sizes = shape(node.args[0])
            place = node.args.index(letter) - 1
            if not isinstance(sizes, Clash) and place < len(sizes):
                return sizes[place]
    return _under_a_window(body, letter, first)


def _under_a_window(body: Term, letter: Term, first: int) -> Term | None:
    """How far a letter runs that stands on arrays beside letters of sums only: as far as `x_{i+h-1}` has entries."""
    limits = {node.args[1]: _range(node, first) for node in subterms(body) if node.kind == "bigsum"}
    limits = {one: ends for one, ends in limits.items() if ends}
    for node in subterms(body):
        if node.kind != "entry" or isinstance(sizes := shape(node.args[0]), Clash):
            continue
        for length, position in zip(sizes, node.args[1:], strict=False):
            beside = [term for term in position.args if term is not letter] if position.kind == "sum" else []
            inside = frozenset().union(*(term.free for term in beside))
            if len(beside) != len(position.args) - 1 or letter in inside or not limits.keys() >= inside:
                continue
            ends = [_whole(substitute(add(*beside), {one: limits[one][end] for one in inside})) for end in (0, 1)]
            if ends[0] is ZERO:
                return _whole(length - ends[1])
    return None


def _range(node: Term, first: int) -> tuple[Term, ...]:
    """From where to where the letter of a sum runs: its limits, else all positions of the array on which it stands alone."""
    if len(node.args) == 4:
        return node.args[2:]
    whole, letter = node.args
    alone = [entry for entry in subterms(whole) if entry.kind == "entry" and entry.args[1:] == (letter,)]
    sizes = shape(alone[0].args[0]) if alone else ()
    return () if isinstance(sizes, Clash) or not sizes else (as_term(first), _whole(add(sizes[0], as_term(first - 1))))


def _whole(term: Term) -> Term:
    """A sum of sizes and numbers, the numbers added up."""
    terms, total = list[Term](), 0
    waiting = [(term, 1)]
    while waiting:
        part, sign = waiting.pop()
        if part.kind == "sum":
            waiting += [(arg, sign) for arg in reversed(part.args)]
        elif part.kind == "minus":
            waiting.append((part.args[0], -sign))
        elif part.kind == "number" and part.data[0].denominator == 1:
            total += sign * int(part.data[0])
        else:
            terms.append(part if sign > 0 else -part)
    numbers = [as_term(total)] if total or not terms else []
    return add(*terms, *numbers)
