"""Lowering of derivatives and of evaluation bars: the form differentiated, or letters replaced in it."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.term.kinds import Term
from symderiv.worth.normal.changing import rebuilt
from symderiv.worth.normal.forms import ONE, Form, alone, delta
from symderiv.worth.normal.kernel import Kernel, NotNormal, kernel
from symderiv.worth.normal.lowering import Letters, Lowering, Places, sizes_of
from symderiv.worth.normal.slopes import Seed, slope


def _variable(low: Lowering, variable: Term, places: Places, letters: Letters) -> tuple[Term, Places]:
    """The letter a derivative is taken by, and the positions of the entry."""
    if variable.kind != "entry":
        return variable, places
    positions = tuple(low.position(arg, letters) for arg in variable.args[1:])
    return variable.args[0], positions + places


def _partial(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    body, variable = term.args
    count = len(sizes_of(body))
    letter, positions = _variable(low, variable, places[count:], letters)

    def seed(factor: Kernel) -> Form | None:
        if factor.head != "entry" or factor.data is not letter:
            return None
        result = ONE
        for p, q in zip(factor.args, positions, strict=True):
            result = result * delta(p, q)
        return result

    return _moved(low, body, letter, places[:count], letters, seed)


def _moved(low: Lowering, body: Term, letter: Term, places: Places, letters: Letters, seed: Seed) -> Form:
    """The derivative of a body with the letter kept closed: a named part opens, and symmetry counts, only afterwards."""
    before = low.closed
    low.closed = before | {letter}
    try:
        form = slope(low.entry(body, places, letters), seed)
    finally:
        low.closed = before
    if letter.kind != "named" and letter not in low.structure.symmetric and letter not in low.structure.diagonal:
        return form
    return rebuilt(form, lambda f: low.entry(letter, f.args, {}) if f.head == "entry" and f.data is letter else None)


def _differential(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    body, letter = term.args

    def seed(factor: Kernel) -> Form | None:
        if factor.head != "entry" or factor.data is not letter:
            return None
        return alone(kernel("moving", letter, factor.args, factor.label))

    return _moved(low, body, letter, places, letters, seed)


def _at(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    body, *pairs = term.args
    values = dict(zip(pairs[::2], pairs[1::2], strict=True))
    if any(letter.kind != "name" for letter in values):
        raise NotNormal("at")

    def change(factor: Kernel) -> Form | None:
        bound = factor.head == "entry" and factor.data in values
        return low.entry(values[factor.data], factor.args, letters) if bound else None

    return rebuilt(low.entry(body, places, letters), change)


MOVING: dict[str, Callable[[Lowering, Term, Places, Letters], Form]] = {
    "partial": _partial,
    "differential": _differential,
    "at": _at,
}
