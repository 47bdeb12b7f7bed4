"""Sheet: a page as a title and a few kinds of blocks, which is all that a writer knows.

Blocks are never changed once made, and compared by identity, as formulas are. Words are plain text and escaped by the writer
that writes them. Text with formulas between dollars stands in `Prose` and in the cells that say so; every other formula is a
`Formula` of the layout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from symderiv.pages.formula import Formula

if TYPE_CHECKING:
    from symderiv.questions.picture import Drawing

#: A piece of a line: plain words, or a formula.
Piece = str | Formula


@dataclass(slots=True, eq=False)
class Heading:
    """A heading; level 1 is below the sheet's title."""

    level: int
    text: str


@dataclass(slots=True, eq=False)
class Prose:
    r"""A paragraph with formulas between dollars, as the author of a problem writes it: `Let $y = \log p$.`

    Line breaks and indentation are those of the author's file: they become single spaces; an empty line ends a paragraph.
    """

    text: str

    def __post_init__(self) -> None:
        """Between words stands one space, between paragraphs an empty line."""
        self.text = "\n\n".join(" ".join(part.split()) for part in re.split(r"\n[^\S\n]*\n", self.text) if part.strip())


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph of words and laid-out formulas."""

    pieces: tuple[Piece, ...]


@dataclass(slots=True, eq=False)
class Display:
    """A formula on a line of its own."""

    formula: Formula


@dataclass(slots=True, eq=False)
class Row:
    """One line of a derivation: left side (None where the one above goes on), sign, right side, and its reason.

    `reason` are words and formulas; `label` is what other lines call this one (`1`), or empty; `evidence` is one short word
    or phrase for how far the line was verified; `details` unfold under the line.
    """

    left: Formula | None
    sign: str
    right: Formula
    reason: tuple[Piece, ...] = ()
    label: str = ""
    evidence: str = ""
    details: tuple[Block, ...] = ()


@dataclass(slots=True, eq=False)
class Derived:
    """The lines of a derivation, aligned at their sign."""

    rows: tuple[Row, ...]


@dataclass(slots=True, eq=False)
class Details:
    """Blocks that unfold under a summary; on paper stand a summary that says something, and the blocks if they are open."""

    summary: tuple[Piece, ...]
    blocks: tuple[Block, ...]
    open: bool = False

    @property
    def on_paper(self) -> bool:
        """Whether the summary is worth printing: it states a formula, or what it announces follows."""
        return self.open or not all(isinstance(piece, str) for piece in self.summary)


@dataclass(slots=True, eq=False)
class Facts:
    """Short statements on one line: `σ(1) = 0.7311`, `a = 1.5`, `numerator layout`."""

    facts: tuple[Piece, ...]
    lead: str = ""


@dataclass(slots=True, eq=False)
class Table:
    """Rows of cells under a head."""

    head: tuple[Piece, ...]
    rows: tuple[tuple[Piece, ...], ...]


@dataclass(slots=True, eq=False)
class Figure:
    """A drawing."""

    drawing: Drawing[Piece]


@dataclass(slots=True, eq=False)
class Note:
    """A remark that stands out: something to know, something undecided, something wrong."""

    kind: Literal["info", "condition", "undecided", "wrong"]
    pieces: tuple[Piece, ...]


@dataclass(slots=True, eq=False)
class Marked:
    """A line that somebody wrote, character by character, with a teacher's mark.

    `verdict` is the code of the contract, `word` the mark with its word (`✗ wrong`), `blocks` what is said of the line.
    """

    number: str
    source: str
    verdict: str
    word: str
    blocks: tuple[Block, ...] = ()


Block = Heading | Prose | Paragraph | Display | Derived | Details | Facts | Table | Figure | Note | Marked


@dataclass(slots=True, eq=False)
class Sheet:
    """A page."""

    title: str
    blocks: tuple[Block, ...] = field(default=())
    language: str = "en"
