"""Conditions that nobody writes because they hold by their form or because they are given."""

from __future__ import annotations

import pytest

from symderiv.deriving.evident import evident
from symderiv.term.build import ONE, ZERO, E, apply, function, name, named, relation
from symderiv.term.kinds import Term

x, z = name("x"), name("z")
log, sigma, tanh = (function(word, known=True) for word in ("log", "sigma", "tanh"))
prediction = named("p", apply(sigma, z))

EVIDENT = {
    "1 + e^x ≠ 0": (relation("≠", 1 + E**x, ZERO), ()),
    "1 + x² > 0": (relation(">", 1 + x**2, ZERO), ()),
    "x > 0, given": (relation(">", x, ZERO), (relation(">", x, ZERO),)),
    "log x ≠ 0, given x ≠ 1": (relation("≠", apply(log, x), ZERO), (relation("≠", x, ONE),)),
    "1 − σ(z) > 0": (relation(">", 1 - apply(sigma, z), ZERO), ()),
    "1 − p > 0, p = σ(z)": (relation(">", 1 - prediction, ZERO), ()),
    "1 − tanh z ≠ 0": (relation("≠", 1 - apply(tanh, z), ZERO), ()),
}
SHOWN = {
    "x > 0": relation(">", x, ZERO),
    "log x ≠ 0": relation("≠", apply(log, x), ZERO),
    "1 − x > 0": relation(">", 1 - x, ZERO),
    "1 − e^x ≠ 0": relation("≠", 1 - E**x, ZERO),
    "x + 1 > 0": relation(">", x + 1, ZERO),
    "tanh z > 0": relation(">", apply(tanh, z), ZERO),
}


@pytest.mark.parametrize(("condition", "given"), EVIDENT.values(), ids=EVIDENT)
def test_nobody_writes_it(condition: Term, given: tuple[Term, ...]) -> None:
    assert evident(condition, given)


@pytest.mark.parametrize("condition", SHOWN.values(), ids=SHOWN)
def test_a_reader_should_see_it(condition: Term) -> None:
    assert not evident(condition, ())
