"""How far a sum reaches where nobody wrote brackets: over the terms with its letter, unless that is free elsewhere."""

from __future__ import annotations

import pytest

import symderiv as sd

REACHES = {
    r"L = -\sum_i y_i \log p_i + (1-y_i)\log(1-p_i)": r"L = -\sum_i (y_i \log p_i + (1 - y_i) \log(1 - p_i))",
    r"L = \sum_i x^{(i)} - y^{(i)}": r"L = \sum_i (x^{(i)} - y^{(i)})",
    r"L = \sum_{i,j} a_{ij} - x_i y_j + c": r"L = \sum_i \sum_j (a_{ij} - x_i y_j) + c",
    r"L = \sum_i x_i \log a - a - b_i + c": r"L = \sum_i (x_i \log a - a - b_i) + c",
    r"L = \sum_i a_i + \lambda \sum_i b_i + c_i": r"L = \sum_i a_i + \lambda \sum_i (b_i + c_i)",
}
ENDS = [
    r"L = \frac{1}{n} \sum_{i=1}^n (y_i - w x_i)^2 + \lambda w^2",
    r"z_i = \sum_j W_{ij} x_j + b_i",
    r"z_j = \sum_j W_{ij} x_j + b_j",
    r"L = \sum_i a_i + \sum_i b_i",
    r"\frac{\partial L}{\partial x_i} = \sum_i a_i + b_i",
    r"L = \sum_{i=1}^n x_i^2 + i",
    r"y = \prod_i x_i + z_i",
]


@pytest.mark.parametrize("line", REACHES)
def test_a_sum_reaches_over_terms_with_its_letter(line: str) -> None:
    assert sd.check([line]).lines[0].reading == REACHES[line]


@pytest.mark.parametrize("line", ENDS)
def test_a_sum_ends_before_terms_without_it(line: str) -> None:
    assert sd.check([line]).lines[0].reading == line


def test_a_maximum_has_a_letter_of_its_own() -> None:
    assert sd.check([r"L = \sum_k t_k - \max_k a_k"]).lines[0].reading == r"L = \sum_k t_k - \max(a)"


def test_the_loss_of_logistic_regression_without_brackets() -> None:
    lines = [
        r"p_i = \sigma(w^\top x_i)",
        r"L = -\sum_{i=1}^n y_i \log p_i + (1-y_i)\log(1-p_i)",
        r"\nabla_w L = \sum_{i=1}^n (p_i - y_i) x_i",
        r"\nabla_w L = \sum_{i=1}^n (y_i - p_i) x_i",
    ]
    found = sd.check(lines, given=[r"x_i, w \in \mathbb{R}^d"])
    assert [line.verdict for line in found.lines] == ["stated", "stated", "ok", "wrong"]
