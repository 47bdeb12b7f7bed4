"""Index shifts: a delta with a shifted index is solved for the summation letter, `δ_{i+h−1,p}` puts `h = p − i + 1`.

What stands beside the delta is an entry of an array that is zero outside, so that no range is left over.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.deriving.derivation import Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.neat import neat, value_of
from symderiv.term.build import (
    FROM_ZERO,
    ONE,
    ZERO,
    ZEROS_OUTSIDE,
    add,
    bigsum,
    index,
    minus,
    mul,
    num,
    property_of,
    relation,
)
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import fresh_index, rebuilt, substitute, with_args
from symderiv.term.shapes import Clash, shape

#: The name of the law on a page, before the shift itself.
SHIFT = "index shift"


def shift_of(before: Term, after: Term) -> Term | None:
    """The shift by which a sum was carried out or got a new letter, as an equation for the letter."""
    if (solved := _solution(before)) is not None:
        return relation("=", before.args[1], solved[-1])
    turned = _reflection(before)
    return None if turned is None else relation("=", after.args[1], turned[-1])


def shifts(given: tuple[Term, ...]) -> tuple[Move, ...]:
    """The law that carries out a sum by an index shift, where entries outside are said to be zero."""
    if property_of(ZEROS_OUTSIDE) not in given:
        return ()
    return (Move(SHIFT, _shifted, say="one index is left that the delta allows; entries outside are zero"),)


def _shifted(term: Term) -> Term | None:
    """`Σ_h δ_{i+h−1,p} w_h` as `w_{p−i+1}`."""
    found = _solution(term) if term.kind == "bigsum" else None
    if found is None:
        return None
    rest, solved = found
    return _positions_plain(neat(substitute(rest, {term.args[1]: solved})))


def _solution(term: Term) -> tuple[Term, Term] | None:
    """What stands beside the delta of a sum, and what its letter must be."""
    body, letter = term.args[:2]
    factors = body.args if body.kind == "product" else (body,)
    for spot, factor in enumerate(factors):
        if factor.kind == "delta" and letter in factor.free:
            here, there = factor.args
            solved = _solved(here, there, letter) or _solved(there, here, letter)
            rest = mul(*factors[:spot], *factors[spot + 1 :])
            if solved is not None and any(_covers(term, size) for size in _plain_sizes(rest, letter)):
                return rest, solved
    return None


def _solved(left: Term, right: Term, letter: Term) -> Term | None:
    """The letter from `left = right`, where it stands on the left alone among the terms, with either sign."""
    if letter in right.free:
        return None
    terms = left.args if left.kind == "sum" else (left,)
    rest = [term for term in terms if term is not letter and term is not minus(letter)]
    if len(rest) != len(terms) - 1 or any(letter in term.free for term in rest):
        return None
    if letter in terms:
        return plain_position(add(right, *[minus(term) for term in rest]))
    return plain_position(add(*rest, minus(right)))


def plain_position(position: Term) -> Term:
    """A position in its shortest form: `i − (i − a + 1) + 1` is `a`; numbers come last.

    >>> i, a = index("i"), index("a")
    >>> plain_position(i - (i - a + 1) + 1), plain_position(1 + i - a)
    (a, sum(i, minus(a), 1))
    """
    flat = neat(position)
    terms = list(flat.args) if flat.kind == "sum" else [flat]
    for term in list(terms):
        opposite = term.args[0] if term.kind == "minus" else minus(term)
        if term in terms and opposite in terms:
            terms.remove(term)
            terms.remove(opposite)
    numbers = [term for term in terms if value_of(term) is not None]
    signed = sorted((term for term in terms if term not in numbers), key=lambda term: term.kind == "minus")
    return neat(add(*signed, *numbers))


def _positions_plain(term: Term) -> Term:
    """A term with every position in an array in its shortest form."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node.kind == "entry":
            args = (args[0], *map(plain_position, args[1:]))
        return with_args(node, args) if args else node

    return rebuilt(term, change, into_names=False)


