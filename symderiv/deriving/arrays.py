"""Arrays as they are written: transposes of products, scalars in front, identities left out, common factors collected."""

from __future__ import annotations

from functools import lru_cache

from symderiv.deriving.lowering import blocks
from symderiv.deriving.monomials import monomial, written
from symderiv.deriving.neat import REMEMBERED, neat, value_of
from symderiv.term.build import ONE, ZERO, add, fraction, minus, mul, of
from symderiv.term.kinds import Term, leaves, make
from symderiv.term.shapes import Clash, shape

Sizes = tuple[Term, ...]


def sizes(term: Term) -> Sizes:
    """The shape of a term that is known to fit."""
    found = shape(term)
    assert not isinstance(found, Clash), f"shapes clash in {term}"
    return found


def parted(product: Term) -> tuple[list[Term], list[Term]]:
    """The numbers in a product and its arrays: in `cᵀ x c` the chain `cᵀ x` is a number."""
    scalars: list[Term] = []
    arrays: list[Term] = []
    for block in blocks(product.args):
        if not isinstance(block, list):
            scalars.append(block)
        elif sizes(mul(*block)) == ():
            scalars.append(mul(*block))
        else:
            arrays += block
    return scalars, arrays


@lru_cache(maxsize=REMEMBERED)
def transposed(term: Term) -> Term:
    """The transpose as a person writes it: products turned round, no double transpose; a sum keeps its bracket.

    >>> from symderiv.term.build import name, size
    >>> A, x = name("A", size("m"), size("n")), name("x", size("n"))
    >>> transposed(mul(A, x))
    product(transpose(x), transpose(A))
    """
    if sizes(term) == ():
        return term
    match term.kind:
        case "transpose":
            return term.args[0]
        case "minus":
            return minus(transposed(term.args[0]))
        case "product":
            scalars, arrays = parted(term)
            return times(*scalars, *[transposed(arg) for arg in reversed(arrays)])
        case "fraction" if sizes(term.args[1]) == ():
            return fraction(transposed(term.args[0]), term.args[1])
        case "identity" | "diag":
            return term
        case "sum" if {transposed(arg) for arg in term.args} == set(term.args):
            return term
        case "zeros":
            return make("zeros", None, term.args[::-1])
    return of("transpose", term)


def times(*factors: Term) -> Term:
    """A product written out: brackets of products opened, scalars in front, identities and inverses beside their array gone.

    `diag(u) v` is written `u ⊙ v`, and `1/s · v` as `v/s`.
    """
    scalars: list[Term] = []
    arrays: list[Term] = []
    identities: list[Term] = []
    negative = False
    flat: list[Term] = []
    waiting = _flat(factors)[::-1]
    while waiting:
        factor = waiting.pop()
        if factor.kind == "minus":
            negative = not negative
            waiting += _flat(factor.args)[::-1]
        else:
            flat.append(factor)
    for block in blocks(tuple(flat)):
        if not isinstance(block, list):
            scalars.append(block)
        elif sizes(mul(*block)) == ():
            scalars.append(mul(*block))
        else:
            identities += [factor for factor in block if factor.kind == "identity"]
            arrays += [factor for factor in block if factor.kind != "identity"]
    arrays = _without_diagonals(_without_inverses(arrays, identities)) or identities[:1]
    product = neat(_over_one_bar(scalars, arrays))
    return neat(minus(product)) if negative else product


def _without_inverses(arrays: list[Term], identities: list[Term]) -> list[Term]:
    """Neighbours that are inverse to each other leave an identity."""
    kept: list[Term] = []
    for array in arrays:
        if kept and _are_inverse(kept[-1], array):
            identities.append(identity_like(kept.pop()))
        else:
            kept.append(array)
    return kept


def _are_inverse(left: Term, right: Term) -> bool:
    if left.kind == right.kind == "transpose":
        left, right = left.args[0], right.args[0]
    return (left.kind == "inverse" and left.args[0] is right) or (right.kind == "inverse" and right.args[0] is left)


