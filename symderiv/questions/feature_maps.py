"""Feature maps drawn as blocks: as high as they are wide, as wide as they have channels, by the roots of these numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import ceil, sqrt

from symderiv.questions.layers import BatchNorm, Pointwise, Residual
from symderiv.questions.part import Cell
from symderiv.questions.picture import Arrow, Box, Caption, Drawing, Pair, Shape
from symderiv.questions.stages import Map, Stage
from symderiv.questions.windows import whole
from symderiv.term.kinds import Term

#: In ems: how far blocks stand apart, how high a row is, and the largest and the smallest block.
PITCH, ROW, HIGHEST, WIDEST, LEAST = 7.6, 8.6, 5.0, 3.6, 0.35
#: How many blocks stand in a row at most.
ACROSS = 6


def picture(start: Map, stages: Sequence[Stage]) -> Drawing[Cell]:
    """The maps from the input on, one block for layers that give the same size; shortcuts are left out."""
    blocks = [("input", start), *_blocks([stage for stage in stages if not stage.aside])]
    down = ceil(len(blocks) / ACROSS)
    across = ceil(len(blocks) / down)
    sizes = _sizes([found for _, found in blocks])
    shapes: list[Shape[Cell]] = []
    for spot, (name, found) in enumerate(blocks):
        middle = (spot % across + 0.5) * PITCH, spot // across * ROW + HIGHEST / 2 + 0.3
        shapes += _block(middle, sizes[spot], name, str(found))
        if spot + 1 < len(blocks) and (spot + 1) % across:
            shapes.append(_arrow(middle, sizes[spot], sizes[spot + 1]))
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


def _sizes(maps: Sequence[Map]) -> list[Pair]:
    """How wide and high each block is; lists are narrow, and as high as they are long, by themselves."""
    highest, widest = (max((_root(found.sides[way]) for found in maps if not found.is_list), default=1.0) for way in (0, -1))
    longest = max((_root(found.sides[0]) for found in maps if found.is_list), default=1.0)
    return [
        (LEAST, _share(found.sides[0], longest) * HIGHEST)
        if found.is_list
        else (_share(found.sides[2], widest) * WIDEST, _share(found.sides[0], highest) * HIGHEST)
        for found in maps
    ]


def _root(side: Term) -> float:
    return sqrt(whole(side) or 1)


def _share(side: Term, most: float) -> float:
    """The share of the largest that a block has, none so small that nothing is seen."""
    return max(_root(side) / most, 0.08)


def _block(middle: Pair, size: Pair, name: str, sizes: str) -> list[Shape[Cell]]:
    """A block with the size of the map and its layer below it."""
    below = middle[1] + HIGHEST / 2 + 1.2
    return [
        Box(middle, size, "", kind="block"),
        Caption((middle[0], below), sizes),
        Caption((middle[0], below + 1.1), name, small=True),
    ]


def _arrow(middle: Pair, size: Pair, following: Pair) -> Shape[Cell]:
    """The arrow to the next block in the row."""
    x, y = middle
    return Arrow((x + size[0] / 2 + 0.4, y), (x + PITCH - following[0] / 2 - 0.4, y))
