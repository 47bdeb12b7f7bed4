"""A formula as its author wrote it stands on the page, and it is the formula that is differentiated."""

from __future__ import annotations

import pytest
from sympy import MatrixSymbol, symbols

import symderiv as sd
from symderiv.errors import SymderivError
from symderiv.term.sympy_door import from_sympy
from symderiv.worth.compare import compare

WRITTEN = [entry.id for entry in sd.problems() if sd.load(entry.id).written]
x, y = symbols("x y", real=True)


@pytest.mark.parametrize("which", WRITTEN)
def test_both_are_the_same_formula(which: str) -> None:
    problem = sd.load(which)
    body, given = problem.task.body.args[0], problem.task.given
    names = dict(zip(problem.let, problem.task.names, strict=True))
    assert compare(body, from_sympy(problem.f, names), given).kind == "proved"


def test_the_order_of_the_author_stands_on_the_page() -> None:
    problem = sd.Problem("", f=x**2 + y - 1, written="y - 1 + x^2", called="f", wrt=(x,))
    assert "f = y − 1 + x²" in sd.sheet([problem]).write("text")


def test_the_letters_of_the_author_are_known() -> None:
    w = MatrixSymbol("w", 3, 1)
    problem = sd.Problem("", f=w.T * w, written=r"\lVert w \rVert^2", wrt=(w,))
    assert repr(problem.answers[0].result) == "product(2, w)"


def test_another_formula_is_refused() -> None:
    with pytest.raises(SymderivError, match="another formula") as stop:
        _ = sd.Problem("", f=x**2 - y, written="x^2 + y", wrt=(x,)).answers
    assert stop.value.code == "written"
