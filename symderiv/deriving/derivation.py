"""Step and Derivation: each step is one law at one place, and starts where the one above ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from symderiv.term.kinds import Term
from symderiv.term.places import Place, part, put

Pace = Literal["brief", "textbook", "every step"]


#: What a law puts there, and the conditions for it.
Found = tuple[Term, tuple[Term, ...]]


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
    def use(self, term: Term) -> Found | None: ...


@dataclass(frozen=True, eq=False)
class Move:
    """A named algorithm on terms: lowering, raising, tidying. Every use of it is an equality that is verified."""

    name: str
    rewrite: Callable[[Term], Term | None]
    say: str
    source: str = ""
    minor: bool = False
    needs: Callable[[Term], tuple[Term, ...]] = field(default=lambda term: ())

    def use(self, term: Term) -> Found | None:
        """The term in its new form and what must hold for it, or None where there is nothing to do."""
        after = self.rewrite(term)
        return None if after is None else (after, self.needs(term))


def replacing(name: str, before: Term, after: Term, say: str) -> Move:
    """The move that puts one term for another, as it was worked out elsewhere."""
    return Move(name, lambda term: after if term is before else None, say=say)


class Step(NamedTuple):
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
    """A chain of equal terms: where it starts, its steps, and after how many steps a line is shown (`shown`: the lines)."""

    start: Term
    steps: tuple[Step, ...]
    breaks: tuple[int, ...]
    shown: tuple[Term, ...]
    given: tuple[Term, ...] = ()

    @property
    def result(self) -> Term:
        """The last term."""
        return self.shown[-1] if self.shown else self.start

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
        begin, last = 0, self.start
        for end, term in self._ends(pace):
            if term is not last:
                yield Line(term, self.steps[begin:end])
                begin, last = end, term

    def _ends(self, pace: Pace) -> list[tuple[int, Term]]:
        if pace == "every step":
            return list(enumerate(self.terms()))[1:]
        ends = list(zip(self.breaks, self.shown, strict=True))
        return ends if pace == "textbook" else list(dict.fromkeys((*ends[:1], *ends[-1:])))


def replay(derivation: Derivation) -> None:
    """Apply the law of each step again at its place; a step that does not come out the same is an AssertionError."""
    term = derivation.start
    for step in derivation.steps:
        assert part(term, step.place) is step.before, f"{step.law.name}: {step.before} does not stand at {step.place}"
        found = step.law.use(step.before)
        assert found and found[0] is step.after, f"{step.law.name}: {step.before} does not become {step.after}"
        term = put(term, step.place, step.after)
        if step.aside is not None:
            assert step.aside.start is step.before and step.aside.result is step.after
            replay(step.aside)
