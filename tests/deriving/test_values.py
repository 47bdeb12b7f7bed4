"""Values at a point: which numbers stand beside a formula, in which order, and how they are rounded."""

from __future__ import annotations

import pytest

from symderiv.deriving.values import Fact, rounded, substituted
from symderiv.term.build import add, apply, function, minus, mul, name, named, num

sigma, log = function("sigma", known=True), function("log", known=True)
x, y = name("x"), name("y")
z = named("z", 2 * x + num("0.1"))
prediction = named("p", apply(sigma, z))


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (133.0608596, "133.06"),
        (0.0646454, "0.0646"),
        (-1.449328964, "-1.4493"),
        (1.5, "1.5"),
        (0.6899744811, "0.6900"),
        (2.0, "2"),
        (0, "0"),
    ],
)
def test_rounded(number: float, shown: str) -> None:
    sign, digits = ("-", rounded(number).args[0]) if number < 0 else ("", rounded(number))
    assert sign + repr(digits) == shown


def test_small_numbers_are_powers_of_ten() -> None:
    assert rounded(0.00004321) is mul(num("4.321"), num(10) ** -num(5))


def test_a_fact_comes_behind_those_it_needs() -> None:
    found = substituted(prediction * apply(log, prediction), {x: num(1)})
    assert found.facts == (
        Fact(z, add(mul(num(2), num(1)), num("0.1")), num("2.1")),
        Fact(prediction, apply(sigma, num("2.1")), num("0.8909")),
    )
    assert found.formula is mul(num("0.8909"), apply(log, num("0.8909")))


def test_the_number_comes_from_unrounded_values() -> None:
    difference = add(prediction, minus(num("0.8909")))
    assert repr(substituted(difference, {x: num(1)}).number) == "product(3.1788, power(10, minus(6)))"


def test_functions_without_other_values_come_first() -> None:
    a, b = named("a", x + apply(sigma, y)), named("b", y - apply(sigma, x))
    found = substituted(b / a * apply(sigma, y), {x: num(1), y: num(0)})
    assert [repr(fact.what) for fact in found.facts] == [r"apply(\sigma, 1)", r"apply(\sigma, 0)", "a", "b"]


def test_a_value_asked_for_is_no_fact_of_its_own() -> None:
    found = substituted(apply(sigma, x), {x: num(0)})
    assert (found.facts, found.formula) == ((), apply(sigma, num(0)))
