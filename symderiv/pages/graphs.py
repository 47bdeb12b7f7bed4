"""A named derivation on a page: its first and last nodes, and how many stand between them."""

from __future__ import annotations

from collections.abc import Sequence

from symderiv.deriving.graph import Graph, NamedStep
from symderiv.pages import telling
from symderiv.pages.layout import Layout
from symderiv.pages.sheet import Block, Derived, Paragraph, Piece, Row

#: How many nodes are shown at the beginning and at the end.
SHOWN = 3


def graph_blocks(graphs: Sequence[Graph]) -> list[Block]:
    """The blocks of the graphs, one for each variable."""
    blocks: list[Block] = []
    for graph in graphs:
        layout, count = Layout(), len(graph)
        lead: list[Piece] = [telling.NODES.format(count), layout(graph.variable)]
        blocks.append(Paragraph((*lead, ":")))
        if count <= 2 * SHOWN:
            blocks.append(_rows(layout, [graph.step(number) for number in range(count)]))
            continue
        blocks.append(_rows(layout, [graph.step(number) for number in range(SHOWN)]))
        blocks.append(Paragraph((telling.NODES_BETWEEN.format(count - 2 * SHOWN),)))
        blocks.append(_rows(layout, [graph.step(number) for number in range(count - SHOWN, count)]))
    return blocks


def _rows(layout: Layout, steps: list[NamedStep]) -> Derived:
    rows: list[Row] = []
    for step in steps:
        for fact in (step.definition, step.derivative):
            left, right = fact.args
            rows.append(Row(layout(left), "=", layout(right)))
    return Derived(tuple(rows))
