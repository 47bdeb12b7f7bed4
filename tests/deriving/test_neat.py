"""Writing out neatly: what a person leaves out, and what stays as it was written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.deriving.neat import neat, numeral, value_of
from symderiv.reading import environment, read_expression

KNOWN = environment([r"x, y, a \in \mathbb{R}", r"A \in \mathbb{R}^{n \times n}", r"v \in \mathbb{R}^n"])


@pytest.mark.parametrize(
    ("written", "neatly"),
    [
        (r"1 \cdot x + 0", "x"),
        (r"x \cdot 2 \cdot 3", "6x"),
        ("-(-x)", "x"),
        ("-x + y", "y - x"),
        ("x - (y - a)", "x - y + a"),
        ("x^1", "x"),
        ("x^0", "1"),
        ("x + (a - a)^2 + 0^3", "x + (a - a)^2"),
        (r"\frac{x}{1}", "x"),
        (r"\frac{0}{x}", "0"),
        (r"\frac{-x}{-y}", r"\frac{x}{y}"),
        (r"\frac{4x}{6y}", r"\frac{2x}{3y}"),
        (r"\log e", "1"),
        (r"\frac{1}{2\sqrt{x}} \cdot 2x", r"\frac{x}{\sqrt{x}}"),
        (r"3 \cdot \frac{2}{\sqrt{\pi}} \cdot e^x", r"\frac{6e^x}{\sqrt{\pi}}"),
        (r"\frac{2}{\sqrt{x}} \cdot \frac{3}{\sqrt{y}}", r"\frac{6}{\sqrt{x} \sqrt{y}}"),
        (r"\frac{1}{2} \cdot x", r"\frac{1}{2} x"),
        (r"\lfloor 2 \cdot 4 \rfloor + x", "8 + x"),
        (r"\lceil \frac{x}{1} \rceil", r"\lceil x \rceil"),
        (r"\lfloor \frac{7}{2} \rfloor", r"\lfloor \frac{7}{2} \rfloor"),
        (r"0 \cdot Av", "0"),
        (r"(A^\top)^\top v", "Av"),
        (r"2 \cdot v^\top v \cdot 3", "6 v^\\top v"),
    ],
)
def test_neat(written: str, neatly: str) -> None:
    found = neat(read_expression(written, KNOWN))
    expected = read_expression(neatly, KNOWN)
    assert found is expected or (neatly == "0" and found.kind == "zeros"), f"{found}, expected {expected}"


@pytest.mark.parametrize("written", ["0.50x", "2(x + y)", r"\frac{1}{a} \sum_{i=1}^{3} x^i", "x y a", r"\sqrt{x^2}"])
def test_what_was_written_stays(written: str) -> None:
    term = read_expression(written, KNOWN)
    assert neat(term) is term


@pytest.mark.parametrize("written", [r"\frac{4x}{6y} - 0", r"\frac{2}{\sqrt{x}} \cdot \frac{3x}{y}", "x - (y - a) + 3 - 1"])
def test_neat_twice_is_neat_once(written: str) -> None:
    once = neat(read_expression(written, KNOWN))
    assert neat(once) is once


@pytest.mark.parametrize(("number", "shown"), [("-3", "minus(3)"), ("2/4", "fraction(1, 2)"), ("7", "7")])
def test_numerals(number: str, shown: str) -> None:
    term = numeral(Fraction(number))
    assert (repr(term), value_of(term)) == (shown, Fraction(number))
