"""Where a long line is broken: before relations, where that is not enough before signs, then before signs of a product."""

import pytest

from symderiv.pages.layout import layout
from symderiv.term.build import name, partial, power, relation
from symderiv.writers.text_formula import formula as text
from symderiv.writers.widths import pieces, width

a, b, x = map(name, "abx")


@pytest.mark.parametrize(
    ("term", "most", "lines"),
    [
        (a + b - x, 3.0, ["a + b", "− x"]),
        (a + b - x, 99.0, ["a + b − x"]),
        (relation("=", a, b + x), 4.0, ["a", "= b + x"]),
        (relation("=", a, b + x), 3.0, ["a", "= b", "+ x"]),
        (relation(("=", "<"), a, b, x), 3.0, ["a = b", "< x"]),
        (partial(b, x) * (a + b), 4.0, ["∂b/∂x", "· (a + b)"]),
        (power(a + b, x), 1.0, ["(a + b)^x"]),
        (a, 0.1, ["a"]),
    ],
)
def test_a_line_breaks_before_its_signs(term, most, lines):
    assert [text(piece).strip() for piece in pieces(layout(term), most)] == lines


def test_every_piece_that_can_be_broken_is_narrow_enough():
    for piece in pieces(layout(relation("=", a, a + b * x - a)), 4.0):
        assert width(piece) <= 4.0
