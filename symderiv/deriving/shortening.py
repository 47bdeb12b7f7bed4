"""Array results in their shortest form: inverses of products opened, the sigmoid recognised, repeated parts named."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from symderiv.deriving.arrays import collected, hadamard, parted, sizes, times, transposed
from symderiv.deriving.derivation import Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.neat import neat
from symderiv.deriving.tidying import cost, turn
from symderiv.rules.book import folding_identities
from symderiv.term.build import ONE, ZERO, add, meaning_of, minus, mul, named, of, relation
from symderiv.term.kinds import Term, leaves, make, subterms
from symderiv.term.places import rebuilt, with_args
from symderiv.worth.domain import sum_to_one


def shorten(draft: Draft, functions: frozenset[str] = frozenset()) -> None:
    """Use on the line of a draft what makes it shorter; `functions` are those that the problem speaks of."""
    draft.use(collect)
    draft.use(symmetry(draft.given))
    for law in (inverse_of_product, recognised(functions), against_a_vector(draft.given), turn):
        found = law.use(draft.term)
        if found is not None and cost(found[0]) < cost(draft.term):
            draft.use(law)
    draft.use(known_names(draft.start))
    draft.use(repeated_part)


def _collected(term: Term) -> Term | None:
    after = collected(term) if sizes(term) else term
    return None if after is term else after


collect = Move(
    "terms collected", _collected, say="like terms are added, a factor that all terms share stands once",
    source="Petersen and Pedersen, The Matrix Cookbook, 1", minor=True,
)  # fmt: skip


def symmetry(given: tuple[Term, ...]) -> Move:
    """The law that a symmetric matrix is its own transpose, for the letters of which that is given and what they make."""
    facts = {fact.args[0]: fact for fact in given if fact.kind == "property" and fact.data in _SYMMETRIC}

    def needed(term: Term) -> tuple[Term, ...]:
        return tuple(fact for letter, fact in facts.items() if letter in term.free)

    def rewrite(term: Term) -> Term | None:
        return _with_symmetric(term, frozenset(facts)) if facts else None

    return Move("symmetry", rewrite, say="a symmetric matrix is its own transpose", needs=needed)


#: Properties of a matrix that make it its own transpose.
_SYMMETRIC = {"symmetric", "symmetric positive definite", "positive definite", "diagonal"}


def _with_symmetric(term: Term, letters: frozenset[Term]) -> Term | None:
    """The term with `Aᵀ` written `A` where that is the same matrix, and everything that then collects collected."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node.kind == "transpose" and _own_transpose(args[0], letters):
            return args[0]
        return _built(node, args)

    after = rebuilt(term, change, into_names=False)
    return None if after is term else after


def _own_transpose(array: Term, letters: frozenset[Term]) -> bool:
    """Whether a matrix is its own transpose: a symmetric letter, its inverse, `AᵀSA`, sums of such."""
    if array in letters:
        return True
    if array.kind in ("inverse", "minus", "power") or (array.kind == "fraction" and not sizes(array.args[1])):
        return _own_transpose(array.args[0], letters)
    if array.kind == "sum":
        return all(_own_transpose(arg, letters) for arg in array.args)
    if array.kind == "product":
        turned = rebuilt(transposed(array), lambda node, args: _plain(node, args, letters), into_names=False)
        return turned is array
    return array.kind in ("identity", "diag")


def _plain(node: Term, args: tuple[Term, ...], letters: frozenset[Term]) -> Term:
    if node.kind == "transpose" and args[0] in letters:
        return args[0]
    return with_args(node, args) if args else node


def _opened(term: Term) -> Term | None:
    after = rebuilt(term, _built, into_names=False)
    return None if after is term else after


