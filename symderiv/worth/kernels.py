"""Kernels and what is true of them: powers, exponentials, logarithms, angles and signs brought to one form."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpz

from symderiv.worth.facts import is_positive, kernel_positive
from symderiv.worth.forms import (
    ONE,
    POWER,
    RAISE,
    REBUILD,
    REDUCTIONS,
    ZERO,
    Exponent,
    Form,
    Kernel,
    Monomial,
    NotNormal,
    Position,
    alone,
    collected,
    constant,
    delta,
    divided,
    kernel,
    monomial_text,
    multiplied,
    position_text,
    substituted,
)

PI = kernel("pi", None, (), "")
#: Multiples of an angle, and summands of one, that are multiplied out.
MULTIPLES, SUMMANDS = 6, 3
#: The largest power of a number that is computed.
LARGEST = 400


def exponent(value: Any) -> Exponent:
    """A rational exponent, an int where it is whole."""
    if isinstance(value, int):
        return value
    found = Fraction(int(value.p), int(value.q)) if isinstance(value, fmpq) else value
    return int(found) if found.denominator == 1 else found


def ratio(value: Exponent) -> fmpq:
    """An exponent as a coefficient."""
    return fmpq(value) if isinstance(value, int) else fmpq(value.numerator, value.denominator)


# Powers ---------------------------------------------------------------------------------------------------------------


def power(form: Form, to: Exponent) -> Form:
    """A form to a rational power. A power that is not whole is taken apart only over factors known to be positive."""
    if to == 0:
        return ONE
    if to == 1 or (not form.terms and to > 0):
        return form
    single = form.single
    if single is not None:
        return _power_of_monomial(single, to)
    if isinstance(to, int) and to > 0:
        return _multiplied_out(form, to)
    content, rest = primitive(form, whole=isinstance(to, int))
    return power(content, to) * alone(_poly(rest), to) if rest.single is None else power(content * rest, to)


RAISE.append(power)


def _multiplied_out(form: Form, to: int) -> Form:
    if to > POWER:
        raise NotNormal("power")
    result, square = ONE, form
    while to:
        if to & 1:
            result = result * square
        to >>= 1
        if to:
            square = square * square
    return result


def _power_of_monomial(single: tuple[dict[Kernel, Exponent], fmpq], to: Exponent) -> Form:
    factors, value = single
    if isinstance(to, int):
        if not value or abs(to) > LARGEST:
            raise NotNormal("power")
        return collected(value**to, {factor: exponent(old * to) for factor, old in factors.items()}, {})
    taken, left = ONE, dict[Kernel, Exponent]()
    for factor, old in factors.items():
        if kernel_positive(factor):
            taken = taken * alone(factor, exponent(old * to))
        elif isinstance(old, int) and old % 2 == 0:
            size = alone(factor) * sign(alone(factor))
            new = exponent(old * to)
            taken = taken * (power(size, new) if isinstance(new, int) else alone(_poly(size), new))
        else:
            left[factor] = old
    taken = taken * number_power(abs(value), to)
    if not left and value > 0:
        return taken
    inside = collected(fmpq(1) if value > 0 else fmpq(-1), left, {})
    return taken * alone(_poly(inside), to)


def number_power(value: fmpq, to: Exponent) -> Form:
    """A positive rational to a rational power: primes to powers between 0 and 1."""
    result = ONE
    for part, way in ((value.p, 1), (value.q, -1)):
        if part > 10**15:
            raise NotNormal("number")
        for base, times in fmpz(part).factor():
            result = result * alone(prime_number(int(base)), exponent(Fraction(int(times) * way) * to))
    return result


def prime_number(base: int) -> Kernel:
    """A prime under a root."""
    return kernel("prime", base, (), str(base))


def _prime_reduced(factor: Kernel, to: Exponent) -> Form | None:
    whole = to.numerator // to.denominator
    if whole == 0:
        return None
    if abs(whole) > LARGEST:
        raise NotNormal("power")
    rest = exponent(Fraction(to) - whole)
    left = alone(factor, rest) if rest else ONE
    return left.scaled(fmpq(factor.data) ** whole)


def _poly(form: Form) -> Kernel:
    return kernel("poly", None, (form,), "")


def _poly_reduced(factor: Kernel, to: Exponent) -> Form | None:
    """`P^{k + r}` with whole k > 0 is multiplied out, so that √u² is u."""
    whole = to.numerator // to.denominator
    if whole <= 0:
        return None
    rest = exponent(Fraction(to) - whole)
    out = _multiplied_out(factor.args[0], whole)
    return out * alone(factor, rest) if rest else out


def primitive(form: Form, whole: bool) -> tuple[Form, Form]:
    """A form as content times primitive form: common factors and the first coefficient out, its sign only if `whole`."""
    common: dict[Kernel, Exponent] | None = None
    for pairs, bounds in form.terms:
        inside = {letter for letter, _ in bounds}
        here = {factor: to for factor, to in pairs if factor.letters.isdisjoint(inside)}
        if common is None:
            common = dict(here)
        for factor in set(common) | set(here):
            common[factor] = min(common.get(factor, 0), here.get(factor, 0))
    out = dict[Kernel, Exponent]()
    for factor, to in (common or {}).items():
        share = to if whole or kernel_positive(factor) else 2 * (to // 2)
        if share:
            out[factor] = share
    lead = min(form.terms.items(), key=lambda item: monomial_text(item[0]))[1]
    scale = lead if whole else abs(lead)
    rest = multiplied(form, 1 / scale, {factor: -to for factor, to in out.items()})
    for factor, to in out.items():
        while factor.head == "poly" and isinstance(to, int) and to < 0 and rest.terms:
            quotient = divided(rest, factor.args[0])
            if quotient is None:
                break
            rest, to = quotient, to + 1
        out[factor] = to
    return collected(scale, out, {}), rest


def one_fraction(form: Form) -> Form:
    """A form over one denominator, multiplied out above it, so that equal arguments of functions look equal."""
    for factors, _ in form.terms:
        for factor, to in factors:
            if factor.head == "poly" and to < 0:
                content, rest = primitive(form, whole=True)
                return content * rest
    return form


# Exponential and logarithm ----------------------------------------------------------------------------------------------


def exp(form: Form) -> Form:
    """e to a form: one kernel a monomial, so that e^a e^b is e^{a+b}; e^{c log u} is u^c."""
    result, form = ONE, one_fraction(form)
    for monomial, value in form.terms.items():
        to = exponent(value)
        factors, bounds = monomial
        if not bounds and len(factors) == 1 and factors[0][0].head == "log" and factors[0][1] == 1:
            result = result * power(factors[0][0].args[0], to)
        else:
            result = result * alone(_exp_kernel(monomial), to)
    return result


def _exp_kernel(monomial: Monomial) -> Kernel:
    return kernel("exp", None, (Form({monomial: fmpq(1)}),), "")


def log(form: Form) -> Form:
    """The logarithm, taken apart over the factors known to be positive."""
    if not form.terms:
        raise NotNormal("zero")
    content, rest = primitive(form, whole=False) if form.single is None else (form, ONE)
    single = content.single
    assert single is not None
    factors, value = single
    result, left = _log_number(abs(value)), dict[Kernel, Exponent]()
    for factor, to in factors.items():
        if factor.head == "exp":
            result = result + factor.args[0].scaled(ratio(to))
        elif kernel_positive(factor):
            result = result + _log_kernel_or_number(factor).scaled(ratio(to))
        else:
            left[factor] = to
    inside = collected(fmpq(1) if value > 0 else fmpq(-1), left, {}) * rest
    if inside.number == 1:
        return result
    return result + _log_kernel(inside)


def _log_kernel_or_number(factor: Kernel) -> Form:
    if factor.head == "prime":
        return _log_number(fmpq(factor.data))
    return _log_kernel(factor.args[0] if factor.head == "poly" else alone(factor))


def _log_kernel(form: Form) -> Form:
    return alone(kernel("log", None, (form,), ""))


def _log_number(value: fmpq) -> Form:
    result = ZERO
    for part, way in ((value.p, 1), (value.q, -1)):
        if part > 10**15:
            raise NotNormal("number")
        for base, times in fmpz(part).factor():
            result = result + _log_kernel(constant(int(base))).scaled(fmpq(int(times) * way))
    return result


# Angles -----------------------------------------------------------------------------------------------------------------


def _angles(form: Form) -> list[tuple[Form, int]] | None:
    """An angle as whole multiples of angles that stand for themselves; None where it is too long to be taken apart."""
    if len(form.terms) > SUMMANDS:
        return None
    found = []
    for monomial, value in form.terms.items():
        times, below = int(value.p), int(value.q)
        if abs(times) > MULTIPLES:
            return None
        found.append((Form({monomial: fmpq(1, below)}), times))
    return found


def sine_cosine(form: Form) -> tuple[Form, Form]:
    """Sine and cosine of a form by the theorems of addition."""
    form = one_fraction(form)
    quarter = form.terms.get((((PI, 1),), ()))
    if quarter is not None and (2 * quarter).q == 1:
        rest = Form({monomial: value for monomial, value in form.terms.items() if monomial != (((PI, 1),), ())})
        sine, cosine = sine_cosine(rest)
        for _ in range(int((2 * quarter).p) % 4):
            sine, cosine = cosine, -sine
        return sine, cosine
    angles = _angles(form)
    if angles is None:
        return _whole_angle(form)
    sine, cosine = ZERO, ONE
    for angle, times in angles:
        s, c = _angle(angle)
        if times < 0:
            s = -s
        for _ in range(abs(times)):
            sine, cosine = sine * c + cosine * s, cosine * c - sine * s
    return sine, cosine


def _angle(form: Form) -> tuple[Form, Form]:
    return alone(kernel("sin", None, (form,), "")), alone(kernel("cos", None, (form,), ""))


def _whole_angle(form: Form) -> tuple[Form, Form]:
    lead = min(form.terms.items(), key=lambda item: monomial_text(item[0]))[1]
    if lead < 0:
        s, c = _angle(-form)
        return -s, c
    return _angle(form)


def _sin_reduced(factor: Kernel, to: Exponent) -> Form | None:
    """sin² is 1 - cos²."""
    if not isinstance(to, int) or to < 2:
        return None
    cosine = alone(kernel("cos", None, factor.args, ""))
    return (ONE - cosine * cosine) * alone(factor, to - 2)


# Signs ------------------------------------------------------------------------------------------------------------------


def sign(form: Form) -> Form:
    """The sign, of a product the product of signs; |u| is u sign u, and sign² is 1 where it is not 0."""
    form = one_fraction(form)
    if not form.terms:
        return ZERO
    if is_positive(form):
        return ONE
    if is_positive(-form):
        return -ONE
    single = form.single
    if single is None:
        content, rest = primitive(form, whole=True)
        return sign(content) * alone(kernel("sign", None, (rest,), ""))
    factors, value = single
    result = ONE if value > 0 else -ONE
    for factor, to in factors.items():
        if not isinstance(to, int) or kernel_positive(factor):
            continue
        result = result * alone(kernel("sign", None, (alone(factor),), ""), to)
    return result


def magnitude(form: Form) -> Form:
    """|u|."""
    return form * sign(form)


def _sign_reduced(factor: Kernel, to: Exponent) -> Form | None:
    if to == 1:
        return None
    if not isinstance(to, int):
        raise NotNormal("sign")
    return ONE if to % 2 == 0 else alone(factor)


def _delta_reduced(factor: Kernel, to: Exponent) -> Form | None:
    p, q = factor.args
    if p == q or (type(p) is int and type(q) is int):
        return delta(p, q)
    if to == 1:
        return None
    if not isinstance(to, int) or to < 0:
        raise NotNormal("delta")
    return alone(factor)


def natural_power(base: Form, to: Form) -> Form:
    """A power whose exponent is a whole number with a name in it, `x^{n-1}`: the number's share is multiplied out."""
    result = ONE
    single = base.single
    for monomial, value in to.terms.items():
        if not monomial[0]:
            result = result * power(base, exponent(value))
        elif value.q != 1:
            raise NotNormal("power")
        elif single is None or (len(single[0]) == 1 and single[1] == 1 and next(iter(single[0].values())) == 1):
            result = result * alone(_pow(base, monomial), exponent(value))
        else:
            share = Form({monomial: value})
            for factor, old in single[0].items():
                result = result * natural_power(alone(factor), share.scaled(ratio(old)))
            if single[1] != 1:
                result = result * alone(_pow(constant(single[1]), monomial), exponent(value))
    return result


