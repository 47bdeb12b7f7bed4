"""A formula becomes nodes, one elementary operation each; what is written twice is one node."""

from __future__ import annotations

import pytest

from symderiv.deriving.program import program
from symderiv.reading import environment, read_expression
from symderiv.term.places import opened, same

GIVEN = [r"A \in \mathbb{R}^{3 \times 2}", r"x \in \mathbb{R}^2", r"b \in \mathbb{R}^3", "i, j are indices"]


def nodes(source: str) -> list[str]:
    known = environment(GIVEN if any(letter in source for letter in "Ab") else [])
    return [str(node.formula) for node in program(read_expression(source, known)).nodes if node.letter is None]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x^2 + x^2", ["power(v_{0}, 2)", "sum(v_{1}, v_{1})"]),
        ("-x + y", ["sum(v_{-1}, minus(v_{0}))"]),
        ("x - y - z", ["sum(v_{0}, minus(v_{-1}))", "sum(v_{1}, minus(v_{-2}))"]),
        ("2 x y", ["product(2, v_{0})", "product(v_{1}, v_{-1})"]),
        ("e^{-x}", ["minus(v_{0})", "power(e, v_{1})"]),
        (r"\sin^2 x", [r"apply(\text{sin}, v_{0})", "power(v_{1}, 2)"]),
        (r"\frac{1}{1 + e^{-x}}", ["minus(v_{0})", "power(e, v_{1})", "sum(1, v_{2})", "fraction(1, v_{3})"]),
        (r"\max(x, 2 y)", ["product(2, v_{-1})", r"apply(\text{max}, v_{0}, v_{1})"]),
        (r"\|A x - b\|^2", ["product(v_{0}, v_{-1})", "sum(v_{1}, minus(v_{-2}))", "power(norm(2, v_{2}), 2)"]),
        (r"b^\top A x", ["product(transpose(v_{0}), v_{-1})", "product(v_{1}, v_{-2})"]),
        (r"\sum_i b_i^2", ["bigsum(power(entry(v_{0}, i), 2), i)"]),
        (
            r"\log \sum_i e^{(A x)_i}",
            ["product(v_{0}, v_{-1})", "bigsum(power(e, entry(v_{1}, i)), i)", r"apply(\text{log}, v_{2})"],
        ),
    ],
)
def test_elementary_nodes(source: str, expected: list[str]) -> None:
    assert nodes(source) == expected


@pytest.mark.parametrize(
    "source", ["x y + x y z", "x (y + z) / (y + z)^2", r"\tanh(x^2 y) - \sqrt{x^2 y}", "-x - y", "x/y/z"]
)
def test_the_nodes_together_are_the_formula(source: str) -> None:
    from symderiv.worth.compare import compare

    term = read_expression(source)
    result = opened(program(term).result)
    assert same(result, term) or compare(result, term).kind == "proved", f"{result} is not {term}"


def test_a_letter_that_the_formula_does_not_have() -> None:
    assert [str(node.part) for node in program(read_expression("v + v_1")).nodes] == ["u_{-1}", "u_{0}", "u_{1}"]
