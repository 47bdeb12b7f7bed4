"""The SymPy door: what is read, what is refused, and that what goes out is worth what came in."""

from __future__ import annotations

import inspect
import math
import sys
from typing import Any

import pytest
import sympy
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from sympy import (
    Abs,
    Derivative,
    DiagMatrix,
    Dummy,
    E,
    Eq,
    Float,
    Function,
    FunctionMatrix,
    HadamardPower,
    HadamardProduct,
    Heaviside,
    I,
    Identity,
    Idx,
    IndexedBase,
    Integral,
    KroneckerDelta,
    KroneckerProduct,
    Lambda,
    Matrix,
    MatrixSymbol,
    Max,
    Min,
    Ne,
    OneMatrix,
    Piecewise,
    Product,
    Rational,
    Subs,
    Sum,
    Symbol,
    Trace,
    Tuple,
    ZeroMatrix,
    acot,
    acoth,
    acsch,
    asech,
    asin,
    atan,
    besselj,
    ceiling,
    cos,
    cosh,
    digamma,
    erf,
    erfc,
    exp,
    floor,
    gamma,
    log,
    oo,
    pi,
    re,
    sign,
    sin,
    sqrt,
    symbols,
    tan,
    tanh,
    zoo,
)  # fmt: skip

from symderiv.errors import SymderivError
from symderiv.term import author
from symderiv.term.build import index, name, named, size
from symderiv.term.kinds import subterms
from symderiv.term.shapes import Clash, shape
from symderiv.term.sympy_door import from_sympy, from_sympy_with_names, given_of, to_sympy

from .values import value
from .written import written

x, y, z, a, b = symbols("x y z a b")
m, n, k, i, j = symbols("m n k i j")
p = Symbol("p", positive=True)
f, g = Function("f"), Function("g")
u, W, B = IndexedBase("u"), IndexedBase("W"), IndexedBase("B", shape=(m, n))
I0, I1 = Idx("i", n), Idx("i", (1, n))
v, w, c = MatrixSymbol("v", n, 1), MatrixSymbol("w", n, 1), MatrixSymbol("c", m, 1)
A, X, Y = MatrixSymbol("A", m, n), MatrixSymbol("X", n, n), MatrixSymbol("Y", n, n)
one = OneMatrix(n, 1)

SCALARS = [
    (sympy.Integer(-3), "-3"),
    (Rational(-2, 3) * x, "-2 x/3"),
    (Float("0.25") * x, "0.25 x"),
    (1.5 * x - 2e-30, "1.5 x - 2 10^(-30)"),
    (pi * x**2, "pi x^2"),
    (E, "e"),
    (oo, "infty"),
    (sqrt(x), "sqrt(x)"),
    (x ** Rational(1, 3), "root(x, 3)"),
    (x ** Rational(-3, 2), "1/x^(3/2)"),
    (x**-2, "1/x^2"),
    (x**-a, "x^(-a)"),
    (exp(-(x**2) / 2), "e^(-x^2/2)"),
    (log(x, 10), "log(x)/log(10)"),
    (Abs(x) * sign(y), "abs(x) sign(y)"),
    (Max(0, x), "max(0, x)"),
    (Min(x, y), "min(x, y)"),
    (asin(x), "arcsin(x)"),
    (acot(p), "arccot(p)"),
    (acot(x), "arctan(1/x)"),
    (acoth(x), "arcoth(x)"),
    (asech(x), "arsech(x)"),
    (acsch(x), "arcsch(x)"),
    (erfc(x), "erfc(x)"),
    (floor(x / 2) + ceiling(y), "floor(x/2) + ceil(y)"),
    (besselj(0, x), "J(x)"),
    (sympy.LambertW(x), "lambertw(x)"),
    (Heaviside(x), "heaviside(x)"),
    (sympy.polygamma(2, x), "digamma''(x)"),
    (gamma(x) * digamma(x), "Gamma(x) digamma(x)"),
    (erf(x / sqrt(2)), "erf(sqrt(2) x/2)"),
    (Piecewise((x, x > 0), (a * (exp(x) - 1), True)), "cases(x, x > 0, a (e^x - 1))"),
    (Piecewise((x, (x > 0) & (x < 1)), (0, True)), "cases(x, 0 < x < 1, 0)"),
    (Integral(exp(-(y**2)), (y, 0, x)), "integral(e^(-y^2), y, 0, x)"),
    (Integral(x * y, (x, 0, x)), "integral(x y, x, 0, x)"),
    (Integral(x * y, (y, 0, x), (x, 1, a)), "integral(integral(x y, y, 0, x), x, 1, a)"),
    (f(g(x)), "f(g(x))"),
    (f(g(x)).diff(x), "f'(g(x)) g'(x)"),
    (f(x).diff(x, 2), "f''(x)"),
    (f(x, a).diff(a), "f'2(x, a)"),
    (Derivative(sin(x) * a, x), "partial(∂: a sin(x), x)"),
    (Derivative(sin(x), x), "partial(d: sin(x), x)"),
    (Subs(Derivative(f(x), x), x, a + 1), "f'(a + 1)"),
    (Subs(Derivative(f(x) * x, x), x, a), "at(partial(d: x f(x), x), x, a)"),
    (Eq(x, a), "x = a"),
    (Ne(x, 0), "x ≠ 0"),
    (Tuple(x, a), "tuple(x, a)"),
    (author.sigmoid(x) * author.relu(a), "relu(a) sigma(x)"),
    (author.softplus(x), "softplus(x)"),
    (Symbol("xhat_1") * Symbol("w_target"), "w_target x_1"),
]

