"""Arrays over any algebra: entries in rows, and the operations of linear algebra by plain loops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any, TypeAlias

from flint import arb, arb_series

#: The most rows of a matrix that is worked out.
WIDEST = 64
#: A number of the algebra at hand: a ball, or a truncated power series of balls.
Number: TypeAlias = Any
#: What a term is worth: a number or an Array of them.
Value: TypeAlias = Any

NAN = arb("nan")
NOUGHT = arb(0)
UNIT = arb(1)


class NoValue(Exception):
    """A term has no value here, for a reason that no other point would change: `reason` and the term."""

    def __init__(self, reason: str, where: Any = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.where = where


class Array:
    """Numbers with a shape: `cells` row by row."""

    __slots__ = ("cells", "shape")

    def __init__(self, shape: tuple[int, ...], cells: list[Number]) -> None:
        self.shape = shape
        self.cells = cells

    def __repr__(self) -> str:
        return f"Array({self.shape}, {self.cells})"


def count(sizes: tuple[int, ...]) -> int:
    """How many entries an array of these sizes has."""
    return prod(sizes)


def rows_columns(value: Array) -> tuple[int, int]:
    """A column counts as n x 1."""
    shape = value.shape
    return (shape[0], shape[1]) if len(shape) == 2 else (shape[0], 1)


def plain(rows: int, columns: int, cells: list[Number]) -> Value:
    """A matrix as a term has it: a column where there is one column, a number where there is one entry."""
    if columns == 1:
        return cells[0] if rows == 1 else Array((rows,), cells)
    return Array((rows, columns), cells)


def each(change: Callable[..., Number], *values: Value) -> Value:
    """A function of numbers carried out entry by entry; a number stands for an array of its own value."""
    for value in values:
        if type(value) is Array:
            shape = value.shape
            break
    else:
        return change(*values)
    size = prod(shape)
    columns = [value.cells if type(value) is Array else [value] * size for value in values]
    if any(len(column) != size for column in columns):
        raise NoValue("shape")
    return Array(shape, [change(*cells) for cells in zip(*columns, strict=True)])


def matmul(left: Array, right: Array) -> Value:
    """The matrix product, columns taken as n x 1."""
    (rows, inner), (other, columns) = rows_columns(left), rows_columns(right)
    if inner != other or len(left.shape) > 2 or len(right.shape) > 2:
        raise NoValue("shape")
    a, b = left.cells, right.cells
    cells = []
    for r in range(rows):
        row = a[r * inner : (r + 1) * inner]
        for c in range(columns):
            cells.append(dot(row, b[c::columns]))
    return plain(rows, columns, cells)


def dot(left: Sequence[Number], right: Sequence[Number]) -> Number:
    """The sum of products."""
    total = NOUGHT
    for x, y in zip(left, right, strict=True):
        total = x * y + total
    return total


def total(cells: Sequence[Number]) -> Number:
    """The sum of numbers."""
    result = NOUGHT
    for cell in cells:
        result = cell + result
    return result


def transpose(value: Value) -> Value:
    """Rows for columns; a column becomes a row."""
    if type(value) is not Array:
        return value
    rows, columns = rows_columns(value)
    return plain(columns, rows, [value.cells[r * columns + c] for c in range(columns) for r in range(rows)])


def identity(size: int) -> Value:
    """The identity matrix."""
    if size > WIDEST:
        raise NoValue("size")
    return plain(size, size, [UNIT if r == c else NOUGHT for r in range(size) for c in range(size)])


def square(value: Value) -> list[list[Number]]:
    """The rows of a square matrix, a number taken as 1 x 1."""
    if type(value) is not Array:
        return [[value]]
    rows, columns = rows_columns(value)
    if rows != columns:
        raise NoValue("shape")
    return [value.cells[r * columns : (r + 1) * columns] for r in range(rows)]


def diag(value: Value) -> Value:
    """A vector on the diagonal of a matrix."""
    if type(value) is not Array:
        return value
    size = len(value.cells)
    cells = [NOUGHT] * (size * size)
    cells[:: size + 1] = value.cells
    return Array((size, size), cells)


def diagonal(value: Value) -> Value:
    """The diagonal of a matrix as a column."""
    rows = square(value)
    return plain(len(rows), 1, [row[r] for r, row in enumerate(rows)])


def trace(value: Value) -> Number:
    """The sum of the diagonal."""
    return total([row[r] for r, row in enumerate(square(value))])


def head(number: Number) -> arb:
    """The constant part of a number of any algebra."""
    return number[0] if type(number) is arb_series else number


#: Whole numbers from here on are no sizes, exponents or positions.
UNCOUNTABLE = 2**62


def whole(number: arb) -> int:
    """The integer that an exact ball is; one that no computation counts to has no value here."""
    if not abs(number) < UNCOUNTABLE:
        raise NoValue("size")
    found = number.unique_fmpz()
    if found is None:
        raise NoValue("no-size")
    return int(found)


def divide(top: Number, bottom: Number) -> Number:
    """The quotient, not a number where the bottom may be zero."""
    if head(bottom).contains(0):
        return NAN
    return top / bottom


def _pivot(rows: list[list[Number]], column: int) -> int:
    """The row whose entry in this column is surest not to be zero, by its constant part."""
    return max(range(column, len(rows)), key=lambda r: float(abs(head(rows[r][column])).lower()))


def eliminated(rows: list[list[Number]], beside: list[list[Number]]) -> Number:
    """Gauss and Jordan: turns `beside` into (rows)⁻¹ · beside in place and gives the determinant of rows."""
    size, det = len(rows), UNIT
    rows[:] = [list(row) for row in rows]
    for k in range(size):
        best = _pivot(rows, k)
        if best != k:
            rows[k], rows[best], beside[k], beside[best] = rows[best], rows[k], beside[best], beside[k]
            det = -det
        pivot = rows[k][k]
        det = pivot * det
        rows[k] = [divide(x, pivot) for x in rows[k]]
        beside[k] = [divide(x, pivot) for x in beside[k]]
        for r in range(size):
            factor = rows[r][k]
            if r != k:
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[k], strict=True)]
                beside[r] = [x - factor * y for x, y in zip(beside[r], beside[k], strict=True)]
    return det


def inverse(value: Value) -> Value:
    """The inverse matrix, not numbers where it may be singular."""
    rows = square(value)
    size = len(rows)
    beside = [[UNIT if r == c else NOUGHT for c in range(size)] for r in range(size)]
    eliminated(rows, beside)
    return plain(size, size, [cell for row in beside for cell in row])


def det(value: Value) -> Number:
    """The determinant: of small matrices by minors, which a zero does not trouble, of larger ones by elimination."""
    rows = square(value)
    return _laplace(rows) if len(rows) <= 4 else eliminated(rows, [[] for _ in rows])


def _laplace(rows: list[list[Number]]) -> Number:
    if len(rows) == 1:
        return rows[0][0]
    result = NOUGHT
    for c, cell in enumerate(rows[0]):
        minor = _laplace([row[:c] + row[c + 1 :] for row in rows[1:]])
        result = cell * minor + result if c % 2 == 0 else result - cell * minor
    return result


def kron(left: Value, right: Value) -> Value:
    """Kronecker's product."""
    if type(left) is not Array or type(right) is not Array:
        return each(lambda a, b: a * b, left, right)
    (a, b), (c, d) = rows_columns(left), rows_columns(right)
    cells = [
        left.cells[i * b + j] * right.cells[k * d + m]
        for i in range(a)
        for k in range(c)
        for j in range(b)
        for m in range(d)
    ]
    return plain(a * c, b * d, cells)
