"""The referee's derivatives against central differences, against SymPy, and what has no value."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from symderiv.term.build import (
    PI,
    E,
    add,
    apply,
    at,
    bigsum,
    cases,
    delta,
    differential,
    entry,
    fraction,
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
    relation,
    root,
    stack,
)
from symderiv.worth.arrays import NoValue
from symderiv.worth.compare import compare
from symderiv.worth.setting import settled
from symderiv.worth.value import value

from .letters import A, B, T, a, call, cos, exp, i, inv, j, k, log, m, n, q, sigma, sin, u, v, w, x, y, z

HERE = {x: 0.7, y: -0.4, z: 1.3, a: 2.0}


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (x + y * z, 0.7 - 0.4 * 1.3),
        (power(E, x), math.exp(0.7)),
        (root(num(27), num(3)), 3),
        (apply(log_to(num(10)), num(1000)), 3),
        (sin(PI), 0),
        (bigsum(entry(v, i) * entry(v, i), i), 14),
        (bigsum(i, i, num(1), num(4)), 10),
        (bigsum(i, i, num(1), num(4), over="bigproduct"), 24),
        (bigsum(entry(v, i + 1), i, num(1), n - 1), 5),
        (bigsum(bigsum(delta(i, j) * entry(v, i) * entry(w, j), i), j), 32),
        (norm(v), math.sqrt(14)),
        (norm(v, "1"), 6),
        (norm(v, "inf"), 3),
        (call("max", v), 3),
        (call("min", v), 1),
        (call("max", x, y, z), 1.3),
        (call("logsumexp", v), math.log(sum(map(math.exp, (1, 2, 3))))),
        (of("det", literal([[num(1), num(2)], [num(3), num(4)]])), -2),
        (of("trace", mul(v, T(w))), 32),
        (mul(T(v), w), 32),
        (cases(x, relation(">", x, num(1)), y, relation("≥", x, num(0)), z), -0.4),
        (cases(x, relation(("<", "<"), num(0), x, num(1)), y), 0.7),
        (at(x**2 + y, x, num(3)), 8.6),
        (at(partial(x**3, x), x, y), 3 * 0.16),
        (partial(at(x**3, x, y**2), y), 6 * (-0.4) ** 5),
        (n * entry(v, num(3)), 9),
    ],
    ids=repr,
)
def test_values(term, expected):
    assert value(term, {**HERE, v: [1, 2, 3], w: [4, 5, 6]}) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (mul(v, T(w)), [[4, 5, 6], [8, 10, 12], [12, 15, 18]]),
        (of("diag", v), [[1, 0, 0], [0, 2, 0], [0, 0, 3]]),
        (of("diagonal", mul(v, T(w))), [4, 10, 18]),
        (of("hadamard", v, w), [4, 10, 18]),
        (v + 1, [2, 3, 4]),
        (fraction(w, v), [4, 2.5, 2]),
        (v**2, [1, 4, 9]),
        (of("kron", T(v), w), [[4, 8, 12], [5, 10, 15], [6, 12, 18]]),
        (stack(i * entry(v, i), i, n), [1, 4, 9]),
        (of("identity", n) - mul(of("ones", n), T(of("ones", n))), [[0, -1, -1], [-1, 0, -1], [-1, -1, 0]]),
        (literal([[x], [num(2)]]), [0.7, 2]),
        (power(of("diag", v), num(3)), [[1, 0, 0], [0, 8, 0], [0, 0, 27]]),
        (call("vec", mul(v, T(of("ones", n)))), [1, 2, 3] * 3),
        (partial(mul(T(v), w), v), [4, 5, 6]),
        (partial(v**2, v), [[2, 0, 0], [0, 4, 0], [0, 0, 6]]),
    ],
    ids=repr,
)
def test_arrays(term, expected):
    got = value(term, {**HERE, v: [1, 2, 3], w: [4, 5, 6]})
    flat = [cell for row in got for cell in row] if isinstance(got[0], list) else got
    wanted = [cell for row in expected for cell in row] if isinstance(expected[0], list) else expected
    assert flat == pytest.approx(wanted)


SCALAR = [
    sin(x * y) * exp(x),
    (x**2 + y) / (1 + x**4),
    power(1 + x**2, y),
    sigma(x) * call("softplus", x * y),
    call("arctan", x / (1 + y**2)) ** 3,
    log(1 + exp(x - y)),
    root(1 + x**2 * y**2) * call("tanh", x),
    call("erf", x * y) + call("Gamma", 2 + x),
    named("s", sin(x)) * cos(named("s", sin(x)) + y),
]


@pytest.mark.parametrize("term", SCALAR, ids=repr)
def test_derivatives_against_central_differences(term):
    step = 1e-5
    for letter in (x, y):
        above = value(term, {**HERE, letter: HERE[letter] + step})
        below = value(term, {**HERE, letter: HERE[letter] - step})
        assert value(partial(term, letter), HERE) == pytest.approx((above - below) / (2 * step), rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("order", ["x", "y", "xx", "xy", "yx", "yy", "xxy", "xyx", "yxy", "xxx", "xyxy"])
@pytest.mark.parametrize("term", SCALAR[:5], ids=repr)
def test_nested_derivatives_against_sympy(term, order):
    sympy = pytest.importorskip("sympy")
    X, Y = sympy.symbols("x y", real=True)
    twin = {
        SCALAR[0]: sympy.sin(X * Y) * sympy.exp(X),
        SCALAR[1]: (X**2 + Y) / (1 + X**4),
        SCALAR[2]: (1 + X**2) ** Y,
        SCALAR[3]: sympy.log(1 + sympy.exp(X * Y)) / (1 + sympy.exp(-X)),
        SCALAR[4]: sympy.atan(X / (1 + Y**2)) ** 3,
    }[term]
    nested = term
    for letter in order:
        nested = partial(nested, {"x": x, "y": y}[letter])
        twin = twin.diff({"x": X, "y": Y}[letter])
    here = {X: sympy.Rational(7, 10), Y: -sympy.Rational(2, 5)}
    got = value(nested, {x: Fraction(7, 10), y: Fraction(-2, 5)})
    assert got == pytest.approx(float(twin.subs(here).evalf(30)), rel=1e-10, abs=1e-12)


def test_a_derivative_inside_a_body_moves_with_it():
    inner = partial(sin(x * y), y)
    assert compare(partial(inner * x, x), 2 * x * cos(x * y) - x**2 * y * sin(x * y)).kind in ("proved", "agrees")
    assert compare(partial(x * partial(inner, x), y), x * partial(partial(inner, x), y)).kind in ("proved", "agrees")


zed = named("z", mul(A, v) + u)
loss = named("L", mul(T(zed), zed) + mul(T(u), u))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (partial(loss, zed), 2 * zed),
        (partial(loss, v), 2 * mul(T(A), zed)),
        (partial(loss, u), 2 * zed + 2 * u),
        (partial(zed, zed), of("identity", m)),
        (partial(mul(A, v), zed), mul(num(0), mul(u, T(u)))),
        (partial(entry(zed, i), entry(A, j, k)), delta(i, j) * entry(v, k)),
        (differential(loss, zed), 2 * mul(T(zed), differential(zed, zed))),
        (differential(mul(B, B), B), mul(differential(B, B), B) + mul(B, differential(B, B))),
        (differential(inv(B), B), minus(mul(inv(B), differential(B, B), inv(B)))),
        (partial(of("det", B), B), of("det", B) * T(inv(B))),
        (partial(call("softmax", v), v), of("diag", call("softmax", v)) - mul(call("softmax", v), T(call("softmax", v)))),
        (bigsum(partial(entry(v, i) ** 2, entry(v, j)), j), 2 * entry(v, i)),
        (bigsum(partial(sin(mul(T(v), w)), entry(v, i)) * entry(v, i), i), mul(T(v), w) * cos(mul(T(v), w))),
    ],
    ids=repr,
)
def test_what_moves(left, right):
    assert compare(left, right).kind in ("proved", "agrees")


def test_the_same_letter_bound_and_free():
    soft = power(E, entry(v, i)) / bigsum(power(E, entry(v, i)), i)
    other = power(E, entry(v, i)) / bigsum(power(E, entry(v, q)), q)
    assert compare(soft, other).kind == "proved"
    assert compare(partial(soft, entry(v, i)), soft * (1 - soft)).kind in ("proved", "agrees")
    assert compare(partial(soft, entry(v, j)), soft * (1 - soft)).kind == "refuted"


@pytest.mark.parametrize(
    "term",
    [1 / (x - x), log(minus(x**2)), root(minus(1 + x**2)), partial(call("abs", x - x), x), partial(y / (z - z), x)],
    ids=repr,
)
def test_no_point(term):
    assert compare(term, term + 1).kind == "undecided"


@pytest.mark.parametrize(
    ("term", "reason"),
    [
        (name("lost"), "no-value"),
        (entry(v, num(9)), "outside"),
        (mul(v, v), "shape"),
        (bigsum(a, i), "no-range"),
        (call("mystery", x), "no-value"),
        (norm(B, "2"), "no-value"),
        (bigsum(i, i, num(1), num(10**7)), "size"),
    ],
    ids=repr,
)
def test_reasons(term, reason):
    rows = ((Fraction(1), Fraction(2)), (Fraction(3), Fraction(5)))
    setting = settled({x: Fraction(1), a: Fraction(2), n: Fraction(2), v: (Fraction(1), Fraction(2)), B: rows})
    with pytest.raises(NoValue) as caught:
        setting.of(term)
    assert caught.value.reason == reason


def test_a_shared_graph_is_walked_once():
    term = x
    for _ in range(60):
        term = sin(term) * cos(term) + fraction(add(term, term), num(5))
    assert compare(term, mul(term, num(1))).kind in ("proved", "agrees")
    assert compare(partial(term, x), partial(term, x) + x / 10**6).kind == "refuted"
