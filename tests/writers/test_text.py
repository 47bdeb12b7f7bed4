"""Text for the terminal: signs below each other, reasons at the right, nothing wider than asked for."""

import pytest

from symderiv.pages.formula import Number, Text
from symderiv.pages.layout import layout
from symderiv.pages.sheet import Derived, Row, Sheet, Table
from symderiv.term.build import name
from symderiv.writers import text
from symderiv.writers.text import columns

from .pages import ODD, PAGE, SOFTMAX, row

x = name("x")


def test_the_softmax_reads_as_a_person_would_write_it():
    page = text.standalone(Sheet("Softmax", (SOFTMAX,)), 80).splitlines()
    assert page[3:] == [
        "∂p_i/∂v_j = (∂e^{v_i}/∂v_j · s − e^{v_i} · ∂s/∂v_j)/s²   quotient rule  [proved]",
        "          = e^{v_i}/s · δ_ij − e^{v_i}/s · e^{v_j}/s                     aside 1",
        "          = p_i (δ_ij − p_j)                                definition of p  (1)",
    ]


@pytest.mark.parametrize("width", [40, 60, 100, 160])
def test_no_line_is_wider_than_asked_for_unless_it_cannot_be_broken(width):
    blocks = [block for block in PAGE.blocks if block is not ODD and not isinstance(block, Table)]
    for line in text.standalone(Sheet("t", (*blocks, Derived(ODD.rows[2:3]))), width).splitlines():
        is_one_fraction = "$" in line or "/s²" in line
        assert columns(line) <= width or is_one_fraction, line


def test_a_reason_that_does_not_fit_stands_below():
    page = text.standalone(Sheet("t", (Derived((row(x, x, "because " * 12),)),)), 50).splitlines()
    assert page[3] == "x = x"
    assert all(columns(line) <= 50 for line in page[4:])


def test_a_left_side_without_room_stands_above():
    rows = (Row(Text("values of the map, read as one list"), "=", Number("7")), Row(None, "=", Number("8"), ("more",)))
    lines = text.standalone(Sheet("", (Derived(rows),)), width=40).splitlines()
    assert lines == ["values of the map, read as one list", "    = 7", "    = 8" + " " * 29 + "more"]


def test_a_left_side_gives_way_to_a_right_side_that_cannot_be_broken():
    rows = (Row(Text("a left side"), "=", Text("w" * 30)),)
    assert text.standalone(Sheet("", (Derived(rows),)), width=40).splitlines() == ["a left side", "    = " + "w" * 30]


def test_combining_accents_take_no_column():
    assert columns("x\u0302") == 1


def test_words_of_a_layout_are_plain():
    assert text.formula(layout(x + 1)) == "x + 1"


def test_the_same_sheet_gives_the_same_bytes():
    assert text.standalone(PAGE, 90) == text.standalone(PAGE, 90)


def test_a_sheet_without_a_title_begins_with_its_first_block():
    derived = Derived((row(name("f"), name("x")),))
    assert text.standalone(Sheet("", (derived,))).startswith("f = x")