INDEXED = [
    (Sum(u[i] ** 2, (i, 1, n)), "bigsum(u[i]^2, i, 1, n)"),
    (Sum(u[i] ** 2, (i, 1, n)) / n, "bigsum(u[i]^2, i, 1, n)/n"),
    (exp(u[k]) / Sum(exp(u[i]), (i, 1, n)), "e^u[k]/bigsum(e^u[i], i, 1, n)"),
    (Sum(W[i, j] * u[j], (j, 1, n)), "bigsum(W[i, j] u[j], j, 1, n)"),
    (Sum(B[i, j], (i, 1, m), (j, 1, n)), "bigsum(bigsum(B[i, j], i, 1, m), j, 1, n)"),
    (Sum(Sum(W[i, j], (i, 1, j)), (j, 1, n)), "bigsum(bigsum(W[i, j], i, 1, j), j, 1, n)"),
    (Sum(u[i + 1] - u[i], (i, 1, n - 1)), "bigsum(u[i + 1] - u[i], i, 1, n - 1)"),
    (Sum(u[i] * KroneckerDelta(i, k), (i, 1, n)), "bigsum(delta(i, k) u[i], i, 1, n)"),
    (Product(u[i], (i, 1, n)), "bigproduct(u[i], i, 1, n)"),
    (Sum(x**i, (i, 0, 5)), "bigsum(x^i, i, 0, 5)"),
    (u[1] * u[2], "u[1] u[2]"),
    # what SymPy counts from 0 is counted from 1
    (Sum(u[i], (i, 0, n - 1)), "bigsum(u[i], i, 1, n)"),
    (Sum(u[I0], I0), "bigsum(u[i], i, 1, n)"),
    (Sum(u[I1], I1), "bigsum(u[i], i, 1, n)"),
    (Sum(i * u[i], (i, 0, n - 1)), "bigsum(u[i] (i - 1), i, 1, n)"),
    (u[0] * u[1], "u[1] u[2]"),
    (A[i, j] * v[j, 0], "A[i, j] v[j]"),
    (A[0, 1] * v[2, 0], "A[1, 2] v[3]"),
    (i * v[i, 0], "v[i] (i - 1)"),
    (Sum(A[i, j] * v[j, 0], (j, 0, n - 1)), "bigsum(A[i, j] v[j], j, 1, n)"),
    (Sum(v[i, 0] * u[i], (i, 0, n - 1)), "bigsum(u[i] v[i], i, 1, n)"),
    ((v.T * w)[0, 0], "bigsum(v[i] w[i], i, 1, n)"),
]

