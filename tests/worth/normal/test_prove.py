"""What the normal form proves for all sizes, what it leaves alone, and that it proves nothing false."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    function,
    literal,
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
    stack,
)
from symderiv.worth.normal.prove import Prover

from ..letters import A, B, C, T, a, b, c, call, cos, exp, f, i, inv, j, k, log, m, n, q, sigma, sin, u, v, w, x, y, z
from ..test_compare import TERMS

soft = named("p", stack(fraction(power(E, entry(v, i)), bigsum(power(E, entry(v, k)), k)), i, n))
loss = named("L", minus(bigsum(entry(w, k) * log(entry(soft, k)), k)))
one = num(1)
sums_to_one = relation("=", bigsum(entry(w, k), k), one)
F = function("F", inputs=((m,),))
three = name("t", num(3))
tall = literal([[num(2), num(1)], [num(1), num(1)], [num(0), num(0)]])

TRUE = {
    "trigonometry": [
        (sin(x + y), sin(x) * cos(y) + cos(x) * sin(y)),
        (sin(3 * x), 3 * sin(x) - 4 * sin(x) ** 3),
        (call("tan", x) ** 2 + 1, call("sec", x) ** 2),
        (call("csc", x) ** 2, 1 + call("cot", x) ** 2),
        (sin(PI / 2 - x), cos(x)),
        (call("arccos", x), PI / 2 - call("arcsin", x)),
    ],
    "inverse of numbers": [
        (inv(mul(of("transpose", tall), tall)), literal([[num(2), minus(num(3))], [minus(num(3)), num(5)]])),
        (
            inv(literal([[num(4), num(0)], [num(1), fraction(one, num(2))]])),
            literal([[fraction(one, num(4)), num(0)], [-fraction(one, num(2)), num(2)]]),
        ),
    ],
    "exponentials": [
        (exp(x) ** 2, power(E, 2 * x)),
        (call("tanh", x), 2 * sigma(2 * x) - 1),
        (call("cosh", x) ** 2 - call("sinh", x) ** 2, one),
        (log(1 + exp(x)), x + log(1 + exp(minus(x)))),
        (call("softplus", x) - call("softplus", minus(x)), x),
        (log(sigma(x)), minus(call("softplus", minus(x)))),
        (sin(call("tanh", x)), sin(2 * sigma(2 * x) - 1)),
        (power(x, x), exp(x * log(x))),
        (log(num(6)), log(num(2)) + log(num(3))),
    ],
    "roots and signs": [
        (root(x) ** 2, x),
        (1 / (root(x**2 + 1) + x), root(x**2 + 1) - x),
        (root(num(8)), 2 * root(num(2))),
        (root(x**2), call("abs", x)),
        (call("abs", x * y), call("abs", x) * call("abs", y)),
        (call("relu", x) - call("relu", minus(x)), x),
        (call("max", x, y) + call("min", x, y), x + y),
        (call("arsinh", x), log(x + root(1 + x**2))),
    ],
    "whole parts": [
        (call("floor", num(17) / 2) + 1, num(9)),
        (call("ceil", minus(num(17) / 2)), minus(num(8))),
        (call("floor", 2 * x / 2), call("floor", x)),
        (call("ceil", x), minus(call("floor", minus(x)))),
    ],
    "derivatives": [
        (partial(power(x, a), x), a * power(x, a - 1)),
        (partial(power(x, n), x), n * power(x, n - 1)),
        (partial(call("erf", x), x), 2 / root(PI) * exp(minus(x**2))),
        (partial(call("arctan", x / y), x), y / (x**2 + y**2)),
        (partial(call("abs", x), x), call("sign", x)),
        (partial(partial(apply(f, x * y), x), y), apply(prime(f), x * y) + x * y * apply(prime(prime(f)), x * y)),
        (partial(call("Gamma", x), x), call("Gamma", x) * call("digamma", x)),
        (at(partial(x**3, x), x, y), 3 * y**2),
    ],
    "sums and deltas": [
        (bigsum(delta(i, k) * entry(v, k), k), entry(v, i)),
        (bigsum(one, i, one, n), n),
        (bigsum(entry(v, i) - x, i), bigsum(entry(v, i), i) - n * x),
        (bigsum(entry(v, i), i) ** 2, bigsum(bigsum(entry(v, i) * entry(v, j), j), i)),
        (bigsum(sigma(entry(v, i)) + sigma(minus(entry(v, i))), i), bigsum(one, i, one, n)),
        (bigsum(entry(soft, k), k), one),
        (partial(entry(soft, i), entry(v, j)), entry(soft, i) * (delta(i, j) - entry(soft, j))),
        (bigsum(power(x, q), q, num(0), num(3)), 1 + x + x**2 + x**3),
        (bigsum(entry(three, i), i), entry(three, one) + entry(three, num(2)) + entry(three, num(3))),
    ],
    "matrices": [
        (T(mul(A, v)), mul(T(v), T(A))),
        (inv(mul(B, C)), mul(inv(C), inv(B))),
        (mul(B, inv(B), C), C),
        (of("trace", mul(B, C)), of("trace", mul(C, B))),
        (of("det", mul(B, C)), of("det", B) * of("det", C)),
        (norm(A, "F") ** 2, of("trace", mul(T(A), A))),
        (mul(of("diag", v), w), of("hadamard", v, w)),
        (of("diagonal", mul(v, T(w))), of("hadamard", v, w)),
        (partial(mul(T(v), B, v), v), mul(add(B, T(B)), v)),
        (partial(norm(v), v), v / norm(v)),
        (partial(of("det", B), B), of("det", B) * T(inv(B))),
        (differential(inv(B), B), minus(mul(inv(B), differential(B, B), inv(B)))),
        (partial(of("trace", mul(B, T(B))), B), 2 * B),
        (partial(apply(F, mul(A, v)), v), mul(T(A), apply(prime(F), mul(A, v)))),
        (of("det", literal([[a, b], [c, x]])), a * x - b * c),
        (partial(call("logsumexp", v), v), call("softmax", v)),
        (mul(T(call("softmax", v)), of("ones", n)), one),
    ],
}


@pytest.mark.parametrize(("left", "right"), [pair for pairs in TRUE.values() for pair in pairs], ids=repr)
def test_proved(left, right):
    assert Prover(()).prove(left, right) is not None


@pytest.mark.parametrize(
    ("left", "right", "fact"),
    [
        (partial(loss, entry(v, j)), entry(soft, j) - entry(w, j), sums_to_one),
        (partial(loss, v), call("softmax", v) - w, property_of("one-hot", w)),
        (mul(T(v), B, w), mul(T(w), B, v), property_of("symmetric", B)),
        (log(1 - x) + log(x), log(x * (1 - x)), relation(("<", "<"), num(0), x, one)),
        (root(x**2), x, relation(">", x, num(0))),
        (root(entry(v, i) ** 2), entry(v, i), relation(">", v, num(0))),
        (1 - delta(i, j), one, relation("≠", i, j)),
    ],
    ids=repr,
)
def test_proved_under_a_condition_only(left, right, fact):
    assert Prover((fact,)).prove(left, right).conditions == (fact,)
    without = Prover(()).prove(left, right)
    assert without is None or without.assumed


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (log(x**2), 2 * log(x)),
        (log(x * y), log(x) + log(y)),
        (power(x * y, a), power(x, a) * power(y, a)),
    ],
    ids=repr,
)
def test_what_one_side_needs_is_assumed_openly(left, right):
    assert Prover(()).prove(left, right).assumed


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (root(x**2), x),
        (call("abs", x), x),
        (mul(B, C), mul(C, B)),
        (inv(B + C), inv(B) + inv(C)),
        (bigsum(entry(inv(B), i, k) * entry(B, k, k), k), delta(i, i)),
        (bigsum(entry(v, i), i) ** 2, bigsum(entry(v, i) ** 2, i)),
        (partial(mul(T(v), B, v), v), 2 * mul(B, v)),
        (partial(entry(soft, i), entry(v, j)), entry(soft, i) * (1 - entry(soft, j))),
        (partial(entry(soft, i), entry(v, i)), entry(soft, i) * (delta(i, j) - entry(soft, i))),
        (partial(power(x, n), x), n * power(x, n)),
        (sin(x + y), sin(x) + sin(y)),
        (call("floor", x), x),
        (call("floor", x + y), call("floor", x) + call("floor", y)),
        (partial(call("floor", x), x), num(0)),
        (mul(B, T(B)), mul(T(B), B)),
        (cases(x, relation(">", x, num(0)), num(0)), x),
        (of("det", B + C), of("det", B) + of("det", C)),
        (mul(u, T(u), u), u),
    ],
    ids=repr,
)
def test_not_proved(left, right):
    assert Prover(()).prove(left, right) is None


@given(TERMS, st.sampled_from([num("0.001"), x, y * y, sin(x)]))
@settings(max_examples=80, deadline=None)
def test_nothing_false_is_proved(t, extra):
    assert Prover(()).prove(t, t + extra) is None
    assert Prover((relation(">", x, num(0)), relation(">", y, num(0)))).prove(t, t + extra) is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (power(x + y + z, num(40)), power(z + y + x, num(40)) + 0),
        (power(num(3), num(10**9)) + x, x + power(num(3), num(10**9)) * 1),
        (bigsum(power(x, q), q, one, num(10**9)), bigsum(power(x, q), q, one, num(10**9)) * 1),
    ],
    ids=["large power", "large number", "long sum"],
)
def test_over_a_cap_it_says_nothing_or_the_truth_quickly(left, right):
    Prover(()).prove(left, right)
    assert Prover(()).prove(left, right + 1) is None
