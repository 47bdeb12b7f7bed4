"""Gradients of sums over windows: the form that a lecturer writes, and its value against plain loops."""

from __future__ import annotations

import numpy as np
import pytest

import symderiv as sd

LAYER = (
    r"X \in \mathbb{R}^{n \times n}",
    r"w \in \mathbb{R}^{k \times k}",
    r"Y \in \mathbb{R}^{m \times m}",
    r"b \in \mathbb{R}",
    "m = n-k+1",
    r"Y_{ij} = \sum_{h=1}^{k}\sum_{l=1}^{k} X_{i+h-1,j+l-1} w_{hl} + b",
)
UPSTREAM = ("L is a function of Y", r"dY_{ij} = \frac{\partial L}{\partial Y_{ij}}")
OUTSIDE = "terms outside are zero"

FORMS = [
    ("w", (), r"X * dY", r"\sum_{p=1}^{m} \sum_{q=1}^{m} dY_{pq} X_{p+i-1,q+j-1}"),
    ("X", (OUTSIDE,), "", r"\sum_{h=1}^{k} \sum_{l=1}^{k} dY_{i-h+1,j-l+1} w_{hl}"),
    ("b", (), "", r"\sum_{i=1}^{m} \sum_{j=1}^{m} dY_{ij}"),
]


@pytest.mark.parametrize(("variable", "more", "named", "entries"), FORMS, ids=[form[0] for form in FORMS])
def test_the_gradient_has_the_form_of_the_board(variable: str, more: tuple[str, ...], named: str, entries: str) -> None:
    given = (*LAYER, *UPSTREAM, *more)
    found = sd.derive("L", variable, given=given)
    text = found.text()
    assert "δ" not in text.splitlines()[-4], text
    assert named.replace("*", "∗") in text
    assert not more or ("index shift a = " in text and ", index shift b = " in text), text


@pytest.mark.parametrize("more", [(), (OUTSIDE,)], ids=["deltas", "shifts"])
@pytest.mark.parametrize("variable", ["w", "X", "b"])
def test_the_value_is_that_of_differences(variable: str, more: tuple[str, ...]) -> None:
    rng = np.random.default_rng(3)
    data = {"X": rng.normal(size=(5, 5)), "w": rng.normal(size=(3, 3)), "b": np.array(0.3)}

    def loss(values: dict[str, np.ndarray]) -> float:
        windows = np.lib.stride_tricks.sliding_window_view(values["X"], (3, 3))
        return float(((windows * values["w"]).sum(axis=(2, 3)) + values["b"]).__pow__(2).sum())

    body = r"\sum_{i=1}^{m}\sum_{j=1}^{m} Y_{ij}^2"
    found = sd.derive(body, variable, given=(*LAYER, *more)).evaluate({**data, "b": 0.3})
    expected = np.zeros(data[variable].shape)
    for place in np.ndindex(expected.shape):
        ends = []
        for step in (1e-5, -1e-5):
            moved = data[variable].copy()
            moved[place] += step
            ends.append(loss({**data, variable: moved}))
        expected[place] = (ends[0] - ends[1]) / 2e-5
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)
