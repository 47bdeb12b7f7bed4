"""Misconceptions planted on purpose are named, and errors at random are not given a misconception's name."""

from __future__ import annotations

from collections import Counter

import pytest
from bench.planted import FREE, NAMED, SEED, at_random, planted, run

from symderiv.rules.book import misconceptions


def test_each_misconception_is_planted_in_turn() -> None:
    lines = planted(SEED, Counter())
    rules = {made.rule.name for made, _ in zip(lines, range(len(misconceptions())), strict=False) if made.rule is not None}
    assert len(rules) >= len(misconceptions()) - 5


@pytest.mark.slow
def test_what_is_planted_is_named_first() -> None:
    found = run(planted(SEED, Counter()), 500, "planted", Counter(), show=True)
    assert sum(found[outcome] for outcome in NAMED) >= 0.85 * found.total()


@pytest.mark.slow
def test_an_error_at_random_is_given_no_name() -> None:
    found = run(at_random(SEED, Counter()), 200, "at random", Counter(), show=True)
    assert sum(found[outcome] for outcome in FREE) >= 0.95 * found.total()
