"""Recurrences: the closed form is verified, proved by induction, and agrees with the steps taken one by one."""

from __future__ import annotations

import pytest

from symderiv.deriving.derivation import replay
from symderiv.deriving.recurrences import equal_steps, induction
from symderiv.deriving.verifying import Verifier
from symderiv.term.build import name, num, size
from symderiv.term.kinds import Term
from symderiv.term.places import substitute
from symderiv.worth.compare import compare
from symderiv.worth.value import value

n, a, c, K = size("n"), name("a"), name("c"), size("K")
GROWTHS = [(a, c), (num(1), K - 1), (a + 1, 2 * c), (num(3), num(2))]


@pytest.mark.parametrize(("first", "step"), GROWTHS, ids=str)
def test_every_step_replays_and_is_proved(first: Term, step: Term) -> None:
    for derivation in (equal_steps(first, step, n), *induction(first, step, n)):
        replay(derivation)
        assert {found.kind for found in Verifier(derivation).all()} == {"proved"}


@pytest.mark.parametrize(("first", "step"), GROWTHS, ids=str)
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_the_closed_form_is_what_the_steps_give_one_by_one(first: Term, step: Term, count: int) -> None:
    numbers = {a: num(5), c: num(3), K: num(4)}
    taken = substitute(first, numbers)
    for _ in range(count):
        taken = taken + substitute(step, numbers)
    closed = substitute(equal_steps(first, step, n).result, {**numbers, n: num(count)})
    assert float(value(closed, {})) == float(value(taken, {}))


def test_the_induction_ends_with_the_closed_form_at_the_next_number() -> None:
    closed = equal_steps(a, c, n).result
    start, more = induction(a, c, n)
    assert start.start is substitute(closed, {n: num(0)}) and start.result is a
    assert compare(more.result, substitute(closed, {n: n + 1})).kind == "proved"
