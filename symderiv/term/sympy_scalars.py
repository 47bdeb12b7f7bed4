"""SymPy's scalar classes and the terms that they are: numbers, sums, products, powers, relations, cases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from symderiv.term.build import (
    INFINITY,
    ONE,
    PI,
    E,
    add,
    cases,
    fraction,
    minus,
    mul,
    num,
    of,
    power,
    relation,
    root,
)
from symderiv.term.from_sympy import Reader, Reading, unsupported
from symderiv.term.kinds import Term
from symderiv.term.shapes import shape

RELATIONS = {
    "Equality": "=", "Unequality": "≠", "StrictGreaterThan": ">", "GreaterThan": "≥", "StrictLessThan": "<",
    "LessThan": "≤",
}  # fmt: skip
_TURNED = {">": "<", "≥": "≤"}
#: More digits than this are written with a power of ten.
_LONGEST = 25


def signed(value: int) -> Term:
    """An integer, a negative one with its minus sign."""
    return num(value) if value >= 0 else minus(num(-value))


def rational(top: int, bottom: int) -> Term:
    """A fraction of integers, the sign before it."""
    if bottom == 1:
        return signed(top)
    return fraction(num(top), num(bottom)) if top >= 0 else minus(fraction(num(-top), num(bottom)))


def _float(reading: Reading, expr: Any) -> Term:
    text = repr(float(expr)) if expr._prec == 53 else str(expr)
    if not Decimal(text).is_finite():
        raise unsupported(expr, "a number that is not finite")
    value = Decimal(text)
    positive = _decimal(abs(value))
    return minus(positive) if value < 0 else positive


def _decimal(value: Decimal) -> Term:
    text = format(value, "f")
    if len(text) <= _LONGEST:
        return num(text)
    mantissa, exponent = format(value.normalize(), "E").split("E")
    return mul(num(mantissa), power(num(10), signed(int(exponent))))


def _sum(reading: Reading, expr: Any) -> Term:
    terms: list[Term] = []
    for arg in expr.args:
        term = reading(arg)
        terms.extend(term.args if term.kind == "sum" else (term,))
    return add(*reading.order.terms(terms))


def _product(reading: Reading, expr: Any) -> Term:
    quotient = Quotient(reading)
    for factor in expr.args:
        quotient.times(factor)
    return quotient.term()


class Quotient:
    """A product on its way to paper: numerator, denominator, sign, and the number in front."""

    __slots__ = ("above", "arrays", "below", "bottom", "reading", "top")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.above: list[Term] = []
        self.below: list[Term] = []
        self.arrays: list[Term] = []
        self.top, self.bottom = 1, 1

    def times(self, factor: Any) -> None:
        """One factor more; powers with a negative number go below the line."""
        if factor.is_Rational:
            self.top *= factor.p
            self.bottom *= factor.q
        elif factor.is_Pow and factor.exp.is_Rational and factor.exp.p < 0:
            self.below.append(raised(self.reading(factor.base), -factor.exp.p, factor.exp.q))
        else:
            self._put(self.reading(factor))

    def _put(self, term: Term) -> None:
        if term.kind == "minus":
            self.top = -self.top
            term = term.args[0]
        if term.kind != "product":
            self.above.append(term)
        elif all(shape(factor) == () for factor in term.args):
            self.above.extend(term.args)
        else:
            self.arrays.extend(term.args)

    def term(self) -> Term:
        """The quotient with its factors in written order, matrices last and as they stand."""
        top = self._side(abs(self.top), self.above, self.arrays)
        if self.below or self.bottom != 1:
            top = fraction(top, self._side(self.bottom, self.below, []))
        return minus(top) if self.top < 0 else top

    def _side(self, number: int, factors: list[Term], arrays: list[Term]) -> Term:
        ordered = self.reading.order.factors(factors) + arrays
        return mul(num(number), *ordered) if number != 1 or not ordered else mul(*ordered)


def _power(reading: Reading, expr: Any) -> Term:
    base, exponent = expr.args
    if exponent.is_Rational:
        if exponent.p < 0:
            return fraction(ONE, raised(reading(base), -exponent.p, exponent.q))
        return raised(reading(base), exponent.p, exponent.q)
    return power(reading(base), reading(exponent))


def raised(base: Term, top: int, bottom: int) -> Term:
    """`base^(top/bottom)`, a root where that is how it is written."""
    if bottom == 1:
        return base if top == 1 else power(base, num(top))
    return root(base, num(bottom)) if top == 1 else power(base, rational(top, bottom))


def _piecewise(reading: Reading, expr: Any) -> Term:
    parts: list[Term] = []
    for value, condition in expr.args:
        parts.append(reading(value))
        if condition is not True and condition != True:  # noqa: E712 SymPy's true is no bool
            parts.append(reading(condition))
    return cases(*parts)


def _relation(which: str) -> Reader:
    def read(reading: Reading, expr: Any) -> Term:
        return relation(which, reading(expr.args[0]), reading(expr.args[1]))

    return read


def _both(reading: Reading, expr: Any) -> Term:
    """`a < x` and `x < b` as one chain; no other pair of conditions has a way to be written."""
    sides = [reading(arg) for arg in expr.args]
    if len(sides) == 2 and all(side.kind == "relation" and side.data[0] in "<≤>≥" for side in sides):
        rising = [_rising(side) for side in sides]
        for first, second in (rising, rising[::-1]):
            if first.args[1] is second.args[0]:
                return relation((*first.data, *second.data), *first.args, second.args[1])
    raise unsupported(expr, "several conditions at once, other than a < x < b")


def _rising(side: Term) -> Term:
    sign = _TURNED.get(side.data[0])
    return relation(sign, *side.args[::-1]) if sign else side


READERS: dict[str, Reader] = {
    "Integer": lambda _, expr: signed(expr.p),
    "Rational": lambda _, expr: rational(expr.p, expr.q),
    "Float": _float,
    "Pi": lambda _, expr: PI,
    "Exp1": lambda _, expr: E,
    "Infinity": lambda _, expr: INFINITY,
    "NegativeInfinity": lambda _, expr: minus(INFINITY),
    "Symbol": Reading.symbol,
    "Add": _sum,
    "Mul": _product,
    "Pow": _power,
    "Piecewise": _piecewise,
    "And": _both,
    "Tuple": lambda reading, expr: of("tuple", *map(reading, expr.args)),
    **{cls: _relation(sign) for cls, sign in RELATIONS.items()},
}
