"""Kinks: minimisers, claims that are looked at, and plots."""

from __future__ import annotations

import pytest

from symderiv.errors import SymderivError
from symderiv.questions.claim import Claim
from symderiv.questions.minimiser import Minimiser
from symderiv.questions.part import Chain, Fact, Picture
from symderiv.questions.picture import Curve
from symderiv.questions.plot import Plot
from symderiv.reading.declare import environment
from symderiv.worth.value import value

MINIMA = [
    (r"\frac12 (z - x)^2 + t |z|", {"x": 3, "t": 1}, 2),
    (r"\frac12 (z - x)^2 + t |z|", {"x": -3, "t": 1}, -2),
    (r"\frac12 (z - x)^2 + t |z|", {"x": 0.5, "t": 1}, 0),
    (r"2 (z - x)^2 + t |z - c|", {"x": 3, "t": 1, "c": 1}, 2.75),
    (r"2 (z - x)^2 + t |z - c|", {"x": 1.1, "t": 1, "c": 1}, 1),
]


@pytest.mark.parametrize(("f", "letters", "least"), MINIMA, ids=[f"{f} at {letters}" for f, letters, _ in MINIMA])
def test_the_minimiser(f: str, letters: dict[str, float], least: float) -> None:
    known = environment(["t > 0", r"x \in \mathbb{R}", r"c \in \mathbb{R}"])
    chain = Minimiser(f, "z", "p").parts(known)[-1]
    assert isinstance(chain, Chain)
    assert value(chain.derivation.result, {known.quantities[key]: number for key, number in letters.items()}) == least


NO_MINIMISER = [
    ("z^2", "expected one"),
    ("|z| + |z - 1|", "saw 2"),
    ("|z| + z", "not linear"),
    ("-(z - 1)^2 + |z|", "is it convex"),
]


@pytest.mark.parametrize(("f", "said"), NO_MINIMISER, ids=[f for f, _ in NO_MINIMISER])
def test_what_has_no_such_minimiser_is_refused(f: str, said: str) -> None:
    with pytest.raises(SymderivError, match=said):
        Minimiser(f, "z", "p").parts(environment([]))


def test_a_false_claim_is_not_shown() -> None:
    assert isinstance(Claim(r"a b \le \frac{a^2 + b^2}{2}", "").parts(environment([]))[0], Fact)
    with pytest.raises(SymderivError, match="is false"):
        Claim(r"a b \ge \frac{a^2 + b^2}{2}", "").parts(environment([]))
    with pytest.raises(SymderivError, match="expected a relation"):
        Claim("a b", "").parts(environment([]))


def test_a_plot_goes_through_its_points() -> None:
    (picture,) = Plot("x^2", "x", 0, 2, ((1, 2),)).parts(environment([]))
    assert isinstance(picture, Picture)
    curves = [shape for shape in picture.drawing.shapes if isinstance(shape, Curve) and shape.kind == "curve"]
    start, middle, end = (curves[0].points[spot] for spot in (0, 40, 80))
    assert middle[0] == pytest.approx((start[0] + end[0]) / 2)
    assert (start[1] - middle[1]) / (start[1] - end[1]) == pytest.approx(0.25)


def test_a_plot_needs_width_and_numbers() -> None:
    with pytest.raises(SymderivError, match="no width"):
        Plot("x", "x", 1, 1).parts(environment([]))
    with pytest.raises(SymderivError, match="expected a number for a"):
        Plot("a x", "x", 0, 1).parts(environment([]))
