"""Numbers as people write them: numerals, rounding, intervals, bases of logarithms."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.judge.numbers import (
    as_numeral,
    has_decimals,
    numeral,
    put,
    rebased,
    rounds,
    worth,
)
from symderiv.reading import environment, read_expression
from symderiv.reading.environment import Environment
from symderiv.term.build import named, num
from symderiv.term.kinds import Term
from symderiv.term.logarithms import has_bare_logarithm
from symderiv.worth.balls import BITS, precision
from symderiv.worth.compare import compare

from .letters import call, x


def read(source: str) -> Term:
    return read_expression(source)


NUMERALS = {
    "3": (Fraction(3), Fraction(1, 2)),
    "0.25": (Fraction(1, 4), Fraction(1, 200)),
    "0.250": (Fraction(1, 4), Fraction(1, 2000)),
    "-0.5": (Fraction(-1, 2), Fraction(1, 20)),
    r"1.24 \times 10^8": (Fraction(124000000), Fraction(500000)),
    r"2.5 \cdot 10^{-3}": (Fraction(1, 400), Fraction(1, 20000)),
}


@pytest.mark.parametrize("source", NUMERALS)
def test_a_numeral_stands_for_half_a_unit_on_each_side(source: str) -> None:
    found = numeral(read(source))
    assert found is not None and tuple(found) == NUMERALS[source]


@pytest.mark.parametrize("source", ["x", r"\frac12", "2x", "1 + 2", r"\pi", "3^2", r"2 \cdot 3"])
def test_what_is_no_numeral(source: str) -> None:
    assert numeral(read(source)) is None


@pytest.mark.parametrize(("source", "decimal"), [("3", False), ("30", False), ("3.0", True), (r"3 \times 10^2", True)])
def test_whole_numbers_are_exact(source: str, decimal: bool) -> None:
    found = numeral(read(source))
    assert found is not None and found.is_decimal is decimal


def test_decimals_are_seen_at_any_depth() -> None:
    assert has_decimals(read(r"\sin(x + 0.5)"))
    assert not has_decimals(read(r"\sin(x + \frac12)"))


#: Left side, right side, written `=` or `≈`, and whether the right side is the left one rounded.
ROUNDED = [
    (r"\frac{2}{3}", "0.667", False, True),
    (r"\frac{2}{3}", "0.666", False, False),
    (r"\frac{2}{3}", "0.67", False, True),
    (r"\frac{2}{3}", "0.7", False, True),
    (r"\frac{2}{3}", "1", False, False),
    (r"\frac{2}{3}", "1", True, True),
    (r"\frac{1}{8}", "0.12", False, True),
    (r"\frac{1}{8}", "0.13", False, True),
    (r"\frac{1}{8}", "0.14", False, False),
    (r"-\frac{2}{3}", "-0.667", False, True),
    (r"-\frac{2}{3}", "0.667", False, False),
    (r"e^{-2}", "0.1353", False, True),
    (r"\ln 2", "0.693", False, True),
    (r"\ln 2", "0.694", False, False),
    (r"123456789", r"1.23 \times 10^8", False, True),
    (r"123456789", r"1.24 \times 10^8", False, False),
    (r"x + 1", "0.5", False, False),
    (r"\ln(-1)", "0.5", False, False),
]


@pytest.mark.parametrize(("left", "right", "about", "expected"), ROUNDED)
def test_rounding(left: str, right: str, about: bool, expected: bool) -> None:
    assert rounds(read(left), read(right), {}, about) is expected, f"{left} {'≈' if about else '='} {right}"


def test_a_vector_is_rounded_entry_by_entry() -> None:
    left = read(r"\begin{pmatrix} \frac13 \\ \frac23 \end{pmatrix}")
    assert rounds(left, read(r"\begin{pmatrix} 0.33 \\ 0.67 \end{pmatrix}"), {}, False)
    assert not rounds(left, read(r"\begin{pmatrix} 0.33 \\ 0.66 \end{pmatrix}"), {}, False)
    assert not rounds(left, read(r"\begin{pmatrix} 0.33 \end{pmatrix}"), {}, False)


def test_numbers_that_were_rounded_above_are_exact_below() -> None:
    """With y = 0.8 written for 0.8176, y (1 − y) is 0.16 as well as 0.149."""
    y = named("y", call("sigma", num("1.5")))
    written = {y: num("0.8")}
    assert rounds(y * (1 - y), num("0.16"), written, False)
    assert rounds(y * (1 - y), num("0.149"), written, False)
    assert not rounds(y * (1 - y), num("0.17"), written, False)
    assert not rounds(y * (1 - y), num("0.16"), {}, False)


def test_rounded_numbers_in_a_formula_are_intervals() -> None:
    y = named("y", call("sigma", num("1.5")))
    written = {y: num("0.82")}
    assert rounds(y * (1 - y), num("0.82") * (1 - num("0.82")), written, False)
    assert not rounds(y * (1 - y), num("0.92") * (1 - num("0.92")), written, False)


def test_values_are_put_in_the_place_of_quantities() -> None:
    y = named("y", x**2)
    assert put(3 * y + x, {y: num("0.5")}) == 3 * num("0.5") + x
    assert put(3 * y + x, {}) == 3 * y + x


def test_the_worth_of_a_term_without_letters() -> None:
    with precision(BITS):
        assert worth(read(r"\frac{1}{4}")).str(5, radius=False) == "0.25000"
        assert worth(read("x")) is None


@pytest.mark.parametrize(
    ("source", "like", "shown"), [(r"\frac23", "0.5", "0.7"), (r"\frac23", "0.500", "0.667"), (r"-\frac23", "0.50", "-0.67")]
)
def test_a_value_with_the_digits_of_another_number(source: str, like: str, shown: str) -> None:
    wanted = numeral(num(like))
    assert wanted is not None
    assert as_numeral(read(source), wanted) == read(shown)


def test_an_environment_in_another_base() -> None:
    known = rebased(environment([r"p = \log q", "q > 0"]), 10)
    (p,) = known.definitions
    assert not has_bare_logarithm(p) and not has_bare_logarithm(known.quantities["p"])
    assert compare(read_expression(r"\log x", rebased(Environment(), 2)), read(r"\log_2 x")).kind == "proved"
