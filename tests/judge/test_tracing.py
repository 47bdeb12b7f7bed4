"""A table of a trace filled in by hand: first wrong cell, its cause, what follows from it."""

from __future__ import annotations

import pytest
from bench.traces import measured

from symderiv.errors import SymderivError
from symderiv.judge.tracing import Filled, judge_table
from symderiv.questions.tracing import traced
from symderiv.reading.environment import Environment

BOARD = r"\left(\frac{x^2}{\log x} + c\right) \left(\frac{x^2}{\log x} - c\right)"
VALUES = {"c": "3", "x": "5", "v_1": "25", "v_2": "1.609", "v_3": "15.53", "v_4": "18.53", "v_5": "12.53", "v_6": "232.3"}
ADJOINTS = {
    "v_6": "1", "v_5": "18.53", "v_4": "12.53", "v_3": "31.07", "v_2": "-299.8", "v_1": "19.30", "x": "133.1", "c": "-6",
}  # fmt: skip


def judged(values: dict[str, str], adjoints: dict[str, str], log_base: int | None = None) -> dict[str, Filled]:
    found = traced(BOARD, {"x": 5, "c": 3}, Environment(), log_base=log_base)
    return {cell.name: cell for cell in judge_table(found, values, adjoints)}


def test_a_right_table() -> None:
    assert {cell.verdict for cell in judged(VALUES, ADJOINTS).values()} == {"ok"}


@pytest.mark.parametrize(
    ("values", "adjoints", "wrong", "kind", "follows"),
    [
        ({}, {"v_3": "12.53", "v_2": "-120.9"}, r"\bar{v}_3", "missing-path", r"\bar{v}_2"),
        ({}, {"v_2": "299.8"}, r"\bar{v}_2", "sign", None),
        ({}, {"c": "31.07"}, r"\bar{c}", "sign", None),
        ({}, {"x": "36.55"}, r"\bar{x}", "constant-factor", None),
        ({"v_2": "0.6990", "v_3": "35.77"}, {}, "v_2", "log-base", "v_3"),
        ({}, {"x": "167.0"}, r"\bar{x}", "log-base", None),
        ({"v_3": "15.63"}, {}, "v_3", "arithmetic-rounding", None),
        ({"v_1": "10", "v_3": "6.213"}, {}, "v_1", None, "v_3"),
        ({"v_5": "18.53"}, {}, "v_5", "sign", None),
    ],
)
def test_the_first_wrong_cell_and_why(
    values: dict[str, str], adjoints: dict[str, str], wrong: str, kind: str | None, follows: str | None
) -> None:
    cells = judged({**VALUES, **values}, {**ADJOINTS, **adjoints})
    first = next(cell for cell in cells.values() if cell.verdict == "wrong")
    assert first.name == wrong
    assert first.cause is not None and kind in (None, first.cause.kind), first.cause
    assert follows is None or cells[follows].verdict == "follows", cells[follows]


def test_numbers_worked_out_from_rounded_ones_as_they_were_written() -> None:
    """35.8, 38.8, 32.8 and 1272.6 in base 10: the product is that of the rounded numbers."""
    cells = judged({"v_2": "0.699", "v_3": "35.8", "v_4": "38.8", "v_5": "32.8", "v_6": "1272.6"}, {}, log_base=10)
    assert [cell.verdict for cell in cells.values()] == ["ok"] * 5
    assert cells["v_6"].cause is not None and cells["v_6"].cause.name == "rounded on the way"


def test_numbers_rounded_behind_the_table() -> None:
    cells = judged({**VALUES, "v_6": "236.25"}, {})
    assert cells["v_6"].verdict == "wrong"
    assert cells["v_6"].cause is not None and cells["v_6"].cause.kind == "arithmetic-rounding"


def test_arrays() -> None:
    given = [r"W \in \mathbb{R}^{2 \times 2}", r"x \in \mathbb{R}^2", "q = W x", r"f = \|q\|^2"]
    found = traced("f", {"W": [[1, 2], [3, 4]], "x": [1, -1]}, Environment(), given)
    cells = judge_table(found, {"q": [-1, -1], "f": 2}, {"q": [2, 2], "x": [8, 12]})
    assert [(cell.name, cell.verdict) for cell in cells] == [
        ("q", "ok"), ("f", "ok"), (r"\bar{q}", "wrong"), (r"\bar{x}", "follows"),
    ]  # fmt: skip
    assert cells[2].cause is not None and cells[2].cause.kind == "sign"


@pytest.mark.parametrize(
    ("values", "code", "words"),
    [({"v_9": "1"}, "unknown-name", "the nodes are"), ({"v_1": "abc"}, "value", "expected a number")],
)
def test_cells_that_are_none(values: dict[str, str], code: str, words: str) -> None:
    with pytest.raises(SymderivError) as stop:
        judged(values, {})
    assert (stop.value.code, words in str(stop.value)) == (code, True), str(stop.value)


def test_an_array_of_another_size() -> None:
    found = traced(r"\|x\|^2 + 1", {"x": [1, 2]}, Environment())
    with pytest.raises(SymderivError, match="2 entries"):
        judge_table(found, {"x": [1, 2, 3]}, {})


def test_planted_errors_are_found_and_named() -> None:
    score, confused = measured(120, seed=3)
    assert score.node >= 0.98 * score.count, score.line
    assert score.cause >= 0.9 * score.count, f"{score.line}: {confused}"
    assert score.others <= 0.01 * score.count, score.line
