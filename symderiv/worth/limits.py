"""What a limit is worth: the value of its body over a small ball around the target, which holds the limit."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from flint import arb, ctx, fmpq

from symderiv.term.kinds import Term
from symderiv.worth.arrays import Array, NoValue, Value, each
from symderiv.worth.setting import Setting

#: Powers of 1/2 at which a body is looked at that has no value close by, and by what share it must grow each time.
AWAY, GROWTH = (64, 128, 256, 512, 1024), Fraction(3, 2)


def limit(setting: Setting, term: Term) -> Value:
    """The limit of the body as its name goes to the target; infinite where the body grows beyond all bounds.

    Every value near the target lies in the value over a ball, and so does the limit. Where the body has no value there it
    is looked at closer and closer: it grows at each of some points, or nothing is said.
    """
    if setting.length > 1:
        raise NoValue("no-value", term)
    body, letter, target = term.args
    middle = setting.of(target)
    near = _at(setting, letter, each(lambda number: _around(number, term.data), middle)).of(body)
    if all(cell.is_finite() for cell in (near.cells if type(near) is Array else [near])):
        return near
    return _growing(setting, term, middle)


def _at(setting: Setting, letter: Term, value: Value) -> Setting:
    """The same setting, the letter having this value."""
    found = Setting(lambda other: value if other is letter else setting.of(other))
    found.first, found.zeros_outside, found.structured = setting.first, setting.zeros_outside, setting.structured
    found.indices, found.ranges = setting.indices, setting.ranges
    return found


def _around(number: arb, side: str) -> arb:
    width = arb(2) ** -ctx.prec
    if side == "→":
        return number + arb(0, width)
    half = width / 2
    return number + (half if side == "↓" else -half) + arb(0, half)


def _growing(setting: Setting, term: Term, middle: Value) -> arb:
    """An infinity with its sign, if the body grows at every closer point, from each side that counts."""
    found = {_end(setting, term, middle, sign) for sign in ({"↓": (1,), "↑": (-1,)}.get(term.data, (1, -1)))}
    sign = found.pop()
    if found or not sign or type(middle) is Array:
        raise NoValue("no-value", term)
    return arb("inf") * sign


def _end(setting: Setting, term: Term, middle: Value, side: int) -> int:
    """1 or −1 where the body grows or falls without end as far as is seen, else 0."""
    body, letter, _ = term.args
    seen = [_at(setting, letter, middle + arb(fmpq(side, 2**power))).of(body) for power in AWAY]
    for sign in (1, -1):
        sizes = [value * sign for value in seen]
        if all(type(value) is arb and value.is_finite() and value > 0 for value in sizes):
            share = arb(fmpq(GROWTH.numerator, GROWTH.denominator))
            if all(after > before * share for before, after in pairwise(sizes)):
                return sign
    return 0
