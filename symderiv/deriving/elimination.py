"""Linear equations solved by hand: each for one unknown, put into the next, and back again."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from symderiv.deriving.derivation import Derivation, replacing
from symderiv.deriving.draft import Draft
from symderiv.deriving.neat import numeral
from symderiv.errors import SymderivError
from symderiv.term.build import add, minus, mul
from symderiv.term.kinds import Term


class Solved(NamedTuple):
    """Equation `number` (from 1) solved for an unknown: its constant, and the coefficients of the unknowns left."""

    number: int
    unknown: int
    constant: Fraction
    others: dict[int, Fraction]


def eliminated(rows: list[list[Fraction]], right: list[Fraction]) -> list[Solved]:
    """Each unknown from one equation, in terms of later ones.

    >>> eliminated([[Fraction(1), Fraction(1)], [Fraction(1), Fraction(-1)]], [Fraction(3), Fraction(1)])[1].constant
    Fraction(1, 1)
    """
    found: list[Solved] = []
    left = list(range(len(rows)))
    for unknown in range(len(rows[0])):
        for number in left:
            row, constant = _put_in(rows[number], right[number], found)
            if row[unknown]:
                pivot = row[unknown]
                others = {spot: -value / pivot for spot, value in enumerate(row) if value and spot != unknown}
                found.append(Solved(number + 1, unknown, constant / pivot, others))
                left.remove(number)
                break
        else:
            raise SymderivError("value", f"the equations leave unknown {unknown + 1} open; give more equations")
    for number in left:
        row, constant = _put_in(rows[number], right[number], found)
        if any(row) or constant:
            raise SymderivError("value", f"equation {number + 1} contradicts the others: no solution; check the numbers")
    return found


def _put_in(row: list[Fraction], constant: Fraction, found: list[Solved]) -> tuple[list[Fraction], Fraction]:
    """An equation with the unknowns put in that are solved for already."""
    row = list(row)
    for one in found:
        factor, row[one.unknown] = row[one.unknown], Fraction(0)
        constant -= factor * one.constant
        for spot, value in one.others.items():
            row[spot] += factor * value
    return row, constant


def solving(
    unknowns: list[Term], steps: list[Solved], given: tuple[Term, ...] = ()
) -> tuple[list[Derivation], list[Fraction]]:
    """The chains `f_1 = −2 − 4 f_2`, …, then back from the last unknown to the first; and the values."""
    chains = [_one(unknowns[step.unknown], [_linear(step, unknowns)], _why(step, steps[0]), given) for step in steps]
    values: dict[int, Fraction] = {}
    for step in reversed(steps):
        values[step.unknown] = step.constant + sum(value * values[spot] for spot, value in step.others.items())
        if step.others:
            with_numbers = _linear(
                step, [numeral(values[spot]) if spot in values else term for spot, term in enumerate(unknowns)]
            )
            lines = [with_numbers, numeral(values[step.unknown])]
            chains.append(_one(unknowns[step.unknown], lines, "numbers put in", given))
    return chains, [values[spot] for spot in range(len(unknowns))]


def _linear(step: Solved, unknowns: list[Term]) -> Term:
    terms = [numeral(step.constant)] if step.constant else []
    for spot, value in step.others.items():
        product = mul(numeral(abs(value)), unknowns[spot]) if abs(value) != 1 else unknowns[spot]
        terms.append(product if value > 0 else minus(product))
    return add(*terms)


def _one(unknown: Term, lines: list[Term], why: str, given: tuple[Term, ...]) -> Derivation:
    """A chain that shows these lines as they stand."""
    draft = Draft(unknown, given)
    for number, line in enumerate(lines):
        solved = replacing(why, draft.term, line, "the equation solved for its unknown, those found put in")
        draft.show(replacing("arithmetic", draft.term, line, "the numbers are put together") if number else solved)
    return draft.done()


def _why(step: Solved, first: Solved) -> str:
    put_in = "" if step is first else " with those above put in"
    return f"equation {step.number}{put_in}, solved"
