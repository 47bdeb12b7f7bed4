"""Every rule holds, every misconception does not, and the tests that say so can fail. The test knows no rule."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from symderiv.rules.book import CHAPTERS, all_rules, misconceptions, rules_of, true_rules
from symderiv.rules.examples import Example, examples
from symderiv.rules.rule import Rule
from symderiv.term.build import ONE, ZERO, add, minus
from symderiv.worth.compare import compare
from symderiv.worth.evidence import Refuted


def named(rules: tuple[Rule, ...]) -> list[object]:
    return [pytest.param(rule, id=rule.name) for rule in rules]


def check(rule: Rule) -> None:
    """Both sides are equal at points in the domain that the rule itself states."""
    for example in examples(rule):
        found = compare(example.left, example.right, example.conditions)
        assert found.kind in ("proved", "agrees"), told(example, found)


def told(example: Example, found: object) -> str:
    lines = [f"rule    {example.rule.name}", f"left    {example.left}", f"right   {example.right}"]
    lines += [f"letter  {letter.data.name} = {value}" for letter, value in example.letters.items()]
    if isinstance(found, Refuted) and not hasattr(found.witness, "where"):
        witness = found.witness
        lines += [f"point   {', '.join(f'{name} = {value}' for name, value in witness.letters)}"]
        lines += [f"values  left {witness.left_value}, right {witness.right_value}"]
    return "\n".join([*lines, f"found   {found}"])


@pytest.mark.parametrize("rule", named(true_rules()))
def test_holds(rule: Rule) -> None:
    check(rule)


@pytest.mark.parametrize("rule", named(true_rules()))
def test_fits_its_own_example(rule: Rule) -> None:
    for example in examples(rule):
        after = rule.apply(example.left)
        assert after is not None, told(example, "the left side is not found")
        assert compare(after, example.right, example.conditions).kind in ("proved", "agrees"), told(example, after)


@pytest.mark.parametrize("rule", named(true_rules()))
def test_a_changed_sign_is_found(rule: Rule) -> None:
    wrong = replace(rule, right=ONE if rule.right is ZERO else minus(rule.right))
    with pytest.raises(AssertionError) as failure:
        check(wrong)
    for word in ("rule    " + rule.name, "left ", "right ", "letter ", "point ", "values "):
        assert word in str(failure.value)


@pytest.mark.parametrize("rule", named(tuple(rule for rule in true_rules() if rule.right is not ZERO)))
def test_a_right_side_set_to_zero_is_found(rule: Rule) -> None:
    with pytest.raises(AssertionError):
        check(replace(rule, right=ZERO))


@pytest.mark.parametrize("rule", named(tuple(rule for rule in true_rules() if rule.every)))
def test_a_dropped_term_is_found(rule: Rule) -> None:
    sums = [example for example in examples(rule, 6) if example.right.kind == "sum"]
    assert sums, f"no example of {rule.name} has two terms"
    for example in sums:
        for spot in range(len(example.right.args)):
            short = add(*example.right.args[:spot], *example.right.args[spot + 1 :])
            assert compare(example.left, short, example.conditions).kind == "refuted", told(example, short)


@pytest.mark.parametrize("rule", named(misconceptions()))
def test_a_misconception_is_refuted(rule: Rule) -> None:
    found = [compare(example.left, example.right, example.conditions).kind for example in examples(rule)]
    assert "refuted" in found, "\n\n".join(told(example, kind) for example, kind in zip(examples(rule), found, strict=True))


def test_a_true_misconception_would_be_found() -> None:
    rule = true_rules()[0]
    true = rule.mistaken("not a mistake", rule.right, say="", kind="sign")
    with pytest.raises(AssertionError):
        test_a_misconception_is_refuted(true)


def test_every_rule_has_words_and_a_source() -> None:
    silent = [rule.name for rule in all_rules() if not rule.say or not rule.source]
    assert not silent


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.__name__)
def test_names_are_different_in_a_chapter(chapter: ModuleType) -> None:
    names = [rule.name for rule in rules_of(chapter)]
    assert not {name for name in names if names.count(name) > 1}


def test_every_misconception_has_a_kind_of_the_contract() -> None:
    kinds = """sign constant-factor dropped-chain-factor product-rule quotient-rule power-or-log-rule activation-derivative
        wrong-rule transposed-factor non-commuting-order shape-mismatch gradient-layout delta-forgotten wrong-index
        sum-dropped missing-path missing-1/N variance-vs-stddev log-base arithmetic-rounding algebra bias-forgotten
        conv-size-off-by-one argument-of-function shared-weight-sum pooling-window notation"""
    assert {rule.kind for rule in misconceptions()} <= set(kinds.split())


def test_a_misconception_with_its_own_left_side_claims_its_right_side_once() -> None:
    (apart,) = [rule for rule in misconceptions() if rule.name == "factors differentiated apart"]
    assert not apart.every
    for example in examples(apart):
        assert apart.apply(example.left) is example.right
