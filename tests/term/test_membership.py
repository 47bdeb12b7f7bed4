"""Sets of positions without a formula: what is summed, counted and maximised over them, and how that is written."""

from __future__ import annotations

import pytest

import symderiv as sd
from symderiv.pages.layout import layout
from symderiv.reading import environment, read_expression
from symderiv.term.build import num
from symderiv.term.kinds import Term
from symderiv.term.membership import counted, extreme_over
from symderiv.worth.compare import compare
from symderiv.worth.value import value
from symderiv.writers import latex

GIVEN = (
    r"x \in \mathbb{R}^{h \times w}",
    r"\mathcal R is a finite non-empty set of positions (i,j)",
    r"v \in \mathbb{R}^n",
    "S is a set of positions i",
)
KNOWN = environment(GIVEN)
#: What is written, and its value where R has the positions (1, 1), (1, 3) and (2, 1), and S has 2 and 3.
WRITTEN = {
    r"\max_{(i,j) \in \mathcal{R}} x_{ij}": 4.0,
    r"\min_{(a,b) \in \mathcal{R}} (x_{ab} - 1)": -3.0,
    r"\sum_{(i,j) \in \mathcal{R}} x_{ij}": 5.0,
    r"\prod_{(i,j) \in \mathcal{R}} x_{ij}": -24.0,
    r"\lvert \mathcal{R} \rvert": 3.0,
    r"\sum_{i \in S} v_i": -1.0,
    r"\max_{k \in S} v_k^2": 9.0,
    r"\lvert S \rvert": 2.0,
}
NUMBERS = {
    "x": [[3.0, 7.0, 4.0], [-2.0, 9.0, 8.0]], r"\mathcal{R}": [[1, 0, 1], [1, 0, 0]], "h": 2, "w": 3,
    "v": [5.0, -3.0, 2.0], "S": [0, 1, 1], "n": 3,
}  # fmt: skip


def read(text: str) -> Term:
    return read_expression(text, KNOWN)


@pytest.mark.parametrize("text", WRITTEN)
def test_it_is_written_as_it_was_read(text: str) -> None:
    assert latex.formula(layout(read(text))) == text


@pytest.mark.parametrize("text", WRITTEN)
def test_values(text: str) -> None:
    point = {letter: NUMBERS[key] for key, letter in KNOWN.quantities.items()}
    assert value(read(text), point) == pytest.approx(WRITTEN[text])  # type: ignore[arg-type]


EQUAL = [
    (r"\sum_{(a,b)\in\mathcal R} (x_{ab}+1)", r"\sum_{(i,j)\in\mathcal R} x_{ij} + |\mathcal R|", True),
    (r"\sum_{(a,b)\in\mathcal R} (x_{ab}+1)", r"\sum_{(i,j)\in\mathcal R} x_{ij} + 1", False),
    (r"\max_{(i,j)\in\mathcal R}x_{ij}+1", r"\max_{(a,b)\in\mathcal R} (x_{ab}+1)", True),
    (r"\max_{(i,j)\in\mathcal R}x_{ij}", r"-\min_{(a,b)\in\mathcal R} (-x_{ab})", True),
    (r"\max_{(i,j)\in\mathcal R}x_{ij}", r"\min_{(a,b)\in\mathcal R} x_{ab}", False),
    (r"\frac{1}{|\mathcal R|} \sum_{(a,b)\in\mathcal R} x_{ab}", r"\frac{1}{hw} \sum_{(a,b)\in\mathcal R} x_{ab}", False),
]


@pytest.mark.parametrize(("left", "right", "equal"), EQUAL)
def test_what_is_equal(left: str, right: str, equal: bool) -> None:
    assert compare(read(left), read(right), KNOWN.given).kind in (("proved", "agrees") if equal else ("refuted",))


def test_a_hand_line_about_a_set() -> None:
    lines = [
        r"y = \frac{1}{|\mathcal R|} \sum_{(i,j)\in\mathcal R} x_{ij}",
        r"|\mathcal R| y = \sum_{(i,j)\in\mathcal R} x_{ij}",
        r"y = \sum_{(i,j)\in\mathcal R} x_{ij}",
        r"\frac{\partial y}{\partial x_{kl}} = \frac{1}{|\mathcal R|}",
    ]
    assert [line.verdict for line in sd.check(lines, given=GIVEN).lines] == ["stated", "ok", "wrong", "wrong"]


def test_a_position_has_as_many_letters_as_the_set() -> None:
    with pytest.raises(sd.SymderivError, match="saw 1 letters for a position"):
        read(r"\sum_{i \in \mathcal R} x_{ii}")


def test_other_sums_and_maxima_are_not_taken_for_these() -> None:
    assert counted(read(r"\sum_{(i,j) \in \mathcal R} 2")) is None
    assert counted(num(1)) is None
    assert extreme_over(read(r"\max_i v_i")) is None
