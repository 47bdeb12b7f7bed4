r"""LaTeX: a sheet as text for a document of one's own, or as a document that compiles as it is.

A fragment needs `amsmath`, `amssymb` and `graphicx`, and `tikz` for drawings. Reasons stand at the right margin as tags
which TeX moves below a line that leaves them no room; lines wider than the page are broken at their signs.
"""

from __future__ import annotations

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
from symderiv.writers.latex_formula import SIGNS, Latex, escaped, formula
from symderiv.writers.prose import is_safe_latex, paragraphs, spans
from symderiv.writers.tikz import tikz
from symderiv.writers.widths import pieces, width

__all__ = ["Latex", "formula", "fragment", "standalone"]

#: The width of a line in ems: 345 pt at 10 pt, less its indent.
PAGE = 33.0
#: What a line that goes on is indented by.
INDENT = 1.25
#: The room around a column of a table in ems, and the rows set so far apart that fractions do not touch.
GAP, STRETCH = 1.2, "\\renewcommand{\\arraystretch}{1.3}"
#: Reasons longer than this many characters are set in a narrow column.
LONG_REASON = 62

PREAMBLE = r"""\documentclass[fleqn]{article}
\usepackage{amsmath,amssymb,graphicx,tikz}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.6em}
\setlength{\mathindent}{1.5em}
\setlength{\jot}{6pt}
\begin{document}
"""

SECTIONS = ("section", "subsection", "subsubsection", "paragraph")
#: The word that says what a note is.
NOTES = {"info": "", "condition": "", "undecided": "Not decided:", "wrong": "Wrong:"}


def fragment(sheet: Sheet) -> str:
    """The sheet without a preamble, its title as a section; lines may stretch and derivations go on overleaf."""
    write = Latex()
    title = f"\\section*{{\\raggedright {escaped(sheet.title)}}}\n\n" if sheet.title else ""
    return f"{{\\emergencystretch=3em\\allowdisplaybreaks\n{title}{_blocks(write, sheet.blocks)}\n\\par}}\n"


def standalone(sheet: Sheet) -> str:
    """The sheet as a whole document."""
    return f"{PREAMBLE}{fragment(sheet)}\\end{{document}}\n"


def _blocks(write: Latex, blocks: tuple[Block, ...]) -> str:
    """Blocks as paragraphs; a displayed formula belongs to the paragraph before it, else TeX sets an empty line there."""
    text, above = "", False
    for block in blocks:
        written = _block(write, block)
        if written:
            between = "\n" if above and isinstance(block, Display | Derived) else "\n\n"
            text += between * bool(text) + written
            above = not isinstance(block, Heading)
    return text


