"""Spoken text: what a lecturer would say, with the end of every group said aloud."""

import pytest

from symderiv.pages.layout import layout
from symderiv.term.build import (
    ONE,
    TWO,
    E,
    apply,
    bigsum,
    cases,
    delta,
    entry,
    fraction,
    function,
    index,
    literal,
    minus,
    mul,
    name,
    named,
    norm,
    num,
    of,
    partial,
    power,
    prime,
    relation,
    root,
    size,
    stack,
)
from symderiv.term.names import Name
from symderiv.writers.spoken import formula

n, m = size("n"), size("m")
i, j, k = map(index, "ijk")
x, y = name("x"), name("y")
v, A, B = name("v", n), name("A", m, n), name("B", m, n)
p = named("p", stack(power(E, entry(v, i)), i, n))
sin, log, sigma = (function(word, known=True) for word in ("sin", "log", "sigma"))
f = function("f")

SPOKEN = [
    (
        relation("=", partial(entry(p, i), entry(v, j)), mul(entry(p, i), delta(i, j) - entry(p, j))),
        "the partial derivative of p sub i with respect to v sub j equals p sub i times open bracket delta sub i j "
        "minus p sub j close bracket",
    ),
    (fraction(ONE, x), "1 over x"),
    (
        fraction(x + 1, y),
        "the fraction with numerator x plus 1 and denominator y, end fraction",
    ),
    (x**TWO + x ** num(3), "x squared plus x cubed"),
    (power(E, minus(x)), "e to the power minus x, end power"),
    (power(x, n), "x to the power n"),
    (root(x), "the square root of x"),
    (root(x + 1, num(3)), "the cube root of x plus 1, end root"),
    (minus(x), "minus x"),
    (2 * x, "2 x"),
    (apply(sin, x), "sine of x"),
    (power(apply(sin, x), TWO), "sine squared of x"),
    (apply(sin, 2 * x), "sine of 2 x, end of argument"),
    (mul(apply(prime(sigma), x), y), "sigma prime of x times y"),
    (apply(prime(f), x), "f prime of x"),
    (bigsum(entry(v, k), k), "the sum over k of v sub k"),
    (bigsum(power(E, entry(v, k)), k, ONE, n), "the sum from k equals 1 to n of e to the power v sub k"),
    (of("transpose", A), "capital A transpose"),
    (of("inverse", A), "capital A inverse"),
    (of("transpose", of("inverse", A)), "capital A inverse transpose"),
    (of("trace", A), "the trace of capital A"),
    (norm(v), "the 2-norm of v"),
    (apply(function("abs", known=True), x - 1), "the absolute value of x minus 1, end absolute value"),
    (partial(x**TWO + y, x), "the partial derivative of x squared plus y with respect to x"),
    (partial(partial(y, x), x), "the second partial derivative of y with respect to x squared"),
    (entry(A, i, j), "capital A sub i j"),
    (entry(v, i + 1), "v sub i plus 1, end sub"),
    (name("Gamma"), "capital gamma"),
    (name(Name("y", accent="hat")), "y hat"),
    (name(Name("w", accent="mathbf")), "bold w"),
    (relation(("<", "≤"), num(0), x, ONE), "0 is less than x is at most 1"),
    (cases(x, relation(">", x, num(0)), minus(x)), "by cases: x if x is greater than 0; minus x otherwise; end of cases"),
    (literal([[ONE, x], [y, num(0)]]), "the 2 by 2 matrix with rows 1, x; y, 0; end matrix"),
    (mul(fraction(ONE, x), apply(log, y)), "1 over x times log of y"),
]


@pytest.mark.parametrize(("term", "words"), SPOKEN, ids=[words for _, words in SPOKEN])
def test_a_formula_is_spoken(term, words):
    assert formula(layout(term)) == words
