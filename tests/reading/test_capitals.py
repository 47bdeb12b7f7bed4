"""Capitals side by side: one name, or a product."""

from __future__ import annotations

import pytest

from symderiv.reading import environment
from symderiv.reading.capitals import names_in_capitals

MATRICES = (r"A \in \mathbb{R}^{n \times n}", r"B \in \mathbb{R}^{n \times n}")

#: The names that the lines define, in what is given.
NAMES: dict[tuple[str, ...], tuple[tuple[str, ...], set[str]]] = {
    (r"CE = -\log p",): ((), {"CE"}),
    (r"x = 2, \quad MSE = (y - x)^2", r"RMSE = \sqrt{MSE}"): ((), {"MSE", "RMSE"}),
    (r"L = CE + \lambda KL", r"CE = -\log p", r"KL = p \log p"): ((), {"CE", "KL"}),
    (r"BCE(p) = -\log p",): ((), {"BCE"}),
    (r"AB = C",): (MATRICES, set()),
    (r"AB = BA",): ((), set()),
    (r"AB = C", r"B = A^{-1} C"): ((), set()),
    (r"UV = W", r"\frac{d}{dt}(UV) = \frac{dU}{dt} V + U \frac{dV}{dt}"): ((), set()),
    (r"XX = 2",): ((), set()),
    (r"y = CE",): ((), set()),
    (r"C E = 3",): ((), set()),
    (r"\mathrm{CE} = 3",): ((), set()),
}


@pytest.mark.parametrize("lines", NAMES)
def test_which_capitals_are_one_name(lines: tuple[str, ...]) -> None:
    given, wanted = NAMES[lines]
    assert names_in_capitals(lines, environment(given)) == wanted


def test_a_name_in_capitals_may_be_given() -> None:
    known = environment([r"CE = -\log p"])
    assert r"\text{CE}" in known.quantities
