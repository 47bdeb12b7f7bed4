"""Lowering takes the entry of a term at positions to a form; what each kind does stands in chapters beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from symderiv.term.build import ONE as ONE_TERM
from symderiv.term.build import ZERO as ZERO_TERM
from symderiv.term.build import Shape, relation
from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash, shape
from symderiv.worth.normal.changing import substituted, sum_over
from symderiv.worth.normal.facts import scale_free
from symderiv.worth.normal.forms import ONE, Form, Position
from symderiv.worth.normal.kernel import NotNormal, Range, position_text
from symderiv.worth.setting import position_size

Places: TypeAlias = tuple[Position, ...]


Letters: TypeAlias = Mapping[Term, Position]


#: How each kind of term is lowered; filled by the chapters.
LOWER: dict[str, Callable[[Lowering, Term, Places, Letters], Form]] = {}


class Structure(NamedTuple):
    """What `given` says of the entries of names, each with the property that says so."""

    symmetric: Mapping[Term, Term]
    diagonal: Mapping[Term, Term]


class Lowering:
    """Lowers terms to forms. `domain` collects what a side needs to have a value: relations by operator and form."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.memo: dict[object, Form] = {}
        self.domain: dict[tuple[str, str], tuple[Term, Form]] = {}
        self.closed: frozenset[Term] = frozenset()
        self.depth = 0

    def entry(self, term: Term, places: Places, letters: Letters) -> Form:
        """The entry of a term at positions, index letters standing for positions."""
        here = tuple(sorted([(t.data.latex, position_text(p)) for t, p in letters.items() if t in term.free]))
        key = (term, tuple([position_text(place) for place in places]), here, self.closed and self.closed & term.free)
        found = self.memo.get(key)
        if found is None:
            rule = LOWER.get(term.kind)
            if rule is None:
                raise NotNormal(term.kind)
            found = self.memo[key] = rule(self, term, places, letters)
        return found

    def part(self, term: Term, places: Places, letters: Letters) -> Form:
        """The entry of an array, or the one value of a scalar that stands for an array of it."""
        return self.entry(term, places if sizes_of(term) else (), letters)

    def cell(self, term: Term, row: Position, column: Position, letters: Letters) -> Form:
        """The entry of a term taken as a matrix."""
        count = len(sizes_of(term))
        return self.entry(term, (row, column)[:count], letters)

    def needs(self, op: str, side: Term, form: Form) -> None:
        """Notes that the term has a value only where `side op 0`."""
        if form.terms and form.number is None:
            self.domain.setdefault((op, scale_free(form)), (relation(op, side, ZERO_TERM), form))

    def limits(self, letter: Term, body: Term, bounds: tuple[Term, ...], letters: Letters) -> Range:
        """The range of a bound letter."""
        if bounds:
            low, high = (self.entry(bound, (), letters) for bound in bounds)
            return Range(low, high)
        size = position_size(letter, body)
        if size is None:
            raise NotNormal("range")
        return Range(ONE, self.entry(size, (), {}))

    def position(self, term: Term, letters: Letters) -> Position:
        """A position: a letter, a number, or a form."""
        if term.kind == "index":
            return letters.get(term, term.data.latex)
        form = self.entry(term, (), letters)
        number = form.number
        return int(number.p) if number is not None and number.q == 1 else form

    def slots(self) -> tuple[str, str]:
        """Two letters for the row and column of a matrix inside a kernel, told apart by depth."""
        return f"@r{self.depth}", f"@c{self.depth}"


def sizes_of(term: Term) -> Shape:
    """The shape of a term that fits."""
    found = shape(term)
    if isinstance(found, Clash):
        raise NotNormal("shape")
    return found


def summed(low: Lowering, form: Form, letter: str, size: Term) -> Form:
    if size is ONE_TERM:
        return substituted(form, {letter: 1})
    return sum_over(form, letter, Range(ONE, low.entry(size, (), {})))
