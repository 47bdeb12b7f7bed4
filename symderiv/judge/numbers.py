"""Numbers as people write them: a decimal that was rounded stands for half a unit of its last digit on each side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from flint import arb, fmpq

from symderiv.reading.environment import Environment
from symderiv.term.build import log_to, minus, name, num
from symderiv.term.kinds import Term, subterms
from symderiv.term.logarithms import to_base
from symderiv.term.places import rebuilt, with_args
from symderiv.worth.arrays import Array, NoValue, Value
from symderiv.worth.balls import BITS, precision
from symderiv.worth.setting import Setting

#: Bases of a bare logarithm that people mean.
BASES = (10, 2)


class Numeral(NamedTuple):
    """A number that is written out, and half a unit of its last digit."""

    value: Fraction
    half: Fraction

    @property
    def is_decimal(self) -> bool:
        """Whether digits stand behind a point, or a power of ten cuts them off."""
        return self.half != Fraction(1, 2)


def numeral(term: Term) -> Numeral | None:
    r"""The numeral that a term is: `-0.0647`, `1.24 \times 10^8`.

    >>> from symderiv.term.build import num
    >>> numeral(-num("0.25"))
    Numeral(value=Fraction(-1, 4), half=Fraction(1, 200))
    """
    if term.kind == "number":
        text = term.data[1] or str(term.data[0])
        digits = len(text.partition(".")[2])
        return Numeral(Fraction(term.data[0]), Fraction(1, 2 * 10**digits))
    if term.kind == "minus":
        found = numeral(term.args[0])
        return None if found is None else Numeral(-found.value, found.half)
    if term.kind == "product" and len(term.args) == 2:
        scale = _power_of_ten(term.args[1])
        found = numeral(term.args[0])
        return None if found is None or scale is None else Numeral(found.value * scale, found.half * abs(scale))
    return None


def _power_of_ten(term: Term) -> Fraction | None:
    if term.kind != "power":
        return None
    base, exponent = (numeral(arg) for arg in term.args)
    whole = base is not None and exponent is not None and base.value == 10 and exponent.value.denominator == 1
    return Fraction(10) ** int(exponent.value) if whole and exponent is not None and abs(exponent.value) < 400 else None


def has_decimals(term: Term) -> bool:
    """Whether a number with a decimal point stands in a term."""
    return any(node.kind == "number" and "." in (node.data[1] or "") for node in subterms(term, into_names=False))


def rounds(left: Term, right: Term, values: Mapping[Term, Term], approximately: bool) -> bool:
    """Whether numbers agree as rounded ones do.

    The true value of the left side rounds to the right one; or its value with `values`, what was written for quantities
    above, taken as exact; or the right side, with those numbers as intervals, holds the true value.

    >>> from symderiv.term.build import *
    >>> rounds(fraction(num(2), num(3)), num("0.667"), {}, False), rounds(num(1) / num(3), num("0.34"), {}, False)
    (True, False)
    """
    with precision(BITS):
        wanted = _numerals(right)
        if wanted is None:
            return _within(left, right, values)
        if not approximately and not any(cell.is_decimal for cell in wanted):
            return False
        return any(_is_rounded(put(left, known), wanted) for known in ({}, values))


def fits(left: Term, right: Term, values: Mapping[Term, Term], approximately: bool) -> bool:
    """Whether numbers agree as rounded ones do, a whole number exactly."""
    if rounds(left, right, values, approximately):
        return True
    wanted = numeral(right)
    with precision(BITS):
        found = worth(left)
        return wanted is not None and type(found) is arb and bool(found.overlaps(_ball(wanted.value)))


def _numerals(term: Term) -> list[Numeral] | None:
    cells = [numeral(cell) for cell in (term.args if term.kind == "literal" else (term,))]
    return None if None in cells else [cell for cell in cells if cell is not None]


def _is_rounded(left: Term, wanted: list[Numeral]) -> bool:
    found = worth(left)
    cells = found.cells if type(found) is Array else [found]
    if found is None or len(cells) != len(wanted):
        return False
    return all(_near(cell, numeral) for cell, numeral in zip(cells, wanted, strict=True))


def _near(cell: object, wanted: Numeral) -> bool:
    if type(cell) is not arb or not cell.is_finite():
        return False
    distance = abs(cell - _ball(wanted.value))
    return bool(distance < _ball(wanted.half) or distance.overlaps(_ball(wanted.half)))


def _within(left: Term, right: Term, values: Mapping[Term, Term]) -> bool:
    """Whether a formula with rounded numbers in it, each an interval, holds the true value."""
    written = {numeral(value) for value in values.values()} | (_decimals(right) - _decimals(left))
    ours = worth(put(left, values))
    theirs = worth(right, {item.value: item.half for item in written if item is not None})
    if ours is None or theirs is None or type(ours) is not arb or type(theirs) is not arb:
        return False
    return bool(written) and bool(ours.overlaps(theirs)) and bool(theirs.rad() < abs(theirs.mid()) * arb(0.2) + arb(0.01))


def _decimals(term: Term) -> set[Numeral | None]:
    """The numbers with a decimal point in a term, and in what its names stand for."""
    return {numeral(node) for node in subterms(term) if node.kind == "number" and "." in (node.data[1] or "")}


def worth(term: Term, intervals: Mapping[Fraction, Fraction] | None = None) -> Value | None:
    """The value of a term without letters in a ball, certain numbers as intervals; None where it has none."""
    balls: dict[Term, arb] = {}

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        new = with_args(node, args) if args else node
        if intervals and new.kind == "number" and Fraction(new.data[0]) in intervals and "." in (new.data[1] or ""):
            value = Fraction(new.data[0])
            letter = name(f"interval {len(balls)}")
            balls[letter] = arb(_ball(value).mid(), _ball(intervals[value]).mid())
            return letter
        return new

    def draw(letter: Term) -> Value:
        if letter not in balls:
            raise NoValue("no-value", letter)
        return balls[letter]

    try:
        return Setting(draw).of(rebuilt(term, change) if intervals else term)
    except NoValue:
        return None


def as_numeral(term: Term, like: Numeral) -> Term | None:
    """The value of a term, rounded to the same digit as another number."""
    with precision(BITS):
        found = worth(term)
    if type(found) is not arb or not found.is_finite():
        return None
    digits = 0
    while Fraction(1, 2 * 10**digits) > like.half and digits < 15:
        digits += 1
    if not abs(float(found)) < 10**15:
        return None
    text = f"{float(found):.{digits}f}"
    return minus(num(text[1:])) if text.startswith("-") else num(text)


def _ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def put(term: Term, values: Mapping[Term, Term]) -> Term:
    """A term with what was written for quantities in their place."""
    if not values:
        return term
    return rebuilt(term, lambda node, args: values.get(node) or (with_args(node, args) if args else node))


def rebased(known: Environment, base: int) -> Environment:
    """What is known with every bare logarithm to this base, in definitions already read and in lines to come."""
    quantities = {key: to_base(term, base) for key, term in known.quantities.items()}
    functions = {**known.functions, "log": log_to(num(base))}
    definitions = tuple(to_base(term, base) for term in known.definitions)
    return replace(known, quantities=quantities, functions=functions, definitions=definitions)
