"""Elementary functions: the table on the inside cover, each line with the inner derivative as its last factor."""

from __future__ import annotations

from symderiv.rules.letters import c, d, letter
from symderiv.rules.rule import Rule
from symderiv.term.build import ONE, PI, ZERO, E, apply, cases, function, log_to, relation, root
from symderiv.term.kinds import Term

u = letter("u", "depends")
f, g = letter("f"), letter("g")
_APOSTOL = "Apostol, Calculus I, "


def _known(name: str) -> Term:
    return function(name, known=True)


sin, cos, tan, cot, sec, csc = map(_known, ("sin", "cos", "tan", "cot", "sec", "csc"))
arcsin, arccos, arctan, arccot = map(_known, ("arcsin", "arccos", "arctan", "arccot"))
arcsec, arccsc = _known("arcsec"), _known("arccsc")
sinh, cosh, tanh, coth = map(_known, ("sinh", "cosh", "tanh", "coth"))
sech, csch = _known("sech"), _known("csch")
arsinh, arcosh, artanh = map(_known, ("arsinh", "arcosh", "artanh"))
exp, log, ln, absolute, sign, erf = map(_known, ("exp", "log", "ln", "abs", "sign", "erf"))
maximum, minimum = _known("max"), _known("min")


def _line(fn: Term, derivative: Term, say: str, section: str, *where: Term) -> Rule:
    name = fn.data.name.base
    return Rule(f"derivative of {name}", d(apply(fn, u)), derivative, say, _APOSTOL + section, where=where)


def _between_minus_one_and_one(term: Term) -> Term:
    return relation(("<", "<"), -ONE, term, ONE)


d_exp = _line(exp, apply(exp, u) * d(u), "the exponential stays, times the inner derivative", "6.16")
d_log = _line(log, 1 / u * d(u), "the inner derivative over the argument", "6.8", relation(">", u, ZERO))
d_sin = _line(sin, apply(cos, u) * d(u), "sine becomes cosine, times the inner derivative", "4.10")
d_cos = _line(cos, -(apply(sin, u) * d(u)), "cosine becomes minus sine, times the inner derivative", "4.10")
d_tan = _line(tan, apply(sec, u) ** 2 * d(u), "tangent becomes secant squared", "4.6", relation("≠", apply(cos, u), ZERO))
d_cot = _line(
    cot, -(apply(csc, u) ** 2 * d(u)), "cotangent becomes minus cosecant squared", "4.6", relation("≠", apply(sin, u), ZERO)
)
d_sec = _line(
    sec, apply(sec, u) * apply(tan, u) * d(u), "secant becomes secant times tangent", "4.6",
    relation("≠", apply(cos, u), ZERO),
)  # fmt: skip
d_csc = _line(
    csc, -(apply(csc, u) * apply(cot, u) * d(u)), "cosecant becomes minus cosecant times cotangent", "4.6",
    relation("≠", apply(sin, u), ZERO),
)  # fmt: skip

d_arcsin = _line(
    arcsin, 1 / root(1 - u**2) * d(u), "one over the root of one minus the square", "6.22", _between_minus_one_and_one(u)
)
d_arccos = _line(
    arccos,
    -(1 / root(1 - u**2) * d(u)),
    "minus one over the root of one minus the square",
    "6.22",
    _between_minus_one_and_one(u),
)
d_arctan = _line(arctan, 1 / (1 + u**2) * d(u), "one over one plus the square", "6.22")
d_arccot = _line(arccot, -(1 / (1 + u**2) * d(u)), "minus one over one plus the square", "6.22")
_beyond_one = relation(">", apply(absolute, u), ONE)
d_arcsec = _line(
    arcsec, 1 / (apply(absolute, u) * root(u**2 - 1)) * d(u), "one over |u| times the root of u² − 1", "6.22", _beyond_one
)
d_arccsc = _line(
    arccsc, -(1 / (apply(absolute, u) * root(u**2 - 1)) * d(u)), "minus one over |u| times the root of u² − 1", "6.22",
    _beyond_one,
)  # fmt: skip

d_sinh = _line(sinh, apply(cosh, u) * d(u), "hyperbolic sine becomes hyperbolic cosine", "6.18")
d_cosh = _line(cosh, apply(sinh, u) * d(u), "hyperbolic cosine becomes hyperbolic sine, without a sign", "6.18")
d_tanh = _line(tanh, (1 - apply(tanh, u) ** 2) * d(u), "one minus its own square", "6.18")
d_coth = _line(coth, (1 - apply(coth, u) ** 2) * d(u), "one minus its own square", "6.18", relation("≠", u, ZERO))
d_sech = _line(sech, -(apply(sech, u) * apply(tanh, u) * d(u)), "minus itself times the hyperbolic tangent", "6.18")
d_csch = _line(
    csch, -(apply(csch, u) * apply(coth, u) * d(u)), "minus itself times the hyperbolic cotangent", "6.18",
    relation("≠", u, ZERO),
)  # fmt: skip
d_arsinh = _line(arsinh, 1 / root(1 + u**2) * d(u), "one over the root of one plus the square", "6.22")
d_arcosh = _line(
    arcosh, 1 / root(u**2 - 1) * d(u), "one over the root of the square minus one", "6.22", relation(">", u, ONE)
)
d_artanh = _line(artanh, 1 / (1 - u**2) * d(u), "one over one minus the square", "6.22", _between_minus_one_and_one(u))

