"""Windows side by side: the law fits where they fill the array, and not where they overlap or leave entries out."""

from __future__ import annotations

import pytest

import symderiv as sd


def law_used(size: str, count: str, formula: str) -> bool:
    given = [rf"x \in \mathbb{{R}}^{{{size}}}", rf"y, g \in \mathbb{{R}}^{{{count}}}", f"y_p = {formula}"]
    derived = sd.derive(r"L = \sum_p g_p y_p", "x", given=given)
    return any(step.rule == "each position lies in one window" for step in derived.steps)


@pytest.mark.parametrize(
    ("size", "count", "formula", "fits"),
    [
        ("2r", "r", r"\sum_{a=1}^2 x_{2p-2+a}", True),
        ("3r", "r", r"\sum_{a=1}^3 x_{3p-3+a}^2", True),
        ("6", "3", r"\sum_{a=1}^2 x_{2p-2+a}", True),
        ("7", "3", r"\sum_{a=1}^2 x_{2p-2+a}", False),
        ("r+1", "r", r"\sum_{a=1}^2 x_{p-1+a}", False),
        ("2r+1", "r", r"\sum_{a=1}^3 x_{2p-2+a}", False),
        ("3r", "r", r"\sum_{a=1}^2 x_{3p-3+a}", False),
    ],
)
def test_the_law_fits_where_windows_fill_the_array(size: str, count: str, formula: str, fits: bool) -> None:
    assert law_used(size, count, formula) is fits
