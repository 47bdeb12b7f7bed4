"""Results with an unknown function against central differences, once some function is taken for it.

Nothing of the referee, the rules or the evaluation is used: the last line of the page is read off here in NumPy.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np
import pytest

import symderiv as sd
from symderiv.term.kinds import Term

Values = dict[str, np.ndarray]


def sigma(t: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-t))


#: What is taken for the functions: of a column w for `layer`, of two numbers for `two_paths`; `f1` is the slope in slot 1.
OF_A_COLUMN = {
    "sigma": sigma,
    "sigma1": lambda t: np.exp(-t) / (1 + np.exp(-t)) ** 2,
    "f": lambda w: np.sum(w**3) + w[0] * w[1],
    "f1": lambda w: 3 * w**2 + np.concatenate([w[1:2], w[0:1], np.zeros((len(w) - 2, 1))]),
}
OF_TWO_NUMBERS = {
    "sin": np.sin,
    "cos": np.cos,
    "f": lambda u, v: u**2 * np.exp(v),
    "f1": lambda u, v: 2 * u * np.exp(v),
    "f2": lambda u, v: u**2 * np.exp(v),
}


def times(left: Any, right: Any) -> Any:
    return left * right if np.ndim(left) == 0 or np.ndim(right) == 0 else left @ right


def worked_out(term: Term, values: Values, functions: dict[str, Callable[..., Any]]) -> Any:
    """The value of a line, columns as n x 1 arrays."""
    parts = [worked_out(arg, values, functions) for arg in term.args if arg.kind not in ("function", "prime")]
    match term.kind:
        case "name":
            return values[str(term.data.name)]
        case "number":
            return float(term.data[0])
        case "named":
            return parts[0]
        case "sum":
            return sum(parts)
        case "product":
            return reduce(times, parts)
        case "hadamard":
            return reduce(np.multiply, parts)
        case "transpose":
            return parts[0].T
        case "norm":
            return np.linalg.norm(parts[0])
        case "fraction":
            return parts[0] / parts[1]
        case "power":
            return parts[0] ** parts[1]
        case "apply":
            fn = term.args[0]
            slot, fn = (str(fn.data), fn.args[0]) if fn.kind == "prime" else ("", fn)
            return functions[fn.data.name.base + slot](*parts)
    raise AssertionError(f"the line has a {term.kind}: {term}")


def layer(v: Values) -> float:
    return OF_A_COLUMN["f"](sigma(v["A"] @ v["x"] + v["b"])).item()


def two_paths(v: Values) -> float:
    return float(OF_TWO_NUMBERS["f"](v["x"] ** 2, np.sin(v["x"])))


def penalised(v: Values) -> float:
    """A loss with a penalty on its weights, the length of w."""
    return float(OF_A_COLUMN["f"](v["w"]).item() + v[r"\lambda"] * np.linalg.norm(v["w"]))


def penalised_by_the_square(v: Values) -> float:
    w = v["w^{t}"]
    return float(OF_A_COLUMN["f"](w).item() + v[r"\lambda"] * np.sum(w**2))


LOSS = {"L": OF_A_COLUMN["f"], "L1": OF_A_COLUMN["f1"]}

CASES = {
    "optimizers/penalty_not_squared": (penalised, ("w",), LOSS, {"w": "n1", r"\lambda": ""}),
    "optimizers/squared_penalty": (penalised_by_the_square, ("w^{t}",), LOSS, {"w^{t}": "n1", r"\lambda": ""}),
    "matrix_calculus/layer": (layer, ("x", "A"), OF_A_COLUMN, {"A": "mn", "x": "n1", "b": "m1"}),
    "matrix_calculus/layer_by_differentials": (layer, ("x", "A"), OF_A_COLUMN, {"A": "mn", "x": "n1", "b": "m1"}),
    "chain_rule/two_paths": (two_paths, ("x",), OF_TWO_NUMBERS, {"x": ""}),
}


def differences(function: Callable[[Values], float], values: Values, letter: str) -> np.ndarray:
    base, step = np.asarray(values[letter], dtype=float), 1e-6
    result = np.zeros(base.shape)
    for place in np.ndindex(base.shape):
        ends = []
        for sign in (1, -1):
            moved = base.copy()
            moved[place] += sign * step
            ends.append(function({**values, letter: moved}))
        result[place] = (ends[0] - ends[1]) / (2 * step)
    return result


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("which", CASES)
def test_the_result_agrees_with_central_differences(which: str, seed: int) -> None:
    function, variables, functions, kinds = CASES[which]
    rng, sizes = np.random.default_rng(seed), {"n": 3 + seed, "m": 2 + 2 * seed, "1": 1}
    values = {letter: np.asarray(rng.normal(size=[sizes[size] for size in kind])) for letter, kind in kinds.items()}
    for letter, answer in zip(variables, sd.load(which).answers, strict=True):
        found = worked_out(answer.result, values, functions)
        np.testing.assert_allclose(found, differences(function, values, letter), rtol=2e-6, atol=2e-7)


@pytest.mark.parametrize("prediction", [0.2, 0.5, 0.68997])
def test_the_slope_of_the_cross_entropy_by_the_prediction(prediction: float) -> None:
    """The prediction has a definition, σ(z), but it is what is moved."""
    values = {"yhat": np.array(prediction), "y": np.array(1.0)}
    slope = differences(lambda v: float(-v["y"] * np.log(v["yhat"]) - (1 - v["y"]) * np.log(1 - v["yhat"])), values, "yhat")
    logit = np.log(prediction / (1 - prediction))
    assert sd.derive(sd.load("sigmoid/binary_cross_entropy")).evaluate({"z": logit, "y": 1}) == pytest.approx(float(slope))


def test_the_output_of_the_perceptron() -> None:
    output = sigma(np.array([2.0, 1.0]) @ np.array([0.2, 0.3]) + 0.1)
    assert f"= {output:.4f}\n" in sd.sheet(["sigmoid/perceptron"]).write("text")
