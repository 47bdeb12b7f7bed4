"""What is known before a line: names, values that were written, claims that are relied on, conditions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple, cast

from symderiv.judge.carrying import Claim, carried
from symderiv.judge.comparing import Compared, compared
from symderiv.judge.meaning import TURNS, in_layout, reaching
from symderiv.judge.verdict import Judged, JudgedLine
from symderiv.judge.world import Variables, as_functions, differentiated, loose_names, unknown_functions
from symderiv.reading.environment import Environment
from symderiv.reading.opaque import is_opaque
from symderiv.reading.reaching import reached
from symderiv.term.build import at, name
from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash, shape


@dataclass(eq=False, repr=False)
class Known:
    """What the lines above have said; a copy of it can be kept and taken back."""

    environment: Environment
    given: tuple[Term, ...] = ()
    head: Term | None = None
    last: Term | None = None
    lines: list[JudgedLine] = field(default_factory=list)
    local: dict[Term, Term] = field(default_factory=dict)
    conditions: tuple[Term, ...] = ()
    vanishing: Term | None = None
    tracked: Variables = field(default_factory=dict)
    facts: tuple[Claim, ...] = ()
    claims: tuple[Claim, ...] = ()
    seen: set[Term] = field(default_factory=set)
    written: dict[Term, Term] = field(default_factory=dict)
    slips: dict[Term, Term] = field(default_factory=dict)
    natural: bool = False
    base: int = 0
    following: str = ""
    unread: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    equations: tuple[Term, ...] = ()
    pending: tuple[Term, ...] = ()
    curves: tuple[Term, ...] = ()
    slopes: tuple[Term, ...] = ()
    solved: dict[Term, Term] = field(default_factory=dict)
    guessed: dict[str, Term] = field(default_factory=dict)
    explained: int = 0
    missing: frozenset[str] = frozenset()
    numbers: set[Term] = field(default_factory=set)
    inputs: frozenset[Term] = frozenset()

    def __post_init__(self) -> None:
        """Upstream gradients that are given are known from the start; letters of the formulas given are inputs,
        unless an equation determines them."""
        self.said = frozenset(self.environment.quantities)
        names = frozenset(leaf for term in self.environment.definitions for leaf in term.free if leaf.kind == "name")
        equations = [fact for fact in self.environment.given if fact.kind == "relation" and "=" in fact.data]
        bound = {leaf.data.name.base for fact in equations for leaf in fact.free if leaf.kind == "name"}
        self.inputs = frozenset(leaf for leaf in names if leaf.data.name.base not in bound)
        self.seen.update(names)
        for fact in self.environment.given:
            if fact.kind == "relation" and fact.data == ("=",) and fact.args[0].kind == "partial":
                differentiated((fact.args[0],), self.tracked)
                self.facts += (Claim(*fact.args),)

    def saved(self) -> dict[str, Any]:
        """Everything that is known at this moment."""
        return _copied(vars(self))

    def restore(self, saved: dict[str, Any]) -> None:
        """Forget what was learned since then."""
        vars(self).update(_copied(saved))

    def separate(self) -> None:
        """A new derivation begins: no line goes on from the one above."""
        self.head = self.last = None

    def _reach(self, now: Environment) -> None:
        """What a line defines is known in the chain that it may continue."""
        before = frozenset(self.environment.definitions)
        new = {term.data: term for term in now.definitions if term not in before}
        self.environment = now
        if not new:
            return
        if self.head is not None and self.last is not None:
            self.head, self.last = reached(self.head, new), reached(self.last, new)
        facts = [(reached(one.left, new), reached(one.right, new)) for one in self.facts]
        self.facts = tuple(Claim(left, self._named_gradient(left, right)) for left, right in facts)
        self.claims = tuple(Claim(reached(one.left, new), reached(one.right, new)) for one in self.claims)
        self.tracked = {}
        differentiated((one.left for one in self.facts), self.tracked)

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

    def _here(self, member: Term) -> Term:
        """A member at the values that hold on this line."""
        pairs = [side for letter, value in self.local.items() if letter in member.free for side in (letter, value)]
        return at(member, *pairs) if pairs else member

    def _compared(
        self, left: Term, right: Term, claims: tuple[Claim, ...], only_left: bool = False, plain: bool = False
    ) -> Compared:
        """Two members with these claims in force, quantities without a formula as arbitrary functions."""
        told = frozenset(claim.left.args[0] for claim in self.facts)
        ours, theirs = carried((reaching(left), reaching(right)), claims)
        if only_left:
            (theirs,) = carried((reaching(right),), self.facts)
        ours, theirs = in_layout(ours, self._layout()), in_layout(theirs, self._layout())
        ours, theirs = (as_functions(term, self.tracked, told) for term in (ours, theirs))
        return compared(ours, theirs, self._domain(), plain)

    def _carried(self, left: Term, right: Term) -> Compared | None:
        """The reading under which a false line follows from the person's own wrong ones above."""
        for claims in dict.fromkeys((self.claims, *[(claim,) for claim in reversed(self.claims[-3:])])):
            for only_left in (False, True):
                found = self._compared(left, right, self.facts + claims, only_left, plain=True)
                if found.equal:
                    return found
        return None

    def _is_told(self, fact: Term) -> bool:
        """Whether a relation says nothing of where the letters are: it speaks of a gradient, of a function without a
        formula, or of what has no value here."""
        return fact.args[0].kind == "partial" or is_opaque(fact) or bool(unknown_functions(fact, self.environment))

    def _layout(self) -> str:
        """The layout that was asked for; empty where none was, or one that turns nothing."""
        return next((words for words in TURNS if words in self.environment.conventions), "")

    def _domain(self) -> tuple[Term, ...]:
        told = [fact for fact in self.environment.given if fact.kind == "relation" and self._is_told(fact)]
        return (*[fact for fact in self.environment.given if fact not in told], *self.given, *self.conditions)


def _copied(values: dict[str, Any]) -> dict[str, Any]:
    """Values with containers of their own."""
    kept = {name: value.copy() if type(value) in (dict, set, list) else value for name, value in values.items()}
    return {**kept, "tracked": {quantity: by.copy() for quantity, by in values["tracked"].items()}}


class Why(NamedTuple):
    """What is asked where a statement is wrong: what was found of its members, and what was known there.

    `meant` has the member to be repaired as it is meant, `before` is the member that stood before it in its chain.
    """

    found: Compared
    meant: Compared
    left: Term
    right: Term
    before: Term | None
    names: tuple[Term, ...]
    layout: str
    given: tuple[Term, ...]

    def explained(self, judged: Judged) -> Judged:
        """The statement with its cause and its repair."""
        return cast(Judged, explaining().explained(judged, self))


def explaining() -> ModuleType:
    """Why a line is wrong: the routes of a derivation are loaded where there is something to explain."""
    return import_module("symderiv.judge.causes")
