"""Maxima, pooling and t-SNE against central differences in NumPy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

import symderiv as sd
from symderiv.term.build import num
from symderiv.term.places import opened, substitute
from symderiv.worth.value import value


def differences(function: Callable[[np.ndarray], float], at: np.ndarray) -> np.ndarray:
    result, step = np.zeros(at.shape), 1e-6
    for place in np.ndindex(at.shape):
        moved = np.zeros(at.shape)
        moved[place] = step
        result[place] = (function(at + moved) - function(at - moved)) / (2 * step)
    return result


def blocks(x: np.ndarray, width: int) -> np.ndarray:
    """The windows of a map, side by side: window, then place in it."""
    count = x.shape[0] // width
    return x.reshape(count, width, count, width).transpose(0, 2, 1, 3).reshape(count, count, width * width)


POOLINGS = {
    r"\max_{(a,b) \in R_{p,q}} x_{a,b}": lambda x, width: blocks(x, width).max(axis=2),
    r"\frac{1}{N} \sum_{(a,b) \in R_{p,q}} x_{a,b}": lambda x, width: blocks(x, width).mean(axis=2),
    r"\sum_{(a,b) \in R_{p,q}} x_{a,b}^2": lambda x, width: (blocks(x, width) ** 2).sum(axis=2),
}


@pytest.mark.parametrize("width", [2, 3])
@pytest.mark.parametrize("formula", POOLINGS)
def test_the_gradient_of_a_pooling_layer(formula: str, width: int) -> None:
    positions = [", ".join(f"{width}{letter}-{back}" for back in range(width - 1, -1, -1)) for letter in "pq"]
    derived = sd.derive(
        r"L = \sum_p \sum_q g_{pq} y_{pq}",
        "x",
        given=[
            rf"x \in \mathbb{{R}}^{{{width}r \times {width}r}}",
            r"y, g \in \mathbb{R}^{r \times r}",
            rf"R_{{p,q}} = \{{{positions[0]}\}} \times \{{{positions[1]}\}}",
            "y_{p,q} = " + formula.replace("N", str(width**2)),
        ],
    )
    rng = np.random.default_rng(width)
    x, g = rng.normal(size=(3 * width, 3 * width)), rng.normal(size=(3, 3))
    wanted = differences(lambda moved: float(np.sum(g * POOLINGS[formula](moved, width))), x)
    np.testing.assert_allclose(np.array(derived.evaluate({"x": x, "g": g}), dtype=float), wanted, rtol=1e-6, atol=1e-8)


def test_the_gradient_of_tsne() -> None:
    rng = np.random.default_rng(0)
    y, s = rng.normal(size=(4, 2)), rng.random(size=(4, 4)) + 0.1
    p = (s + s.T) * (1 - np.eye(4))
    p /= p.sum()

    def cost(y: np.ndarray) -> float:
        near = 1 / (1 + ((y[:, None] - y[None]) ** 2).sum(axis=2)) * (1 - np.eye(4))
        q = near / near.sum()
        return float(sum(p[i, j] * np.log(p[i, j] / q[i, j]) for i in range(4) for j in range(4) if i != j))

    problem = sd.load("embedding/gradient_of_tsne")
    result = problem.answers[0].result
    letters = {str(letter): letter for letter in result.free}
    numbers = {letters["y"]: y.tolist(), letters["p"]: p.tolist(), letters["n"]: 4, problem.environment.quantities["d"]: 2}
    found = [
        [value(opened(substitute(result, {letters["m"]: num(m), letters["j"]: num(j)})), numbers) for j in (1, 2)]
        for m in (1, 2, 3, 4)
    ]
    np.testing.assert_allclose(found, differences(cost, y), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("largest", [0, 3])
def test_the_gradient_of_the_largest_entry(largest: int) -> None:
    (answer,) = sd.load("nonsmooth/where_max_pooling_is_differentiable").answers
    x = np.array([0.3, -1.2, 0.9, 0.1])
    x[largest] = 2
    letters = {str(letter): letter for letter in answer.derivation.result.free}
    found = [
        value(substitute(answer.derivation.result, {letters["i"]: num(largest + 1), letters["j"]: num(j)}), {})
        for j in (1, 2, 3, 4)
    ]
    np.testing.assert_allclose(found, differences(np.max, x), atol=1e-8)
