"""Differentiation in one variable: sums, products, quotients, powers, chain. The lines of a first course."""

from __future__ import annotations

from symderiv.rules.letters import c, d, f, g, letter, m, n, phi, psi, run, x
from symderiv.rules.rule import Rule
from symderiv.term.build import ONE, TWO, ZERO, E, apply, function, minus, prime, relation, root

_P, _S = run("P"), run("S")
_C, _D = run("C", "free"), run("D", "free")
_u = letter("u", "depends")
_log = function("log", known=True)
_APOSTOL = "Apostol, Calculus I, 4.5"

constant = Rule(
    "constant", d(c), ZERO, say="what does not depend on the variable does not change", source=_APOSTOL, minor=True
)

variable = Rule("the variable itself", d(x), ONE, say="the variable changes at rate one", source=_APOSTOL, minor=True)

sum_rule = Rule(
    "sum rule", d(_P + f + _S), d(f), every=True, minor=True,
    say="differentiate a sum term by term", source=_APOSTOL,
)  # fmt: skip

minus_sign = Rule("minus sign", d(-f), -d(f), minor=True, say="a minus sign stays in front", source=_APOSTOL)
sign_lost = minus_sign.mistaken("sign lost", d(f), say="the minus sign in front stays", kind="sign")

constant_factor = Rule(
    "constant factor", d(_C * _u * _D), _C * d(_u) * _D, minor=True,
    say="a constant factor stays in front", source=_APOSTOL,
)  # fmt: skip
constant_lost = constant_factor.mistaken(
    "constant factor lost", d(_u), say="the constant factor stays", kind="constant-factor"
)  # fmt: skip

last_term_lost = sum_rule.mistaken(
    "last term of a sum left out", d(_P + f), left=d(_P + f + g), say="the variable stands in that term too",
    kind="missing-path",
)  # fmt: skip
first_term_left_out = sum_rule.mistaken(
    "first term of a sum left out", d(g + _S), left=d(f + g + _S), say="the variable stands in that term too",
    kind="missing-path",
)  # fmt: skip

product_rule = Rule(
    "product rule", d(_P * _u * _S), _P * d(_u) * _S, every=True,
    say="differentiate one factor at a time, keep the others, and add", source=_APOSTOL,
)  # fmt: skip
factors_apart = product_rule.mistaken(
    "factors differentiated apart", d(f) * d(g), left=d(f * g),
    say="a product is not differentiated factor by factor", kind="product-rule",
)  # fmt: skip
own_factors = product_rule.mistaken(
    "each factor with its own derivative", f * d(f) + g * d(g), left=d(f * g),
    say="each derivative stands with the other factor", kind="product-rule",
)  # fmt: skip

derivatives_added = product_rule.mistaken(
    "derivatives of the factors added", d(f) + d(g), left=d(f * g),
    say="each derivative is multiplied by the other factor before the two are added", kind="product-rule",
)  # fmt: skip
terms_multiplied = product_rule.mistaken(
    "terms of the product rule multiplied", d(f) * g * f * d(g), left=d(f * g),
    say="the two terms of the product rule are added", kind="product-rule",
)  # fmt: skip
second_term_lost = product_rule.mistaken(
    "second term of the product rule lost", d(f) * g, left=d(f * g),
    say="the second factor has a derivative too", kind="product-rule",
)  # fmt: skip
first_term_lost = product_rule.mistaken(
    "first term of the product rule lost", f * d(g), left=d(f * g),
    say="the first factor has a derivative too", kind="product-rule",
)  # fmt: skip
product_subtracted = product_rule.mistaken(
    "minus in the product rule", d(f) * g - f * d(g), left=d(f * g),
    say="the two terms of the product rule are added", kind="product-rule",
)  # fmt: skip

constant_denominator = Rule(
    "constant denominator", d(f / c), d(f) / c, minor=True,
    say="a constant denominator stays", source=_APOSTOL, where=(relation("≠", c, ZERO),),
)  # fmt: skip

constant_factor_below = Rule(
    "constant factor under the bar", d(c / (_C * _u * _D)), c / (_C * _D) * d(1 / _u), minor=True,
    say="a constant factor of the denominator stays", source=_APOSTOL, where=(relation("≠", _C * _u * _D, ZERO),),
)  # fmt: skip
power_below = Rule(
    "power rule under the bar", d(c / _u**m), -(m * c / _u ** (m + 1) * d(_u)), where=(relation("≠", _u, ZERO),),
    say="the exponent comes down as a factor with a minus sign and rises by one under the bar", source=_APOSTOL,
)  # fmt: skip
exponent_lowered_below = power_below.mistaken(
    "exponent lowered under the bar", -(m * c / _u ** (m - 1) * d(_u)),
    say="under the bar the exponent rises by one", kind="power-or-log-rule",
)  # fmt: skip

