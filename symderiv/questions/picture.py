"""A picture as a few shapes in ems, from the left and from the top; labels are words or whatever a page makes of a term."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Label = TypeVar("Label")
Other = TypeVar("Other")

#: A place or an extent: across, down.
Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box(Generic[Label]):
    """A thing around its middle: the node of a graph, a layer. `notes` stand below the label, smaller."""

    middle: Pair
    size: Pair
    label: Label
    notes: tuple[Label, ...] = ()
    kind: Literal["node", "block"] = "node"


@dataclass(frozen=True, slots=True)
class Arrow(Generic[Label]):
    """A line with a head, bent where it has to go around something, and what is written beside its middle."""

    start: Pair
    end: Pair
    label: Label | None = None
    bends: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Curve(Generic[Label]):
    """A line through points: the curve of a function, an axis, a tangent; `label` stands at its end."""

    points: tuple[Pair, ...]
    kind: Literal["curve", "axis", "tangent"] = "curve"
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Mark(Generic[Label]):
    """A point that is marked, and what is written beside it."""

    at: Pair
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Caption(Generic[Label]):
    """Words by themselves, around a place."""

    at: Pair
    label: Label
    small: bool = False


Shape = Box[Label] | Arrow[Label] | Curve[Label] | Mark[Label] | Caption[Label]


@dataclass(frozen=True, slots=True)
class Drawing(Generic[Label]):
    """Shapes on paper of a size in ems; `says` tells in words what is seen, for those who do not see it."""

    size: Pair
    shapes: tuple[Shape[Label], ...]
    says: str


def relabelled(drawing: Drawing[Label], change: Callable[[Label], Other]) -> Drawing[Other]:
    """The same drawing with other labels.

    >>> relabelled(Drawing((2, 2), (Mark((1, 1), "p"),), "a point"), str.upper).shapes[0].label
    'P'
    """

    def one(shape: Shape[Label]) -> Shape[Other]:
        if isinstance(shape, Box):
            return Box(shape.middle, shape.size, change(shape.label), tuple(map(change, shape.notes)), shape.kind)
        if isinstance(shape, Caption):
            return Caption(shape.at, change(shape.label), shape.small)
        label = None if shape.label is None else change(shape.label)
        if isinstance(shape, Arrow):
            return Arrow(shape.start, shape.end, label, shape.bends)
        return Mark(shape.at, label) if isinstance(shape, Mark) else Curve(shape.points, shape.kind, label)

    return Drawing(drawing.size, tuple(map(one, drawing.shapes)), drawing.says)
