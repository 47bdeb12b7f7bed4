"""Battery B by matrix differentials: right at random arrays of unequal sizes, short, and equal to the route by entries."""

from __future__ import annotations

from functools import cache

import pytest
from bench.drawing import rows
from bench.losses import WITHIN, Row, judged

CASES = {case["id"]: case for case in rows("battery_losses")}
#: Both routes must be proved equal on so many.
PROVED = 44


@cache
def found(key: str) -> Row:
    return judged(CASES[key])


@pytest.mark.parametrize("key", CASES)
def test_right_and_print_ready(key: str) -> None:
    row = found(key)
    told = f"{CASES[key]['latex']}: {row.result}, expected {CASES[key]['expected_latex']}"
    assert row.right is True, told
    assert row.ratio <= WITHIN, told
    assert row.faults == (), told


def test_both_routes_are_proved_equal() -> None:
    rest = {key: found(key).routes for key in CASES if found(key).routes != "proved"}
    assert len(CASES) - len(rest) >= PROVED, rest
    assert "refuted" not in rest.values()