reciprocal = Rule(
    "reciprocal rule", d(c / g), -(c * d(g) / g**2), where=(relation("≠", g, ZERO),),
    say="minus the derivative of the denominator over its square", source=_APOSTOL,
)  # fmt: skip
reciprocal_square = reciprocal.mistaken(
    "square lost in the reciprocal rule", -(c * d(g) / g), say="the denominator is squared", kind="quotient-rule"
)
reciprocal_inner_lost = reciprocal.mistaken(
    "inner derivative of a reciprocal lost", -(c / g**2), say="the derivative of the denominator is a factor",
    kind="dropped-chain-factor",
)  # fmt: skip
reciprocal_upside_down = reciprocal.mistaken(
    "reciprocal of the derivative", c / d(g), say="1/g is not differentiated under the bar", kind="quotient-rule"
)  # fmt: skip

quotient_rule = Rule(
    "quotient rule", d(f / g), (d(f) * g - f * d(g)) / g**2, where=(relation("≠", g, ZERO),),
    say="derivative of the top times the bottom, minus the top times derivative of the bottom, over the bottom squared",
    source=_APOSTOL,
)  # fmt: skip
quotient_sign = quotient_rule.mistaken(
    "plus in the quotient rule", (d(f) * g + f * d(g)) / g**2, say="the two terms are subtracted", kind="quotient-rule"
)  # fmt: skip
quotient_square = quotient_rule.mistaken(
    "square lost in the quotient rule", (d(f) * g - f * d(g)) / g, say="the denominator is squared", kind="quotient-rule"
)  # fmt: skip
quotient_order = quotient_rule.mistaken(
    "quotient rule the wrong way round", (f * d(g) - d(f) * g) / g**2,
    say="the derivative of the top comes first", kind="quotient-rule",
)  # fmt: skip
bottom_held = quotient_rule.mistaken(
    "bottom of a quotient taken for a constant", d(f) / g, say="the variable stands under the bar too",
    kind="quotient-rule",
)  # fmt: skip
top_held = quotient_rule.mistaken(
    "top of a quotient taken for a constant", -(f * d(g) / g**2), say="the variable stands above the bar too",
    kind="quotient-rule",
)  # fmt: skip
quotient_apart = quotient_rule.mistaken(
    "top and bottom differentiated apart", d(f) / d(g),
    say="a quotient is not differentiated above and below", kind="quotient-rule",
)  # fmt: skip

power_rule = Rule(
    "power rule", d(_u**m), m * _u ** (m - 1) * d(_u),
    say="the exponent comes down as a factor and drops by one", source=_APOSTOL,
)  # fmt: skip
exponent_kept = power_rule.mistaken(
    "exponent not lowered", m * _u**m * d(_u), say="the exponent drops by one", kind="power-or-log-rule"
)  # fmt: skip
two_lost = power_rule.mistaken(
    "factor two of a square lost", _u * d(_u), left=d(_u**TWO), say="the exponent comes down as a factor",
    kind="constant-factor",
)  # fmt: skip
exponent_not_down = power_rule.mistaken(
    "exponent not brought down", _u ** (m - 1) * d(_u), say="the exponent comes down as a factor", kind="power-or-log-rule"
)  # fmt: skip
variable_for_base = power_rule.mistaken(
    "variable for the base of a power", m * x * _u ** (m - 1),
    say="the base keeps its place and its inner derivative is a factor", kind="power-or-log-rule",
)  # fmt: skip
exponent_raised = power_rule.mistaken(
    "exponent raised instead of lowered", m * _u ** (m + 1) * d(_u),
    say="the exponent drops by one", kind="power-or-log-rule",
)  # fmt: skip
power_of_derivative = power_rule.mistaken(
    "power taken of the derivative", m * (d(f) + d(g)) ** (m - 1), left=d((f + g) ** m),
    say="the base keeps its place and its inner derivative is a factor", kind="power-or-log-rule",
)  # fmt: skip
inner_lost_in_power = power_rule.mistaken(
    "inner derivative of a power lost", m * _u ** (m - 1),
    say="the derivative of the base is a factor", kind="dropped-chain-factor",
)  # fmt: skip

negative_power = Rule(
    "power rule, negative exponent", d(_u ** minus(m)), -(m * _u ** (-m - 1) * d(_u)), where=(relation("≠", _u, ZERO),),
    say="the exponent comes down as a factor and drops by one", source=_APOSTOL,
)  # fmt: skip

