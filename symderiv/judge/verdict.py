"""A verdict on a line: true, told, false, carried on from a false one, undecided, unreadable, or passed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from symderiv.reading.environment import Environment
from symderiv.reading.script import Understood
from symderiv.term.kinds import Term
from symderiv.worth.arrays import NoValue
from symderiv.worth.evidence import Evidence

#: What Python raises where the fault is ours: the line is then not decided, and those below are still judged.
FAULTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, NoValue, RuntimeError, StopIteration,
    TypeError, ValueError,
)  # fmt: skip

VerdictName = Literal["ok", "stated", "wrong", "follows", "unknown", "unread", "skipped"]

#: Worst first: the verdict of a line is the worst of its statements.
WORST: tuple[VerdictName, ...] = ("wrong", "follows", "unread", "unknown", "ok", "stated", "skipped")


class Cause(NamedTuple):
    """Why a line is wrong: the misconception or the slip, its class in the contract, and what to say of it."""

    name: str
    kind: str
    say: str = ""


class Reason(NamedTuple):
    """A reason as data: a code, and what it speaks of; the words stand in `pages.telling`."""

    code: str
    about: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()


#: The cause where two parts clash, or a matrix is not square that has to be.
SHAPES = Cause("shapes that do not fit", "shape-mismatch")


class Judged(NamedTuple):
    """What was found about one statement; `left` and `right` are the members that were compared, `shown` how it was
    read; `repaired` would be right at `place`, where the wrong member `written` stands in the line. `explain` finds the
    cause and the repair: of a wrong statement only, and not before somebody asks."""

    verdict: VerdictName
    span: tuple[int, int]
    evidence: Evidence | None = None
    left: Term | None = None
    right: Term | None = None
    conditions: tuple[Term, ...] = ()
    reason: Reason | None = None
    cause: Cause | None = None
    written: Term | None = None
    repaired: Term | None = None
    place: tuple[int, int] = (0, 0)
    missing: tuple[str, ...] = ()
    direct: bool = False
    shown: Understood | None = None
    explain: Callable[[Judged], Judged] | None = None

    def explained(self) -> Judged:
        """The same with its cause and its repair."""
        return self if self.explain is None else self.explain(self._replace(explain=None))


@dataclass(frozen=True, eq=False)
class JudgedLine:
    """A line as it was written, its statements with their verdicts, and what was known when it was read.

    `again` judges another line in its place: of a wrong line only, to try a repair before it is offered.
    """

    source: str
    span: tuple[int, int]
    verdict: VerdictName
    statements: tuple[Judged, ...] = ()
    environment: Environment = field(default_factory=Environment)
    again: Callable[[str], VerdictName] | None = None

    @property
    def decisive(self) -> Judged | None:
        """The statement that decides the line."""
        return next((item for item in self.statements if item.verdict == self.verdict), None)

    @cached_property
    def worst(self) -> Judged | None:
        """The statement that decides the line, with its cause and its repair."""
        return None if self.decisive is None else self.decisive.explained()


def worst(verdicts: list[VerdictName]) -> VerdictName:
    """The verdict of a line with these statements.

    >>> worst(["ok", "stated", "unknown"])
    'unknown'
    """
    return min(verdicts, key=WORST.index, default="skipped")
