"""Whatever stands in the source, the reader reads it whole or says where it cannot: nothing else ever leaves it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from reading.cases import cases
from symderiv.errors import SymderivError
from symderiv.reading import environment, read_expression, read_line, read_name, read_problem

PIECES = re.compile(r"\\[A-Za-z]+|\\.|.")
SOURCES = [
    record[side]
    for name in ("derive", "battery_pairs")
    for record in cases(name)
    for side in ("left", "expression_latex")
    if side in record
]
SOURCES += [line["latex"] for line in cases("latex_lines")] + [
    text for record in cases("derive") for text in record["given"]
]
POOL = [piece for source in SOURCES for piece in PIECES.findall(source)]
READERS: dict[str, Callable[[str], object]] = {
    "expression": read_expression,
    "problem": read_problem,
    "line": read_line,
    "name": read_name,
    "given": lambda source: environment([source]),
}


def damaged(source: str, rng: random.Random) -> str:
    """The source with up to four of its pieces lost, doubled or replaced."""
    pieces = PIECES.findall(source)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(pieces) + 1)
        pieces[place : place + rng.randrange(3)] = rng.sample(POOL, rng.randrange(3))
    return "".join(pieces)


@pytest.mark.parametrize("which", READERS)
def test_damaged_sources_are_read_or_refused_with_a_place(which: str) -> None:
    rng = random.Random(which)
    for _ in range(3000):
        source = damaged(rng.choice(SOURCES), rng)
        try:
            READERS[which](source)
        except SymderivError as error:
            span = error.span
            assert span is not None and 0 <= span[0] <= span[1] <= max(1, len(source)), f"{span} in {source!r}: {error}"


@pytest.mark.parametrize(
    "source",
    [
        "(" * 300 + ")" * 300,
        "{" * 300 + "x" + "}" * 300,
        r"\hat" * 500 + "x",
        r"\frac" * 500,
        "x^" * 500 + "2",
        "-" * 500 + "x",
        r"\sqrt" * 500 + "2",
        r"\sum_i" * 500 + "x",
        r"\nabla_x" * 500 + "x",
        "|" * 501,
        "x" + "'" * 500,
        "f" + "(x" * 400,
        r"\left." * 400,
        r"\begin{cases}" * 300,
        r"\log" * 500 + "x",
    ],
    ids=lambda source: source[:16],
)
def test_deep_or_long_sources_end_in_a_refusal_or_a_term(source: str) -> None:
    try:
        read_expression(source)
    except SymderivError as error:
        assert error.code in ("limit", "unread", "unsupported")
