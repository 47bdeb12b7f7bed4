"""Values at a point: the formula with numbers put in, as a person would write it, and its value from unrounded numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, log10

from symderiv.errors import SymderivError
from symderiv.term.build import num
from symderiv.term.kinds import Term, make
from symderiv.worth.value import value

#: A number on a page has this many digits behind the point, and this many in all, whichever is fewer.
DECIMALS, DIGITS = 4, 5


@dataclass(frozen=True, slots=True)
class Substitution:
    """A formula at a point: `facts` are the rounded values that stand in `formula`, and `number` its value, rounded.

    The exact data of the point stand in the formula as they were given.
    """

    facts: tuple[tuple[Term, Term], ...]
    formula: Term
    number: Term


def substituted(term: Term, point: Mapping[Term, Term], given: tuple[Term, ...] = ()) -> Substitution:
    """The term at a point, and its value computed from unrounded numbers.

    >>> from symderiv.term.build import function, apply, name
    >>> x = name("x")
    >>> substituted(2 * apply(function("sigma", known=True), x), {x: num(1)}).number
    1.4621
    """
    exact = {letter: _fraction(number) for letter, number in point.items()}
    facts: dict[Term, Term] = {}
    known: dict[Term, Term] = {}

    def put_in(node: Term) -> Term:
        if node not in known:
            known[node] = _put_in(node)
        return known[node]

    def _put_in(node: Term) -> Term:
        if node in point:
            return point[node]
        if node.free.isdisjoint(point):
            return node
        if node.kind in ("named", "apply"):
            shown = make("apply", None, (node.args[0], *map(put_in, node.args[1:]))) if node.kind == "apply" else node
            if node.kind == "named":
                put_in(node.args[0])
            facts[shown] = rounded(number_at(node, exact, given))
            return facts[shown]
        return make(node.kind, node.data, tuple(put_in(arg) for arg in node.args))

    formula = put_in(term)
    shown = sorted(facts.items(), key=lambda fact: fact[0].kind == "named")
    return Substitution(tuple(shown), formula, rounded(number_at(term, exact, given)))


def _fraction(number: Term) -> object:
    found = number.args[0].data[0] if number.kind == "minus" else number.data[0]
    return -found if number.kind == "minus" else found


def number_at(term: Term, exact: Mapping[Term, object], given: tuple[Term, ...]) -> float:
    """The value of a scalar at a point, as the nearest double."""
    found = value(term, exact, given)
    if isinstance(found, list):
        raise SymderivError("shape", "the value at a point is shown for a number, this is an array; ask for one entry")
    return float(found)


def rounded(number: float) -> Term:
    """A number as it stands on a page: at most four decimals and five digits, small ones in powers of ten.

    >>> rounded(133.0608596), rounded(0.0646454), rounded(1.5)
    (133.06, 0.0646, 1.5)
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
    return num(text.rstrip("0").rstrip(".") if "." in text else text)
