"""What an integral is worth: Taylor series on short pieces with a bound for what they leave out, so a ball that holds it.

With t = a + s(b − a) the limits stand still and all that moves stands in the integrand. On a piece s = m + hσ its value is
a double series in σ and ε; the two are told apart in one series by moving along a power of ε beyond the last power of σ.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import comb, factorial
from typing import TypeAlias

from flint import arb, arb_series, ctx

from symderiv.term.kinds import Term
from symderiv.worth.arrays import NAN, NOUGHT, Array, NoValue, Number, Value, each
from symderiv.worth.setting import Setting

#: The highest order in ε that is followed under an integral, and the most pieces.
ORDERS, PIECES = 6, 200
#: A piece as short as this on which there is no value holds a point without one.
SHORTEST = 2.0**-24
#: The highest degree on a piece, and the bits after which no integral is known further.
DEGREE, BITS = 48, 160

#: For each order in ε the coefficients in σ.
Table: TypeAlias = list[list[arb]]


def integral(setting: Setting, term: Term) -> Number:
    """The integral of a number over its limits, as known as the limits and the integrand are."""
    if setting.length > ORDERS:
        raise NoValue("size", term)
    low, high = setting.of(term.args[2]), setting.of(term.args[3])
    if type(low) is Array or type(high) is Array:
        raise NoValue("shape", term)
    degree = min(ctx.prec // 8 * 2, DEGREE)
    with _room(4 * (degree + 2) * setting.length):
        parts = _Integrand(setting, term, low, high, degree).over_pieces()
    moving = parts[0] if setting.length == 1 else arb_series(parts, prec=setting.length)
    return moving * (high - low) if setting.length == 1 else (high - low) * moving


@contextmanager
def _room(cap: int) -> Iterator[None]:
    """Longer series inside."""
    before = ctx.cap
    ctx.cap = max(cap, before)
    try:
        yield
    finally:
        ctx.cap = before


class _Integrand:
    """An integrand over 0 ≤ s ≤ 1: its Taylor coefficients on pieces."""

    def __init__(self, setting: Setting, term: Term, low: Number, high: Number, degree: int) -> None:
        self.outer, self.orders, self.degree = setting, setting.length, degree
        self.body, self.letter = term.args[:2]
        self.low, self.width = low, high - low
        self.moved, chain = frozenset((self.letter,)), setting
        while chain.base is not None:
            self.moved |= chain.moved
            chain = chain.base
        self.still = chain

    def over_pieces(self) -> list[arb]:
        """The integral over s, for each order in ε; not numbers where the integrand may have no value."""
        total, waiting = [NOUGHT] * self.orders, [(arb(0.5), arb(0.5))]
        enough = arb(2) ** -min(ctx.prec * 3 // 4, BITS)
        for _ in range(PIECES):
            if not waiting:
                return total
            middle, half = waiting.pop()
            bounds = [row[-1] * half * 2 / (self.degree + 1) for row in self._table(middle, half, wide=True)]
            if all(bound.is_finite() and bound.abs_upper() < enough for bound in bounds):
                inside = self._table(middle, half, wide=False)
                total = [sum_ + _summed(row, half) + bound for sum_, row, bound in zip(total, inside, bounds, strict=True)]
            elif half < SHORTEST:
                break
            else:
                quarter = half / 2
                waiting += [(middle + quarter, quarter), (middle - quarter, quarter)]
        return [NAN] * self.orders

    def _table(self, middle: arb, half: arb, wide: bool) -> Table:
        """Coefficients in σ up to the degree (even), for each order in ε; `wide` at all points of the piece at once."""
        start = middle + half * arb(0, 1) if wide else middle
        digits = self.degree + 1
        runs = [self._run(start, half, speed, digits) for speed in range(self.orders)]
        return [[_leading(runs, order, digits * order + power) for power in range(digits)] for order in range(self.orders)]

    def _run(self, start: arb, half: arb, speed: int, digits: int) -> list[arb]:
        """The coefficients of the integrand where s = start + half·ε and all that moved with ε moves with speed·ε^digits."""
        length = digits * self.orders
        value = self._inside(start, half, speed, digits, length).of(self.body)
        if type(value) is Array:
            raise NoValue("shape", self.body)
        if type(value) is not arb_series:
            return [value, *[NOUGHT if value.is_finite() else NAN] * (length - 1)]
        known = value.coeffs()[: min(length, value.prec)]
        return [*known, *[NOUGHT] * (min(length, value.prec) - len(known)), *[NAN] * (length - value.prec)]

    def _inside(self, start: arb, half: arb, speed: int, digits: int, length: int) -> Setting:
        def spaced(number: Number) -> Number:
            return _spaced(number, speed, digits, length)

        def draw(term: Term) -> Value:
            if term is not self.letter:
                return each(spaced, self.outer.of(term))
            along = arb_series([start, half], prec=length)
            return spaced(self.width) * along + spaced(self.low)

        found = Setting(draw)
        found.base, found.moved, found.length = self.still, self.moved, length
        found.indices, found.ranges = self.outer.indices, self.outer.ranges
        found.longer_root = lambda longer: self._inside(start, half, speed, digits, longer)
        return found


def _spaced(number: Number, speed: int, digits: int, length: int) -> Number:
    """A number with speed·ε^digits in place of ε."""
    if type(number) is not arb_series:
        return number
    coefficients = [NOUGHT] * length
    for power, coefficient in enumerate(number.coeffs()):
        if power * digits < length:
            coefficients[power * digits] = coefficient * speed**power
    return arb_series(coefficients, prec=length)


def _leading(runs: list[list[arb]], order: int, place: int) -> arb:
    """The coefficient of speed^order in what stands at a place, a polynomial in the speed of that degree."""
    total = NOUGHT
    for speed in range(order + 1):
        total = total + runs[speed][place] * ((-1) ** (order - speed) * comb(order, speed))
    return total / factorial(order)


def _summed(row: list[arb], half: arb) -> arb:
    """∫ over a piece of its Taylor polynomial without the last term, which stands in the bound."""
    total = NOUGHT
    for power in range(0, len(row) - 1, 2):
        total = total + row[power] / (power + 1)
    return total * half * 2
