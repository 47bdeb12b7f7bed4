"""What is false or not known never reaches a page: refuted steps and zeros that are not proved."""

from __future__ import annotations

import pytest

from symderiv.deriving.derivation import Derivation, Move, Step
from symderiv.deriving.verifying import Verifier, prove_zero
from symderiv.errors import SymderivError
from symderiv.reading import environment, read_expression
from symderiv.term.build import ZERO, entry, index, name, num, partial, size
from symderiv.term.kinds import Term

x = name("x")
v = name("v", size("n"))


def claimed_zero(formula: str, by: Term = x) -> Derivation:
    body = read_expression(formula, environment([r"x \in \mathbb{R}", r"v \in \mathbb{R}^n"]))
    return Derivation(partial(body, by), (), (), (ZERO,))


@pytest.mark.parametrize(
    "formula", ["x", r"\max(x, 2)", r"\lvert x \rvert", r"\sigma(x)", r"\frac{x^2}{x}", "f(x)", r"\log(\arcsin(2 + x^2))"]
)
def test_a_zero_that_is_not_proved_is_refused(formula: str) -> None:
    with pytest.raises(SymderivError) as stop:
        prove_zero(claimed_zero(formula))
    assert stop.value.code == "zero-not-proved"


@pytest.mark.parametrize("formula", ["7", "a", "x - x", r"\sin^2 x + \cos^2 x", r"\operatorname{sign}(x)"])
def test_a_zero_that_is_proved_or_free_of_the_variable_stands(formula: str) -> None:
    prove_zero(claimed_zero(formula))


def test_the_sum_of_a_softmax_does_not_move() -> None:
    formula = r"\sum_i \frac{e^{v_i}}{\sum_k e^{v_k}}"
    prove_zero(claimed_zero(formula, entry(v, index("j"))))
    with pytest.raises(SymderivError, match="not proved"):
        prove_zero(claimed_zero(r"\sum_i v_i", entry(v, index("j"))))


def test_a_false_step_raises_and_is_named() -> None:
    lie = Move("lie", lambda term: num(3) * x, say="")
    start = partial(x**2, x)
    step = Step(start, num(3) * x, (), lie)
    with pytest.raises(SymderivError, match="“lie” is false") as stop:
        Verifier(Derivation(start, (step,), (1,), (step.after,))).all()
    assert stop.value.code == "refuted-step"
