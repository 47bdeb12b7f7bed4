"""The real hand derivations: no right line is called wrong, no wrong one right, and most are judged exactly."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from reading.cases import cases

from symderiv.errors import SymderivError
from symderiv.report import Line, check

CASES = {case["id"]: case for case in cases("check")}
#: How many of the derivations are judged exactly, and how many causes have the class that the case names.
EXACT, CLASSED = 60, 20


@cache
def judged(name: str) -> tuple[Line, ...] | None:
    """The lines of a case; None where what is given cannot be read."""
    try:
        return check(CASES[name]["lines"], CASES[name]["given"]).lines
    except SymderivError as stop:
        assert stop.code in ("unread", "unsupported"), stop
        return None


def verdicts(name: str) -> list[str]:
    lines = judged(name)
    return ["unread"] * len(CASES[name]["lines"]) if lines is None else [line.verdict for line in lines]


def contradictions(case: dict[str, Any], found: list[str]) -> list[str]:
    """The lines with a verdict that contradicts their label."""
    bad = {"ok": ("wrong",), "wrong": ("ok", "stated")}
    rows = zip(case["lines"], case["verdicts"], found, strict=True)
    return [f"{line} is {label}, not {verdict}" for line, label, verdict in rows if verdict in bad.get(label, ())]


def first_wrong(found: list[str]) -> int | None:
    return found.index("wrong") if "wrong" in found else None


def exact(case: dict[str, Any], found: list[str]) -> bool:
    """The first wrong line exact; where there is none, every line right."""
    if case["first_wrong"] is not None:
        return first_wrong(found) == case["first_wrong"]
    return set(found) <= {"ok", "stated"}


@pytest.mark.parametrize("name", CASES)
def test_no_verdict_contradicts_the_label(name: str) -> None:
    assert contradictions(CASES[name], verdicts(name)) == []


def test_most_derivations_are_judged_exactly() -> None:
    missed = [
        f"{name}: {verdicts(name)} for {CASES[name]['verdicts']}" for name in CASES if not exact(CASES[name], verdicts(name))
    ]
    assert len(CASES) - len(missed) >= EXACT, "\n".join(missed)


def test_most_givens_can_be_read() -> None:
    assert [name for name in CASES if judged(name) is None][1:] == []


def test_causes_have_the_class_that_the_case_names() -> None:
    found: dict[str, tuple[str, str]] = {}
    for name, case in CASES.items():
        lines, first = judged(name), case["first_wrong"]
        if first is not None and lines is not None and lines[first].verdict == "wrong":
            cause = lines[first].cause
            found[name] = (case["bug_class"], cause.kind if cause else "none")
    assert sum(wanted == got for wanted, got in found.values()) >= CLASSED, found


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name]["correct_line"]])
def test_the_corrected_line_is_not_called_wrong(name: str) -> None:
    """With its first wrong line corrected, a derivation is not refuted there."""
    case, first = CASES[name], CASES[name]["first_wrong"]
    if judged(name) is not None:
        lines = [*case["lines"][:first], case["correct_line"]]
        verdict = check(lines, case["given"]).lines[first].verdict
        assert verdict != "wrong", f"{case['correct_line']} after {case['lines'][:first]}"
