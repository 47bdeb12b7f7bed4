"""A setting gives letters their values, some of them moving along a curve; in it every term has a value, found once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from flint import arb, arb_series, ctx, fmpq

from symderiv.term.kinds import BINDERS, Term, subterms
from symderiv.term.shapes import Clash, shape
from symderiv.worth.arrays import Array, NoValue, Number, Value, each, whole
from symderiv.worth.unknown import linear_part, seeded, still

#: A letter moved: the letter, the entry that moves (or EVERY, a seeded direction), the speed, and the power of ε.
Move: TypeAlias = tuple[Term, int, int, int]
#: Letters bound to the values of terms, with the values of the index letters at that moment.
Bind: TypeAlias = tuple[tuple[Term, ...], tuple[Term, ...], tuple[tuple[Term, int], ...]]
Step: TypeAlias = "Move | Bind"

EVERY = -1

#: Series longer than this are differentiated by a move along a high power of ε, shorter ones along several speeds.
SHORT = 4

#: The most entries by which a derivative is computed one at a time, and the most summands of a sum.
WIDEST, LONGEST = 150, 4000

#: How each kind of term is evaluated in a setting; filled by `evaluate`.
EVALUATE: dict[str, Callable[[Setting, Term], Value]] = {}


class Setting(dict[Any, Value]):
    """Values for letters and, found when asked, for every term over them.

    The first setting of a point has `length` 1 and balls for values. A step moves a letter to `x + speed·ε` or binds it;
    values are then power series in ε known to `length` coefficients. A term that the step does not touch is asked of the
    setting before it, so that everything is computed once.
    """

    __slots__ = (
        "base", "draw", "first", "indices", "length", "longer_root", "moved", "ranges", "root", "settings", "step",
        "steps", "structured", "zeros_outside",
    )  # fmt: skip

    def __init__(self, draw: Callable[[Term], Value]) -> None:
        self.draw = draw
        #: The number of the first position, and whether entries outside an array are zero.
        self.first = 1
        self.zeros_outside = False
        #: Unknown functions whose values are matrices with a property.
        self.structured: dict[Term, list[str]] = {}
        self.root = self
        self.base: Setting | None = None
        self.length = 1
        self.longer_root: Callable[[int], Setting] | None = None
        self.steps: tuple[Step, ...] = ()
        self.step: Step | None = None
        self.moved: frozenset[Term] = frozenset()
        self.indices: dict[Term, int] = {}
        self.ranges: dict[Term, range] = {}
        self.settings: dict[tuple[tuple[Step, ...], int], Setting] = {}

    #: The value of a term, found once; of a term with free index letters once for their values of the moment.
    of = dict.__getitem__

    def __missing__(self, term: Term) -> Value:
        letters = indices_in(term.free)
        if letters:
            return self._at_indices(term, letters)
        value = self[term] = self._found(term)
        return value

    def _at_indices(self, term: Term, letters: tuple[Term, ...]) -> Value:
        key = (term, *[self.indices.get(letter) for letter in letters])
        value = self.get(key)
        if value is None:
            value = self[key] = self._found(term)
        return value

    def _found(self, term: Term) -> Value:
        if self.base is not None and self.moved.isdisjoint(term.free):
            return self.base.of(term)
        rule = EVALUATE.get(term.kind)
        if rule is None:
            raise NoValue("no-value", term)
        return rule(self, term)

    def at(self, steps: tuple[Step, ...], length: int) -> Setting:
        """The setting that these steps lead to from the point, with series of this length."""
        root = self.root
        if not steps:
            if root.longer_root is None or length <= root.length:
                return root
            if (steps, length) not in root.settings:
                root.settings[steps, length] = root.longer_root(length)
            return root.settings[steps, length]
        found = root.settings.get((steps, length))
        if found is None:
            found = root.settings[steps, length] = Setting(root.draw)
            found.root, found.indices, found.ranges = root, root.indices, root.ranges
            found.first, found.zeros_outside, found.structured = root.first, root.zeros_outside, root.structured
            found.base, found.length, found.steps, found.step = self.at(steps[:-1], length), length, steps, steps[-1]
            first = steps[-1][0]
            found.moved = frozenset(first) if isinstance(first, tuple) else frozenset((first,))
        return found

    def longer(self, by: int) -> Setting:
        """The same letters on the same curve, with series known further."""
        return self.at(self.steps, self.length + by)

    def letter(self, term: Term) -> Value:
        """The value of a name, drawn, bound or moved."""
        if self.base is None or self.step is None:
            return self.draw(term)
        first = self.step[0]
        if isinstance(first, tuple):
            return self.base.of(self.step[1][first.index(term)])  # type: ignore[index]
        return moved(self.base.of(term), self.step, self.length)  # type: ignore[arg-type]

    def derivative(self, body: Term, letter: Term, flat: int) -> Value:
        """The derivative of a term by one entry of a letter (or along its seeded direction), read off a power series."""
        if letter not in body.free:
            return each(still, self.of(body))
        length = self.length
        if length == 1:
            return each(linear, self.at((*self.steps, (letter, flat, 1, 1)), 2).of(body))
        if self.steps == ((letter, flat, 1, 1),):
            return each(lambda number: slope(number, length), self.longer(1).of(body))
        if SHORT < length <= ctx.cap // 2:
            there = self.at((*self.steps, (letter, flat, 1, length)), 2 * length).of(body)
            return each(lambda moved, still: second_half(moved - still, length), there, self.longer(length).of(body))

        def along(speed: int) -> Value:
            return self.at((*self.steps, (letter, flat, speed, 1)), length + 1).of(body)

        return linear_part(along, length)

    def integer(self, term: Term) -> int:
        """The whole number that a size, a limit or a position is worth."""
        if term.kind == "index" and term in self.indices:
            return self.indices[term]
        value = self.of(term)
        if type(value) is not arb or not value.is_integer():
            raise NoValue("no-size", term)
        return whole(value)

    def range_of(self, letter: Term, body: Term) -> range:
        """The values of an index letter without limits: all positions of the array where it stands.

        Where it stands in a delta only, `Σ_i δ_ij`, it runs as far as the letter beside it.
        """
        size = position_size(letter, body)
        if size is not None:
            return range(self.first, self.integer(size) + self.first)
        beside = [node.args for node in subterms(body) if node.kind == "delta" and letter in node.args]
        known = [self.ranges[other] for pair in beside for other in pair if other in self.ranges]
        if not known and self.zeros_outside and (size := shifted_size(letter, body)) is not None:
            return range(self.first, self.integer(size) + self.first)
        if not known:
            raise NoValue("no-range", letter)
        return known[0]

    def entries(self, count: int, where: Term) -> range:
        """The entries of an array by which something is differentiated, if there are not too many."""
        if count > WIDEST:
            raise NoValue("size", where)
        return range(count)


def linear(number: Number) -> Number:
    """The coefficient of ε in a number known to two coefficients."""
    return number[1] if type(number) is arb_series else still(number)


def slope(number: Number, length: int) -> Number:
    """The derivative in ε of a number known to one coefficient more than `length`."""
    if type(number) is not arb_series:
        return still(number)
    found = number.derivative()
    return found[0] if length == 1 else found


def second_half(number: Number, length: int) -> Number:
    """The coefficients from `length` on, of a number known to twice as many."""
    return arb_series(number.coeffs()[length:], prec=length) if type(number) is arb_series else still(number)


def moved(value: Value, step: Move, length: int) -> Value:
    """A value moved along the direction of a step."""
    letter, flat, speed, order = step
    if type(value) is not Array:
        rate = direction(letter, 0) * speed if flat == EVERY else Fraction(speed)
        return shifted(value, rate, length, order)
    cells = list(value.cells)
    for position in range(len(cells)) if flat == EVERY else (flat,):
        rate = direction(letter, position) * speed if flat == EVERY else Fraction(speed)
        cells[position] = shifted(cells[position], rate, length, order)
    return Array(value.shape, cells)


def shifted(number: Number, rate: Fraction, length: int, order: int = 1) -> arb_series:
    """number + rate·ε, or a power of ε."""
    ball = arb(rate.numerator) if rate.denominator == 1 else arb(fmpq(rate.numerator, rate.denominator))
    if type(number) is arb_series:
        return number + arb_series([0] * order + [ball], prec=length)
    return arb_series([number] + [0] * (order - 1) + [ball], prec=length)


def direction(letter: Term, position: int) -> Fraction:
    """The entry of the fixed direction dX in which a differential moves X."""
    return Fraction(seeded("direction", letter.data, position).randint(-9, 9) * 2 + 1, 7)


def index_letters(term: Term) -> tuple[Term, ...]:
    """The index letters that are free in a term, in a fixed order."""
    return indices_in(term.free)


@lru_cache(maxsize=4096)
def indices_in(letters: frozenset[Term]) -> tuple[Term, ...]:
    """The index letters among letters, in a fixed order."""
    found = [letter for letter in letters if letter.kind == "index"]
    return tuple(sorted(found, key=repr)) if len(found) > 1 else tuple(found)


def position_size(letter: Term, body: Term, seen: frozenset[Term] = frozenset()) -> Term | None:
    """The size of the array position where an index letter stands free, found also through a delta; None if nowhere."""
    partners = []
    for node in where_free(letter, body):
        if node.kind == "entry" and letter in node.args[1:]:
            sizes = shape(node.args[0])
            place = node.args.index(letter, 1) - 1
            if not isinstance(sizes, Clash) and place < len(sizes):
                return sizes[place]
        elif node.kind == "delta":
            partners += [other for other in node.args if other is not letter and other.kind == "index"]
    for other in partners:
        for scope in _scopes(other, body) if other not in seen else ():
            size = position_size(other, scope, seen | {letter})
            if size is not None:
                return size
    return None


def shifted_size(letter: Term, body: Term) -> Term | None:
    """The size of an axis on which a letter stands as `i - a + 1`: with zeros outside every value of it may be tried."""
    for node in where_free(letter, body):
        sizes = shape(node.args[0]) if node.kind == "entry" else ()
        for size, position in zip(() if isinstance(sizes, Clash) else sizes, node.args[1:], strict=False):
            if position.kind == "sum" and letter in position.args:
                return size
    return None


def _scopes(letter: Term, body: Term) -> Iterator[Term]:
    """The terms in which a letter stands free: the whole one, and what stands under a sum that binds it."""
    yield body
    for node in subterms(body):
        if node.kind in BINDERS and letter in node.args[BINDERS[node.kind]]:
            yield node.args[0]


def where_free(letter: Term, body: Term) -> Iterator[Term]:
    """The subterms in which a letter stands free; a sum that binds the same letter is not looked into."""
    seen, waiting = {body}, [body]
    while waiting:
        node = waiting.pop()
        if letter not in node.free:
            continue
        yield node
        binds = node.kind in BINDERS and letter in node.args[BINDERS[node.kind]]
        inside = [arg for arg in node.args[binds:] if arg not in seen]
        seen.update(inside)
        waiting.extend(reversed(inside))


def exact_value(exact: Any) -> Value:
    """A fraction or nested rows of fractions as balls at the precision of the moment."""
    if isinstance(exact, tuple):
        rows = [exact_value(part) for part in exact]
        if isinstance(exact[0], tuple):
            return Array((len(exact), len(exact[0])), [cell for row in rows for cell in row.cells])
        return Array((len(exact),), rows)
    fraction = exact if type(exact) is Fraction else Fraction(exact)
    return arb(fmpq(fraction.numerator, fraction.denominator))


def settled(letters: Mapping[Term, Any]) -> Setting:
    """The setting in which these letters have these exact values."""

    def draw(term: Term) -> Value:
        if term not in letters:
            raise NoValue("no-value", term)
        return exact_value(letters[term])

    return Setting(draw)