MATRICES = [
    (A * v, "A v"),
    (A * v + c, "A v + c"),
    (v.T * X * w, "vᵀ X w"),
    (v * w.T, "v wᵀ"),
    ((A * v - c).T * (A * v - c), "(A v - c)ᵀ (A v - c)"),
    (Trace((X - Y).T * (X - Y)), "trace((X - Y)ᵀ (X - Y))"),
    (2 * v / 3, "(2/3) v"),
    (-v, "-v"),
    (v / a, "v/a"),
    (X * v + 2 * v, "X v + 2 v"),
    (Trace(X) / 2, "trace(X)/2"),
    (log(X.det()), "log(det(X))"),
    (X.inv(), "inverse(X)"),
    (X**2, "X^2"),
    (X**-2, "inverse(X)^2"),
    (X**k, "X^k"),
    (sqrt(v.T * v), "sqrt(vᵀ v)"),
    (sqrt(Trace(v.T * v)), "sqrt(vᵀ v)"),
    (v.applyfunc(exp), "exp(v)"),
    ((A * v + c).applyfunc(Lambda(x, 1 / (1 + exp(-x)))), "sigma(A v + c)"),
    ((A * v + c).applyfunc(g).applyfunc(f), "f(g(A v + c))"),
    (v.applyfunc(lambda t: t**2 * sin(t)), "v^2 ⊙ sin(v)"),
    (X.applyfunc(lambda t: t**2), "X ⊙ X"),
    (X.applyfunc(lambda t: Piecewise((t, t > 0), (0, True))), "stack(cases(X[i, j], X[i, j] > 0, 0), i, n, j, n)"),
    (v.applyfunc(exp) / Trace(one.T * v.applyfunc(exp)), "exp(v)/(ones(1, n) exp(v))"),
    (v.applyfunc(exp) * (one.T * v.applyfunc(exp)).inv(), "exp(v)/(ones(1, n) exp(v))"),
    (Trace(v.T * w) / Trace(one.T * w), "vᵀ w/(ones(1, n) w)"),
    (HadamardProduct(v, w), "v ⊙ w"),
    (HadamardPower(v, 3), "v^3"),
    (HadamardPower(X, 2), "X ⊙ X"),
    (HadamardPower(v, Rational(1, 2)), "sqrt(v)"),
    (KroneckerProduct(A, X), "kron(A, X)"),
    (DiagMatrix(v) - v * v.T, "diag(v) - v vᵀ"),
    (Identity(n) + X, "X + identity(n)"),
    (ZeroMatrix(n, 1), "zeros(n)"),
    (OneMatrix(m, n), "ones(m, n)"),
    (Matrix([[1, x], [a, 2]]), "literal(1, x, a, 2)"),
    (FunctionMatrix(n, n, Lambda((i, j), X[j, i] * 2)), "stack(2 X[j, i], i, n, j, n)"),
    (FunctionMatrix(n, 1, Lambda((i, j), v[i, j] ** 2)), "stack(v[i]^2, i, n)"),
    (author.softmax(v), "softmax(v)"),
    (author.logsumexp(X * v), "logsumexp(X v)"),
    (author.sigmoid(X * v), "sigma(X v)"),
    (f(v), "f(v)"),
]


@pytest.mark.parametrize(("expr", "expected"), SCALARS + INDEXED + MATRICES, ids=str)
def test_what_is_read(expr, expected):
    assert written(from_sympy(expr)) == expected


@pytest.mark.parametrize(("expr", "_"), MATRICES, ids=str)
def test_shapes_fit_and_are_those_of_sympy(expr, _):
    term = from_sympy(expr)
    sizes = shape(term)
    assert not isinstance(sizes, Clash)
    rows, columns = map(sympy.sympify, getattr(expr, "shape", None) or (1, 1))
    expected = [rows, columns] if columns != 1 else [rows] if rows != 1 else []
    assert [to_sympy(part) for part in sizes] == expected


REFUSED = [
    (Heaviside(x, 1), "zero"),
    (sympy.LambertW(x, -1), "principal"),
    (x + sympy.bessely(0, y), "bessely"),
    (re(x) * 2, "re"),
    (I * x, "ImaginaryUnit"),
    (Integral(x, x), "both of its limits"),
    (zoo, "ComplexInfinity"),
    (sin(X), "applyfunc"),
    (exp(v), "applyfunc"),
    (sympy.polygamma(n, x), "digamma"),
    (Symbol("q", commutative=False), "MatrixSymbol"),
    (Symbol("q", imaginary=True), "not real"),
    (Sum(u[i], (i, 1, oo)), "finite"),
    (IndexedBase("T")[1, 2, 3], "indices"),
    (X ** Rational(1, 2), "whole number"),
    (Piecewise((x, (x > 0) | (y > 0)), (0, True)), "Or"),
    (Sum(u[i], (i, 1, n)) + Sum(u[i], (i, 1, m)), "shape"),
    (KroneckerDelta(i, j, (1, n)), "range"),
    (sympy.zeta(x), "zeta"),
    (sympy.Lambda(x, x**2), "Lambda"),
]


@pytest.mark.parametrize(("expr", "says"), REFUSED, ids=str)
def test_what_is_refused_is_named(expr, says):
    with pytest.raises(SymderivError, match=says) as refusal:
        from_sympy(expr)
    assert refusal.value.code in ("unsupported", "shape")


