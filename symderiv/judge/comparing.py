"""Two members of a line beside each other: equal under some reading of both, different under all, or not decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from symderiv.judge.meaning import directly, fitted, reaching, widened
from symderiv.judge.ranges import index_clash
from symderiv.term.build import of
from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash, rows_and_columns, shape
from symderiv.worth.compare import compare
from symderiv.worth.evidence import Evidence, Refuted, Undecided, Witness
from symderiv.worth.witness import fulfils


class Compared(NamedTuple):
    """What was found, by which readings of the two sides, and whether a derivative had to be taken directly."""

    evidence: Evidence
    left: Term
    right: Term
    direct: bool = False

    @property
    def equal(self) -> bool | None:
        """Whether the sides are equal; None where that is not decided."""
        kind = self.evidence.kind
        return True if kind in ("proved", "agrees") else False if kind == "refuted" else None


def compared(left: Term, right: Term, given: tuple[Term, ...], plain: bool = False) -> Compared:
    """The first reading under which the sides are equal; else what the plainest reading says.

    A `plain` refutation is at any point, where nobody will look at it.

    >>> from symderiv.term.build import *
    >>> x = name("x"); u = named("u", x**2); y = named("y", (x**2) ** 3)
    >>> compared(partial(y, u), 3 * u**2, ()).equal
    True
    """
    first: Compared | None = None
    for ours, theirs, direct in _readings(left, right):
        ours, theirs = _oriented(fitted(ours), fitted(theirs))
        found = Compared(_evidence(ours, theirs, given, plain), ours, theirs, direct)
        if found.equal:
            return found
        if first is None or (first.equal is False and found.equal is None and not _clashes(found)):
            first = found
    assert first is not None
    return first


def compared_under(condition: Term, refuted: Compared, given: tuple[Term, ...]) -> Compared:
    """Two members that were refuted, under one more condition: again only where that may change what was found.

    A refutation under it is a plain one.
    """
    witness = refuted.evidence.witness if isinstance(refuted.evidence, Refuted) else None
    only = len(list(_readings(refuted.left, refuted.right))) == 1
    if condition in given or (only and isinstance(witness, Witness) and fulfils(witness, condition)):
        return refuted
    return compared(refuted.left, refuted.right, (*given, condition), plain=True)


def _evidence(left: Term, right: Term, given: tuple[Term, ...], plain: bool) -> Evidence:
    """How two sides compare; an index outside an array is a clash where it would have to run over two lengths."""
    found = compare(left, right, given, plain)
    if isinstance(found, Undecided) and found.why == "outside":
        clash = index_clash(left, right)
        return found if clash is None else Refuted(clash)
    return found


def _clashes(found: Compared) -> bool:
    return isinstance(found.evidence, Refuted) and isinstance(found.evidence.witness, Clash)


def _readings(left: Term, right: Term) -> Iterator[tuple[Term, Term, bool]]:
    """Both sides as they stand (later names reaching back), then with partial derivatives taken directly."""
    ours, theirs = reaching(left), reaching(right)
    yield ours, theirs, False
    wide = widened(ours)
    if wide is not None:
        yield wide, theirs, False
    direct_left, direct_right = directly(ours), directly(theirs)
    if direct_left is not None and direct_right is not None:
        yield direct_left, direct_right, True
    if direct_left is not None:
        yield direct_left, theirs, True
    if direct_right is not None:
        yield ours, direct_right, True


def _oriented(left: Term, right: Term) -> tuple[Term, Term]:
    """Vectors compare up to orientation: a row beside a column is turned."""
    ours, theirs = shape(left), shape(right)
    if isinstance(ours, Clash) or isinstance(theirs, Clash) or ours == theirs:
        return left, right
    a, b = rows_and_columns(ours), rows_and_columns(theirs)
    if a == b[::-1] and len(ours) != len(theirs):
        return (of("transpose", left), right) if len(ours) == 2 else (left, of("transpose", right))
    return left, right
