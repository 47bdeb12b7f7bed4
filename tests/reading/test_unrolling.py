"""Members of recurrences: what is known of them, in which order, and where they lead to nothing."""

from __future__ import annotations

import pytest

from symderiv.reading.environment import Environment
from symderiv.reading.script import read_statements
from symderiv.worth.compare import compare

MOMENT = r"m_t = \beta m_{t-1} + (1-\beta) g_t"

#: Lines in order, and what the last one, an equation, is: a claim with the value that the recurrence gives, or a definition.
MEMBERS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "the first": ((MOMENT, "m_0 = 0", "m_1 = g_1"), "claim", r"(1-\beta) g_1"),
    "a start below the recurrence or above it": (("m_0 = 0", MOMENT, "m_1 = g_1"), "claim", r"(1-\beta) g_1"),
    "two steps": ((MOMENT, "m_0 = 0", "m_2 = g_2"), "claim", r"(1-\beta)(\beta g_1 + g_2)"),
    "a start that stands on the right": ((MOMENT, "m_1 = m_0 + g_1"), "claim", r"\beta m_0 + (1-\beta) g_1"),
    "no start": ((MOMENT, "m_1 = g_1"), "definition", "g_1"),
    "the start itself": ((MOMENT, "m_0 = 3"), "definition", "3"),
    "a start with one": (("a_n = 2 a_{n-1}", "a_1 = 3", "a_3 = 5"), "claim", "12"),
    "a shifted letter": (("x_{k+1} = x_k^2", "x_0 = 2", "x_2 = 3"), "claim", "16"),
    "a raised letter": (("w^{(t+1)} = w^{(t)} - g", "w^{(0)} = 0", "w^{(2)} = g"), "claim", "-2g"),
    "two starts": (("a_n = a_{n-1} + a_{n-2}", "a_0 = 0, a_1 = 1", "a_4 = 4"), "claim", "3"),
    "a power of the letter": (("c_t = s^t + c_{t-1}", "c_0 = 0", "c_2 = s"), "claim", "s + s^2"),
    "a number of its own": (("s_n = s_{n-1} + n", "s_0 = 0", "s_3 = 7"), "claim", "6"),
    "numbers where letters have no value": (("y_t = (p_t - q_t)^2", "y_1 = 3"), "definition", "3"),
    "numbers where they have one": (("y_t = (p_t - q_t)^2", "p_1 = 3, q_1 = 1", "y_1 = 3"), "claim", "4"),
    "some values of the letter only": (("h_l = h_{l-1}^2, \\quad l = 1, 2", "h_0 = 2", "h_3 = 5"), "definition", "5"),
    "values without end": (("h_l = h_{l-1}^2, \\quad l \\ge 1", "h_0 = 2", "h_3 = 5"), "claim", "256"),
    "a label that counts nothing": (("z_f = w_f x", "z_1 = 3x"), "definition", "3x"),
    "a function without a formula": (("w_{t+1} = w_t - g(w_t)", "w_0 = 1", "w_1 = 3"), "definition", "3"),
}


@pytest.mark.parametrize("title", MEMBERS)
def test_a_member(title: str) -> None:
    lines, role, value = MEMBERS[title]
    known = Environment()
    for line in lines:
        read = read_statements(line, known)
        known = read.environment
    (statement,) = read.statements
    assert statement.role == role
    wanted = read_statements(value, known).statements[0].members[0]
    assert compare(statement.members[0], wanted).kind in ("proved", "agrees"), statement.members[0].args
