"""Points as a person would pick them: small fractions inside the declared domain, drawn from the content of the question."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import count, product
from math import prod
from typing import Literal

from flint import arb, ctx

from symderiv.term.kinds import Term, subterms
from symderiv.worth.arrays import NoValue, Value
from symderiv.worth.domain import Domain, domain, rising
from symderiv.worth.drawing import array, positions
from symderiv.worth.evaluate import holds
from symderiv.worth.evidence import Exact
from symderiv.worth.setting import Setting, exact_value, index_letters
from symderiv.worth.unknown import seeded, spelled

Manner = Literal["small", "wide", "positive", "unit", "simple", "far"]

#: How many points of each manner are kept, how many draws that may take, and how many more wide ones come last.
KEPT, TRIED, FURTHER = 6, 60, 30
#: The most entries of an array that is drawn.
LARGEST = 400
#: How far the far points of a letter lie out: a kink may be anywhere.
REACH = (1, 2, 4, 8, 32, 128)
SIMPLE = (2, 3, 5, -1, -2, 4, 1, -3)


@lru_cache(maxsize=256)
def digest(term: Term) -> str:
    """A short text that depends on the content of a term alone and is the same in every process.

    >>> from symderiv.term.build import *
    >>> digest(name("x") + 1) == digest(name("x") + 1) != digest(name("y") + 1)
    True
    """
    places: dict[Term, int] = {}
    lines = []
    for node in subterms(term):
        lines.append(f"{node.kind} {spelled(node.data)} {[places[arg] for arg in node.args]}")
        places[node] = len(places)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


class Point:
    """Exact values for letters, drawn when first asked for; the same letter gets the same value at the same point."""

    __slots__ = ("declared", "letters", "manner", "number", "seed", "settings", "sizes")

    def __init__(self, declared: Domain, seed: str, manner: Manner, number: int) -> None:
        self.declared = declared
        self.seed = seed
        self.manner = manner
        self.number = number
        self.letters: dict[Term, Exact] = {}
        self.sizes: list[Term] = []
        self.settings: dict[int, Setting] = {}

    def setting(self, bits: int) -> Setting:
        """The setting of this point in balls of so many bits; what it found is kept."""
        found = self.settings.get(bits)
        if found is None:
            found = self.settings[bits] = Setting(lambda term: self._ball(found, term))
            found.first, found.zeros_outside = self.declared.first, self.declared.zeros_outside
            found.structured = self.declared.structured
        return found

    def _ball(self, setting: Setting | None, term: Term) -> Value:
        assert setting is not None
        if term not in self.letters:
            self.letters[term] = self._drawn(setting, term)
        return exact_value(self.letters[term])

    def size_values(self) -> tuple[tuple[Term, int], ...]:
        """The sizes with their numbers."""
        return tuple((size, int(Fraction(self.letters[size]))) for size in self.sizes)  # type: ignore[arg-type]

    def settle_sizes(self, sizes: list[Term]) -> None:
        """Sizes get small numbers that differ, none of them 1: 2, 3, 4 at one point, 3, 4, 2 at the next.

        Every other far point, where kinks are looked for, has them all alike: there `a > b` and `a ≥ b` are told apart.
        """
        new = [size for size in sizes if size not in self.letters]
        around = max(len(new), 2)
        start, alike = 2 + len(self.sizes), self.manner == "far" and self.number % 2
        for place, size in enumerate(new):
            value = 2 + self.number % 3 if alike else start + (place + self.number) % around
            low = self.declared.low.get(size, Fraction(1))
            self.letters[size] = self.declared.fixed.get(size, Fraction(max(value, value + int(low) - 1)))
        self.sizes += new

    def _drawn(self, setting: Setting, term: Term) -> Exact:
        letter = term.data
        if letter.domain == "natural" and not letter.shape:
            self.settle_sizes([term])
            return self.letters[term]
        draw = seeded(self.seed, self.manner, self.number, letter)
        shape = tuple(setting.integer(size) for size in letter.shape)
        if prod(shape) > LARGEST:
            raise NoValue("size", term)
        properties = self.declared.properties.get(term, [])
        if not shape:
            return self._number(draw, term)
        if letter.domain == "set":
            return positions(draw, shape)
        return array(draw, shape, properties, lambda: self._number(draw, term))

    def _number(self, draw: random.Random, term: Term) -> Fraction:
        declared = self.declared
        if term in declared.fixed:
            return declared.fixed[term]
        if term in declared.chosen:
            return draw.choice(declared.chosen[term])
        low, high = declared.low.get(term), declared.high.get(term)
        if term.data.domain != "real":
            least = 1 if term.data.domain == "natural" else -4
            return Fraction(draw.randint(int(low) if low is not None else least, int(high) if high is not None else 6))
        if low is not None and high is not None:
            return low + (high - low) * _unit(draw)
        if low is not None:
            size = abs(self._free(draw))
            return low + size if low else size
        if high is not None:
            return high - abs(self._free(draw))
        return self._free(draw)

    def _free(self, draw: random.Random) -> Fraction:
        if self.manner == "simple":
            return Fraction(draw.choice(SIMPLE))
        if self.manner == "unit":
            return _unit(draw)
        if self.manner == "small":
            return Fraction(draw.choice((1, -1)) * draw.choice((1, 2, 3)), draw.choice((13, 15, 16, 17, 19)))
        below = draw.choice((7, 8, 9, 11, 13))
        value = Fraction(draw.choice(range(below // 4, below * 9 // 4 + 1)), below)
        if self.manner == "far":
            value *= draw.choice(REACH)
        return -value if self.manner in ("wide", "far") and draw.random() < 0.5 else value

    def inside(self, bits: int) -> bool:
        """Whether the relations given hold at this point."""
        setting = self.setting(bits)
        try:
            return all(holds_everywhere(setting, fact) for fact in self.declared.tried)
        except NoValue:
            return False


def holds_everywhere(setting: Setting, fact: Term) -> bool:
    """Whether a relation holds for all values of the index letters in it."""
    letters = index_letters(fact)
    for places in product(*(setting.range_of(letter, fact) for letter in letters)):
        setting.indices.update(zip(letters, places, strict=True))
        truth = holds(setting, fact) or _is_identity(setting, fact)
        for letter in letters:
            del setting.indices[letter]
        if not truth:
            return False
    return True


def _is_identity(setting: Setting, fact: Term) -> bool:
    """Whether the sides of an equation cannot be told apart: `W(x) e^{W(x)} = x` says what W is."""
    if fact.data != ("=",) or fact.kind != "relation":
        return False
    left, right = (setting.of(side) for side in fact.args)
    if type(left) is not arb or type(right) is not arb or not left.overlaps(right):
        return False
    return bool((left - right).rad() < arb(2) ** (-ctx.prec // 2))


def _unit(draw: random.Random) -> Fraction:
    below = draw.choice((11, 13, 16, 17, 19))
    return Fraction(draw.randint(1, below - 1), below)


class Points:
    """The points for one question, in a fixed order: one near zero, where no sigmoid is flat, then drawn wide, then
    positive, then between 0 and 1.

    Only points inside the declared domain are kept. `seed` is any text that names the question.
    """

    def __init__(self, given: tuple[Term, ...], seed: str, sizes: list[Term]) -> None:
        self.declared = domain(given)
        self.seed = seed
        self.sizes = rising(sizes, given)
        self.kept: list[Point] = []
        self._more = self._drawn()

    def __iter__(self) -> Iterator[Point]:
        for place in count():
            if place == len(self.kept):
                point = next(self._more, None)
                if point is None:
                    return
                self.kept.append(point)
            yield self.kept[place]

    def _drawn(self) -> Iterator[Point]:
        yield from self.of_manner("small", 1, 1)
        for manner in ("wide", "positive", "unit"):
            yield from self.of_manner(manner)
        yield from self.of_manner("wide", TRIED, FURTHER)

    def of_manner(self, manner: Manner, start: int = 0, most: int = KEPT) -> Iterator[Point]:
        """The points of one manner."""
        kept = 0
        for number in range(start, start + TRIED):
            point = Point(self.declared, self.seed, manner, number)
            point.settle_sizes(self.sizes)
            if point.inside(ctx.prec):
                kept += 1
                yield point
                if kept == most:
                    return
