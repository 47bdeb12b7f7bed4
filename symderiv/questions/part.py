"""Parts: what an answer is made of, whatever was asked: a chain of equal terms, a table, a picture, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from symderiv.deriving.derivation import Derivation
from symderiv.questions.picture import Drawing
from symderiv.reading.environment import Environment
from symderiv.term.kinds import Term
from symderiv.worth.evidence import Evidence

#: A cell of a table or a label of a picture: words, or a term.
Cell = str | Term


@dataclass(frozen=True, slots=True)
class Chain:
    """A derivation. `left` or, in words, `what` names what it finds (“parameters of FC-2048”) before `sign` and its start.

    `number` is the value of the result, rounded unless it is `exact`; `filled` the result with numbers put in, behind its
    sign: ≈ where some of them are rounded.
    """

    derivation: Derivation
    what: str = ""
    number: Term | None = None
    left: Term | None = None
    sign: str = "="
    filled: Term | None = None
    filled_sign: str = "≈"
    exact: bool = False

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        """What is to be verified."""
        return (self.derivation,)

    @property
    def results(self) -> Iterator[Term]:
        """The terms that were found."""
        yield self.derivation.result


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, and the derivations that its cells come from, which unfold below it.

    `found` are the exact terms whose values stand in cells, rounded.
    """

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    behind: tuple[Chain, ...] = ()
    found: tuple[Term, ...] = ()

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        """What is to be verified."""
        return tuple(chain.derivation for chain in self.behind)

    @property
    def results(self) -> Iterator[Term]:
        """The terms that were found."""
        for chain in self.behind:
            yield from chain.results
        yield from self.found


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, for what people look at rather than read."""

    drawing: Drawing[Cell]
    derivations: tuple[Derivation, ...] = ()
    results: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    r"""What is said in words, with formulas between dollars: `The root is $A_2$.`"""

    text: str
    derivations: tuple[Derivation, ...] = ()
    results: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between terms, as `y_j ≤ max(y)`, why it holds, and what the referee found."""

    relation: Term
    why: str
    evidence: Evidence
    derivations: tuple[Derivation, ...] = ()

    @property
    def results(self) -> Iterator[Term]:
        """The relation."""
        yield self.relation


Part = Chain | Grid | Picture | Words | Fact


class Question(Protocol):
    """What a problem asks: it is answered from what the problem's `given` says."""

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The answer."""
        ...
