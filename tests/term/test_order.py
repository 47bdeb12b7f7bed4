"""The written order of what SymPy has sorted: as a person would write it."""

from __future__ import annotations

import itertools

import pytest
from sympy import (
    Abs,
    Function,
    IndexedBase,
    MatrixSymbol,
    Symbol,
    Trace,
    cos,
    exp,
    log,
    pi,
    sin,
    sqrt,
    symbols,
)  # fmt: skip

from symderiv.term.build import E, add, apply, fraction, function, minus, mul, name, num
from symderiv.term.order import Order
from symderiv.term.sympy_door import from_sympy

from .written import written

x, y, z, t, a, b, c, w, n = symbols("x y z t a b c w n")
mu, tau = symbols("mu tau")
x1, x2, w1, w2 = symbols("x_1 x_2 w_1 w_2")
f = Function("f")


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (3 * x**2 + 2 * x + 1, "3 x^2 + 2 x + 1"),
        (1 + x**2, "x^2 + 1"),
        (1 - x**2, "1 - x^2"),
        (1 - x, "1 - x"),
        (-(x**2) + 3 * x + 2, "-x^2 + 3 x + 2"),
        (x**5 - 3 * x**2 + 2 * x, "x^5 - 3 x^2 + 2 x"),
        (x**3 - 2, "x^3 - 2"),
        (x + b, "x + b"),
        (w * x + b, "w x + b"),
        (w1 * x1 + w2 * x2 + b, "w_1 x_1 + w_2 x_2 + b"),
        (x - mu, "x - mu"),
        (y - t, "y - t"),
        (x**2 + x * y + y**2, "x^2 + x y + y^2"),
        (1 + exp(-x), "1 + e^(-x)"),
        (exp(x) - exp(-x), "e^x - e^(-x)"),
        (exp(-x) + exp(x), "e^x + e^(-x)"),
        (x + sin(x) + 1, "x + 1 + sin(x)"),
        (x**2 + f(y), "x^2 + f(y)"),
        (3 * x + y - f(x), "3 x + y - f(x)"),
        (-t + w1 * f(x) + w2 * f(y), "w_1 f(x) + w_2 f(y) - t"),
        (1 + 1 / x, "1 + 1/x"),
        (-x - y, "-x - y"),
        (x**12 - y**12, "x^12 - y^12"),
    ],
)
def test_sums(expr, expected):
    assert written(from_sympy(expr)) == expected


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (x**2 * exp(x) * cos(x), "x^2 e^x cos(x)"),
        (x**a * exp(b * x) * log(c * x), "x^a e^(b x) log(c x)"),
        (x * sin(x), "x sin(x)"),
        (sqrt(x**2 + 1) * log(x), "sqrt(x^2 + 1) log(x)"),
        (2 * x * (x + 1), "2 x (x + 1)"),
        ((1 - t) * log(x), "(1 - t) log(x)"),
        (2 * pi * x, "2 pi x"),
        (sqrt(2) * x, "sqrt(2) x"),
        (2**x * x, "x 2^x"),
        (a * x1 * w1, "a w_1 x_1"),
        (x * IndexedBase("b")[3], "b[3] x"),
        (Symbol("x_10") * Symbol("x_9"), "x_9 x_10"),
        (x * Abs(y), "x abs(y)"),
        (x / 2, "x/2"),
        (-3 * x / (2 * y), "-3 x/(2 y)"),
        (exp(-x) / y, "e^(-x)/y"),
        (x / sqrt(1 - x**2), "x/sqrt(1 - x^2)"),
        ((x - mu) ** 2 / (2 * tau**2), "(x - mu)^2/(2 tau^2)"),
        (Trace(MatrixSymbol("X", n, n)) * x, "x trace(X)"),
    ],
)
def test_products(expr, expected):
    assert written(from_sympy(expr)) == expected


def test_the_order_does_not_depend_on_how_it_was_built():
    p, q = name("x"), name("b")
    terms = [mul(num(3), p**2), mul(p, q), minus(q), num(7), apply(function("sin", known=True), p), E**p, fraction(q, p)]
    sums = {add(*Order().terms(list(order))) for order in itertools.permutations(terms)}
    products = {mul(*Order().factors(list(order))) for order in itertools.permutations(terms[:1] + terms[3:])}
    assert len(sums) == len(products) == 1
