"""Recurrences: what grows by the same amount at each step, in closed form."""

from __future__ import annotations

from symderiv.rules.letters import letter
from symderiv.rules.rule import Rule
from symderiv.term.build import ONE, add, mul

_n, _a, _c = letter("n"), letter("a"), letter("c")
_one_more = add(mul(_n, _c), _a, _c)

one_step_more = Rule(
    "one step more", _one_more, add(mul(add(_n, ONE), _c), _a),
    say="n steps and one more are n + 1 steps, each of the same length",
    source="Graham, Knuth, Patashnik, Concrete Mathematics, 2.2",
)  # fmt: skip
start_counted = one_step_more.mistaken(
    "the start taken for a step", mul(add(_n, ONE), add(_a, _c)), kind="algebra",
    say="the first value is there once, it is not added at each step",
)  # fmt: skip