def _pow(base: Form, monomial: Monomial) -> Kernel:
    return kernel("pow", None, (base, Form({monomial: fmpq(1)})), "")


# Matrices ---------------------------------------------------------------------------------------------------------------


def index_number(position: Position) -> Form:
    """An index letter as a number."""
    if isinstance(position, str):
        return alone(kernel("index", None, (position,), ""))
    return position if isinstance(position, Form) else constant(position)


def turned(form: Form, slots: tuple[str, str]) -> Form:
    """A matrix as a form over slots, with row and column changed for each other."""
    rows, columns = slots
    return substituted(substituted(form, {rows: columns, columns: "@turned"}), {"@turned": rows})


def inverse_entry(form: Form, slots: tuple[str, str], row: Position, column: Position) -> Form:
    """An entry of the inverse of a matrix: of a matrix and its transpose the first in order is kept."""
    other = turned(form, slots)
    if form.text == other.text:
        row, column = sorted((row, column), key=position_text)
    elif other.text < form.text:
        form, row, column = other, column, row
    return alone(kernel("inv", slots, (form, row, column), ",".join(slots)))


def determinant(form: Form, slots: tuple[str, str]) -> Form:
    """The determinant of a matrix, the same as that of its transpose."""
    chosen = min(form, turned(form, slots), key=lambda f: f.text)
    return alone(kernel("det", slots, (chosen,), ",".join(slots)))


