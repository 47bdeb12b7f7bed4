"""What a person does between the rules: one derivative in all terms is written once, a name that saves nothing goes."""

from __future__ import annotations

import pytest

import symderiv as sd
from symderiv.deriving.derivation import replay
from symderiv.deriving.gathering import gather_derivative
from symderiv.term.build import minus, mul, name, named, partial
from symderiv.term.kinds import Term

x, y, c = name("x"), name("y"), name("c")
u = named("u", x**3)
du = partial(u, x)

GATHERED = {
    "in both terms": (du * (u - c) + (u + c) * du, mul(u - c + u + c, du)),
    "with a minus sign": (minus(c * du) + y * du, mul(y - c, du)),
    "in one term only": (du * (u - c) + c, None),
    "squared in one": (du * du + c * du, None),
    "two derivatives": (du * c + y * partial(u, y), None),
}


@pytest.mark.parametrize(("line", "expected"), GATHERED.values(), ids=GATHERED)
def test_a_derivative_in_every_term_is_written_once(line: Term, expected: Term | None) -> None:
    assert gather_derivative.rewrite(line) is expected


NAMES = {
    "saves nothing": (r"f = u^2, \quad u = 2x", "8x"),
    "saves a factor": (r"f = u^3, \quad u = 2x + 1", "6u^2"),
    "cancels when it is opened": (r"f = u^2, \quad u = \frac{x^2}{\log x}", r"\frac{2x^3 (2\log x - 1)}{\log^3 x}"),
    "stays where it is short": (r"f = e^{u}, \quad u = x^2 + x", r"f \cdot (2x + 1)"),
}


@pytest.mark.parametrize(("formula", "expected"), NAMES.values(), ids=NAMES)
def test_a_name_in_the_result(formula: str, expected: str) -> None:
    found = sd.derive(formula, "x", given=["x > 0", r"x \ne 1"])
    assert found.latex_result == expected
    replay(found.answers[0].derivation)
    assert {step.evidence.kind for step in found.steps} == {"proved"}


def test_a_part_by_which_is_differentiated_keeps_its_name() -> None:
    assert sd.derive("u^2", "u", given=["u = 2x"]).latex_result == "2u"
