"""Why a line is wrong: the misconception that gives its value, else the smallest change that would make it right."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.judge.comparing import Compared
from symderiv.judge.meaning import fitted, reaching
from symderiv.judge.planting import by_entries, planted
from symderiv.judge.repairs import Repair, repairs, size_letters
from symderiv.judge.verdict import Cause
from symderiv.term.build import of
from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash, rows_and_columns, shape
from symderiv.worth.compare import Referee
from symderiv.worth.evidence import Refuted


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A cause, where one was recognised, and the member that would be right in place of the wrong one."""

    cause: Cause | None
    repaired: Term | None


def diagnose(found: Compared, names: tuple[Term, ...], given: tuple[Term, ...]) -> Diagnosis:
    """The cause of a refuted equality, and its repair.

    >>> from symderiv.term.build import *
    >>> from symderiv.judge.comparing import compared
    >>> x = name("x")
    >>> diagnose(compared(partial(x ** num(3), x), x**2, ()), (), ()).cause.kind
    'power-or-log-rule'
    """
    left, right = found.left, found.right
    referee = Referee(given, (left,), points=2)
    mended = _mended(referee, left, right, names)
    misconception = _misconception(referee, left, right)
    if misconception is not None:
        return Diagnosis(misconception, mended.term if mended is not None else None)
    if mended is not None:
        return Diagnosis(_of_repair(found, mended), mended.term)
    if isinstance(found.evidence, Refuted) and isinstance(found.evidence.witness, Clash):
        return Diagnosis(Cause("shapes that do not fit", "shape-mismatch"), None)
    return Diagnosis(None, None)


def _of_repair(found: Compared, mended: Repair) -> Cause:
    """What the smallest repair says; a clash of shapes is named as one unless a factor is transposed or out of order."""
    clashes = isinstance(found.evidence, Refuted) and isinstance(found.evidence.witness, Clash)
    if clashes and mended.kind not in ("transposed-factor", "non-commuting-order", "gradient-layout"):
        return Cause("shapes that do not fit", "shape-mismatch", mended.name)
    return Cause(mended.name, mended.kind)


def _misconception(referee: Referee, left: Term, right: Term) -> Cause | None:
    """The first misconception that gives the value that was written."""
    if isinstance(shape(right), Clash):
        return None
    start, target = by_entries(left, right)
    for candidate, rule in planted(reaching(start)):
        if _equal(referee, candidate, target):
            return Cause(rule.name, rule.kind, rule.say)
    return None


def _mended(referee: Referee, left: Term, right: Term, names: tuple[Term, ...]) -> Repair | None:
    """The first change of the right side that makes it equal to the left one."""
    wanted = shape(left)
    if isinstance(wanted, Clash):
        return None
    for repair in repairs(right, names, size_letters((left, right, *names))):
        got = shape(fitted(repair.term))
        if not isinstance(got, Clash) and _alike(got, wanted) and _equal(referee, left, fitted(repair.term)):
            return repair
    return None


def _alike(ours: tuple[Term, ...], theirs: tuple[Term, ...]) -> bool:
    a, b = rows_and_columns(ours), rows_and_columns(theirs)
    return a == b or (a == b[::-1] and (len(ours) < 2 or len(theirs) < 2))


def _equal(referee: Referee, left: Term, right: Term) -> bool:
    ours, theirs = shape(left), shape(right)
    if isinstance(ours, Clash) or isinstance(theirs, Clash):
        return False
    if rows_and_columns(ours) != rows_and_columns(theirs):
        right = of("transpose", right)
    return referee.agrees(left, right)
