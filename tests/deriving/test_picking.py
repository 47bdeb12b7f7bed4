"""Single entries: what a unit vector picks, and which entry is given to be the largest."""

from __future__ import annotations

import pytest

from symderiv.deriving.draft import Draft
from symderiv.deriving.picking import pick
from symderiv.reading import environment, read_expression

DECLARED = [r"x, y \in \mathbb{R}^n", "i is an index", "j is an index", "e_j is the j-th unit vector", r"f(x) = \max_k x_k"]


@pytest.mark.parametrize(
    ("fact", "before", "after"),
    [
        ("", r"e_j^\top x", "x_j"),
        ("", r"3 - e_j^\top (y - x)", "3 - (y_j - x_j)"),
        ("", r"y^\top x", r"y^\top x"),
        (r"\max_k x_k = x_i", "3 f(x)", "3 x_i"),
        ("x_i = f(x)", r"3 \max_k x_k", "3 x_i"),
        (r"\min_k x_k = x_i", r"\min_k x_k", "x_i"),
        (r"\min_k x_k = x_i", "f(x)", "f(x)"),
        ("x_i = f(x)", r"\max_k y_k", r"\max_k y_k"),
    ],
)
def test_an_entry_is_picked(fact: str, before: str, after: str) -> None:
    known = environment([*DECLARED, *([fact] if fact else [])])
    draft = Draft(read_expression(before, known), known.given)
    pick(draft)
    assert draft.term is read_expression(after, known)


def test_an_entry_that_is_the_value_of_its_own_vector_is_no_definition() -> None:
    known = environment([r"x \in \mathbb{R}^n", r"f(x) = \max\{x_1, \dots, x_n\}", "x_j = f(x)"])
    assert [str(fact.data) for fact in known.given] == ["('=',)"]
