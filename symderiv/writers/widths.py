"""How wide a formula is on paper, estimated in ems, so that a long line is broken before TeX complains."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeGuard, assert_never

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


#: Where a line is broken, the best places first: before a relation, before a sign between terms, before a sign of a product.
BREAKS = ("relation", "sign", "product")


def pieces(
    formula: Formula, most: float, measure: Callable[[Formula], float] = width, breaks: tuple[str, ...] = BREAKS
) -> list[Formula]:
    """The formula cut before its relations, and where that is not enough its signs, so that no piece is wider than `most`.

    A piece with no such place may be wider.

    >>> x, plus = Identifier("x"), Operator("+", "sign")
    >>> line = Run((x, x, Operator("=", "relation"), Run((x, plus, x, plus, x))))
    >>> [len(piece.parts) for piece in pieces(line, 4.0)]
    [2, 4, 2]
    """
    found = [formula]
    for spacing in breaks:
        found = [part for piece in found for part in _cut(piece, spacing, most, measure)]
    return found


def _cut(formula: Formula, spacing: str, most: float, measure: Callable[[Formula], float]) -> list[Formula]:
    """A formula that is too wide as runs that begin with an operator of this kind, each as wide as may be."""
    if not isinstance(formula, Run) or measure(formula) <= most:
        return [formula]
    parts = tuple(inner for part in formula.parts for inner in (part.parts if _holds(part, spacing) else (part,)))
    points = [at for at, part in enumerate(parts) if at and isinstance(part, Operator) and part.spacing == spacing]
    if not points:
        return [formula]
    found: list[Formula] = []
    begin = 0
    for point, following in zip(points, [*points[1:], len(parts)], strict=True):
        if measure(Run(parts[begin:following])) > most:
            found.append(_run(parts[begin:point]))
            begin = point
    return [*found, _run(parts[begin:])]


def _holds(part: Formula, spacing: str) -> TypeGuard[Run]:
    """Whether an operator of this kind stands in a part that is written without brackets."""
    return isinstance(part, Run) and any(isinstance(inner, Operator) and inner.spacing == spacing for inner in part.parts)


def _run(parts: tuple[Formula, ...]) -> Formula:
    return parts[0] if len(parts) == 1 else Run(parts)
