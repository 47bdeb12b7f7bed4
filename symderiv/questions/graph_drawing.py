"""A computation graph drawn: a box a node with its formula, its value and its adjoint, in layers from the inputs down."""

from __future__ import annotations

from symderiv.deriving.program import Node
from symderiv.deriving.trace import upstream
from symderiv.questions.levels import placed
from symderiv.questions.part import Cell
from symderiv.questions.picture import Arrow, Box, Drawing, Pair
from symderiv.questions.tracing import Traced, equation, shown
from symderiv.term.build import relation
from symderiv.term.kinds import Term
from symderiv.worth.value import Numbers

#: The most entries of an array that is written out in a box; of a larger one stands the shape.
ENTRIES = 4
#: Ems of a box around its lines, of a line, and of a sign of the formula and of the smaller lines below it.
EDGE, LINE, SIGN, SMALL = 1.0, 1.1, 0.52, 0.42


def drawn(found: Traced) -> Drawing[Cell]:
    """The graph with its values and adjoints on it."""
    nodes = found.program.nodes
    labels: list[Cell] = [equation(node) for node in nodes]
    notes = [_notes(found, node) for node in nodes]
    sizes = [_size(label, lines) for label, lines in zip(labels, notes, strict=True)]
    place = {node.part: number for number, node in enumerate(nodes)}
    edges = [(place[item], place[node.part]) for node in nodes for item in node.inputs]
    layout = placed(sizes, edges)
    boxes = [
        Box(middle, size, label, lines)
        for middle, size, label, lines in zip(layout.middles, sizes, labels, notes, strict=True)
    ]
    arrows: list[Arrow[Cell]] = [Arrow(line[0], line[-1], None, line[1:-1]) for line in layout.lines]
    says = f"the computation graph: {len(nodes)} nodes and {len(edges)} arrows"
    return Drawing(layout.size, (*boxes, *arrows), says)


def _notes(found: Traced, node: Node) -> tuple[Cell, ...]:
    """The value, and the adjoint with its name."""
    value, adjoint = found.value(node.part), found.adjoint(node.part)
    small = _count(value) <= ENTRIES
    if not small:
        return (" × ".join(map(str, _sizes(value))),)
    return (shown(value), relation("=", upstream(node), shown(adjoint)))


def _count(numbers: Numbers) -> int:
    return sum(map(_count, numbers)) if isinstance(numbers, list) else 1


def _sizes(numbers: Numbers) -> tuple[int, ...]:
    return (len(numbers), *_sizes(numbers[0])) if isinstance(numbers, list) else ()


def _size(label: Cell, notes: tuple[Cell, ...]) -> Pair:
    width = max(_signs(label) * SIGN, *[_signs(line) * SMALL for line in notes])
    return round(width + EDGE, 2), round(LINE * (1 + len(notes)) + EDGE * 0.6, 2)


def _signs(cell: Cell) -> int:
    """About how many signs a label has."""
    if isinstance(cell, str):
        return len(cell)
    return sum(_own(node) for node in _all(cell))


def _all(term: Term) -> list[Term]:
    """Every occurrence of a subterm, named parts not looked into."""
    inside = [] if term.kind == "named" else [found for arg in term.args for found in _all(arg)]
    return [term, *inside]


#: Signs that a kind brings itself, for each child behind the first and for all of it.
_BETWEEN = {"sum": 3, "relation": 3, "fraction": 1, "product": 1, "hadamard": 3, "literal": 2}
_AROUND = {"minus": 1, "apply": 2, "power": 0, "literal": 2, "norm": 2, "root": 1, "transpose": 1, "bigsum": 3, "cases": 6}


def _own(term: Term) -> int:
    if term.kind in ("name", "named", "function", "index"):
        found = term.data if term.kind in ("named", "index") else term.data.name
        return len(found.base if len(found.base) < 6 else "x") + len(found.sub)
    if term.kind == "number":
        return len(term.data[1] or str(term.data[0]))
    return _AROUND.get(term.kind, 0) + _BETWEEN.get(term.kind, 0) * (len(term.args) - 1)
