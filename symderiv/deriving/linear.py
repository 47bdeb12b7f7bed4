"""A term that is linear in differentials, and what stands before each: `tr(A dX B)` is `⟨AᵀBᵀ, dX⟩`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symderiv.deriving.arrays import collected, hadamard, identity_like, inner, parted, sizes, times, transposed
from symderiv.deriving.lowering import blocks
from symderiv.term.build import ONE, fraction, minus, mul, of
from symderiv.term.kinds import Term, make


class NotLinear(Exception):
    """A form from which this algorithm cannot isolate the differential; the route by entries may."""


#: A differential and what stands before it.
Part = tuple[Term, Term]


def coefficients(term: Term) -> dict[Term, Term]:
    """For a scalar that is linear in differentials: each differential with the array that it is multiplied by.

    >>> from symderiv.term.build import differential, name, size
    >>> n = size("n")
    >>> a, x = name("a", n), name("x", n)
    >>> list(coefficients(mul(of("transpose", differential(x, x)), a)).values())
    [a]
    """
    found: dict[Term, list[Term]] = {}
    for atom, coefficient in _pull(term, ONE):
        found.setdefault(atom, []).append(coefficient)
    return {atom: _sum(parts) for atom, parts in found.items()}


def _sum(parts: list[Term]) -> Term:
    return collected(make("sum", None, tuple(parts)) if len(parts) > 1 else parts[0])


def _pull(term: Term, before: Term) -> Iterator[Part]:
    """The differentials in `⟨before, term⟩`, each with what it is multiplied by."""
    if not term.moves:
        raise NotLinear(term)
    if term.kind == "differential":
        yield term, before
        return
    rule = _PULL.get(term.kind)
    if rule is None:
        raise NotLinear(term)
    yield from rule(term, before)


def _pull_sum(term: Term, before: Term) -> Iterator[Part]:
    for arg in term.args:
        if sizes(arg) != sizes(term):
            raise NotLinear(term)
        yield from _pull(arg, before)


def _pull_product(term: Term, before: Term) -> Iterator[Part]:
    scalars: list[Term] = []
    chain: list[Term] = []
    arrays: list[Term] = []
    for block in blocks(term.args):
        pieces = block if isinstance(block, list) else [block]
        if any(piece.moves for piece in pieces):
            chain = pieces
        elif sizes(mul(*pieces)) == ():
            scalars.append(mul(*pieces))
        else:
            arrays = pieces
    if not chain:
        raise NotLinear(term)
    if arrays:
        before = inner(before, mul(*arrays))
    yield from _pull_chain(chain, times(*scalars, before))


def _pull_chain(chain: list[Term], before: Term) -> Iterator[Part]:
    spot = next(spot for spot, piece in enumerate(chain) if piece.moves)
    left = [transposed(piece) for piece in reversed(chain[:spot])]
    right = [transposed(piece) for piece in reversed(chain[spot + 1 :])]
    if any(piece.moves for piece in chain[spot + 1 :]):
        raise NotLinear(mul(*chain))
    yield from _pull(chain[spot], times(*left, before, *right))


def _pull_fraction(term: Term, before: Term) -> Iterator[Part]:
    top, bottom = term.args
    if bottom.moves or sizes(bottom) != ():
        raise NotLinear(term)
    yield from _pull(top, times(fraction(ONE, bottom), before))


def _pull_hadamard(term: Term, before: Term) -> Iterator[Part]:
    spot = next(spot for spot, arg in enumerate(term.args) if arg.moves)
    if any(arg.moves for arg in term.args[spot + 1 :]):
        raise NotLinear(term)
    yield from _pull(term.args[spot], hadamard(*term.args[:spot], before, *term.args[spot + 1 :]))


def _pull_trace(term: Term, before: Term) -> Iterator[Part]:
    yield from _pull(term.args[0], times(before, identity_like(term.args[0])))


def _pull_diag(term: Term, before: Term) -> Iterator[Part]:
    yield from _pull(term.args[0], _diagonal(before))


def _diagonal(array: Term) -> Term:
    """The diagonal of an outer product is an entrywise product."""
    if array.kind == "product" and len(array.args) >= 2:
        scalars, arrays = parted(array)
        if len(arrays) == 2 and len(sizes(arrays[0])) == 1 and arrays[1].kind == "transpose":
            return hadamard(*scalars, arrays[0], arrays[1].args[0])
    return of("diagonal", array)


def _pull_entry(term: Term, before: Term) -> Iterator[Part]:
    raise NotLinear(term)


def _pull_bigsum(term: Term, before: Term) -> Iterator[Part]:
    letter = term.args[1]
    if letter in before.free:
        raise NotLinear(term)
    for atom, inside in _pull(term.args[0], before):
        yield atom, make("bigsum", None, (inside, *term.args[1:])) if letter in inside.free else inside


_PULL: dict[str, Callable[[Term, Term], Iterator[Part]]] = {
    "sum": _pull_sum,
    "minus": lambda term, before: _pull(term.args[0], _negative(before)),
    "product": _pull_product,
    "fraction": _pull_fraction,
    "hadamard": _pull_hadamard,
    "transpose": lambda term, before: _pull(term.args[0], transposed(before)),
    "trace": _pull_trace,
    "diag": _pull_diag,
    "diagonal": lambda term, before: _pull(term.args[0], of("diag", before)),
    "entry": _pull_entry,
    "bigsum": _pull_bigsum,
}


def _negative(term: Term) -> Term:
    return term.args[0] if term.kind == "minus" else minus(term)


def jacobian(term: Term) -> dict[Term, Term]:
    """For a vector that is linear in differentials of vectors or numbers: each with the matrix that it is multiplied by."""
    found: dict[Term, list[Term]] = {}
    for atom, matrix in _push(term):
        found.setdefault(atom, []).append(matrix)
    return {atom: _sum(parts) for atom, parts in found.items()}


def _push(term: Term) -> Iterator[Part]:
    """The matrices that turn each differential into the term."""
    if term.kind == "differential" and term.moves:
        yield term, identity_like(term) if sizes(term) else ONE
        return
    rule = _PUSH.get(term.kind)
    if rule is None or not term.moves:
        raise NotLinear(term)
    yield from rule(term)


def _push_sum(term: Term) -> Iterator[Part]:
    for arg in term.args:
        if sizes(arg) != sizes(term):
            raise NotLinear(term)
        yield from _push(arg)


def _push_product(term: Term) -> Iterator[Part]:
    scalars: list[Term] = []
    arrays: list[Term] = []
    moving: list[Term] = []
    for block in blocks(term.args):
        pieces = block if isinstance(block, list) else [block]
        if any(piece.moves for piece in pieces):
            moving = pieces
        elif sizes(mul(*pieces)) == ():
            scalars.append(mul(*pieces))
        else:
            arrays = pieces
    spot = next(spot for spot, piece in enumerate(moving) if piece.moves)
    behind = moving[spot + 1 :]
    if any(piece.moves for piece in behind):
        raise NotLinear(term)
    if behind and sizes(mul(*behind)) == ():
        scalars, behind = [*scalars, mul(*behind)], []
    if sizes(mul(moving[spot], *behind)) == ():
        yield from _push_number(mul(moving[spot], *behind), [*scalars, *moving[:spot], *arrays])
    elif behind or arrays:
        raise NotLinear(term)
    else:
        for atom, matrix in _push(moving[spot]):
            yield atom, times(*scalars, *moving[:spot], matrix)


def _push_number(number: Term, column: list[Term]) -> Iterator[Part]:
    """A number that moves times a column: the outer product of the column with what stands before the differential."""
    for atom, before in _pull(number, ONE):
        yield atom, times(*column, transposed(before))


def _push_hadamard(term: Term) -> Iterator[Part]:
    spot = next(spot for spot, arg in enumerate(term.args) if arg.moves)
    others = hadamard(*term.args[:spot], *term.args[spot + 1 :])
    for atom, matrix in _push(term.args[spot]):
        if sizes(atom) == ():
            yield atom, hadamard(others, matrix)
        else:
            yield atom, times(of("diag", others), matrix)


def _push_fraction(term: Term) -> Iterator[Part]:
    top, bottom = term.args
    if bottom.moves or sizes(bottom) != ():
        raise NotLinear(term)
    for atom, matrix in _push(top):
        yield atom, times(fraction(ONE, bottom), matrix)


def _push_minus(term: Term) -> Iterator[Part]:
    for atom, matrix in _push(term.args[0]):
        yield atom, _negative(matrix)


_PUSH: dict[str, Callable[[Term], Iterator[Part]]] = {
    "sum": _push_sum,
    "minus": _push_minus,
    "product": _push_product,
    "fraction": _push_fraction,
    "hadamard": _push_hadamard,
}
