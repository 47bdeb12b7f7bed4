"""Monomials: a coefficient and powers of bases, the form in which factors cancel and like terms are found."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

from symderiv.deriving.neat import REMEMBERED, numeral, value_of
from symderiv.term.build import ZERO, E, add, fraction, minus, mul, num, power, root
from symderiv.term.kinds import Term
from symderiv.term.shapes import shape

Number = Fraction | int
Powers = dict[Term, Number]
Key = frozenset[tuple[Term, Number]]

#: More terms than this are not multiplied out: no person would.
MOST_TERMS = 24


class Monomial:
    """`coefficient · Π base^exponent`; bases in the order in which they were written, none with exponent zero."""

    __slots__ = ("_key", "coefficient", "powers")

    def __init__(self, coefficient: Number, powers: Powers) -> None:
        self.coefficient = coefficient
        self.powers = powers
        self._key: Key | None = None

    @property
    def key(self) -> Key:
        """Like terms have the same key."""
        if self._key is None:
            self._key = frozenset(self.powers.items())
        return self._key

    def times(self, other: Monomial) -> Monomial:
        """The product, exponents added, in the written order."""
        if not other.powers:
            return Monomial(self.coefficient * other.coefficient, self.powers)
        powers = self.powers.copy()
        for base, exponent in other.powers.items():
            _raise(powers, base, exponent)
        return Monomial(self.coefficient * other.coefficient, powers)

    def to(self, exponent: Number) -> Monomial:
        """A power; of the coefficient only a whole one."""
        coefficient: Number = 1 if self.coefficient == 1 else Fraction(self.coefficient) ** int(exponent)
        return Monomial(coefficient, {base: old * exponent for base, old in self.powers.items()})


def _raise(powers: Powers, base: Term, exponent: Number) -> None:
    total = powers.get(base, 0) + exponent
    if total:
        powers[base] = total
    else:
        powers.pop(base, None)


@lru_cache(maxsize=REMEMBERED)
def monomial(term: Term) -> Monomial:
    """The factors of a term, through products, fractions, signs and numerical powers; a sum is one base.

    >>> from symderiv.term.build import name
    >>> x = name("x")
    >>> sorted(monomial(x**2 * 3 / x).powers.values()), monomial(x**2 * 3 / x).coefficient
    ([1], 3)
    """
    match term.kind:
        case "number" if term.data[1] is None:
            return Monomial(term.data[0], {})
        case "minus":
            inner = monomial(term.args[0])
            return Monomial(-inner.coefficient, inner.powers)
        case "product" if shape(term) == () and all(shape(arg) == () for arg in term.args):
            result = monomial(term.args[0])
            for arg in term.args[1:]:
                result = result.times(monomial(arg))
            return result
        case "fraction":
            return monomial(term.args[0]).times(monomial(term.args[1]).to(-1))
        case "power":
            return _power(term)
        case "root" if term.args[1].kind == "number":
            return _root(term)
    return Monomial(1, {term: 1})


def _power(term: Term) -> Monomial:
    base, exponent = term.args
    number = value_of(exponent)
    if number is not None and not _is_number(base):
        if number == int(number):
            return monomial(base).to(int(number))
        return Monomial(1, {base: number})
    if exponent.kind == "sum":
        shift = value_of(exponent.args[-1])
        if shift is not None and shift == int(shift) and not _is_number(base) and base.kind != "constant":
            symbolic = add(*exponent.args[:-1])
            return Monomial(1, {power(base, symbolic): 1}).times(monomial(base).to(int(shift)))
    if base is E:
        return _exponential(term, exponent)
    if exponent.kind == "minus":
        return Monomial(1, {power(base, exponent.args[0]): -1})
    return Monomial(1, {term: 1})


def _exponential(term: Term, exponent: Term) -> Monomial:
    """`e^{2x}` is `e^x` squared, so that it meets other powers of `e^x`."""
    inner = exponent.args[0] if exponent.kind == "minus" else exponent
    times = value_of(inner.args[0]) if inner.kind == "product" else None
    if times is None or times != int(times) or times < 2:
        return Monomial(1, {term: 1})
    rest = mul(*inner.args[1:])
    return Monomial(1, {power(E, minus(rest) if exponent.kind == "minus" else rest): times})


def _root(term: Term) -> Monomial:
    radicand, degree = term.args
    if _is_number(radicand) or degree.data[1] is not None:
        return Monomial(1, {term: 1})
    return Monomial(1, {radicand: Fraction(1, degree.data[0])})


def _is_number(term: Term) -> bool:
    return value_of(term) is not None


def written(mono: Monomial) -> Term:
    """The monomial as a person writes it: sign, numbers, factors, one fraction."""
    above: list[Term] = []
    below: list[Term] = []
    for base, exponent in _joined(mono.powers).items():
        (above if exponent > 0 else below).append(_raised(base, exponent if exponent > 0 else -exponent))
    coefficient = mono.coefficient
    top = _product(abs(coefficient.numerator), above)
    result = fraction(top, _product(coefficient.denominator, below)) if below or coefficient.denominator != 1 else top
    return minus(result) if coefficient < 0 and result is not ZERO else result


def _joined(powers: Powers) -> Powers:
    """`x^a · x^{-1}` as `x^{a-1}`, and `e^u · e^{-u}` gone: factors that a person writes as one power."""
    if all(base.kind != "power" for base in powers):
        return powers
    joined = dict(powers)
    for base, exponent in powers.items():
        if base.kind == "power" and exponent == 1 and base.args[0] in joined and joined[base.args[0]].denominator == 1:
            shift = joined.pop(base.args[0])
            new = power(base.args[0], base.args[1] + numeral(shift))
            joined = {new if old is base else old: value for old, value in joined.items()}
        if base.kind == "power" and base.args[0] is E and base in joined:
            opposite = power(E, minus(base.args[1]))
            common: Number = min(joined[base], joined.get(opposite, 0))
            if common > 0:
                _raise(joined, base, -common)
                _raise(joined, opposite, -common)
    return joined


def _raised(base: Term, exponent: Number) -> Term:
    if exponent == 1:
        return base
    if exponent == Fraction(1, 2):
        return root(base)
    if base.kind == "power" and base.args[0] is E and exponent == int(exponent):
        return power(E, _scaled(base.args[1], int(exponent)))
    return power(base, numeral(exponent))


def _scaled(exponent: Term, factor: int) -> Term:
    if exponent.kind == "minus":
        return minus(_scaled(exponent.args[0], factor))
    return num(factor) * exponent


def _product(coefficient: int, factors: list[Term]) -> Term:
    return mul(*factors) if coefficient == 1 else mul(num(coefficient), *factors)


def terms_of(term: Term) -> list[Monomial]:
    """The terms of a sum as monomials; of anything else its one."""
    return [monomial(arg) for arg in term.args] if term.kind == "sum" else [monomial(term)]


def collected(monos: list[Monomial]) -> list[Monomial]:
    """Like terms added, in the order in which they first stand."""
    found: dict[Key, Monomial] = {}
    for mono in monos:
        known = found.get(mono.key)
        if known is None:
            found[mono.key] = mono
        else:
            found[mono.key] = Monomial(known.coefficient + mono.coefficient, known.powers)
    return [mono for mono in found.values() if mono.coefficient]


def multiplied_out(monos: list[Monomial]) -> list[Monomial] | None:
    """Every sum that stands as a factor multiplied out; None if that would become too long."""
    result: list[Monomial] = []
    for mono in monos:
        parts = [Monomial(mono.coefficient, {})]
        for base, exponent in mono.powers.items():
            if base.kind == "sum" and exponent > 0 and exponent == int(exponent):
                inner = multiplied_out(terms_of(base))
                if inner is None or len(parts) * len(inner) ** int(exponent) > MOST_TERMS:
                    return None
                for _ in range(int(exponent)):
                    parts = [part.times(other) for part in parts for other in inner]
            else:
                parts = [part.times(Monomial(1, {base: exponent})) for part in parts]
        result.extend(parts)
        if len(result) > MOST_TERMS:
            return None
    return result


def common_factor(monos: list[Monomial]) -> Monomial:
    """The monomial that divides every term; negative exponents are the common denominator."""
    powers: Powers = {}
    for base in dict.fromkeys(base for mono in monos for base in mono.powers):
        lowest = min([mono.powers.get(base, 0) for mono in monos])
        if lowest:
            powers[base] = lowest
    coefficient = _common_coefficient([mono.coefficient for mono in monos])
    return Monomial(coefficient, powers)


def _common_coefficient(values: list[Number]) -> Number:
    size: Number = gcd(*[value.numerator for value in values])
    below = lcm(*[value.denominator for value in values])
    if below != 1:
        size = Fraction(size) / below
    return -size if all(value < 0 for value in values) else size


def total(monos: list[Monomial]) -> Term:
    """The monomials added: terms of higher degree in plain letters first where all are plain, else as they came."""
    if not monos:
        return ZERO
    if len(monos) > 1 and all(_is_plain(mono) for mono in monos):
        monos = sorted(monos, key=lambda mono: -sum(mono.powers.values()))
    terms = [written(mono) for mono in monos]
    if terms[0].kind == "minus":
        positive = next((spot for spot, term in enumerate(terms) if term.kind != "minus"), 0)
        terms.insert(0, terms.pop(positive))
    return add(*terms)


def _is_plain(mono: Monomial) -> bool:
    return all(base.kind == "name" and exponent > 0 for base, exponent in mono.powers.items())
