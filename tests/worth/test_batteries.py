"""Published derivatives hold, nearly all of them proved, and twice or minus each of them does not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from symderiv.errors import SymderivError
from symderiv.reading import environment, read_expression, read_name
from symderiv.term.build import minus, num, partial
from symderiv.term.kinds import Term
from symderiv.worth.compare import compare

#: Rows with functions that nobody defines here (Bessel, Lambert, Heaviside, integrals), and where zero is the answer.
BEYOND = {f"A{number}" for number in (*range(46, 55), 59)}


def claims(battery: str) -> list[tuple[str, Term, Term, tuple[Term, ...]]]:
    """Both sides of each row of a battery that is read, with what is given."""
    found = []
    for line in Path(f"tests/data/cases/battery_{battery}.jsonl").read_text().splitlines():
        row = json.loads(line)
        try:
            known = environment(row["given"])
            body, variable = read_expression(row["latex"], known), read_name(row["wrt"], known)
            expected = read_expression(row["expected_latex"], known)
        except SymderivError:
            continue
        if expected.kind == "relation":
            left, right = expected.args
        else:
            left, right = body, expected
            for _ in range(row.get("order", 1)):
                left = partial(left, variable)
        if row["id"] not in BEYOND:
            found.append((row["id"], left, right, known.given))
    return found


@pytest.mark.parametrize(("battery", "least"), [("derivatives", 49), ("identities", 80), ("losses", 45)])
def test_published_derivatives_are_proved(battery, least):
    kinds = Counter()
    for row, left, right, given in claims(battery):
        evidence = compare(left, right, given)
        assert evidence.kind in ("proved", "agrees"), f"{row}: {left} = {right}: {evidence}"
        kinds[evidence.kind] += 1
    assert kinds["proved"] >= least, kinds


@pytest.mark.parametrize("battery", ["derivatives", "identities", "losses"])
def test_a_factor_too_many_is_refuted(battery):
    for row, left, right, given in claims(battery):
        if compare(right, num(0), given).kind == "proved":
            continue
        for wrong in (minus(right), 2 * right):
            assert compare(left, wrong, given).kind == "refuted", f"{row}: {left} = {wrong}"
