"""Marks: where most lines of a problem agree at points, its end says so, and not every line once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from symderiv.pages import telling
from symderiv.pages.sheet import Block, Derived, Details, Row
from symderiv.worth.evidence import Agrees, Evidence


def mostly_agree(found: Iterable[Evidence]) -> bool:
    """Whether at least half of the lines are known to hold at points and no further.

    >>> mostly_agree([Agrees(2, 200), Agrees(2, 200)]), mostly_agree([])
    (True, False)
    """
    lines = list(found)
    agreeing = sum(isinstance(item, Agrees) for item in lines)
    return 0 < len(lines) <= 2 * agreeing


def without_agreement(blocks: Iterable[Block], found: Iterable[Evidence]) -> list[Block]:
    """The blocks with no mark that a line agrees at points; what is not decided stays marked, in whatever unfolds too."""
    marks = frozenset(telling.evidence(item) for item in found if isinstance(item, Agrees))
    return [_unmarked(block, marks) for block in blocks]


def _unmarked(block: Block, marks: frozenset[str]) -> Block:
    if isinstance(block, Derived):
        return Derived(tuple(_row(row, marks) for row in block.rows))
    if isinstance(block, Details):
        return replace(block, blocks=tuple(_unmarked(inner, marks) for inner in block.blocks))
    return block


def _row(row: Row, marks: frozenset[str]) -> Row:
    details = tuple(_unmarked(block, marks) for block in row.details)
    return replace(row, evidence="" if row.evidence in marks else row.evidence, details=details)
