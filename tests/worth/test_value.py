"""Values at numbers: the nearest double, and errors that say what is missing."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from symderiv.errors import SymderivError
from symderiv.term.build import entry, norm, num, partial, relation
from symderiv.worth.value import value

from .letters import A, a, i, n, sin, v, x


def test_cancellation_costs_nothing():
    assert value(sin(x) - x, {x: 1e-8}) == pytest.approx(-(1e-8**3) / 6, rel=1e-12)
    assert value((1 + x) - 1, {x: Fraction(1, 10**300)}) == 1e-300


def test_nested_lists_and_arrays():
    assert value(partial(norm(v), v), {v: [3, 4]}) == [0.6, 0.8]
    assert value(partial(A * v, v), {A: [[1, 2, 3], [4, 5, 6]], v: [0, 0, 1]}) == [[1, 2, 3], [4, 5, 6]]
    np = pytest.importorskip("numpy")
    assert value(norm(v), {v: np.array([3.0, 4.0])}) == 5


def test_index_letters_and_fixed_letters():
    assert value(entry(v, i) * a, {v: [3, 4], i: 2}, given=(relation("=", a, num(10)),)) == 40
    assert value(x / n, {x: 1, n: 4}) == 0.25


@pytest.mark.parametrize(
    ("term", "letters", "code", "said"),
    [
        (1 / x, {x: 0}, "no-value", "no real value"),
        (x + a, {x: 1}, "no-value", "for a"),
        (norm(v), {v: 3}, "shape", "list"),
        (A * v, {A: [[1, 2], [3, 4]], v: [1, 2, 3]}, "shape", "2 entries along n"),
    ],
)
def test_errors(term, letters, code, said):
    with pytest.raises(SymderivError, match=said) as caught:
        value(term, letters)
    assert caught.value.code == code


def test_a_value_is_correctly_rounded_to_the_last_digit():
    for point in (0.1, 1.7, 5.3):
        assert value(sin(x), {x: point}) == pytest.approx(math.sin(point), rel=3e-16)
