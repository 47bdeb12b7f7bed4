"""Computation graphs of users: published traces, rows and formats, bad input said plainly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sympy import log, symbols

import symderiv as sd
from symderiv.deriving.verifying import Verifier

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "cases" / "traces.jsonl").read_text(encoding="utf-8").splitlines()
]
PRODUCT = r"(x^2/\ln x + c)(x^2/\ln x - c)"


def traced(case: dict[str, Any]) -> sd.Trace:
    at = {
        case["symbols"][name]: np.array(value) if isinstance(value, list) else value
        for name, value in case["inputs"].items()
    }
    given = [*case["given"], *[node["definition"] for node in case["nodes"]]]
    return sd.trace(case["symbols"][case["output"]], at=at, given=given)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_published_traces(case: dict[str, Any]) -> None:
    found = traced(case)
    for node in case["nodes"]:
        np.testing.assert_allclose(found.values[node["name_latex"]], node["value"], rtol=1e-9, atol=1e-9)
    for name, adjoint in case["adjoints"].items():
        np.testing.assert_allclose(found.adjoints[case["symbols"][name]], adjoint, rtol=1e-9, atol=1e-9)
    assert found.value == pytest.approx(case["nodes"][-1]["value"], rel=1e-9)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_line_of_published_traces_is_verified(case: dict[str, Any]) -> None:
    for derivation in traced(case).found.trace.derivations.values():
        kinds = {evidence.kind for evidence in Verifier(derivation).all()}
        assert kinds <= {"proved", "agrees"}, f"{derivation.start}: {kinds}"


def test_a_formula_is_broken_into_elementary_nodes() -> None:
    found = sd.trace(PRODUCT, at={"x": 5, "c": 3})
    assert [(row.name, row.expression.latex()) for row in found.rows] == [
        ("c", "c"),
        ("x", "x"),
        ("v_1", "v_0^2"),
        ("v_2", r"\ln v_0"),
        ("v_3", r"\frac{v_1}{v_2}"),
        ("v_4", "v_3 + v_{-1}"),
        ("v_5", "v_3 - v_{-1}"),
        ("v_6", "v_4 v_5"),
    ]
    quotient = found.rows[4]
    assert quotient.value == pytest.approx(15.53337336)
    assert quotient.local["v_2"].derivative.latex() == r"-\frac{v_1}{v_2^2}"
    assert quotient.local["v_2"].value == pytest.approx(-25 / np.log(5) ** 2)
    assert quotient.local["v_2"].share_value == pytest.approx(-299.8384544)
    assert quotient.adjoint.latex() == r"\bar{v}_4 \cdot 1 + \bar{v}_5 \cdot 1"
    assert quotient.adjoint_value == pytest.approx(31.06674673)


@pytest.mark.parametrize(
    ("log_base", "value", "by_x"), [(None, 232.2856881, 133.0608596), (10, 1270.272134, 705.4751199), (2, None, None)]
)
def test_bases_of_the_logarithm(log_base: int | None, value: float | None, by_x: float | None) -> None:
    found = sd.trace(PRODUCT, at={"x": 5, "c": 3}, log_base=log_base)
    base = log_base or np.e
    assert found.value == pytest.approx(value or (25 * np.log(base) / np.log(5)) ** 2 - 9)
    if by_x is not None:
        assert found.adjoints["x"] == pytest.approx(by_x)


def test_a_sympy_expression_and_its_symbols() -> None:
    x, c = symbols("x c", positive=True)
    found = sd.trace((x**2 / log(x) + c) * (x**2 / log(x) - c), at={x: 5, c: 3})
    assert (found.value, found.adjoints["x"]) == (pytest.approx(232.2856881), pytest.approx(133.0608596))


@pytest.mark.parametrize("along", ["x", "y"])
def test_forward_mode_agrees_with_backward_mode(along: str) -> None:
    found = sd.trace(r"x y e^{x y} + \sin(x y) / x", at={"x": 2, "y": 0.5})
    assert list(found.tangents(along).values())[-1] == pytest.approx(found.adjoints[along], rel=1e-12)


def test_forward_mode_through_arrays() -> None:
    given = [
        r"W \in \mathbb{R}^{2 \times 2}",
        r"x \in \mathbb{R}^2",
        r"s \in \mathbb{R}",
        "u = s x",
        "q = W u",
        r"f = \|q\|^2",
    ]
    found = sd.trace("f", at={"W": [[1, 2], [3, 4]], "x": [1, -1], "s": 2}, given=given)
    moved = found.tangents("s")
    assert moved["q"].tolist() == [-1, -1]
    assert moved["f"] == pytest.approx(found.adjoints["s"])


def test_shapes_of_arrays_are_told_by_their_values() -> None:
    found = sd.trace(r"\|W x\|^2", at={"W": [[0.1, 0.5], [-0.3, 0.8]], "x": [0.2, 0.4]})
    np.testing.assert_allclose(found.adjoints["W"], [[0.088, 0.176], [0.104, 0.208]])


def test_a_long_chain_is_no_deep_one() -> None:
    given = [
        "v_1 = x + 1",
        *[f"v_{{{n}}} = v_{{{n - 1}}} \\cdot 1.01" if n > 2 else "v_{2} = v_1 \\cdot 1.01" for n in range(2, 90)],
    ]
    found = sd.trace("v_{89}", at={"x": 1}, given=given)
    assert found.adjoints["x"] == pytest.approx(1.01**88)


def test_formats() -> None:
    found = sd.trace("x^2 + 3x", at={"x": 2})
    assert "<svg" in found.html() and "tikzpicture" in found.latex()
    assert "| node | value |" in found.markdown() and "v₃ = v₁ + v₂" in found.text()
    data = json.loads(json.dumps(found.to_dict()))
    assert (data["schema"], data["value"], data["adjoints"]["x"]) == ("symderiv/trace/1", 10.0, 7.0)
    assert [row["name"] for row in data["rows"]] == ["x", "v_1", "v_2", "v_3"]
    assert "text/html" in found._repr_mimebundle_() and "<table" in found._repr_html_()
    assert found.html() == sd.trace("x^2 + 3x", at={"x": 2}).html()


MATRIX = [r"W \in \mathbb{R}^{2 \times 2}", r"x \in \mathbb{R}^2"]


@pytest.mark.parametrize(
    ("expr", "at", "given", "code", "words"),
    [
        ("x + y", {"x": 1}, [], "value", "no value for y"),
        ("x^2", {"x": 1, "q": 2}, [], "unknown-name", "q, which stands nowhere"),
        ("L", {"x": 1, "z": 2}, ["z = x^2", "L = z + 1"], "unknown-name", "z, which is a node"),
        (r"\ln x + 1", {"x": -1}, [], "no-value", "the node v_1 has no real value"),
        (r"\max(x, y)", {"x": 1, "y": 1}, [], "no-value", "has no derivative"),
        (r"\sqrt{x}", {"x": 0}, [], "no-value", "has no derivative"),
        ("1/x", {"x": 0}, [], "no-value", "the node v_1 has no real value"),
        ("L", {"x": 1}, ["L = z^2", "z = x + 1"], "order", "L is made from z, which is defined only by"),
        ("L", {"x": 1}, ["z = x + 1", "z = x - 1", "L = z^2"], "order", "defines z a second time"),
        ("L", {"x": 1}, ["L = L + x"], "order", "L is made from itself"),
        ("f", {"W": [[1, 2], [3, 4]], "x": [1, 2, 3]}, [*MATRIX, "q = W x", r"f = \|q\|^2"], "shape", "expected 2 entries"),
        ("q", {"W": [[1, 2], [3, 4]], "x": [1, 2]}, [*MATRIX, "q = W x"], "shape", "q is an array"),
        ("f", {"W": [[1, 2], [3, 4]], "x": [1, 2]}, [*MATRIX, "q = x W", r"f = \|q\|^2"], "shape", "parts that do not fit"),
        ("x^2", {"x": "one"}, [], "value", "expected a number"),
        (r"\frac{dx^2}{dx}", {"x": 1}, [], "unsupported", "a derivative stands in what is traced"),
        ("2 + 3", {}, [], "unsupported", "nothing to trace"),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_place(expr: str, at: dict[str, Any], given: list[str], code: str, words: str) -> None:
    with pytest.raises(sd.SymderivError) as stop:
        sd.trace(expr, at=at, given=given)
    assert (stop.value.code, words in str(stop.value)) == (code, True), str(stop.value)


@pytest.mark.parametrize(("base", "formula"), [(10, "x^2"), (1, r"\log x")])
def test_a_base_without_logarithm_and_a_base_that_is_none(base: int, formula: str) -> None:
    with pytest.raises(sd.SymderivError, match="base"):
        sd.trace(formula, at={"x": 2}, log_base=base)


def test_a_tangent_along_what_is_no_input() -> None:
    with pytest.raises(sd.SymderivError, match="no input of the graph"):
        sd.trace("x^2", at={"x": 2}).tangents("v_1")
