"""Special functions in balls and in power series: by their defining series and by what flint knows, by no derivative."""

from __future__ import annotations

from flint import arb, arb_series, ctx

from symderiv.worth.arrays import NAN, NOUGHT, UNIT, Number, divide, head, whole
from symderiv.worth.functions import ENTRYWISE, HALF, invert, negative, raise_to, whole_power


def heaviside(x: Number) -> Number:
    """0 left of zero, 1 right of it; at zero authors differ, so there is no value."""
    below = negative(x)
    return NAN if below is None or head(x) == 0 else NOUGHT if below else UNIT


def bessel(order: Number, x: Number) -> Number:
    """J of a fixed order, by its power series where x moves; of an order that is no integer for x > 0 only."""
    if type(order) is not arb:
        return NAN
    if order.is_integer():
        n = whole(order)
        if n < 0:
            return bessel(-order, x) * (-1) ** n
        return x.bessel_j(order) if type(x) is arb else whole_power(x * HALF, n) * _series(order, x)
    if not head(x) > 0:
        return NAN
    return x.bessel_j(order) if type(x) is arb else raise_to(x * HALF, order) * _series(order, x)


def _series(order: arb, x: arb_series) -> arb_series:
    """Σ_m (-x²/4)^m / (m! Γ(m + ν + 1)); what is left out lies below its first term times exp(|x²/4|)."""
    y = x * x * arb(0.25)
    above = arb_series([coefficient.abs_upper() for coefficient in y.coeffs()], prec=x.prec)
    weights = [(order + 1).rgamma()]
    small = arb(2) ** -(ctx.prec + 10)
    while not (weights[-1] * above[0] ** len(weights)).abs_upper() < small or order + len(weights) < 1:
        weights.append(-weights[-1] / (len(weights) * (order + len(weights))))
        if len(weights) > 4 * ctx.prec:
            return arb_series([NAN], prec=x.prec)
    rest = weights.pop()
    total = arb_series([NOUGHT], prec=x.prec)
    for weight in reversed(weights):
        total = total * y + weight
    left_out = above ** len(weights) * above.exp() * rest
    return total + arb_series([arb(0, coefficient.abs_upper()) for coefficient in left_out.coeffs()], prec=x.prec)


def _arcoth(x: Number) -> Number:
    return divide(x + 1, x - 1).log() * HALF


ENTRYWISE.update(
    {
        "erfc": lambda x: x.erfc(),
        "lambertw": lambda x: x.lambertw(),
        "heaviside": heaviside,
        "arcoth": _arcoth,
        "arsech": lambda x: ENTRYWISE["arcosh"](invert(x)),
        "arcsch": lambda x: ENTRYWISE["arsinh"](invert(x)),
    }
)

#: Functions with an order or a base below them.
ORDERED = {
    "log": lambda base, x: divide(x.log(), base.log()),
    "besselj": bessel,
}
