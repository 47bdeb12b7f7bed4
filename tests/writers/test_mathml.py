"""MathML Core of our own formulas: only its elements, the right ones, and brackets where the term has them."""

from xml.etree.ElementTree import fromstring

import pytest

from symderiv.pages.layout import layout
from symderiv.term.build import (
    ONE,
    TWO,
    apply,
    bigsum,
    cases,
    entry,
    fraction,
    function,
    index,
    literal,
    minus,
    mul,
    name,
    num,
    partial,
    power,
    prime,
    relation,
    root,
    size,
)
from symderiv.term.names import Name
from symderiv.writers import mathml

x, y = name("x"), name("y")
i, k = index("i"), index("k")
v = name("v", size("n"))
sin, log, sigma = (function(word, known=True) for word in ("sin", "log", "sigma"))

WRITTEN = [
    (fraction(ONE, x), "<mfrac><mn>1</mn><mi>x</mi></mfrac>"),
    (entry(v, i), "<msub><mi>v</mi><mi>i</mi></msub>"),
    (power(entry(v, i), TWO), "<msubsup><mi>v</mi><mi>i</mi><mn>2</mn></msubsup>"),
    (root(x), "<msqrt><mi>x</mi></msqrt>"),
    (root(x, num(3)), "<mroot><mi>x</mi><mn>3</mn></mroot>"),
    (bigsum(entry(v, k), k), "<munder><mo>∑</mo><mi>k</mi></munder>"),
    (name("alpha"), "<mi>α</mi>"),
    (name("dY"), "<mrow><mi>d</mi><mi>Y</mi></mrow>"),
    (name("RF"), "<mi>RF</mi>"),
    (name(Name("y", accent="hat")), '<mover accent="true"><mi>y</mi><mo stretchy="false">^</mo></mover>'),
    (name(Name("w", accent="mathbf")), "<mi>𝐰</mi>"),
    (apply(prime(sigma), x), "<mrow><mi>σ</mi><mi>′</mi></mrow><mo>\u2061</mo>"),
    (apply(log, x), '<mi>log</mi><mo>\u2061</mo><mspace width="0.1667em"></mspace><mi>x</mi>'),
    (mul(y, apply(sin, x)), '<mi>y</mi><mo>\u2062</mo><mspace width="0.1667em"></mspace><mrow><mi>sin</mi>'),
    (minus(x), '<mo form="prefix">−</mo><mi>x</mi>'),
    (cases(x, relation(">", x, num(0)), minus(x)), '<mtable class="cases"><mtr><mtd><mi>x</mi></mtd>'),
    (literal([[ONE], [x]]), '<mo form="prefix" stretchy="true">(</mo><mtable>'),
]


@pytest.mark.parametrize(("term", "expected"), WRITTEN)
def test_a_formula_has_the_right_elements(term, expected):
    assert expected in mathml.formula(layout(term))


@pytest.mark.parametrize(
    ("term", "open_brackets"),
    [
        (x - (y + 1), 1),
        (x - y, 0),
        (mul(x + 1, y), 1),
        (mul(partial(x + 1, x), y), 1),
        (apply(sin, 2 * x), 1),
        (apply(sin, x), 0),
    ],
)
def test_brackets_stand_where_the_term_has_them(term, open_brackets):
    assert mathml.formula(layout(term)).count(">(</mo>") == open_brackets


def test_brackets_grow_around_what_is_tall_and_only_then():
    assert '<mo form="prefix" stretchy="true">(' in mathml.formula(layout((x / y) ** 2))
    assert '<mo form="prefix" stretchy="false">(' in mathml.formula(layout((x + y) ** 2))


def test_a_formula_is_well_formed_and_says_whether_it_is_a_block():
    made = fromstring(mathml.formula(layout(x + 1), block=True))
    assert made.get("display") == "block"
    assert fromstring(mathml.formula(layout(x + 1))).get("display") is None
