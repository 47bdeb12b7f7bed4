"""The same letter bound and free: no index is captured. Compared with differences in NumPy and with written right sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import symderiv as sd

VECTORS = [r"x, y \in \mathbb{R}^n", r"A \in \mathbb{R}^{n \times n}", r"i, j, k are indices", r"n \in \mathbb{N}"]
X, Y = np.array([0.3, -0.7, 1.1]), np.array([0.5, 0.2, -0.4])
A = np.array([[1.0, 0.5, -0.3], [0.2, -1.2, 0.7], [0.4, 0.1, 0.9]])
S = np.sum

#: formula with an entry of x as its variable, and the derivative written by hand with other letters
BY_AN_ENTRY = [
    (r"\frac{e^{x_i}}{\sum_i e^{x_i}}", "x_i", r"\frac{e^{x_i}}{\sum_k e^{x_k}} - \frac{e^{2x_i}}{(\sum_k e^{x_k})^2}"),
    (
        r"\frac{e^{x_i}}{\sum_i e^{x_i}}",
        "x_j",
        r"-\frac{e^{x_i} e^{x_j}}{(\sum_k e^{x_k})^2} + \delta_{ij} \frac{e^{x_i}}{\sum_k e^{x_k}}",
    ),
    (
        r"\frac{e^{x_i}}{\sum_j e^{x_j}}",
        "x_j",
        r"-\frac{e^{x_i} e^{x_j}}{(\sum_k e^{x_k})^2} + \delta_{ij} \frac{e^{x_i}}{\sum_k e^{x_k}}",
    ),
    (r"x_i \sum_i x_i^2", "x_i", r"\sum_k x_k^2 + 2x_i^2"),
    (r"\sum_i x_i y_i", "x_i", "y_i"),
    (r"\sum_i x_i^2 + x_i", "x_i", "2x_i + 1"),
    (r"\left(\sum_i x_i\right) \left(\sum_i x_i y_i\right)", "x_i", r"\sum_k x_k y_k + y_i \sum_k x_k"),
    (r"\sum_i \sum_j A_{ij} x_i x_j", "x_i", r"\sum_k A_{ik} x_k + \sum_k A_{ki} x_k"),
    (r"\sum_i \sum_j A_{ij} x_i x_j", "x_j", r"\sum_k A_{jk} x_k + \sum_k A_{kj} x_k"),
    (r"\sum_i x_i \sum_i y_i x_i", "x_i", r"\sum_k x_k y_k + y_i \sum_k x_k"),
    (r"\sum_j A_{ij} x_j", "x_j", "A_{ij}"),
    (r"\sum_j A_{ij} x_j", "x_i", "A_{ii}"),
    (r"\log \sum_j e^{x_j}", "x_j", r"\frac{e^{x_j}}{\sum_k e^{x_k}}"),
    (r"x_i - \log \sum_i e^{x_i}", "x_i", r"1 - \frac{e^{x_i}}{\sum_k e^{x_k}}"),
    (
        r"p_i, \quad p_i = \frac{e^{x_i}}{\sum_i e^{x_i}}",
        "x_i",
        r"\frac{e^{x_i}}{\sum_k e^{x_k}} - \frac{e^{2x_i}}{(\sum_k e^{x_k})^2}",
    ),
    (
        r"-\sum_i y_i \log p_i, \quad p_i = \frac{e^{x_i}}{\sum_j e^{x_j}}",
        "x_i",
        r"-y_i + \frac{e^{x_i}}{\sum_k e^{x_k}} \sum_k y_k",
    ),
    (r"\sum_j A_{ij} A_{ij}", "A_{ij}", "2A_{ij}"),
    (r"\sum_i A_{ii}", "A_{ij}", r"\delta_{ij}"),
    (r"A_{ij} \sum_i A_{ij}", "A_{ij}", r"\sum_k A_{kj} + A_{ij}"),
    (r"A_{ji} A_{ij}", "A_{ij}", r"A_{ji} + \delta_{ij} A_{ij}"),
    (r"\sum_i A_{ij} x_i", "A_{ij}", "x_i"),
    (r"s^2 + x_i, \quad s = \sum_i x_i", "x_i", r"2 \sum_k x_k + 1"),
    (r"\sum_i z_i, \quad z_i = x_i \sum_i x_i", "x_i", r"2 \sum_k x_k"),
    (r"\prod_i x_i", "x_i", r"\frac{\prod_k x_k}{x_i}"),
]


@pytest.mark.parametrize(("formula", "by", "expected"), BY_AN_ENTRY)
def test_by_an_entry_with_the_same_letter(formula: str, by: str, expected: str) -> None:
    derivation = sd.derive(formula, by, VECTORS)
    assert {step.evidence.kind for step in derivation.steps} <= {"proved", "agrees"}
    found = derivation.agrees_with(expected)
    assert found.kind in ("proved", "agrees"), f"{derivation.latex_result}: {found}"


def softmax(x: Any) -> Any:
    return np.exp(x) / S(np.exp(x))


#: formula in which letters repeat, its value in NumPy, and the variable
WHOLE: list[tuple[str, Callable[[Any], Any], str]] = [
    (r"\left(\sum_i x_i\right)^2 - \sum_i x_i^2", lambda x: S(x) ** 2 - S(x**2), "x"),
    (r"\sum_i x_i \sum_i x_i y_i", lambda x: S(x) * S(x * Y), "x"),
    (r"\sum_i \sum_j (x_i - x_j)^2", lambda x: S((x[:, None] - x[None, :]) ** 2), "x"),
    (r"\sum_i \frac{e^{x_i}}{\sum_i e^{x_i}} y_i", lambda x: S(softmax(x) * Y), "x"),
    (r"\sum_i \left(\sum_j A_{ij} x_j\right)^2", lambda x: S((A @ x) ** 2), "x"),
    (r"\sum_i x_i^2 \sum_j A_{ij} x_j", lambda x: S(x**2 * (A @ x)), "x"),
    (r"\sum_i \log \sum_j e^{A_{ij} x_j}", lambda x: S(np.log(S(np.exp(A * x), axis=1))), "x"),
    (r"x^\top A x + \sum_i x_i", lambda x: x @ A @ x + S(x), "x"),
    (r"\sum_j y_j \sum_i A_{ij} x_i", lambda x: Y @ A.T @ x, "x"),
    (r"\prod_i x_i", lambda x: np.prod(x), "x"),
    (r"\prod_{i=1}^{n} (1 + x_i^2)", lambda x: np.prod(1 + x**2), "x"),
    (r"\|x\|^2 \sum_i x_i", lambda x: S(x**2) * S(x), "x"),
]


def differences(value: Callable[[Any], Any], at: Any) -> Any:
    step = 1e-6
    return np.array([(value(at + step * e) - value(at - step * e)) / (2 * step) for e in np.eye(len(at))])


@pytest.mark.parametrize(("formula", "value", "by"), WHOLE, ids=[formula for formula, _, _ in WHOLE])
def test_the_whole_gradient_agrees_with_differences(formula: str, value: Callable[[Any], Any], by: str) -> None:
    derivation = sd.derive(formula, by, VECTORS)
    given = {letter: array for letter, array in {"x": X, "y": Y, "A": A}.items() if letter in formula}
    found = derivation.evaluate(given)
    assert np.allclose(found, differences(value, X), atol=1e-7), derivation.latex_result
