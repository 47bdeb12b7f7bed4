"""Arrays drawn with a property: one-hot, summing to one, symmetric, positive definite, orthogonal."""

from __future__ import annotations

import random
from fractions import Fraction
from math import prod

from symderiv.worth.evidence import Exact


def array(draw: random.Random, shape: tuple[int, ...], properties: list[str], number: object) -> Exact:
    """An array with properties: every entry drawn, then what the properties say."""
    assert callable(number)
    words = " ".join(properties)
    if len(shape) == 1:
        return _vector(draw, shape[0], words, number)
    rows, columns = shape
    if "one-hot" in words:
        return _one_hot_rows(draw, rows, columns, "column" in words)
    matrix = [[number() for _ in range(columns)] for _ in range(rows)]
    if rows == columns:
        matrix = _structured(draw, matrix, words)
    return tuple(tuple(row) for row in matrix)


def positions(draw: random.Random, shape: tuple[int, ...]) -> Exact:
    """A set of positions, one of them at least, as ones among zeros."""
    count = prod(shape)
    first = draw.randrange(count)
    marks = [Fraction(int(place == first or draw.random() < 0.5)) for place in range(count)]
    if len(shape) == 1:
        return tuple(marks)
    return tuple(tuple(marks[row : row + shape[1]]) for row in range(0, count, shape[1]))


def _vector(draw: random.Random, size: int, words: str, number: object) -> Exact:
    assert callable(number)
    if "one-hot" in words:
        hot = draw.randrange(size)
        return tuple(Fraction(int(place == hot)) for place in range(size))
    values = [number() for _ in range(size)]
    if "probability" in words or ("sum one" in words and all(value > 0 for value in values)):
        values = [abs(value) for value in values]
        return tuple(value / sum(values) for value in values)
    if "sum one" in words:
        return (*values[:-1], 1 - sum(values[:-1], Fraction(0)))
    return tuple(values)


def _one_hot_rows(draw: random.Random, rows: int, columns: int, by_column: bool) -> Exact:
    if by_column:
        hot = [draw.randrange(rows) for _ in range(columns)]
        return tuple(tuple(Fraction(int(hot[c] == r)) for c in range(columns)) for r in range(rows))
    hot = [draw.randrange(columns) for _ in range(rows)]
    return tuple(tuple(Fraction(int(hot[r] == c)) for c in range(columns)) for r in range(rows))


def _structured(draw: random.Random, matrix: list[list[Fraction]], words: str) -> list[list[Fraction]]:
    size = range(len(matrix))
    if "orthogonal" in words:
        return _orthogonal(draw, len(matrix))
    if "diagonal" in words:
        return [[matrix[r][c] if r == c else Fraction(0) for c in size] for r in size]
    if "positive definite" in words:
        shifted = [[value / 2 for value in row] for row in matrix]
        return [
            [sum((a * b for a, b in zip(shifted[r], shifted[c], strict=True)), Fraction(int(r == c))) for c in size]
            for r in size
        ]
    if "symmetric" in words:
        return [[matrix[min(r, c)][max(r, c)] for c in size] for r in size]
    return matrix


def _orthogonal(draw: random.Random, size: int) -> list[list[Fraction]]:
    """A product of two or three reflections, exact in fractions."""
    result = [[Fraction(int(r == c)) for c in range(size)] for r in range(size)]
    for _ in range(draw.choice((2, 3))):
        axis = [Fraction(draw.choice((-3, -2, -1, 1, 2, 3))) for _ in range(size)]
        square = sum(a * a for a in axis)
        along = [sum((axis[r] * result[r][c] for r in range(size)), Fraction(0)) for c in range(size)]
        result = [[result[r][c] - 2 * axis[r] * along[c] / square for c in range(size)] for r in range(size)]
    return result
