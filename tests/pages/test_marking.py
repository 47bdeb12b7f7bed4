"""The marked script: every line as it was written, its mark, the reason, a witness, a repair, and what was understood."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from symderiv.judge.verdict import VerdictName
from symderiv.pages.marking import MARKS, nested, script
from symderiv.pages.sheet import Details, Heading, Marked, Note, Paragraph, Sheet
from symderiv.pages.telling import marked
from symderiv.pages.witnesses import exact, short, witness_values
from symderiv.report import check
from symderiv.term.build import (
    PI,
    E,
    apply,
    entry,
    fraction,
    function,
    index,
    literal,
    minus,
    mul,
    name,
    named,
    num,
    partial,
    power,
    prime,
)
from symderiv.term.kinds import Term
from symderiv.worth.compare import compare
from symderiv.worth.evidence import Refuted, Witness
from symderiv.writers import html, latex, markdown, text

LINES = [
    r"y = x^3",
    r"\frac{dy}{dx} = 2x^2",
    r"= 2 x \cdot x",
    r"\frac{dy}{dx} = q",
    "y = +* 2",
    r"\cancel{y = 1}",
    "y = x x x",
]
WRITERS = {"text": text, "markdown": markdown, "html": html, "latex": latex}


@pytest.fixture(scope="module")
def page() -> Sheet:
    report = check(LINES)
    return script([line.judged for line in report.lines], report.environment)


def marks(page: Sheet) -> list[Marked]:
    return [block for block in page.blocks if isinstance(block, Marked)]


def test_every_verdict_has_a_sign_and_a_word() -> None:
    assert set(MARKS) == set(get_args(VerdictName))
    assert len(set(MARKS.values())) == len(MARKS)
    assert all(re.fullmatch(r"\S [a-z]+(?: [a-z]+)*", mark) for mark in MARKS.values())


def test_lines_stand_as_they_were_written(page: Sheet) -> None:
    assert [block.source for block in marks(page)] == LINES
    assert [block.number for block in marks(page)] == [str(place + 1) for place in range(len(LINES))]
    assert [block.verdict for block in marks(page)] == ["stated", "wrong", "follows", "unknown", "unread", "skipped", "ok"]
    assert [block.word for block in marks(page)] == [MARKS[block.verdict] for block in marks(page)]


def test_the_sum_stands_first(page: Sheet) -> None:
    first = page.blocks[0]
    assert isinstance(first, Paragraph) and str(first.pieces[0]).startswith("Line 2 is the first wrong one.")


COUNTS: list[tuple[list[VerdictName], int | None, str]] = [
    ([], None, "There is nothing to judge."),
    (["ok", "stated"], None, "No line is wrong. 1 ok, 1 stated."),
    (["unknown", "unread", "skipped"], None, "No line is wrong. 1 unknown, 1 unread, 1 skipped."),
    (["ok", "wrong", "wrong", "follows"], 1, "Line 2 is the first wrong one. 1 ok, 2 wrong, 1 follows."),
]


@pytest.mark.parametrize(("verdicts", "first", "told"), COUNTS)
def test_how_a_script_begins(verdicts: list[VerdictName], first: int | None, told: str) -> None:
    assert marked(verdicts, first) == told


def test_what_is_said_under_a_wrong_line(page: Sheet) -> None:
    wrong = marks(page)[1]
    words = [block.pieces[0] for block in wrong.blocks if isinstance(block, Paragraph)]
    assert [str(word).strip() for word in words[-2:]] == ["For example,", "This would be right:"] and len(words) == 3


def test_how_a_line_was_read_unfolds(page: Sheet) -> None:
    unfolding = [any(isinstance(block, Details) for block in one.blocks) for one in marks(page)]
    assert unfolding == [True, True, True, True, False, False, True]


def test_conditions_are_noted() -> None:
    (block,) = marks(check([r"\ln x^2 = 2 \ln x"]).page)
    assert [note.kind for note in block.blocks if isinstance(note, Note)] == ["condition"]


def test_what_was_understood_stands_at_the_end() -> None:
    page = check(["y = A v"], [r"A \in \mathbb{R}^{m \times n}", r"v \in \mathbb{R}^n", "The sun is warm"]).page
    heads = [block.text for block in page.blocks if isinstance(block, Heading)]
    assert heads == ["How I understood you"]
    shown = text.standalone(page)
    assert "A is m × n" in shown and "v is n × 1" in shown and "The sun is warm" in shown


@pytest.mark.parametrize("name_of_writer", WRITERS)
def test_every_writer_writes_every_mark(page: Sheet, name_of_writer: str) -> None:
    written = WRITERS[name_of_writer].standalone(page)
    for mark in MARKS.values():
        assert mark.split(" ", 1)[1] in written, mark
    assert written.count("This would be right") == 1


def test_a_long_line_has_its_mark_below() -> None:
    long = "y = " + " + ".join(["x"] * 60)
    shown = text.standalone(check([long]).page)
    assert long in shown and "· stated" in shown


def test_a_source_of_several_lines() -> None:
    shown = check(["y = x \n + 1"])
    assert all(part in writer.standalone(shown.page) for writer in (text, markdown) for part in ("y = x", "+ 1"))


# --- witnesses

x, y, v = name("x"), name("y"), name("v", 2)


def test_a_witness_on_the_page() -> None:
    evidence = compare(partial(x**3, x), 2 * x**2)
    assert isinstance(evidence, Refuted) and isinstance(evidence.witness, Witness)
    pieces = witness_values(evidence.witness)
    words = "".join(piece if isinstance(piece, str) else "…" for piece in pieces)
    assert re.fullmatch(r" with … the value is [−\d.e]+, not [−\d.e]+\.", words), words


@pytest.mark.parametrize(
    ("value", "shown"), [("0.13533528323661269189", "0.135335"), ("-64.000000000", "−64"), ("1e-30", "1e−30"), ("0.0", "0")]
)
def test_values_have_the_digits_that_a_reader_compares(value: str, shown: str) -> None:
    assert short(value) == shown


def test_exact_values() -> None:
    from fractions import Fraction

    assert exact(Fraction(3)) == num(3)
    assert exact(Fraction(-2, 3)) == minus(fraction(num(2), num(3)))
    assert exact((Fraction(1), Fraction(-2))) == literal([[num(1)], [minus(num(2))]])
    assert exact(((Fraction(1), Fraction(2)), (Fraction(3), Fraction(4)))) == literal([[num(1), num(2)], [num(3), num(4)]])


NESTED: list[tuple[Term, object]] = [
    (x + 2 * y, ["+", "x", ["*", 2, "y"]]),
    (num("0.5"), "1/2"),
    (minus(x), ["-", "x"]),
    (fraction(x, y), ["/", "x", "y"]),
    (power(E, x), ["^", "e", "x"]),
    (PI, "pi"),
    (named("u", x), ["named", "u", "x"]),
    (apply(function("f"), x), ["apply", "f", "x"]),
    (apply(prime(function("f")), x), ["apply", ["prime", 1, ["function", "f"]], "x"]),
    (partial(x**2, x), ["partial", ["^", "x", 2], "x"]),
    (entry(v, index("i")), ["entry", "v", "i"]),
    (mul(v, x), ["*", "v", "x"]),
]


@pytest.mark.parametrize(("term", "expected"), NESTED, ids=lambda item: str(item)[:40])
def test_terms_as_nested_lists(term: Term, expected: object) -> None:
    assert nested(term) == expected
