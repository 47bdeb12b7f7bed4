"""A limit is worth what its body comes close to, and a wrong one is refuted."""

from __future__ import annotations

import pytest

from symderiv.reading.declare import environment
from symderiv.reading.expressions import read_expression
from symderiv.worth.compare import compare

GIVEN = environment(["g > 0"])
LIMITS = [
    (r"\lim_{h \to 0} \frac{g}{g + h}", "1", "agrees"),
    (r"\lim_{h \to 0} \frac{g}{g + h}", "2", "refuted"),
    (r"\lim_{h \to 1} (h^2 + g)", "1 + g", "agrees"),
    (r"\lim_{h \to 1} (h^2 + g)", "g", "refuted"),
    (r"\lim_{p \downarrow 0} (-\log p)", r"\infty", "agrees"),
    (r"\lim_{p \downarrow 0} (-\log p)", r"-\infty", "refuted"),
    (r"\lim_{p \downarrow 0} (-\log p)", "7", "refuted"),
    (r"\lim_{p \to 0} \frac{1}{p^2}", r"\infty", "agrees"),
    (r"\lim_{p \to 0} \frac{1}{p}", r"\infty", "undecided"),
    (r"\lim_{p \downarrow 0} \sqrt{p}", r"\infty", "undecided"),
    (r"\lim_{p \downarrow 0} \sin \frac{1}{p}", "0", "undecided"),
    (r"\lim_{h \to 0} g", r"\infty", "undecided"),
    (r"\lim_{h \to 0} g \frac{1}{g + h}", "1", "agrees"),
    (r"\lim_{h \to 0} g \frac{1}{g + h}", "2", "refuted"),
    (r"\lim_{h \to 0} (1 + h) \cdot \frac{g}{g + h} + h g", "1 + h g", "agrees"),
    (r"\left(\lim_{h \to 0} (g + h)\right) h", "g h", "agrees"),
    (r"\left(\lim_{h \to 0} (g + h)\right) h", "0", "refuted"),
]


@pytest.mark.parametrize(("left", "right", "kind"), LIMITS)
def test_the_limit(left: str, right: str, kind: str) -> None:
    found = compare(read_expression(left, GIVEN), read_expression(right, GIVEN), GIVEN.given)
    assert found.kind == kind, found
