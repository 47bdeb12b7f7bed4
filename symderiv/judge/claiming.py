"""The questions that a teacher asks of one relation between two members, in their order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from symderiv.judge.carrying import Claim
from symderiv.judge.comparing import Compared, compared
from symderiv.judge.conditions import needed, shown, usual
from symderiv.judge.known import explaining
from symderiv.judge.meaning import is_vacuous
from symderiv.judge.numbers import (
    has_decimals,
)
from symderiv.judge.rounding import Rounding
from symderiv.judge.solving import equivalent, is_zero
from symderiv.judge.verdict import Judged, Reason
from symderiv.judge.world import differentiated, labelled, loose_names, moving, unknown_functions
from symderiv.reading.opaque import is_opaque
from symderiv.reading.script import Statement, concludes
from symderiv.term.build import name
from symderiv.term.kinds import Term, subterms
from symderiv.term.shapes import Clash, shape
from symderiv.worth.compare import related
from symderiv.worth.evidence import Refuted, Undecided

if TYPE_CHECKING:
    from symderiv.judge.causes import Diagnosis

#: What is done to arrays only.
OF_ARRAYS = frozenset({"transpose", "trace", "diag"})
#: How many wrong claims above a line are carried into it.
MOST_CARRIED = 10
#: How many wrong claims of one document are explained.
MOST_EXPLAINED = 100
#: The relations that say that two members are equal.
EQUAL = frozenset({"=", ":=", "=:", "≈"})


class Claiming(Rounding):
    """Decides relations; what they claim is known to the lines below."""

    def _claim(self, item: Statement, left: Term, sign: str, right: Term, place: tuple[int, int]) -> Judged:
        """One relation between two members."""
        if sign not in EQUAL:
            return _inequality(item, left, sign, right)
        if self.vanishing is not None and not item.continues:
            return self._under_zero(item, left, right)
        left, right = self._here(left), self._here(right)
        if is_zero(right) and (sign == ":=" or concludes(self.following, bases(left))):
            self.equation = left
            return Judged("stated", item.span)
        lost = self._lost(left, right)
        if lost:
            return Judged(
                "unknown", item.span, left=left, right=right, missing=lost, reason=Reason("missing", (", ".join(lost),))
            )
        if is_opaque(left) or is_opaque(right):
            return Judged("unknown", item.span, left=left, right=right, reason=Reason("opaque"))
        differentiated((left, right), self.tracked)
        told = {claim.left.args[0] for claim in self.facts}
        here = {name for name in self.tracked if name not in told}
        if self._defines(left, right, here):
            right = self._named_gradient(left, right)
            self.facts += (Claim(left, right),)
            return Judged("stated", item.span)
        if self._names_a_square(item, left, right):
            return Judged("stated", item.span)
        if self._tells(left, right, here):
            self.facts += (Claim(left, right),)
            missing = tuple(sorted(name.data.name.latex for name in left.free & here))
            return Judged(
                "unknown", item.span, left=left, right=right, missing=missing, reason=Reason("missing", (missing[0],))
            )
        found = self._compared(left, right, self.facts)
        if isinstance(found.evidence, Undecided) and found.evidence.why == "no-range" and self.head is not None:
            found = self._compared(self.head, right, self.facts)
        if found.equal is not True and self._may_round(left, right, sign):
            about = sign == "≈"
            numbers = self._as_rounded(item, left, right, about, place)
            if numbers is None and self._in_another_base(left, right, about):
                return self._claim(item, self._rebased(left), sign, right, place)
            numbers = numbers or self._after_slips(item, left, right, about, place)
            if numbers is not None:
                return numbers
        if found.equal is False and self.claims:
            again = self._carried(left, right)
            if again is not None:
                return replace(_said(item, again), verdict="follows")
        judged = _said(item, found)
        if judged.verdict == "ok" and not is_zero(right) and found.left.kind == "partial" and is_vacuous(found.left):
            return replace(judged, verdict="unknown", reason=Reason("vacuous"))
        guessed = self._taken_for_numbers(left, right) if judged.verdict == "ok" else ()
        if guessed:
            reason = Reason("missing", (", ".join(guessed),))
            return replace(judged, verdict="unknown", conditions=(), missing=guessed, reason=reason)
        if judged.verdict == "ok":
            judged = replace(judged, conditions=needed(left, right, judged.conditions, self._domain()))
        if judged.verdict == "wrong" and self._is_a_condition(item, left, right):
            return Judged("stated", item.span)
        if judged.verdict == "wrong":
            judged = self._under_a_condition(judged, left, right)
        judged = self._open(item, left, right, here, judged)
        if judged.verdict == "wrong" and sign == "≈" and not has_decimals(left) and not has_decimals(right):
            return replace(judged, verdict="unknown", reason=Reason("approximation"))
        if judged.verdict == "ok" and self._relies_on_a_wrong_value(right):
            return replace(judged, verdict="follows")
        if judged.verdict == "wrong":
            self.claims = (*self.claims, Claim(left, right))[-MOST_CARRIED:]
            judged = replace(self._explained(judged, found, left, right), place=place)
        return judged

    def _under_a_condition(self, judged: Judged, left: Term, right: Term) -> Judged:
        """A false line that is true under a usual condition: right for a letter that nobody declared, else it is said."""
        if isinstance(judged.evidence, Refuted) and isinstance(judged.evidence.witness, Clash):
            return judged
        loose = loose_names(left, self.environment) | loose_names(right, self.environment)
        for letter, condition in usual(left, right):
            found = compared(judged.left or left, judged.right or right, (*self._domain(), condition))
            if found.equal and letter in loose:
                return replace(judged, verdict="ok", evidence=found.evidence, conditions=(condition,))
            if found.equal:
                return replace(judged, reason=Reason("condition", (), (condition,)))
        return judged

    def _taken_for_numbers(self, left: Term, right: Term) -> tuple[str, ...]:
        """Letters that nobody declared and that are transposed or traced: as numbers they prove nothing about arrays."""
        arrays = [node.args[0] for side in (left, right) for node in subterms(side) if node.kind in OF_ARRAYS]
        loose = loose_names(left, self.environment) | loose_names(right, self.environment)
        found = {letter for array in arrays if shape(array) == () for letter in array.free & loose}
        return tuple(sorted(letter.data.name.latex for letter in found))

    def _relies_on_a_wrong_value(self, right: Term) -> bool:
        """Whether a name stands on the right whose value was given wrongly above: true in letters, not in what is meant."""
        named = {claim.left.args[0] if claim.left.kind == "entry" else claim.left for claim in self.claims}
        wrong = {term for term in named if term.kind == "named"}
        return bool(wrong) and any(node in wrong for node in subterms(right, into_names=False))

    def _explained(self, judged: Judged, found: Compared, left: Term, right: Term) -> Judged:
        """A wrong statement with its cause and the member that would be right, as long as there are not too many."""
        self.explained += 1
        if self.explained > MOST_EXPLAINED:
            return judged
        names = tuple(term for term in self.environment.quantities.values() if term.kind in ("name", "named"))
        told: Diagnosis | None = explaining().slipped(left, right, self.last)
        if told is None:
            told = explaining().diagnose(found if self.facts else found._replace(right=right), names, self._domain())
        reason = told.reason or judged.reason
        cause = explaining().with_the_layout(told.cause, found, self._layout(), self._domain())
        return replace(judged, cause=cause, written=right, repaired=told.repaired, reason=reason)

    def _is_a_condition(self, item: Statement, left: Term, right: Term) -> bool:
        """An equation between letters that nobody declared, with a number on the right: `x² + y² = 25`."""
        if item.continues or left.moves or right.free or left.kind not in ("sum", "product", "power") or not left.free:
            return False
        letters = {leaf for leaf in left.free if leaf.kind == "name" and leaf.data.domain == "real"}
        return letters == set(left.free) and letters <= loose_names(left, self.environment) - self.seen

    def _lost(self, left: Term, right: Term) -> tuple[str, ...]:
        """The names whose definition stood in a line that could not be read."""
        if not self.unread:
            return ()
        names = loose_names(left, self.environment) | loose_names(right, self.environment)
        names |= unknown_functions(left, self.environment) | unknown_functions(right, self.environment)
        return tuple(sorted({name.data.name.latex for name in names} & self.unread))

    def _defines(self, left: Term, right: Term, here: set[Term]) -> bool:
        """Whether a derivative of something without a formula stands on the left only: it is then known from here on."""
        if left.kind != "partial":
            return False
        body = left.args[0].args[0] if left.args[0].kind == "entry" else left.args[0]
        return body in here and body not in right.free and len(self.tracked[body]) == 1

    def _named_gradient(self, left: Term, right: Term) -> Term:
        """A bare letter for an upstream gradient has the shape of what it is taken by."""
        sizes = shape(left.args[1])
        loose = right.kind == "name" and right in loose_names(right, self.environment)
        if not loose or isinstance(sizes, Clash) or not sizes or right.data.shape:
            return right
        letter = name(right.data.name, *sizes)
        quantities = {**self.environment.quantities, right.data.name.latex: letter}
        self.environment = replace(self.environment, quantities=quantities)
        return letter

    def _names_a_square(self, item: Statement, left: Term, right: Term) -> bool:
        """Whether a power of a new letter gets a value: `σ² = v` says what is called σ²."""
        if item.continues or left.kind != "power" or left.args[0].kind != "name":
            return False
        letter = left.args[0]
        return letter in loose_names(left, self.environment) - self.seen and letter not in right.free and bool(right.free)

    def _tells(self, left: Term, right: Term, here: set[Term]) -> bool:
        """Whether a derivative of something without a formula is given by that itself: `∂o/∂z = o(1 − o)`."""
        if left.kind != "partial":
            return False
        body = left.args[0].args[0] if left.args[0].kind == "entry" else left.args[0]
        return body in here and body in right.free and not moving(right, frozenset({body}))

    def _open(self, item: Statement, left: Term, right: Term, here: set[Term], judged: Judged) -> Judged:
        """Nothing is wrong unless every letter and function in it is determined."""
        if judged.verdict != "wrong":
            return judged
        loose = loose_names(left, self.environment), loose_names(right, self.environment)
        fns = unknown_functions(left, self.environment) | unknown_functions(right, self.environment)
        unknown = frozenset(here | fns)
        undetermined = moving(left, unknown) ^ moving(right, unknown)
        undetermined |= (loose[1] - self.seen - left.free) | {name for name in loose[0] ^ loose[1] if labelled(name)}
        undetermined |= {name for name in loose[0] | loose[1] if name.data.shape}
        if isinstance(judged.evidence, Refuted) and isinstance(judged.evidence.witness, Clash):
            undetermined |= {name for name in loose[0] | loose[1] if name not in self.tracked} | fns
        missing = {term.data.name.latex for term in undetermined}
        missing |= {name.data.name.latex for name in loose[0] | loose[1]} & self.missing
        if missing:
            return replace(
                judged,
                verdict="unknown",
                missing=tuple(sorted(missing)),
                reason=Reason("missing", (", ".join(sorted(missing)),)),
            )
        return judged

    def _under_zero(self, item: Statement, left: Term, right: Term) -> Judged:
        """An equation behind `G = 0 ⇔`: it names a solution, or both sides vanish together."""
        assert self.vanishing is not None
        found = equivalent(self.vanishing, left, right, self._domain())
        judged = self._open(item, left, right, set(), _said(item, found))
        if judged.verdict == "ok" and any(claim.right is self.vanishing for claim in self.claims):
            return replace(judged, verdict="follows")
        return judged


def _inequality(item: Statement, left: Term, sign: str, right: Term) -> Judged:
    """A relation between numbers is right or wrong; one with letters says where they are."""
    if left.free or right.free or is_opaque(left) or is_opaque(right):
        return Judged("stated", item.span)
    found = related(left, sign, right)
    judged = _said(item, Compared(found, left, right))
    return replace(judged, reason=Reason("relation")) if judged.verdict == "wrong" else judged


def _said(item: Statement, found: Compared) -> Judged:
    """The verdict that evidence for an equality gives."""
    evidence = found.evidence
    if isinstance(evidence, Refuted):
        return Judged("wrong", item.span, evidence, found.left, found.right, direct=found.direct)
    if isinstance(evidence, Undecided):
        return Judged("unknown", item.span, evidence, found.left, found.right, reason=Reason("undecided", (evidence.why,)))
    return Judged("ok", item.span, evidence, found.left, found.right, shown(evidence.conditions), direct=found.direct)


def bases(term: Term) -> frozenset[str]:
    """The letters of the quantities in a term, without accents and labels."""
    names = [leaf.data.name if leaf.kind == "name" else leaf.data for leaf in term.free if leaf.kind in ("name", "named")]
    return frozenset(name.base for name in names)
