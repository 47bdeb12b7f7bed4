"""Unknown functions: the same in every process, smooth, and their primes are their derivatives."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.term.build import apply, entry, function, partial, prime
from symderiv.worth.compare import compare
from symderiv.worth.unknown import directions, seeded
from symderiv.worth.value import value

from .letters import A, T, f, g, i, j, m, n, u, v, x, y

F = function("F", inputs=((m,),))
H = function("H", inputs=((n,),), output=(m,))
G = function("G", inputs=((), ()))


def test_the_content_alone_is_the_seed():
    assert seeded("x", 1).random() == seeded("x", 1).random() != seeded("x", 2).random()


@pytest.mark.parametrize("length", range(2, 9))
def test_directions_leave_the_linear_term_only(length):
    for power in range(0 if length > 2 else 1, length):
        assert sum(weight * Fraction(speed) ** power for speed, weight in directions(length)) == (power == 1)


def test_a_prime_is_the_derivative():
    step = Fraction(1, 10**6)
    here = {x: Fraction(3, 7)}
    slope = (value(apply(f, x), {x: here[x] + step}) - value(apply(f, x), {x: here[x] - step})) / (2 * 1e-6)
    assert value(apply(prime(f), x), here) == pytest.approx(slope, rel=1e-8)


def test_functions_of_different_names_differ():
    assert compare(apply(f, x), apply(g, x)).kind == "refuted"
    assert compare(apply(f, x), apply(prime(f), x)).kind == "refuted"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (partial(apply(f, apply(g, x)), x), apply(prime(f), apply(g, x)) * apply(prime(g), x)),
        (partial(apply(prime(f), x**2), x), 2 * x * apply(prime(prime(f)), x**2)),
        (partial(apply(G, x, x * y), x), apply(prime(G), x, x * y) + y * apply(prime(G, 2), x, x * y)),
        (partial(partial(apply(G, x, y), x), y), apply(prime(prime(G), 2), x, y)),
        (partial(apply(F, A * v), v), T(A) * apply(prime(F), A * v)),
        (partial(apply(F, u), entry(u, i)), entry(apply(prime(F), u), i)),
        (partial(apply(H, v), v), apply(prime(H), v)),
        (partial(entry(apply(H, v), i), entry(v, j)), entry(apply(prime(H), v), i, j)),
        (partial(apply(f, v), v), partial(apply(f, v), v)),
    ],
    ids=repr,
)
def test_chain_rules_hold(left, right):
    assert compare(left, right).kind in ("proved", "agrees")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (partial(apply(f, apply(g, x)), x), apply(prime(f), apply(g, x))),
        (partial(partial(apply(f, x * y), x), y), apply(prime(prime(f)), x * y)),
        (partial(apply(G, x, x * y), x), apply(prime(G), x, x * y)),
    ],
    ids=repr,
)
def test_false_chain_rules_do_not(left, right):
    assert compare(left, right).kind == "refuted"
