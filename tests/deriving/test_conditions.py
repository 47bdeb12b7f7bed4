"""Conditions: what a derivation needed is told, unless it is given or evident; a rewriting carries its condition with it."""

from __future__ import annotations

import pytest

import symderiv as sd
from symderiv.reading import environment, read_expression
from symderiv.worth.compare import compare

#: formula: what its derivative by x needs
NEEDS: dict[str, tuple[str, ...]] = {
    r"\log x": ("x > 0",),
    r"\sqrt{x}": ("x > 0",),
    r"\sqrt[3]{x}": ("x > 0",),
    "x^a": ("x > 0",),
    "a^x": ("a > 0",),
    "x^x": ("x > 0",),
    r"\frac{1}{x}": (r"x \ne 0",),
    "x^{-2}": (r"x \ne 0",),
    r"\frac{x}{x - 1}": (r"x - 1 \ne 0",),
    r"\tan x": (r"\cos x \ne 0",),
    r"\cot x": (r"\sin x \ne 0",),
    r"\lvert x \rvert": (r"x \ne 0",),
    r"\lvert x - a \rvert": (r"x - a \ne 0",),
    r"\max(0, x)": (r"x \ne 0",),
    r"\max(x, a)": (r"x \ne a",),
    r"\min(x^2, 1)": (r"x^2 \ne 1",),
    r"\operatorname{relu}(x)": (r"x \ne 0",),
    r"\arcsin x": ("-1 < x < 1",),
    r"\operatorname{arcosh} x": ("x > 1",),
    r"\operatorname{arcsec} x": (r"\lvert x \rvert > 1",),
    r"\log_{10} x": ("x > 0",),
    r"\log_a x": ("x > 0", "a > 0", r"a \ne 1"),
    r"\begin{cases} x^2 & x > 1 \\ x & x \le 1 \end{cases}": (r"x \ne 1",),
    r"\frac{\log x}{x}": ("x > 0",),
    r"\log(x - 1) + \frac{1}{x}": ("x - 1 > 0",),
    r"\log(1 + x^2)": (),
    r"\sqrt{1 + e^x}": (),
    r"\frac{1}{\cosh x}": (),
    r"\log(\sigma(x))": (),
    "x^5": (),
    r"\sum_{k=1}^{3} \frac{x^k}{k}": (),
}
#: formula, what is given, what is left to tell
GIVEN = [
    (r"\log x", ["x > 0"], ()),
    (r"\log x", ["x > 1"], ()),
    (r"\frac{1}{x}", ["x > 0"], ()),
    (r"\frac{1}{x - 1}", [r"x \ne 1"], ()),
    (r"\max(0, x)", [r"x \ne 0"], ()),
    (r"\max(0, x)", ["x < 0"], ()),
    (r"\sqrt{1 - x^2}", ["-1 < x < 1"], ()),
    (r"\log x + \log a", ["x > 0"], ()),
    (r"\log(x a)", ["x > 0"], ("x a > 0",)),
    (r"\log(x a)", ["x > 0", "a > 0"], ()),
    (r"\lvert x \rvert", ["x < -1"], ()),
    ("x^n", [r"n \in \mathbb{N}"], ()),
]


def told(formula: str, given: list[str]) -> tuple[str, ...]:
    return sd.derive(formula, "x", given).conditions


@pytest.mark.parametrize("formula", NEEDS)
def test_a_derivation_tells_what_it_needed(formula: str) -> None:
    assert told(formula, []) == NEEDS[formula]


@pytest.mark.parametrize(("formula", "given", "left"), GIVEN)
def test_what_is_given_or_evident_is_not_told(formula: str, given: list[str], left: tuple[str, ...]) -> None:
    assert told(formula, given) == left


#: A rewriting, and the conditions under which it is proved; without them it is not.
REWRITINGS = [
    (r"\log(ab)", r"\log a + \log b", ["a > 0", "b > 0"]),
    (r"\log x^2", r"2\log x", ["x > 0"]),
    (r"\sqrt{x^2}", "x", ["x > 0"]),
    (r"\log \frac{x}{y}", r"\log x - \log y", ["x > 0", "y > 0"]),
    ("(x^2)^{1/2}", "x", ["x > 0"]),
    (r"e^{\log x}", "x", ["x > 0"]),
    ("(ab)^c", "a^c b^c", ["a > 0", "b > 0"]),
    (r"\lvert x \rvert", "x", ["x > 0"]),
]
KNOWN = [r"a, b, c, x, y \in \mathbb{R}"]


@pytest.mark.parametrize(("left", "right", "conditions"), REWRITINGS)
def test_a_rewriting_is_proved_under_its_conditions_only(left: str, right: str, conditions: list[str]) -> None:
    known = environment(KNOWN)
    sides = read_expression(left, known), read_expression(right, known)
    facts = [read_expression(fact, known) for fact in conditions]
    with_all = compare(*sides, facts)
    assert with_all.kind == "proved"
    without = compare(*sides)
    if without.kind == "refuted":
        return
    assert set(without.conditions) >= set(facts), without
    assert without.kind == "agrees" or left == r"e^{\log x}", without


@pytest.mark.parametrize(("left", "right"), [(r"\sqrt{x^2}", "x"), (r"\lvert x \rvert", "x"), ("(x^2)^{1/2}", "x")])
def test_a_rewriting_that_is_false_below_zero_is_refuted(left: str, right: str) -> None:
    known = environment(KNOWN)
    assert compare(read_expression(left, known), read_expression(right, known)).kind == "refuted"
