"""Mean and variance agree with what holds for all distributions with these means and variances, and with nothing else."""

from __future__ import annotations

import pytest

from symderiv.reading.declare import environment
from symderiv.reading.expressions import read_expression
from symderiv.term.build import expectation, name
from symderiv.worth.compare import compare

KNOWN = environment([r"z \in \mathbb{R}^n", r"n \in \mathbb{N}", r"s > 0", r"v > 0"])
X, Y, Z = name("X"), name("Y"), read_expression("z", KNOWN)
m, s, v, w = (read_expression(text, KNOWN) for text in ("m", "s", "v", "0"))
RANDOM = ((X, m, v), (Y, w, s), (Z, w, s))
LINES = [
    ("E", "X", "m", "agrees"),
    ("E", "X^2", "v + m^2", "agrees"),
    ("E", "X^2", "m^2", "refuted"),
    ("E", "a X + b Y", "a m", "agrees"),
    ("E", "X Y", "0", "agrees"),
    ("E", "X^3", "m^3 + 3 m v", "refuted"),
    ("Var", "a X - b Y", "a^2 v + b^2 s", "agrees"),
    ("Var", "a X - b Y", "a^2 v - b^2 s", "refuted"),
    ("Var", "X Y", "s (v + m^2)", "agrees"),
    ("Var", "X Y", "s v", "refuted"),
    ("Var", r"\sum_{i=1}^n z_i", "n s", "agrees"),
    ("Var", r"\sum_{i=1}^n z_i", "n^2 s", "refuted"),
    ("Var", r"\sum_{i=1}^n z_1", "n^2 s", "agrees"),
    ("Var", r"\frac{1}{n} \sum_{i=1}^n z_i", r"\frac{s}{n}", "agrees"),
    ("E", r"\sin X", r"\sin m", "undecided"),
]


@pytest.mark.parametrize(("of", "body", "right", "kind"), LINES)
def test_the_moment(of: str, body: str, right: str, kind: str) -> None:
    moment = expectation(read_expression(body, KNOWN), *RANDOM, of=of)  # type: ignore[arg-type]
    found = compare(moment, read_expression(right, KNOWN), KNOWN.given)
    assert found.kind == kind, found
