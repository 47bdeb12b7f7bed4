"""A derivation being written: the line as it stands, the steps so far, and where a line of the page ends."""

from __future__ import annotations

from symderiv.deriving.derivation import Derivation, Law, Step
from symderiv.deriving.evident import evident
from symderiv.deriving.neat import neat, neatly
from symderiv.term.kinds import Term
from symderiv.term.places import Place, put


class Draft:
    """Steps are added at the end, and each changes the line; nothing is ever taken back."""

    def __init__(self, start: Term, given: tuple[Term, ...] = ()) -> None:
        self.start = start
        self.term = start
        self.given = given
        self.steps: list[Step] = []
        self.breaks: list[int] = []

    def step(self, place: Place, law: Law, before: Term, after: Term, aside: Derivation | None = None) -> None:
        """Put `after` in place of `before`, by this law."""
        needed = tuple(fact for fact in law.conditions(before) if not evident(fact, self.given))
        self.steps.append(Step(before, after, place, law, needed, aside))
        self.term = put(self.term, place, after)

    def write_neatly(self) -> bool:
        """Leave out what a person would not write; a step only if that changes anything, which is the answer."""
        after = neat(self.term)
        if after is self.term:
            return False
        self.step((), neatly, self.term, after)
        return True

    def end_line(self) -> None:
        """The line is ready to be shown; what is minor only does not make a line, it still belongs to the one above."""
        self.write_neatly()
        done = self.breaks[-1] if self.breaks else 0
        if len(self.steps) > done:
            if done and all(step.law.minor for step in self.steps[done:]):
                self.breaks.pop()
            self.breaks.append(len(self.steps))

    def done(self) -> Derivation:
        """The derivation as a value."""
        self.end_line()
        return Derivation(self.start, tuple(self.steps), tuple(self.breaks), self.given)
