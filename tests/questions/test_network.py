"""Networks nobody named: sizes, parameters and receptive fields agree with a count that enumerates; every line is proved."""

from __future__ import annotations

import pytest

from symderiv.deriving.derivation import replay
from symderiv.deriving.verifying import Verifier
from symderiv.errors import SymderivError
from symderiv.questions.fields import Sights
from symderiv.questions.layers import Conv, Dense, Layer, Pool, Residual, TransposedConv
from symderiv.questions.network import Network
from symderiv.questions.part import Chain, Grid
from symderiv.questions.stages import Stage, numbered
from symderiv.questions.windows import whole
from symderiv.reading.declare import environment

from .by_torch import in_torch
from .networks import NAMED, counted, field_and_jump, random_network

NOTHING = environment([])
NETWORKS = [
    *(pytest.param(network, id=name) for name, network in NAMED.items()),
    *(pytest.param(random_network(seed), id=f"random {seed}") for seed in range(200)),
]


def gathered(network: Network) -> list[tuple[str, tuple[int | None, ...], int]]:
    """Name, size and parameters at each layer of the main path; those in a block together at its end."""
    _, stages = network.passed(NOTHING)
    rows, waiting = [], 0
    names = {layer.name for layer in numbered(network.layers)}
    for stage in stages:
        waiting += _parameters(stage)
        if stage.name in names:
            rows.append((stage.name, tuple(map(whole, stage.after.sides)), waiting))
            waiting = 0
    return rows


def _parameters(stage: Stage) -> int:
    count = whole(stage.parameters.derivation.result)
    assert count is not None
    return count


@pytest.mark.parametrize("network", NETWORKS)
def test_sizes_and_parameters_agree_with_an_independent_count(network: Network) -> None:
    names = [layer.name for layer in numbered(network.layers)]
    assert gathered(network) == [(name, *row[1:]) for name, row in zip(names, counted(network), strict=True)]


PUBLISHED = [("LeNet-5", 61_706), ("AlexNet", 61_100_840), ("ResNet-18", 11_689_512)]


@pytest.mark.parametrize(("name", "total"), PUBLISHED)
def test_the_total_is_the_published_one(name: str, total: int) -> None:
    grid = next(part for part in NAMED[name].parts(NOTHING) if isinstance(part, Grid))
    assert whole(grid.rows[-1][-1]) == total  # type: ignore[arg-type]


def without_spreading(network: Network) -> tuple[Layer, ...]:
    """The layers before the first transposed convolution, behind which there is no one receptive field."""
    layers: list[Layer] = []
    for layer in numbered(network.layers):
        if isinstance(layer, TransposedConv):
            break
        layers.append(layer)
    return tuple(layers)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("way", [0, 1], ids=["across", "down"])
def test_receptive_fields_agree_with_the_places_that_are_read(network: Network, way: int) -> None:
    layers = without_spreading(network)
    maps = {stage.name: stage.before for stage in network.passed(NOTHING)[1]}
    sights = {sight.name: sight for sight in Sights(NOTHING, way, maps).forward(layers)}
    for depth, layer in enumerate(layers, 1):
        here = sights[layer.name]
        back = [seen for _, seen, _ in Sights(NOTHING, way, maps).backward(layers[:depth])][-1]
        assert (whole(here.field), whole(here.jump)) == field_and_jump(network, depth, way), layer.name
        assert back is here.field, f"{layer.name}: {here.field} from the input on, {back} from the output back"


@pytest.mark.parametrize("network", NETWORKS[:13])
def test_every_line_replays_and_is_proved(network: Network) -> None:
    for part in network.parts(NOTHING):
        for derivation in part.derivations:
            replay(derivation)
            assert {found.kind for found in Verifier(derivation).all()} <= {"proved"}, derivation.start


SMALL = Network(
    (28, 20, 1),
    (Conv("conv", 4, (5, 3), stride=(4, 1)), Pool("pool", 2), Pool("pool", 2), Dense("FC", 3)),
    fields=True,
)


def test_the_table_has_a_row_for_every_layer_and_a_column_for_each_direction_where_they_differ() -> None:
    grid = next(part for part in SMALL.parts(NOTHING) if isinstance(part, Grid))
    assert grid.head[:5] == ("layer", "width", "height", "feature map", "parameters")
    assert [row[0] for row in grid.rows] == ["input", "conv", "pool 1", "pool 2", "FC", "total"]
    assert [row[3] for row in grid.rows[:4]] == ["28 × 20 × 1", "6 × 18 × 4", "3 × 9 × 4", "1 × 4 × 4"]
    assert repr(grid.rows[1][1]) == "relation(('=',), sum(apply(\\text{floor}, fraction(sum(28, minus(5)), 4)), 1), 6)"
    assert repr(grid.rows[-1][4]) == "115"


def test_every_number_of_the_table_comes_from_a_chain_behind_it() -> None:
    grid = next(part for part in SMALL.parts(NOTHING) if isinstance(part, Grid))
    found = {chain.derivation.result for chain in grid.behind}
    said = [cell.args[-1] for row in grid.rows for cell in row if not isinstance(cell, str) and cell.kind == "relation"]
    assert said and set(said) <= found


