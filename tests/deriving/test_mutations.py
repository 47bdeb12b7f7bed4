"""A rule that lost its right side, or a term of it, never reaches a page: a step is refuted, or a zero is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from symderiv.deriving import calculus
from symderiv.deriving.draft import Draft
from symderiv.deriving.entries import Entries
from symderiv.deriving.verifying import Verifier
from symderiv.errors import SymderivError
from symderiv.rules import book, derivatives
from symderiv.rules.book import true_rules
from symderiv.rules.examples import Example, examples
from symderiv.rules.rule import Rule
from symderiv.term.build import ONE, ZERO, add
from symderiv.term.kinds import Term

DIFFERENTIATES = tuple(rule for rule in true_rules() if rule.left.kind == "partial")
REWRITES = tuple(rule for rule in true_rules() if rule.left.kind not in ("partial", "differential"))
EVERY = tuple(rule for rule in true_rules() if rule.every)

#: The rule that is used where a derivative stays written with a prime, and the functions of its examples.
NOT_OPENED, PRIMES = derivatives.known_function, frozenset({"sin", "sigma"})
#: What stops a false step, and what stops a false zero.
STOPPED = {"refuted-step", "zero-not-proved"}


def rules(chosen: tuple[Rule, ...]) -> list[object]:
    return [pytest.param(rule, id=rule.name) for rule in chosen]


def lost(rule: Rule) -> Rule:
    """The rule with nothing on its right side; where nothing is right, with a one."""
    return replace(rule, right=ONE if rule.right is ZERO else ZERO)


class Dropping(Rule):
    """A rule for every term that forgets the last one."""

    def use(self, term: Term) -> tuple[Term, tuple[Term, ...]] | None:
        found = super().use(term)
        if found is None:
            return None
        after = found[0]
        return (add(*after.args[:-1]) if after.kind == "sum" else ZERO), found[1]


def dropping(rule: Rule) -> Rule:
    return Dropping(rule.name, rule.left, rule.right, rule.say, rule.source, rule.where, rule.minor, rule.every)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What the walk remembers of rules is forgotten before a mutation and after it."""
    forget()
    yield
    forget()


def forget() -> None:
    for value in vars(calculus).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def put_into_the_book(monkeypatch: pytest.MonkeyPatch, rule: Rule, mutant: Rule) -> None:
    """The mutant takes the place of the rule wherever derivatives look for it."""
    for form, known in book.DERIVATIVES.items():
        monkeypatch.setitem(book.DERIVATIVES, form, tuple(mutant if other is rule else other for other in known))
    for name in ("constant", "variable", "known_function"):
        if getattr(derivatives, name) is rule:
            monkeypatch.setattr(derivatives, name, mutant)


def derived(example: Example) -> set[Rule]:
    """Derive the left side of an example, verify every step; which rules were used."""
    route = Entries(example.conditions, PRIMES if example.rule is NOT_OPENED else frozenset())
    found = route.derive(example.left)
    Verifier(found).all()
    return {step.law for step in found.steps if isinstance(step.law, Rule)}


def outcome(rule: Rule, mutant: Rule) -> list[str]:
    """What becomes of each example of the rule: the code that stopped it, or whether the mutant was used at all."""
    found = []
    for example in examples(rule):
        try:
            used = derived(example)
        except SymderivError as stop:
            found.append(stop.code)
        else:
            found.append("shown" if mutant in used else "another rule came first")
    return found


@pytest.mark.parametrize("rule", rules(DIFFERENTIATES))
def test_a_lost_right_side_is_stopped(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant = lost(rule)
    put_into_the_book(monkeypatch, rule, mutant)
    found = outcome(rule, mutant)
    assert STOPPED & set(found), f"{rule.name}: {found} of {[example.left for example in examples(rule)]}"
    assert "shown" not in found, f"{rule.name}: {found} of {[example.left for example in examples(rule)]}"


@pytest.mark.parametrize("rule", rules(tuple(rule for rule in EVERY if rule in DIFFERENTIATES)))
def test_a_dropped_term_is_stopped(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant = dropping(rule)
    put_into_the_book(monkeypatch, rule, mutant)
    found = outcome(rule, mutant)
    assert STOPPED & set(found), f"{rule.name}: {found}"
    assert "shown" not in found, f"{rule.name}: {found}"


@pytest.mark.parametrize("rule", rules(REWRITES))
def test_a_lost_right_side_of_an_identity_is_stopped(rule: Rule) -> None:
    for example in examples(rule):
        with pytest.raises(SymderivError) as stop:
            verified(example, lost(rule))
        assert stop.value.code == "refuted-step"


@pytest.mark.parametrize("rule", rules(tuple(rule for rule in EVERY if rule in REWRITES)))
def test_a_dropped_term_of_an_identity_is_stopped(rule: Rule) -> None:
    for example in examples(rule):
        with pytest.raises(SymderivError) as stop:
            verified(example, dropping(rule))
        assert stop.value.code == "refuted-step"


def verified(example: Example, mutant: Rule) -> None:
    """The mutant used on the left side of the example, as a derivation of one step."""
    draft = Draft(example.left, example.conditions)
    assert draft.use(mutant), f"{mutant.name} does not fit {example.left}"
    Verifier(draft.done()).all()


@pytest.mark.parametrize("rule", rules(DIFFERENTIATES))
def test_the_rule_itself_is_shown(rule: Rule) -> None:
    """Without a mutation the same derivations go through, and the rule is used: the tests above can fail."""
    assert "shown" in outcome(rule, rule), f"{rule.name}: {outcome(rule, rule)}"
