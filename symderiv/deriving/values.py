"""Values at a point: the formula with numbers put in, as a person would write it, and its value from unrounded numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, isfinite, log10

from symderiv.errors import SymderivError
from symderiv.term.build import meaning_of, num
from symderiv.term.kinds import Term, make, subterms
from symderiv.worth.value import value

#: A number on a page has this many digits behind the point, and this many in all, whichever is fewer.
DECIMALS, DIGITS = 4, 5


#: Functions that stand in a formula with their argument: a calculator has them.
_COMMON = frozenset("sin cos tan arcsin arccos arctan sinh cosh tanh exp log ln abs max min".split())


@dataclass(frozen=True, slots=True)
class Fact:
    """A value on the way: what it is the value of, that with numbers put in, and the number, rounded."""

    what: Term
    formula: Term
    number: Term


@dataclass(frozen=True, slots=True)
class Substitution:
    """A formula at a point: `facts` are the rounded values that stand in `formula`, and `number` its value, rounded.

    The exact data of the point stand in the formula as they were given. A fact comes behind those that it needs.
    """

    facts: tuple[Fact, ...]
    formula: Term
    number: Term


def substituted(term: Term, point: Mapping[Term, Term], given: tuple[Term, ...] = ()) -> Substitution:
    """The term at a point, and its value computed from unrounded numbers.

    >>> from symderiv.term.build import function, apply, name
    >>> x = name("x")
    >>> substituted(2 * apply(function("sigma", known=True), x), {x: num(1)}).number
    1.4621
    """
    work = _PuttingIn(point, given)
    formula = work.inside(term)
    facts = sorted(work.facts.values(), key=lambda fact: work.order(fact.what))
    return Substitution(tuple(facts), formula, rounded(number_at(term, work.exact, given)))


class _PuttingIn:
    """Numbers put in for letters; named parts and functions that have their own letter become facts."""

    def __init__(self, point: Mapping[Term, Term], given: tuple[Term, ...]) -> None:
        self.point, self.given = point, given
        self.exact = exactly(point)
        self.known: dict[Term, Term] = {}
        self.facts: dict[Term, Fact] = {}
        self.levels: dict[Term, int] = {}

    def __call__(self, node: Term) -> Term:
        """The node with numbers put in; a fact is its number."""
        if node not in self.known:
            self.known[node] = self._put_in(node)
        return self.known[node]

    def inside(self, node: Term) -> Term:
        """The node with numbers put in below it, so that it is not a fact itself."""
        if node.free.isdisjoint(self.point) or node in self.point:
            return self.point.get(node, node)
        return node if node.kind == "named" else make(node.kind, node.data, tuple(map(self, node.args)))

    def _put_in(self, node: Term) -> Term:
        if not _is_fact(node) or node in self.point or node.free.isdisjoint(self.point):
            return self.inside(node)
        formula = self.inside(node.args[0] if node.kind == "named" else node)
        number = rounded(number_at(node, self.exact, self.given))
        what = node if node.kind == "named" else formula
        needed = [self.levels[part] for part in subterms(node) if part in self.levels]
        self.levels[node] = self.levels[what] = 1 + max(needed, default=0)
        self.facts[what] = Fact(what, formula, number)
        return number

    def order(self, what: Term) -> tuple[int, bool, str]:
        """What needs no other value first; functions before named parts, and these by name."""
        return self.levels[what], what.kind == "named", str(what.data) if what.kind == "named" else ""


def _is_fact(node: Term) -> bool:
    if node.kind != "apply":
        return node.kind == "named"
    return node.args[0].kind != "function" or meaning_of(node.args[0]) not in _COMMON


def exactly(point: Mapping[Term, Term]) -> dict[Term, object]:
    """The numerals of a point as fractions."""
    return {letter: _fraction(number) for letter, number in point.items()}


def _fraction(number: Term) -> object:
    found = number.args[0].data[0] if number.kind == "minus" else number.data[0]
    return -found if number.kind == "minus" else found


def number_at(term: Term, exact: Mapping[Term, object], given: tuple[Term, ...]) -> float:
    """The value of a scalar at a point, as the nearest double."""
    found = value(term, exact, given)
    if isinstance(found, list):
        raise SymderivError("shape", "the value at a point is shown for a number, this is an array; ask for one entry")
    if not isfinite(found):
        raise SymderivError("value", "the value at this point is beyond every floating-point number; choose another point")
    return float(found)


def rounded(number: float) -> Term:
    """A number as it stands on a page: at most four decimals and five digits, small ones in powers of ten.

    Zeros at the end say that it is rounded.

    >>> rounded(133.0608596), rounded(0.0646454), rounded(1.5), rounded(0.68997)
    (133.06, 0.0646, 1.5, 0.6900)
    """
    if number < 0:
        return -rounded(-number)
    if number == 0:
        return num(0)
    size = floor(log10(number))
    if size < -3:
        digits = rounded(number / 10.0**size)
        return digits * num(10) ** -num(-size)
    places = max(0, min(DECIMALS, DIGITS - 1 - size))
    text = f"{number:.{places}f}"
    return num(text.rstrip("0").rstrip(".") if "." in text and float(text) == number else text)
