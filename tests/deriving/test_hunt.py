"""Random formulas, each as LaTeX and as a Python function at once: derivatives against differences, and their looks."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable

import pytest

import symderiv as sd
from symderiv.api import Derivation

Function = Callable[[float, float], float]
Made = tuple[str, Function]

#: The function of each name, and where a formula with it surely has a value: what its argument is wrapped in.
FUNCTIONS: dict[str, tuple[str, Callable[[float], float]]] = {
    r"\sin({})": ("{}", math.sin),
    r"\cos({})": ("{}", math.cos),
    r"e^{{{}}}": ("{}", math.exp),
    r"\log({})": ("1 + ({})^2", math.log),
    r"\sqrt{{{}}}": ("1 + ({})^2", math.sqrt),
    r"\tanh({})": ("{}", math.tanh),
    r"\sinh({})": ("{}", math.sinh),
    r"\arctan({})": ("{}", math.atan),
    r"\operatorname{{erf}}({})": ("{}", math.erf),
    r"\sigma({})": ("{}", lambda u: 1 / (1 + math.exp(-u))),
    r"\operatorname{{softplus}}({})": ("{}", lambda u: math.log1p(math.exp(u))),
    r"\operatorname{{relu}}({})": ("{}", lambda u: max(0.0, u)),
    r"\lvert {} \rvert": ("{}", abs),
}
WRAPPED = {"{}": lambda u: u, "1 + ({})^2": lambda u: 1 + u * u}


def made(chance: random.Random, depth: int) -> Made:
    """A formula in x and a, and what it is in Python."""
    if depth == 0:
        return chance.choice([("x", lambda x, a: x), ("x", lambda x, a: x), ("a", lambda x, a: a), ("2", lambda x, a: 2.0)])
    what = chance.choice(
        ["sum", "difference", "product", "quotient", "power", "of", "of", "of", "tower", "maximum", "minus"]
    )
    return MAKING[what](chance, lambda: made(chance, depth - 1))


def _two(form: str, act: Callable[[float, float], float]) -> Callable[[random.Random, Callable[[], Made]], Made]:
    def make(chance: random.Random, part: Callable[[], Made]) -> Made:
        (left, f), (right, g) = part(), part()
        return form.format(left, right), lambda x, a: act(f(x, a), g(x, a))

    return make


def _power(chance: random.Random, part: Callable[[], Made]) -> Made:
    (base, f), exponent = part(), chance.choice([2, 3, 4])
    return f"({base})^{exponent}", lambda x, a: f(x, a) ** exponent


def _minus(chance: random.Random, part: Callable[[], Made]) -> Made:
    text, f = part()
    return f"-({text})", lambda x, a: -f(x, a)


def _of(chance: random.Random, part: Callable[[], Made]) -> Made:
    (text, f), (form, (wrap, act)) = part(), chance.choice(list(FUNCTIONS.items()))
    return form.format(wrap.format(text)), lambda x, a: act(WRAPPED[wrap](f(x, a)))


MAKING: dict[str, Callable[[random.Random, Callable[[], Made]], Made]] = {
    "sum": _two("{} + {}", lambda u, v: u + v),
    "difference": _two("{} - ({})", lambda u, v: u - v),
    "product": _two(r"({}) \cdot ({})", lambda u, v: u * v),
    "quotient": _two(r"\frac{{{}}}{{2 + ({})^2}}", lambda u, v: u / (2 + v * v)),
    "tower": _two("(1 + ({})^2)^{{{}}}", lambda u, v: (1 + u * u) ** v),
    "maximum": _two(r"\max({}, {})", max),
    "power": _power,
    "of": _of,
    "minus": _minus,
}

#: What a person would not write: a factor one, plus minus, plus zero, power one, a bar over one, a fraction of nothing.
UGLY = re.compile(
    r"(?<![\d.^{])1 ?\\cdot|\\cdot 1(?![\d.])|[+-] ?[+-]|\+ 0(?![.\d])|\^1(?!\d)|\^\{1\}|\\frac\{0\}|\}\{1\}|(?<!\d)0\^"
)


def differences(f: Function, x: float, a: float) -> float | None:
    """The central difference where two steps agree about it."""
    try:
        wide, narrow = ((f(x + h, a) - f(x - h, a)) / (2 * h) for h in (2e-5, 1e-5))
    except (OverflowError, ValueError, ZeroDivisionError):
        return None
    sure = math.isfinite(narrow) and abs(narrow) < 1e8 and abs(wide - narrow) <= 1e-5 * (1 + abs(narrow))
    return narrow if sure else None


def at_a_kink(derivation: Derivation, x: float, a: float) -> bool:
    """Whether the formula shown has no value there because two arguments of a maximum are equal, as in max(x, x)."""
    try:
        derivation.evaluate({"x": x, "a": a})
    except sd.SymderivError as stop:
        return stop.code == "no-value" and "cases" in derivation.latex_result
    return False


def check(number: int, depth: int) -> None:
    text, f = made(random.Random(number), depth)
    derivation = sd.derive(text, "x", [r"x, a \in \mathbb{R}"])
    shown = derivation.latex_result
    for x, a in ((0.37, 1.3), (-1.21, 0.6), (2.05, 0.9)):
        wanted = differences(f, x, a)
        if wanted is not None and not at_a_kink(derivation, x, a):
            found = derivation.evaluate({"x": x, "a": a})
            assert math.isclose(found, wanted, rel_tol=1e-4, abs_tol=1e-4), f"{text}  =>  {shown} at {x}, {a}: {wanted}"
    assert not UGLY.search(shown), f"{text}  =>  {shown}"
    assert {step.evidence.kind for step in derivation.steps} <= {"proved", "agrees", "undecided"}


@pytest.mark.parametrize("number", range(80))
def test_small_formulas(number: int) -> None:
    check(number, 2)


@pytest.mark.parametrize("number", range(60))
def test_larger_formulas(number: int) -> None:
    check(1000 + number, 3)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(200))
def test_deep_formulas(number: int) -> None:
    check(5000 + number, 4)