def _over_one_bar(scalars: list[Term], arrays: list[Term]) -> Term:
    """Numbers in front joined and cancelled; `1/‖x‖ · x` over one bar, `1/N` in front as it was written."""
    front = _front(scalars)
    if front.kind == "fraction" and front.args[0] is ONE and front.args[1].args and 0 < len(arrays) < 3:
        return fraction(mul(*arrays), front.args[1])
    if front is ONE and arrays:
        return mul(*arrays)
    return mul(*(front.args if front.kind == "product" and not _is_chain(front) else (front,)), *arrays)


def _is_chain(number: Term) -> bool:
    """Whether a number is a product of arrays, `aᵀb`."""
    return number.kind == "product" and any(sizes(arg) for arg in number.args)


def _front(scalars: list[Term]) -> Term:
    """The numbers in front of an array as one, with what cancels gone."""
    if len(scalars) < 2 and not (scalars and scalars[0].kind == "fraction"):
        return mul(*scalars)
    plain = mul(*scalars)
    joined = neat(written(monomial(plain)))
    return joined if leaves(joined) < leaves(plain) or (len(scalars) > 1 and _has_bar(scalars)) else plain


def _has_bar(scalars: list[Term]) -> bool:
    return any(scalar.kind == "fraction" for scalar in scalars)


def _flat(factors: tuple[Term, ...]) -> list[Term]:
    """The factors of products; a number like `aᵀb` that is made of arrays stays together, `v/s` is `1/s` and `v`."""
    found: list[Term] = []
    for factor in factors:
        if factor.kind == "fraction" and sizes(factor) and not sizes(factor.args[1]):
            found += [fraction(ONE, factor.args[1]), *_flat(factor.args[:1])]
            continue
        whole = factor.kind != "product" or (sizes(factor) == () and any(sizes(arg) for arg in factor.args))
        found.extend([factor] if whole else _flat_product(factor))
    return found


def _flat_product(product: Term) -> list[Term]:
    if sizes(product) == ():
        return _flat(product.args)
    scalars, arrays = parted(product)
    return _flat((*scalars, *arrays))


def _without_diagonals(arrays: list[Term]) -> list[Term]:
    if len(arrays) > 1 and arrays[-2].kind == "diag" and len(sizes(arrays[-1])) == 1:
        return _without_diagonals([*arrays[:-2], hadamard(arrays[-2].args[0], arrays[-1])])
    return arrays


def hadamard(*factors: Term) -> Term:
    """An entrywise product: scalars in front, ones left out, brackets of entrywise products opened."""
    scalars: list[Term] = []
    arrays: list[Term] = []
    for factor in factors:
        for piece in _entrywise(factor):
            if piece.kind == "minus":
                scalars.append(minus(ONE))
                piece = piece.args[0]
            if piece.kind == "fraction" and not sizes(piece.args[1]):
                scalars.append(fraction(ONE, piece.args[1]))
                piece = piece.args[0]
            if piece.kind == "product" and sizes(piece) != ():
                numbers, rest = parted(piece)
                scalars += numbers
                piece = mul(*rest)
            (scalars if sizes(piece) == () else arrays).append(piece)
    kept = _entrywise_bar([array for array in arrays if not _is_ones(array)] or arrays[:1])
    if not kept:
        return times(*scalars)
    entrywise = kept[0] if len(kept) == 1 else make("hadamard", None, tuple(kept))
    return times(*scalars, entrywise)


def _entrywise_bar(arrays: list[Term]) -> list[Term]:
    """`u ⊙ 1/v` is written `u/v`, entry by entry, with the factor beside it."""
    for spot, array in enumerate(arrays):
        if spot and array.kind == "fraction" and array.args[0] is ONE and sizes(array.args[1]):
            return [*arrays[: spot - 1], fraction(arrays[spot - 1], array.args[1]), *arrays[spot + 1 :]]
    return arrays


def _entrywise(factor: Term) -> list[Term]:
    if factor.kind == "hadamard":
        return [piece for arg in factor.args for piece in _entrywise(arg)]
    return [factor]


def _is_ones(array: Term) -> bool:
    if array.kind == "product":
        return all(_is_ones(arg) for arg in array.args)
    return array.kind == "ones" or (array.kind == "transpose" and array.args[0].kind == "ones")


def collected(term: Term) -> Term:
    """Like terms added, and a factor that all terms share at one end written once: `(A + Aᵀ)x`."""
    term = neat(term)
    if term.kind != "sum" or sizes(term) == ():
        return term
    found = [_gathered(_like(list(term.args)))]
    wide = _brackets_opened(term)
    if wide is not None:
        found.append(_gathered(_like(wide)))
    best = min(found, key=leaves)
    return make("zeros", None, sizes(term)) if best is ZERO else best


