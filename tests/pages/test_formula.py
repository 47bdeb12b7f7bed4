"""Where a long formula may be broken, and what stands first in it."""

import pytest

from symderiv.pages.formula import Identifier, Operator, break_points, leading, leads_with_word
from symderiv.pages.layout import layout
from symderiv.term.build import apply, function, name, power, relation

a, b, x = map(name, "abx")
sin = function("sin", known=True)


@pytest.mark.parametrize(
    ("term", "signs"),
    [
        (a + b - x, ["+", "−"]),
        (relation("=", a, b + x), ["="]),
        (relation(("=", "<"), a, b, x), ["=", "<"]),
        (a * (b + x), []),
        (a, []),
    ],
)
def test_a_line_breaks_at_relations_else_at_signs(term, signs):
    formula = layout(term)
    assert [formula.parts[point].text for point in break_points(formula)] == signs


def test_the_leading_box_is_found_under_scripts():
    squared = layout(power(apply(sin, x), a))
    assert leads_with_word(layout(apply(sin, x)))
    assert not leads_with_word(squared)
    assert isinstance(leading(layout(x**2 + a)), Identifier)


def test_formulas_are_compared_by_identity():
    assert Operator("+", "sign") != Operator("+", "sign")
