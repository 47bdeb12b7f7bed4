"""Feature maps drawn as blocks: as high as they are wide, as wide as they have channels, on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import log2

from symderiv.questions.layers import BatchNorm, Pointwise, Residual
from symderiv.questions.part import Cell
from symderiv.questions.picture import Arrow, Box, Caption, Drawing, Pair, Shape
from symderiv.questions.stages import Map, Stage
from symderiv.questions.windows import whole
from symderiv.term.kinds import Term

#: In ems: how far blocks stand apart, how high a row is, and the largest and the smallest block.
PITCH, ROW, HIGHEST, WIDEST, LEAST = 7.5, 8.6, 5.0, 3.4, 0.5
#: How many blocks stand in a row.
ACROSS = 6


def picture(start: Map, stages: Sequence[Stage]) -> Drawing[Cell]:
    """The maps from the input on, one block for layers that give the same size; shortcuts are left out."""
    blocks = [("input", start), *_blocks([stage for stage in stages if not stage.aside])]
    highest = max(_log(found.sides[0]) for _, found in blocks)
    widest = max(_log(found.sides[-1]) for _, found in blocks)
    sizes = [_size(found, highest, widest) for _, found in blocks]
    shapes: list[Shape[Cell]] = []
    for spot, (name, found) in enumerate(blocks):
        shapes += _block(spot, sizes[spot], name, str(found))
        if spot + 1 < len(blocks) and (spot + 1) % ACROSS:
            shapes.append(_arrow(spot, sizes[spot], sizes[spot + 1]))
    across, down = min(len(blocks), ACROSS), -(-len(blocks) // ACROSS)
    says = ", ".join(f"{name} {found}" for name, found in blocks)
    return Drawing((across * PITCH, down * ROW), tuple(shapes), f"The feature maps: {says}")


def _blocks(stages: Sequence[Stage]) -> list[tuple[str, Map]]:
    """The maps with the names of the layers that give them; layers of one kind that keep the size share a block."""
    found: list[tuple[str, Map]] = []
    seen = [stage for stage in stages if not isinstance(stage.layer, BatchNorm | Pointwise | Residual)]
    for (after, _), group in groupby(seen, key=lambda stage: (stage.after, type(stage.layer))):
        names = [stage.name for stage in group]
        found.append((names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}", after))
    return found


def _log(side: Term) -> float:
    return log2(1 + (whole(side) or 1))


def _size(found: Map, highest: float, widest: float) -> Pair:
    height = LEAST + (HIGHEST - LEAST) * _log(found.sides[0]) / highest
    return (LEAST if found.is_list else LEAST + (WIDEST - LEAST) * _log(found.sides[-1]) / widest), height


def _middle(spot: int) -> Pair:
    row, column = divmod(spot, ACROSS)
    return (column + 0.5) * PITCH, row * ROW + HIGHEST / 2 + 0.3


def _block(spot: int, size: Pair, name: str, sizes: str) -> list[Shape[Cell]]:
    """A block with the size of the map and its layer below it."""
    x, y = _middle(spot)
    below = y + HIGHEST / 2 + 1.2
    return [Box((x, y), size, "", kind="block"), Caption((x, below), sizes), Caption((x, below + 1.1), name, small=True)]


def _arrow(spot: int, size: Pair, following: Pair) -> Shape[Cell]:
    """The arrow to the next block in the row."""
    x, y = _middle(spot)
    return Arrow((x + size[0] / 2 + 0.4, y), (x + PITCH - following[0] / 2 - 0.4, y))
