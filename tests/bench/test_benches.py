"""The figures of the benches as tests: nothing false is called true, and published derivatives come out."""

from __future__ import annotations

from collections import Counter

import pytest

from symderiv.worth.compare import compare

from .derive_cases import run
from .drawing import rows
from .perturbed import claims
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
