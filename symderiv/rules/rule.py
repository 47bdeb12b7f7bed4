"""Rule: one line of a textbook. The same object is matched, applied, checked, explained and typeset."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from symderiv.rules.filling import filler
from symderiv.rules.letters import RuleLetter
from symderiv.rules.matching import SPOT, Bindings, matcher
from symderiv.term.build import add
from symderiv.term.kinds import BINDERS, Term, bound_places, make, subterms
from symderiv.term.places import fresh_letter, rebuilt, substitute


@dataclass(frozen=True, eq=False)
class Rule:
    """An equation in letters, read from left to right.

    name      what a teacher says aloud
    left      the form that is looked for
    right     what stands there instead; its free letters stand on the left too, bound ones are fresh
    say       one sentence for a learner
    source    book and section
    where     conditions under which it holds, as relations in its letters
    minor     never stands alone on a line (constants, signs, dropped terms)
    every     the right is added over every match of the left: `d(P f S) = P d(f) S`, one term for each factor f
    kind      of a misconception: the class of mistake (CONTRACT: cause.kind); `distorts` is the true rule beside it

    >>> from symderiv.rules.letters import c, d, f, x
    >>> from symderiv.term.build import ZERO, name, partial
    >>> constant = Rule("constant", d(c), ZERO, say="a constant does not change", source="Apostol, Calculus I, 4.4")
    >>> constant.apply(partial(name("a"), name("t"))) is ZERO
    True
    """

    name: str
    left: Term
    right: Term
    say: str
    source: str
    where: tuple[Term, ...] = ()
    minor: bool = False
    every: bool = False
    kind: str = ""
    distorts: Rule | None = None

    def __post_init__(self) -> None:
        if self.every and self.where:
            raise ValueError(f"rule “{self.name}”: a rule for every term holds without conditions")
        stray = _letters(self.right) - {node for node in subterms(self.left) if isinstance(node.data, RuleLetter)}
        if stray:
            names = ", ".join(sorted(letter.data.name.latex for letter in stray))
            raise ValueError(f"rule “{self.name}”: {names} stands on the right but not on the left")

    def match(self, term: Term) -> Bindings | None:
        """What the letters stand for if the term has the form of the left side, else None."""
        bound: Bindings = {}
        return bound if self._matcher(term, bound) else None

    def fill(self, bound: Bindings) -> Term:
        """The right side with the letters filled in."""
        return self._filler(bound)

    def use(self, term: Term) -> tuple[Term, tuple[Term, ...]] | None:
        """The term that the rule puts in place of this one and the conditions for it, or None if the form is another."""
        if self._binds:
            term = apart(term)
        if self.every:
            after = self._every(term)
            return None if after is None else (after, ())
        bound: Bindings = {}
        if not self._matcher(term, bound):
            return None
        return self._filler(bound), tuple([fill(bound) for fill in self._where]) if self.where else ()

    def apply(self, term: Term) -> Term | None:
        """The term that the rule puts in place of this one, or None if it has another form."""
        found = self.use(term)
        return None if found is None else found[0]

    def mistaken(self, name: str, right: Term, *, say: str, kind: str, left: Term | None = None) -> Rule:
        """A misconception: the same left side with a false right side. The suite must refute it."""
        every = self.every and left is None
        return replace(self, name=name, left=left or self.left, right=right, say=say, kind=kind, every=every, distorts=self)

    def _every(self, term: Term) -> Term | None:
        found: list[Term] = []
        for spot in range(len(term.args[0].args)):
            bound: Bindings = {SPOT: spot}
            if self._matcher(term, bound):
                found.append(self._filler(bound))
        return add(*found) if found else None

    @cached_property
    def _matcher(self) -> Callable[[Term, Bindings], bool]:
        return matcher(self.left)

    @cached_property
    def _filler(self) -> Callable[[Bindings], Term]:
        return filler(self.right)

    @cached_property
    def _where(self) -> tuple[Callable[[Bindings], Term], ...]:
        return tuple(filler(condition) for condition in self.where)

    @cached_property
    def _binds(self) -> bool:
        return any(node.kind in BINDERS for node in subterms(self.left, into_names=False))


def _letters(pattern: Term) -> set[Term]:
    """The letters of a side that no sum of its own binds."""
    if isinstance(pattern.data, RuleLetter):
        return {pattern}
    found = set().union(*(_letters(arg) for arg in pattern.args))
    return found - set(pattern.args[BINDERS[pattern.kind]]) if pattern.kind in BINDERS else found


def apart(term: Term) -> Term:
    """The term with every bound letter renamed that also occurs free in it."""
    clashing = [
        (node, letter)
        for node in subterms(term, into_names=False)
        if node.kind in BINDERS
        for letter in node.args[BINDERS[node.kind]]
        if letter in term.free
    ]
    return _renamed(term, clashing) if clashing else term


def _renamed(term: Term, clashing: list[tuple[Term, Term]]) -> Term:
    """Substituting a letter for itself under its own binder moves the bound one out of the way."""
    nodes = {node for node, _ in clashing}

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node in nodes:
            for letter in node.args[BINDERS[node.kind]]:
                if letter in term.free:
                    fresh = fresh_letter(letter, term.free | args[0].free)
                    places = (0, *bound_places(node.kind, args))
                    args = tuple(substitute(arg, {letter: fresh}) if at in places else arg for at, arg in enumerate(args))
        return node if args == node.args else make(node.kind, node.data, args)

    return rebuilt(term, change, into_names=False)
