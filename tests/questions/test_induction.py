"""A closed form of a recurrence is proved step by step, and a false one is refused."""

from __future__ import annotations

import pytest

from symderiv.deriving.verifying import Verifier
from symderiv.errors import SymderivError
from symderiv.questions.induction import Induction
from symderiv.questions.part import Chain
from symderiv.reading.declare import environment
from symderiv.reading.expressions import read_expression
from symderiv.term.places import same

GIVEN = ["m^t = b m^{t-1} + (1 - b) g^t", "m^0 = 0", "u^t = b u^{t-1} + g^t", "u^0 = 0", r"t \in \mathbb{N}"]
TRUE = [
    (r"m^t = (1 - b) \sum_{s=1}^t b^{t-s} g^s", "last term of the sum"),
    (r"u^t = \sum_{s=1}^t b^{t-s} g^s", "last term of the sum"),
    (r"u^t = b^t \sum_{s=1}^t \frac{g^s}{b^s}", "in another form"),
]
FALSE = [
    (r"m^t = \sum_{s=1}^t b^{t-s} g^s", "which does not follow for m"),
    (r"u^t = \sum_{s=1}^t b^{t+1-s} g^s", "which does not follow for u"),
    (r"u^t = t + \sum_{s=1}^t b^{t-s} g^s + 1", "which is false for u"),
    (r"z^t = 2", "expected an equation whose left side is defined by a recurrence"),
]


@pytest.mark.parametrize(("claim", "last"), TRUE)
def test_a_true_claim_is_proved(claim: str, last: str) -> None:
    known = environment(GIVEN)
    start, step = (part.derivation for part in Induction(claim).parts(known) if isinstance(part, Chain))
    assert step.steps[-1].law.name == last
    assert same(step.result, read_expression(claim, known).args[1])
    for derivation in (start, step):
        assert {found.kind for found in Verifier(derivation).all()} <= {"proved", "agrees"}


@pytest.mark.parametrize(("claim", "words"), FALSE)
def test_a_false_claim_is_refused(claim: str, words: str) -> None:
    with pytest.raises(SymderivError, match=words):
        Induction(claim).parts(environment(GIVEN))


def test_a_recurrence_without_its_start_is_refused() -> None:
    with pytest.raises(SymderivError, match="no first member of m"):
        Induction(r"m^t = \sum_{s=1}^t g^s").parts(environment(["m^t = m^{t-1} + g^t", r"t \in \mathbb{N}"]))
