"""Every known function against floats, and its derivative, read off a series, against central differences."""

from __future__ import annotations

import math

import mpmath
import pytest
from flint import arb, arb_series, fmpq

from symderiv.term.build import apply, function, name
from symderiv.worth.arrays import head
from symderiv.worth.balls import precision
from symderiv.worth.compare import compare
from symderiv.worth.functions import ENTRYWISE, SEVERAL, degree_root, negative, raise_to
from symderiv.worth.special import bessel
from symderiv.worth.value import value

FLOATS = {
    "exp": math.exp,
    "log": math.log,
    "ln": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "cot": lambda t: 1 / math.tan(t),
    "sec": lambda t: 1 / math.cos(t),
    "csc": lambda t: 1 / math.sin(t),
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "floor": math.floor,
    "factorial": lambda t: float(mpmath.gamma(t + 1)),
    "ceil": math.ceil,
    "arccot": lambda t: math.pi / 2 - math.atan(t),
    "arcsec": lambda t: math.acos(1 / t),
    "arccsc": lambda t: math.asin(1 / t),
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "coth": lambda t: 1 / math.tanh(t),
    "sech": lambda t: 1 / math.cosh(t),
    "csch": lambda t: 1 / math.sinh(t),
    "arsinh": math.asinh,
    "arcosh": math.acosh,
    "artanh": math.atanh,
    "abs": abs,
    "sign": lambda t: math.copysign(1, t),
    "erf": math.erf,
    "Gamma": math.gamma,
    "erfc": math.erfc,
    "lambertw": lambda t: float(mpmath.lambertw(t)) if t > -1 / math.e else math.sqrt(-1),
    "heaviside": lambda t: float(t > 0),
    "arcoth": lambda t: math.atanh(1 / t),
    "arsech": lambda t: math.acosh(1 / t),
    "arcsch": lambda t: math.asinh(1 / t),
    "digamma": lambda t: (math.lgamma(t + 1e-6) - math.lgamma(t - 1e-6)) / 2e-6,
    "sigma": lambda t: 1 / (1 + math.exp(-t)),
    "relu": lambda t: max(t, 0.0),
    "softplus": lambda t: math.log(1 + math.exp(t)),
}
POINTS = (fmpq(-9, 4), fmpq(-2, 5), fmpq(3, 7), fmpq(8, 5))


@pytest.mark.parametrize("name", ENTRYWISE)
def test_value_and_derivative(name):
    counted = 0
    for point in POINTS:
        t = int(point.p) / int(point.q)
        with precision(128):
            value = ENTRYWISE[name](arb(point))
            series = ENTRYWISE[name](arb_series([arb(point), 1], prec=2))
        if not value.is_finite():
            with pytest.raises(ValueError, match=r"domain|positive|range|expected"):
                FLOATS[name](t)
            continue
        counted += 1
        assert float(value) == pytest.approx(FLOATS[name](t), rel=1e-8), f"{name}({t})"
        step = 1e-5 if name != "digamma" else 1e-3
        slope = (FLOATS[name](t + step) - FLOATS[name](t - step)) / (2 * step)
        got = float(series[1]) if isinstance(series, arb_series) else 0.0
        assert got == pytest.approx(slope, rel=1e-4, abs=1e-6), f"derivative of {name} at {t}"
    assert counted


@pytest.mark.parametrize("order", [0, 1, 2, -3, 0.5, -1.75])
@pytest.mark.parametrize("t", [0.3, 2.5, 11.0])
def test_bessel_functions_and_their_derivatives(order, t):
    with precision(128):
        series = bessel(arb(order), arb_series([arb(t), 1], prec=4))
        assert series[0].overlaps(bessel(arb(order), arb(t)))
        assert series[0].rel_accuracy_bits() > 80
    for k in range(4):
        expected = mpmath.besselj(order, t, derivative=k) / math.factorial(k)
        assert float(series[k]) == pytest.approx(float(expected), rel=1e-9), f"coefficient {k} of J_{order} at {t}"


@pytest.mark.parametrize("name", ["abs", "sign", "relu"])
def test_a_kink_has_no_derivative(name):
    at_kink = ENTRYWISE[name](arb_series([0, 1], prec=2))
    assert not at_kink.is_finite()
    assert ENTRYWISE[name](arb(0)) == 0


@pytest.mark.parametrize(("name", "expected"), [("max", 5), ("min", 2)])
def test_larger_and_smaller(name, expected):
    assert SEVERAL[name](arb(2), arb(5)) == expected
    assert not SEVERAL[name](arb_series([2, 1], prec=2), arb(2)).is_finite()


@pytest.mark.parametrize(
    ("base", "exponent", "expected"), [(-8, 3, -512), (-2, -1, -0.5), (0, 2, 0), (0, 0, 1), (4, 0.5, 2), (0, 0.5, 0)]
)
def test_powers(base, exponent, expected):
    assert float(raise_to(arb(base), arb(exponent))) == pytest.approx(expected)


@pytest.mark.parametrize(("base", "exponent"), [(-4, 0.5), (0, -1), (0, -0.5)])
def test_powers_without_a_value(base, exponent):
    assert not raise_to(arb(base), arb(exponent)).is_finite()


def test_odd_roots_of_negative_numbers_are_real():
    assert float(degree_root(arb(-27), arb(3))) == pytest.approx(-3)
    assert not degree_root(arb(-16), arb(4)).is_finite()


def test_a_ball_over_zero_has_no_sign():
    assert negative(arb(0, 1)) is None
    assert negative(arb(-2)) is True


@pytest.mark.parametrize("letter", ["phi", "sigma"])
def test_an_authors_letter_is_what_it_means(letter):
    """`\\sigma = \\tanh`: the letter that usually is the logistic function stands for another one."""
    x, known = name("x"), function("tanh", known=True)
    written = function(letter, means="tanh")
    assert value(apply(written, x), {x: 0.5}) == math.tanh(0.5)
    assert compare(apply(written, x), apply(known, x)).kind == "proved"
    assert compare(apply(written, x), apply(function("sigma", known=True), x)).kind == "refuted"


@pytest.mark.parametrize("name", ["tanh", "digamma"])
def test_a_series_too_wide_to_divide_by_is_no_number(name: str) -> None:
    found = ENTRYWISE[name](arb_series([arb(0, 1000), 1], prec=2))
    assert not head(found).is_finite()


def test_an_exponent_that_no_one_counts_to_stops_nothing():
    huge = arb(10) ** 400
    assert raise_to(arb(1), huge) == 1
    assert not raise_to(arb(-2), huge).is_finite()
    assert not degree_root(arb(-8), huge).is_finite()