def _factors_below(body: Term) -> Iterator[Term]:
    """The factors of a body, also of the body of a sum that is one: where one of them is zero, so is the body."""
    if body.kind == "product":
        for arg in body.args:
            yield from _factors_below(arg)
    elif body.kind == "bigsum" or body.kind == "minus":
        yield from _factors_below(body.args[0])
    else:
        yield body


def _plain_sizes(body: Term, letter: Term) -> Iterator[Term]:
    """How far the letter runs on the arrays that are factors and have it as a position."""
    for factor in _factors_below(body):
        if factor.kind == "entry" and letter in factor.args[1:]:
            sizes = shape(factor.args[0])
            place = factor.args.index(letter, 1) - 1
            if not isinstance(sizes, Clash) and place < len(sizes):
                yield sizes[place]


def _covers(term: Term, size: Term) -> bool:
    """Whether a sum runs over all positions of an axis of this size."""
    limits = term.args[2:]
    if not limits:
        return True
    low, high = limits
    return low in (ZERO, ONE) and neat(high - low + 1) is neat(size)


def turn_towards_data(draft: Draft) -> None:
    """`Σ_i g_i w_{p−i+1}` as `Σ_a g_{p−a+1} w_a`: the data keep plain indices, what was derived from them is shifted."""
    if property_of(ZEROS_OUTSIDE) not in draft.given:
        return
    taken = draft.term.free | {node for node in subterms(draft.term, into_names=False) if node.kind == "index"}
    from_zero = property_of(FROM_ZERO) in draft.given
    law = Move(SHIFT, lambda term: _turned(term, taken, from_zero), say="a new summation letter; entries outside are zero")
    for place in _sums(draft.term):
        draft.use(law, place)


def _sums(term: Term) -> list[tuple[int, ...]]:
    """The places of the sums, outer ones first."""
    found: list[tuple[int, ...]] = [()] if term.kind == "bigsum" else []
    if term.kind == "named":
        return found
    return found + [(spot, *place) for spot, arg in enumerate(term.args) for place in _sums(arg)]


def _turned(term: Term, taken: frozenset[Term] | set[Term], from_zero: bool) -> Term | None:
    found = _reflection(term) if term.kind == "bigsum" else None
    if found is None:
        return None
    size, reflected = found
    inside = taken | {node for node in subterms(term.args[0], into_names=False) if node.kind == "index"}
    letter = next((wish for wish in map(index, "ab") if wish not in inside), None) or fresh_index(index("h"), inside)
    solved = _solved(reflected, letter, term.args[1])
    if solved is None:
        return None
    body = _positions_plain(neat(substitute(term.args[0], {term.args[1]: solved})))
    first = num(0 if from_zero else 1)
    return bigsum(body, letter, first, neat(first + size - 1))


def _reflection(term: Term) -> tuple[Term, Term] | None:
    """Where data stand at `p − i + 1` beside what was derived at `i`: the size of that axis, and the position."""
    body, letter = term.args[:2]
    derived = [factor for factor in _factors_below(body) if factor.kind == "entry" and not _is_data(factor.args[0])]
    if not any(
        letter in factor.args[1:] and any(_covers(term, s) for s in _plain_sizes(factor, letter)) for factor in derived
    ):
        return None
    for factor in _factors_below(body):
        if factor.kind != "entry" or not _is_data(factor.args[0]):
            continue
        for place, position in enumerate(factor.args[1:]):
            terms = position.args if position.kind == "sum" else ()
            sizes = shape(factor.args[0])
            if minus(letter) in terms and not isinstance(sizes, Clash):
                return sizes[place], position
    return None


def _is_data(array: Term) -> bool:
    """Whether an array is given as it stands, a letter or a matrix of numbers."""
    return array.kind == "name" or (array.kind == "named" and array.args[0].kind == "literal")
