"""Every step is an equality, and the referee, who knows no rule, says what it found."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.deriving.derivation import Derivation, Step
from symderiv.errors import SymderivError
from symderiv.rules.matching import moving_letters
from symderiv.term.build import ZERO
from symderiv.term.kinds import Term
from symderiv.worth.compare import Referee, compare
from symderiv.worth.evidence import Evidence


class Verifier:
    """Evidence for the steps of a derivation, found when it is asked for; all steps share the referee's points."""

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = derivation
        domain = dict.fromkeys((*derivation.given, *derivation.conditions))
        self._referee = Referee(tuple(domain), (derivation.start,))
        self._known: dict[int, Evidence] = {}

    def evidence(self, number: int, prove: bool = True) -> Evidence:
        """What the referee finds about one step; a refuted one raises, for then a rule or an algorithm is wrong.

        The part that changed is compared first; where it cannot stand alone (`δ_kj` under its sum), the whole line.
        """
        found = self._known.get(number)
        if found is None:
            step = self.derivation.steps[number]
            found = self._referee.compare(step.before, step.after, prove=prove)
            if found.kind in ("undecided", "refuted"):
                found = self._in_context(number, prove)
            if found.kind == "refuted":
                raise refuted(step, found)
            self._known[number] = found
        return found

    def _in_context(self, number: int, prove: bool) -> Evidence:
        terms = self.derivation.terms()
        found = self._referee.compare(terms[number], terms[number + 1], prove=prove)
        if found.kind == "undecided":
            found = self._referee.compare(terms[0], terms[number + 1], prove=prove)
        return found

    def all(self, prove: bool = True) -> tuple[Evidence, ...]:
        """The evidence of every step, in order."""
        return tuple(self.evidence(number, prove) for number in range(len(self.derivation.steps)))


def must_equal(found: Term, wanted: Term, given: Iterable[Term], said: str) -> None:
    """What an author wrote must be what is found; `said` tells what was written and what is expected."""
    evidence = compare(found, wanted, given)
    if evidence.kind == "refuted":
        raise SymderivError("written", said)


def prove_zero(derivation: Derivation) -> None:
    """A derivative that comes out as zero although the variable stands in the body must be proved to be zero.

    >>> from symderiv.term.build import name, partial
    >>> x = name("x")
    >>> prove_zero(Derivation(partial(x - x, x), (), (), (ZERO,)))
    """
    body, variable = derivation.start.args
    nothing = derivation.result is ZERO or derivation.result.kind == "zeros"
    if not nothing or moving_letters(variable).isdisjoint(body.free):
        return
    found = compare(derivation.start, ZERO, dict.fromkeys((*derivation.given, *derivation.conditions)))
    if found.kind != "proved":
        raise SymderivError(
            "zero-not-proved",
            f"the derivative of {body} by {variable} comes out as 0 although {variable} stands in it, and that is not "
            f"proved but {found.kind}: nothing is shown. Check the formula; where it is constant, write it without the "
            "variable, or give the conditions under which it is.",
        )


def refuted(step: Step, found: Evidence) -> SymderivError:
    """A step that is false must never reach a page."""
    return SymderivError(
        "refuted-step",
        f"the step “{step.law.name}” is false and is not shown: {step.before} is not {step.after} ({found}). "
        "This is a fault of symderiv; please report the problem with this message.",
    )
