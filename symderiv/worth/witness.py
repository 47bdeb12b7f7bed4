"""Witness: a point where two sides differ, with all that somebody else needs to work out both sides there."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product as combinations
from math import prod

from symderiv.term.build import (
    ONE,
    TWO,
    ZERO,
    add,
    apply,
    entry,
    fraction,
    function,
    literal,
    minus,
    name,
    num,
    of,
)
from symderiv.term.kinds import Term, subterms
from symderiv.term.names import Name
from symderiv.worth.arrays import Array, NoValue
from symderiv.worth.evaluate_functions import structured
from symderiv.worth.evidence import Exact, Stand, Witness
from symderiv.worth.points import Point, holds_everywhere
from symderiv.worth.setting import Setting, direction, settled
from symderiv.worth.unknown import Arithmetic, outputs, spelled

_SIN, _EXP = function("sin", known=True), function("exp", known=True)
HALF = fraction(ONE, TWO)


def _constant(value: Fraction) -> Term:
    size = fraction(num(abs(value).numerator), num(value.denominator))
    return minus(size) if value < 0 else size


#: Terms, put together entry by entry.
TERMS: Arithmetic[Term] = Arithmetic(
    _constant, add, lambda x, y: of("hadamard", x, y), lambda x: apply(_SIN, x), lambda x: apply(_EXP, x)
)


def witness(
    point: Point,
    bits: int,
    sides: tuple[Term, Term],
    indices: tuple[tuple[Term, int], ...],
    place: tuple[int, ...],
    values: tuple[str, str],
    whole: bool,
) -> Witness:
    """The witness of two sides that differ at a point: at values of the free indices, at a place, with both values.

    Only a `whole` one says what unknown functions and differentials are there.
    """
    left, right = sides
    setting = point.setting(bits)
    functions = tuple(_stands(point, setting, sides)) if whole else ()
    directions = tuple(_directions(setting, sides)) if whole else ()
    letters = sorted((left.free | right.free) & point.letters.keys() | set(point.sizes), key=_name_of)
    found = tuple((letter, point.letters[letter]) for letter in letters)
    declared = point.declared
    return Witness(
        left, right, found, indices, place, *values, functions, directions, declared.first, declared.zeros_outside
    )


def fulfils(found: Witness, condition: Term) -> bool:
    """Whether a relation holds at a witness, which then refutes under that condition too.

    >>> from symderiv.term.build import *
    >>> from symderiv.worth.compare import compare
    >>> x = name("x")
    >>> fulfils(compare(x + 1, x, ()).witness, relation("=", x, ZERO))
    False
    """
    setting = settled(dict(found.letters))
    setting.first = found.first
    try:
        return holds_everywhere(setting, condition)
    except NoValue:
        return False


def _name_of(letter: Term) -> tuple[str, str]:
    """What letters are put in order by: their names, and two of one name by the rest."""
    return str(getattr(letter.data, "name", letter.data)), spelled(letter.data)


def _stands(point: Point, setting: Setting, sides: tuple[Term, Term]) -> Iterator[Stand]:
    """The unknown functions of both sides."""
    seen: set[Term] = set()
    for node in (node for side in sides for node in subterms(side) if node.kind == "apply"):
        fn = node.args[0]
        while fn.kind == "prime":
            fn = fn.args[0]
        if fn.kind == "function" and not fn.data.known and fn not in seen:
            seen.add(fn)
            yield _stand(point, setting, fn, len(node.args) - 1)


def _stand(point: Point, setting: Setting, fn: Term, count: int) -> Stand:
    signature = fn.data
    inputs = signature.inputs or ((),) * count
    arguments = tuple(name(Name("t", sub=str(place)), *sizes) for place, sizes in enumerate(inputs, 1))
    parts = [part for argument in arguments for part in _entries(setting, argument)]
    sizes = tuple(setting.integer(size) for size in signature.output)
    cells = outputs(TERMS, signature, parts, prod(sizes) if sizes else 0)
    if len(sizes) == 2 and sizes[0] == sizes[1] and fn in point.declared.structured:
        cells = structured(cells, " ".join(point.declared.structured[fn]), HALF, ZERO)
    formula = cells[0] if not sizes else literal(_rows(cells, sizes[-1] if len(sizes) > 1 else 1))
    return Stand(fn, arguments, formula, bool(signature.inputs or signature.output))


def _entries(setting: Setting, argument: Term) -> list[Term]:
    sizes = [setting.integer(size) for size in argument.data.shape]
    places = combinations(*(range(setting.first, size + setting.first) for size in sizes))
    return [entry(argument, *map(num, place)) for place in places] if sizes else [argument]


def _rows(cells: list[Term], width: int) -> list[list[Term]]:
    return [cells[start : start + width] for start in range(0, len(cells), width)]


def _directions(setting: Setting, sides: tuple[Term, Term]) -> Iterator[tuple[Term, Exact]]:
    """The directions in which the letters of differentials move."""
    moving = dict.fromkeys(node.args[1] for side in sides for node in subterms(side) if node.kind == "differential")
    for letter in moving:
        if letter.kind != "name":
            continue
        value = setting.of(letter)
        cells = [direction(letter, place) for place in range(len(value.cells) if type(value) is Array else 1)]
        width = value.shape[1] if type(value) is Array and len(value.shape) > 1 else 0
        rows = tuple(tuple(cells[start : start + width]) for start in range(0, len(cells), width)) if width else tuple(cells)
        yield letter, rows if type(value) is Array else cells[0]
