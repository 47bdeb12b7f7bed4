"""Quantities that an equation determines: `x² + y² = 25` says what dy/dx is."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.judge.comparing import Compared, compared
from symderiv.term.build import ZERO, at, fraction, minus, name, partial
from symderiv.term.kinds import Term, subterms
from symderiv.term.names import Name
from symderiv.term.places import rebuilt, substitute, with_args
from symderiv.worth.evidence import Evidence, Refuted, Undecided

#: The quantity as a letter of its own, and its slope along the curve.
HEIGHT, SLOPE = name(Name("y", sub="|")), name(Name("y", sub="|", primes=1))


def implied(curve: Term, left: Term, right: Term, given: tuple[Term, ...]) -> Compared | None:
    """Whether an equation of derivatives follows from `curve = 0`; None where it speaks of none that this determines.

    >>> from symderiv.term.build import *
    >>> x, y = name("x"), name("y")
    >>> implied(x**2 + y**2 - 25, partial(y, x, "d"), minus(x / y), ()).equal
    True
    """
    for value, by in slopes(curve, left, right):
        height = _letters(curve, value, by)
        difference = _letters(left - right, value, by)
        if not (height.moves or difference.moves):
            slope = minus(fraction(partial(height, by), partial(height, HEIGHT)))
            found = compared(at(difference, SLOPE, slope), ZERO, given)
            return found._replace(evidence=_of_the_value(found.evidence, value))
    return None


def _of_the_value(evidence: Evidence, value: Term) -> Evidence:
    """Evidence whose conditions speak of the quantity itself; that the curve has a slope is understood."""
    if isinstance(evidence, Refuted | Undecided):
        return evidence
    return evidence._replace(
        conditions=tuple(substitute(fact, {HEIGHT: value}) for fact in evidence.conditions if not fact.moves)
    )


def slopes(curve: Term, *sides: Term) -> Iterator[tuple[Term, Term]]:
    """The quantities of a curve that are differentiated, each with the letter of the curve by which they are."""
    nodes = dict.fromkeys(node for side in sides for node in subterms(side) if node.kind == "partial")
    for node in nodes:
        value, by = node.args
        has_formula = value.kind == "named" and not is_a_value(value)
        if by.kind == "name" and by is not value and {value, by} <= curve.free and by.scalars and value.scalars:
            yield from () if has_formula else ((value, by),)


def is_a_value(term: Term) -> bool:
    """Whether a name is the value of a function without a formula: the y of `y is a function of x`."""
    inner = term.args[0] if term.kind == "named" else term
    return inner.kind == "apply" and inner.args[0].kind == "function" and not inner.args[0].data.known


def _letters(term: Term, value: Term, by: Term) -> Term:
    """A term with a quantity and its derivative as letters of their own."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node is value:
            return HEIGHT
        if node.kind == "partial" and node.args == (value, by):
            return SLOPE
        return with_args(node, args) if args else node

    return rebuilt(term, change)
