"""Limits of functions that have no value at the target."""

from __future__ import annotations

from symderiv.rules.elementary import log
from symderiv.rules.letters import letter
from symderiv.rules.rule import Rule
from symderiv.term.build import INFINITY, ZERO, apply, limit, minus

t = letter("t", "dummy")
_APOSTOL = "Apostol, Calculus I, 6.3"

log_at_zero = Rule(
    "the logarithm falls without bound", limit(apply(log, t), t, ZERO, "↓"), minus(INFINITY),
    say="below every bound as its argument goes to zero", source=_APOSTOL,
)  # fmt: skip
minus_log_at_zero = Rule(
    "minus the logarithm grows without bound", limit(minus(apply(log, t)), t, ZERO, "↓"), INFINITY,
    say="beyond every bound as its argument goes to zero", source=_APOSTOL,
)  # fmt: skip
