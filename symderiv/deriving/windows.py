"""Arrays given by sums over the entries of others, at numbers: one entry written out in full, or all of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product as combinations

from symderiv.deriving.derivation import Derivation, Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.neat import neat, value_of
from symderiv.deriving.working import computed
from symderiv.errors import SymderivError
from symderiv.term.build import FROM_ZERO, ZERO, ZEROS_OUTSIDE, add, entry, literal, mul, num
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import substitute, with_args
from symderiv.term.shapes import Clash, rows_and_columns, shape

#: The most entries of an array and terms of a sum that are written out.
MOST = 400


@dataclass(frozen=True, slots=True)
class Positions:
    """How positions are counted: the number of the first, and whether entries outside an array are zero."""

    first: int = 1
    zeros_outside: bool = False

    @classmethod
    def told(cls, given: tuple[Term, ...]) -> Positions:
        """As the conventions of a problem say."""
        said = {fact.data for fact in given if fact.kind == "property" and not fact.args}
        return cls(0 if FROM_ZERO in said else 1, ZEROS_OUTSIDE in said)

    def all(self, sizes: tuple[Term, ...]) -> Iterator[tuple[Term, ...]]:
        """The positions of an array of these sizes, row by row."""
        counts = [_count(size) for size in sizes]
        yield from combinations(*[[num(self.first + step) for step in range(count)] for count in counts])

    def cell(self, term: Term) -> Term | None:
        """The entry of an array written out at these positions; zero outside where that is said."""
        array = term.args[0].args[0] if term.args[0].kind == "named" else term.args[0]
        places = [value_of(position) for position in term.args[1:]]
        if array.kind != "literal" or not all(isinstance(place, int) for place in places):
            return None
        sizes = [_count(size) for size in (shape(array) or ())]  # type: ignore[union-attr]
        spots = [int(place) - self.first for place in places if place is not None]
        if len(spots) != len(sizes):
            return None
        if all(0 <= spot < size for spot, size in zip(spots, sizes, strict=True)):
            return array.args[spots[0] * (sizes[1] if len(sizes) == 2 else 1) + (spots[1] if len(sizes) == 2 else 0)]
        if not self.zeros_outside:
            raise SymderivError(
                "value",
                f"{term} lies outside {term.args[0]}, which is {' × '.join(map(str, sizes))}; check the positions, or say "
                f"“{ZEROS_OUTSIDE}” in `given`",
            )
        return ZERO


def _count(size: Term) -> int:
    number = value_of(neat(size))
    if not isinstance(number, int):
        raise SymderivError("value", f"the size {size} is not a number; give the arrays as matrices of numbers")
    return number


def written_out(term: Term, positions: Positions) -> Term:
    """Sums over numbers written out term by term, with the entries of literal arrays put in; zeros outside left away."""
    if term.kind == "bigsum":
        body, letter, low, high = term.args
        start, end = _count(low), _count(high)
        if end - start >= MOST:
            raise SymderivError("limit", f"a sum of more than {MOST} terms is not written out")
        pieces = [written_out(neat(substitute(body, {letter: num(k)})), positions) for k in range(start, end + 1)]
        return add(*[part for piece in pieces for part in _terms(piece)])
    if term.kind == "entry":
        found = positions.cell(with_args(term, (term.args[0], *map(neat, term.args[1:]))))
        return term if found is None else found
    args = tuple(written_out(arg, positions) for arg in term.args) if term.kind != "named" else term.args
    if term.kind == "product" and any(_is_outside(arg, positions) for arg in term.args):
        return ZERO
    return with_args(term, args)


def _is_outside(factor: Term, positions: Positions) -> bool:
    """Whether a factor is an entry beside its array, which is zero."""
    if factor.kind != "entry" or not positions.zeros_outside:
        return False
    sizes = shape(factor.args[0])
    places = [value_of(neat(position)) for position in factor.args[1:]]
    if isinstance(sizes, Clash) or not all(isinstance(place, int) for place in places):
        return False
    counts = [_count(size) for size in sizes]
    return any(not 0 <= int(place or 0) - positions.first < count for place, count in zip(places, counts, strict=True))


def _terms(piece: Term) -> tuple[Term, ...]:
    if piece.kind == "sum":
        return piece.args
    return () if piece is ZERO else (piece,)


def entry_worked(array: Term, place: tuple[int, ...], given: tuple[Term, ...] = ()) -> Derivation:
    """One entry of a named array that is given by its entries: its sum, the numbers put in, the value.

    >>> from symderiv.term.build import bigsum, index, named, stack
    >>> a, h, p = named("a", literal([[num(1)], [num(2)], [num(4)]])), index("h"), index("p")
    >>> windows = named("y", stack(bigsum(entry(a, p + h - 1), h, num(1), num(2)), p, num(2)))
    >>> entry_worked(windows, (2,)).shown[1:]
    (sum(2, 4), 6)
    """
    positions = Positions.told(given)
    draft = Draft(entry(array, *[num(spot) for spot in place]), given)
    draft.show(_definition(array))
    draft.show(Move("numbers put in", lambda term: _changed(term, positions), say="the entries of the window"))
    draft.use(computed)
    return draft.done()


def definition_shown(array: Term, given: tuple[Term, ...] = ()) -> Derivation:
    """What an array stands for, entry by entry: `y_p = Σ_h a_{p+h−1}`."""
    draft = Draft(entry(array, *array.args[0].args[1::2]), given)
    draft.show(_definition(array))
    return draft.done()


def array_worked(array: Term, given: tuple[Term, ...] = ()) -> Derivation:
    """All entries of a named array at once; where each is a sum of several sums, those arrays come first.

    >>> from symderiv.term.build import index, named, stack
    >>> p = index("p")
    >>> array_worked(named("y", stack(entry(literal([[num(3)], [num(4)]]), p) + 1, p, num(2)))).result
    literal((2, 1), 4, 5)
    """
    positions = Positions.told(given)
    draft = Draft(array, given)
    if _is_spread(array.args[0]):
        draft.show(Move("a copy for each entry", lambda term: _copies(term, positions), say="scaled, and shifted"))
    elif len(_channels(array.args[0])) > 1:
        draft.show(Move("each channel by itself", lambda term: _together(term, positions), say="one array a sum"))
    name = "every entry likewise" if draft.term is array else "added entry by entry"
    draft.use(Move(name, lambda term: _entries(term, positions), say="each entry is found in the same way"))
    return draft.done()


def _definition(array: Term) -> Move:
    def use(term: Term) -> Term | None:
        if term.kind != "entry" or term.args[0] is not array:
            return None
        meaning = array.args[0]
        return neat(substitute(meaning.args[0], dict(zip(meaning.args[1::2], term.args[1:], strict=True))))

    return Move(f"definition of ${array.data.latex}$", use, say="the entry is written out")


def _changed(term: Term, positions: Positions) -> Term | None:
    found = written_out(term, positions)
    return None if found is term else found


def _filled(meaning: Term, positions: Positions) -> Term:
    """The array that a stack at numbers is."""
    letters, sizes = meaning.args[1::2], meaning.args[2::2]
    if _count_all(sizes) > MOST:
        raise SymderivError("limit", f"an array of more than {MOST} entries is not written out")
    cells = []
    for place in positions.all(sizes):
        cell = written_out(neat(substitute(meaning.args[0], dict(zip(letters, place, strict=True)))), positions)
        after = computed.use(cell)
        cells.append(cell if after is None else after[0])
    columns = _count(rows_and_columns(tuple(sizes))[1])
    return literal([cells[start : start + columns] for start in range(0, len(cells), columns)])


def _count_all(sizes: tuple[Term, ...]) -> int:
    found = 1
    for size in sizes:
        found *= _count(size)
    return found


def _channels(meaning: Term) -> tuple[Term, ...]:
    """The sums that each entry of a stack consists of."""
    body = meaning.args[0]
    return body.args if body.kind == "sum" else (body,)


def _together(term: Term, positions: Positions) -> Term | None:
    if term.kind != "named" or term.args[0].kind != "stack":
        return None
    meaning = term.args[0]
    parts = (with_args(meaning, (part, *meaning.args[1:])) for part in _channels(meaning))
    return add(*[_filled(part, positions) if part.args[0].free else part.args[0] for part in parts])


def _is_spread(meaning: Term) -> bool:
    """Whether each entry is a sum that begins with a factor which is the same for every entry, as `Σ x_i k_{p−i+1}`."""
    _, factor, _ = _scaled(meaning)
    return factor is not None and factor.free.isdisjoint(meaning.args[1::2])


def _scaled(meaning: Term) -> tuple[list[Term], Term | None, Term]:
    """The sums around a product, its first factor, and the rest."""
    body, sums = meaning.args[0], []
    while body.kind == "bigsum":
        sums.append(body)
        body = body.args[0]
    if not sums or body.kind != "product":
        return sums, None, body
    return sums, body.args[0], mul(*body.args[1:])


def _copies(term: Term, positions: Positions) -> Term | None:
    """`Σ x_i k_{p−i+1}` as `x_1` times an array, and `x_2` times an array; copies with the factor zero are left out."""
    if term.kind != "named" or term.args[0].kind != "stack":
        return None
    meaning = term.args[0]
    sums, factor, rest = _scaled(meaning)
    if factor is None:
        return None
    ranges = [[num(k) for k in range(_count(one.args[2]), _count(one.args[3]) + 1)] for one in sums]
    copies = []
    for place in combinations(*ranges):
        there = dict(zip((one.args[1] for one in sums), place, strict=True))
        number = written_out(neat(substitute(factor, there)), positions)
        copy = _filled(with_args(meaning, (substitute(rest, there), *meaning.args[1:])), positions)
        if number is not ZERO:
            copies.append(-(number.args[0] * copy) if number.kind == "minus" else number * copy)
    return add(*copies) if copies else None


def _entries(term: Term, positions: Positions) -> Term | None:
    if term.kind == "named" and term.args[0].kind == "stack":
        return _filled(term.args[0], positions)
    shapes = [node.data for node in subterms(term) if node.kind == "literal"]
    if not shapes:
        return None
    rows, columns = shapes[0]
    sums = [neat(_cell(term, spot)) for spot in range(rows * columns)]
    return literal([sums[start : start + columns] for start in range(0, len(sums), columns)])


def _cell(term: Term, spot: int) -> Term:
    """One entry of sums and multiples of arrays that are written out."""
    if term.kind == "literal":
        return term.args[spot]
    return with_args(term, tuple(_cell(arg, spot) for arg in term.args))
