"""The value of a term at given numbers: computed in balls as wide as it takes, then rounded once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from flint import arb

from symderiv.errors import SymderivError
from symderiv.term.build import is_size
from symderiv.term.kinds import Term
from symderiv.worth.arrays import Array, NoValue, Value
from symderiv.worth.balls import BITS, MOST, precision
from symderiv.worth.domain import domain
from symderiv.worth.setting import Setting, settled

Numbers: TypeAlias = "float | list[Numbers]"

#: Relative bits that make the nearest double certain enough, and the radius under which a value counts as zero.
DOUBLE = 60


def value(term: Term, letters: Mapping[Term, Any], given: Iterable[Term] = ()) -> Numbers:
    """The value at these numbers: a float for a scalar, lists of rows for arrays.

    `letters` maps names (and free index letters) to numbers or nested lists; an int, a Fraction and a float are taken as
    they are, exactly. Sizes are found from the arrays; `given` may fix letters, as in `n = 3`. Raises SymderivError
    `no-value` where a letter has no number or the term no real value there, `shape` where an array does not fit.

    >>> from symderiv.term.build import *
    >>> x = name("x")
    >>> value(partial(x**3, x), {x: 2})
    12.0
    """
    return Values(letters, given)(term)


class Values:
    """The values of many terms at one point; what they share is found once, so that a long graph is no deep one.

    >>> from symderiv.term.build import *
    >>> x = name("x")
    >>> at = Values({x: 2})
    >>> at(x * x), at(x * x + 1)
    (4.0, 5.0)
    """

    def __init__(self, letters: Mapping[Term, Any], given: Iterable[Term] = ()) -> None:
        given = tuple(given)
        declared = domain(given)
        fixed = {letter: number for letter, number in declared.fixed.items() if letter not in letters}
        self._exact: dict[Term, Any] = {**fixed, **_exactly(letters)}
        for letter, number in list(self._exact.items()):
            _sizes(letter, number, self._exact)
        self._exact.update(_told_sizes(given, self._exact))
        self._first, self._zeros_outside = declared.first, declared.zeros_outside
        self._settings: dict[int, Setting] = {}

    def __call__(self, term: Term) -> Numbers:
        """The value of one term, as `value` says."""
        bits = BITS
        while True:
            with precision(bits):
                found = self._evaluated(term, bits)
                cells = found.cells if type(found) is Array else [found]
                if not all(cell.is_finite() for cell in cells):
                    raise SymderivError(
                        "no-value", f"saw {_said(self._exact)}, where the term has no real value; choose another point"
                    )
                if bits >= MOST or all(sure(cell) for cell in cells):
                    return _rows(found.shape, [float(cell) for cell in cells]) if type(found) is Array else float(found)
            bits *= 2

    def _evaluated(self, term: Term, bits: int) -> Value:
        if bits not in self._settings:
            self._settings[bits] = self._setting()
        try:
            return self._settings[bits].of(term)
        except NoValue as stop:
            where = f" for {stop.where!r}" if isinstance(stop.where, Term) else ""
            message = f"expected a number{where}, saw none ({stop.reason}); give one among the letters"
            raise SymderivError(stop.reason, message) from None

    def _setting(self) -> Setting:
        setting: Setting = settled(self._exact)
        setting.first, setting.zeros_outside = self._first, self._zeros_outside
        numbers = {letter: int(number) for letter, number in self._exact.items() if letter.kind == "index"}
        setting.indices.update(numbers)
        return setting


def sure(cell: arb) -> bool:
    """Whether a ball is narrow enough: relatively, or around zero."""
    return bool(cell.rel_accuracy_bits() >= DOUBLE or cell == 0 or cell.rad() < arb(2) ** -1100)


def _said(exact: Mapping[Term, Any]) -> str:
    return ", ".join(f"{letter!r} = {number}" for letter, number in exact.items() if not isinstance(number, tuple))


def _exactly(letters: Mapping[Term, Any]) -> dict[Term, Any]:
    return {letter: _exact(number) for letter, number in letters.items()}


def _exact(number: Any) -> Any:
    if hasattr(number, "tolist"):
        number = number.tolist()
    if isinstance(number, (list, tuple)):
        return tuple(_exact(part) for part in number)
    try:
        return Fraction(number)
    except (ValueError, TypeError, OverflowError):
        raise SymderivError("value", f"expected a number, saw {number!r}; pass a float, a fraction or an array") from None


def _sizes(letter: Term, number: Any, exact: dict[Term, Any]) -> None:
    """Finds the sizes in the shape of a name from its numbers."""
    if letter.kind != "name":
        return
    for size in letter.data.shape:
        if not isinstance(number, tuple):
            raise SymderivError("shape", f"expected an array for {letter!r}, saw {number}; give a list for each axis")
        count = len(number)
        known = size.data[0] if size.kind == "number" else exact.setdefault(size, Fraction(count))
        if known != count:
            raise SymderivError("shape", f"expected {known} entries along {size!r} of {letter!r}, saw {count}")
        number = number[0]


def _told_sizes(given: Iterable[Term], exact: Mapping[Term, Any]) -> Iterator[tuple[Term, Any]]:
    """Sizes that are given by others which are known, `m = n - k + 1`."""
    for fact in given:
        size, *sides = fact.args if fact.kind == "relation" and fact.data == ("=",) else (fact,)
        if is_size(size) and size not in exact and sides[0].free <= exact.keys():
            with precision(BITS):
                yield size, Fraction(settled(exact).integer(sides[0]))


def _rows(sizes: tuple[int, ...], cells: list[float]) -> Numbers:
    if len(sizes) == 1:
        return list(cells)
    step = len(cells) // sizes[0]
    return [_rows(sizes[1:], cells[row * step : (row + 1) * step]) for row in range(sizes[0])]
