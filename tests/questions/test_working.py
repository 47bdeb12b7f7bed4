"""A working is written out from its definition on, each line one idea, and every line holds."""

from __future__ import annotations

import pytest

from symderiv.deriving.verifying import Verifier
from symderiv.errors import SymderivError
from symderiv.questions.part import Chain
from symderiv.questions.working import Working
from symderiv.reading.declare import environment

WORKINGS = [
    ("(5 - 3 + 1)(5 - 3 + 1)", [], ["9"]),
    (r"64 \cdot \left(\frac{384}{3}\right)^2", [], ["1048576"]),
    (
        "a b",
        ["a = 2 + 1", "b = a - 5"],
        ["product(a, sum(a, minus(5)))", "product(sum(2, 1), sum(sum(2, 1), minus(5)))", "minus(6)"],
    ),
    (r"\lfloor \frac{21 - 5}{2} \rfloor + 1", [], ["9"]),
    (r"\lfloor \frac{22 - 5}{2} \rfloor + 1", [], ["sum(apply(\\text{floor}, fraction(17, 2)), 1)", "9"]),
    (r"\lceil \frac{1 - 8}{2} \rceil", [], ["apply(\\text{ceil}, minus(fraction(7, 2)))", "minus(3)"]),
    ("2^{-3}", [], ["fraction(1, 8)"]),
    ("9^{9^9}", [], ["power(9, 387420489)"]),
]


@pytest.mark.parametrize(("quantity", "given", "lines"), WORKINGS, ids=[quantity for quantity, *_ in WORKINGS])
def test_the_lines(quantity: str, given: list[str], lines: list[str]) -> None:
    (chain,) = Working(quantity).parts(environment(given))
    assert isinstance(chain, Chain)
    assert [repr(term) for term in chain.derivation.shown] == lines
    assert {found.kind for found in Verifier(chain.derivation).all()} <= {"proved", "agrees"}


ADAM = [r"m^t = b m^{t-1} + (1 - b) g^t", "m^0 = 0", r"h^t = \frac{m^t}{1 - b^t}", r"t \in \{1, 2\}", "0 < b < 1"]
FORMS = [
    (("m^1", "h^1"), ADAM, (), "g^{1}"),
    (("m^1", "m^2", "h^2"), ADAM, (), "fraction(sum(product(b, g^{1}), g^{2}), sum(1, b))"),
    (r"\lim_{h \to 0} \frac{g}{\sqrt{g^2} + h}", [], (), r"apply(\text{sign}, g)"),
    (r"\sum_{s=1}^n q^{n-s}", [r"n \in \mathbb{N}"], (), "fraction(sum(1, minus(power(q, n))), sum(1, minus(q)))"),
    (r"\log_2 \frac{1}{8}", [], (), "minus(3)"),
    ("a b", ["a = 2"], "b + b", "sum(b, b)"),
]


@pytest.mark.parametrize(("quantity", "given", "to", "result"), FORMS)
def test_the_form(quantity: str | tuple[str, ...], given: list[str], to: str, result: str) -> None:
    chains = [part for part in Working(quantity, to=to).parts(environment(given)) if isinstance(part, Chain)]
    assert repr(chains[-1].derivation.result) == result
    for chain in chains:
        assert {found.kind for found in Verifier(chain.derivation).all()} <= {"proved", "agrees"}


def test_a_form_of_another_quantity_is_refused() -> None:
    with pytest.raises(SymderivError, match="which is another quantity"):
        Working("a + a", to="3 a").parts(environment([]))


def test_a_value_is_rounded_from_unrounded_numbers() -> None:
    (chain,) = Working(r"\frac{2}{3} \cdot 1000", decimals=2).parts(environment([]))
    assert isinstance(chain, Chain)
    assert repr(chain.number) == "666.67"