def _gathered(terms: list[Term]) -> Term:
    if len(terms) < 2:
        return terms[0] if terms else ZERO
    if all(term.kind == "minus" for term in terms):
        return minus(_gathered([term.args[0] for term in terms]))
    whole = _shared(terms, last=True) or _shared(terms, last=False)
    return whole or _number_in_front(terms)


def _number_in_front(terms: list[Term]) -> Term:
    """`2W − 2V` as `2(W − V)`."""
    numbers = {split(term.args[0] if term.kind == "minus" else term)[0] for term in terms}
    if len(numbers) != 1 or ONE in numbers:
        return add(*terms)
    number = numbers.pop()
    bare = [minus(split(term.args[0])[1]) if term.kind == "minus" else split(term)[1] for term in terms]
    return neat(mul(number, neat(add(*bare))))


def _brackets_opened(term: Term) -> list[Term] | None:
    """The terms with brackets behind numbers opened, `2(a − p)` as `2a − 2p`; None where there are none."""
    opened: list[Term] = []
    for arg in term.args:
        number, rest = split(arg)
        pieces = rest.args if rest.kind == "sum" else (rest,)
        opened += [neat(mul(number, piece)) for piece in pieces]
    return opened if len(opened) > len(term.args) else None


def split(term: Term) -> tuple[Term, Term]:
    """The number in front of a term, and the term without it."""
    if term.kind == "minus":
        number, rest = split(term.args[0])
        return neat(minus(number)), rest
    if term.kind == "product" and value_of(term.args[0]) is not None:
        return term.args[0], mul(*term.args[1:])
    return ONE, term


def _like(terms: list[Term]) -> list[Term]:
    found: dict[object, tuple[Term, Term]] = {}
    for arg in terms:
        number, rest = split(arg)
        key = frozenset(rest.args) if rest.kind == "hadamard" and len(set(rest.args)) == len(rest.args) else rest
        old = found.get(key)
        found[key] = (rest, number) if old is None else (old[0], neat(add(old[1], number)))
    return [neat(mul(number, rest)) for rest, number in found.values() if number is not ZERO]


def _shared(terms: list[Term], last: bool) -> Term | None:
    """The terms with their common last (or first) array factor written once."""
    pieces = [_end(term, last) for term in terms]
    ends = {piece[1] for piece in pieces if piece is not None}
    if len(ends) != 1 or None in pieces:
        return None
    end = ends.pop()
    rest = [piece[0] for piece in pieces if piece is not None]
    scalars = [_scalars(item) for item in rest]
    common = scalars[0] if all(item == scalars[0] for item in scalars) else ()
    inside = collected(neat(add(*[_stripped(item, common) for item in rest])))
    return times(*common, inside, end) if last else times(*common, end, inside)


def _end(term: Term, last: bool) -> tuple[Term, Term] | None:
    """A term without its last (or first) array factor, and that factor."""
    if term.kind == "minus":
        found = _end(term.args[0], last)
        return None if found is None else (neat(minus(found[0])), found[1])
    scalars, arrays = parted(term) if term.kind == "product" else ([], [])
    if len(arrays) < 2:
        return None
    rest, end = (arrays[:-1], arrays[-1]) if last else (arrays[1:], arrays[0])
    return mul(*scalars, *rest), end


def _scalars(term: Term) -> Sizes:
    return tuple(parted(term)[0]) if term.kind == "product" else ()


def _stripped(term: Term, common: Sizes) -> Term:
    if not common:
        return term
    scalars, arrays = parted(term)
    for factor in common:
        scalars.remove(factor)
    return mul(*scalars, *arrays)


def identity_like(term: Term) -> Term:
    """The identity with as many rows as a square array."""
    return make("identity", None, (sizes(term)[0],))


def inner(left: Term, right: Term) -> Term:
    """The inner product of two arrays of one shape: `uᵀv`, or `tr(UᵀV)`."""
    if sizes(left) == ():
        return times(left, right)
    product = times(transposed(left), right)
    return product if len(sizes(left)) == 1 else of("trace", product)
