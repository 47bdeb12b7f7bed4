"""The hand lines of the homework: the verdicts that a teacher gave."""

from __future__ import annotations

from functools import cache

import pytest
from bench.homework import Judged, Row, counts, figures, homework, judged


@cache
def _judged(known: bool) -> tuple[Judged, ...]:
    return tuple(judged(row, known) for row in homework())


@pytest.mark.parametrize("row", homework(), ids=lambda row: row["id"])
def test_no_right_line_is_called_wrong(row: Row) -> None:
    """Whatever else is known: a right line is not refuted, words are not, and what is struck out is passed over."""
    for known in (False, True):
        found = next(one for one in _judged(known) if one.row is row)
        assert found.stop is None, found.stop
        for line, seen in zip(row["hand_lines"], found.found, strict=True):
            refused = ("wrong", "follows") if line["verdict"] == "right" else ("wrong",)
            if line["verdict"] != "wrong" or not line["checkable"]:
                assert seen.verdict not in refused, f"{line['latex']}: {seen.say}"
            assert seen.verdict == "skipped" or not line["struck"], line["latex"]


def test_figures_with_what_is_given() -> None:
    """93 of 141 at first."""
    count = figures(list(_judged(False)))
    assert count["lines"] == sum(counts(line) for row in homework() for line in row["hand_lines"]) == 141
    assert count["as there"] >= 129
    assert count["errors told apart"] == count["errors seen"] >= 12


def test_figures_with_the_problems() -> None:
    """With what the problem of each row knows: 95 % of the lines, the first wrong line, new errors and carried ones."""
    count = figures(list(_judged(True)))
    assert count["as there"] >= 0.96 * count["lines"]
    assert count["right called wrong"] == count["words called wrong"] == count["wrong passed"] == 0
    assert count["errors told apart"] == count["errors seen"] >= 17
    assert count["rows decided"] == count["first wrong found"]
