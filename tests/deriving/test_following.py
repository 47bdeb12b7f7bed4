"""Comparisons that follow from given ones, and those that do not."""

from __future__ import annotations

import pytest

from symderiv.deriving.evident import evident, needed
from symderiv.deriving.following import follows
from symderiv.reading import environment, read_expression

FOLLOWS = [
    (r"x \ne 0", ["x > 0"]),
    (r"x \ne 0", ["x < 0"]),
    (r"0 \ne x", [r"x \ne 0"]),
    ("x > 0", ["x > 1"]),
    (r"x \ge 0", ["x > 0"]),
    (r"x - 1 \ne 0", [r"x \ne 1"]),
    (r"1 - x \ne 0", [r"x \ne 1"]),
    ("x - 1 > 0", ["x > 1"]),
    ("1 - x > 0", ["0 < x < 1"]),
    ("x > 0", ["0 < x < 1"]),
    ("2x > 4", ["x > 2"]),
    (r"x - y \ne 0", [r"x \ne y"]),
    ("x - y > 0", ["y < x"]),
    ("x > 1", ["x > 1"]),
]
FOLLOWS_NOT = [
    ("x > 0", []),
    ("x > 0", [r"x \ge 0"]),
    ("x > 0", [r"x \ne 0"]),
    ("x > 1", ["x > 0"]),
    ("x > 0", ["x > -1"]),
    (r"x \ne 0", [r"x \ge 0"]),
    (r"x \ne 0", ["x > -1"]),
    (r"x \ne 1", [r"x \ne 0"]),
    ("x > 0", ["y > 0"]),
    ("x < 0", ["x > 0"]),
    (r"x + y \ne 0", [r"x \ne y"]),
    (r"x \ne 0", ["x = 1 - y"]),
]


def relations(condition: str, given: list[str]) -> tuple[object, tuple[object, ...]]:
    known = environment([r"x, y \in \mathbb{R}"])
    return read_expression(condition, known), tuple(read_expression(fact, known) for fact in given)


@pytest.mark.parametrize(("condition", "given"), FOLLOWS)
def test_follows(condition: str, given: list[str]) -> None:
    assert follows(*relations(condition, given))


@pytest.mark.parametrize(("condition", "given"), FOLLOWS_NOT)
def test_does_not_follow(condition: str, given: list[str]) -> None:
    assert not follows(*relations(condition, given))


@pytest.mark.parametrize(
    ("condition", "given"),
    [(r"\sqrt{1 - x^2} \ne 0", ["-1 < x < 1"]), ("1 - x^2 > 0", ["-1 < x < 1"]), (r"\sqrt{x} \ne 0", ["x > 0"])],
)
def test_evident_by_form_and_by_what_is_given(condition: str, given: list[str]) -> None:
    assert evident(*relations(condition, given))


@pytest.mark.parametrize(
    ("conditions", "shown"),
    [
        ([r"x \ne 0", "x > 0"], ["x > 0"]),
        (["x > 0", "x > 0"], ["x > 0"]),
        (["x > 0", "0 < x"], ["0 < x"]),
        ([r"\sqrt{x} \ne 0", "x > 0", "y > 0"], ["x > 0", "y > 0"]),
    ],
)
def test_conditions_that_others_imply_are_not_shown(conditions: list[str], shown: list[str]) -> None:
    assert needed(relations("0", conditions)[1], ()) == relations("0", shown)[1]
