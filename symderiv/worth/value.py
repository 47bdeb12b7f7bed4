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
from symderiv.worth.compare import BITS, MOST, precision
from symderiv.worth.points import Domain, domain
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
    given = tuple(given)
    declared = domain(given)
    fixed = {letter: number for letter, number in declared.fixed.items() if letter not in letters}
    exact: dict[Term, Any] = {**fixed, **_exactly(letters)}
    for letter, number in list(exact.items()):
        _sizes(letter, number, exact)
    exact.update(_told_sizes(given, exact))
    bits = BITS
    while True:
        with precision(bits):
            found = _evaluated(term, exact, declared)
            cells = found.cells if type(found) is Array else [found]
            if not all(cell.is_finite() for cell in cells):
                raise SymderivError(
                    "no-value", f"saw {_said(exact)}, where the term has no real value; choose another point"
                )
            if bits >= MOST or all(sure(cell) for cell in cells):
                return _rows(found.shape, [float(cell) for cell in cells]) if type(found) is Array else float(found)
        bits *= 2


def sure(cell: arb) -> bool:
    """Whether a ball is narrow enough: relatively, or around zero."""
    return bool(cell.rel_accuracy_bits() >= DOUBLE or cell == 0 or cell.rad() < arb(2) ** -1100)


def _evaluated(term: Term, exact: Mapping[Term, Any], declared: Domain) -> Value:
    setting: Setting = settled(exact)
    setting.first, setting.zeros_outside = declared.first, declared.zeros_outside
    setting.indices.update({letter: int(number) for letter, number in exact.items() if letter.kind == "index"})
    try:
        return setting.of(term)
    except NoValue as stop:
        where = f" for {stop.where!r}" if isinstance(stop.where, Term) else ""
        message = f"expected a number{where}, saw none ({stop.reason}); give one among the letters"
        raise SymderivError(stop.reason, message) from None


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
