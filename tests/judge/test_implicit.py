"""Equations that determine a quantity, and what they say of its derivatives."""

from __future__ import annotations

import pytest

import symderiv as sd

CIRCLE, LEAF, MIXED = "x^2 + y^2 = 25", "x^3 + y^3 = 6xy", "e^{xy} = x + y"
OF_X = "y is a function of x"

# What is given, the equation, what is claimed of the derivative below, and the verdict.
CURVES = [
    ("", CIRCLE, r"2x + 2y \frac{dy}{dx} = 0", "ok"),
    ("", CIRCLE, r"2x - 2y \frac{dy}{dx} = 0", "unknown"),
    ("", CIRCLE, r"\frac{dy}{dx} = -\frac{x}{y}", "ok"),
    ("", CIRCLE, r"\frac{dy}{dx} = \frac{x}{y}", "unknown"),
    ("", MIXED, r"e^{xy} (y + x \frac{dy}{dx}) = 1 + \frac{dy}{dx}", "ok"),
    ("", MIXED, r"e^{xy} (y + \frac{dy}{dx}) = 1 + \frac{dy}{dx}", "unknown"),
    (OF_X, LEAF, "3x^2 + 3y^2 y' = 6y + 6x y'", "ok"),
    (OF_X, LEAF, "3x^2 + 3y^2 y' = 6y + 6y'", "unknown"),
    (OF_X, LEAF, r"y' = \frac{2y - x^2}{y^2 - 2x}", "ok"),
    (OF_X, LEAF, r"y' = \frac{x^2 - 2y}{y^2 - 2x}", "unknown"),
]


@pytest.mark.parametrize(("given", "curve", "line", "verdict"), CURVES, ids=[row[2] for row in CURVES])
def test_what_an_equation_says_of_a_derivative(given: str, curve: str, line: str, verdict: str) -> None:
    checked = sd.check([curve, line], given=[given] if given else [])
    assert [found.verdict for found in checked.lines] == ["stated", verdict]


def test_the_condition_speaks_of_the_quantity() -> None:
    assert "y ≠ 0" in sd.check([CIRCLE, r"\frac{dy}{dx} = -\frac{x}{y}"]).text()


@pytest.mark.parametrize("line", ["P^2 = P", "x^2 = 2x + 1", CIRCLE])
def test_an_equation_of_letters_that_stand_nowhere_above_is_no_wrong_claim(line: str) -> None:
    assert sd.check([line]).lines[0].verdict == "stated"


@pytest.mark.parametrize("line", ["(a + b)^2 = a^2 + b^2", "a^2 - b^2 = (a - b)^2", r"e^{a + b} = e^a + e^b"])
def test_a_false_rearrangement_is_wrong(line: str) -> None:
    assert sd.check([line]).lines[0].verdict == "wrong"


def test_an_equation_of_a_letter_that_stands_above_is_a_claim() -> None:
    assert sd.check(["y = x^2", "x^2 = 2x"]).lines[1].verdict == "wrong"


# The lines above, a line that turns them round, and its verdict.
TURNED = [
    ((r"y = \arctan x",), r"x = \tan y", "ok"),
    ((r"y = \ln x",), "x = e^y", "ok"),
    (("y = 2x + 1",), "x = y - 4", "stated"),
    ((r"y = \arctan x", r"x = \tan y"), r"\frac{dy}{dx} = \frac{1}{1 + x^2}", "ok"),
    ((r"y = \arctan x",), r"\frac{dy}{dx} = \frac{1}{1 + x^2}", "ok"),
]


@pytest.mark.parametrize(("above", "line", "verdict"), TURNED, ids=[" ".join([*row[0], row[1]]) for row in TURNED])
def test_what_a_quantity_was_made_of_is_not_made_of_it(above: tuple[str, ...], line: str, verdict: str) -> None:
    assert sd.check([*above, line]).lines[-1].verdict == verdict
