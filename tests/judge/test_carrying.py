"""Errors carried forward: under a claim, what is below has the value that follows from it, and nothing else changes."""

from __future__ import annotations

import pytest

from symderiv.judge.carrying import Claim, carried
from symderiv.term.build import delta, entry, fraction, mul, named, norm, num, of, partial, stack
from symderiv.term.kinds import Term
from symderiv.worth.compare import compare

from .letters import A, T, W, b, call, i, j, k, n, v, w, x

U = named("u", x**2)
Y = named("y", U**3)
Z = named("z", mul(W, v))
L = named("L", fraction(num(1), num(2)) * norm(Z) ** 2)
S = named("s", stack(entry(v, i) ** 2, i, n))
Q = named("q", mul(T(v), A, v))
H = named("h", call("sin", Q))

#: A term, the claims in force, and what it is then worth.
CARRIED: dict[str, tuple[Term, list[Claim], Term]] = {
    "a value": (3 * U, [Claim(U, x + 1)], 3 * (x + 1)),
    "a value inside a definition": (Y, [Claim(U, x)], x**3),
    "a derivative": (partial(Y, x), [Claim(partial(U, x), x)], 3 * U**2 * x),
    "the value stays where a derivative is claimed": (Y, [Claim(partial(U, x), x)], U**3),
    "an outer derivative": (partial(Y, x), [Claim(partial(Y, U), U)], U * 2 * x),
    "a gradient by a vector": (partial(L, v), [Claim(partial(L, Z), 2 * Z)], 2 * mul(T(W), Z)),
    "a gradient by a vector, for a matrix": (partial(L, W), [Claim(partial(L, Z), 2 * Z)], 2 * mul(Z, T(v))),
    "a gradient of the wrong orientation": (partial(L, v), [Claim(partial(L, Z), 2 * T(Z))], 2 * mul(T(W), Z)),
    "a gradient inside a function": (partial(H, v), [Claim(partial(Q, v), mul(A, v))], mul(call("cos", Q), mul(A, v))),
    "an entry": (entry(S, k), [Claim(entry(S, i), entry(v, i))], entry(v, k)),
    "an entry of a derivative": (
        partial(entry(S, i), entry(v, j)),
        [Claim(partial(entry(S, i), entry(v, j)), delta(i, j) * entry(v, i))],
        delta(i, j) * entry(v, i),
    ),
    "the first of two claims about one thing": (3 * U, [Claim(U, x), Claim(U, 2 * x)], 3 * x),
    "nothing": (partial(Y, x), [], 6 * x**5),
    "a claim about something else": (partial(Y, x), [Claim(b, x)], 6 * x**5),
}  # fmt: skip


@pytest.mark.parametrize("label", CARRIED)
def test_a_claim_stands_in(label: str) -> None:
    term, claims, worth = CARRIED[label]
    (found,) = carried((term,), claims)
    assert compare(found, worth).kind in ("proved", "agrees"), f"{term} under {claims} is {found}, not {worth}"


@pytest.mark.parametrize("label", [label for label in CARRIED if CARRIED[label][1] and "something else" not in label])
def test_without_the_claim_it_is_different(label: str) -> None:
    term, _, worth = CARRIED[label]
    if label == "the value stays where a derivative is claimed":
        assert compare(term, worth).kind == "proved"
    else:
        assert compare(term, worth).kind == "refuted", f"{term} = {worth} without a claim"


def test_several_terms_are_read_under_the_same_claims() -> None:
    claim = Claim(U, x)
    assert carried((U, Y, w), [claim]) == (carried((U,), [claim])[0], carried((Y,), [claim])[0], w)


def test_a_claim_that_cannot_stand_in_changes_nothing() -> None:
    """`x + 1 = 3` is about no quantity; an array with one letter twice is no stack."""
    square = named("a", mul(A, of("identity", n)))
    for left in (x + 1, entry(square, i, i)):
        assert carried((Y, square), [Claim(left, num(3))]) == (Y, square)