@pytest.mark.parametrize("thing", ["x + 1", 3, None, [x], object()])
def test_what_is_no_sympy_expression_is_refused(thing):
    with pytest.raises(SymderivError, match="SymPy expression"):
        from_sympy(thing)


@pytest.mark.parametrize(
    "expr", [x + Symbol("x", positive=True), x + Dummy("x"), x * u[Symbol("u")] * Symbol("u"), Symbol("x1") + Symbol("x_1")]
)
def test_two_symbols_with_one_name_are_refused(expr):
    with pytest.raises(SymderivError) as refusal:
        from_sympy(expr)
    assert refusal.value.code == "ambiguous-name"


def test_a_letter_that_sympy_made_moves_out_of_the_way():
    hidden = Dummy("i")
    total = from_sympy(Sum(u[hidden] * u[i], (hidden, 1, n)))
    assert written(total) == "bigsum(u[i] u[j], j, 1, n)"
    assert index("i") in total.free


def test_too_deep_is_refused_by_name():
    deep = x
    for _ in range(400):
        deep = sin(deep, evaluate=False)
    room = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 120)
    try:
        with pytest.raises(SymderivError, match="deep"):
            from_sympy(deep)
    finally:
        sys.setrecursionlimit(room)


@pytest.mark.parametrize(
    ("expr", "conditions"),
    [
        (log(p), ["p > 0"]),
        (x * Symbol("q", nonnegative=True) * Symbol("r", nonzero=True, real=True), ["q ≥ 0", "r ≠ 0"]),
        (Symbol("s", negative=True) + Symbol("t", nonpositive=True), ["s < 0", "t ≤ 0"]),
        (IndexedBase("q", positive=True)[i] * x, ["q[i] > 0"]),
        (Symbol("N", integer=True, positive=True) * x, []),
        (Symbol("x", real=True), []),
        (v.T * X * v, []),
    ],
)
def test_assumptions_are_conditions(expr, conditions):
    assert sorted(written(condition) for condition in given_of(expr)) == conditions


@pytest.mark.parametrize(
    ("expr", "domain"),
    [
        (Symbol("N"), "real"),
        (Symbol("N", integer=True), "integer"),
        (Symbol("N", integer=True, positive=True), "natural"),
    ],
)
def test_integers_are_told_by_their_domain(expr, domain):
    assert from_sympy(expr).data.domain == domain


def test_a_symbol_in_a_shape_is_the_same_size_everywhere():
    term = from_sympy(Sum(u[i], (i, 1, n)) / n)
    assert term.args[1] is size("n")
    assert size("n") in term.free


def test_lengths_come_from_the_sums():
    term = from_sympy(Sum(u[i + 1] - u[i], (i, 1, n - 1)))
    assert {t.data.shape for t in term.free if t.kind == "name" and t.data.shape} == {(size("n"),)}


def test_names_may_stand_for_parts():
    part = named("a", from_sympy(x**2 + y))
    assert from_sympy(a / b, names={a: part}).args == (part, name("b"))


def test_the_author_gets_the_own_symbols_back():
    q = Symbol("q", positive=True)
    expr = sqrt(q**2 * x) + f(q) + Sum(u[i], (i, 1, n))
    term, names = from_sympy_with_names(expr)
    assert to_sympy(term, names) == expr
    assert names[name("q")] is q
    assert to_sympy(term) != expr


# values ------------------------------------------------------------------------------------------------------------------

_ARRAYS = {
    v: [[0.3], [-1.2], [0.7]], w: [[1.1], [0.4], [-0.6]], c: [[0.2], [-0.9]],
    A: [[1.0, -0.5, 0.25], [0.3, 2.0, -1.5]],
    X: [[2.0, 0.1, -0.4], [0.3, 1.5, 0.2], [-0.7, 0.6, 3.0]], Y: [[1.0, 0.5, 0.2], [0.1, -1.0, 0.4], [0.9, 0.3, 0.8]],
}  # fmt: skip
_NUMBERS = {x: Rational(1, 3), y: Rational(-3, 4), a: Rational(5, 4), b: Rational(2, 7), p: Rational(3, 5)}
_SIZES = {n: 3, m: 2, k: 2}
_UNKNOWN = {f: lambda *args: sum(tanh(arg) for arg in args), g: lambda arg: sin(arg) + 2}


