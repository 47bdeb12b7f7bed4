"""Each result of the library against central differences in NumPy; nothing of the referee or the rules is used here."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

import symderiv as sd

Values = dict[str, np.ndarray]


def sigma(t: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-t))


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max())
    return e / e.sum()


def cross_entropy(y: np.ndarray, p: np.ndarray) -> np.ndarray:
    return -np.sum(y * np.log(p))


def network(v: Values) -> np.ndarray:
    """A convolution with two weights, a sigmoid, one output and its squared error."""
    c = sigma(v["w^c"][0] * v["x"][:-1] + v["w^c"][1] * v["x"][1:] + v["b^c"])
    return (v["y"] - sigma(v["w^f"] @ c + v["b^f"])) ** 2


NETWORK = {"w^c": "2", "b^c": "", "w^f": "m", "b^f": "", "x": "M", "y": ""}

#: Problem: the function that it differentiates; its variables; its letters: sizes by name (M is m + 1), "+" positive,
#: "1" sum one.
PROBLEMS: dict[str, tuple[Callable[[Values], np.ndarray], tuple[str, ...], dict[str, str]]] = {
    "chain_rule/sum_times_difference": (
        lambda v: (v["x"] ** 2 / np.log(v["x"]) + v["c"]) * (v["x"] ** 2 / np.log(v["x"]) - v["c"]),
        ("x", "c"), {"x": "+", "c": ""},
    ),
    "chain_rule/quotient_of_sigmoids": (
        lambda v: (v["x"] ** 2 + sigma(v["y"])) / (3 * v["x"] + v["y"] - sigma(v["x"])), ("x", "y"), {"x": "+", "y": "+"},
    ),
    "chain_rule/quotient_of_polynomials": (lambda v: (v["x"] ** 2 - 1) / (v["x"] ** 2 + 1), ("x",), {"x": ""}),
    "chain_rule/power_of_itself": (lambda v: v["x"] ** v["x"], ("x",), {"x": "+"}),
    "chain_rule/root_of_a_sum": (lambda v: np.hypot(v["x"], v["y"]), ("x", "y"), {"x": "", "y": ""}),
    "chain_rule/three_links": (lambda v: np.exp(np.sin(v["x"] ** 2)), ("x",), {"x": ""}),
    "chain_rule/gaussian_log_density": (
        lambda v: -np.log(v["sigma"]) - np.log(2 * np.pi) / 2 - (v["x"] - v["mu"]) ** 2 / (2 * v["sigma"] ** 2),
        ("mu", "sigma"), {"mu": "", "sigma": "+", "x": ""},
    ),
    "sigmoid/derivative_of_the_sigmoid": (lambda v: sigma(v["t"]), ("t",), {"t": ""}),
    "sigmoid/softplus": (lambda v: np.log(1 + np.exp(v["t"])), ("t",), {"t": ""}),
    "sigmoid/tanh_from_sigmoid": (lambda v: 2 * sigma(2 * v["t"]) - 1, ("t",), {"t": ""}),
    "sigmoid/swish": (lambda v: v["x"] * sigma(v["x"]), ("x",), {"x": ""}),
    "sigmoid/cross_entropy_in_the_logit": (
        lambda v: -(v["y"] * np.log(sigma(v["z"])) + (1 - v["y"]) * np.log(1 - sigma(v["z"]))), ("z",), {"z": "", "y": "+"},
    ),
    "sigmoid/squared_error_of_a_neuron": (
        lambda v: (sigma(v["w"] * v["x"] + v["b"]) - v["y"]) ** 2 / 2, ("w", "b"), {"w": "", "x": "", "b": "", "y": ""},
    ),
    "softmax/softmax": (lambda v: softmax(v["x"]), ("x",), {"x": "n"}),
    "softmax/cross_entropy": (lambda v: cross_entropy(v["y"], softmax(v["x"])), ("x",), {"x": "n", "y": "1n"}),
    "softmax/log_sum_exp": (lambda v: np.log(np.exp(v["x"]).sum()), ("x",), {"x": "n"}),
    "softmax/log_softmax": (lambda v: np.log(softmax(v["x"])), ("x",), {"x": "n"}),
    "softmax/softmax_with_temperature": (lambda v: softmax(v["x"] / v["T"]), ("x",), {"x": "n", "T": "+"}),
    "softmax/softmax_regression": (
        lambda v: cross_entropy(v["y"], softmax(v["W"] @ v["x"] + v["b"])),
        ("W", "b"), {"W": "mn", "x": "n", "b": "m", "y": "1m"},
    ),
    "convolution/average_pooling": (lambda v: v["x"].mean(), ("x",), {"x": "n"}),
    "matrix_calculus/linear_form": (lambda v: v["a"] @ v["A"] @ v["x"], ("x", "A"), {"a": "m", "A": "mn", "x": "n"}),
    "matrix_calculus/quadratic_form": (lambda v: v["x"] @ v["Q"] @ v["x"], ("x",), {"x": "n", "Q": "nn"}),
    "matrix_calculus/least_squares": (
        lambda v: np.sum((v["A"] @ v["x"] - v["b"]) ** 2), ("x",), {"A": "mn", "x": "n", "b": "m"},
    ),
    "matrix_calculus/ridge_regression": (
        lambda v: np.sum((v["X"] @ v["w"] - v["y"]) ** 2) + v["lambda"] * v["w"] @ v["w"],
        ("w",), {"X": "mn", "w": "n", "y": "m", "lambda": "+"},
    ),
    "matrix_calculus/logistic_regression": (
        lambda v: -v["y"] @ np.log(sigma(v["X"] @ v["w"])) - (1 - v["y"]) @ np.log(1 - sigma(v["X"] @ v["w"])),
        ("w",), {"X": "mn", "w": "n", "y": "m"},
    ),
    "matrix_calculus/squared_norm_of_a_matrix": (lambda v: np.sum(v["A"] ** 2), ("A",), {"A": "mn"}),
    "matrix_calculus/linear_layer_with_squared_error": (
        lambda v: np.sum((v["A"] @ v["x"] + v["b"] - v["y"]) ** 2) / 2,
        ("A", "b"), {"A": "mn", "x": "n", "b": "m", "y": "m"},
    ),
    "nonsmooth/absolute_value": (lambda v: np.abs(v["x"]), ("x",), {"x": ""}),
    "nonsmooth/hinge": (lambda v: np.maximum(0, 1 - v["y"] * v["s"]), ("s",), {"s": "", "y": "+"}),
    "softmax/sure_of_the_wrong_class": (
        lambda v: cross_entropy(v["y"], softmax(v["a"])), ("a",), {"a": "m", "y": "1m"},
    ),
    "backpropagation/output_weights": (network, ("w^f",), NETWORK),
    "backpropagation/output_bias": (network, ("b^f",), NETWORK),
    "backpropagation/convolution_weights": (network, ("w^c",), NETWORK),
    "backpropagation/convolution_bias": (network, ("b^c",), NETWORK),
}  # fmt: skip

#: These are in `test_windows.py`.
WINDOWS = {
    "nonsmooth/where_max_pooling_is_differentiable",
    "convolution/backward_pass_of_max_pooling",
    "convolution/backward_pass_of_average_pooling",
    "embedding/gradient_of_tsne",
}

#: With an unknown function, by a defined quantity, or a value only: these are in `test_unknown_functions.py`.
OTHERS = {
    "optimizers/penalty_not_squared",
    "optimizers/squared_penalty",
    "matrix_calculus/layer",
    "matrix_calculus/layer_by_differentials",
    "chain_rule/two_paths",
    "sigmoid/binary_cross_entropy",
    "sigmoid/perceptron",
    "convolution/weights_of_a_convolution",
    "convolution/image_of_a_convolution",
    *WINDOWS,
}


def draw(kinds: dict[str, str], seed: int) -> Values:
    rng = np.random.default_rng(seed)
    sizes = {"n": 3 + seed, "m": 2 + 2 * seed, "M": 3 + 2 * seed, "2": 2}
    values: Values = {}
    for letter, kind in kinds.items():
        shape = tuple(sizes[size] for size in kind if size in sizes)
        value = rng.normal(size=shape)
        if kind == "+":
            value = np.abs(value) + 1.3
        values[letter] = value / value.sum() if kind.startswith("1") else value
    return values


def differences(function: Callable[[Values], np.ndarray], values: Values, letter: str) -> np.ndarray:
    base, step = np.asarray(values[letter], dtype=float), 1e-6
    columns = []
    for place in np.ndindex(base.shape):
        ends = []
        for sign in (1, -1):
            moved = base.copy()
            moved[place] += sign * step
            ends.append(np.asarray(function({**values, letter: moved})))
        columns.append((ends[0] - ends[1]) / (2 * step))
    return np.moveaxis(np.array(columns).reshape(base.shape + columns[0].shape), range(base.ndim), range(-base.ndim, 0))


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("which", PROBLEMS)
def test_the_result_agrees_with_central_differences(which: str, seed: int) -> None:
    function, variables, kinds = PROBLEMS[which]
    values = draw(kinds, seed)
    greek = {"lambda": r"\lambda", "mu": r"\mu", "sigma": r"\sigma"}
    found = sd.derive(sd.load(which)).evaluate({greek.get(letter, letter): value for letter, value in values.items()})
    results = found if len(variables) > 1 else (found,)
    for letter, result in zip(variables, results, strict=True):
        np.testing.assert_allclose(result, differences(function, values, letter), rtol=2e-6, atol=2e-7)


def test_no_problem_is_left_out() -> None:
    derived = {entry.id for entry in sd.problems() if sd.load(entry.id).wrt}
    assert derived - OTHERS <= set(PROBLEMS)
