"""SymPy functions for authors: values, derivatives, printing, pickling, and no silent zero."""

from __future__ import annotations

import copy
import math
import pickle
import subprocess
import sys

import pytest
import sympy
from sympy import MatrixSymbol, Max, Piecewise, Rational, Symbol, exp, latex, oo, symbols

from symderiv.errors import SymderivError
from symderiv.term.author import NAMES, logsumexp, relu, sigmoid, softmax, softplus
from symderiv.term.sympy_door import from_sympy

x, y, n = symbols("x y n")
v, W = MatrixSymbol("v", n, 1), MatrixSymbol("W", n, n)

DEFINITIONS = [
    (sigmoid, lambda t: 1 / (1 + math.exp(-t))),
    (softplus, lambda t: math.log1p(math.exp(t))),
    (relu, lambda t: max(0.0, t)),
]
POINTS = [Rational(-7, 3), Rational(-1, 5), Rational(2, 7), Rational(3)]


@pytest.mark.parametrize(("fn", "definition"), DEFINITIONS, ids=lambda part: getattr(part, "__name__", ""))
@pytest.mark.parametrize("point", POINTS, ids=str)
def test_values_are_those_of_the_definition(fn, definition, point):
    expected = definition(float(point))
    assert float(fn(point)) == pytest.approx(expected)
    assert float(fn(x).subs(x, point).evalf()) == pytest.approx(expected)
    assert float(fn(float(point))) == pytest.approx(expected)


@pytest.mark.parametrize(("fn", "definition"), DEFINITIONS, ids=lambda part: getattr(part, "__name__", ""))
@pytest.mark.parametrize("point", POINTS, ids=str)
def test_derivatives_are_difference_quotients(fn, definition, point):
    at, step = float(point), 1e-5
    quotient = (definition(at + step) - definition(at - step)) / (2 * step)
    assert float(fn(x).fdiff().subs(x, point)) == pytest.approx(quotient, rel=1e-6)
    assert float(fn(3 * x).diff(x).subs(x, point / 3)) == pytest.approx(3 * quotient, rel=1e-6)


def test_relu_has_no_derivative_at_its_kink():
    assert relu(x).diff(x).subs(x, 0) is sympy.nan


def test_the_gradient_of_logsumexp_is_softmax():
    small = MatrixSymbol("v", 3, 1)
    gradient = logsumexp(small).fdiff()
    assert gradient == softmax(small)
    cells = [logsumexp(small).rewrite(exp).diff(small[k, 0]) for k in range(3)]
    assert [sympy.simplify(cell - gradient[k, 0]) for k, cell in enumerate(cells)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (sigmoid(x).rewrite(exp), 1 / (1 + exp(-x))),
        (softplus(x).rewrite(exp), sympy.log(1 + exp(x))),
        (relu(x).rewrite(Max), Max(0, x)),
        (relu(x).rewrite(Piecewise), Piecewise((x, x > 0), (0, True))),
        (sigmoid(0), Rational(1, 2)),
        (sigmoid(oo), 1),
        (softplus(-oo), 0),
        (relu(-3), 0),
        (sigmoid(W * v)[0, 0].func, sigmoid),
        (softmax(v).shape, (n, 1)),
        (sigmoid(W * v).shape, (n, 1)),
        (sympy.simplify(sum(softmax(sympy.ImmutableMatrix([1, 2, x])).as_explicit())), 1),
        (sigmoid(Symbol("t", real=True)).is_positive, True),
        (logsumexp(v).is_commutative, True),
    ],
    ids=str,
)
def test_what_they_are(expr, expected):
    assert expr == expected


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (sigmoid(x), r"\sigma{\left(x \right)}"),
        (sigmoid(x) ** 2, r"\sigma^{2}{\left(x \right)}"),
        (relu(x + 1), r"\operatorname{relu}{\left(x + 1 \right)}"),
        (softplus(x), r"\operatorname{softplus}{\left(x \right)}"),
        (softmax(v), r"\operatorname{softmax}{\left(v \right)}"),
        (logsumexp(v), r"\operatorname{logsumexp}{\left(v \right)}"),
    ],
    ids=str,
)
def test_how_they_print(expr, expected):
    assert latex(expr) == expected


@pytest.mark.parametrize("thing", [sigmoid, softmax, relu(x) * 2, sigmoid(x), softmax(W * v), logsumexp(v)], ids=str)
def test_they_pickle(thing):
    assert pickle.loads(pickle.dumps(thing)) == thing
    assert copy.deepcopy(thing) == thing


@pytest.mark.parametrize(
    "derive",
    [
        lambda: softmax(v).diff(v),
        lambda: logsumexp(v).diff(v),
        lambda: softmax(x * v).diff(x),
        lambda: logsumexp(x * v).diff(x),
        lambda: (v.T * softmax(v)).diff(v),
        lambda: (x * logsumexp(v)).diff(v),
    ],
)
def test_sympy_does_not_take_their_derivative_for_zero(derive):
    with pytest.raises(SymderivError, match="cannot differentiate"):
        derive()


@pytest.mark.parametrize("make", [lambda: softmax(W), lambda: logsumexp(x), lambda: softmax("v"), lambda: softmax(3)])
def test_what_is_no_vector_is_refused(make):
    with pytest.raises(SymderivError, match="vector"):
        make()


@pytest.mark.parametrize("which", NAMES)
def test_the_door_knows_them(which):
    from symderiv.term import author

    cls = getattr(author, which)
    argument = v if which in ("softmax", "logsumexp") else x
    assert from_sympy(cls(argument)).args[0].data.known


def test_importing_the_module_imports_no_sympy():
    code = (
        "import sys, symderiv.term.author, symderiv.term.sympy_door; assert 'sympy' not in sys.modules; "
        "from symderiv.term.author import sigmoid; assert 'sympy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_there_is_nothing_else():
    from symderiv.term import author

    with pytest.raises(AttributeError, match="tanh"):
        _ = author.tanh
