"""A decision tree: the gains that anybody computes by hand, the tree that follows, and what is no table."""

from __future__ import annotations

from math import log2

import pytest

from symderiv.deriving.verifying import Verifier
from symderiv.errors import SymderivError
from symderiv.questions.part import Chain, Grid, Part, Picture, Words
from symderiv.questions.tree import Tree
from symderiv.reading.declare import environment

TENNIS = {
    "d_1": ("sun", "weak", "no"),
    "d_2": ("sun", "strong", "no"),
    "d_3": ("rain", "weak", "yes"),
    "d_4": ("rain", "strong", "no"),
    "d_5": ("clouds", "weak", "yes"),
    "d_6": ("clouds", "strong", "yes"),
}
OUTLOOK = ("outlook", "wind", "play")


def entropy(*counts: int) -> float:
    total = sum(counts)
    return -sum(count / total * log2(count / total) for count in counts if count)


def chains(parts: tuple[Part, ...]) -> dict[str, Chain]:
    grids = [chain for part in parts if isinstance(part, Grid) for chain in part.behind]
    return {str(chain.derivation.start): chain for chain in (*grids, *(part for part in parts if isinstance(part, Chain)))}


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (r"H(S)", entropy(3, 3)),
        (r"H(S_{wind=weak})", entropy(2, 1)),
        (r"\text{Gain}(S, outlook)", entropy(3, 3) - 2 / 6 * entropy(1, 1)),
        (r"\text{Gain}(S, wind)", entropy(3, 3) - entropy(2, 1)),
        (r"\text{Gain}(S_{outlook=rain}, wind)", 1.0),
    ],
)
def test_the_numbers_are_those_of_a_count_by_hand(quantity: str, expected: float) -> None:
    chain = chains(Tree(OUTLOOK, TENNIS, "play").parts(environment([])))[quantity]
    found = chain.number or chain.derivation.result
    assert float(found.data[0]) == pytest.approx(expected, abs=5e-6)
    assert {evidence.kind for evidence in Verifier(chain.derivation).all()} <= {"proved", "agrees"}


def test_the_tree_is_drawn_and_said() -> None:
    parts = Tree(OUTLOOK, TENNIS, "play").parts(environment([]))
    (picture,) = [part for part in parts if isinstance(part, Picture)]
    assert picture.drawing.says.startswith(
        "split by outlook; where outlook = sun: play = no; where outlook = rain: split by"
    )
    assert [part.text for part in parts if isinstance(part, Words)][-1].startswith("So $play = no$ where $outlook = sun$;")


def test_samples_that_nothing_tells_apart_are_said() -> None:
    parts = Tree(("A", "y"), {"x_1": (0, 1), "x_2": (0, 1), "x_3": (0, 0)}, "y").parts(environment([]))
    assert any(isinstance(part, Words) and "apart: a leaf with $y = 1$, which most" in part.text for part in parts)


BROKEN = {
    "a missing column": (("A", "B"), {"x_1": (0, 1)}, "y", "the table has no column y; its columns are A, B; name one"),
    "a row that is too short": (
        ("A", "y"),
        {"x_1": (0, 1), "x_2": (0,)},
        "y",
        "row x_2 has 1 values, expected one for each of",
    ),
    "a response that is not discrete": (("A", "y"), {"x_1": (0, 0.5)}, "y", "row x_1 has 0.5 for the response y, expected"),
    "an empty table": (("A", "y"), {}, "y", "the table has no samples; give at least one row"),
    "a column twice": (("A", "A", "y"), {"x_1": (0, 0, 0)}, "y", "two columns have one name among A, A, y"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_no_table_is_refused(what: str) -> None:
    columns, rows, response, words = BROKEN[what]
    with pytest.raises(SymderivError, match=words) as stop:
        Tree(columns, rows, response).parts(environment([]))  # type: ignore[arg-type]
    assert stop.value.code == "table"


def test_the_base_of_the_logarithm_is_a_number() -> None:
    with pytest.raises(SymderivError, match="saw 1 as the base"):
        Tree(OUTLOOK, TENNIS, "play", base=1).parts(environment([]))
