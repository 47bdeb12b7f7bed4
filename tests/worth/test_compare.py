"""Equality by evidence: pairs of a battery, near misses, clashes, conditions, indices, and laws."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.reading import environment, read_expression
from symderiv.term.build import (
    E,
    add,
    bigsum,
    delta,
    entry,
    fraction,
    minus,
    mul,
    name,
    num,
    of,
    partial,
    power,
    relation,
    root,
    stack,
)
from symderiv.term.shapes import Clash
from symderiv.worth.balls import BITS, precision
from symderiv.worth.compare import Referee, compare
from symderiv.worth.evidence import Witness
from symderiv.worth.setting import settled

from .letters import A, B, T, call, cos, exp, i, j, k, log, n, sigma, sin, v, w, x, y, z

PAIRS = [json.loads(line) for line in Path("tests/data/cases/battery_pairs.jsonl").read_text().splitlines()]
POSITIVE = relation(">", x, num(0))


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: row["id"])
def test_pairs_of_the_battery(row):
    known = environment([entry for entry in row["given"] if "^" not in entry or "in" in entry or "=" in entry])
    left, right = read_expression(row["left"], known), read_expression(row["right"], known)
    evidence = compare(left, right, known.given)
    assert evidence.kind == ("proved" if row["equal"] else "refuted"), f"{row['left']} = {row['right']}: {evidence}"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (x, num("1.0000001") * x),
        (sigma(x), sigma(x) + power(num(10), minus(num(9)))),
        (exp(x), exp(x) + power(num(10), minus(num(30)))),
        (sin(x) ** 2 + cos(x) ** 2, 1 + power(num(10), minus(num(25)))),
        (fraction(num(1), num(3)), num("0.333333")),
        (power(E, x / 10**8), num(1)),
        (root(x**2 + power(num(10), minus(num(20)))), call("abs", x)),
        (B, B + power(num(10), minus(num(12))) * of("identity", n)),
    ],
    ids=repr,
)
def test_near_misses_are_refuted(left, right):
    assert compare(left, right).kind == "refuted"


@pytest.mark.parametrize(
    ("left", "right", "kind_without", "condition"),
    [
        (log(x**2), 2 * log(x), "agrees", POSITIVE),
        (root(x**2), x, "refuted", POSITIVE),
        (log(x * y), log(x) + log(y), "agrees", (POSITIVE, relation(">", y, num(0)))),
        (power(x * y, z), power(x, z) * power(y, z), "agrees", (POSITIVE, relation(">", y, num(0)))),
    ],
    ids=repr,
)
def test_conditions_are_needed_and_named(left, right, kind_without, condition):
    conditions = condition if isinstance(condition, tuple) else (condition,)
    assert compare(left, right).kind == kind_without
    evidence = compare(left, right, conditions)
    assert evidence.kind == "proved"
    assert set(evidence.conditions) == set(conditions)


def test_what_would_be_enough_is_carried():
    evidence = compare(log(x * y), log(x) + log(y))
    assert set(evidence.conditions) == {POSITIVE, relation(">", y, num(0))}


def test_a_denominator_that_cancels_is_noted():
    assert compare(x / x, num(1)).conditions == (relation("≠", x, num(0)),)
    assert compare(exp(x) / exp(x), num(1)).conditions == ()
    assert compare(1 / x + 1, (1 + x) / x).conditions == ()


@pytest.mark.parametrize(("left", "right"), [(A, v), (A * v, v), (mul(A, A), x), (x, v)], ids=repr)
def test_shapes_that_clash(left, right):
    evidence = compare(left, right)
    assert evidence.kind == "refuted"
    assert isinstance(evidence.witness, Clash)
    assert evidence.witness.left or evidence.witness.right
    assert evidence.witness.where.kind in ("relation", "product")


@pytest.mark.parametrize("array", [v - v, A - A, mul(T(v), w) - mul(T(w), v)], ids=repr)
def test_zero_fits_every_shape(array):
    assert compare(array, num(0)).kind == "proved"


def test_a_witness_can_be_replayed():
    evidence = compare(partial(mul(T(v), B, v), v), 2 * mul(B, v))
    witness = evidence.witness
    assert isinstance(witness, Witness)
    with precision(BITS):
        setting = settled(dict(witness.letters))
        left, right = (setting.of(side).cells[witness.entry[0] - 1] for side in (witness.left, witness.right))
        assert left.str(20, radius=False) == witness.left_value != witness.right_value == right.str(20, radius=False)
    assert dict(witness.letters)[n] == 2, "the smallest size that separates"
    assert all(number.denominator == 1 for row in dict(witness.letters)[B] for number in row)


def test_free_indices_take_all_values():
    assert compare(delta(i, j) * entry(v, i), entry(v, i)).kind == "refuted"
    assert compare(delta(i, j) * entry(v, i), delta(i, j) * entry(v, j)).kind == "proved"
    assert dict(compare(delta(i, j) * entry(v, i), entry(v, i)).witness.indices)[i] in (1, 2)


def test_indices_kept_apart_or_equal():
    soft = mul(entry(v, i), 1 - delta(i, j))
    assert compare(soft, entry(v, i), (relation("≠", i, j),)).kind == "proved"
    assert compare(soft, num(0), (relation("=", i, j),)).kind == "proved"
    assert compare(soft, entry(v, i)).kind == "refuted"


def test_sizes_are_tried_unequal():
    evidence = Referee((), (A,)).compare(partial(mul(A, v), v), A, prove=False)
    assert evidence.kind == "agrees"
    assert len(set(evidence.sizes)) == 2
    assert evidence.bits > 60


def test_a_referee_gives_the_same_evidence_twice():
    first = Referee((POSITIVE,), (log(x),)).compare(log(x) / x, x, prove=False)
    second = Referee((POSITIVE,), (log(x),)).compare(log(x) / x, x, prove=False)
    assert first == second


def test_a_referee_says_whether_terms_agree():
    referee = Referee((), (x,))
    assert referee.agrees(partial(x**3, x), 3 * x**2)
    assert not referee.agrees(partial(x**3, x), 3 * x)


def test_no_point_is_undecided():
    assert compare(log(x), log(x) * 1, (relation("<", x, num(0)),)).kind == "undecided"


def test_flint_keeps_its_settings():
    from flint import ctx

    before = ctx.prec, ctx.cap
    compare(sin(x), cos(x))
    assert (ctx.prec, ctx.cap) == before


LEAVES = st.sampled_from([x, y, z, num(2), num(3), num("0.5")])


def _grown(inner: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(
        st.builds(add, inner, inner),
        st.builds(mul, inner, inner),
        st.builds(minus, inner),
        st.builds(lambda top, bottom: fraction(top, 1 + bottom * bottom), inner, inner),
        st.builds(lambda base: power(base, num(2)), inner),
        st.builds(sin, inner),
        st.builds(sigma, inner),
        st.builds(lambda body: partial(body, x), inner),
    )


TERMS = st.recursive(LEAVES, _grown, max_leaves=8)


@given(TERMS, TERMS, TERMS)
@settings(max_examples=60, deadline=None)
def test_rewriting_is_never_refuted(s, t, r):
    for left, right in (
        (add(s, t, r), add(add(r, t), s)),
        (mul(s, add(t, r)), add(mul(s, t), mul(r, s))),
        (power(add(s, t), num(2)), add(mul(s, s), mul(num(2), s, t), mul(t, t))),
        (partial(mul(s, t), x), add(mul(partial(s, x), t), mul(s, partial(t, x)))),
        (fraction(s, 1 + t * t), mul(s, power(1 + t * t, minus(num(1))))),
    ):
        assert compare(left, right).kind in ("proved", "agrees")


@given(TERMS, st.sampled_from([num("0.000001"), x / 10**6, mul(y, y) / 10**9]))
@settings(max_examples=60, deadline=None)
def test_a_perturbed_term_is_never_accepted(t, small):
    assert compare(t, add(t, small)).kind == "refuted"


def test_bound_letters_do_not_matter():
    assert compare(bigsum(entry(v, i) * entry(w, i), i), bigsum(entry(v, k) * entry(w, k), k)).kind == "proved"
    assert compare(bigsum(entry(v, i), i) ** 2, bigsum(bigsum(entry(v, i) * entry(v, j), j), i)).kind == "proved"
    assert compare(bigsum(entry(v, i), i) ** 2, bigsum(entry(v, i) ** 2, i)).kind == "refuted"


def test_one_name_two_shapes():
    other = name("v", num(2))
    assert compare(bigsum(entry(v, i), i), bigsum(entry(other, i), i)).kind == "refuted"


def test_a_multiple_of_an_array_with_more_than_two_axes():
    """`2 ∂x_i/∂W_jk` with all its entries: a scalar stands before an array that is no matrix."""
    one = delta(i, j) * entry(v, k)
    axes = (i, n, j, n, k, n)
    assert compare(mul(num(2), stack(one, *axes)), stack(2 * one, *axes)).kind == "proved"


@pytest.mark.parametrize("letters", [(name("x", num(2)), name("x", n)), (name("x", n), name("x", num(2)))])
def test_two_letters_of_one_name_stand_in_one_order(letters):
    found = compare(entry(letters[0], i) + entry(letters[1], j), num(0))
    sizes = [letter.data.shape for letter, _ in found.witness.letters if letter.data.name.base == "x"]
    assert sizes == [(num(2),), (n,)]


@pytest.mark.parametrize(("left", "right"), [(x**2, x**2 + 1), (sin(x) ** 2 + cos(x) ** 2, num(1)), (call("abs", x), x)])
def test_a_plain_comparison_says_the_same(left, right):
    assert compare(left, right, plain=True).kind == compare(left, right).kind
