"""SVG: a drawing as an element of HTML, its labels as lines of text, its colour that of the words around it."""

from __future__ import annotations

from math import hypot
from typing import assert_never
from xml.etree.ElementTree import Element

from symderiv.pages.sheet import Piece
from symderiv.questions.picture import Arrow, Box, Caption, Curve, Drawing, Mark, Pair, Shape
from symderiv.writers.markup import element
from symderiv.writers.text_formula import formula

#: Units an em, and the size of the head of an arrow in ems.
EM, HEAD = 16, 0.55
#: Dashes of lines that are no part of what is drawn.
_DASHED = {"tangent": "6 4"}


def svg(drawing: Drawing[Piece]) -> Element:
    """The drawing as one `svg` element with a title for those who do not see it."""
    width, height = drawing.size
    made = element(
        "svg",
        element("title", drawing.says),
        viewBox=f"0 0 {_number(width * EM)} {_number(height * EM)}",
        width=f"{_number(width)}em",
        role="img",
        fill="none",
        stroke="currentColor",
    )
    for shape in drawing.shapes:
        made.extend(_drawn(shape))
    return made


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _at(place: Pair) -> str:
    return f"{_number(place[0] * EM)},{_number(place[1] * EM)}"


def _drawn(shape: Shape[Piece]) -> list[Element]:
    match shape:
        case Box():
            return _box(shape)
        case Arrow(start, end, label, bends):
            line = element("polyline", points=" ".join(map(_at, (start, *bends, end))))
            middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - 0.35)
            return [line, _head((start, *bends)[-1], end), *_labelled(label, middle)]
        case Curve(points, kind, label):
            line = element("polyline", points=" ".join(map(_at, points)))
            line.set("stroke-width", "1.5" if kind == "curve" else "1")
            if kind in _DASHED:
                line.set("stroke-dasharray", _DASHED[kind])
            return [line, *_labelled(label, (points[-1][0], points[-1][1] - 0.4))]
        case Mark(at, label):
            dot = element("circle", cx=_number(at[0] * EM), cy=_number(at[1] * EM), r="3", fill="currentColor")
            return [dot, *_labelled(label, (at[0], at[1] - 0.6))]
        case Caption(at, label, small):
            return _labelled(label, (at[0], at[1] + 0.33), small)
    assert_never(shape)


def _box(box: Box[Piece]) -> list[Element]:
    (x, y), (width, height) = box.middle, box.size
    frame = element(
        "rect",
        x=_number((x - width / 2) * EM),
        y=_number((y - height / 2) * EM),
        width=_number(width * EM),
        height=_number(height * EM),
        rx=_number(0.5 * EM if box.kind == "node" else 0),
    )
    lines = [box.label, *box.notes]
    top = y - 0.55 * (len(lines) - 1)
    made = [frame]
    for number, line in enumerate(lines):
        made += _labelled(line, (x, top + 1.1 * number + 0.33), small=number > 0)
    return made


def _head(start: Pair, end: Pair) -> Element:
    """A small filled triangle where an arrow ends."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down) or 1.0
    along, beside = (across / length * HEAD, down / length * HEAD), (-down / length * HEAD / 3, across / length * HEAD / 3)
    back = (end[0] - along[0], end[1] - along[1])
    left, right = (back[0] + beside[0], back[1] + beside[1]), (back[0] - beside[0], back[1] - beside[1])
    return element("polygon", points=f"{_at(end)} {_at(left)} {_at(right)}", fill="currentColor")


def _labelled(label: Piece | None, place: Pair, small: bool = False) -> list[Element]:
    """Words around the middle of a line of text, on its base line."""
    if label is None or label == "":
        return []
    text = label if isinstance(label, str) else formula(label)
    made = element("text", text, x=_number(place[0] * EM), y=_number(place[1] * EM), fill="currentColor", stroke="none")
    made.set("text-anchor", "middle")
    made.set("font-size", _number(EM * (0.75 if small else 0.9)))
    return [made]
