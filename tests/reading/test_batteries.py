"""Real problems with their declarations: both sides are read, or what has no term yet is refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from reading.cases import cases
from symderiv.errors import SymderivError
from symderiv.reading import environment, read_line, read_name, read_problem
from symderiv.term.build import size
from symderiv.term.kinds import subterms
from symderiv.term.shapes import Clash, shape

BATTERIES = ("battery_derivatives", "battery_losses", "battery_identities", "battery_scalar24", "battery_pairs", "derive")
SIDES = ("latex", "expression_latex", "expected_latex", "left", "right")

#: What is refused, by record and side, and why.
NOT_READ = {
    ("D204", "expected_latex"): ("unread", "expected what is differentiated"),
    ("D205", "expected_latex"): ("unread", "expected what is differentiated"),
    ("D207", "expected_latex"): ("unread", "expected what is differentiated"),
    ("D217", "expression_latex"): ("unsupported", "a convolution sign"),
    ("D217", "expected_latex"): ("unsupported", "a convolution sign"),
    ("D260", "expected_latex"): ("unsupported", "does not stand in what is differentiated"),
    ("D300", "expression_latex"): ("unsupported", "the spectral norm"),
    ("D300", "expected_latex"): ("unread", "no definition"),
    ("D303", "expression_latex"): ("unsupported", "a matrix exponential"),
    ("D303", "expected_latex"): ("unsupported", "a matrix exponential"),
}
#: Sides whose `I` only the shape of the variable sizes.
SIZED = {("E16", "expected_latex"): (size("n"), size("n"))}
#: Sides whose shapes clash as they are written.
CLASHES = {("P62", "right")}
#: Lines of people that are read today; a change may raise the number.
LINES_READ = 123


def with_abbreviations(record: dict[str, Any], side: str) -> str:
    """The expected result with the definitions of its abbreviations behind it."""
    text = record[side]
    where = record.get("where_latex", []) if side == "expected_latex" else []
    return text + "".join(rf",\quad {left} = {right}" for left, right in where if f"{left} =" not in text)


def sides() -> list[tuple[dict[str, Any], str]]:
    return [(record, side) for battery in BATTERIES for record in cases(battery) for side in SIDES if side in record]


@pytest.mark.parametrize(("record", "side"), sides(), ids=lambda item: item["id"] if isinstance(item, dict) else item)
def test_a_side_is_read_or_refused_by_name(record: dict[str, Any], side: str) -> None:
    known = environment(record["given"])
    source = with_abbreviations(record, side)
    refused = NOT_READ.get((record["id"], side))
    if refused is not None:
        with pytest.raises(SymderivError, match=refused[1]) as caught:
            read_problem(source, known)
        assert caught.value.code == refused[0] and caught.value.span is not None
        return
    _, term = read_problem(source, known, shape=SIZED.get((record["id"], side)))
    assert isinstance(shape(term), Clash) == ((record["id"], side) in CLASHES), f"{source}  was read as  {term}"
    assert not any(leaf.kind == "name" and leaf.data.name.base == "?" for leaf in subterms(term)), (
        f"a size is open in {term}"
    )


@pytest.mark.parametrize("battery", BATTERIES)
def test_every_variable_is_a_name_or_an_entry(battery: str) -> None:
    for record in cases(battery):
        if "wrt" in record:
            known = environment(record["given"])
            assert read_name(record["wrt"], known).kind in ("name", "named", "entry"), record["id"]


@pytest.mark.parametrize("battery", ["battery_losses", "battery_identities"])
def test_the_matrix_batteries_leave_no_letter_undeclared(battery: str) -> None:
    for record in cases(battery):
        known = environment(record["given"])
        _, term = read_problem(record["latex"], known)
        assert known.undeclared(term) == (), record["id"]


def test_gradient_and_variable_have_one_shape() -> None:
    """Battery B writes each gradient in the shape of its variable: a shape read wrongly shows here."""
    for record in cases("battery_losses"):
        known = environment(record["given"])
        variable = read_name(record["wrt"], known)
        _, gradient = read_problem(record["expected_latex"], known, shape=shape(variable))  # type: ignore[arg-type]
        if record["layout"] == "gradient-shape":
            assert shape(gradient) == shape(variable), record["id"]


def test_lines_of_people() -> None:
    read = 0
    for line in cases("latex_lines"):
        try:
            read += bool(read_line(line["latex"])) and line["whole"]
        except SymderivError as error:
            assert error.span is not None, line["latex"]
            assert error.code in ("unread", "unsupported"), line["latex"]
    assert read >= LINES_READ