def numbers(expr: Any) -> list[complex]:
    """An expression with arrays and sizes put in, as a list of its entries."""
    expr = expr.subs(_SIZES).replace(lambda part: isinstance(part, OneMatrix), lambda part: part.as_explicit())
    for symbol, rows in _ARRAYS.items():
        small = symbol.subs(_SIZES)
        expr = expr.subs(small, Matrix(rows)) if expr.has(small) else expr
    for unknown, meaning in _UNKNOWN.items():
        expr = expr.replace(unknown, meaning)
    expr = expr.doit()
    if getattr(expr, "is_Matrix", False):
        cells = list(expr.as_explicit()) if hasattr(expr, "as_explicit") else list(expr)
    else:
        cells = [expr]
    return [complex(cell.subs(_NUMBERS).doit().evalf()) for cell in cells]


def close(left: list[complex], right: list[complex]) -> bool:
    return len(left) == len(right) and all(
        abs(one - other) <= 1e-9 * max(1.0, abs(one)) for one, other in zip(left, right, strict=True)
    )


_OPEN = (Derivative, Subs, sympy.core.relational.Relational, Tuple)
_VALUED = [
    expr
    for expr, _ in SCALARS + MATRICES
    if not isinstance(expr, _OPEN) and not expr.has(Derivative, Subs, oo, Function("f")(v)) and expr != X**k
]


@pytest.mark.parametrize("expr", [e for e in _VALUED if not e.has(Symbol("xhat_1"))], ids=str)
def test_what_goes_out_is_worth_what_came_in(expr):
    term, names = from_sympy_with_names(expr)
    assert close(numbers(to_sympy(term, names)), numbers(expr))


_COUNTED = [*(case for case in INDEXED if not case[0].has(Idx)), (Sum(u[Idx("i", 3)], Idx("i", 3)), "")]


@pytest.mark.parametrize(("expr", "_"), _COUNTED, ids=str)
def test_sums_go_out_with_the_same_value(expr, _):
    term, names = from_sympy_with_names(expr)
    back = to_sympy(term, names)
    at = {i: 1, j: 2, k: 2}
    free = {letter: position for letter, position in at.items() if letter in expr.free_symbols}
    assert sympy.simplify((expr - back).subs(_SIZES).subs(free).doit()) == 0


_real = st.sampled_from([x, y, sympy.Integer(2), Rational(1, 3), Rational(-5, 4), pi])


def _more(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    one = st.sampled_from([sin, cos, exp, tanh, atan, Abs, author.sigmoid, author.softplus, erf, cosh, tan])
    return st.one_of(
        st.tuples(inner, inner).map(lambda t: t[0] + t[1]),
        st.tuples(inner, inner).map(lambda t: t[0] - t[1]),
        st.tuples(inner, inner).map(lambda t: t[0] * t[1]),
        st.tuples(inner, inner).map(lambda t: t[0] / (1 + t[1] ** 2)),
        st.tuples(inner, st.sampled_from([2, 3, -1, -2])).map(lambda t: (t[0] ** 2 + 1) ** t[1]),
        st.tuples(inner, st.sampled_from([1, 3, -1])).map(lambda t: (1 + t[0] ** 2) ** Rational(t[1], 2)),
        st.tuples(inner, inner).map(lambda t: (1 + t[0] ** 2) ** t[1]),
        st.tuples(inner, inner).map(lambda t: Max(*t)),
        inner.map(lambda e: log(2 + e**2)),
        st.tuples(one, inner).map(lambda t: t[0](t[1])),
        st.tuples(inner, inner).map(lambda t: Piecewise((t[0], x > y), (t[1], True))),
    )


expressions = st.recursive(_real, _more, max_leaves=7)


@settings(deadline=None, max_examples=150)
@given(expressions)
def test_random_expressions_keep_their_value(expr):
    here = {x: Rational(1, 3), y: Rational(-3, 4)}
    expected = complex(expr.subs(here).evalf())
    assume(math.isfinite(abs(expected)) and abs(expected) < 1e6)
    term, names = from_sympy_with_names(expr)
    try:
        read = value(term, {name("x"): 1 / 3, name("y"): -0.75})
    except OverflowError:
        reject()
    assert read == pytest.approx(expected.real, rel=1e-8, abs=1e-8)
    assert close([complex(to_sympy(term, names).subs(here).evalf())], [expected])


def test_reading_twice_gives_the_same_term():
    expr = x**2 * exp(-x) + sum(symbols("q0:9")) * Max(x, y)
    assert from_sympy(expr) is from_sympy(expr)


def test_shared_parts_are_read_once():
    grown = x + 1
    for _ in range(60):
        grown = sympy.Mul(sin(grown), cos(grown), evaluate=False)
    term = from_sympy(grown)
    assert sum(1 for _ in subterms(term)) < 400
