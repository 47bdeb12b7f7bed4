"""A trace asked for: the table as on a board, how each number comes about, the picture, tangents."""

from __future__ import annotations

import pytest

from symderiv.pages.assembling import sheet
from symderiv.problem import Problem
from symderiv.questions.part import Grid, Picture, Words
from symderiv.questions.picture import Arrow, Box
from symderiv.questions.trace import Trace
from symderiv.reading import environment
from symderiv.writers import text

BOARD = r"\left(\frac{x^2}{\ln x} + c\right) \left(\frac{x^2}{\ln x} - c\right)"


def page(question: Trace, given: tuple[str, ...] = ()) -> str:
    return text.standalone(sheet([Problem("A trace", given=given, asks=(question,))], pace="textbook", kind="grader"))


@pytest.mark.parametrize(
    "line",
    [
        "v₋₁ = c        3       v̄₋₁ = v̄₄ · 1 + v̄₅ · (−1)  −6",
        "v₀ = x         5       v̄₀ = v̄₁ · 2v₀ + v̄₂ · 1/v₀  133.06",
        "v₂ = ln v₀     1.6094  v̄₂ = v̄₃ · (−v₁/v₂²)        −299.84",
        "v₆ = v₄ v₅     232.29  v̄₆ = 1                     1",
    ],
)
def test_the_table_as_on_the_board(line: str) -> None:
    shown = [" ".join(row.split()) for row in page(Trace(BOARD, {"x": 5, "c": 3})).splitlines()]
    assert " ".join(line.split()) in shown


def test_how_a_number_comes_about() -> None:
    grid = Trace(BOARD, {"x": 5, "c": 3}).parts(environment([]))[-1]
    assert isinstance(grid, Grid)
    chains = {str(chain.derivation.start): chain for chain in grid.behind}
    quotient, adjoint = chains["v_{3}"], chains[r"\bar{v}_{2}"]
    assert (str(quotient.filled), str(quotient.number), quotient.exact) == ("fraction(25, 1.6094)", "15.533", False)
    assert str(adjoint.filled) == "product(31.067, minus(fraction(25, power(1.6094, 2))))"
    assert (str(chains["v_{1}"].number), chains["v_{1}"].exact) == ("25", True)


def test_the_picture_has_every_node_and_arrow() -> None:
    words, picture, _ = Trace("x^2 + x", {"x": 3}, words="Here:").parts(environment([]))
    assert isinstance(words, Words) and isinstance(picture, Picture)
    shapes = picture.drawing.shapes
    assert [len([shape for shape in shapes if isinstance(shape, kind)]) for kind in (Box, Arrow)] == [3, 3]
    assert [str(note) for note in shapes[-4].notes] == ["12", r"relation(('=',), \bar{v}_{2}, 1)"]


def test_tangents_beside_adjoints() -> None:
    assert "v̇₂ = v̇₁ · 1 + v̇₀ · 1  7" in page(Trace("x^2 + x", {"x": 3}, along="x"))


def test_the_nodes_of_a_problem() -> None:
    shown = page(Trace("L", {"w": [1, 2], "x": [3, 4]}), (r"w, x \in \mathbb{R}^2", r"z = w^\top x", "L = z^2"))
    assert "z = wᵀ x" in shown and "121" in shown and "w̄ = z̄ x" in shown
