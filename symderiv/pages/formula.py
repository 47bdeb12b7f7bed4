"""Formula: what a formula looks like, as a tree of boxes that every writer can set and that knows nothing of terms.

Letters are Unicode characters; a format that has other names for them (TeX) has its own table. Nodes are never
changed once made, and compared by identity, so a writer may keep what it wrote for each node: lines that share a part
share its node.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: How much room an operator takes: `=`, `+` between terms, `·` between factors, `/`, `−` before a term, a comma, a prime,
#: and the invisible ones: a product side by side, with a thin space (`A dx`), without any room (`2x`); a function's name
#: before its argument (`sin x`), and before a bracket (`f(x)`).
Spacing = Literal[
    "relation", "sign", "product", "slash", "prefix", "punctuation", "prime",
    "beside", "thin", "coefficient", "word", "bracket",
]  # fmt: skip


@dataclass(slots=True, eq=False)
class Identifier:
    """A letter, or a word that is a name: `x`, `α`, `sin`. Upright for words that are known to everybody."""

    text: str
    upright: bool = False

    @property
    def is_change(self) -> bool:
        """Whether this is `dY` as one name, which is set like the differential that it is called after.

        >>> Identifier("dY").is_change, Identifier("RF").is_change
        (True, False)
        """
        return len(self.text) == 2 and self.text[0] == "d" and not self.upright


@dataclass(slots=True, eq=False)
class Number:
    """A numeral without a sign."""

    text: str


@dataclass(slots=True, eq=False)
class Operator:
    """A sign, and how much room it takes."""

    text: str
    spacing: Spacing


@dataclass(slots=True, eq=False)
class Run:
    """Parts side by side."""

    parts: tuple[Formula, ...]


@dataclass(slots=True, eq=False)
class Fraction:
    """One over the other, with a bar."""

    top: Formula
    bottom: Formula


@dataclass(slots=True, eq=False)
class Scripts:
    """A base with something below, above, or both."""

    base: Formula
    sub: Formula | None = None
    sup: Formula | None = None


@dataclass(slots=True, eq=False)
class Root:
    """A root sign over the radicand; the degree is shown unless it is None."""

    radicand: Formula
    degree: Formula | None = None


@dataclass(slots=True, eq=False)
class Fence:
    """Brackets or bars that grow with what they hold; an empty side is not seen."""

    left: str
    body: Formula
    right: str


@dataclass(slots=True, eq=False)
class BigOperator:
    """`∑`, `∏`, `∫`, `lim`, `max` or `min` with what stands under and over it; the body follows beside it."""

    text: str
    under: Formula | None = None
    over: Formula | None = None


@dataclass(slots=True, eq=False)
class Table:
    """Cells in rows between two brackets: a matrix, or cases (left-aligned, one brace)."""

    rows: tuple[tuple[Formula, ...], ...]
    left: str = "("
    right: str = ")"


@dataclass(slots=True, eq=False)
class Text:
    """Words inside a formula, with the blanks that belong to them."""

    text: str


@dataclass(slots=True, eq=False)
class Accent:
    """A hat, bar, tilde, dot, vector arrow over the base, or a typeface for it (`mathbf`, `mathcal` …): TeX's word."""

    accent: str
    base: Formula


@dataclass(slots=True, eq=False)
class Mark:
    """A part that a writer may emphasise: `changed`, `wrong`."""

    kind: str
    body: Formula


Formula = (
    Identifier | Number | Operator | Run | Fraction | Scripts | Root | Fence | BigOperator | Table | Text | Accent | Mark
)


def leading(formula: Formula) -> Formula:
    """The box that stands first: the base of scripts, the first part of a run.

    >>> leading(Run((Scripts(Identifier("sin", upright=True), None, Number("2")), Identifier("x"))))
    Identifier(text='sin', upright=True)
    """
    while isinstance(formula, Run | Scripts):
        formula = formula.parts[0] if isinstance(formula, Run) else formula.base
    return formula


def leads_with_word(formula: Formula) -> bool:
    """Whether the formula begins with the word of a function: `sin^2 x`, `tr(A)`."""
    first = leading(formula)
    return isinstance(first, Identifier) and first.upright
