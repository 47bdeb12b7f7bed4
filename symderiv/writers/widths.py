"""How wide a formula is on paper, estimated in ems, so that a long line is broken before TeX complains."""

from __future__ import annotations

from typing import assert_never

from symderiv.pages.formula import (
    Accent,
    BigOperator,
    Fence,
    Formula,
    Fraction,
    Identifier,
    Mark,
    Number,
    Operator,
    Root,
    Run,
    Scripts,
    Table,
    Text,
    break_points,
)

#: The width of an operator with its room.
ROOM = {"relation": 1.4, "sign": 1.25, "product": 0.75, "prefix": 0.8, "punctuation": 0.45, "slash": 0.5, "thin": 0.17}
SMALL = 0.72


def width(formula: Formula) -> float:
    """The width of a formula in ems, a little on the safe side.

    >>> width(Run((Number("12"), Operator("+", "sign"), Identifier("x"))))
    2.85
    """
    match formula:
        case Identifier(text):
            return 0.6 if len(text) == 1 else 0.52 * len(text) + 0.17
        case Number(text) | Text(text):
            return 0.5 * len(text)
        case Operator(text, spacing):
            return ROOM.get(spacing, 0.2 if text else 0.0)
        case Run(parts):
            return sum(width(part) for part in parts)
        case Fraction(top, bottom):
            return max(width(top), width(bottom)) + 0.25
        case Scripts(base, sub, sup):
            return width(base) + SMALL * max(width(script) if script else 0.0 for script in (sub, sup)) + 0.05
        case Root(radicand, _):
            return width(radicand) + 0.9
        case Fence(_, body, _):
            return width(body) + 0.95
        case BigOperator(_, under, over):
            return 0.2 + max(1.45, *(SMALL * width(limit) if limit else 0.0 for limit in (under, over)))
        case Table(rows):
            return sum(max(width(cell) for cell in column) + 1.0 for column in zip(*rows, strict=True)) + 1.0
        case Accent(_, body) | Mark(_, body):
            return width(body)
    assert_never(formula)


def pieces(formula: Formula, most: float) -> list[Formula]:
    """The formula cut before its relations or signs, so that no piece is wider than `most` ems if that can be had."""
    if width(formula) <= most or not isinstance(formula, Run):
        return [formula]
    points = [point for point in break_points(formula) if point]
    found: list[Formula] = []
    begin = 0
    for point, following in zip(points, [*points[1:], len(formula.parts)], strict=True):
        if point > begin and width(Run(formula.parts[begin:following])) > most:
            found.append(Run(formula.parts[begin:point]))
            begin = point
    return [*found, Run(formula.parts[begin:])]
