"""The functions known by name, each told by a few kernels."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import fmpq

from symderiv.worth.normal.forms import ONE, REBUILD, ZERO, Form, alone, constant, monomial_text
from symderiv.worth.normal.kernel import kernel
from symderiv.worth.normal.kernels import PI, exp, log, sine_cosine
from symderiv.worth.normal.powers import inverse_of, magnitude, one_fraction, power, sign


def plain_function(name: str) -> Callable[[Form], Form]:
    """A function of which nothing is known but its name."""
    return lambda form: alone(kernel("fn", name, (one_fraction(form),), name))


def odd_function(name: str) -> Callable[[Form], Form]:
    """A function with f(-u) = -f(u)."""

    def odd(form: Form) -> Form:
        form = one_fraction(form)
        if not form.terms:
            return ZERO
        if min(form.terms.items(), key=lambda item: monomial_text(item[0]))[1] < 0:
            return -alone(kernel("fn", name, (-form,), name))
        return alone(kernel("fn", name, (form,), name))

    return odd


def half(form: Form) -> Form:
    """u/2."""
    return form.scaled(fmpq(1, 2))


def _sinh(u: Form) -> Form:
    return half(exp(u) - exp(-u))


def _cosh(u: Form) -> Form:
    return half(exp(u) + exp(-u))


def _tanh(u: Form) -> Form:
    twice = exp(u + u)
    return (twice - ONE) * inverse_of(twice + ONE)


def _tan(u: Form) -> Form:
    sine, cosine = sine_cosine(u)
    return sine * inverse_of(cosine)


def _arccos(u: Form) -> Form:
    return half(alone(PI)) - FUNCTIONS["arcsin"](u)


def bessel(order: Form, form: Form) -> Form:
    """J of an order; a negative whole one is the positive one up to a sign."""
    number = order.number
    if number is not None and number.q == 1 and number < 0:
        positive = bessel(-order, form)
        return -positive if number.p % 2 else positive
    return alone(kernel("bessel", None, (one_fraction(order), one_fraction(form)), ""))


def _floor(u: Form) -> Form:
    """The whole part of a number; of anything else a function like others."""
    number = u.number
    return plain_function("floor")(u) if number is None else constant(fmpq(number.floor()))


FUNCTIONS: dict[str, Callable[[Form], Form]] = {
    "exp": exp,
    "log": log,
    "ln": log,
    "sin": lambda u: sine_cosine(u)[0],
    "cos": lambda u: sine_cosine(u)[1],
    "tan": _tan,
    "cot": lambda u: inverse_of(_tan(u)),
    "sec": lambda u: inverse_of(sine_cosine(u)[1]),
    "csc": lambda u: inverse_of(sine_cosine(u)[0]),
    "arcsin": odd_function("arcsin"),
    "arccos": _arccos,
    "arctan": odd_function("arctan"),
    "arccot": lambda u: half(alone(PI)) - FUNCTIONS["arctan"](u),
    "arcsec": lambda u: _arccos(inverse_of(u)),
    "arccsc": lambda u: FUNCTIONS["arcsin"](inverse_of(u)),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "coth": lambda u: inverse_of(_tanh(u)),
    "sech": lambda u: inverse_of(_cosh(u)),
    "csch": lambda u: inverse_of(_sinh(u)),
    "arsinh": lambda u: log(u + power(u * u + ONE, Fraction(1, 2))),
    "arcosh": lambda u: log(u + power(u - ONE, Fraction(1, 2)) * power(u + ONE, Fraction(1, 2))),
    "artanh": lambda u: half(log((ONE + u) * inverse_of(ONE - u))),
    "abs": magnitude,
    "sign": sign,
    "floor": _floor,
    "ceil": lambda u: -_floor(-u),
    "relu": lambda u: half(u + magnitude(u)),
    "erf": odd_function("erf"),
    "Gamma": plain_function("Gamma"),
    "digamma": plain_function("digamma"),
    "trigamma": plain_function("trigamma"),
    "lambertw": plain_function("lambertw"),
    "heaviside": lambda u: half(ONE + sign(u)),
    "erfc": lambda u: ONE - FUNCTIONS["erf"](u),
    "arcoth": lambda u: half(log((u + ONE) * inverse_of(u - ONE))),
    "arsech": lambda u: FUNCTIONS["arcosh"](inverse_of(u)),
    "arcsch": lambda u: FUNCTIONS["arsinh"](inverse_of(u)),
    "sigma": lambda u: exp(u) * inverse_of(exp(u) + ONE),
    "softplus": lambda u: log(exp(u) + ONE),
}


REBUILD.update(
    {
        "bessel": lambda factor, args: bessel(args[0], args[1]),
        "fn": lambda factor, args: FUNCTIONS[factor.label](args[0]),
    }
)
