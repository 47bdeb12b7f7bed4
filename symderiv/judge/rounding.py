"""Numbers written for quantities: they agree as rounded ones do, or follow from wrong ones above."""

from __future__ import annotations

from symderiv.judge.known import Known, explaining
from symderiv.judge.meaning import with_names
from symderiv.judge.numbers import (
    BASES,
    fits,
    has_decimals,
    numeral,
    rebased,
    rounds,
)
from symderiv.judge.verdict import Judged
from symderiv.reading.script import Statement
from symderiv.term.kinds import Term
from symderiv.term.logarithms import has_bare_logarithm, to_base
from symderiv.worth.balls import BITS
from symderiv.worth.evidence import Agrees


class Rounding(Known):
    """What is known, and how numbers stand to it."""

    def _may_round(self, left: Term, right: Term, sign: str) -> bool:
        """Whether decimals may stand for rounded values here."""
        if "decimals are exact" in self.environment.conventions:
            return False
        if has_bare_logarithm(left) and numeral(right) is not None:
            return True
        return has_decimals(left) or has_decimals(right) or sign == "≈"

    def _as_rounded(self, item: Statement, left: Term, right: Term, about: bool, place: tuple[int, int]) -> Judged | None:
        """Numbers that agree as rounded ones do; None where they do not."""
        if not rounds(left, right, self.written, about):
            return None
        self.natural = self.natural or (not self.base and has_bare_logarithm(left))
        self._write(left, right, self.written)
        return Judged("ok", item.span, Agrees(1, BITS), left, right, place=place)

    def _after_slips(self, item: Statement, left: Term, right: Term, about: bool, place: tuple[int, int]) -> Judged | None:
        """Numbers that follow from wrong ones above; None where they do not."""
        named = with_names(left, self.environment.definitions)
        for way in (left, explaining().derived(named, self._domain()) if named.moves else None):
            if self.slips and way is not None and rounds(way, right, {**self.written, **self.slips}, about):
                self._write(left, right, self.slips)
                return Judged("follows", item.span, Agrees(1, BITS), left, right, place=place)
        if numeral(right) is not None:
            self._write(left, right, self.slips)
        return None

    def _write(self, left: Term, right: Term, where: dict[Term, Term]) -> None:
        """What was written for a quantity, from here on."""
        if numeral(right) is not None:
            for quantity in (left, self.head):
                if quantity is not None and quantity.kind in ("named", "apply", "entry", "partial"):
                    where[quantity] = right

    def _in_another_base(self, left: Term, right: Term, about: bool) -> bool:
        """Whether the numbers tell that a bare logarithm has base 10 or 2; it then has that base from here on."""
        told = r"\log is natural" in self.environment.conventions or "log" in self.environment.functions
        if told or self.natural or not has_bare_logarithm(left):
            self.natural = self.natural or has_bare_logarithm(left)
            return False
        base = next((base for base in BASES if fits(to_base(left, base), right, self.written, about)), None)
        if base is not None:
            self.base = base
            self.environment = rebased(self.environment, base)
        return base is not None

    def _rebased(self, term: Term) -> Term:
        return to_base(term, self.base) if self.base else term
