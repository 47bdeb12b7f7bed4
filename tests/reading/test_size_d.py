r"""`d` for a length beside the `d` of derivatives: each line says by itself which one is meant."""

from __future__ import annotations

import pytest

from symderiv.report import check

GIVEN = (r"x \in \mathbb{R}^{d}", r"A \in \mathbb{R}^{d \times d}")
RIGHT = [
    (r"L = x^\top x", r"\frac{dL}{dx} = 2x^\top"),
    (r"L = x^\top x", r"\frac{d}{dx} L = 2x^\top"),
    (r"L = x^\top A x", r"d(x^\top A x) = x^\top (A + A^\top) dx"),
    (r"L = x^\top A x", r"dL = d(x^\top A x) = dx^\top A x + x^\top A dx"),
    (r"L = \frac{1}{d} \sum_i x_i", r"\frac{\partial L}{\partial x_j} = \frac1d"),
    (r"L = \frac1d x^\top x", r"dL = \frac2d x^\top dx"),
    (r"f = \log\det A", r"df = d\log\det A = \operatorname{tr}(A^{-1} dA)"),
    (r"f = \operatorname{tr}(A)", r"df = d\operatorname{tr}(A) = \operatorname{tr}(dA)"),
    (r"L = d(x^\top x)", r"\nabla_x L = 2dx"),
]


@pytest.mark.parametrize(("definition", "line"), RIGHT)
def test_a_length_called_d_is_no_operator_and_an_operator_no_length(definition: str, line: str) -> None:
    found = check([definition, line], GIVEN).lines[1]
    assert found.verdict == "ok", f"{line}\n{found.reading}\n{found.say}"
