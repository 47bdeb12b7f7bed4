r"""The output of a notebook cell: HTML that survives its sanitiser, formulas as LaTeX between dollars, no style, no script.

Front ends set what stands between dollars with MathJax and let `details` through. A page over `CAP` is cut, and says so.
"""

from __future__ import annotations

import re
from typing import assert_never
from xml.etree.ElementTree import Element

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
from symderiv.writers import aligned
from symderiv.writers.aligned import EM
from symderiv.writers.latex_formula import Latex
from symderiv.writers.markup import Node, element, extend, markup
from symderiv.writers.prose import is_safe_latex, paragraphs, spans

#: How many characters a cell's output may have; notebooks with more become slow to open and to save.
CAP = 200_000
#: What is said where a page was cut.
CUT = "The page goes on: it is too long for a cell. Save all of it with save(“page.html”)."
NOTES = {"info": "", "condition": "", "undecided": "Not decided:", "wrong": "Wrong:"}
EVERY_STEP = "every step"
_DELIMITERS = re.compile(r"([$\\])")


def fragment(sheet: Sheet, cap: int = CAP) -> str:
    """The sheet as one `div` of at most about `cap` characters."""
    write = Latex()
    parts = [markup(element("h2", *_words(sheet.title)))] if sheet.title else []
    length = sum(map(len, parts))
    for block in sheet.blocks:
        made = "".join(map(markup, _block(write, block)))
        length += len(made)
        if length > cap:
            parts.append(markup(element("p", element("em", CUT))))
            break
        parts.append(made)
    return f"<div>{''.join(parts)}</div>"


def _words(text: str) -> list[Node]:
    """Words; a dollar or a backslash stands in an element of its own, where it begins no formula."""
    return [element("span", part) if part in ("$", "\\") else part for part in _DELIMITERS.split(text) if part]


def _block(write: Latex, block: Block) -> list[Element]:
    match block:
        case Heading(level, text):
            return [element(f"h{min(level + 2, 6)}", *_words(text))]
        case Prose(text):
            return [element("p", *_prose(part)) for part in paragraphs(text)]
        case Paragraph(pieces):
            return [element("p", *_pieces(write, pieces))]
        case Display(shown):
            return [_displayed(aligned.displayed(write, shown))]
        case Derived(rows):
            return _derivation(write, rows)
        case Details(summary, blocks, opened):
            made = element("details", element("summary", *_pieces(write, summary)), *_blocks(write, blocks))
            if opened:
                made.set("open", "")
            return [made]
        case Facts(facts, lead):
            return [element("p", *_facts(write, facts, lead))]
        case Table(head, rows):
            return [_table(write, head, rows)]
        case Figure(drawing):
            return [element("p", element("em", *_words(drawing.says)))]
        case Note(kind, pieces):
            told: list[Node] = [element("strong", NOTES[kind]), " "] if NOTES[kind] else []
            return [element("blockquote", element("p", *told, *_pieces(write, pieces)))]
        case Marked(number, source, _, word, blocks):
            mark = element("strong", *_words(f"{number}. {word}"))
            return [element("p", mark, " ", element("code", *_words(source))), *_blocks(write, blocks)]
    assert_never(block)


def _blocks(write: Latex, blocks: tuple[Block, ...]) -> list[Element]:
    return [made for block in blocks for made in _block(write, block)]


def _prose(text: str) -> list[Node]:
    nodes: list[Node] = []
    for span in spans(text):
        if span.kind == "words":
            nodes += _words(span.text)
        elif is_safe_latex(span.text):
            nodes.append(f"${' '.join(span.text.split())}$")
        else:
            nodes.append(element("code", span.text))
    return nodes


def _pieces(write: Latex, pieces: tuple[Piece, ...]) -> list[Node]:
    nodes: list[Node] = []
    for piece in pieces:
        nodes += _words(piece) if isinstance(piece, str) else [f"${write(piece)}$"]
    return nodes


def _displayed(latex: str) -> Element:
    return element("p", f"$\\displaystyle {latex}$")


def _derivation(write: Latex, rows: tuple[Row, ...]) -> list[Element]:
    made = [_displayed(aligned.derivation(write, rows))]
    for row in rows:
        if row.details:
            made.append(element("details", element("summary", EVERY_STEP), *_blocks(write, row.details)))
    return made


def _facts(write: Latex, facts: tuple[Piece, ...], lead: str) -> list[Node]:
    nodes: list[Node] = [element("em", *_words(lead)), " "] if lead else []
    for number, fact in enumerate(facts):
        nodes += ([EM] if number else []) + _pieces(write, (fact,))
    return nodes


def _table(write: Latex, head: tuple[Piece, ...], rows: tuple[tuple[Piece, ...], ...]) -> Element:
    made = element("table")
    for tag, part in (("th", (head,)), ("td", rows)):
        lines = [element("tr", *[element(tag, *_pieces(write, (cell,))) for cell in row]) for row in part]
        extend(made, element("thead" if tag == "th" else "tbody", *lines))
    return made
