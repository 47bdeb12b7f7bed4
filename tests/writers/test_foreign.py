"""Formulas from outside as MathML: what the allow-list knows is shown, all else is source."""

import re

import pytest

from symderiv.writers.foreign import BARS, foreign_math
from symderiv.writers.markup import markup
from symderiv.writers.mathml import ATTRIBUTES, ELEMENTS

SHOWN = [
    r"\frac{1}{2}",
    r"\sum_{i=1}^n x_i",
    r"\mathbb{R}^n",
    r"\begin{cases} a & b \\ c & d \end{cases}",
    r"\hat{y}",
    "a < b",
]
AS_SOURCE = [
    r"\boxed{x}",
    r"\cancel{x}",
    r"\begin{aligned} a &= b \end{aligned}",
    r"\input{x}",
    r"\unknown x",
    "{",
    r"\left(",
    "x^",
    "x" * 5000,
]


@pytest.mark.parametrize("latex", SHOWN)
def test_a_known_formula_is_mathml_core(latex):
    made = foreign_math(latex)
    assert made.tag == "math"
    for node in made.iter():
        assert node.tag in ELEMENTS
        assert set(node.attrib) <= ATTRIBUTES


@pytest.mark.parametrize("latex", AS_SOURCE, ids=lambda latex: latex[:20])
def test_what_the_converter_does_not_know_is_shown_as_its_source(latex):
    made = foreign_math(latex)
    assert (made.tag, made.text) == ("code", latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{&lt;script&gt;}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(//x)}{x}",
        r"\class{onload}{x}",
        r"\text{<img src=x onerror=alert(1)>}",
    ],
)
def test_no_element_or_attribute_comes_in_from_outside(latex):
    text = markup(foreign_math(latex))
    assert not re.search(r"<(script|img)|<[^>]*\s(href|src|style|on\w+)=", text), text


def test_a_minus_behind_a_sign_is_no_difference_and_words_have_room():
    text = markup(foreign_math(r"g = -\log p"))
    assert '<mo form="prefix">' in text
    assert '<mi>log</mi><mspace width="0.1667em"></mspace>' in text


@pytest.mark.parametrize(
    ("latex", "forms"),
    [
        ("t |x| + |y|", ["prefix", "postfix", "prefix", "postfix"]),
        (r"\|z\|_1^2", ["prefix", "postfix"]),
        (r"p(x | y)", [None]),
    ],
)
def test_bars_with_a_partner_are_brackets(latex, forms):
    assert [node.get("form") for node in foreign_math(latex).iter("mo") if node.text in BARS] == forms