def _built(node: Term, args: tuple[Term, ...]) -> Term:
    """The node over new parts, as short as its kind can be written."""
    match node.kind:
        case "inverse":
            return _inverse(args[0])
        case "transpose":
            return transposed(args[0])
        case "product" if sizes(node) != ():
            return times(*args)
        case "sum" if sizes(node) != ():
            return collected(make("sum", None, args))
    return with_args(node, args) if args else node


def _inverse(array: Term) -> Term:
    if array.kind == "inverse":
        return array.args[0]
    if array.kind == "transpose":
        return of("transpose", _inverse(array.args[0]))
    if array.kind == "product" and all(_is_square(arg) for arg in array.args):
        return times(*[_inverse(arg) for arg in reversed(array.args)])
    return of("inverse", array)


def _is_square(array: Term) -> bool:
    found = sizes(array)
    return len(found) == 2 and found[0] is found[1]


def _invertible(term: Term) -> tuple[Term, ...]:
    """The factors of the products whose inverse is opened must each have one."""
    products = [node.args[0] for node in subterms(term, into_names=False) if node.kind == "inverse"]
    factors = [arg for product in products if product.kind == "product" for arg in product.args]
    bare = dict.fromkeys(factor.args[0] if factor.kind == "transpose" else factor for factor in factors)
    return tuple(relation("≠", of("det", factor), ZERO) for factor in bare)


inverse_of_product = Move(
    "inverse of a product", _opened, say="(AB)⁻¹ = B⁻¹A⁻¹, and an array beside its inverse is gone", needs=_invertible,
    source="Petersen and Pedersen, The Matrix Cookbook, 3.1",
)  # fmt: skip


def known_names(start: Term) -> Move:
    """The law that writes the names again that the problem has given to its parts."""
    names = {node.args[0]: node for node in subterms(start) if node.kind == "named" and node.args[0].args}

    def rewrite(term: Term) -> Term | None:
        after = _replaced(term, names)
        return None if after is term else after

    return Move("definition", rewrite, say="a part that has a name is called by it", minor=True)


def against_a_vector(given: tuple[Term, ...]) -> Move:
    """The law that multiplies out a Jacobian in front of a vector where that cancels: `(diag(p) − ppᵀ)(y/p) = y − p`."""
    sums = {vector: fact for fact in given if (vector := _sums_to_one(fact)) is not None}

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        new = with_args(node, args) if args else node
        scalars, arrays = parted(new) if new.kind == "product" and sizes(new) else ([], [])
        for spot, (matrix, vector) in enumerate(pairwise(arrays)):
            if any(part.kind == "diag" for part in matrix.args) and len(sizes(vector)) == 1:
                opened = collected(add(*[_against(part, vector, sums) for part in matrix.args]))
                return times(*scalars, *arrays[:spot], opened, *arrays[spot + 2 :])
        return new

    def rewrite(term: Term) -> Term | None:
        after = rebuilt(term, change, into_names=False)
        return None if after is term else after

    def needed(term: Term) -> tuple[Term, ...]:
        return tuple(fact for vector, fact in sums.items() if vector in term.free)

    say = "the Jacobian times the vector, term by term; what cancels is gone"
    return Move("multiplied out", rewrite, say=say, needs=needed)


def _sums_to_one(fact: Term) -> Term | None:
    """The vector of which a fact says that its entries sum to one."""
    if fact.kind == "relation":
        return sum_to_one(fact)
    return fact.args[0] if fact.kind == "property" and fact.data in ("one-hot", "probability") else None


def _against(matrix: Term, vector: Term, sums: Mapping[Term, Term]) -> Term:
    """`diag(u)(v/u)` is v; `a uᵀ(v/u)` is a times the sum of v."""
    if matrix.kind == "minus":
        return neat(minus(_against(matrix.args[0], vector, sums)))
    if matrix.kind == "diag":
        return _cancelled(matrix.args[0], vector) or times(matrix, vector)
    scalars, arrays = parted(matrix) if matrix.kind == "product" else ([], [matrix])
    if len(arrays) == 2 and arrays[1].kind == "transpose":
        rest = _cancelled(arrays[1].args[0], vector)
        if rest is not None:
            whole = ONE if rest in sums else mul(of("transpose", make("ones", None, sizes(rest))), rest)
            return times(*scalars, whole, arrays[0])
    return times(matrix, vector)