# Other functions --------------------------------------------------------------------------------------------------------


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


def inverse_of(form: Form) -> Form:
    """1/u."""
    return power(form, -1)


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
    "relu": lambda u: half(u + magnitude(u)),
    "erf": odd_function("erf"),
    "Gamma": plain_function("Gamma"),
    "digamma": plain_function("digamma"),
    "sigma": lambda u: exp(u) * inverse_of(exp(u) + ONE),
    "softplus": lambda u: log(exp(u) + ONE),
}

REDUCTIONS.update(
    {
        "prime": _prime_reduced,
        "poly": _poly_reduced,
        "sin": _sin_reduced,
        "sign": _sign_reduced,
        "delta": _delta_reduced,
    }
)
REBUILD.update(
    {
        "exp": lambda factor, args: exp(args[0]),
        "log": lambda factor, args: log(args[0]),
        "sin": lambda factor, args: sine_cosine(args[0])[0],
        "cos": lambda factor, args: sine_cosine(args[0])[1],
        "sign": lambda factor, args: sign(args[0]),
        "delta": lambda factor, args: delta(args[0], args[1]),
        "poly": lambda factor, args: args[0],
        "index": lambda factor, args: index_number(args[0]),
        "inv": lambda factor, args: inverse_entry(args[0], factor.data, args[1], args[2]),
        "det": lambda factor, args: determinant(args[0], factor.data),
        "pow": lambda factor, args: natural_power(args[0], args[1]),
        "fn": lambda factor, args: FUNCTIONS[factor.label](args[0]),
    }
)
