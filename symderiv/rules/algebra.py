"""Identities that shorten a result: quotients of functions that have a name of their own, powers, logarithms."""

from __future__ import annotations

from symderiv.rules.elementary import cos, cosh, cot, csc, exp, log, sec, sin, sinh, tan, tanh
from symderiv.rules.learning import sigma
from symderiv.rules.letters import letter, rest
from symderiv.rules.rule import Rule
from symderiv.term.build import TWO, ZERO, E, apply, minus, power, relation

u, v = letter("u"), letter("v")
_R = rest("a")
_APOSTOL = "Apostol, Calculus I, "


tangent = Rule(
    "tangent", apply(sin, u) * _R / apply(cos, u), apply(tan, u) * _R,
    say="sine over cosine is the tangent", source=_APOSTOL + "2.7", where=(relation("≠", apply(cos, u), ZERO),),
)  # fmt: skip
cotangent = Rule(
    "cotangent", apply(cos, u) * _R / apply(sin, u), apply(cot, u) * _R,
    say="cosine over sine is the cotangent", source=_APOSTOL + "2.7", where=(relation("≠", apply(sin, u), ZERO),),
)  # fmt: skip
secant = Rule(
    "secant", _R / apply(cos, u), _R * apply(sec, u),
    say="one over cosine is the secant", source=_APOSTOL + "2.7", where=(relation("≠", apply(cos, u), ZERO),),
)  # fmt: skip
cosecant = Rule(
    "cosecant", _R / apply(sin, u), _R * apply(csc, u),
    say="one over sine is the cosecant", source=_APOSTOL + "2.7", where=(relation("≠", apply(sin, u), ZERO),),
)  # fmt: skip
hyperbolic_tangent = Rule(
    "hyperbolic tangent", apply(sinh, u) * _R / apply(cosh, u), apply(tanh, u) * _R,
    say="hyperbolic sine over hyperbolic cosine", source=_APOSTOL + "6.18",
)  # fmt: skip

pythagoras = Rule(
    "sine and cosine squared", apply(sin, u) ** TWO + apply(cos, u) ** TWO + rest("c"), 1 + rest("c"),
    say="the squares of sine and cosine add to one", source=_APOSTOL + "2.5",
)  # fmt: skip
pythagoras_sign = pythagoras.mistaken(
    "squares subtracted to one", 1 + rest("c"), left=apply(sin, u) ** TWO - apply(cos, u) ** TWO + rest("c"),
    say="only the sum of the squares is one", kind="algebra",
)  # fmt: skip

log_of_product = Rule(
    "logarithm of a product", apply(log, u * v), apply(log, u) + apply(log, v),
    say="the logarithm of a product is the sum of the logarithms", source=_APOSTOL + "6.3",
    where=(relation(">", u, ZERO), relation(">", v, ZERO)),
)  # fmt: skip
log_of_sum = log_of_product.mistaken(
    "logarithm of a sum split", apply(log, u) + apply(log, v), left=apply(log, u + v),
    say="only the logarithm of a product splits", kind="power-or-log-rule",
)  # fmt: skip
exponential_of_sum = Rule(
    "exponential of a sum", power(E, u + v), power(E, u) * power(E, v),
    say="exponents add when powers of one base are multiplied", source=_APOSTOL + "6.14",
)  # fmt: skip
exponentials_added = exponential_of_sum.mistaken(
    "exponential of a sum split into a sum", power(E, u) + power(E, v),
    say="the exponential of a sum is a product", kind="power-or-log-rule",
)  # fmt: skip
exponential_of_minus = Rule(
    "exponential of a negative", power(E, minus(u)), 1 / power(E, u), say="a negative exponent is a reciprocal",
    source=_APOSTOL + "6.14",
)  # fmt: skip

sigmoid_of_exp = Rule(
    "sigmoid", apply(exp, u) / (1 + apply(exp, u)), apply(sigma, u),
    say="e^u/(1 + e^u) is σ(u)", source="Goodfellow, Bengio, Courville, Deep Learning, 3.10",
)  # fmt: skip
sigmoid_of_power = Rule(
    "sigmoid, power of e", power(E, u) / (1 + power(E, u)), apply(sigma, u),
    say="e^u/(1 + e^u) is σ(u)", source="Goodfellow, Bengio, Courville, Deep Learning, 3.10",
)  # fmt: skip
sigmoid_sum_turned = sigmoid_of_exp.mistaken(
    "sigmoid of the negative", apply(sigma, minus(u)), say="e^u above the bar belongs to σ(u)", kind="sign"
)
