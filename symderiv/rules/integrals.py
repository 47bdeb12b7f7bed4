"""Integrals with limits that move and a parameter inside: the fundamental theorem and Leibniz's rule."""

from __future__ import annotations

from symderiv.rules.letters import c, d, letter
from symderiv.rules.rule import Rule
from symderiv.term.build import entry, integral, minus

t = letter("t", "dummy")
a, b = letter("a", "depends"), letter("b", "depends")
_low, _high = letter("a"), letter("b")
_still, _moving = letter("f", "free family"), letter("f", "family")
_f, _g = entry(_still, t), entry(_moving, t)
_APOSTOL = "Apostol, Calculus I, "
_LEIBNIZ = "Apostol, Mathematical Analysis, 7.24"

upper_limit = Rule(
    "fundamental theorem of calculus", d(integral(_f, t, c, b)), entry(_still, b) * d(b),
    say="the integrand at the upper limit, times the derivative of that limit", source=_APOSTOL + "5.1",
)  # fmt: skip
limit_not_moved = upper_limit.mistaken(
    "derivative of the limit lost", entry(_still, b), say="the limit moves: its derivative is a factor",
    kind="dropped-chain-factor",
)  # fmt: skip
lower_end_subtracted = upper_limit.mistaken(
    "integrand subtracted at a limit that stands still", (entry(_still, b) - entry(_still, c)) * d(b),
    say="a limit that stands still brings nothing", kind="wrong-rule",
)  # fmt: skip

lower_limit = Rule(
    "fundamental theorem, lower limit", d(integral(_f, t, a, c)), minus(entry(_still, a) * d(a)),
    say="minus the integrand at the lower limit, times the derivative of that limit", source=_APOSTOL + "5.1",
)  # fmt: skip
lower_sign = lower_limit.mistaken(
    "minus sign lost at the lower limit", entry(_still, a) * d(a), say="a lower limit that rises takes away", kind="sign"
)

both_limits = Rule(
    "fundamental theorem, both limits", d(integral(_f, t, a, b)), entry(_still, b) * d(b) - entry(_still, a) * d(a),
    say="the integrand at each limit, times the derivative of that limit, the lower one subtracted", source=_APOSTOL + "5.1",
)  # fmt: skip
limits_added = both_limits.mistaken(
    "both limits added", entry(_still, b) * d(b) + entry(_still, a) * d(a), say="the lower limit is subtracted", kind="sign"
)

under_the_sign = Rule(
    "derivative under the integral sign", d(integral(_g, t, c, letter("e", "free"))),
    integral(d(_g), t, c, letter("e", "free")),
    say="where the limits stand still the derivative goes under the integral", source=_LEIBNIZ,
)  # fmt: skip

leibniz = Rule(
    "Leibniz’s rule for integrals", d(integral(_g, t, _low, _high)),
    entry(_moving, _high) * d(_high) - entry(_moving, _low) * d(_low) + integral(d(_g), t, _low, _high),
    say="the integrand at each limit that moves, and the derivative under the integral", source=_LEIBNIZ,
)  # fmt: skip
parameter_forgotten = leibniz.mistaken(
    "parameter under the integral forgotten", entry(_moving, _high) * d(_high) - entry(_moving, _low) * d(_low),
    say="the variable also stands in the integrand: its derivative stays under the integral", kind="missing-path",
)  # fmt: skip
limits_forgotten = leibniz.mistaken(
    "moving limits forgotten", integral(d(_g), t, _low, _high), say="the limits move too", kind="missing-path"
)  # fmt: skip