def test_what_is_left_over_and_read_as_a_list_is_said() -> None:
    chains = [(part.what, part.derivation.result.data[0]) for part in SMALL.parts(NOTHING) if isinstance(part, Chain)]
    assert chains == [
        ("conv: columns left over", 3),
        ("pool 2: columns left over", 1),
        ("pool 2: rows left over", 1),
        ("FC: values of the map, read as one list", 16),
    ]


def test_kinds_of_layers_are_added_up_and_compared() -> None:
    network = Network((8, 8, 3), (Conv("conv", 4, 3), Dense("FC 1", 10), Dense("FC 2", 2)), by_kind=True)
    chains = [part for part in network.parts(NOTHING) if isinstance(part, Chain)]
    assert [(chain.what, repr(chain.derivation.result)) for chain in chains] == [
        ("FC 1: values of the map, read as one list", "144"),
        ("parameters of the convolutional layers", "112"),
        ("parameters of the fully connected layers", "1472"),
        ("parameters in total", "1584"),
        ("convolutional layers to fully connected layers", "fraction(112, 1472)"),
    ]
    assert repr(chains[-1].number) == "0.0761"


TWO = Conv("two", 2, 3)
MISFITS = [
    ((5, 5, 1), (Conv("conv2", 8, 7),), "layer “conv2”: its window covers 7 values across, its input has 5; make"),
    ((9, 5, 1), (Conv("c", 8, 7, padding=(0, 0)),), "7 values down, its input has 5"),
    ((5, 5, 1), (Conv("c", 8, 3, dilation=3),), "covers 7 values across"),
    ((5, 5, 1), (Conv("c", 8, 9, padding=1),), "its input has 5 with padding 1"),
    ((9, 9, 4), (Conv("c", 6, 3, groups=3),), "layer “c”: its 3 groups do not divide the 4 channels of its input"),
    ((9, 9, 3), (Conv("c", 4, 3, groups=3),), "its 3 groups do not divide the 4 filters"),
    ((9, 9, 3), (Residual("res", (TWO,)),), "layer “res”: its layers give 7 × 7 × 2, its shortcut gives"),
    ((9, 9, 3), (Dense("FC", 5), Conv("late", 2, 3)), "layer “late”: it reads a map, width × height × channels, but gets"),
    ((9, 9, 3), (Pool("pool", 2, padding=2),), "layer “pool”: a window of 2 lies in the padding of 2 alone"),
    ((2, 2, 3), (TransposedConv("up", 2, 2, padding=2),), "layer “up”: its padding cuts away all that it gives"),
    ((2, 2, 3), (TransposedConv("up", 2, 2, output_padding=1),), "expected less than the stride or the dilation"),
    ((9, 9, 3), (Conv("c", 10**10, 3),), "`filters` is 10000000000; expected a whole number from 1 to 1000000000"),
    ((9, 9, 3), (Conv("c", 2, 3, padding="Same"),), "`padding` is 'Same'; expected a number or letters"),
    ((9, 9, 3), (TransposedConv("up", 2, 3, padding="same"),), "layer “up”: `padding` is 'same'; expected a number or"),
    ((9, 9, 3), (Conv("c", 0, 3),), "layer “c”: `filters` is 0; expected a whole number from 1 to"),
    ((9, 9, 3), (Conv("c", 2, 3, stride=0),), "`stride` is 0"),
    ((9, 9, 3), (Conv("c", 2, (3, 3, 3)),), "`kernel` has 3 numbers; expected one, or two: across and down"),  # type: ignore[arg-type]
    ((9, 9, 3), (Conv("c", 2, "3 +"),), "layer “c”: `kernel` is '3 +': "),
    ((9, 9, 3), ("conv",), "`layers` has 'conv'; expected one of Conv, TransposedConv"),
    ((9, 9), (TWO,), "`input` has 2 sizes; expected width, height and channels, or one length"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "layers", "words"), MISFITS, ids=[words for *_, words in MISFITS])
def test_a_layer_that_does_not_fit_is_named(start: tuple[int, ...], layers: tuple[Layer, ...], words: str) -> None:
    with pytest.raises(SymderivError) as stop:
        Network(start, layers).parts(NOTHING)
    assert words in str(stop.value)


def test_letters_are_sent_to_the_formulas_of_one_layer() -> None:
    with pytest.raises(SymderivError, match="layer “c”: saw letters for its sizes; a Network counts with"):
        Network((9, 9, 3), (Conv("c", "F", 3),)).parts(environment([r"F \in \mathbb{N}"]))


def test_there_is_no_receptive_field_behind_a_transposed_convolution() -> None:
    with pytest.raises(SymderivError, match="layer “up”: behind a transposed convolution units see fields of different"):
        Network((4, 4, 1), (TransposedConv("up", 2, 2, stride=2),), fields=True).parts(NOTHING)


def test_torch_gives_the_same_sizes_and_parameters() -> None:
    torch = pytest.importorskip("torch")
    for network in [*NAMED.values(), *map(random_network, range(200))]:
        assert in_torch(torch, network) == [row[1:] for row in counted(network)]
