"""A working is written out from its definition on, each line one idea, and every line holds."""

from __future__ import annotations

import pytest

from symderiv.deriving.verifying import Verifier
from symderiv.questions.part import Chain
from symderiv.questions.working import Working
from symderiv.reading.declare import environment

WORKINGS = [
    ("(5 - 3 + 1)(5 - 3 + 1)", [], ["9"]),
    (r"64 \cdot \left(\frac{384}{3}\right)^2", [], ["1048576"]),
    (
        "a b",
        ["a = 2 + 1", "b = a - 5"],
        ["product(a, sum(a, minus(5)))", "product(sum(2, 1), sum(sum(2, 1), minus(5)))", "minus(6)"],
    ),
    (r"\lfloor \frac{21 - 5}{2} \rfloor + 1", [], ["9"]),
    (r"\lfloor \frac{22 - 5}{2} \rfloor + 1", [], ["sum(apply(\\text{floor}, fraction(17, 2)), 1)", "9"]),
    (r"\lceil \frac{1 - 8}{2} \rceil", [], ["apply(\\text{ceil}, minus(fraction(7, 2)))", "minus(3)"]),
    ("2^{-3}", [], ["fraction(1, 8)"]),
    ("9^{9^9}", [], ["power(9, 387420489)"]),
]


@pytest.mark.parametrize(("quantity", "given", "lines"), WORKINGS, ids=[quantity for quantity, *_ in WORKINGS])
def test_the_lines(quantity: str, given: list[str], lines: list[str]) -> None:
    (chain,) = Working(quantity).parts(environment(given))
    assert isinstance(chain, Chain)
    assert [repr(term) for term in chain.derivation.shown] == lines
    assert {found.kind for found in Verifier(chain.derivation).all()} <= {"proved", "agrees"}
