"""Terms that did not come from SymPy, given to it: every kind, and the ones it has no object for."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import assume, given, settings
from sympy import (
    Abs,
    Derivative,
    Function,
    ImmutableDenseMatrix,
    KroneckerDelta,
    MatrixSymbol,
    Max,
    Piecewise,
    Subs,
    Sum,
    Symbol,
    Trace,
    exp,
    log,
    pi,
    sqrt,
    symbols,
)  # fmt: skip

from symderiv.errors import SymderivError
from symderiv.term import author
from symderiv.term.build import (
    INFINITY,
    ONE,
    PI,
    ZERO,
    E,
    add,
    apply,
    at,
    bigsum,
    cases,
    delta,
    differential,
    entry,
    expectation,
    fraction,
    function,
    index,
    limit,
    literal,
    log_to,
    minus,
    mul,
    name,
    named,
    norm,
    num,
    of,
    partial,
    power,
    prime,
    property_of,
    relation,
    root,
    size,
    stack,
)  # fmt: skip
from symderiv.term.kinds import make
from symderiv.term.sympy_door import from_sympy, to_sympy

from .values import LETTERS, U, V, X, Y, meanings, scalars, value

x, y, n, m = symbols("x y n m")
i = Symbol("i")
f = Function("f")
v, w, A, S = MatrixSymbol("v", n, 1), MatrixSymbol("w", n, 1), MatrixSymbol("A", m, n), MatrixSymbol("S", n, n)

_n, _m, _i, _j = size("n"), size("m"), index("i"), index("j")
_x, _y, _v, _w = name("x"), name("y"), name("v", _n), name("w", _n)
_A, _S = name("A", _m, _n), name("S", _n, _n)
_f = function("f")
_psi = function("Psi", inputs=((_n,),))


def known(which):
    return function(which, known=True)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (num("0.50"), sympy.Float("0.50")),
        (mul(PI, E, _x), pi * sympy.E * x),
        (minus(INFINITY), -sympy.oo),
        (fraction(_x, num(2)), x / 2),
        (root(_x), sqrt(x)),
        (root(_x, num(3)), x ** sympy.Rational(1, 3)),
        (apply(known("ln"), _x), log(x)),
        (apply(log_to(num(2)), _x), log(x, 2)),
        (apply(known("exp"), _x), exp(x)),
        (apply(known("abs"), _x), Abs(x)),
        (apply(known("arccot"), _x), pi / 2 - sympy.atan(x)),
        (apply(known("max"), ZERO, _x), Max(0, x)),
        (apply(function("phi", means="sigma"), _x), author.sigmoid(x)),
        (apply(prime(known("sigma")), _x), author.sigmoid(x) * (1 - author.sigmoid(x))),
        (apply(prime(known("digamma")), _x), sympy.polygamma(1, x)),
        (apply(prime(known("sin")), mul(_x, _y)), sympy.cos(x * y)),
        (apply(prime(_f), _x), Derivative(f(x), x)),
        (apply(prime(_f), mul(num(2), _x)), Subs(Derivative(f(y), y), y, 2 * x)),
        (apply(prime(_f, 2), _x, _x), Subs(Derivative(f(x, y), y), y, x)),
        (apply(prime(prime(_f)), _x), Derivative(f(x), x, x)),
        (delta(_i, _j), KroneckerDelta(i, Symbol("j"))),
        (cases(_x, relation(">", _x, ZERO), ZERO), Piecewise((x, x > 0), (0, True))),
        (relation(("<", "≤"), ZERO, _x, ONE), sympy.And(sympy.Lt(0, x), x <= 1)),
        (partial(mul(_x, _y), _x), Derivative(x * y, x)),
        (at(power(_x, num(2)), _x, num(3)), Subs(x**2, x, 3)),
        (of("tuple", _x, _y), sympy.Tuple(x, y)),
        (named("z", mul(_x, _y)), x * y),
        (_v, v),
        (mul(_A, _v), A * v),
        (mul(of("transpose", _v), _w), Trace(v.T * w)),
        (mul(of("transpose", _v), _w, _v), Trace(v.T * w) * v),
        (add(ONE, mul(of("transpose", _v), _S, _v)), 1 + Trace(v.T * S * v)),
        (add(ONE, minus(_v)), sympy.OneMatrix(n, 1) - v),
        (norm(_v), sqrt(Trace(v.T * v))),
        (norm(_S, "F"), sqrt(Trace(S.T * S))),
        (of("trace", _S), Trace(S)),
        (of("det", _S), sympy.Determinant(S)),
        (of("inverse", _S), S.inv()),
        (of("diag", _v), sympy.DiagMatrix(v)),
        (of("diagonal", _S), sympy.DiagonalOf(S)),
        (of("hadamard", _v, _w), sympy.HadamardProduct(v, w)),
        (of("kron", _A, _S), sympy.KroneckerProduct(A, S)),
        (of("identity", _n), sympy.Identity(n)),
        (of("zeros", _m, _n), sympy.ZeroMatrix(m, n)),
        (power(_v, num(2)), sympy.HadamardPower(v, 2)),
        (power(_S, num(2)), S**2),
        (fraction(ONE, _v), sympy.HadamardPower(v, -1)),
        (fraction(_v, _w), sympy.HadamardProduct(v, sympy.HadamardPower(w, -1))),
        (apply(known("softmax"), _v), author.softmax(v)),
        (apply(known("logsumexp"), _v), author.logsumexp(v)),
        (literal([[_x, ONE], [ZERO, _y]]), ImmutableDenseMatrix([[x, 1], [0, y]])),
        (entry(_v, _i), v[i - 1, 0]),
        (entry(_A, ONE, _j), A[0, Symbol("j") - 1]),
        (bigsum(power(_x, _i), _i, ZERO, num(5)), Sum(x**i, (i, 0, 5))),
        (bigsum(entry(_v, _i), _i), Sum(v[i - 1, 0], (i, 1, n))),
        (limit(fraction(_x, _y), _y, INFINITY), sympy.Limit(x / y, y, sympy.oo)),
        (limit(fraction(_x, _y), _y, ZERO), sympy.Limit(x / y, y, 0, "+-")),
        (limit(fraction(_x, _y), _y, ZERO, "↓"), sympy.Limit(x / y, y, 0, "+")),
        (limit(fraction(_x, _y), _y, ZERO, "↑"), sympy.Limit(x / y, y, 0, "-")),
        (expectation(mul(_x, _y), (_x, ZERO, ONE)), Function("E")(sympy.Lambda(x, x * y), 0, 1)),
        (
            expectation(mul(_x, _y), (_x, _n, ONE), (_y, ZERO, _m), of="Var"),
            Function("Var")(sympy.Lambda((x, y), x * y), n, 1, 0, m),
        ),
        (expectation(entry(_v, _i), (_v, ZERO, ONE)), Function("E")(sympy.Lambda(v, v[i - 1, 0]), 0, 1)),
    ],
    ids=str,
)
def test_what_goes_out(term, expected):
    assert to_sympy(term) == expected


def explicit(expr):
    """Entries of an array of two unknowns."""
    here = {n: 2, m: 2}
    matrix = expr.subs(here).as_explicit()
    return [cell.doit() for cell in matrix]


v0, v1 = (MatrixSymbol("v", 2, 1)[k, 0] for k in (0, 1))


@pytest.mark.parametrize(
    ("term", "cells"),
    [
        (stack(mul(entry(_v, _i), _i), _i, _n), [v0, 2 * v1]),
        (apply(known("max"), ZERO, _v), [Max(0, v0), Max(0, v1)]),
        (cases(_v, relation(">", _x, ZERO), ZERO), [Piecewise((c, x > 0), (0, True)) for c in (v0, v1)]),
        (power(num(2), _v), [2**v0, 2**v1]),
        (power(_v, _v), [v0**v0, v1**v1]),
        (root(_v), [sqrt(v0), sqrt(v1)]),
        (apply(_f, _v), [f(v0), f(v1)]),
        (apply(prime(_f), _v), [Derivative(f(v0), v0), Derivative(f(v1), v1)]),
        (apply(prime(known("sigma")), _v), [author.sigmoid(c) * (1 - author.sigmoid(c)) for c in (v0, v1)]),
        (bigsum(mul(entry(_v, _i), _v), _i), [(v0 + v1) * c for c in (v0, v1)]),
    ],
    ids=str,
)
def test_arrays_without_a_class_of_their_own(term, cells):
    found = explicit(to_sympy(term))
    assert [sympy.simplify(one - other) for one, other in zip(found, cells, strict=True)] == [0, 0]


def test_the_gradient_of_an_unknown_function():
    gradient = to_sympy(apply(prime(_psi), _v))
    assert gradient.shape == (n, 1)
    assert gradient[i, 0] == Derivative(Function("Psi")(v), v[i, 0])
    assert to_sympy(entry(apply(prime(_psi), _v), _i)) == Derivative(Function("Psi")(v), v[i - 1, 0])
    part = named("w", mul(_S, _v))
    assert to_sympy(apply(prime(_psi), part))[i, 0] == Derivative(Function("Psi")(w), w[i, 0])


@pytest.mark.parametrize(
    ("term", "says"),
    [
        (differential(_x, _x), "differential"),
        (property_of("symmetric", _S), "property"),
        (mul(_v, _w), "shapes"),
        (bigsum(ONE, _i), "limits"),
        (norm(_S, "2"), "norm"),
        (partial(mul(_S, _v), _v), "Jacobian"),
        (relation("≈", _x, _y), "≈"),
        (apply(known("max"), _v), "max"),
        (apply(prime(_psi), mul(_S, _v)), "name"),
        (add(_x, mul(_x, differential(_y, _y))), "differential"),
    ],
    ids=str,
)
def test_what_sympy_has_no_object_for_is_refused(term, says):
    with pytest.raises(SymderivError, match=says) as refusal:
        to_sympy(term)
    assert refusal.value.code == "unsupported"


@settings(deadline=None, max_examples=60)
@given(scalars, meanings)
def test_random_sums_are_worth_the_same(term, of_):
    here = {x: of_[X], y: of_[Y], **{Symbol(letter.data.base): of_[letter] for letter in LETTERS}}
    arrays = {MatrixSymbol(text, 3, 1): ImmutableDenseMatrix(3, 1, of_[array]) for text, array in (("u", U), ("v", V))}
    try:
        expr = to_sympy(term)
    except SymderivError as refusal:
        assume("limits" not in str(refusal))
        raise
    assert expr.subs(here).subs(arrays).doit() == value(term, of_)


def test_a_bound_letter_is_not_the_author_s_free_one():
    # the author's i is worth one less than the letter here: the sum must not run over it
    free = Symbol("i")
    total = to_sympy(mul(_i, bigsum(entry(_v, _i), _i)), {_i: free + 1})
    assert free in total.free_symbols
    assert total.subs(free, 4).subs(n, 2).doit() == 5 * (v0 + v1)


@pytest.mark.parametrize(
    ("term", "worth"),
    [
        (limit(fraction(apply(known("sin"), _y), _y), _y, ZERO), 1),
        (limit(fraction(ONE, _y), _y, ZERO, "↓"), sympy.oo),
        (limit(fraction(ONE, _y), _y, ZERO, "↑"), -sympy.oo),
    ],
    ids=str,
)
def test_sympy_finds_the_limit(term, worth):
    assert to_sympy(term).doit() == worth


@pytest.mark.parametrize("term", [limit(mul(_x, _y), _y, ONE), expectation(mul(_x, _y), (_y, ZERO, ONE))], ids=str)
def test_what_is_bound_is_not_free(term):
    assert to_sympy(term).free_symbols == {x}


@pytest.mark.parametrize("term", [limit(mul(_y, _v), _y, ONE), expectation(mul(_y, _v), (_y, ZERO, ONE))], ids=str)
def test_of_an_array_each_entry(term):
    entries = to_sympy(term)
    assert entries.shape == (n, 1)
    assert entries[0, 0] == to_sympy(make(term.kind, term.data, (mul(_y, entry(_v, ONE)), *term.args[1:])))


def test_a_derivative_inside_an_array_is_not_carried_out():
    unknown = apply(function("L", inputs=((_n,),)), _w)
    step = add(_v, minus(mul(_x, stack(partial(unknown, entry(_w, _i)), _i, _n))))
    assert to_sympy(step)[0, 0] == v[0, 0] - x * Derivative(Function("L")(w), w[0, 0])


@pytest.mark.parametrize("term", [mul(_A, _v), apply(known("tanh"), add(mul(_S, _v), _w)), stack(entry(_v, _i), _i, _n)])
def test_arrays_come_back_as_they_went(term):
    assert from_sympy(to_sympy(term)) is term


def test_no_text_is_read_by_sympy(monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("a text was given to SymPy to read")

    monkeypatch.setattr("sympy.parsing.sympy_parser.parse_expr", never)
    monkeypatch.setattr("sympy.parsing.sympy_parser.eval_expr", never)
    with pytest.raises(AssertionError):
        sympy.sympify("x + 1")
    text = "exit()"
    assert to_sympy(mul(num(2), name(text))).free_symbols == {Symbol(name(text).data.name.latex)}
    assert to_sympy(apply(function(text), num("2.5"))).func.__name__ == name(text).data.name.latex


def test_the_same_term_goes_out_equal_each_time():
    term = mul(stack(entry(_v, _i), _i, _n), norm(_v, "1"), apply(prime(_f), mul(num(2), _x)))
    assert to_sympy(add(term, apply(_f, _v))) == to_sympy(add(term, apply(_f, _v)))
