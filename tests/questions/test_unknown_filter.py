"""Filters found from what they give: random ones come back; what cannot be solved is refused."""

from __future__ import annotations

import random

import pytest

import symderiv as sd
from symderiv.deriving.verifying import Verifier
from symderiv.questions.unknown_filter import UnknownFilter
from symderiv.reading.declare import environment
from symderiv.worth.value import value


@pytest.mark.parametrize("seed", range(8))
def test_a_filter_comes_back(seed: int) -> None:
    draw = random.Random(seed)
    count = draw.randint(1, 3)
    taps = [draw.randint(-4, 4) for _ in range(count)]
    signal = [draw.randint(-4, 4) or 1 for _ in range(2 * count + 2)]
    response = [sum(s * f for s, f in zip(signal[start:], taps, strict=False)) for start in range(count + 3)]
    given = [f"{name} = ({', '.join(map(str, row))})" for name, row in (("s", signal), ("r", response))]
    parts = UnknownFilter("s", "r", "f").parts(environment(given))
    for part in parts:
        for derivation in part.derivations:
            assert {item.kind for item in Verifier(derivation).all()} <= {"proved", "agrees"}
    together = [part for part in parts if part.derivations[0].start.kind == "literal"]
    assert [value(part.derivations[0].result, {}) for part in together] == [[taps] if count > 1 else taps[0]]


REFUSED = {
    "contradicts the others": ["s = (1, 0, 1, 1)", "r = (1, 2, 5)"],
    "leave unknown 2 open": ["s = (1, 1, 1)", "r = (1, 1)"],
    "makes a filter of 4": ["s = (1, 1, 1, 2, 0)", "r = (1, 1)"],
    "no column of numbers": ["s = (1, 2, 3)"],
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_solved_is_refused(words: str) -> None:
    with pytest.raises(sd.SymderivError, match=words):
        UnknownFilter("s", "r", "f").parts(environment(REFUSED[words]))
