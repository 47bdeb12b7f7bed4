"""Lowering of arrays: products by a bound letter between each two, inverses, determinants, traces, norms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import fmpq_mat

from symderiv.term.build import ONE as ONE_TERM
from symderiv.term.build import Shape, fraction, minus, mul, of
from symderiv.term.kinds import Term
from symderiv.term.shapes import plain, rows_and_columns
from symderiv.worth.normal.changing import sum_over, total
from symderiv.worth.normal.forms import FREE_RANGES, ONE, ZERO, Form, Position, constant, delta, fresh
from symderiv.worth.normal.kernel import NotNormal, Range
from symderiv.worth.normal.kernels import determinant, inverse_entry
from symderiv.worth.normal.known import FUNCTIONS
from symderiv.worth.normal.lowering import Letters, Lowering, Places, sizes_of, summed
from symderiv.worth.normal.powers import inverse_of, power


def _product(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    """Scalars multiply; arrays are multiplied as matrices, a bound letter between each two."""
    scalar, matrices = ONE, list[Term]()
    for arg in term.args:
        if sizes_of(arg):
            matrices.append(arg)
        else:
            scalar = scalar * low.entry(arg, (), letters)
    if len(places) > 2:
        return scalar * low.entry(matrices[0], places, letters)
    return scalar * _chain(low, matrices, places, letters) if matrices else scalar


def _chain(low: Lowering, matrices: list[Term], places: Places, letters: Letters) -> Form:
    """The entry of a product of arrays; a part of it that is a scalar multiplies the rest."""
    found: Shape = ()
    result, start = ONE, 0
    for stop, matrix in enumerate(matrices):
        sizes = sizes_of(matrix)
        (rows, _), (_, columns) = rows_and_columns(found or sizes), rows_and_columns(sizes)
        found = plain(rows, columns)
        if not found:
            result = result * chained(low, matrices[start : stop + 1], (), letters)
            start = stop + 1
    return result * chained(low, matrices[start:], places, letters) if start < len(matrices) else result


def chained(low: Lowering, matrices: list[Term], places: Places, letters: Letters) -> Form:
    row: Position = 1
    column: Position = 1
    if len(places) == 2:
        row, column = places
    elif places:
        row = places[0]
    (rows, _) = rows_and_columns(sizes_of(matrices[0]))
    if rows is ONE_TERM:
        row = 1
    between = [fresh() for _ in matrices[1:]]
    left: list[Position] = [row, *between]
    right: list[Position] = [*between, column]
    result = ONE
    for matrix, r, c in zip(matrices, left, right, strict=True):
        result = result * low.cell(matrix, r, c, letters)
    for letter, matrix in zip(between, matrices, strict=False):
        size = rows_and_columns(sizes_of(matrix))[1]
        result = summed(low, result, letter, size)
    return result


def matrix_power(low: Lowering, base: Term, to: Form, places: Places, letters: Letters) -> Form:
    number = to.number
    if number is None or number.q != 1 or not 0 <= number <= 6:
        raise NotNormal("power")
    if number == 0:
        return delta(*places)
    return chained(low, [base] * int(number.p), places, letters)


def _entry(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    positions = tuple(low.position(arg, letters) for arg in term.args[1:])
    array = term.args[0]
    axes = len(sizes_of(array))
    if any(position != 1 for position in positions[axes:]):
        raise NotNormal("position")
    return low.entry(array, positions[:axes] + places, letters)


def _delta(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return delta(low.position(term.args[0], letters), low.position(term.args[1], letters))


def _bigsum(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    body, letter, *bounds = term.args
    limits = low.limits(letter, body, tuple(bounds), letters)
    new = fresh()
    FREE_RANGES[new] = limits
    return sum_over(low.part(body, places, {**letters, letter: new}), new, limits)


def _stack(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return low.entry(term.args[0], (), {**letters, **dict(zip(term.args[1::2], places, strict=True))})


def _row_column(term: Term, places: Places) -> tuple[Position, Position]:
    """Positions of a term as row and column."""
    if len(places) == 2:
        return places[0], places[1]
    return (places[0] if places else 1), 1


def _transpose(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    row, column = _row_column(term, places)
    return low.cell(term.args[0], column, row, letters)


def _matrix_form(low: Lowering, term: Term, letters: Letters) -> tuple[Form, tuple[str, str]]:
    """A square matrix as a form over slots for row and column."""
    slots = low.slots()
    size = Range(ONE, low.entry(sizes_of(term)[0], (), {}))
    FREE_RANGES[slots[0]] = FREE_RANGES[slots[1]] = size
    low.depth += 1
    form = low.cell(term, *slots, letters)
    low.depth -= 1
    return form, slots


def _inverse(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    """The inverse of products, transposes and inverses taken apart, of anything else a kernel."""
    inner = term.args[0]
    if not sizes_of(inner):
        return inverse_of(low.entry(inner, (), letters))
    turned = _inverse_apart(inner)
    if turned is not None:
        return low.entry(turned, places, letters)
    if inner.kind in ("diag", "identity"):
        row, column = places
        return delta(row, column) * (ONE if inner.kind == "identity" else inverse_of(low.entry(inner, (row, row), letters)))
    if (found := _inverse_of_numbers(low, inner)) is not None:
        return total([delta(places[0], row) * delta(places[1], column) * number for (row, column), number in found])
    form, slots = _matrix_form(low, inner, letters)
    return inverse_entry(form, slots, *places)


#: The widest matrix of numbers whose inverse is worked out.
WIDEST = 8


def _inverse_of_numbers(low: Lowering, inner: Term) -> list[tuple[tuple[int, int], Form]] | None:
    """The entries of the inverse of a matrix of rational numbers, with their positions, where it has one."""
    size = sizes_of(inner)[0]
    if inner.free or size.kind != "number" or not 1 <= size.data[0] <= WIDEST:
        return None
    spots = [(row, column) for row in range(1, int(size.data[0]) + 1) for column in range(1, int(size.data[0]) + 1)]
    cells = [low.entry(inner, spot, {}).number for spot in spots]
    numbers = [number for number in cells if number is not None]
    if len(numbers) < len(spots):
        return None
    matrix = fmpq_mat(int(size.data[0]), int(size.data[0]), numbers)
    return list(zip(spots, map(constant, matrix.inv().entries()), strict=True)) if matrix.det() else None


def _inverse_apart(inner: Term) -> Term | None:
    if inner.kind == "named":
        return of("inverse", inner.args[0])
    if inner.kind == "inverse":
        return inner.args[0]
    if inner.kind == "transpose":
        return of("transpose", of("inverse", inner.args[0]))
    if inner.kind == "minus":
        return minus(of("inverse", inner.args[0]))
    if inner.kind == "product":
        scalars = [fraction(ONE_TERM, arg) for arg in inner.args if not sizes_of(arg)]
        matrices = [arg for arg in inner.args if sizes_of(arg)]
        if all(len(sizes_of(arg)) == 2 and sizes_of(arg)[0] is sizes_of(arg)[1] for arg in matrices):
            return mul(*scalars, *(of("inverse", arg) for arg in reversed(matrices)))
    return None


def _det(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    inner = term.args[0]
    while inner.kind in ("transpose", "named"):
        inner = inner.args[0]
    sizes = sizes_of(inner)
    if not sizes:
        return low.entry(inner, (), letters)
    if inner.kind == "inverse":
        return inverse_of(_det_of(low, inner.args[0], letters))
    if inner.kind == "identity":
        return ONE
    if inner.kind == "product" and all(len(sizes_of(a)) == 2 and sizes_of(a)[0] is sizes_of(a)[1] for a in inner.args):
        result = ONE
        for arg in inner.args:
            result = result * _det_of(low, arg, letters)
        return result
    if sizes[0].kind == "number" and sizes[0].data[0] <= 3:
        return _minors(low, inner, list(range(1, int(sizes[0].data[0]) + 1)), 1, letters)
    form, slots = _matrix_form(low, inner, letters)
    return determinant(form, slots)


def _det_of(low: Lowering, term: Term, letters: Letters) -> Form:
    return low.entry(of("det", term), (), letters)


def _minors(low: Lowering, term: Term, columns: list[int], row: int, letters: Letters) -> Form:
    if not columns:
        return ONE
    parts = []
    for place, column in enumerate(columns):
        minor = _minors(low, term, columns[:place] + columns[place + 1 :], row + 1, letters)
        part = low.entry(term, (row, column), letters) * minor
        parts.append(-part if place % 2 else part)
    return total(parts)


def _trace(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    inner = term.args[0]
    sizes = sizes_of(inner)
    if not sizes:
        return low.entry(inner, (), letters)
    if inner.kind == "kron":
        result = ONE
        for arg in inner.args:
            result = result * low.entry(of("trace", arg), (), letters)
        return result
    letter = fresh()
    return summed(low, low.cell(term.args[0], letter, letter, letters), letter, sizes[0])


def _diag(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    if not places:
        return low.entry(term.args[0], (), letters)
    row, column = places
    return delta(row, column) * low.part(term.args[0], (row,), letters)


def _diagonal(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return low.cell(term.args[0], places[0], places[0], letters) if places else low.entry(term.args[0], (), letters)


def _hadamard(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    result = ONE
    for arg in term.args:
        result = result * low.part(arg, places, letters)
    return result


def _norm(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    sizes = sizes_of(term.args[0])
    matrix = len(sizes) == 2 and ONE_TERM not in sizes
    if term.data not in ("2", "F", "1") or (term.data != "F" and matrix):
        raise NotNormal("norm")
    between = tuple(fresh() for _ in sizes)
    form = low.entry(term.args[0], between, letters)
    form = FUNCTIONS["abs"](form) if term.data == "1" else form * form
    for letter, size in zip(between, sizes, strict=True):
        form = summed(low, form, letter, size)
    return form if term.data == "1" else power(form, Fraction(1, 2))


def _literal(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    rows, columns = term.data
    row, column = _row_column(term, places)
    parts = []
    for place, cell in enumerate(term.args):
        r, c = place // columns + 1, place % columns + 1
        here = (delta(row, r) if rows > 1 else ONE) * (delta(column, c) if columns > 1 else ONE)
        if here.terms:
            parts.append(here * low.entry(cell, (), letters))
    return total(parts)


MATRICES: dict[str, Callable[[Lowering, Term, Places, Letters], Form]] = {
    "product": _product,
    "entry": _entry,
    "delta": _delta,
    "bigsum": _bigsum,
    "stack": _stack,
    "transpose": _transpose,
    "inverse": _inverse,
    "det": _det,
    "trace": _trace,
    "diag": _diag,
    "diagonal": _diagonal,
    "identity": lambda low, term, places, letters: delta(*places),
    "ones": lambda low, term, places, letters: ONE,
    "zeros": lambda low, term, places, letters: ZERO,
    "hadamard": _hadamard,
    "norm": _norm,
    "literal": _literal,
}
