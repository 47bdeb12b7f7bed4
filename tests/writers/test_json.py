"""JSON: every block of a sheet as data, its formulas as LaTeX and spoken."""

import json

from symderiv.pages.layout import layout
from symderiv.pages.sheet import Derived, Display, Sheet
from symderiv.term.build import name
from symderiv.writers.json import data, standalone

from .pages import PAGE, row

x = name("x")


def test_the_page_comes_back_from_its_text():
    read = json.loads(standalone(PAGE))
    assert read == data(PAGE)
    assert read["schema"] == "symderiv/sheet/1"
    assert [block["kind"] for block in read["blocks"]] == [type(block).__name__.lower() for block in PAGE.blocks]


def test_a_formula_is_latex_and_words():
    (block,) = data(Sheet("", (Display(layout(x**2)),)))["blocks"]
    assert block == {"kind": "display", "formula": {"latex": "x^2", "spoken": "x squared"}}


def test_a_line_has_all_its_parts():
    (block,) = data(Sheet("", (Derived((row(None, x, "by ", layout(x), label="1", evidence="agrees at 3 points"),)),)))[
        "blocks"
    ]
    formula = {"latex": "x", "spoken": "x"}
    assert block["rows"] == [
        {
            "left": None,
            "sign": "=",
            "right": formula,
            "reason": ["by ", formula],
            "label": "1",
            "evidence": "agrees at 3 points",
            "details": [],
        }
    ]
