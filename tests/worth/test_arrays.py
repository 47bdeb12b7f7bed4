"""Linear algebra over balls against NumPy."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, arb_series

from symderiv.worth import arrays
from symderiv.worth.arrays import Array, NoValue
from symderiv.worth.setting import exact_value
from symderiv.worth.unknown import seeded

np = pytest.importorskip("numpy")


def matrix(rows: int, columns: int) -> tuple[tuple[Fraction, ...], ...]:
    draw = seeded("matrix", rows, columns)
    return tuple(tuple(Fraction(draw.randint(-9, 9), 4) for _ in range(columns)) for _ in range(rows))


def floats(value: object) -> object:
    return np.array([float(cell) for cell in value.cells]).reshape(value.shape) if isinstance(value, Array) else float(value)


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6])
def test_inverse_and_determinant(size):
    rows = matrix(size, size)
    expected = np.array(rows, dtype=float)
    assert np.allclose(floats(arrays.inverse(exact_value(rows))), np.linalg.inv(expected))
    assert floats(arrays.det(exact_value(rows))) == pytest.approx(np.linalg.det(expected))


@pytest.mark.parametrize("size", [2, 3])
def test_inverse_of_a_series_times_the_series_is_the_identity(size):
    cells = [arb_series([number, place + 1], prec=3) for place, number in enumerate(exact_value(matrix(size, size)).cells)]
    moving = Array((size, size), cells)
    product = arrays.matmul(moving, arrays.inverse(moving))
    for place, cell in enumerate(product.cells):
        assert cell[0].overlaps(arb(int(place % (size + 1) == 0)))
        assert cell[1].overlaps(arb(0))
        assert cell[2].overlaps(arb(0))


@pytest.mark.parametrize("shapes", [((2, 3), (3, 4)), ((2, 3), (3, 1)), ((1, 3), (3, 1)), ((3, 1), (1, 3))])
def test_matrix_product(shapes):
    left, right = matrix(*shapes[0]), matrix(*shapes[1])
    got = arrays.matmul(exact_value(left), exact_value(right))
    assert np.allclose(np.ravel(floats(got)), np.ravel(np.array(left, dtype=float) @ np.array(right, dtype=float)))


def test_kronecker_product():
    left, right = matrix(2, 3), matrix(3, 2)
    expected = np.kron(np.array(left, dtype=float), np.array(right, dtype=float))
    assert np.allclose(floats(arrays.kron(exact_value(left), exact_value(right))), expected)


def test_shapes_that_do_not_fit_have_no_value():
    with pytest.raises(NoValue, match="shape"):
        arrays.matmul(exact_value(matrix(2, 3)), exact_value(matrix(2, 3)))
    with pytest.raises(NoValue, match="shape"):
        arrays.each(lambda s, t: s + t, exact_value(matrix(2, 3)), exact_value(matrix(2, 2)))


def test_a_singular_matrix_has_no_inverse():
    ones = exact_value(((Fraction(1), Fraction(1)), (Fraction(1), Fraction(1))))
    assert not all(cell.is_finite() for cell in arrays.inverse(ones).cells)
