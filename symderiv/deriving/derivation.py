"""Step and Derivation: each step is one law at one place, and starts where the one above ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

from symderiv.term.kinds import Term
from symderiv.term.places import Place, part, put

Pace = Literal["brief", "textbook", "every step"]


class Law(Protocol):
    """What a step is made by: a rule of the book, or a named algorithm that is checked like one."""

    @property
    def name(self) -> str: ...
    @property
    def say(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def minor(self) -> bool: ...
    def apply(self, term: Term) -> Term | None: ...
    def conditions(self, term: Term) -> tuple[Term, ...]: ...


@dataclass(frozen=True, eq=False)
class Move:
    """A named algorithm on terms: lowering, raising, tidying. Every use of it is an equality that is verified."""

    name: str
    rewrite: Callable[[Term], Term | None]
    say: str
    source: str = ""
    minor: bool = False
    needs: Callable[[Term], tuple[Term, ...]] = field(default=lambda term: ())

    def apply(self, term: Term) -> Term | None:
        """The term in its new form, or None where there is nothing to do."""
        return self.rewrite(term)

    def conditions(self, term: Term) -> tuple[Term, ...]:
        """What must hold for it."""
        return self.needs(term)


@dataclass(frozen=True, slots=True)
class Step:
    """One law at one place of the line: the part before, the part after."""

    before: Term
    after: Term
    place: Place
    law: Law
    conditions: tuple[Term, ...] = ()
    aside: Derivation | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one line of the page: the whole term, and the steps that led to it from the line above."""

    term: Term
    steps: tuple[Step, ...]

    @property
    def laws(self) -> tuple[Law, ...]:
        """The laws used, each once, in the order of use, minor ones left out."""
        found = dict.fromkeys(step.law for step in self.steps if not step.law.minor)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Derivation:
    """A chain of equal terms: where it starts, its steps, and after how many steps a line is shown."""

    start: Term
    steps: tuple[Step, ...]
    breaks: tuple[int, ...]
    given: tuple[Term, ...] = ()

    @property
    def result(self) -> Term:
        """The last term."""
        return self.terms()[-1]

    @property
    def conditions(self) -> tuple[Term, ...]:
        """What the derivation needed, each condition once, those of its asides too."""
        found: dict[Term, None] = {}
        for step in self.steps:
            found.update(dict.fromkeys(step.conditions))
            if step.aside is not None:
                found.update(dict.fromkeys(step.aside.conditions))
        return tuple(found)

    @property
    def asides(self) -> tuple[Derivation, ...]:
        """The derivations that steps refer to, each once, in the order of use."""
        return tuple(dict.fromkeys(step.aside for step in self.steps if step.aside is not None))

    def terms(self) -> list[Term]:
        """The whole term after each step, beginning with the start."""
        terms = [self.start]
        for step in self.steps:
            terms.append(put(terms[-1], step.place, step.after))
        return terms

    def lines(self, pace: Pace = "textbook") -> Iterator[Line]:
        """The lines of the page at a pace: one for each step, or for each group of steps."""
        terms, begin = self.terms(), 0
        for end in self._ends(pace):
            if terms[end] is not terms[begin]:
                yield Line(terms[end], self.steps[begin:end])
                begin = end

    def _ends(self, pace: Pace) -> tuple[int, ...]:
        match pace:
            case "every step":
                return tuple(range(1, len(self.steps) + 1))
            case "brief":
                return tuple(dict.fromkeys((*self.breaks[:1], len(self.steps))))
        return self.breaks


def replay(derivation: Derivation) -> None:
    """Apply the law of each step again at its place; a step that does not come out the same is an AssertionError."""
    term = derivation.start
    for step in derivation.steps:
        assert part(term, step.place) is step.before, f"{step.law.name}: {step.before} does not stand at {step.place}"
        assert step.law.apply(step.before) is step.after, f"{step.law.name}: {step.before} does not become {step.after}"
        term = put(term, step.place, step.after)
        if step.aside is not None:
            assert step.aside.start is step.before and step.aside.result is step.after
            replay(step.aside)
