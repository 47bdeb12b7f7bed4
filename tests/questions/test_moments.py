"""Mean, variance and deviation of independent numbers are derived law by law, and every line holds."""

from __future__ import annotations

import pytest

from symderiv.deriving.verifying import Verifier
from symderiv.errors import SymderivError
from symderiv.questions.moments import Moments
from symderiv.questions.part import Chain
from symderiv.reading.declare import environment
from symderiv.reading.expressions import read_expression
from symderiv.worth.compare import compare

GIVEN = [r"n \in \mathbb{N}", r"x \in \mathbb{R}^n", r"y \in \mathbb{R}^n", "s > 0", "r > 0", r"a \in \mathbb{R}"]
RANDOM = {"x": ("0", "s^2"), "y": ("0", "r^2")}
LINES = [
    (r"\sum_{i=1}^n x_i y_i", RANDOM, ["0", "n s^2 r^2"]),
    (r"\sum_{i=1}^n x_i", {"x": ("0", "s^2")}, ["0", "n s^2"]),
    (r"a x_1", {"x": ("0", "s^2")}, ["0", "a^2 s^2"]),
    (r"a x_1", {"x": ("m", "s^2")}, ["a m", "a^2 s^2"]),
]


@pytest.mark.parametrize(("quantity", "random", "results"), LINES)
def test_the_moments(quantity: str, random: dict[str, tuple[str, str]], results: list[str]) -> None:
    known = environment(GIVEN)
    chains = [part for part in Moments(quantity, random).parts(known) if isinstance(part, Chain)]
    for chain, result in zip(chains, results, strict=False):
        wanted = read_expression(result, known)
        assert compare(chain.derivation.result, wanted, known.given).kind in ("proved", "agrees"), chain.derivation.shown
    for chain in chains:
        assert {found.kind for found in Verifier(chain.derivation).all()} <= {"proved", "agrees"}


def test_a_random_name_that_does_not_stand_there_is_refused() -> None:
    with pytest.raises(SymderivError, match="saw y among the random names"):
        Moments("x_1", RANDOM).parts(environment(GIVEN))
