"""Shapes: a table, and random matrix formulas whose shapes are counted with lists of lists."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symderiv.term.build import (
    ONE,
    ZERO,
    add,
    apply,
    bigsum,
    cases,
    differential,
    entry,
    fraction,
    function,
    index,
    literal,
    minus,
    mul,
    name,
    norm,
    num,
    of,
    partial,
    power,
    prime,
    relation,
    root,
    size,
    stack,
)  # fmt: skip
from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash, is_scalar, plain, shape

m, n, k = size("m"), size("n"), size("k")
x, y, b = name("x", n), name("y", n), name("b", m)
A, B, C = name("A", m, n), name("B", n, k), name("C", n, n)
t, i, j = name("t"), index("i"), index("j")
f = function("f")
psi = function("Psi", inputs=((n,),))
phi = function("phi", inputs=((n,),), output=(m,))


def known(which: str) -> Term:
    return function(which, known=True)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (t, ()),
        (x, (n,)),
        (A, (m, n)),
        (mul(A, x), (m,)),
        (mul(A, B), (m, k)),
        (mul(of("transpose", x), y), ()),
        (mul(x, of("transpose", y)), (n, n)),
        (mul(of("transpose", x), C, x), ()),
        (mul(of("transpose", x), y, x), (n,)),
        (mul(num(2), t, A), (m, n)),
        (of("transpose", x), (ONE, n)),
        (of("transpose", A), (n, m)),
        (of("transpose", of("transpose", x)), (n,)),
        (add(mul(A, x), b), (m,)),
        (add(ONE, minus(x)), (n,)),
        (add(C, ZERO), (n, n)),
        (fraction(x, t), (n,)),
        (fraction(ONE, x), (n,)),
        (power(x, num(2)), (n,)),
        (power(C, num(2)), (n, n)),
        (root(t), ()),
        (of("inverse", C), (n, n)),
        (of("trace", C), ()),
        (of("det", C), ()),
        (of("diag", x), (n, n)),
        (of("diagonal", C), (n,)),
        (of("identity", n), (n, n)),
        (of("ones", n), (n,)),
        (of("zeros", m, n), (m, n)),
        (of("hadamard", x, y), (n,)),
        (of("kron", A, C), (mul(m, n), mul(n, n))),
        (norm(x), ()),
        (entry(x, i), ()),
        (entry(A, i, j), ()),
        (entry(A, i), (n,)),
        (bigsum(entry(x, i), i), ()),
        (bigsum(mul(entry(x, i), y), i), (n,)),
        (stack(entry(x, i), i, n), (n,)),
        (stack(entry(A, i, j), i, m, j, n), (m, n)),
        (apply(known("sin"), x), (n,)),
        (apply(known("softmax"), x), (n,)),
        (apply(known("logsumexp"), x), ()),
        (apply(known("max"), x), ()),
        (apply(known("max"), ZERO, x), (n,)),
        (apply(f, t), ()),
        (apply(f, x), (n,)),
        (apply(psi, x), ()),
        (apply(prime(psi), x), (n,)),
        (apply(prime(prime(psi)), x), (n, n)),
        (apply(phi, x), (m,)),
        (apply(prime(phi), x), (m, n)),
        (partial(t, x), (n,)),
        (partial(x, y), (n, n)),
        (partial(t, A), (m, n)),
        (differential(mul(A, x), x), (m,)),
        (literal([[t, t], [t, t], [t, t]]), (num(3), num(2))),
        (literal([[t], [t]]), (num(2),)),
        (cases(x, relation(">", t, ZERO), y), (n,)),
    ],
)
def test_shape(term, expected):
    assert shape(term) == expected
    assert is_scalar(term) == (expected == ())


@pytest.mark.parametrize(
    ("term", "left", "right"),
    [
        (mul(x, y), (n,), (n,)),
        (mul(B, A), (n, k), (m, n)),
        (add(x, b), (n,), (m,)),
        (of("hadamard", x, b), (n,), (m,)),
        (of("inverse", A), (m, n), (n, m)),
        (of("det", A), (m, n), (n, m)),
        (apply(psi, b), (m,), (n,)),
        (mul(num(2), add(t, mul(A, b))), (m, n), (m,)),
    ],
)
def test_a_clash_names_the_place_and_both_shapes(term, left, right):
    clash = shape(term)
    assert isinstance(clash, Clash)
    assert (clash.left, clash.right) == (left, right)


SIZES: dict[Term, int] = {m: 2, n: 3, k: 4}
Grown = tuple[Term, tuple[int, int]]


def _number(rows: Term) -> int:
    return SIZES.get(rows) or int(rows.data[0])


@st.composite
def matrices(draw: Any, deep: int = 3) -> Grown:
    """A random formula of matrices with its rows and columns, counted beside it."""
    if deep == 0:
        rows, columns = draw(st.sampled_from([m, n, k])), draw(st.sampled_from([m, n, k, ONE]))
        return name("M", *plain(rows, columns)), (_number(rows), _number(columns))
    term, (rows, columns) = draw(matrices(deep - 1))
    which = draw(st.sampled_from(["transpose", "minus", "scaled", "gram", "outer", "sum", "hadamard", "trace", "diag"]))
    if which == "transpose":
        return of("transpose", term), (columns, rows)
    if which == "minus":
        return minus(term), (rows, columns)
    if which == "scaled":
        return mul(num(3), term), (rows, columns)
    if which == "gram":
        return mul(of("transpose", term), term), (columns, columns)
    if which == "outer":
        return mul(term, of("transpose", term)), (rows, rows)
    if which == "sum":
        return add(term, mul(num(2), term)), (rows, columns)
    if which == "hadamard":
        return of("hadamard", term, term), (rows, columns)
    if which == "trace":
        return of("trace", mul(term, of("transpose", term))), (1, 1)
    return (of("diag", term), (rows, rows)) if columns == 1 and rows > 1 else (term, (rows, columns))


@given(matrices())
def test_random_formulas_have_the_shape_that_is_counted(grown):
    term, (rows, columns) = grown
    found = shape(term)
    assert not isinstance(found, Clash)
    sizes = [_number(part) for part in found]
    assert sizes == ([] if (rows, columns) == (1, 1) else [rows] if columns == 1 else [rows, columns])