def _cancelled(factor: Term, vector: Term) -> Term | None:
    """An entrywise product with a factor that cancels against `1/u` or a fraction over u; None where nothing does."""
    pieces = list(vector.args) if vector.kind == "hadamard" else [vector]
    for spot, piece in enumerate(pieces):
        if piece.kind == "fraction" and piece.args[1] is factor:
            top = [piece.args[0]] if sizes(piece.args[0]) else []
            rest = [*pieces[:spot], *top, *pieces[spot + 1 :]]
            return hadamard(*rest) if rest else make("ones", None, sizes(factor))
    return None


def recognised(functions: frozenset[str]) -> Move:
    """The law that gives a quotient the name of a function that the problem speaks of: `e^u/(1 + e^u) = σ(u)`."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        new = with_args(node, args) if args else node
        for function, rule in folding_identities(new):
            if function in functions and (after := rule.apply(_with_numbers(new))) is not None:
                return after
        return new

    def rewrite(term: Term) -> Term | None:
        after = rebuilt(term, change, into_names=False)
        return None if after is term else after

    return Move("sigmoid", rewrite, say="e^u/(1 + e^u) is σ(u)", source="Goodfellow, Bengio, Courville, Deep Learning, 3.10")


def _with_numbers(fraction: Term) -> Term:
    """`1 + v` for the vector of ones and v: added entry by entry, a one is a one."""
    top, bottom = fraction.args
    if bottom.kind != "sum":
        return fraction
    terms = tuple(ONE if arg.kind == "ones" else arg for arg in bottom.args)
    return with_args(fraction, (top, with_args(bottom, terms)))


#: The letters that a repeated part may get, by the function at its head.
_LETTERS = {"softmax": "pqs", "sigma": "sah", "tanh": "hta", "exp": "uvw", "inverse": "KMP"}


def _named(term: Term) -> Term | None:
    part = _repeated(term)
    if part is None:
        return None
    taken = {getattr(letter.data, "name", letter.data) for letter in term.free}
    letters = _LETTERS.get(_head(part), "uvwrqg")
    text = next((letter for letter in letters + "uvwrqgh" if letter not in {str(name) for name in taken}), None)
    return None if text is None else _replaced(term, {part: named(text, part)})


def _head(part: Term) -> str:
    if part.kind == "apply" and part.args[0].kind == "function":
        return meaning_of(part.args[0])
    return part.kind


def _repeated(term: Term) -> Term | None:
    """The largest part of at least three leaves (or a softmax) that stands twice or more."""
    counts: dict[Term, int] = {}
    _count(term, counts)
    best = [part for part, count in counts.items() if count > 1 and _worth_naming(part)]
    return max(best, key=lambda part: (leaves(part) * (counts[part] - 1), leaves(part)), default=None)


def _worth_naming(part: Term) -> bool:
    if part.kind == "apply" and sizes(part) and part.args[0].kind == "function":
        return meaning_of(part.args[0]) == "softmax" or leaves(part) > 2
    return part.kind in ("inverse",) and leaves(part) > 1


def _count(term: Term, counts: dict[Term, int]) -> None:
    if term.args and term.kind != "named":
        counts[term] = counts.get(term, 0) + 1
        for arg in term.args:
            _count(arg, counts)


def _replaced(term: Term, new: dict[Term, Term]) -> Term:
    def change(node: Term, args: tuple[Term, ...]) -> Term:
        return new.get(node) or (with_args(node, args) if args else node)

    return rebuilt(term, change, into_names=False)


repeated_part = Move("repeated part named", _named, say="a part that stands twice gets a name", minor=True)
