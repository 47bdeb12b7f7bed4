"""A witness on the page: the point where two sides differ, and what they are worth there."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as Ratio

from symderiv.pages import telling
from symderiv.pages.formula import Formula
from symderiv.pages.layout import layout
from symderiv.pages.sheet import Piece
from symderiv.term.build import fraction, literal, minus, num, relation
from symderiv.term.kinds import Term
from symderiv.worth.evidence import Exact, Witness

#: How many digits of a value a reader compares.
DIGITS = 6
#: How many a floating number has.
MOST_DIGITS = 17


def witness_values(witness: Witness) -> tuple[Piece, ...]:
    """The point and the two values there; sizes are not said where the arrays show them."""
    arrays = any(not isinstance(value, Ratio) for _, value in witness.letters)
    letters = [(letter, value) for letter, value in witness.letters if not (arrays and letter.data.domain == "natural")]
    facts = [relation("=", letter, exact(value)) for letter, value in letters]
    facts += [relation("=", letter, num(value)) for letter, value in witness.indices]
    place = listed(f" {telling.WITH} ", [layout(fact) for fact in facts]) if facts else ()
    value = f"{telling.ENTRY} {', '.join(map(str, witness.entry))}" if witness.entry else telling.VALUE
    left, right = told_apart(witness.left_value, witness.right_value)
    return (*place, f" {value} {telling.IS} {left}, {telling.NOT} {right}.")


def listed(lead: str, formulas: Sequence[Formula]) -> tuple[Piece, ...]:
    pieces: list[Piece] = [lead]
    for number, formula in enumerate(formulas):
        pieces += ([", "] if number else []) + [formula]
    return tuple(pieces)


def exact(value: Exact) -> Term:
    """A number, a column or a matrix."""
    if isinstance(value, Ratio):
        size = abs(value)
        shown = num(size.numerator)
        shown = shown if size.denominator == 1 else fraction(shown, num(size.denominator))
        return minus(shown) if value < 0 else shown
    return literal([[exact(cell) for cell in (row if isinstance(row, tuple) else (row,))] for row in value])


def told_apart(left: str, right: str) -> tuple[str, str]:
    """Two values with the digits that a reader compares, and more where these are the same.

    >>> told_apart("0.13533528323661269189", "-64.000000000000000000")
    ('0.135335', '−64')
    >>> told_apart("5.00000012", "5.00000000")
    ('5.0000001', '5')
    """
    for digits in range(DIGITS, MOST_DIGITS):
        shown = short(left, digits), short(right, digits)
        if shown[0] != shown[1]:
            return shown
    return left, right


def short(value: str, digits: int = DIGITS) -> str:
    """A value with so many digits.

    >>> short("0.13533528323661269189"), short("-64.000000000000000000")
    ('0.135335', '−64')
    """
    return f"{float(value):.{digits}g}".replace("-", "−")
