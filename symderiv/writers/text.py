"""Plain Unicode text for the terminal: lines aligned at their sign, reasons at the right, nothing wider than asked for."""

from __future__ import annotations

import textwrap
import unicodedata
from importlib import import_module
from typing import assert_never

from symderiv.pages.formula import Formula
from symderiv.pages.sheet import (
    Block,
    Derived,
    Details,
    Display,
    Facts,
    Figure,
    Heading,
    Marked,
    Note,
    Paragraph,
    Piece,
    Prose,
    Row,
    Sheet,
    Table,
)
from symderiv.writers.prose import paragraphs
from symderiv.writers.text_formula import formula
from symderiv.writers.widths import pieces

__all__ = ["formula", "standalone"]

#: The word that says what a note is.
NOTES = {"info": "", "condition": "", "undecided": "Not decided: ", "wrong": "Wrong: "}
#: The least room between a line and its reason.
GAP = 3
#: What a sign stands in from the edge below a left side with a line of its own.
INDENT = 3


def standalone(sheet: Sheet, width: int = 100) -> str:
    """The sheet as text of at most so many columns; a table, or a formula that cannot be broken, may be wider."""
    blocks = [_lines(block, width) for block in sheet.blocks]
    return (
        "\n\n".join(
            "\n".join(line.rstrip() for line in lines) for lines in [_title(sheet.title, "=", width), *blocks] if lines
        )
        + "\n"
    )


def columns(text: str) -> int:
    """How many columns a text takes on a terminal: combining accents take none."""
    return sum(not unicodedata.combining(character) for character in text)


def _title(text: str, rule: str, width: int) -> list[str]:
    lines = _wrapped(text, width)
    if not lines:
        return []
    return [*lines, rule * max(map(columns, lines))]


def _lines(block: Block, width: int) -> list[str]:
    match block:
        case Heading(_, text):
            return _title(text, "-", width)
        case Prose(text):
            prose = import_module("symderiv.writers.text_prose")
            parts = [_wrapped(prose.plain(part), width) for part in paragraphs(text)]
            return [line for number, part in enumerate(parts) for line in ([""] if number else []) + part]
        case Paragraph(parts):
            return _wrapped(_pieces(parts), width)
        case Display(shown):
            return ["  " + line for line in _broken(shown, width - 2)]
        case Derived(rows):
            return _derivation(rows, width)
        case Details(summary, blocks, opened):
            inside = [line for inner in blocks for line in _lines(inner, width - 2)] if opened else []
            lead = _wrapped(_pieces(summary), width) if block.on_paper else []
            return lead + ["  " + line for line in inside]
        case Facts(facts, lead):
            return _wrapped("   ".join([*([lead] if lead else []), *[_pieces((fact,)) for fact in facts]]), width)
        case Table(head, rows):
            return _table((head, *rows))
        case Figure(drawing):
            return _wrapped(f"[{drawing.says}]", width)
        case Note(kind, parts):
            return _wrapped(NOTES[kind] + _pieces(parts), width)
        case Marked():
            return _marked(block, width)
    assert_never(block)


def _marked(line: Marked, width: int) -> list[str]:
    """The source as it was written, the mark at its right or below, and what is said indented under it."""
    lines = [
        f"{line.number:>3}  {part}" if not spot else f"     {part}" for spot, part in enumerate(line.source.splitlines())
    ]
    room = width - columns(lines[-1]) - columns(line.word)
    if room >= GAP:
        lines[-1] += " " * room + line.word
    else:
        lines.append(" " * max(width - columns(line.word), 0) + line.word)
    inside = [text for block in line.blocks for text in _lines(block, width - 5)]
    return lines + ["     " + text for text in inside]


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 20), break_long_words=False, break_on_hyphens=False)


def _pieces(parts: tuple[Piece, ...]) -> str:
    return "".join(part if isinstance(part, str) else formula(part) for part in parts)


def _derivation(rows: tuple[Row, ...], width: int) -> list[str]:
    """Lines whose signs stand below each other; a left side that leaves them no room has a line of its own above."""
    widest = max(columns(formula(row.left)) if row.left else 0 for row in rows)
    room = width - widest - 3
    parts = [part for row in rows for part in _broken(row.right, room)]
    indent = widest if widest <= width // 3 and all(columns(part) <= room for part in parts) else min(widest, INDENT)
    return [line for row in rows for line in _row(row, indent, width)]


def _row(row: Row, indent: int, width: int) -> list[str]:
    left = formula(row.left) if row.left else ""
    first, *others = _broken(row.right, width - indent - len(row.sign) - 2)
    lines = []
    if row.left and columns(left) > indent:
        lines, left = _broken(row.left, width), ""
    lines.append(f"{left}{' ' * (indent - columns(left))} {row.sign} {first}")
    lines += [" " * (indent + len(row.sign) + 4) + other for other in others]
    reason = _reason(row)
    if not reason:
        return lines
    room = width - columns(lines[-1])
    if columns(reason) + GAP <= room:
        lines[-1] += " " * (room - columns(reason)) + reason
        return lines
    return lines + [" " * max(width - columns(line), 0) + line for line in _wrapped(reason, width - indent - 4)]


def _reason(row: Row) -> str:
    words = _pieces(row.reason)
    words += f"  [{row.evidence}]" if row.evidence else ""
    words += f"  ({row.label})" if row.label else ""
    return words.strip()


def _broken(shown: Formula, width: int) -> list[str]:
    """A formula as lines, cut before its relations or signs where it is too long."""
    return [formula(part).strip() for part in pieces(shown, width, lambda part: columns(formula(part)))]


def _table(rows: tuple[tuple[Piece, ...], ...]) -> list[str]:
    cells = [[_pieces((cell,)) for cell in row] for row in rows]
    widths = [max(columns(cell) for cell in column) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell + " " * (room - columns(cell)) for cell, room in zip(row, widths, strict=True)) for row in cells]
    return [lines[0], "─" * (sum(widths) + 2 * len(widths) - 2), *lines[1:]]
