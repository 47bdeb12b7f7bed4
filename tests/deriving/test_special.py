"""Special functions and integrals with limits that move: every step holds, and the result is the one of the tables."""

from __future__ import annotations

import pytest

import symderiv as sd
from symderiv.api import Derivation
from symderiv.deriving.derivation import replay

F = r"f \colon \mathbb{R} \to \mathbb{R}"
G = r"g \colon \mathbb{R} \times \mathbb{R} \to \mathbb{R}"
J = r"J_k is the Bessel function of the first kind of order k"
W = r"W is the principal branch of the Lambert function"
PSI = r"\psi is the digamma function"
H = r"H is the Heaviside step function"

#: Expression, what is given, derivative by x.
FUNCTIONS = [
    (r"\Gamma(x^2)", [PSI, r"x > 0"], r"2x \Gamma(x^2) \psi(x^2)"),
    (r"\log \Gamma(x)", [PSI, r"x > 0"], r"\psi(x)"),
    (r"\psi(3x)", [PSI, r"x > 0"], r"3 \psi'(3x)"),
    (r"J_0(x^2)", [J], r"-2x J_1(x^2)"),
    (r"J_1(x)", [J, "x > 0"], r"\frac{J_0(x) - J_2(x)}{2}"),
    (r"x J_1(x)", [J, "x > 0"], r"J_1(x) + \frac{x}{2} (J_0(x) - J_2(x))"),
    (r"W(x^2)", [W, "x > 0"], r"\frac{2 W(x^2)}{x (1 + W(x^2))}"),
    (r"e^{W(x)}", [W, "x > 0"], r"\frac{1}{1 + W(x)}"),
    (r"x H(x)", [H, r"x \ne 0"], r"H(x)"),
    (r"\operatorname{erfc}(2x)", [], r"-\frac{4}{\sqrt{\pi}} e^{-4x^2}"),
    (r"\operatorname{arcoth} x", ["x > 1"], r"\frac{1}{1 - x^2}"),
    (r"\operatorname{arsech} x", ["0 < x < 1"], r"-\frac{1}{x \sqrt{1 - x^2}}"),
    (r"\operatorname{arcsch} x", ["x > 0"], r"-\frac{1}{x \sqrt{1 + x^2}}"),
]
INTEGRALS = [
    (r"\int_{x^2}^{x^3} \sin t \,dt", [], r"3x^2 \sin(x^3) - 2x \sin(x^2)"),
    (r"\int_x^1 \sqrt{1 + t^4}\,dt", [], r"-\sqrt{1 + x^4}"),
    (r"\int_0^1 e^{xt}\,dt", [], r"\int_0^1 t e^{xt}\,dt"),
    (r"\int_0^x \sin(xt)\,dt", [], r"\sin(x^2) + \int_0^x t \cos(xt)\,dt"),
    (r"\int_{-x}^{x} e^{xt^2}\,dt", [], r"2e^{x^3} + \int_{-x}^x t^2 e^{xt^2}\,dt"),
    (r"x \int_0^x f(t)\,dt", [F], r"\int_0^x f(t)\,dt + x f(x)"),
    (r"\int_0^{\sin x} \frac{1}{1 + t^2} \mathrm{d}t", [], r"\frac{\cos x}{1 + \sin^2 x}"),
    (r"\left(\int_0^x e^{-t^2}\,dt\right)^2", [], r"2 e^{-x^2} \int_0^x e^{-t^2}\,dt"),
    (r"\int_0^x (x - t) f(t)\,dt", [F], r"\int_0^x f(t)\,dt"),
    (r"\int_0^x x^2\,dx", [], r"x^2"),
    (r"\int_1^y \log(x + t)\,dt", ["x > 0", "y > 0"], r"\int_1^y \frac{1}{x + t}\,dt"),
    (r"\sum_{k=1}^{3} \int_0^x t^k\,dt", [], r"x + x^2 + x^3"),
    (r"\int_0^x g(x, t)\,dt", [G], None),
]


def derived(latex: str, given: list[str]) -> Derivation:
    return sd.derive(latex, "x", [r"x \in \mathbb{R}", *given])


@pytest.mark.parametrize(
    ("latex", "given", "expected"), FUNCTIONS + INTEGRALS, ids=lambda item: item if isinstance(item, str) else ""
)
def test_every_step_holds_and_the_result_is_the_expected_one(latex: str, given: list[str], expected: str | None) -> None:
    derivation = derived(latex, given)
    for answer in derivation.answers:
        replay(answer.derivation)
    assert {step.evidence.kind for step in derivation.steps} <= {"proved", "agrees"}
    if expected is not None:
        found = derivation.agrees_with(expected)
        assert found.kind in ("proved", "agrees"), f"{latex}: {derivation.latex_result}, not {expected}: {found}"


@pytest.mark.parametrize(
    ("latex", "given", "written"),
    [
        (r"\Gamma(x)", ["x > 0", r"\psi is the digamma function"], r"\Gamma(x) \psi(x)"),
        (r"B_0(x)", [r"B_k is the Bessel function of the first kind of order k"], "-B_1(x)"),
        (r"\int_0^x e^{-a^2}\,da", [], "e^{-x^2}"),
        (r"\int_0^x \sin(xt)\,dt", [], r"\sin(x^2) + \int_0^x t \cos(x t) \, dt"),
    ],
)
def test_results_are_written_in_the_letters_of_the_problem(latex: str, given: list[str], written: str) -> None:
    assert derived(latex, given).latex_result == written


@pytest.mark.parametrize("latex", [r"\int_0^1 \lvert x - t\rvert\,dt", r"\int_0^\infty e^{-xt}\,dt"])
def test_what_the_referee_cannot_integrate_is_shown_as_undecided(latex: str) -> None:
    derivation = derived(latex, ["0 < x < 1"])
    assert "undecided" in {step.evidence.kind for step in derivation.steps}
    assert "not decided" in derivation.text()
