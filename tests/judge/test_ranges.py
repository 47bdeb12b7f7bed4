"""Sums and products that leave terms out, and how far a product goes."""

from __future__ import annotations

import pytest

import symderiv as sd

GIVEN = [r"p \in \mathbb{R}^n", "i, j, k are indices"]

# A line, its verdict, and whether it is right where i and j differ.
LINES = [
    (r"\sum_{k \neq i, j} p_k = \sum_k p_k - p_i - p_j", "ok", True),
    (r"\sum_{k \neq i, j} p_k = \sum_k p_k - p_i p_j", "wrong", False),
    (r"\sum_{k \neq i, j} p_k = \sum_k p_k + p_i + p_j", "wrong", False),
    (r"\prod_{k \neq i} p_k \cdot p_i = \prod_k p_k", "ok", False),
    (r"\prod_{k \neq i} p_k \cdot p_i^2 = \prod_k p_k", "wrong", False),
    (r"\prod_{k \neq i, j} p_k \cdot p_i p_j = \prod_k p_k", "ok", True),
    (r"p_i \prod_{k \neq i} p_k = \prod_k p_k", "ok", False),
    (r"\prod_{k=1}^n p_k a = a^n \prod_k p_k", "ok", False),
    (r"\prod_{k=1}^n p_k a = a \prod_k p_k", "ok", False),
    (r"\prod_{k=1}^n p_k a = a^2 \prod_k p_k", "wrong", False),
]


@pytest.mark.parametrize(("line", "verdict", "apart"), LINES, ids=[row[0] for row in LINES])
def test_terms_left_out(line: str, verdict: str, apart: bool) -> None:
    report = sd.check([line], given=GIVEN)
    assert report.lines[0].verdict == verdict
    assert ("i ≠ j" in report.text()) == apart