def _block(write: Latex, block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"\\{SECTIONS[min(level, 3)]}*{{\\raggedright {escaped(text)}}}"
        case Prose(text):
            return "\n\n".join("".join(_span(span.kind, span.text) for span in spans(part)) for part in paragraphs(text))
        case Paragraph(parts):
            return _pieces(write, parts)
        case Display(shown):
            return _display(write, shown)
        case Derived(rows):
            return _derivation(write, rows)
        case Details(summary, blocks, opened):
            lead = _pieces(write, summary) if block.on_paper else ""
            return lead + ("\n" + _blocks(write, blocks) if opened else "")
        case Facts(facts, word):
            return "\\quad ".join(([escaped(word)] if word else []) + [_pieces(write, (fact,)) for fact in facts])
        case Table(head, rows):
            return _table(write, head, rows)
        case Figure(drawing):
            return f"\\noindent{tikz(write, drawing)}"
        case Note(kind, parts):
            lead = f"\\textbf{{{NOTES[kind]}}} " if NOTES[kind] else ""
            return lead + _pieces(write, parts)
        case Marked():
            return _marked(write, block)
    assert_never(block)


#: The signs of marks in LaTeX.
MARKS = {"✓": "$\\checkmark$", "✗": "$\\times$", "↪": "$\\hookrightarrow$", "·": "$\\cdot$", "–": "--"}


def _marked(write: Latex, line: Marked) -> str:
    """The source as typewritten words, so that nothing in it is compiled; the mark beside its number."""
    sign, _, word = line.word.partition(" ")
    mark = f"{MARKS.get(sign, escaped(sign))} {escaped(word)}"
    source = "\\\\\n".join(f"\\texttt{{{escaped(part)}}}" for part in line.source.splitlines() if part.strip())
    head = f"\\noindent\\textbf{{{escaped(line.number)}.\\ {mark}}}\\\\\n{{\\raggedright {source}\\par}}"
    return "\n\n".join(part for part in [head, _blocks(write, line.blocks)] if part)


def _span(kind: str, text: str) -> str:
    if kind == "words":
        return escaped(text)
    if not is_safe_latex(text):
        return f"\\texttt{{{escaped(text)}}}"
    flat = " ".join(text.split())
    return f"\\[ {flat} \\]" if kind == "display" else f"${flat}$"


def _pieces(write: Latex, parts: tuple[Piece, ...]) -> str:
    return "".join(escaped(part) if isinstance(part, str) else _inline(write, part) for part in parts)


def _inline(write: Latex, formula: Formula) -> str:
    """A formula among words, which TeX breaks at signs; what no sign parts is made smaller where it is too wide.

    Among words the limits of a sum stand beside it, so that it is wider than when displayed.
    """
    room = PAGE - 2 * INDENT
    return "\\hfil\\penalty0 ".join(f"${_fitted(write, part, room)}$" for part in pieces(formula, room))


def _display(write: Latex, shown: Formula) -> str:
    first, *others = pieces(shown, PAGE - INDENT)
    if not others or width(shown) <= PAGE:
        return f"\\[ {_fitted(write, shown, PAGE)} \\]"
    broken = [f"& \\quad {{}}{_fitted(write, part, PAGE - INDENT).strip()}" for part in others]
    lines = " \\\\\n".join([f"& {_fitted(write, first, PAGE)}", *broken])
    return f"\\begin{{align*}}\n{lines}\n\\end{{align*}}"


def _derivation(write: Latex, rows: tuple[Row, ...]) -> str:
    widest = max(width(row.left) if row.left else 0.0 for row in rows)
    lines = [line for row in rows for line in _row(write, row, PAGE - widest - 1.4)]
    return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"


def _row(write: Latex, row: Row, room: float) -> list[str]:
    """One line, or more where the right side is too long; the reason is the tag of the last."""
    left = write(row.left) + " " if row.left else ""
    parts = [_fitted(write, part, room) for part in pieces(row.right, room)]
    lines = [f"{left}&{SIGNS.get(row.sign, row.sign)} {parts[0]}", *[f"&\\quad {{}}{part.strip()}" for part in parts[1:]]]
    return [*lines[:-1], lines[-1] + _tag(write, row)]


def _fitted(write: Latex, part: Formula, room: float) -> str:
    """The LaTeX of a formula, made smaller if it is too wide for the page and cannot be broken."""
    if width(part) <= room:
        return write(part)
    return f"\\resizebox{{{room / (PAGE + 1.5):.2f}\\linewidth}}{{!}}{{$\\displaystyle {write(part)}$}}"


def _tag(write: Latex, row: Row) -> str:
    words = _pieces(write, row.reason)
    length = sum(len(part) if isinstance(part, str) else int(2 * width(part)) for part in row.reason)
    if row.evidence:
        words += f" ({escaped(row.evidence)})" if words else escaped(row.evidence)
        length += len(row.evidence) + 3
    if row.label:
        words += f"\\quad ({escaped(row.label)})"
    if not words:
        return ""
    if length > LONG_REASON:
        words = f"\\parbox{{0.6\\linewidth}}{{\\raggedleft\\footnotesize {words}}}"
    return f" \\tag*{{\\footnotesize {words}}}"


def _table(write: Latex, head: tuple[Piece, ...], rows: tuple[tuple[Piece, ...], ...]) -> str:
    lines = [" & ".join(_pieces(write, (cell,)) for cell in row) + " \\\\" for row in (head, *rows)]
    body = "\n".join([lines[0], "\\hline", *lines[1:]])
    made = f"\\begin{{tabular}}{{{'l' * len(head)}}}\n{body}\n\\end{{tabular}}"
    wide = sum(GAP + max(map(_width, column)) for column in zip(head, *rows, strict=True)) > PAGE
    return f"\\noindent{{{STRETCH}\\resizebox{{\\linewidth}}{{!}}{{{made}}}}}" if wide else f"\\noindent{{{STRETCH}{made}}}"


def _width(cell: Piece) -> float:
    return 0.5 * len(cell) if isinstance(cell, str) else width(cell)
