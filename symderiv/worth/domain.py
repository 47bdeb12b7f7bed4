"""The domain that `given` declares: bounds, fixed and chosen values, properties, and relations that are left to be tried."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from symderiv.term.build import FROM_ZERO, ONE, ZERO, ZEROS_OUTSIDE, bigsum, cases, entry, index, relation
from symderiv.term.kinds import Term
from symderiv.term.places import fresh_index, substitute
from symderiv.term.shapes import axes_of
from symderiv.worth.setting import index_letters

#: What is said of a largest or smallest entry that has no other beside it.
ALONE = "attained at one index only"


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


@lru_cache(maxsize=64)
def domain(given: tuple[Term, ...]) -> Domain:
    """The domain that relations and properties declare.

    >>> from symderiv.term.build import *
    >>> x = name("x")
    >>> domain((relation(("<", "<"), num(0), x, num(1)),)).high[x]
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
    """The same as an equation: one entry is the extreme one, which may have a name."""
    array = _formula(extreme).args[1]
    letters: list[Term] = []
    for _ in axes_of(array):
        letters.append(fresh_index(index("k"), extreme.free | set(letters)))
    count = cases(ONE, relation("=", entry(array, *letters), extreme), ZERO)
    for letter in reversed(letters):
        count = bigsum(count, letter)
    return relation("=", count, ONE)


def _formula(extreme: Term) -> Term:
    """What a name stands for, of an array that is given by its entries the entry."""
    if extreme.kind == "entry" and extreme.args[0].kind == "named" and extreme.args[0].args[0].kind == "stack":
        meaning = extreme.args[0].args[0]
        return substitute(meaning.args[0], dict(zip(meaning.args[1::2], extreme.args[1:], strict=True)))
    return extreme.args[0] if extreme.kind == "named" else extreme


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


def rising(sizes: list[Term], given: tuple[Term, ...]) -> list[Term]:
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
