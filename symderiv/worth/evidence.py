"""Equality gives evidence, never a bool: proved, agreed at points, refuted by a witness, or undecided with a reason."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, TypeAlias

from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash

#: An exact value of a letter: a number, or rows of numbers.
Exact: TypeAlias = "Fraction | tuple[Exact, ...]"


class Stand(NamedTuple):
    """What an unknown function is at a witness: a formula in its arguments, of whole arrays or entry by entry."""

    function: Term
    arguments: tuple[Term, ...]
    formula: Term
    whole: bool


class Witness(NamedTuple):
    """A point where two sides differ, with everything needed to compute both again.

    `letters` are the names (sizes among them) with exact values, `indices` the values of free index letters counted from
    1, `entry` the position inside an array counted from 1; both values are decimal text. `functions` says what unknown
    functions are there, `directions` where the letter of a differential moves, `first` where positions begin.
    """

    left: Term
    right: Term
    letters: tuple[tuple[Term, Exact], ...]
    indices: tuple[tuple[Term, int], ...]
    entry: tuple[int, ...]
    left_value: str
    right_value: str
    functions: tuple[Stand, ...] = ()
    directions: tuple[tuple[Term, Exact], ...] = ()
    first: int = 1
    zeros_outside: bool = False


class Proved(NamedTuple):
    """Equal for all values, and how that is known; `conditions` are the relations that the proof used.

    >>> Proved("normal form").kind
    'proved'
    """

    how: str
    conditions: tuple[Term, ...] = ()

    @property
    def kind(self) -> str:
        """`"proved"`."""
        return "proved"


class Agrees(NamedTuple):
    """Equal at `points` points to `bits` bits at the least; `sizes` has the sizes tried, each with its letters."""

    points: int
    bits: int
    sizes: tuple[tuple[tuple[Term, int], ...], ...] = ()
    conditions: tuple[Term, ...] = ()

    @property
    def kind(self) -> str:
        """`"agrees"`."""
        return "agrees"


class Refuted(NamedTuple):
    """Different: a point with two values, or a Clash that names the place and two shapes that do not fit."""

    witness: Witness | Clash

    @property
    def kind(self) -> str:
        """`"refuted"`."""
        return "refuted"


class Undecided(NamedTuple):
    """Not known, and why: `no-point`, `no-value`, `no-range`, `no-size`, `shape`, `outside`; `where` is what stopped it."""

    why: str
    where: Term | None = None

    @property
    def kind(self) -> str:
        """`"undecided"`."""
        return "undecided"


Evidence: TypeAlias = Proved | Agrees | Refuted | Undecided
