"""What an expectation is worth: a polynomial in independent entries, each power of an entry replaced by its moment.

The first two moments of an entry are its mean and what its variance makes of it; the higher ones are numbers of no
relation to them, so that an equality which needs more than means, variances and independence is refuted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from flint import arb, fmpq

from symderiv.term.kinds import Term
from symderiv.worth.arrays import NOUGHT, UNIT, NoValue, Number
from symderiv.worth.setting import Setting
from symderiv.worth.unknown import seeded

#: An entry of a random array (or a random number), and a product of such with their exponents.
Entry = tuple[Term, tuple[int, ...]]
Monomial = frozenset[tuple[Entry, int]]
Polynomial = dict[Monomial, arb]
#: The most terms that a polynomial may have.
MOST = 4000
_ONE: Monomial = frozenset()


def expectation(setting: Setting, term: Term) -> Number:
    """The mean, or the variance, of the body over the entries of its random names."""
    if setting.length > 1:
        raise NoValue("no-value", term)
    letters, means, variances = term.args[1::3], term.args[2::3], term.args[3::3]
    moments = {
        letter: (_number(setting, mean), _number(setting, variance))
        for letter, mean, variance in zip(letters, means, variances, strict=True)
    }
    body = _Polynomials(setting, frozenset(letters))(term.args[0])
    mean = _mean(body, moments)
    return mean if term.data == "E" else _mean(_times(body, body), moments) - mean * mean


def _number(setting: Setting, term: Term) -> arb:
    value = setting.of(term)
    if type(value) is not arb:
        raise NoValue("shape", term)
    return value


def _mean(body: Polynomial, moments: dict[Term, tuple[arb, arb]]) -> arb:
    total = NOUGHT
    for monomial, coefficient in body.items():
        for (letter, _), exponent in monomial:
            coefficient = coefficient * _moment(letter, exponent, *moments[letter])
        total = total + coefficient
    return total


def _moment(letter: Term, exponent: int, mean: arb, variance: arb) -> arb:
    if exponent < 3:
        return mean if exponent == 1 else variance + mean * mean
    drawn = Fraction(seeded("moment", letter.data, exponent).randint(20, 90), 7)
    return arb(fmpq(drawn.numerator, drawn.denominator))


class _Polynomials:
    """Terms as polynomials in the entries of some names."""

    def __init__(self, setting: Setting, letters: frozenset[Term]) -> None:
        self.setting, self.letters = setting, letters

    def __call__(self, term: Term) -> Polynomial:
        """The polynomial that a term is."""
        if term.free.isdisjoint(self.letters):
            return {_ONE: _number(self.setting, term)}
        if term in self.letters and not term.data.shape:
            return {frozenset({((term, ()), 1)}): UNIT}
        rule = _RULES.get(term.kind)
        if rule is None:
            raise NoValue("no-value", term)
        return rule(self, term)

    def entry(self, term: Term) -> Polynomial:
        """An entry of a random array."""
        array, *positions = term.args
        if array not in self.letters:
            raise NoValue("no-value", term)
        sizes = [self.setting.integer(size) for size in array.data.shape]
        places = tuple(self.setting.integer(position) for position in positions)
        if len(places) != len(sizes) or not all(0 < place <= size for place, size in zip(places, sizes, strict=True)):
            raise NoValue("no-entry", term)
        return {frozenset({((array, places), 1)}): UNIT}

    def bigsum(self, term: Term) -> Polynomial:
        """A sum over a range that is written."""
        body, letter, *limits = term.args
        ends = [self.setting.integer(limit) for limit in limits]
        places = range(ends[0], ends[1] + 1) if ends else self.setting.range_of(letter, body)
        indices, total = self.setting.indices, Polynomial()
        before = indices.get(letter)
        for place in places:
            indices[letter] = place
            total = _plus(total, self(body))
        indices.pop(letter, None)
        if before is not None:
            indices[letter] = before
        return total

    def power(self, term: Term) -> Polynomial:
        """A natural power."""
        base, found = self(term.args[0]), Polynomial({_ONE: UNIT})
        for _ in range(self.setting.integer(term.args[1])):
            found = _times(found, base)
        return found

    def product(self, term: Term) -> Polynomial:
        """A product of numbers."""
        found = self(term.args[0])
        for arg in term.args[1:]:
            found = _times(found, self(arg))
        return found

    def sum(self, term: Term) -> Polynomial:
        """A sum of numbers."""
        found = self(term.args[0])
        for arg in term.args[1:]:
            found = _plus(found, self(arg))
        return found

    def minus(self, term: Term) -> Polynomial:
        """The negative."""
        return {monomial: -coefficient for monomial, coefficient in self(term.args[0]).items()}

    def fraction(self, term: Term) -> Polynomial:
        """A quotient by what is not random."""
        below = _number(self.setting, term.args[1])
        return {monomial: coefficient / below for monomial, coefficient in self(term.args[0]).items()}

    def named(self, term: Term) -> Polynomial:
        """What a name stands for."""
        return self(term.args[0])


_RULES: dict[str, Callable[[_Polynomials, Term], Polynomial]] = {
    kind: getattr(_Polynomials, kind)
    for kind in ("entry", "bigsum", "power", "product", "sum", "minus", "fraction", "named")
}


def _plus(first: Polynomial, second: Polynomial) -> Polynomial:
    found = dict(first)
    for monomial, coefficient in second.items():
        found[monomial] = found[monomial] + coefficient if monomial in found else coefficient
    return found


def _times(first: Polynomial, second: Polynomial) -> Polynomial:
    if len(first) * len(second) > MOST:
        raise NoValue("size")
    found: Polynomial = {}
    for one, factor in first.items():
        for other, coefficient in second.items():
            powers = Counter(dict(one))
            powers.update(dict(other))
            monomial, product = frozenset(powers.items()), factor * coefficient
            found[monomial] = found[monomial] + product if monomial in found else product
    return found
