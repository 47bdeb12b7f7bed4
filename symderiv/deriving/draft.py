"""A derivation being written: the line as it stands, the steps so far, and where a line of the page ends."""

from __future__ import annotations

from symderiv.deriving.derivation import Derivation, Found, Law, Move, Step
from symderiv.deriving.evident import evident
from symderiv.deriving.neat import neat
from symderiv.term.kinds import Term
from symderiv.term.places import Place, part, put

#: How many different rules a line of the page may hide, minor ones apart.
RULES_A_LINE = 3

neatly = Move("arithmetic", neat, say="factors one, terms zero and signs are written out", minor=True)


class Draft:
    """Steps are added at the end, and each changes the line; nothing is ever taken back.

    An algorithm that walks over the line notes its steps and sets the new line once; the law of a single step is `use`d.
    """

    def __init__(self, start: Term, given: tuple[Term, ...] = ()) -> None:
        self.start = start
        self.term = start
        self.given = given
        self.steps: list[Step] = []
        self.breaks: list[int] = []
        self.shown: list[Term] = []

    def note(self, place: Place, law: Law, before: Term, found: Found, aside: Derivation | None = None) -> Term:
        """A step: at this place the law puts what it found. The line itself is changed by whoever walks over it."""
        after, needed = found
        if needed:
            needed = tuple([neat(fact) for fact in needed if not evident(fact, self.given)])
        self.steps.append(Step(before, after, place, law, needed, aside))
        return after

    def use(self, law: Law, place: Place = ()) -> bool:
        """Use a law at a place of the line, if it fits there, which is the answer."""
        before = part(self.term, place)
        found = law.use(before)
        if found is None:
            return False
        self.term = put(self.term, place, self.note(place, law, before, found))
        return True

    def show(self, law: Law) -> None:
        """Use a law on the whole line, and show the line as the law leaves it, its arithmetic not yet carried out."""
        if self.use(law):
            self.breaks.append(len(self.steps))
            self.shown.append(self.term)

    def replace(self, place: Place, after: Term) -> None:
        """Change the line where a step has been noted."""
        self.term = put(self.term, place, after)

    def write_neatly(self) -> bool:
        """Leave out what a person would not write; a step only if that changes anything, which is the answer."""
        return neat(self.term) is not self.term and self.use(neatly)

    def end_line(self) -> None:
        """The line is ready to be shown; what is minor only does not make a line, it still belongs to the one above."""
        self.write_neatly()
        done = self.breaks[-1] if self.breaks else 0
        if len(self.steps) > done:
            if done and all(step.law.minor for step in self.steps[done:]):
                self.breaks.pop()
                self.shown.pop()
            self.breaks.append(len(self.steps))
            self.shown.append(self.term)

    def follow(self, trial: Draft) -> None:
        """Take over the steps of a draft that began with this line; on a new line if this one would hide too many rules."""
        used = [step.law for step in self.steps[self.breaks[-1] if self.breaks else 0 :]]
        laws = {step.law for step in trial.steps}
        if trial.steps and len({law for law in (*used, *laws) if not law.minor}) > RULES_A_LINE:
            self.end_line()
        self.steps += trial.steps
        self.term = trial.term

    def done(self) -> Derivation:
        """The derivation as a value."""
        self.end_line()
        return Derivation(self.start, tuple(self.steps), tuple(self.breaks), tuple(self.shown), self.given)
