"""Kernels and what is true of them: exponentials, logarithms, angles, signs and matrices brought to one form."""

from __future__ import annotations

from flint import fmpq, fmpz

from symderiv.worth.normal.changing import substituted
from symderiv.worth.normal.facts import kernel_positive
from symderiv.worth.normal.forms import (
    ONE,
    REBUILD,
    REDUCTIONS,
    ZERO,
    Exponent,
    Form,
    Monomial,
    Position,
    alone,
    collected,
    constant,
    delta,
    monomial_text,
)
from symderiv.worth.normal.kernel import Kernel, NotNormal, kernel, position_text
from symderiv.worth.normal.powers import exponent, one_fraction, power, primitive, ratio, sign

PI = kernel("pi", None, (), "")


#: Multiples of an angle, and summands of one, that are multiplied out.
MULTIPLES, SUMMANDS = 6, 3


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


def _delta_reduced(factor: Kernel, to: Exponent) -> Form | None:
    p, q = factor.args
    if p == q or (type(p) is int and type(q) is int):
        return delta(p, q)
    if to == 1:
        return None
    if not isinstance(to, int) or to < 0:
        raise NotNormal("delta")
    return alone(factor)


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
        first, second = sorted((row, column), key=position_text)
        return alone(kernel("inv=", slots, (form, first, second), ",".join(slots)))
    if other.text < form.text:
        form, row, column = other, column, row
    return alone(kernel("inv", slots, (form, row, column), ",".join(slots)))


def determinant(form: Form, slots: tuple[str, str]) -> Form:
    """The determinant of a matrix, the same as that of its transpose."""
    chosen = min(form, turned(form, slots), key=lambda f: f.text)
    return alone(kernel("det", slots, (chosen,), ",".join(slots)))


REDUCTIONS.update(
    {
        "sin": _sin_reduced,
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
        "inv=": lambda factor, args: inverse_entry(args[0], factor.data, args[1], args[2]),
        "det": lambda factor, args: determinant(args[0], factor.data),
    }
)
