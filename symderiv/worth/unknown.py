"""An unknown function is worth a random smooth one, drawn from its name, and its primes are that one's derivatives."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from fractions import Fraction
from functools import cache, lru_cache, reduce
from math import prod
from typing import Generic, NamedTuple, TypeVar

from flint import arb, arb_series, fmpq

from symderiv.term.build import Letter, Signature
from symderiv.worth.arrays import NAN, NOUGHT, Array, Number, Value, head

T = TypeVar("T")


def spelled(content: object) -> str:
    """The content as text, the same in every process."""
    return _letter(content) if isinstance(content, Letter) else repr(content)


@lru_cache(4096)
def _letter(letter: Letter) -> str:
    return repr(letter)


def seeded(*content: object) -> random.Random:
    """A generator that the content alone determines, the same in every process."""
    digest = hashlib.sha256("\x1f".join(map(spelled, content)).encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))


@lru_cache(4096)
def _coefficient(name: str, part: str, position: int) -> Fraction:
    draw = seeded(name, part, position)
    return Fraction(draw.choice([-1, 1]) * draw.randint(5, 23), draw.choice([13, 17, 19]))


def _ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


class Arithmetic(NamedTuple, Generic[T]):
    """What a smooth function is put together with: numbers that are balls, or terms that are shown."""

    constant: Callable[[Fraction], T]
    plus: Callable[[T, T], T]
    times: Callable[[T, T], T]
    sine: Callable[[T], T]
    exponential: Callable[[T], T]

    def smooth(self, name: str, parts: list[T]) -> T:
        """A smooth function of some parts: a square, a sine and a bounded exponential of linear forms in them."""
        bent, slope = self._form(name, "square", parts), self._form(name, "slope", parts)
        wave = self.plus(self._form(name, "sine", parts), self.constant(_coefficient(name, "phase", 0)))
        hill = self.exponential(self.sine(self._form(name, "hill", parts)))
        square = self.times(self.constant(_coefficient(name, "bend", 0) / 4), self.times(bent, bent))
        height = self.times(self.constant(_coefficient(name, "height", 0)), hill)
        return self.plus(self.plus(square, self.sine(wave)), self.plus(height, slope))

    def _form(self, name: str, part: str, parts: list[T]) -> T:
        """A linear form with coefficients drawn from the name."""
        terms = [self.times(self.constant(_coefficient(name, part, n)), item) for n, item in enumerate(parts)]
        return reduce(self.plus, terms) if terms else self.constant(Fraction(0))


#: The arithmetic of balls and power series.
BALLS: Arithmetic[Number] = Arithmetic(_ball, lambda x, y: y + x, lambda x, y: y * x, lambda x: x.sin(), lambda x: x.exp())


def smooth(name: str, numbers: list[Number]) -> Number:
    """An unknown function of some numbers."""
    return BALLS.smooth(name, numbers)


def name_of(signature: Signature, count: int) -> str:
    """What the coefficients of an unknown function of so many numbers are drawn from."""
    return repr((signature.name, count))


def call(signature: Signature, arguments: list[Value], sizes: tuple[int, ...]) -> Value:
    """The value of an unknown function whose output has these sizes."""
    numbers: list[Number] = []
    for value in arguments:
        numbers.extend(value.cells if type(value) is Array else [value])
    found = outputs(BALLS, signature, numbers, prod(sizes) if sizes else 0)
    return Array(sizes, found) if sizes else found[0]


def outputs(arithmetic: Arithmetic[T], signature: Signature, parts: list[T], count: int) -> list[T]:
    """The entries of what an unknown function gives, or for a count of 0 the number that it gives."""
    name = name_of(signature, len(parts))
    if not count:
        return [arithmetic.smooth(name, parts)]
    return [arithmetic.smooth(f"{name}/{position}", parts) for position in range(count)]


@cache
def directions(length: int) -> tuple[tuple[int, Fraction], ...]:
    """Speeds t and weights c with Σ c t^b = 1 for b = 1 and 0 for every other b below `length`.

    A function along a curve plus t·ε·e, weighed so, leaves only the term that is linear in t: ε times the derivative
    along e, on the curve.

    >>> directions(3)
    ((1, Fraction(1, 2)), (-1, Fraction(-1, 2)))
    """
    if length <= 2:
        return ((1, Fraction(1)),)
    speeds = range(1, length // 2 + 1)
    weights = []
    for t in speeds:
        weight = Fraction(1, 2 * t)
        for other in speeds:
            if other != t:
                weight *= Fraction(other * other, other * other - t * t)
        weights.append((t, weight))
    return tuple(pair for t, weight in weights for pair in ((t, weight), (-t, -weight)))


def linear_part(along: Callable[[int], Value], length: int) -> Value:
    """The derivative, known to `length` coefficients, of what `along(t)` gives to one more along speed t."""
    found = [(along(t), weight) for t, weight in directions(length + 1)]
    first = found[0][0]
    if type(first) is not Array:
        return _weighed([(value, weight) for value, weight in found], length)
    return Array(
        first.shape, [_weighed([(value.cells[p], w) for value, w in found], length) for p in range(len(first.cells))]
    )


def _weighed(parts: list[tuple[Number, Fraction]], length: int) -> Number:
    if len(parts) == 1:
        number = parts[0][0]
        return number[1] if type(number) is arb_series else still(number)
    result: Number = NOUGHT
    for number, weight in parts:
        result = number * _ball(weight) + result
    if type(result) is not arb_series:
        return still(result)
    return arb_series(result.coeffs()[1:], prec=length)


def still(number: Number) -> Number:
    """The derivative of what does not move, where it has a value."""
    return NOUGHT if head(number).is_finite() else NAN
