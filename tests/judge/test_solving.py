"""Equations to zero and what follows from them."""

from __future__ import annotations

import pytest

from symderiv.judge.solving import equivalent, is_zero
from symderiv.reading import read_name
from symderiv.term.build import fraction, mul, num, of, partial, property_of
from symderiv.term.kinds import Term

from .letters import A, T, a, b, n, v, w, x

F = mul(T(v), A, v) / 2 - mul(T(w), v)
SYMMETRIC = (property_of("symmetric", A), property_of("invertible", A))
GRADIENT = mul(A, v) - w
HAT = read_name(r"\hat{x}")
RAYLEIGH = fraction(mul(T(v), A, v), mul(T(v), v))


@pytest.mark.parametrize(
    ("term", "zero"), [(num(0), True), (of("zeros", n), True), (num(1), False), (x, False), (x - x, False)]
)
def test_zero(term: Term, zero: bool) -> None:
    assert is_zero(term) is zero


#: What vanishes, the two sides of what is said to follow, and whether it does.
FOLLOWS: dict[str, tuple[Term, Term, Term, bool | None]] = {
    "the same equation": (partial(F, v), mul(A, v), w, True),
    "a multiple of it": (partial(F, v), 2 * mul(A, v), 2 * w, True),
    "the sides exchanged": (partial(F, v), w, mul(A, v), True),
    "another equation": (partial(F, v), mul(A, v), 2 * w, False),
    "a solution that is named": (partial(F, v), v, mul(of("inverse", A), w), True),
    "a wrong solution": (partial(F, v), v, 2 * mul(of("inverse", A), w), False),
    "a name with the letter of the variable": (partial((x - a) ** 2, x), HAT, a, True),
    "a wrong value for it": (partial((x - a) ** 2, x), HAT, 2 * a, False),
    "a mean": (partial((x - a) ** 2 + (x - b) ** 2, x), x, (a + b) / 2, True),
    "where a quotient of Rayleigh is stationary": (partial(RAYLEIGH, v), mul(A, v), RAYLEIGH * v, True),
    "shapes that differ": (partial(F, v), x, num(0), None),
    "what always vanishes": (partial(F, v), w, w, None),
}


@pytest.mark.parametrize("label", FOLLOWS)
def test_what_follows_from_zero(label: str) -> None:
    vanishing, left, right, expected = FOLLOWS[label]
    found = equivalent(vanishing, left, right, SYMMETRIC)
    assert found.equal is expected, f"{left} = {right} where {vanishing} = 0: {found.evidence}"
