"""Misconceptions planted: every candidate is false, bears its rule, and those of typical mistakes are among them."""

from __future__ import annotations

from itertools import islice

import pytest

from symderiv.judge.planting import MOST, by_entries, planted, planted_differentials
from symderiv.term.build import (
    E,
    apply,
    bigsum,
    differential,
    entry,
    mul,
    named,
    norm,
    num,
    of,
    partial,
    power,
)
from symderiv.term.kinds import Term
from symderiv.worth.compare import Referee, compare

from .letters import A, T, W, X, a, b, call, f, i, v, w, x

SIN, COS = call("sin", x), call("cos", x)

#: A derivative, what somebody writes for it, and the class of that mistake.
PLANTED: dict[str, tuple[Term, Term, str]] = {
    "a power": (partial(x ** num(3), x), x**2, "power-or-log-rule"),
    "a product": (partial(x**2 * SIN, x), 2 * x * COS, "product-rule"),
    "a quotient": (partial(SIN / x, x), COS, "quotient-rule"),
    "a chain": (partial(call("sin", x**2), x), call("cos", x**2), "dropped-chain-factor"),
    "a chain inside a sum": (partial(x + power(E, 3 * x), x), 1 + power(E, 3 * x), "dropped-chain-factor"),
    "a chain behind a name": (partial(call("sin", named("u", x**2)), x), call("cos", x**2), "dropped-chain-factor"),
    "a sign": (partial(COS, x), SIN, "sign"),
    "a sigmoid": (partial(call("sigma", x), x), call("sigma", x), "activation-derivative"),
    "a sum": (partial(bigsum(entry(v, i) ** 2, i), entry(v, i)), 2 * bigsum(entry(v, i), i), "dropped-chain-factor"),
    "a formula": (call("log", a + b), call("log", a) + call("log", b), "power-or-log-rule"),
}


@pytest.mark.parametrize("label", PLANTED)
def test_a_typical_mistake_is_among_them(label: str) -> None:
    term, written, kind = PLANTED[label]
    referee = Referee((), (term,), points=2)
    found = {rule.kind for candidate, rule in planted(term) if referee.agrees(candidate, written)}
    assert kind in found, f"{written} for {term}: {found}"


@pytest.mark.parametrize("label", PLANTED)
def test_a_candidate_bears_its_rule_and_half_are_false(label: str) -> None:
    """A lost factor that is one, such as the inner derivative of `x³`, does no harm."""
    term, *_ = PLANTED[label]
    found = list(islice(planted(term), 40))
    false = [rule for candidate, rule in found if compare(term, candidate).kind == "refuted"]
    assert len(false) >= len(found) / 2 > 0, f"{len(false)} of {len(found)}: {found}"
    assert all(rule.kind and rule.name and rule.say for _, rule in found)


def test_what_has_no_misconceptions() -> None:
    assert list(planted(x)) == []
    assert list(planted(a + b * x)) == []


def test_candidates_have_an_end() -> None:
    deep = x
    for _ in range(25):
        deep = call("sin", deep * call("cos", deep))
    assert 0 < len(list(islice(planted(partial(deep, x)), MOST + 1))) <= MOST


def test_candidates_are_terms_of_the_same_letters() -> None:
    for candidate, _ in planted(partial(apply(f, a * x), x)):
        assert {leaf for leaf in candidate.free if leaf.kind == "name"} <= {a, x}


def test_differentials() -> None:
    """d(X⁻¹) by the rule for numbers; d(xᵀAx) by the rule for symmetric matrices."""
    step = differential(X, X)
    inverse = of("inverse", X)
    found = [candidate for candidate, _ in planted_differentials(differential(inverse, X))]
    referee = Referee((), (inverse, step), points=2)
    assert any(referee.agrees(candidate, -mul(inverse, inverse, step)) for candidate in found)
    assert list(planted_differentials(x + 1)) == []


def test_arrays_are_compared_at_one_entry() -> None:
    left, right = by_entries(partial(mul(A, v), v), A)
    assert left.kind == "partial" and left.args[0].kind == "entry" and left.args[1].kind == "entry"
    assert compare(left, right).kind == "proved"
    gradient, value = by_entries(partial(mul(T(w), v), v), w)
    assert compare(gradient, value).kind == "proved"
    matrix, outer = by_entries(partial(norm(mul(W, v)) ** 2, W), 2 * mul(W, v, T(v)))
    assert compare(matrix, outer).kind == "proved"


def test_numbers_stay_as_they_are() -> None:
    assert by_entries(partial(x**2, x), 2 * x) == (partial(x**2, x), 2 * x)
    assert by_entries(x + 1, x) == (x + 1, x)


def test_a_name_for_a_derivative_is_opened() -> None:
    left, _ = by_entries(named("g", partial(mul(T(w), v), v)), w)
    assert left.kind == "partial"
