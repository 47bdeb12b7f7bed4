"""Points as a person would pick them: small fractions inside the declared domain, drawn from the content of the question."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import count, product
from math import prod
from typing import Literal

from flint import arb, ctx

from symderiv.term.build import FROM_ZERO, ONE, ZERO, ZEROS_OUTSIDE, bigsum, cases, entry, index, relation
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import fresh_index
from symderiv.worth.arrays import NoValue, Value
from symderiv.worth.evaluate import holds
from symderiv.worth.evidence import Exact
from symderiv.worth.setting import Setting, exact_value, index_letters
from symderiv.worth.unknown import seeded, spelled

Manner = Literal["small", "wide", "positive", "unit", "simple", "far"]

#: How many points of each manner are kept, how many draws that may take, and how many more wide ones come last.
KEPT, TRIED, FURTHER = 6, 60, 30
#: What is said of a largest or smallest entry that has no other beside it.
ALONE = "attained at one index only"
#: The most entries of an array that is drawn.
LARGEST = 400
#: How far the far points of a letter lie out: a kink may be anywhere.
REACH = (1, 2, 4, 8, 32, 128)
SIMPLE = (2, 3, 5, -1, -2, 4, 1, -3)


@dataclass(slots=True, eq=False, repr=False)
class Domain:
    """What `given` says about each letter: bounds, a fixed value, properties; and the relations left to be tried."""

    low: dict[Term, Fraction] = field(default_factory=dict)
    high: dict[Term, Fraction] = field(default_factory=dict)
    fixed: dict[Term, Fraction] = field(default_factory=dict)
    chosen: dict[Term, tuple[Fraction, ...]] = field(default_factory=dict)
    properties: dict[Term, list[str]] = field(default_factory=dict)
    tried: list[Term] = field(default_factory=list)
    first: int = 1
    zeros_outside: bool = False
    structured: dict[Term, list[str]] = field(default_factory=dict)


def domain(given: Iterable[Term]) -> Domain:
    """The domain that relations and properties declare.

    >>> from symderiv.term.build import *
    >>> x = name("x")
    >>> domain([relation(("<", "<"), num(0), x, num(1))]).high[x]
    Fraction(1, 1)
    """
    found = Domain()
    for fact in given:
        if fact.kind == "property" and not fact.args:
            found.first = 0 if fact.data == FROM_ZERO else found.first
            found.zeros_outside = found.zeros_outside or fact.data == ZEROS_OUTSIDE
        elif fact.kind == "property" and fact.data == ALONE:
            found.tried += [_attained_once(extreme) for extreme in fact.args]
        elif fact.kind == "property":
            for thing in fact.args:
                array, words = _whole_array(thing, fact.data)
                value = array.args[0] if array.kind == "named" else array
                if value.kind == "apply" and value.args[0].kind == "function":
                    found.structured.setdefault(value.args[0], []).append(words)
                found.properties.setdefault(array, []).append(words)
        elif fact.kind == "relation":
            if (whole := sum_to_one(fact)) is not None:
                found.properties.setdefault(whole, []).append("sum one")
                continue
            if _chosen(found, fact):
                continue
            for op, left, right in zip(fact.data, fact.args, fact.args[1:], strict=False):
                _bound(found, op, left, right)
                _bound(found, _TURNED.get(op, op), right, left)
            if not all(letter.kind == "index" for letter in fact.free) and not _tells_an_index(fact):
                found.tried.append(fact)
    found.tried = [fact for fact in found.tried if not _is_drawn_inside(found, fact)]
    return found


def _attained_once(extreme: Term) -> Term:
    """The same as an equation: one entry is the extreme one."""
    letter = fresh_index(index("k"), extreme.free)
    is_it = cases(ONE, relation("=", entry(extreme.args[1], letter), extreme), ZERO)
    return relation("=", bigsum(is_it, letter), ONE)


def _tells_an_index(fact: Term) -> bool:
    """`y_o = 1` says which position o is, not that every entry of y is 1."""
    return fact.data == ("=",) and any(side.kind == "entry" and index_letters(side) for side in fact.args)


def _whole_array(thing: Term, words: str) -> tuple[Term, str]:
    """The array of which each row (or, of its transpose, each column) has a property."""
    if thing.kind != "entry":
        return thing, words
    array = thing.args[0]
    return (array.args[0], f"{words} column") if array.kind == "transpose" else (array, words)


def _is_drawn_inside(found: Domain, fact: Term) -> bool:
    """Whether a relation only bounds a real number by a numeral, so that every number drawn for it fulfils it."""
    if len(fact.args) != 2 or fact.data[0] not in _TURNED:
        return False
    letter, other = fact.args if fact.args[0].kind == "name" else fact.args[::-1]
    if letter.kind != "name" or letter.data.shape or letter.data.domain != "real" or literal_value(other) is None:
        return False
    low, high = found.low.get(letter), found.high.get(letter)
    empty = low is not None and high is not None and low >= high
    return not empty and letter not in found.fixed and letter not in found.chosen


def _chosen(found: Domain, fact: Term) -> bool:
    """Whether a relation names the values that a letter may have, as `y_i ∈ {−1, 1}` does."""
    if fact.data != ("∈",) or fact.args[1].kind != "tuple":
        return False
    values = [literal_value(item) for item in fact.args[1].args]
    side = fact.args[0]
    letter = side.args[0] if side.kind == "entry" else side
    if letter.kind != "name" or None in values:
        return False
    found.chosen[letter] = tuple(value for value in values if value is not None)
    return True


_TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}


def _bound(found: Domain, op: str, side: Term, other: Term) -> None:
    letter = side.args[0] if side.kind == "entry" else side
    value = literal_value(other) if letter.kind == "name" else None
    if value is None:
        return
    if op in "<≤":
        found.high[letter] = min(value, found.high.get(letter, value))
    elif op in ">≥":
        found.low[letter] = max(value, found.low.get(letter, value))
    elif op == "=" and side is letter:
        found.fixed[letter] = value


def literal_value(term: Term) -> Fraction | None:
    """The value of a number that is written out, with sign and fraction line; else None."""
    if term.kind == "number":
        return Fraction(term.data[0])
    if term.kind not in ("minus", "fraction"):
        return None
    parts = [literal_value(arg) for arg in term.args]
    if term.kind == "minus" and parts[0] is not None:
        return -parts[0]
    if term.kind == "fraction" and parts[0] is not None and parts[1]:
        return parts[0] / parts[1]
    return None


def sum_to_one(fact: Term) -> Term | None:
    """The vector of which a relation `Σ_i y_i = 1` or `1ᵀy = 1` speaks."""
    if fact.data != ("=",) or literal_value(fact.args[1]) != 1:
        return None
    left = fact.args[0]
    if left.kind == "bigsum" and left.args[0].kind == "entry" and left.args[0].args[1:] == (left.args[1],):
        left = left.args[0].args[0]
    elif left.kind == "product" and len(left.args) == 2 and left.args[0].kind == "transpose":
        ones, left = left.args[0].args[0], left.args[1]
        if ones.kind != "ones":
            return None
    return left if left.kind == "name" else None


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
        """Sizes get small numbers that differ, none of them 1: 2, 3, 4 at one point, 3, 4, 2 at the next."""
        new = [size for size in sizes if size not in self.letters]
        around = max(len(new), 2)
        start = 2 + len(self.sizes)
        for place, size in enumerate(new):
            value = start + (place + self.number) % around
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
        return _array(draw, shape, properties, lambda: self._number(draw, term))

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
            return low + abs(self._free(draw))
        if high is not None:
            return high - abs(self._free(draw))
        return self._free(draw)

    def _free(self, draw: random.Random) -> Fraction:
        if self.manner == "simple":
            return Fraction(draw.choice(SIMPLE))
        if self.manner == "unit":
            return _unit(draw)
        if self.manner == "small":
            return Fraction(draw.choice((1, -1)) * draw.randint(1, 3), draw.choice((13, 15, 16, 17, 19)))
        below = draw.choice((7, 8, 9, 11, 13))
        value = Fraction(draw.randint(below // 4, below * 9 // 4), below)
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
        self.sizes = _rising(sizes, given)
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


def _array(draw: random.Random, shape: tuple[int, ...], properties: list[str], number: object) -> Exact:
    """An array with properties: every entry drawn, then what the properties say."""
    assert callable(number)
    words = " ".join(properties)
    if len(shape) == 1:
        return _vector(draw, shape[0], words, number)
    rows, columns = shape
    if "one-hot" in words:
        return _one_hot_rows(draw, rows, columns, "column" in words)
    matrix = [[number() for _ in range(columns)] for _ in range(rows)]
    if rows == columns:
        matrix = _structured(draw, matrix, words)
    return tuple(tuple(row) for row in matrix)


def _rising(sizes: list[Term], given: tuple[Term, ...]) -> list[Term]:
    """The sizes in their order, but one that is said to be at least another behind it: sizes are drawn one larger each."""
    below: dict[Term, set[Term]] = {size: set() for size in sizes}
    for fact in given:
        if fact.kind == "relation" and len(fact.args) == 2 and fact.data[0] in _TURNED and below.keys() >= set(fact.args):
            small, large = fact.args if fact.data[0] in "<≤" else fact.args[::-1]
            below[large].add(small)
    order: list[Term] = []
    while waiting := [size for size in sizes if size not in order]:
        free = [size for size in waiting if below[size] <= set(order)]
        order.append((free or waiting)[0])
    return order


def _vector(draw: random.Random, size: int, words: str, number: object) -> Exact:
    assert callable(number)
    if "one-hot" in words:
        hot = draw.randrange(size)
        return tuple(Fraction(int(place == hot)) for place in range(size))
    values = [number() for _ in range(size)]
    if "probability" in words or ("sum one" in words and all(value > 0 for value in values)):
        values = [abs(value) for value in values]
        return tuple(value / sum(values) for value in values)
    if "sum one" in words:
        return (*values[:-1], 1 - sum(values[:-1], Fraction(0)))
    return tuple(values)


def _one_hot_rows(draw: random.Random, rows: int, columns: int, by_column: bool) -> Exact:
    if by_column:
        hot = [draw.randrange(rows) for _ in range(columns)]
        return tuple(tuple(Fraction(int(hot[c] == r)) for c in range(columns)) for r in range(rows))
    hot = [draw.randrange(columns) for _ in range(rows)]
    return tuple(tuple(Fraction(int(hot[r] == c)) for c in range(columns)) for r in range(rows))


def _structured(draw: random.Random, matrix: list[list[Fraction]], words: str) -> list[list[Fraction]]:
    size = range(len(matrix))
    if "orthogonal" in words:
        return _orthogonal(draw, len(matrix))
    if "diagonal" in words:
        return [[matrix[r][c] if r == c else Fraction(0) for c in size] for r in size]
    if "positive definite" in words:
        shifted = [[value / 2 for value in row] for row in matrix]
        return [
            [sum((a * b for a, b in zip(shifted[r], shifted[c], strict=True)), Fraction(int(r == c))) for c in size]
            for r in size
        ]
    if "symmetric" in words:
        return [[matrix[min(r, c)][max(r, c)] for c in size] for r in size]
    return matrix


def _orthogonal(draw: random.Random, size: int) -> list[list[Fraction]]:
    """A product of two or three reflections, exact in fractions."""
    result = [[Fraction(int(r == c)) for c in range(size)] for r in range(size)]
    for _ in range(draw.choice((2, 3))):
        axis = [Fraction(draw.choice((-3, -2, -1, 1, 2, 3))) for _ in range(size)]
        square = sum(a * a for a in axis)
        along = [sum((axis[r] * result[r][c] for r in range(size)), Fraction(0)) for c in range(size)]
        result = [[result[r][c] - 2 * axis[r] * along[c] / square for c in range(size)] for r in range(size)]
    return result
