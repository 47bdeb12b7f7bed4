"""What stands first in a formula."""

from symderiv.pages.formula import Identifier, Operator, leading, leads_with_word
from symderiv.pages.layout import layout
from symderiv.term.build import apply, function, name, power

a, x = map(name, "ax")
sin = function("sin", known=True)


def test_the_leading_box_is_found_under_scripts():
    squared = layout(power(apply(sin, x), a))
    assert leads_with_word(layout(apply(sin, x)))
    assert not leads_with_word(squared)
    assert isinstance(leading(layout(x**2 + a)), Identifier)


def test_formulas_are_compared_by_identity():
    assert Operator("+", "sign") != Operator("+", "sign")
