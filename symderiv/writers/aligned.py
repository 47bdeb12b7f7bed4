"""Lines aligned at their sign as one formula with the reasons behind, for what sets formulas and no documents."""

from __future__ import annotations

from itertools import groupby

from symderiv.pages.formula import Formula
from symderiv.pages.sheet import Piece, Row
from symderiv.writers.latex_formula import SIGNS, Latex
from symderiv.writers.widths import pieces, width

#: The width of a line in ems, about that of a README or of a cell in a notebook.
PAGE = 42.0
#: The room before a label and between facts, which words in a formula keep.
EM = "\u2003"
#: Words inside of a formula are not escaped by all that set it, so signs of TeX are shown by characters that look alike.
LOOKALIKES = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in "\\{}$%&#_^~*`<>|"})


def displayed(write: Latex, shown: Formula) -> str:
    """A formula, on several lines if it is too long for one."""
    first, *others = [write(part).strip() for part in pieces(shown, PAGE)]
    return _aligned([f"& {first}", *[f"& \\quad {{}}{other}" for other in others]]) if others else first


def derivation(write: Latex, rows: tuple[Row, ...]) -> str:
    """The lines of a derivation."""
    widest = max(width(row.left) if row.left else 0.0 for row in rows)
    return _aligned([line for row in rows for line in _row(write, row, PAGE - widest)])


def _aligned(lines: list[str]) -> str:
    body = " \\\\\n".join(lines)
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"


def _row(write: Latex, row: Row, room: float) -> list[str]:
    first, *others = [write(part).strip() for part in pieces(row.right, room)]
    left = write(row.left) + " " if row.left else ""
    lines = [f"{left}& {SIGNS.get(row.sign, row.sign)} {first}", *[f"& \\quad {{}}{other}" for other in others]]
    reason = _reason(write, row)
    return [*lines[:-1], f"{lines[-1]} && {reason}" if reason else lines[-1]]


def _reason(write: Latex, row: Row) -> str:
    parts: list[Piece] = list(row.reason)
    for more, room in ((row.evidence, " "), (row.label, EM)):
        parts += [f"{room if parts else ''}({more})"] if more else []
    told = ""
    for is_words, group in groupby(parts, key=lambda part: isinstance(part, str)):
        if is_words:
            told += f"\\text{{{''.join(map(str, group)).translate(LOOKALIKES)}}}"
        else:
            told += "".join(f"{{{write(part)}}}" for part in group if not isinstance(part, str))
    return told
