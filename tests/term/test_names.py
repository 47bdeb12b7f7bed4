"""Names as they are written in LaTeX."""

from __future__ import annotations

import pytest

from symderiv.term.names import Name


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        (Name("x"), "x"),
        (Name("alpha"), r"\alpha"),
        (Name("loss"), r"\text{loss}"),
        (Name("x", sub="1"), "x_{1}"),
        (Name("x", accent="hat", sub="1"), r"\hat{x}_{1}"),
        (Name("x", accent="mathbf hat"), r"\mathbf{\hat{x}}"),
        (Name("x", sup="(i)"), "x^{(i)}"),
        (Name("x", sub="j", sup="(i)"), "x_{j}^{(i)}"),
        (Name("x", primes=2), "x''"),
        (Name("x", sub="1", primes=1), "x_{1}'"),
        (Name("x", sup="l", primes=1), r"x^{\prime l}"),
    ],
)
def test_latex(name, latex):
    assert name.latex == latex
    assert str(name) == name.latex


def test_names_are_equal_by_what_is_written():
    assert Name("x", sub="1") == Name("x", sub="1")
    assert len({Name("x"), Name("x", primes=1), Name("x", sup="1"), Name("x", sub="1"), Name("x", accent="hat")}) == 5
