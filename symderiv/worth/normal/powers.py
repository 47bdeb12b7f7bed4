"""Powers of forms: multiplied out, taken over factors known to be positive, or kept as kernels of primitive forms."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpq, fmpz

from symderiv.worth.normal.changing import RAISE, divided, multiplied
from symderiv.worth.normal.facts import is_positive, kernel_positive
from symderiv.worth.normal.forms import (
    ONE,
    POWER,
    REBUILD,
    REDUCTIONS,
    ZERO,
    Exponent,
    Form,
    Monomial,
    alone,
    collected,
    constant,
    monomial_text,
)
from symderiv.worth.normal.kernel import Kernel, NotNormal, kernel

#: The largest power of a number that is computed.
LARGEST = 400


def exponent(value: Any) -> Exponent:
    """A rational exponent, an int where it is whole."""
    if isinstance(value, int):
        return value
    top, bottom = (value.p, value.q) if isinstance(value, fmpq) else (value.numerator, value.denominator)
    return int(top) if bottom == 1 else Fraction(int(top), int(bottom))


def ratio(value: Exponent) -> fmpq:
    """An exponent as a coefficient."""
    return fmpq(value) if isinstance(value, int) else fmpq(value.numerator, value.denominator)


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
    if not form.terms:
        raise NotNormal("a power of zero")
    content, rest = primitive(form, whole=isinstance(to, int))
    return power(content, to) * alone(poly_kernel(rest), to) if rest.single is None else power(content * rest, to)


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
            taken = taken * (power(size, new) if isinstance(new, int) else alone(poly_kernel(size), new))
        else:
            left[factor] = old
    taken = taken * number_power(abs(value), to)
    if not left and value > 0:
        return taken
    inside = collected(fmpq(1) if value > 0 else fmpq(-1), left, {})
    return taken * alone(poly_kernel(inside), to)


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


def poly_kernel(form: Form) -> Kernel:
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


def inverse_of(form: Form) -> Form:
    """1/u."""
    return power(form, -1)


REDUCTIONS.update(
    {
        "prime": _prime_reduced,
        "poly": _poly_reduced,
        "sign": _sign_reduced,
    }
)


REBUILD.update(
    {
        "pow": lambda factor, args: natural_power(args[0], args[1]),
    }
)
