"""Verdicts and their order."""

from __future__ import annotations

from itertools import permutations
from typing import get_args

import pytest

from symderiv.judge.verdict import WORST, Judged, JudgedLine, VerdictName, worst

ORDER: list[VerdictName] = ["wrong", "follows", "unread", "unknown", "ok", "stated", "skipped"]


def test_the_order_is_that_of_the_contract_and_holds_every_verdict() -> None:
    assert list(WORST) == ORDER
    assert set(WORST) == set(get_args(VerdictName))


@pytest.mark.parametrize("place", range(len(ORDER)))
def test_the_worst_of_those_that_stand_behind(place: int) -> None:
    assert worst(ORDER[place:]) == ORDER[place]
    assert worst(ORDER[place:][::-1]) == ORDER[place]


def test_the_order_of_statements_does_not_matter() -> None:
    some: list[VerdictName] = ["ok", "wrong", "stated"]
    assert {worst(list(row)) for row in permutations(some)} == {"wrong"}


def test_a_line_without_statements_is_skipped() -> None:
    assert worst([]) == "skipped"
    assert JudgedLine("", (0, 0), "skipped").worst is None


def test_the_statement_that_decides() -> None:
    first, second, third = Judged("ok", (0, 1)), Judged("wrong", (2, 3)), Judged("wrong", (4, 5))
    assert JudgedLine("…", (0, 5), "wrong", (first, second, third)).worst is second
    assert JudgedLine("…", (0, 1), "ok", (first,)).worst is first
