"""From the parts of an answer to blocks: chains as lines, tables, drawings, words; every derivation was verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from symderiv.pages import telling
from symderiv.pages.derived import Page
from symderiv.pages.formula import Text
from symderiv.pages.sheet import Block, Derived, Details, Display, Figure, Piece, Prose, Row, Table
from symderiv.questions.part import Cell, Chain, Fact, Grid, Part, Picture, Words
from symderiv.questions.picture import relabelled
from symderiv.term.kinds import Term


def part_blocks(part: Part, page: Page) -> tuple[Block, ...]:
    """The blocks of one part of an answer, and below them what its derivations needed."""
    needed = (fact for derivation in part.derivations for fact in derivation.conditions)
    return (*_BLOCKS[type(part)](part, page), *page.needing(needed))


def _chain(chain: Chain, page: Page) -> tuple[Block, ...]:
    rows = _rows(chain, page)
    return (Derived(rows) if rows else Display(page.layout(chain.derivation.start)),)


def _rows(chain: Chain, page: Page) -> tuple[Row, ...]:
    """The lines of a chain; what stands on its left takes its start to the right, and the rounded value comes last."""
    start = page.layout(chain.derivation.start)
    rows = page.rows(chain.derivation)
    name = Text(chain.what) if chain.what else page.layout(chain.left) if chain.left is not None else None
    if name is not None:
        rows = (Row(name, chain.sign, start), *[replace(row, left=None) for row in rows])
    for shown, sign, reason in _numbers(chain):
        left = start if not rows else None
        rows = (*rows, Row(left, sign, page.layout(shown), reason))
    return rows


def _numbers(chain: Chain) -> Iterator[tuple[Term, str, tuple[Piece, ...]]]:
    """The lines with numbers behind a result that is none itself: those put in, and the value, each with its sign."""
    if chain.number is None or chain.number is chain.derivation.result:
        return
    reason: tuple[Piece, ...] = () if chain.exact else (telling.ROUNDED,)
    if chain.filled is not None and chain.filled is not chain.number:
        yield chain.filled, chain.filled_sign, (telling.FILLED,)
    yield chain.number, "=" if chain.exact or chain.filled is chain.number else "≈", reason


def _grid(grid: Grid, page: Page) -> tuple[Block, ...]:
    table = Table(_cells(grid.head, page), tuple(_cells(row, page) for row in grid.rows))
    if not grid.behind:
        return (table,)
    behind = tuple(Derived(_rows(chain, page)) for chain in grid.behind)
    return table, Details((telling.HOW,), behind)


def _cells(cells: tuple[Cell, ...], page: Page) -> tuple[Piece, ...]:
    return tuple(_piece(cell, page) for cell in cells)


def _piece(cell: Cell, page: Page) -> Piece:
    return cell if isinstance(cell, str) else page.layout(cell)


def _picture(picture: Picture, page: Page) -> tuple[Block, ...]:
    return (Figure(relabelled(picture.drawing, lambda cell: _piece(cell, page))),)


def _words(words: Words, page: Page) -> tuple[Block, ...]:
    return (Prose(words.text),)


def _fact(fact: Fact, page: Page) -> tuple[Block, ...]:
    sides = [page.layout(side) for side in fact.relation.args]
    rows = [Row(None, sign, side) for sign, side in zip(fact.relation.data, sides[1:], strict=True)]
    rows[0] = replace(rows[0], left=sides[0])
    rows[-1] = replace(rows[-1], reason=(fact.why,), evidence=telling.evidence(fact.evidence))
    page.checked.append(fact.evidence)
    return (Derived(tuple(rows)),)


_BLOCKS: dict[type, Callable[[Any, Page], tuple[Block, ...]]] = {
    Chain: _chain,
    Grid: _grid,
    Picture: _picture,
    Words: _words,
    Fact: _fact,
}
