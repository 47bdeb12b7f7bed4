"""HTML: one file that needs nothing else, with formulas in MathML, and asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import assert_never
from xml.etree.ElementTree import Element

from symderiv.pages.formula import Formula, Operator, Run, Text
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
from symderiv.writers.foreign import foreign_math
from symderiv.writers.markup import Node, element, extend, markup
from symderiv.writers.mathml import math
from symderiv.writers.prose import paragraphs, spans
from symderiv.writers.svg import svg
from symderiv.writers.widths import BREAKS, pieces, width

#: The style of a sheet, which takes its colours from what is around it, and that of a document of our own.
SHEET_STYLE, PAGE_STYLE = (Path(__file__).with_name(f"{name}.css").read_text(encoding="utf-8") for name in ("sheet", "page"))


def formula(formula: Formula, block: bool = True) -> str:
    """A formula as a `math` element in HTML."""
    return markup(math(formula, block))


def fragment(sheet: Sheet) -> str:
    """The sheet as one `article`, for a page that has a style of its own."""
    return markup(_article(sheet, classes="symderiv"))


def standalone(sheet: Sheet) -> str:
    """The sheet as a whole document that loads nothing and runs nothing."""
    style = PAGE_STYLE + SHEET_STYLE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        Element("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", sheet.title),
        element("style", style),
    )
    body = element("body", element("main", _article(sheet, classes="symderiv")))
    return f"<!doctype html>\n{markup(element('html', head, body, lang=sheet.language))}\n"


def _article(sheet: Sheet, classes: str) -> Element:
    return element("article", element("h1", sheet.title), *_blocks(sheet.blocks), class_=classes)


def _blocks(blocks: tuple[Block, ...]) -> list[Element]:
    return [made for block in blocks for made in _block(block)]


def _block(block: Block) -> list[Element]:
    match block:
        case Heading(level, text):
            return [element(f"h{min(level + 1, 6)}", text)]
        case Prose(text):
            return [element("p", *_prose(part)) for part in paragraphs(text)]
        case Paragraph(pieces):
            return [element("p", *_pieces(pieces))]
        case Display(shown):
            return [element("div", *_broken(shown), class_="display", tabindex="0")]
        case Derived(rows):
            return [element("div", *[_row(row) for row in rows], class_="derivation", role="list")]
        case Details(summary, blocks, opened):
            made = element("details", element("summary", *_pieces(summary)), *_blocks(blocks))
            if opened:
                made.set("open", "")
            if not block.on_paper:
                made.set("class", "words")
            return [made]
        case Facts(facts, word):
            return [_facts(facts, word)]
        case Table(head, rows):
            return [_table(head, rows)]
        case Figure(drawing):
            return [element("div", svg(drawing), class_="figure", tabindex="0")]
        case Note(kind, pieces):
            lead: list[Node] = [element("strong", NOTES[kind]), " "] if NOTES[kind] else []
            return [element("p", *lead, *_pieces(pieces), class_=f"note {kind}", role="note")]
        case Marked():
            return [_marked(block)]
    assert_never(block)


#: How wide a piece of a line may be, in ems, where it can be broken: two thirds of a phone.
PIECE = 12.0
#: How wide a formula among words may be, in ems: a line of a phone.
LINE = 18.0
#: The word that says what a note is, so that its colour never says it alone.
NOTES = {"info": "", "condition": "", "undecided": "Not decided:", "wrong": "Wrong:"}
#: What unfolds under a line of a derivation.
EVERY_STEP = "every step"


def _prose(text: str) -> list[Node]:
    nodes: list[Node] = []
    for span in spans(text):
        nodes.append(span.text if span.kind == "words" else foreign_math(span.text, block=span.kind == "display"))
    return nodes


def _pieces(parts: tuple[Piece, ...]) -> list[Node]:
    return [node for part in parts for node in ([part] if isinstance(part, str) else _inline(part))]


def _inline(formula: Formula) -> list[Node]:
    """A formula among words; a long one goes on the next line before a relation, and what is wider still scrolls."""
    if width(formula) <= LINE:
        return [math(formula)]
    cut = pieces(formula, LINE, breaks=BREAKS[:1])
    return _breakable([element("span", math(part), class_="wide") if width(part) > LINE else math(part) for part in cut])


def _broken(shown: Formula) -> list[Node]:
    """A formula in pieces that go on the next line where the page is too narrow, for browsers break no formula.

    What stands between two signs stays together unless it is too wide for a line of its own.
    """
    nodes: list[Element] = []
    for piece in pieces(shown, PIECE, breaks=BREAKS[:2]):
        factors = [math(factor, displaystyle=True) for factor in pieces(piece, PIECE, breaks=BREAKS[2:])]
        nodes += factors if len(factors) == 1 else [element("span", *_breakable(factors), class_="piece")]
    return _breakable(nodes)


def _breakable(parts: Sequence[Element]) -> list[Node]:
    """Parts with a place for a break between each two."""
    nodes: list[Node] = []
    for part in parts:
        nodes += (element("wbr"), part)
    return nodes[1:]


def _row(row: Row) -> Element:
    """One line in a grid of three columns: left side, sign with right side, reason; what unfolds takes the next line.

    Words on the left are no formula, so that they go on the next line where the page is narrow.
    """
    left = element("span", class_="left")
    if isinstance(row.left, Text):
        left.text = row.left.text
    elif row.left is not None:
        left.append(math(row.left, displaystyle=True))
    right = _broken(Run((Operator(row.sign, "relation"), row.right)))
    reason = element("span", *_pieces(row.reason), class_="reason")
    if row.evidence:
        extend(reason, " ", element("span", row.evidence, class_="evidence"))
    if row.label:
        extend(reason, " ", element("span", f"({row.label})", class_="label"))
    line = element(
        "div", left, element("span", *right, class_="right", tabindex="0"), reason, class_="line", role="listitem"
    )
    if row.details:
        steps = element("details", element("summary", EVERY_STEP), *_blocks(row.details))
        line.append(element("div", steps, class_="unfold"))
    return line


#: What numbers a line, and shows nothing of its mathematics.
_NUMBERING = re.compile(r"\\(?:tag\*?|label)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")


def _marked(line: Marked) -> Element:
    """A line as it was written, rendered where that is safe, its mark with a word, and what is said of it."""
    written = foreign_math(_NUMBERING.sub("", line.source).replace("&", " "), block=True)
    head = element(
        "div",
        element("span", line.number, class_="number"),
        element("div", written, class_="source", tabindex="0"),
        element("strong", line.word, class_="mark"),
        class_="head",
    )
    return element("section", head, *_blocks(line.blocks), class_=f"marked {line.verdict}")


def _facts(facts: tuple[Piece, ...], lead: str) -> Element:
    made = element("ul", class_="facts")
    if lead:
        made.append(element("li", lead, class_="lead"))
    for fact in facts:
        made.append(element("li", *_pieces((fact,))))
    return made


def _table(head: tuple[Piece, ...], rows: tuple[tuple[Piece, ...], ...]) -> Element:
    titles = element("tr", *[element("th", *_pieces((cell,)), scope="col") for cell in head])
    body = [element("tr", *[element("td", *_pieces((cell,))) for cell in row]) for row in rows]
    table = element("table", element("thead", titles), element("tbody", *body))
    return element("div", table, class_="table", tabindex="0")
