"""Where most lines agree at points the marks go; one that differs from the rest, or is not decided, stays."""

import pytest

from symderiv.pages.assembling import sheet
from symderiv.pages.formula import Number
from symderiv.pages.marks import mostly_agree, without_agreement
from symderiv.pages.sheet import Derived, Details, Row
from symderiv.problem import Problem
from symderiv.questions.working import Working
from symderiv.worth.evidence import Agrees, Proved, Undecided
from symderiv.writers.text import standalone

AGREES, PROVED, OPEN = Agrees(2, 200), Proved("normal form"), Undecided("no-point")


@pytest.mark.parametrize(
    ("lines", "once"),
    [
        ([], False),
        ([PROVED], False),
        ([AGREES, PROVED, PROVED], False),
        ([AGREES, PROVED], True),
        ([AGREES, AGREES, OPEN], True),
    ],
)
def test_half_of_the_lines_are_enough(lines, once):
    assert mostly_agree(lines) is once


def test_agreement_goes_and_doubt_stays_also_where_it_unfolds():
    def row(mark):
        return Row(None, "=", Number("1"), evidence=mark)

    blocks = [
        Derived((row("agrees at 2 points"), row("not decided (no-point)"))),
        Details((), (Derived((row("agrees at 2 points"),)),)),
    ]
    shown, unfolded = without_agreement(blocks, [AGREES, OPEN])
    assert [row.evidence for row in shown.rows] == ["", "not decided (no-point)"]
    assert unfolded.blocks[0].rows[0].evidence == ""


@pytest.mark.parametrize(("kind", "marked"), [("solution", False), ("grader", True)])
def test_a_book_says_it_once_for_a_problem_and_a_grader_sees_every_mark(kind, marked):
    agreeing = Problem("A limit", given=("g > 0",), asks=(Working(r"\lim_{x \to 0} \frac{g}{g + x}"),))
    other = Problem("A square", f="x^2", wrt=("x",))
    text = standalone(sheet([agreeing, other], kind))
    assert ("[agrees at 2 points]" in text) is marked, text
    assert ("every line verified: 1 proved, 1 agrees at 2 points\n" in text) is not marked, text
