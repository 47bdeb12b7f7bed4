"""A function carried out on each entry of an array, written with whole arrays where that means the same."""

from __future__ import annotations

import pytest

from symderiv.term.build import (
    ONE,
    ZERO,
    E,
    add,
    apply,
    cases,
    entry,
    fraction,
    function,
    index,
    minus,
    mul,
    name,
    num,
    power,
    relation,
    root,
    size,
)  # fmt: skip
from symderiv.term.entrywise import entrywise
from symderiv.term.shapes import shape

from .written import written

t, a = name("t"), name("a")
v, A = name("v", size("n")), name("A", size("m"), size("n"))
sin, f = function("sin", known=True), function("f")


@pytest.mark.parametrize(
    ("body", "on_vector", "on_matrix"),
    [
        (t, "v", "A"),
        (a, "a ones(n)", "a ones(m, n)"),
        (apply(sin, t), "sin(v)", "sin(A)"),
        (apply(f, a * t), "f(a v)", "f(a A)"),
        (add(t, ONE), "v + 1", "A + 1"),
        (minus(t), "-v", "-A"),
        (mul(num(2), t), "2 v", "2 A"),
        (mul(t, apply(sin, t)), "v ⊙ sin(v)", "A ⊙ sin(A)"),
        (mul(a, t, t), "a (v ⊙ v)", "a (A ⊙ A)"),
        (fraction(ONE, t), "1/v", "1/A"),
        (fraction(t, a), "v/a", "A/a"),
        (fraction(t, ONE + t**2), "v/(1 + v^2)", "A/(1 + (A ⊙ A))"),
        (power(E, minus(t)), "exp(-v)", "exp(-A)"),
        (power(t, num(2)), "v^2", "A ⊙ A"),
        (power(t, num(5)), "v^5", "stack(A[i, j]^5, i, m, j, n)"),
        (power(t, t), "stack(v[i]^v[i], i, n)", "stack(A[i, j]^A[i, j], i, m, j, n)"),
        (root(t), "sqrt(v)", "stack(sqrt(A[i, j]), i, m, j, n)"),
        (fraction(ONE, ONE + E ** minus(t)), "sigma(v)", "sigma(A)"),
        (cases(t, relation(">", t, ZERO), ZERO), "stack(cases(v[i], v[i] > 0, 0), i, n)",
         "stack(cases(A[i, j], A[i, j] > 0, 0), i, m, j, n)"),
    ],
)  # fmt: skip
def test_entry_by_entry(body, on_vector, on_matrix):
    for array, expected in ((v, on_vector), (A, on_matrix)):
        term = entrywise(body, t, array)
        assert written(term) == expected
        assert shape(term) == shape(array)


def test_of_a_number_it_is_the_function():
    assert entrywise(power(t, num(2)), t, a) is power(a, num(2))


def test_new_letters_are_not_those_of_the_function():
    i, w = index("i"), name("w", size("n"))
    term = entrywise(power(t, entry(w, i)) + power(t, t), t, v)
    assert i in term.free
