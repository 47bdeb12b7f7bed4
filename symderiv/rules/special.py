"""Special functions: the gamma function, Bessel functions, Lambert's W, the unit step, and erfc."""

from __future__ import annotations

from symderiv.rules.elementary import absolute
from symderiv.rules.letters import d, letter
from symderiv.rules.rule import Rule
from symderiv.term.build import ONE, PI, TWO, ZERO, E, apply, bessel, function, minus, prime, relation, root
from symderiv.term.kinds import Term

u, nu = letter("u", "depends"), letter("nu", "free")
_DLMF = "NIST Digital Library of Mathematical Functions, "


def _known(name: str) -> Term:
    return function(name, known=True)


gamma, digamma, lambert, step, erfc = map(_known, ("Gamma", "digamma", "lambertw", "heaviside", "erfc"))
arcoth, arsech, arcsch = map(_known, ("arcoth", "arsech", "arcsch"))


def _line(name: str, fn: Term, derivative: Term, say: str, section: str, *where: Term) -> Rule:
    return Rule(f"derivative of {name}", d(apply(fn, u)), derivative, say, _DLMF + section, where=where)


d_gamma = _line(
    "the gamma function", gamma, apply(gamma, u) * apply(digamma, u) * d(u),
    "gamma times digamma, which is its logarithmic derivative", "5.2", relation(">", u, ZERO),
)  # fmt: skip
digamma_forgotten = d_gamma.mistaken(
    "gamma kept as its own derivative", apply(gamma, u) * d(u),
    say="the gamma function is not the exponential: digamma is a factor", kind="wrong-rule",
)  # fmt: skip
d_digamma = _line(
    "the digamma function", digamma, apply(prime(digamma), u) * d(u), "the trigamma function, which is written ψ′", "5.15",
    relation(">", u, ZERO),
)  # fmt: skip
trigamma_inner_lost = d_digamma.mistaken(
    "inner derivative of digamma lost", apply(prime(digamma), u), say="the inner derivative is a factor",
    kind="dropped-chain-factor",
)  # fmt: skip

d_bessel_zero = _line(
    "J₀", bessel(ZERO), -(apply(bessel(ONE), u) * d(u)), "J of order zero becomes minus J of order one", "10.6"
)
bessel_sign = d_bessel_zero.mistaken(
    "minus sign lost at J₀", apply(bessel(ONE), u) * d(u), say="J of order zero begins to fall: minus J of order one",
    kind="sign",
)  # fmt: skip
d_bessel = _line(
    "a Bessel function", bessel(nu), (apply(bessel(nu - 1), u) - apply(bessel(nu + 1), u)) / 2 * d(u),
    "half the difference of the two neighbouring orders", "10.6", relation(">", u, ZERO),
)  # fmt: skip
bessel_lowered = d_bessel.mistaken(
    "order of a Bessel function lowered", apply(bessel(nu - 1), u) * d(u),
    say="both neighbouring orders stand in the derivative", kind="wrong-rule",
)  # fmt: skip

d_lambert = _line(
    "Lambert’s W", lambert, apply(lambert, u) / (u * (1 + apply(lambert, u))) * d(u),
    "differentiate W e^W = u and solve for W′", "4.13", relation("≠", u, ZERO), relation(">", u, minus(ONE / E)),
)  # fmt: skip
lambert_like_a_logarithm = d_lambert.mistaken(
    "Lambert’s W differentiated like a logarithm", d(u) / u, say="the factor W/(1 + W) is missing", kind="wrong-rule"
)

d_step = _line("the unit step", step, ZERO, "constant on each side of the step", "1.16", relation("≠", u, ZERO))

d_erfc = _line(
    "erfc", erfc, -(2 / root(PI) * E ** -(u**TWO) * d(u)), "the bell curve with a minus sign, for erfc is 1 − erf", "7.10"
)
erfc_sign = d_erfc.mistaken(
    "minus sign lost at erfc", 2 / root(PI) * E ** -(u**TWO) * d(u), say="erfc falls where erf rises", kind="sign"
)

d_arcoth = _line(
    "arcoth", arcoth, 1 / (1 - u**TWO) * d(u), "one over one minus the square, as for artanh", "4.38",
    relation(">", apply(absolute, u), ONE),
)  # fmt: skip
arcoth_sign = d_arcoth.mistaken(
    "square and one exchanged at arcoth", 1 / (u**TWO - 1) * d(u), say="arcoth has the derivative of artanh", kind="sign"
)
d_arsech = _line(
    "arsech", arsech, -(1 / (u * root(1 - u**TWO)) * d(u)), "minus one over u times the root of 1 − u²", "4.38",
    relation(("<", "<"), ZERO, u, ONE),
)  # fmt: skip
arsech_sign = d_arsech.mistaken(
    "minus sign lost at arsech", 1 / (u * root(1 - u**TWO)) * d(u), say="arsech falls", kind="sign"
)
d_arcsch = _line(
    "arcsch", arcsch, -(1 / (apply(absolute, u) * root(1 + u**TWO)) * d(u)), "minus one over |u| times the root of 1 + u²",
    "4.38", relation("≠", u, ZERO),
)  # fmt: skip
arcsch_sign = d_arcsch.mistaken(
    "minus sign lost at arcsch", 1 / (apply(absolute, u) * root(1 + u**TWO)) * d(u), say="arcsch falls", kind="sign"
)
