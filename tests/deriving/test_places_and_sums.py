"""Results in the form of a board: unit vectors, one sum for two equal ones, and where a largest entry stands."""

from __future__ import annotations

import pytest

import symderiv as sd

FAMILY = (r"y_1, \dots, y_n \in \mathbb{R}^{d}", r"p \in \mathbb{R}^{n \times n}", "p is symmetric")
VECTOR = (r"x \in \mathbb{R}^n",)

RESULTS = [
    ("x_i", "x", VECTOR, "e_i"),
    (r"-\log \frac{e^{x_c}}{\sum_k e^{x_k}}", "x", (*VECTOR, "c is an index"), None),
    (r"\sum_i \sum_j p_{ij} \log(1 + \|y_i - y_j\|^2)", "y_m", FAMILY, None),
    (r"\max(x)", "x", (*VECTOR, "i is an index", r"\max(x) = x_i"), "e_i"),
    (r"\min(x)", "x", (*VECTOR, "i is an index", r"\min(x) = x_i"), "e_i"),
]


@pytest.mark.parametrize(("f", "by", "given", "latex"), RESULTS, ids=[f"{f} by {by}" for f, by, *_ in RESULTS])
def test_the_result_in_its_form(f: str, by: str, given: tuple[str, ...], latex: str | None) -> None:
    derivation = sd.derive(f, by, given=given)
    assert {step.evidence.kind for step in derivation.steps} <= {"proved", "agrees"}
    if latex is not None:
        assert derivation.latex_result == latex


def test_two_sums_with_the_same_terms_are_one() -> None:
    derivation = sd.derive(r"\sum_i \sum_j p_{ij} \|y_i - y_j\|^2", "y_m", given=FAMILY)
    assert derivation.latex_result == r"4\sum_k p_{mk} (y_{mj} - y_{kj})"
    assert derivation.steps[-1].rule == "equal sums"


def test_sums_that_differ_stay_two() -> None:
    derivation = sd.derive(r"\sum_i \sum_j p_{ij} \|y_i - y_j\|^2", "y_m", given=FAMILY[:2])
    assert derivation.latex_result.count(r"\sum") == 2


def test_a_largest_entry_needs_to_stand_alone() -> None:
    derivation = sd.derive(r"\max(x)", "x", given=VECTOR)
    assert derivation.conditions == (r"\max(x) \text{ is attained at one index only}",)


def test_a_squared_norm_is_smooth_at_zero() -> None:
    assert list(sd.derive(r"\|x\|^2", "x", given=VECTOR).evaluate({"x": [0, 0]})) == [0, 0]
