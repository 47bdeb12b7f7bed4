"""JSON: the sheet as plain data, its formulas as LaTeX and as spoken text, for other programs."""

from __future__ import annotations

import json
from typing import Any, assert_never

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
from symderiv.writers.latex_formula import Latex
from symderiv.writers.spoken import Speech

#: The name of the format; a change that readers would notice changes its number.
SCHEMA = "symderiv/sheet/1"


def standalone(sheet: Sheet) -> str:
    """The sheet as one JSON object."""
    return written(data(sheet))


def written(data: dict[str, Any]) -> str:
    """Data as one JSON object.

    >>> print(written({"x": 1}), end="")
    {
      "x": 1
    }
    """
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def data(sheet: Sheet) -> dict[str, Any]:
    """The sheet as dictionaries, lists and strings.

    Blocks have a `kind`; a piece of a line is a string or a formula `{"latex": …, "spoken": …}`.

    >>> data(Sheet("A page", (Heading(1, "Part"),)))["blocks"]
    [{'kind': 'heading', 'level': 1, 'text': 'Part'}]
    """
    write = _Data()
    return {
        "schema": SCHEMA,
        "title": sheet.title,
        "language": sheet.language,
        "blocks": [write.block(block) for block in sheet.blocks],
    }


class _Data:
    """Blocks to data, with one memo for the formulas of a sheet."""

    def __init__(self) -> None:
        self.latex, self.speech = Latex(), Speech()

    def formula(self, formula: Formula) -> dict[str, str]:
        return {"latex": self.latex(formula), "spoken": self.speech(formula)}

    def pieces(self, pieces: tuple[Piece, ...]) -> list[Any]:
        return [piece if isinstance(piece, str) else self.formula(piece) for piece in pieces]

    def blocks(self, blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
        return [self.block(block) for block in blocks]

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading(level, text):
                return {"kind": "heading", "level": level, "text": text}
            case Prose(text):
                return {"kind": "prose", "text": text}
            case Paragraph(pieces):
                return {"kind": "paragraph", "pieces": self.pieces(pieces)}
            case Display(shown):
                return {"kind": "display", "formula": self.formula(shown)}
            case Derived(rows):
                return {"kind": "derived", "rows": [self.row(row) for row in rows]}
            case Details(summary, blocks, opened):
                found = {"summary": self.pieces(summary), "open": opened, "blocks": self.blocks(blocks)}
                return {"kind": "details", **found}
            case Facts(facts, lead):
                return {"kind": "facts", "lead": lead, "facts": self.pieces(facts)}
            case Table(head, rows):
                return {"kind": "table", "head": self.pieces(head), "rows": [self.pieces(row) for row in rows]}
            case Figure(drawing):
                return {"kind": "figure", "says": drawing.says}
            case Note(kind, pieces):
                return {"kind": "note", "note": kind, "pieces": self.pieces(pieces)}
            case Marked(number, source, verdict, word, blocks):
                told = {"number": number, "source": source, "verdict": verdict, "word": word}
                return {"kind": "marked", **told, "blocks": self.blocks(blocks)}
        assert_never(block)

    def row(self, row: Row) -> dict[str, Any]:
        left = None if row.left is None else self.formula(row.left)
        words = {"reason": self.pieces(row.reason), "label": row.label, "evidence": row.evidence}
        return {
            "left": left,
            "sign": row.sign,
            "right": self.formula(row.right),
            **words,
            "details": self.blocks(row.details),
        }
