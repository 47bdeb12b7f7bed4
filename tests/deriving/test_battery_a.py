"""Battery A: scalar derivatives of a first course, from LaTeX and from SymPy, in value, in steps and in length."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import sympy
from reading.cases import cases
from sympy import Abs, Function, Max, Piecewise, Sum, cos, cosh, erf, exp, log, sec, sin, sinh, sqrt, symbols, tan, tanh

import symderiv as sd
from symderiv.api import Derivation
from symderiv.deriving.derivation import replay
from symderiv.reading.expressions import read_expression
from symderiv.term.kinds import Term, leaves

#: Kinks, special functions and an integral; the other fifty are what everybody can.
BEYOND = {"A46", "A47", "A48", "A49", "A50", "A51", "A52", "A53", "A54", "A59"}
ALL = {record["id"]: record for record in cases("battery_derivatives")}
FIFTY = [key for key in ALL if key not in BEYOND]
WITHIN = 1.25

x, a = symbols("x a", real=True)
n = symbols("n", integer=True)
f, g = Function("f"), Function("g")
#: The same expressions in SymPy, as an author of problems would write them.
IN_SYMPY: dict[str, Any] = {
    "A01": x**5,
    "A02": 3 * x**2 + 2 * x + 1,
    "A03": (x + 1) ** 10,
    "A04": x * (x + 1),
    "A05": sympy.Integer(7),
    "A06": (x**2 + 1) / (x - 1),
    "A07": sin(x) / x,
    "A08": 1 / (1 + x**2),
    "A09": x / sqrt(1 - x**2),
    "A10": exp(x) / (1 + exp(x)),
    "A11": sin(x**2),
    "A12": exp(-(x**2) / 2),
    "A13": sqrt(1 + x**2),
    "A14": log(sin(x)),
    "A15": cos(sin(exp(x))),
    "A16": sin(x) ** 3,
    "A17": tan(x),
    "A18": sec(x),
    "A19": sympy.csc(x),
    "A20": sympy.cot(x),
    "A21": sin(2 * x) * cos(3 * x),
    "A22": sympy.asin(x),
    "A23": sympy.acos(x),
    "A24": sympy.atan(x),
    "A25": sympy.asec(x),
    "A26": sympy.atan(x**2),
    "A27": sinh(x),
    "A28": cosh(x),
    "A29": tanh(x),
    "A30": sympy.asinh(x),
    "A31": tanh(3 * x),
    "A32": 2**x,
    "A33": a**x,
    "A34": log(x, 10),
    "A35": x * log(x),
    "A36": log(1 + exp(x)),
    "A37": exp(x),
    "A38": x**x,
    "A39": x ** sin(x),
    "A40": sin(x) ** x,
    "A41": (1 + 1 / x) ** x,
    "A42": 1 / (1 + exp(-x)),
    "A43": Max(0, x),
    "A44": log(cosh(x)),
    "A45": x / (1 + exp(-x)),
    "A46": erf(x),
    "A47": x / 2 * (1 + erf(x / sqrt(2))),
    "A48": Abs(x),
    "A49": Piecewise((x, x > 0), (a * (exp(x) - 1), True)),
    "A50": sympy.gamma(x),
    "A51": sympy.besselj(0, x),
    "A52": erf(x) / x,
    "A53": sympy.LambertW(x),
    "A54": sympy.Heaviside(x),
    "A55": f(x) * g(x),
    "A56": f(g(x)),
    "A57": f(x) / g(x),
    "A58": f(x) ** 2,
    "A59": sympy.Integral(exp(-(a**2)), (a, 0, x)),
    "A60": Sum(x**n, (n, 0, 5)),
}


@cache
def from_latex(key: str) -> Derivation:
    return sd.derive(ALL[key]["latex"], ALL[key]["wrt"], ALL[key]["given"])


@cache
def from_sympy(key: str) -> Derivation:
    return sd.derive(IN_SYMPY[key], x, ALL[key]["given"])


def expected(key: str) -> Term:
    return read_expression(ALL[key]["expected_latex"], from_latex(key).problem.task.environment)


def result(derivation: Derivation) -> Term:
    return derivation.answers[0].result


def told(key: str, *derivations: Derivation) -> str:
    return f"{key}: {ALL[key]['latex']}: {[found.latex_result for found in derivations]}, {ALL[key]['expected_latex']}"


def test_sixty_are_derived() -> None:
    assert (len(FIFTY), len(ALL), set(IN_SYMPY)) == (50, 60, set(ALL))


@pytest.mark.parametrize("key", ALL)
@pytest.mark.parametrize("door", [from_latex, from_sympy])
def test_every_step_replays_and_holds(key: str, door: Any) -> None:
    derivation = door(key)
    for answer in derivation.answers:
        replay(answer.derivation)
    assert {step.evidence.kind for step in derivation.steps} <= {"proved", "agrees"}


@pytest.mark.parametrize("key", ALL)
def test_the_result_is_the_expected_one(key: str) -> None:
    found = from_latex(key).agrees_with(ALL[key]["expected_latex"])
    assert found.kind == "proved", f"{told(key, from_latex(key))}: {found}"


def test_results_are_as_short_as_expected() -> None:
    long = {key: leaves(result(from_latex(key))) / leaves(expected(key)) for key in ALL}
    assert [told(key, from_latex(key)) for key, ratio in long.items() if ratio > WITHIN] == []


@pytest.mark.parametrize("key", ALL)
def test_both_doors_give_the_same_value(key: str) -> None:
    left, right = from_latex(key), from_sympy(key)
    found = left.agrees_with(right.result)
    assert found.kind == "proved", f"{told(key, left, right)}: {found}"
