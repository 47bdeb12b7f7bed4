"""Definitions and updates of declared arrays: they claim nothing, but their factors have to fit."""

from __future__ import annotations

import pytest

import symderiv as sd

GIVEN = [
    r"\eta > 0",
    r"w \in \mathbb{R}^d",
    r"X \in \mathbb{R}^{n \times d}",
    r"y \in \mathbb{R}^n",
    r"b \in \mathbb{R}^{1 \times d}",
]

LINES = {
    r"w \leftarrow w - \eta X^\top (Xw - y)": "stated",
    r"w \leftarrow w - \eta X (Xw - y)": "wrong",
    r"w = w - \eta X^\top (Xw - y)": "stated",
    r"w = w - \eta X (Xw - y)": "wrong",
    r"w_{new} = w - \eta X (Xw - y)": "wrong",
    r"z = X w": "stated",
    r"z = X y": "wrong",
    r"Z = X + b": "stated",
    r"Z = X V": "stated",
    r"z = X f(y)": "stated",
}


@pytest.mark.parametrize("line", LINES)
def test_factors_fit(line: str) -> None:
    (found,) = sd.check([line], given=GIVEN).lines
    assert found.verdict == LINES[line], found.say


def test_both_shapes_are_told() -> None:
    assert "n × d against n × 1" in sd.check([r"z = X y"], given=GIVEN).text()
