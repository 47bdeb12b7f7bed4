"""Lines that fill in the table of a trace are judged as a table: the cause of a wrong number, and what follows from it."""

from __future__ import annotations

import pytest

import symderiv as sd
from symderiv.questions.trace import Trace

BOARD = "computation_graphs/product_of_sum_and_difference"


def judged(lines: list[str], problem: sd.Problem | str = BOARD) -> list[tuple[str, str]]:
    found = sd.check(lines, problem=problem)
    return [(line.verdict, line.cause.kind if line.cause else "") for line in found.lines]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([r"\bar v_3 = 12.53", r"\bar v_2 = -120.9"], [("wrong", "missing-path"), ("follows", "")]),
        ([r"\bar v_3 = \bar v_4 = 12.53"], [("wrong", "missing-path")]),
        ([r"\bar v_2 = 299.84"], [("wrong", "sign")]),
        (["v_3 = 15.53", "v_5 = 18.53"], [("ok", ""), ("wrong", "sign")]),
        (
            [r"\bar v_1 = 19.303", r"\bar v_2 = -299.84", r"\bar v_0 = 36.55"],
            [("ok", ""), ("ok", ""), ("wrong", "constant-factor")],
        ),
        (
            ["v_2 = 0.699", r"\bar v_1 = 102.34", r"\bar v_2 = -3660.4", r"\bar v_0 = 291.3"],
            [("ok", ""), ("ok", ""), ("ok", ""), ("wrong", "log-base")],
        ),
        ([r"\bar v_0 = 133.06", r"\bar v_{-1} = -6"], [("ok", ""), ("ok", "")]),
    ],
)  # fmt: skip
def test_lines_as_a_table(lines: list[str], expected: list[tuple[str, str]]) -> None:
    assert judged(lines) == expected


def test_a_trace_of_arrays() -> None:
    neuron = "computation_graphs/neuron_with_squared_error"
    assert judged(["z = 0.5", "a = 0.6225", r"\bar a = -0.3775", r"\bar z = -0.235", r"\bar b = -0.235"], neuron) == [
        ("ok", ""), ("ok", ""), ("ok", ""), ("wrong", "activation-derivative"), ("follows", ""),
    ]  # fmt: skip


def test_a_problem_of_ones_own() -> None:
    problem = sd.Problem("A square", asks=(Trace("x^2 + x", {"x": 3}),))
    assert judged(["v_1 = 9", "v_2 = 12", r"\bar v_0 = 1"], problem)[-1] == ("wrong", "missing-path")
