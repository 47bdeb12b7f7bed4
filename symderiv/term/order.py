"""The order in which a person writes the terms of a sum and the factors of a product that nobody has written yet.

SymPy keeps no order. Sums fall in degree (`3x^2 + 2x + 1`), then come functions (`1 + e^{-x}`), and a minus does not stand
first where a plus can (`x - \\mu`). Products begin with numbers, then letters, brackets, roots, exponentials, functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from symderiv.term.kinds import Term
from symderiv.term.names import GREEK

#: (place of a factor, its letters) for a factor; (1 if it holds a function, -degree, letters) for a term of a sum.
Key = tuple[Any, ...]

NUMBER, CONSTANT, NAME, BRACKET, ROOT, EXPONENTIAL, FUNCTION, ARRAY = range(8)
_PLACES = {
    "number": NUMBER, "constant": CONSTANT, "name": NAME, "index": NAME, "named": NAME, "entry": NAME, "delta": NAME,
    "sum": BRACKET, "root": ROOT, "apply": FUNCTION, "bigsum": FUNCTION, "bigproduct": FUNCTION,
    "integral": FUNCTION, "limit": FUNCTION, "expectation": FUNCTION,
}  # fmt: skip
#: Where the factor stands that a term is told by.
_INTO = {"minus": 0, "product": -1, "fraction": 0}
#: How many letters of a formula order it.
_MOST = 4


class Order:
    """The orders of one formula's sums and products; what was found out about a part is kept."""

    def __init__(self) -> None:
        self._places: dict[Term, int] = {}
        self._letters: dict[Term, tuple[Key, ...]] = {}
        self._degrees: dict[Term, tuple[int, int]] = {}

    def factors(self, factors: list[Term]) -> list[Term]:
        r"""Scalar factors in written order: `3`, `\pi`, `x^2`, `(x + 1)`, `\sqrt{x}`, `e^x`, `\cos x`."""
        if len(factors) < 2:
            return factors
        return _sorted(factors, [self._place(factor) for factor in factors], self._letters_of)

    def terms(self, terms: list[Term]) -> list[Term]:
        r"""Terms in written order: by falling degree, then those with functions, a positive one first if it can be."""
        degrees = [self._degree(term) for term in terms]
        ordered = _sorted(terms, [(holds, -degree) for holds, degree in degrees], self._in_sum)
        if ordered[0].kind != "minus":
            return ordered
        first = next((k for k, term in enumerate(ordered) if term.kind != "minus"), 0)
        if first and (len(ordered) == 2 or self._degree(ordered[first])[0] or self._same_degree(ordered[: first + 1])):
            ordered = ordered[first:] + ordered[:first]
        return ordered

    def _same_degree(self, terms: list[Term]) -> bool:
        return len({self._degree(term) for term in terms}) == 1

    def _in_sum(self, term: Term) -> Key:
        letters = tuple((_late(key), *key) for key in self._letters_of(term))
        return letters, term.kind == "minus", *self._head(term)

    def _head(self, term: Term) -> tuple[int, str]:
        """What tells terms in the same letters apart: the last factor, by its place and its function."""
        while term.kind in _INTO:
            term = term.args[_INTO[term.kind]]
        if term.kind == "power":
            exponent = term.args[1].kind
            return self._place(term), f"{int(exponent == 'minus')} {exponent}"
        fn = term.args[0] if term.kind == "apply" else term
        return self._place(term), fn.data.name.base if fn.kind == "function" else term.kind

    def _place(self, term: Term) -> int:
        known = self._places.get(term)
        if known is None:
            if term.kind == "power":
                base = self._place(term.args[0])
                known = EXPONENTIAL if base in (NUMBER, CONSTANT) and term.free else base
            elif term.kind == "root" and not term.free:
                known = CONSTANT
            elif term.kind in ("fraction", "minus"):
                known = self._place(term.args[0])
            else:
                known = _PLACES.get(term.kind, ARRAY)
            self._places[term] = known
        return known

    def _degree(self, term: Term) -> tuple[int, int]:
        """(0, degree) of a polynomial in the letters, (1, 0) of anything else."""
        known = self._degrees.get(term)
        if known is None:
            known = self._degrees[term] = self._degree_of(term)
        return known

    def _degree_of(self, term: Term) -> tuple[int, int]:
        kind, args = term.kind, term.args
        if _PLACES.get(kind, ARRAY) == NAME:
            return 0, 1
        if not term.free and kind != "apply":
            return 0, 0
        if kind == "minus":
            return self._degree(args[0])
        if kind == "fraction":
            return (1, 0) if args[1].free else self._degree(args[0])
        if kind == "product":
            return _both(map(self._degree, args), sum)
        if kind == "sum":
            return _both(map(self._degree, args), max)
        if kind == "power" and args[1].kind == "number" and args[1].data[1] is None:
            holds, degree = self._degree(args[0])
            return holds, degree * int(args[1].data[0])
        return 1, 0

    def _letters_of(self, term: Term) -> tuple[Key, ...]:
        """The first letters of the formula as they are read; a power counts by what it repeats."""
        known = self._letters.get(term)
        if known is not None:
            return known
        kind, found = term.kind, tuple[Key, ...]()
        if kind in ("name", "index", "named"):
            found = (_letter_key(term),)
        elif kind == "power" and term.args[0].kind != "sum" and self._degree(term)[1]:
            found = self._letters_of(term.args[0]) * min(int(term.args[1].data[0]), _MOST)
        else:
            for arg in term.args:
                if arg.free:
                    found += self._letters_of(arg)
                if len(found) >= _MOST:
                    break
        self._letters[term] = found = found[:_MOST]
        return found


def _sorted(terms: list[Term], ranks: list[Any], letters: Callable[[Term], Key]) -> list[Term]:
    """By rank, by letters only where ranks are equal."""
    order = sorted(range(len(terms)), key=ranks.__getitem__)
    if len(set(ranks)) < len(ranks):
        order.sort(key=lambda k: (ranks[k], letters(terms[k])))
    return [terms[k] for k in order]


def _both(degrees: Iterable[tuple[int, int]], join: Any) -> tuple[int, int]:
    pairs = list(degrees)
    return (1, 0) if any(holds for holds, _ in pairs) else (0, join(degree for _, degree in pairs))


def _letter_key(term: Term) -> Key:
    name = term.data.name if term.kind == "name" else term.data
    number = int(name.sub) if name.sub.isdecimal() else -1
    return name.base, name.accent, number, name.sub, name.sup, name.primes


def _late(key: Key) -> int:
    """Unknowns before parameters before Greek ones, in a sum: `x + b`, `x - \\mu`."""
    return 0 if key[0] in _UNKNOWNS else 2 if key[0] in GREEK else 1


_UNKNOWNS = frozenset("uvwxyz")
