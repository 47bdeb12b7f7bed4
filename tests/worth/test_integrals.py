"""Integrals against quadrature in floats, and every derivative of them against differences of that quadrature."""

from __future__ import annotations

import mpmath
import pytest

from symderiv.term.build import (
    ONE,
    TWO,
    ZERO,
    E,
    apply,
    bigsum,
    function,
    index,
    integral,
    minus,
    name,
    named,
    num,
    partial,
    prime,
    root,
)
from symderiv.worth.compare import compare
from symderiv.worth.value import value

t, x, y = name("t"), name("x"), name("y")
AT = {x: 1.25, y: 0.5}


def known(which, *arguments):
    return apply(function(which, known=True), *arguments)


#: An integral, and the same in floats: integrand, lower and upper limit as functions of x and y.
INTEGRALS = {
    "∫_0^x e^{-t²} dt": (
        integral(E ** minus(t**2), t, ZERO, x),
        lambda t, x, y: mpmath.exp(-t * t),
        lambda x, y: 0,
        lambda x, y: x,
    ),
    "∫_{x²}^{x³} sin(xt) dt": (
        integral(known("sin", x * t), t, x**2, x**3),
        lambda t, x, y: mpmath.sin(x * t),
        lambda x, y: x**2,
        lambda x, y: x**3,
    ),
    "∫_x^1 log(t + x)/t dt, limits falling": (
        integral(known("log", t + x) / t, t, x + 2, ONE),
        lambda t, x, y: mpmath.log(t + x) / t,
        lambda x, y: x + 2,
        lambda x, y: 1,
    ),
    "∫_y^{x+y} √(1 + x t²) dt": (
        integral(root(1 + x * t**2), t, y, x + y),
        lambda t, x, y: mpmath.sqrt(1 + x * t * t),
        lambda x, y: y,
        lambda x, y: x + y,
    ),
    "∫_{4x}^1 √(1 + t⁴) dt, no value on the whole piece at first": (
        integral(root(1 + t**4), t, 4 * x, ONE),
        lambda t, x, y: mpmath.sqrt(1 + t**4),
        lambda x, y: 4 * x,
        lambda x, y: 1,
    ),
    "∫_0^1 Γ(x + t) dt": (
        integral(known("Gamma", x + t), t, ZERO, ONE),
        lambda t, x, y: mpmath.gamma(x + t),
        lambda x, y: 0,
        lambda x, y: 1,
    ),
}


@pytest.mark.parametrize("order", range(4))
@pytest.mark.parametrize("which", INTEGRALS)
def test_an_integral_and_its_derivatives(which, order):
    term, inside, low, high = INTEGRALS[which]
    for _ in range(order):
        term = partial(term, x)

    at_y = mpmath.mpf(AT[y])

    def quadrature(x):
        return mpmath.quad(lambda t: inside(t, x, at_y), [low(x, at_y), high(x, at_y)])

    with mpmath.workdps(30):
        expected = mpmath.diff(quadrature, mpmath.mpf(AT[x]), order)
    assert value(term, AT) == pytest.approx(float(expected), rel=1e-9), which


def test_a_derivative_under_the_integral_sign():
    body = x**3 * known("log", t + x)
    found = value(integral(partial(body, x), t, ONE, TWO), {x: 2})
    assert found == pytest.approx(float(mpmath.quad(lambda t: 12 * mpmath.log(t + 2) + 8 / (t + 2), [1, 2])))


def test_an_unknown_function_of_the_bound_name_and_the_variable():
    g = function("g")
    whole = integral(apply(g, x, t), t, ZERO, x)
    inside = integral(apply(prime(g), x, t), t, ZERO, x)
    assert compare(partial(whole, x), apply(g, x, x) + inside).kind == "agrees"
    assert compare(partial(whole, x), apply(g, x, x) + integral(apply(prime(g, 2), x, t), t, ZERO, x)).kind == "refuted"
    twice = integral(apply(prime(prime(g), 2), x, t), t, ZERO, x)
    assert compare(twice, apply(prime(g), x, x) - apply(prime(g), x, ZERO)).kind == "agrees"


def test_a_sum_and_a_named_part_stand_under_an_integral():
    i = index("i")
    part = named("z", x * t)
    term = integral(bigsum(part**i, i, ONE, num(3)), t, ZERO, ONE)
    assert value(term, {x: 2}) == pytest.approx(1 + 4 / 3 + 2)
    assert value(partial(term, x), {x: 2}) == pytest.approx(1 / 2 + 4 / 3 + 3)


def test_the_bound_name_is_not_the_free_one():
    term = integral(t**2, t, ZERO, t)
    assert value(term, {t: 3}) == pytest.approx(9)
    assert value(partial(term, t), {t: 3}) == pytest.approx(9)


WAVE = integral(known("sin", x * t), t, ZERO, x)


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        (partial(WAVE, x), integral(t * known("cos", x * t), t, ZERO, x) + known("sin", x**2), "agrees"),
        (partial(WAVE, x), known("sin", x**2), "refuted"),
        (integral(t * x, t, ZERO, ONE), integral(y * x, y, ZERO, ONE), "proved"),
        (integral(t, t, x, y), (y**2 - x**2) / 2, "agrees"),
        (integral(1 / t, t, -ONE, ONE), ZERO, "undecided"),
    ],
    ids=["Leibniz", "a term forgotten", "another letter", "of a power", "over a pole"],
)  # fmt: skip
def test_comparing(left, right, kind):
    assert compare(left, right).kind == kind
