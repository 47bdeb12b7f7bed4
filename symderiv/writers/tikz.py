"""TikZ: a drawing as a picture of LaTeX, its labels as formulas."""

from __future__ import annotations

from typing import assert_never

from symderiv.pages.sheet import Piece
from symderiv.questions.picture import Arrow, Box, Caption, Curve, Drawing, Mark, Pair, Shape
from symderiv.writers.latex_formula import Latex, escaped

#: The style of a line that is no part of what is drawn.
_STYLES = {"curve": "thick", "axis": "->", "tangent": "dashed"}
#: The size of words by themselves, and of small ones.
_SIZES = {False: "\\small", True: "\\scriptsize"}
#: The width of a line of the page in ems: a wider picture is made smaller.
PAGE = 34.0


def tikz(write: Latex, drawing: Drawing[Piece]) -> str:
    """The drawing as a `tikzpicture`, no wider than the page."""
    scale = min(1.0, PAGE / drawing.size[0])
    shapes = "\n".join(line for shape in drawing.shapes for line in _drawn(write, shape))
    options = f"x={scale:.3f}em,y=-{scale:.3f}em,every node/.style={{scale={scale:.3f}}}"
    return f"\\begin{{tikzpicture}}[{options}]\n{shapes}\n\\end{{tikzpicture}}"


def _at(place: Pair) -> str:
    return f"({place[0]:.2f},{place[1]:.2f})"


def _drawn(write: Latex, shape: Shape[Piece]) -> list[str]:
    match shape:
        case Box():
            return _box(write, shape)
        case Arrow(start, end, label, bends):
            middle = f" node[midway,above,font=\\scriptsize] {{{_label(write, label)}}}" if label is not None else ""
            return [f"\\draw[-latex] {' -- '.join(map(_at, (start, *bends, end)))}{middle};"]
        case Curve(points, kind, label):
            beside = f" node[above,font=\\scriptsize] {{{_label(write, label)}}}" if label is not None else ""
            return [f"\\draw[{_STYLES[kind]}] {' -- '.join(map(_at, points))}{beside};"]
        case Mark(at, label):
            beside = f" node[above,font=\\scriptsize] {{{_label(write, label)}}}" if label is not None else ""
            return [f"\\fill {_at(at)} circle[radius=1.5pt]{beside};"]
        case Caption(at, label, small):
            return [f"\\node[font={_SIZES[small]}] at {_at(at)} {{{_label(write, label)}}};"]
    assert_never(shape)


def _box(write: Latex, box: Box[Piece]) -> list[str]:
    (x, y), (width, height) = box.middle, box.size
    corners = (x - width / 2, y - height / 2), (x + width / 2, y + height / 2)
    style = "[rounded corners=0.4em]" if box.kind == "node" else ""
    lines = [f"\\small {_label(write, box.label)}", *(f"\\scriptsize {_label(write, note)}" for note in box.notes)]
    words = " \\\\ ".join(lines)
    return [
        f"\\draw{style} {_at(corners[0])} rectangle {_at(corners[1])};",
        f"\\node[align=center] at {_at(box.middle)} {{{words}}};",
    ]


def _label(write: Latex, label: Piece | None) -> str:
    return escaped(label) if isinstance(label, str) else f"${write(label)}$" if label is not None else ""