d_log_base = Rule(
    "logarithm to another base", d(apply(log_to(c), u)), 1 / (u * apply(ln, c)) * d(u),
    say="the natural logarithm of the base stands in the denominator", source=_APOSTOL + "6.9",
    where=(relation(">", u, ZERO), relation(">", c, ZERO), relation("≠", c, ONE)),
)  # fmt: skip
base_forgotten = d_log_base.mistaken(
    "base of the logarithm forgotten", d(u) / u, say="only the natural logarithm has derivative 1/u", kind="log-base"
)

d_abs = _line(
    absolute, u / apply(absolute, u) * d(u), "plus one to the right of zero, minus one to the left", "4.4",
    relation("≠", u, ZERO),
)  # fmt: skip
d_sign = _line(sign, ZERO, "constant on each side of zero", "4.4", relation("≠", u, ZERO))
d_erf = _line(erf, 2 / root(PI) * E ** -(u**2) * d(u), "the bell curve, scaled by two over the root of pi", "7.1")
d_max = Rule(
    "derivative of a maximum", d(apply(maximum, f, g)), cases(d(f), relation(">", f, g), d(g), relation("<", f, g)),
    say="the derivative of the larger one; where both are equal there is a kink",
    source="Boyd and Vandenberghe, Convex Optimization, 3.2.3", where=(relation("≠", f, g),),
)  # fmt: skip
d_min = Rule(
    "derivative of a minimum", d(apply(minimum, f, g)), cases(d(f), relation("<", f, g), d(g), relation(">", f, g)),
    say="the derivative of the smaller one; where both are equal there is a kink",
    source="Boyd and Vandenberghe, Convex Optimization, 3.2.3", where=(relation("≠", f, g),),
)  # fmt: skip


def _piecewise(name: str, first: str, second: str, strict: tuple[str, str]) -> Rule:
    """Two pieces that meet where h = q; a second piece without a condition takes what is left."""
    condition = (relation(second, h, q),) if second else ()
    return Rule(
        f"derivative by cases ({name})",
        d(cases(f, relation(first, h, q), g, *condition)),
        cases(d(f), relation(strict[0], h, q), d(g), relation(strict[1], h, q)),
        say="each piece has its own derivative; the points where the pieces meet are left out",
        source=_APOSTOL + "4.4",
        where=(relation("≠", h, q),),
    )


h, q = letter("h"), letter("q")
d_cases_above = _piecewise("above, else at or below", ">", "≤", (">", "<"))
d_cases_from = _piecewise("from, else below", "≥", "<", (">", "<"))
d_cases_below = _piecewise("below, else from", "<", "≥", ("<", ">"))
d_cases_up_to = _piecewise("at or below, else above", "≤", ">", ("<", ">"))
d_cases_strict = _piecewise("above, below", ">", "<", (">", "<"))
d_cases_above_otherwise = _piecewise("above, otherwise", ">", "", (">", "<"))
d_cases_from_otherwise = _piecewise("from, otherwise", "≥", "", (">", "<"))
d_cases_below_otherwise = _piecewise("below, otherwise", "<", "", ("<", ">"))
d_cases_up_to_otherwise = _piecewise("at or below, otherwise", "≤", "", ("<", ">"))

sine_sign = d_sin.mistaken(
    "minus sign at the sine", -(apply(cos, u) * d(u)), say="only cosine brings a minus sign", kind="sign"
)
cosine_sign = d_cos.mistaken(
    "minus sign lost at the cosine", apply(sin, u) * d(u), say="the derivative of cosine is minus sine", kind="sign"
)
sine_inner_lost = d_sin.mistaken(
    "inner derivative of a sine lost", apply(cos, u), say="the inner derivative is a factor", kind="dropped-chain-factor"
)
log_upside_down = d_log.mistaken(
    "logarithm differentiated to itself over its argument", apply(log, u) / u * d(u),
    say="log disappears: its derivative is one over the argument", kind="power-or-log-rule",
)  # fmt: skip
log_inner_lost = d_log.mistaken(
    "inner derivative of a logarithm lost", 1 / u, say="the inner derivative is a factor", kind="dropped-chain-factor"
)
tanh_itself = d_tanh.mistaken(
    "tanh kept as its own derivative", apply(tanh, u) * d(u), say="the derivative is one minus tanh squared",
    kind="activation-derivative",
)  # fmt: skip
tanh_square_lost = d_tanh.mistaken(
    "square lost in the derivative of tanh", (1 - apply(tanh, u)) * d(u),
    say="the derivative is one minus the square of tanh", kind="activation-derivative",
)  # fmt: skip
tanh_plus = d_tanh.mistaken(
    "plus in the derivative of tanh", (1 + apply(tanh, u) ** 2) * d(u),
    say="the square of tanh is subtracted from one", kind="activation-derivative",
)  # fmt: skip
tanh_like_sigmoid = d_tanh.mistaken(
    "tanh differentiated like the sigmoid", apply(tanh, u) * (1 - apply(tanh, u)) * d(u),
    say="that is the sigmoid's derivative; of tanh it is one minus its square", kind="activation-derivative",
)  # fmt: skip
cosh_sign = d_cosh.mistaken(
    "minus sign at the hyperbolic cosine",
    -(apply(sinh, u) * d(u)),
    say="only the circular cosine brings a minus sign",
    kind="sign",
)
