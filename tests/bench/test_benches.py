"""The figures of the benches as tests: nothing false is called true, and published derivatives come out."""

from __future__ import annotations

from collections import Counter

import pytest

from symderiv.worth.compare import compare

from .derive_cases import run
from .drawing import rows
from .perturbed import claims
from .readings import compared, missing
from .respelling import VARIANTS


def test_no_false_result_is_called_true_and_nearly_all_true_ones_are_proved() -> None:
    kinds: Counter[tuple[bool, str]] = Counter()
    for claim in claims(150):
        found = compare(claim.right, claim.changed, claim.given).kind
        assert claim.true or found not in ("proved", "agrees"), (
            f"{claim.case['id']}: {claim.right} = {claim.changed}: {found}"
        )
        assert not claim.true or found != "refuted", f"{claim.case['id']}: {claim.right} = {claim.changed}: {found}"
        kinds[claim.true, found] += 1
    assert kinds[True, "proved"] >= 0.9 * sum(number for (true, _), number in kinds.items() if true), kinds


@pytest.mark.slow
def test_published_derivatives_agree_in_every_spelling() -> None:
    cases = rows("derive")
    plain = [verdict.kind for verdict in run(cases, "as published", show=False).values()]
    assert plain.count("agrees") >= 80
    assert {"wrong", "crash", "referee"}.isdisjoint(plain)
    for title, respelled in VARIANTS.items():
        kinds = [verdict.kind for verdict in run([respelled(case) for case in cases], title, show=False).values()]
        assert "wrong" not in kinds, title
        assert abs(kinds.count("agrees") - plain.count("agrees")) <= 2, title


def test_readings_keep_the_letters_digits_and_signs_of_their_sources() -> None:
    found = list(compared())
    assert sum(one.outcome == "unread" for one in found) <= 4
    assert not [one for one in found if one.outcome == "other tokens"]


@pytest.mark.parametrize(
    ("source", "reading", "lacks"),
    [
        (r"\sum x_i", r"\sum_i x_i", ""),
        (r"\sum_i x_i", r"\sum x_i", "i"),
        (r"\sum x_i + \sum_j y_j", r"\sum_i x_i + \sum y_j", "j"),
        (r"\|x\|^2", r"\lVert x \rVert_2^2", ""),
        (r"\|x\|_2", r"\lVert x \rVert", "2"),
        (r"\underbrace{a + b}_c", "a + b", ""),
        (r"\underbrace{a + b}_c", "a", "+b"),
        (r"x^2 \text{(variance)}", "x^2", ""),
        (r"\partial_{x} u", r"\frac{\partial u}{\partial x}", ""),
        (r"\partial_{x} u", r"\frac{\partial u}{\partial}", "x"),
        (r"\nabla C", "C'", r"\nabla"),
    ],
)
def test_a_lost_sign_is_noticed(source: str, reading: str, lacks: str) -> None:
    assert "".join(missing(source, reading)[0].elements()) == lacks
