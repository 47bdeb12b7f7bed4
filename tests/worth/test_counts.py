"""Comparisons of whole numbers: two of them may be equal, so `a > b` is `a ≥ b + 1` and is not `a ≥ b`."""

from __future__ import annotations

import pytest

from symderiv.reading import environment, read_expression
from symderiv.worth.compare import compare

NATURALS = (r"a, b \in \mathbb{N}",)
CASES = [
    (NATURALS, r"\mathbb 1_{a \ge b}", r"\mathbb 1_{a > b}", "refuted"),
    (NATURALS, r"\mathbb 1_{a \le b}", r"\mathbb 1_{a < b}", "refuted"),
    (NATURALS, r"\mathbb 1_{a \ge b}", r"\mathbb 1_{a > b - 1}", "proved"),
    (NATURALS, r"1 - \mathbb 1_{a \le b}", r"\mathbb 1_{a > b}", "proved"),
    (NATURALS, r"1 - \mathbb 1_{a < b + 1}", r"\mathbb 1_{a \ge b + 1}", "proved"),
    (
        (r"R \in \mathbb{N}^n", r"k \in \mathbb{N}"),
        r"\sum_i \mathbb 1_{R_i \ge k}",
        r"\sum_i \mathbb 1_{R_i > k}",
        "refuted",
    ),
    (
        (r"R \in \mathbb{N}^n", r"k \in \mathbb{N}"),
        r"\sum_i \mathbb 1_{R_i \ge k + 1}",
        r"\sum_i \mathbb 1_{R_i > k}",
        "proved",
    ),
    (NATURALS, r"\sum_{i<j} x_i x_j \mathbb 1_{a \ge b}", r"\sum_{i<j} x_i x_j \mathbb 1_{a > b}", "refuted"),
    ((r"a, b \in \mathbb{R}",), r"\mathbb 1_{a \ge b}", r"1 - \mathbb 1_{a < b}", "proved"),
]


@pytest.mark.parametrize(("given", "left", "right", "kind"), CASES)
def test_comparisons_of_whole_numbers(given: tuple[str, ...], left: str, right: str, kind: str) -> None:
    known = environment((*given, r"x \in \mathbb{R}^n"))
    found = compare(read_expression(left, known), read_expression(right, known), known.given)
    assert found.kind == kind, found
    if kind == "proved" and given is NATURALS:
        assert not found.conditions
