"""How far a limit reaches: to the next sign of a sum, or to the end of its bracket; printed, it is read back."""

from __future__ import annotations

import pytest

from symderiv.reading.expressions import read_expression
from symderiv.report import latex
from symderiv.term.build import ONE, ZERO, apply, fraction, function, limit, minus, mul, name
from symderiv.term.kinds import Term

x, y, a = name("x"), name("y"), name("a")
sine = fraction(apply(function("sin", known=True), x), x)

LIMITS: dict[str, Term] = {
    r"\lim_{x \to 0} \frac{\sin x}{x}": limit(sine, x, ZERO, "→"),
    r"\lim_{x \to 0} a \frac{\sin x}{x}": limit(a * sine, x, ZERO, "→"),
    r"\lim_{x \to 0} a \cdot x y + 1": limit(mul(a, x, y), x, ZERO, "→") + ONE,
    r"a \lim_{x \to 0} x y - x": mul(a, limit(x * y, x, ZERO, "→")) - x,
    r"\left(\lim_{x \to 0} x\right) y": mul(limit(x, x, ZERO, "→"), y),
    r"\left(\lim_{x \to 0} x\right)^2": limit(x, x, ZERO, "→") ** 2,
    r"\lim_{x \downarrow 0} -x": limit(minus(x), x, ZERO, "↓"),
    r"\lim_{x \to 0} x \lim_{y \to 1} x y": limit(mul(x, limit(x * y, y, ONE, "→")), x, ZERO, "→"),
}


@pytest.mark.parametrize("source", LIMITS)
def test_the_body_of_a_limit(source: str) -> None:
    found = read_expression(source)
    assert found is LIMITS[source]
    assert read_expression(latex(found)) is found
