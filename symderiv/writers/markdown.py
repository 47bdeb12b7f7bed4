r"""Markdown as repository hosts and notebooks render it: formulas between dollars, what unfolds in `<details>`.

Hosts that know no mathematics see the source first, others after Markdown took it apart. So no formula has a part that
Markdown would take for its own: no backslash before a sign, no underscore or star that could begin emphasis.
"""

from __future__ import annotations

import re
from typing import assert_never

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
from symderiv.writers.prose import is_safe_latex, paragraphs, spans

NOTES = {"info": "", "condition": "", "undecided": "**Not decided:** ", "wrong": "**Wrong:** "}
STEPS = "the steps"
EVERY_STEP = "every step"

#: LaTeX that Markdown would change, and what TeX takes for the same.
_SAME = {
    "\\\\": "\\cr ", "\\,": "\\thinspace ", "\\:": "\\medspace ", "\\;": "\\thickspace ", "\\!": "\\negthinspace ",
    "\\{": "\\lbrace ", "\\}": "\\rbrace ", "\\|": "\\Vert ", "*": "\\ast ", "<": "\\lt ", ">": "\\gt ",
    "](": "] (", "&": "&", "~": " ", "`": "{}", "\\_": "\\char95 ",
}  # fmt: skip
_CHANGED = re.compile(r"\\[\\,:;!{}|_]|[*<>~`]|\]\(|(?<![A-Za-z0-9\\])_")
_BLANKS = re.compile(r" {2,}")
#: Signs of Markdown in words.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~#]|(?<![A-Za-z0-9])[-+](?=\s)")
#: What would begin a numbered list.
_NUMBERED = re.compile(r"^(\d+)([.)])")


def standalone(sheet: Sheet) -> str:
    """The sheet as a Markdown file."""
    title = [f"# {words(sheet.title)}"] if sheet.title else []
    return "\n\n".join([*title, *written(sheet.blocks)]) + "\n"


def written(blocks: tuple[Block, ...]) -> list[str]:
    """Blocks as pieces of Markdown, to be parted by blank lines."""
    write = Latex()
    return [text for block in blocks if (text := _block(write, block))]


def safe(latex: str) -> str:
    r"""LaTeX without anything that Markdown would change.

    >>> safe(r"(A x)_{ij} \, \{b\}^*")
    '(A x)_ {ij} \\thinspace \\lbrace b\\rbrace ^\\ast'
    """
    changed = _CHANGED.sub(lambda match: _SAME.get(match[0], "_ "), latex)
    return _BLANKS.sub(" ", changed).strip()


def words(text: str) -> str:
    r"""Plain words: nothing in them is Markdown, and a dollar begins no formula.

    >>> words("50 $ for a_b <b>")
    '50 <span>$</span> for a\\_b \\<b\\>'
    """
    shown = _SPECIAL.sub(lambda match: "\\" + match[0], text)
    return _NUMBERED.sub(r"\1\\\2", shown).replace("&", "&amp;").replace("$", "<span>$</span>")


def _block(write: Latex, block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * min(level + 1, 6)} {words(text)}"
        case Prose(text):
            return "\n\n".join("".join(_span(span.kind, span.text) for span in spans(part)) for part in paragraphs(text))
        case Paragraph(parts):
            return _pieces(write, parts)
        case Display(shown):
            return _displayed(aligned.displayed(write, shown))
        case Derived(rows):
            return _derivation(write, rows)
        case Details():
            return _details(write, block)
        case Facts(facts, lead):
            told = EM.join(_pieces(write, (fact,)) for fact in facts)
            return f"*{words(lead)}* {told}" if lead else told
        case Table(head, rows):
            return _table(write, head, rows)
        case Figure(drawing):
            return f"*{words(drawing.says)}*"
        case Note(kind, parts):
            return f"> {NOTES[kind]}{_pieces(write, parts)}"
        case Marked():
            return _marked(block)
    assert_never(block)


def _marked(line: Marked) -> str:
    """The source in a block of code, for nothing in it is Markdown; the mark above it, what is said below."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", line.source)), default=0))
    source = "\n".join([fence, *line.source.splitlines(), fence])
    return "\n\n".join([f"**{words(line.number)}. {words(line.word)}**", source, *written(line.blocks)])


def _span(kind: str, text: str) -> str:
    if kind == "words":
        return words(re.sub(r"\s+", " ", text))
    flat = " ".join(text.split())
    if not is_safe_latex(text):
        return f"`{flat.replace('`', ' ')}`"
    return f"\n\n{_displayed(flat)}\n\n" if kind == "display" else f"${safe(flat)}$"


def _pieces(write: Latex, parts: tuple[Piece, ...]) -> str:
    return "".join(words(part) if isinstance(part, str) else f"${safe(write(part))}$" for part in parts)


def _displayed(latex: str) -> str:
    """A displayed formula; no line of it begins with what Markdown takes for a list, a heading or a rule."""
    lines = [f"{{}}{line}" if line[:1] in "+-=#>" else line for line in map(safe, latex.splitlines()) if line]
    return "\n".join(["$$", *lines, "$$"])


def _derivation(write: Latex, rows: tuple[Row, ...]) -> str:
    """Lines aligned at their sign with the reason behind each, and below them what unfolds."""
    below = [_unfolding(EVERY_STEP, written(row.details)) for row in rows if row.details]
    return "\n\n".join([_displayed(aligned.derivation(write, rows)), *below])


def _details(write: Latex, block: Details) -> str:
    """What unfolds. A summary with a formula stands above it, for hosts set no mathematics inside of HTML."""
    inside = written(block.blocks)
    if all(isinstance(piece, str) for piece in block.summary):
        return _unfolding("".join(piece for piece in block.summary if isinstance(piece, str)), inside, block.open)
    return f"{_pieces(write, block.summary)}\n\n{_unfolding(STEPS, inside, block.open)}"


def _unfolding(summary: str, inside: list[str], opened: bool = False) -> str:
    told = summary.replace("&", "&amp;").replace("<", "&lt;").replace("$", "<span>$</span>")
    return "\n\n".join([f"<details{' open' * opened}>\n<summary>{told}</summary>", *inside, "</details>"])


def _table(write: Latex, head: tuple[Piece, ...], rows: tuple[tuple[Piece, ...], ...]) -> str:
    def line(cells: tuple[Piece, ...]) -> str:
        return "| " + " | ".join(_pieces(write, (cell,)) for cell in cells) + " |"

    return "\n".join([line(head), "|" + " --- |" * len(head), *map(line, rows)])
