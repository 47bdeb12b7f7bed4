"""The attempts that stand on problems: every line gets the verdict that its author expects."""

from __future__ import annotations

import pytest

import symderiv as sd

ATTEMPTS = [
    pytest.param(problem, attempt, id=f"{problem.id} {number}")
    for problem in (sd.load(entry.id) for entry in sd.problems())
    for number, attempt in enumerate(problem.attempts, 1)
]


@pytest.mark.parametrize(("problem", "attempt"), ATTEMPTS)
def test_an_attempt_is_judged_as_expected(problem: sd.Problem, attempt: tuple[tuple[str, str], ...]) -> None:
    report = sd.check([line for line, _ in attempt], problem=problem)
    judged = [(line.source, line.verdict) for line in report.lines]
    assert judged == list(attempt), report.text()


def test_there_are_attempts() -> None:
    assert len(ATTEMPTS) > 2
