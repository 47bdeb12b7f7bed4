"""Two values as balls: whether they are apart, to how many bits they agree, and when they say nothing."""

from __future__ import annotations

from math import log
from typing import NamedTuple

from flint import arb, ctx

from symderiv.term.build import INFINITY
from symderiv.term.kinds import Term
from symderiv.worth.arrays import Array, NoValue, Value
from symderiv.worth.setting import Setting

#: Bits of a ball at first, bits that an agreement must reach, and where doubling stops.
BITS, SURE, MOST = 128, 64, 2048
#: Terms of a power series.
SERIES = 24


class precision:
    """Balls of so many bits inside; flint's own settings come back afterwards."""

    __slots__ = ("before", "bits")

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def __enter__(self) -> None:
        self.before = ctx.prec, ctx.cap
        ctx.prec, ctx.cap = self.bits, SERIES

    def __exit__(self, *_: object) -> None:
        ctx.prec, ctx.cap = self.before


class Reading(NamedTuple):
    """What one point says: `equal` None where it does not count, else the bits of agreement or the place of difference.

    `near_zero` where two values agree only because neither can be told from zero.
    """

    equal: bool | None
    bits: int = 0
    indices: tuple[tuple[Term, int], ...] = ()
    entry: tuple[int, ...] = ()
    values: tuple[arb, ...] = ()
    near_zero: bool = False

    @property
    def said(self) -> tuple[str, str]:
        """Two values that differ in decimals, infinities too, which flint writes without their sign."""
        x, y = (number.str(20, radius=False) if number.is_finite() else str(float(number)) for number in self.values)
        return x, y


NOTHING = Reading(None)


def _end(term: Term) -> arb | None:
    """What `∞` is worth, with its signs: only a limit is compared with it."""
    sign = 1
    while term.kind == "minus":
        term, sign = term.args[0], -sign
    return arb("inf") * sign if term is INFINITY else None


def compared(setting: Setting, left: Term, right: Term) -> Reading:
    """What one setting says of two sides, entry by entry."""
    ends = _end(left), _end(right)
    if ends != (None, None):
        return _ends(*[setting.of(side) if end is None else end for end, side in zip(ends, (left, right), strict=True)])
    ours, theirs = setting.of(left), setting.of(right)
    if type(ours) is arb and type(theirs) is arb:
        return _numbers(ours, theirs)
    least, near_zero = MOST, False
    for place, (x, y) in enumerate(_pairs(ours, theirs)):
        found = _numbers(x, y)
        if found.equal is None:
            return NOTHING
        if not found.equal:
            return Reading(False, 0, (), _position(ours if type(ours) is Array else theirs, place), found.values)
        least, near_zero = min(least, found.bits), near_zero or found.near_zero
    return Reading(True, least, near_zero=near_zero)


def _pairs(ours: Value, theirs: Value) -> list[tuple[arb, arb]]:
    """Entries beside each other; a number stands beside each entry."""
    left = ours.cells if type(ours) is Array else [ours] * len(theirs.cells)
    right = theirs.cells if type(theirs) is Array else [theirs] * len(left)
    if len(left) != len(right):
        raise NoValue("shape")
    return list(zip(left, right, strict=True))


def _numbers(x: arb, y: arb) -> Reading:
    if not (x.is_finite() and y.is_finite()):
        infinite = [number.is_exact() and not number.is_finite() for number in (x, y)]
        return NOTHING if infinite == [False, False] else Reading(False, values=(x, y))
    if not x.overlaps(y):
        return Reading(False, values=(x, y))
    bits = max(x.rel_accuracy_bits(), y.rel_accuracy_bits())
    if bits < SURE:
        wide = (x - y).rad()
        bits = MOST if wide == 0 else max(bits, -int(float(wide.log()) / log(2)))
        return Reading(True, min(bits, ctx.prec), near_zero=wide != 0)
    return Reading(True, min(bits, ctx.prec))


def _ends(x: Value, y: Value) -> Reading:
    """An infinity that is written beside what a limit is worth; beside a number it says nothing."""
    if type(x) is not arb or type(y) is not arb or not all(end.is_exact() and not end.is_finite() for end in (x, y)):
        return NOTHING
    return Reading(x == y, ctx.prec if x == y else 0, values=(x, y))


def _position(value: Value, place: int) -> tuple[int, ...]:
    """The position of a cell, counted from 1."""
    places: list[int] = []
    for size in reversed(value.shape):
        place, rest = divmod(place, size)
        places.append(rest + 1)
    return tuple(reversed(places))
