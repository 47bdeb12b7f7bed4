"""What a gradient by arrays looks like: sums by entries, matrix forms, terms and factors written once."""

from __future__ import annotations

import pytest

import symderiv as sd
from symderiv.deriving.derivation import replay
from symderiv.deriving.verifying import Verifier

GIVEN = (
    r"A \in \mathbb{R}^{m \times n}", r"Q \in \mathbb{R}^{n \times n}", r"x \in \mathbb{R}^n", r"c \in \mathbb{R}^n",
    r"b \in \mathbb{R}^m", r"w \in \mathbb{R}^m", r"f \colon \mathbb{R}^m \to \mathbb{R}",
)  # fmt: skip

FORMS = {
    (r"x^\top Q x", "x"): r"(Q + Q^\top) x",
    (r"x^\top A^\top A x", "x"): r"2A^\top A x",
    (r"(Ax - b)^\top (Ax - b)", "x"): r"2A^\top (A x - b)",
    (r"\|Ax - b\|^2", "x"): r"2A^\top (A x - b)",
    (r"x^\top Q x - c^\top Q x", "x"): r"Q x + Q^\top x - Q^\top c",
    (r"\mathrm{tr}(A^\top A)", "A"): "2A",
    (r"f(\sigma(Ax))", "x"): r"A^\top (s \odot (1 - s) \odot \nabla_s f)",
}


@pytest.mark.parametrize(("body", "by"), FORMS)
def test_matrix_form(body: str, by: str) -> None:
    found = sd.derive(body, by, given=GIVEN)
    assert found.latex_result == FORMS[body, by]
    for answer in found.answers:
        for derivation in filter(None, (answer.derivation, answer.matrix_form)):
            replay(derivation)
            assert {item.kind for item in Verifier(derivation).all()} <= {"proved", "agrees"}


def test_sums_stand_in_the_order_of_their_letters() -> None:
    line = next(iter(sd.derive(r"x^\top Q x", "x", given=GIVEN, route="entries").answers[0].derivation.lines()))
    letters = [str(line.term.args[1]), str(line.term.args[0].args[1])]
    assert letters == ["k", "l"]


def test_an_entry_of_a_named_vector_is_named_again() -> None:
    loss = r"J = -\sum_k (y_k \log p_k + (1 - y_k) \log(1 - p_k)), \quad p = \sigma(A x)"
    found = sd.derive(loss, "x", given=[*GIVEN, r"y \in \mathbb{R}^m"], route="entries")
    assert found.latex_result == r"A^\top (p - y)"
    assert found.conditions == ()
    aside = found.answers[0].derivation.asides[0]
    assert "definition of $p$" in [step.law.name for step in aside.steps]
    replay(found.answers[0].derivation)