general_power = Rule(
    "power rule, any exponent", d(_u**n), n * _u ** (n - 1) * d(_u), where=(relation(">", _u, ZERO),),
    say="the exponent comes down as a factor and drops by one", source="Apostol, Calculus I, 6.16",
)  # fmt: skip

square_root = Rule(
    "derivative of a square root", d(root(_u)), 1 / (2 * root(_u)) * d(_u), where=(relation(">", _u, ZERO),),
    say="the derivative of what stands under the root, over twice the root", source=_APOSTOL,
)  # fmt: skip
root_two_lost = square_root.mistaken(
    "factor two lost under a root", 1 / root(_u) * d(_u),
    say="the root stands twice in the denominator", kind="constant-factor",
)  # fmt: skip

root_inner_lost = square_root.mistaken(
    "inner derivative of a root lost", 1 / (2 * root(_u)), say="the derivative of what stands under the root is a factor",
    kind="dropped-chain-factor",
)  # fmt: skip

any_root = Rule(
    "derivative of a root", d(root(_u, m)), 1 / (m * root(_u, m) ** (m - 1)) * d(_u), where=(relation(">", _u, ZERO),),
    say="the power rule with exponent one over the degree", source=_APOSTOL,
)  # fmt: skip

exponential = Rule(
    "derivative of the exponential", d(E**f), E**f * d(f),
    say="the exponential stays, times the derivative of the exponent", source="Apostol, Calculus I, 6.16",
)  # fmt: skip
exponent_lowered = exponential.mistaken(
    "power rule used on an exponential", f * E ** (f - 1) * d(f),
    say="the variable stands in the exponent: the power rule does not apply", kind="power-or-log-rule",
)  # fmt: skip
inner_lost_in_exponential = exponential.mistaken(
    "inner derivative of an exponential lost", E**f,
    say="the derivative of the exponent is a factor", kind="dropped-chain-factor",
)  # fmt: skip

any_base = Rule(
    "exponential with another base", d(c**f), c**f * apply(_log, c) * d(f), where=(relation(">", c, ZERO),),
    say="a factor log of the base appears", source="Apostol, Calculus I, 6.16",
)  # fmt: skip
base_lost = any_base.mistaken(
    "logarithm of the base lost", c**f * d(f), say="only for base e the logarithm of the base is one", kind="log-base"
)  # fmt: skip

base_lowered = any_base.mistaken(
    "power rule used on an exponential with another base", f * c ** (f - 1) * d(f),
    say="the variable stands in the exponent: the power rule does not apply", kind="power-or-log-rule",
)  # fmt: skip

power_with_variable_exponent = Rule(
    "logarithmic differentiation", d(f**g), f**g * d(g * apply(_log, f)), where=(relation(">", f, ZERO),),
    say="write f^g as e^(g log f) and differentiate the exponent", source="Apostol, Calculus I, 6.16",
)  # fmt: skip

chain_rule = Rule(
    "chain rule", d(apply(phi, _u)), apply(prime(phi), _u) * d(_u),
    say="the derivative of the outer function at the inner one, times the inner derivative",
    source="Apostol, Calculus I, 4.10",
)  # fmt: skip
inner_lost = chain_rule.mistaken(
    "inner derivative lost", apply(prime(phi), _u), say="the derivative of the inner function is a factor",
    kind="dropped-chain-factor",
)  # fmt: skip
argument_differentiated = chain_rule.mistaken(
    "outer derivative at the inner derivative", apply(prime(phi), d(_u)),
    say="the outer derivative is taken at the inner function itself", kind="argument-of-function",
)  # fmt: skip

known_function = Rule(
    "chain rule, derivative not opened", d(apply(psi, _u)), apply(prime(psi), _u) * d(_u),
    say="the derivative of the outer function at the inner one, times the inner derivative",
    source="Apostol, Calculus I, 4.10",
)  # fmt: skip
known_inner_lost = known_function.mistaken(
    "inner derivative lost behind a prime", apply(prime(psi), _u), say="the derivative of the inner function is a factor",
    kind="dropped-chain-factor",
)  # fmt: skip

two_arguments = Rule(
    "chain rule for two arguments", d(apply(phi, f, g)),
    apply(prime(phi, 1), f, g) * d(f) + apply(prime(phi, 2), f, g) * d(g),
    say="one term for each argument that moves", source="Apostol, Calculus II, 8.8",
)  # fmt: skip
path_lost = two_arguments.mistaken(
    "second path lost", apply(prime(phi, 1), f, g) * d(f),
    say="the variable acts through both arguments", kind="missing-path",
)  # fmt: skip
