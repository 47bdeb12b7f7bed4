"""Causes: typical mistakes, of scalars and of arrays, are wrong and are called by what they are."""

from __future__ import annotations

import pytest

from symderiv.judge.causes import derived, diagnose
from symderiv.judge.comparing import compared
from symderiv.report import check
from symderiv.term.build import apply, mul, named, partial, prime
from symderiv.worth.compare import compare
from symderiv.worth.evidence import Refuted

from .letters import A, T, call, f, v, x
from .marked import shown
from .mistakes import IDS, MISTAKES, Mistake

#: The classes of the contract.
KINDS = set(
    "sign constant-factor dropped-chain-factor product-rule quotient-rule power-or-log-rule activation-derivative "
    "wrong-rule transposed-factor non-commuting-order shape-mismatch gradient-layout delta-forgotten wrong-index "
    "sum-dropped missing-path missing-1/N variance-vs-stddev log-base arithmetic-rounding algebra "
    "bias-forgotten conv-size-off-by-one argument-of-function shared-weight-sum pooling-window notation".split()
)


@pytest.mark.parametrize("mistake", MISTAKES, ids=IDS)
def test_a_mistake_is_named(mistake: Mistake) -> None:
    report = check([mistake.line], mistake.given)
    (line,) = report.lines
    assert line.verdict == "wrong", shown(report)
    assert line.cause is not None, shown(report)
    assert line.cause.kind == mistake.kind, f"{line.cause}: {shown(report)}"
    assert mistake.name.lower() in line.cause.name.lower(), f"{line.cause}: {shown(report)}"


@pytest.mark.parametrize("mistake", MISTAKES, ids=IDS)
def test_a_refutation_has_a_witness(mistake: Mistake) -> None:
    (line,) = check([mistake.line], mistake.given).lines
    assert isinstance(line.evidence, Refuted)
    assert line.say


def test_the_classes_are_those_of_the_contract() -> None:
    assert {mistake.kind for mistake in MISTAKES} <= KINDS
    assert len({mistake.kind for mistake in MISTAKES}) >= 16


def test_the_engine_derives_what_would_be_right() -> None:
    for left, right in (
        (partial(x**3, x), 3 * x**2),
        (named("g", partial(x**3, x)), 3 * x**2),
        (partial(mul(T(v), A, v), v), mul(A + T(A), v)),
    ):
        found = derived(left, ())
        assert found is not None and not found.moves
        assert compare(found, right).kind in ("proved", "agrees")


def test_what_holds_derivatives_inside_is_not_derived() -> None:
    assert derived(x * partial(x**2, x), ()) is None


def test_a_value_that_no_misconception_gives_has_no_cause_but_a_repair() -> None:
    found = diagnose(compared(partial(x**3, x), call("exp", call("sin", x)) + 5, ()), (), ())
    assert found.cause is None
    assert found.repaired is not None and compare(found.repaired, 3 * x**2).kind == "proved"


def test_a_function_without_a_formula_is_no_obstacle() -> None:
    left = partial(apply(f, x**2), x)
    found = diagnose(compared(left, apply(prime(f), x**2), ()), (), ())
    assert found.cause is not None and found.cause.kind == "dropped-chain-factor"
