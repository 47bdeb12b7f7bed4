"""Receptive fields: both recursions in one table, many equal layers in closed form, what a layer does to the field."""

from __future__ import annotations

import pytest

from symderiv.deriving.derivation import replay
from symderiv.deriving.verifying import Verifier
from symderiv.errors import SymderivError
from symderiv.questions.layers import Conv, Dense, Layer, Pool
from symderiv.questions.part import Chain, Grid, Part, Question, Words
from symderiv.questions.receptive_field import FieldBelow, FieldOfMany, ReceptiveField
from symderiv.reading.declare import environment
from symderiv.reading.expressions import read_expression
from symderiv.term.build import num, size
from symderiv.term.places import substitute
from symderiv.worth.compare import compare

KNOWN = environment([r"L, K, r \in \mathbb{N}"])


def result(cell: object) -> object:
    """The number that a cell ends with."""
    return cell.args[-1] if getattr(cell, "kind", "") == "relation" else cell


def columns(parts: tuple[Part, ...]) -> dict[str, list[str]]:
    grid = next(part for part in parts if isinstance(part, Grid))
    return {str(head): [str(result(row[spot])) for row in grid.rows] for spot, head in enumerate(grid.head)}


TABLES = [
    (
        (Conv("a", 1, 3), Pool("b", 2), Conv("c", 1, 3, dilation=2)),
        {"jump": "1 1 2 2", "receptive field": "1 3 4 12", "from the output back": " 12 10 5"},
        "One unit of c sees $12 \\times 12$ values of the input; the field of its neighbour begins 2 further.",
    ),
    (
        (Conv("a", 1, (3, 1), stride=(2, 1)), Conv("a", 1, (3, 5))),
        {
            "jump across": "1 2 2", "receptive field across": "1 3 7", "from the output back across": " 7 3",
            "jump down": "1 1 1", "receptive field down": "1 1 5", "from the output back down": " 5 5",
        },
        "One unit of a 2 sees $7 \\times 5$ values of the input; the field of its neighbour begins 2 (down 1) further.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("layers", "table", "said"), TABLES)
def test_the_table_of_both_recursions(layers: tuple[Layer, ...], table: dict[str, str], said: str) -> None:
    parts = ReceptiveField(layers).parts(KNOWN)
    found = columns(parts)
    del found["layer"]
    assert found == {head: numbers.split(" ") for head, numbers in table.items()}
    assert isinstance(parts[-1], Words) and parts[-1].text == said


def test_a_dense_layer_sees_the_whole_map_where_its_size_is_known() -> None:
    layers = (Pool("pool", 2), Dense("FC", 3))
    assert columns(ReceptiveField(layers, input=(8, 8, 1)).parts(KNOWN))["receptive field"] == ["1", "2", "8"]
    wide = (Conv("conv", 2, 7, padding=3), Pool("pool", 2), Conv("conv", 2, 7, padding=3))
    said = ReceptiveField(wide, input=(8, 8, 1)).parts(KNOWN)[-1]
    assert isinstance(said, Words) and said.text.endswith(
        "The input of 8 × 8 × 1 is smaller: in the middle of the map it is seen whole."
    )
    with pytest.raises(SymderivError, match="layer “FC”: it sees the whole map, whose size is not known here; give `input`"):
        ReceptiveField(layers).parts(KNOWN)


@pytest.mark.parametrize(
    ("layer", "formula"),
    [
        (Pool("pool", 2), "2r"),
        (Pool("pool", 3, stride=2), "2r + 1"),
        (Conv("conv", 1, "K"), "r + K - 1"),
        (Conv("conv", 1, 3, stride=2, dilation=2), "2r + 3"),
    ],
)
def test_what_a_layer_does_to_the_field(layer: Layer, formula: str) -> None:
    (chain,) = FieldBelow(layer, "r").parts(KNOWN)
    assert isinstance(chain, Chain)
    assert compare(chain.derivation.result, read_expression(formula, KNOWN)).kind == "proved"


@pytest.mark.parametrize(("kernel", "times"), [(3, 1), (3, 3), (5, 5), (2, 4), (1, 7), (3, 0)])
def test_the_closed_form_is_what_the_layers_give_one_by_one(kernel: int, times: int) -> None:
    chains = [part for part in FieldOfMany(Conv("conv", 1, "K"), "L").parts(KNOWN) if isinstance(part, Chain)]
    closed = substitute(chains[0].derivation.result, {size("K"): num(kernel), size("L"): num(times)})
    layers = tuple(Conv("conv", 1, kernel) for _ in range(times))
    field = columns(ReceptiveField(layers).parts(KNOWN))["receptive field"][-1] if layers else "1"
    assert compare(closed, num(int(field))).kind == "proved", field


def test_every_line_of_the_induction_is_proved() -> None:
    for part in FieldOfMany(Conv("conv", 1, "K", dilation=2), "L").parts(KNOWN):
        for derivation in part.derivations:
            replay(derivation)
            assert {found.kind for found in Verifier(derivation).all()} == {"proved"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (FieldOfMany(Pool("pool", 2), "L"), "layer “pool”: its stride is 2; expected 1 for a closed form with equal steps"),
        (FieldOfMany(Conv("conv", 1, (3, 5)), "L"), "layer “conv”: its window is not square; ask for each direction"),
    ],
)
def test_what_has_no_such_closed_form_is_said(question: Question, words: str) -> None:
    with pytest.raises(SymderivError, match=words):
        question.parts(KNOWN)
