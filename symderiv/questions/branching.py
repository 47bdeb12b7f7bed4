"""The branches of a decision tree, and their drawing: features in boxes, values on the arrows, leaves below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.questions.gains import letter, members, written
from symderiv.questions.part import Cell
from symderiv.questions.picture import Arrow, Box, Drawing, Pair, Shape
from symderiv.questions.samples import Samples, Value
from symderiv.term.build import name, relation

#: How wide a leaf is, how far levels are apart, and how large a box is.
WIDE, DEEP, BOX = 9.0, 5.0, (7.0, 2.6)


@dataclass(frozen=True, slots=True)
class Branch:
    """Samples at the end of a path: they are split by a `feature`, or have a `value` of the response."""

    path: tuple[tuple[str, Value], ...]
    samples: Samples
    feature: str | None
    value: Value | None
    below: tuple[Branch, ...] = ()

    @property
    def leaves(self) -> Iterator[Branch]:
        """The ends of the branch, from left to right."""
        if not self.below:
            yield self
        for branch in self.below:
            yield from branch.leaves

    @property
    def depth(self) -> int:
        """How many levels lie below."""
        return 1 + max((branch.depth for branch in self.below), default=-1)


def drawn(root: Branch) -> Drawing[Cell]:
    """The tree from its root down."""
    shapes: list[Shape[Cell]] = []
    width = WIDE * len(list(root.leaves))
    _draw(root, 0.0, 0, shapes)
    height = DEEP * root.depth + BOX[1] + 1.0
    return Drawing((width, height), tuple(shapes), _said(root))


def _draw(branch: Branch, left: float, level: int, shapes: list[Shape[Cell]]) -> Pair:
    """The shapes of a branch whose leaves begin at `left`; where its box stands."""
    count = len(list(branch.leaves))
    middle = (left + WIDE * count / 2, BOX[1] / 2 + 0.5 + DEEP * level)
    if branch.value is not None:
        label: Cell = relation("=", name(letter(branch.samples.response)), written(branch.value))
        shapes.append(Box(middle, BOX, label, (members(branch.samples),)))
        return middle
    shapes.append(Box(middle, BOX, name(letter(branch.feature or "")), kind="block"))
    begin = left
    for child in branch.below:
        below = _draw(child, begin, level + 1, shapes)
        begin += WIDE * len(list(child.leaves))
        top, bottom = (middle[0], middle[1] + BOX[1] / 2), (below[0], below[1] - BOX[1] / 2)
        shapes.append(Arrow(top, bottom, str(child.path[-1][1])))
    return middle


def _said(branch: Branch) -> str:
    if branch.feature is None:
        return f"{branch.samples.response} = {branch.value}"
    parts = [f"where {branch.feature} = {child.path[-1][1]}: {_said(child)}" for child in branch.below]
    return f"split by {branch.feature}; " + "; ".join(parts)
