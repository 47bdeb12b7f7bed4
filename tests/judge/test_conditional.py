"""Forty lines that are true under one condition: it is shown with the line, or said where the letter was declared."""

from __future__ import annotations

import pytest
from bench.conditions import CASES, DECLARED, USUAL, VALUE, Conditional, confirmed, fault

IDS = [
    f"{title} {place}"
    for title, rows in (("value", VALUE), ("usual", USUAL), ("declared", DECLARED))
    for place, _ in enumerate(rows)
]


def test_there_are_forty_of_all_sorts() -> None:
    assert len(CASES) == 40 and min(len(VALUE), len(USUAL), len(DECLARED)) >= 9


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_numpy_finds_it_true_there_only(case: Conditional) -> None:
    assert confirmed(case), f"{case.line} where {case.condition}"


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_condition_is_shown_with_the_line(case: Conditional) -> None:
    found = fault(case)
    assert not found, f"{' ; '.join(case.lines)} where {case.condition}: {found}"
