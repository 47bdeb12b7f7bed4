"""A softmax's Jacobian in front of the vector of a cross-entropy: multiplied out, both routes end in p − y."""

from __future__ import annotations

import pytest

import symderiv as sd

GIVEN = [r"W \in \mathbb{R}^{k \times n}", r"x \in \mathbb{R}^n", r"y \in \mathbb{R}^k"]
LOSS = r"-y^\top \log p, \quad p = \operatorname{softmax}(z), \quad z = Wx"
TABLE = [
    (r"\sum_i y_i = 1", "differentials", r"(p - y) x^\top"),
    (r"\sum_i y_i = 1", "entries", r"(p - y) x^\top"),
    ("y is one-hot", "differentials", r"(p - y) x^\top"),
    ("n > 0", "differentials", r"(p \mathbf{1}^\top y - y) x^\top"),
]


@pytest.mark.parametrize(("known", "route", "expected"), TABLE)
def test_the_gradient_of_softmax_regression(known: str, route: str, expected: str) -> None:
    derivation = sd.derive(LOSS, "W", given=[*GIVEN, known], route=route)
    assert {step.evidence.kind for step in derivation.steps} <= {"proved", "agrees"}
    assert derivation.agrees_with(expected).kind == "proved", derivation.latex_result
    assert "operatorname{diag}" not in derivation.latex_result


def test_an_unknown_function_of_each_entry_goes_by_entries_too() -> None:
    given = [r"A \in \mathbb{R}^{m \times n}", r"x \in \mathbb{R}^n", r"b \in \mathbb{R}^m"]
    given += [r"f \colon \mathbb{R}^m \to \mathbb{R}", r"h \colon \mathbb{R} \to \mathbb{R}"]
    results = [sd.derive("f(h(Ax+b))", "A", given=given, route=route).latex_result for route in ("entries", "differentials")]
    assert results[0] == results[1]
