"""Named derivations: in a large graph each node has a name, and its derivative is told by those of earlier nodes.

Nothing is expanded and nothing recurses: time and memory grow with the number of nodes. Nodes of one form share one
`Pattern`, whose derivatives are derived by the rules of the book and verified once; a line is written when it is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from symderiv.deriving.derivation import Derivation, Move, Step
from symderiv.deriving.entries import Entries
from symderiv.deriving.neat import neat
from symderiv.deriving.program import letter_for_nodes
from symderiv.deriving.verifying import Verifier
from symderiv.errors import SymderivError
from symderiv.term.build import ONE, ZERO, add, mul, name, partial, relation
from symderiv.term.kinds import BINDERS, Term, subterms
from symderiv.term.names import Name
from symderiv.term.places import substitute, with_args
from symderiv.worth.evidence import Evidence, Proved
from symderiv.worth.stepped import Node, stepped

#: The most nodes of one step.
WEIGHT = 7

#: What is worth least first.
_WORTH = ("refuted", "undecided", "agrees", "proved")

by_nodes = Move(
    "by earlier nodes",
    lambda term: None,
    say="each node that moves brings its slope times its derivative",
)

#: Kinds that are never a step of their own.
_INSIDE = frozenset("number constant name index function prime relation property tuple delta letter".split())


@dataclass(frozen=True)
class Pattern:
    """A formula in letters that many nodes have in common, and its derivative by each letter."""

    letters: tuple[Term, ...]
    formula: Term

    def slope(self, spot: int) -> Term:
        """The derivative by one letter, derived and verified when it is first asked for."""
        return self.derivations(spot).result

    def derivations(self, spot: int) -> Derivation:
        """How that derivative is derived."""
        if spot not in self._known:
            self._known[spot] = Entries().derive(partial(self.formula, self.letters[spot]))
            self.evidence(spot)  # a false one raises here
        return self._known[spot]

    def evidence(self, spot: int) -> Evidence:
        """The least that the referee finds about a step of that derivation; a refuted one raises."""
        if spot not in self._found:
            steps = Verifier(self.derivations(spot)).all()
            self._found[spot] = min(steps, key=lambda item: _WORTH.index(item.kind), default=Proved("same term"))
        return self._found[spot]

    @cached_property
    def _found(self) -> dict[int, Evidence]:
        return {}

    @cached_property
    def _known(self) -> dict[int, Derivation]:
        return {}


@dataclass(frozen=True, slots=True)
class NamedStep:
    """One node: what it is, and its derivative in terms of those of earlier nodes, both as equations."""

    definition: Term
    derivative: Term
    conditions: tuple[Term, ...]


class Graph:
    """The nodes of a computation in order and their derivatives by one variable.

    >>> x = name("x")
    >>> y = (x * x + 1) ** 2
    >>> graph = Graph(x, [y * y])
    >>> len(graph)
    2
    >>> graph.evaluate({x: 1})
    64.0
    """

    def __init__(self, variable: Term, parts: Iterable[Term | tuple[Term, Term]]) -> None:
        """`parts` are formulas, or pairs of a name and its formula, which later parts may use; the last is the result."""
        self.variable = variable
        self.patterns: list[Pattern] = []
        self._pattern_of: dict[Term, int] = {}
        self._which, self._ends, self._places = array("L"), array("L"), array("l")
        self._leaves: list[Term] = []
        self._leaf_of: dict[Term, int] = {}
        self._moves = bytearray()
        self._names: dict[int, Name] = {}
        known: dict[Term, int] = {}
        for part in parts:
            called, formula = part if isinstance(part, tuple) else (None, part)
            place = self._added(formula, known)
            if called is not None:
                known[called] = place
                if place >= 0:
                    self._names[place] = called.data.name
        if not self._which:
            raise SymderivError("unsupported", "a graph without nodes has no derivation; give a formula of the variable.")

    def __len__(self) -> int:
        return len(self._which)

    def __iter__(self) -> Iterator[NamedStep]:
        return (self.step(number) for number in range(len(self)))

    def step(self, number: int) -> NamedStep:
        """A node by its number from 0, with its lines written out."""
        pattern, places = self.patterns[self._which[number]], self._inputs(number)
        inputs = dict(zip(pattern.letters, map(self.called, places), strict=True))
        terms, conditions = list[Term](), dict[Term, None]()
        for spot, place in enumerate(places):
            if self._is_moving(place):
                terms.append(mul(substitute(pattern.slope(spot), inputs), self._rate(place)))
                conditions.update((substitute(fact, inputs), None) for fact in pattern.derivations(spot).conditions)
        what, formula = self.called(number), substitute(pattern.formula, inputs)
        rate = self._derivative_of(what)
        told = relation("=", rate, neat(add(*terms)) if terms else ZERO)
        return NamedStep(relation("=", what, formula), told, tuple(conditions))

    def verified(self) -> Iterator[tuple[Step, Evidence]]:
        """Every node's derivative as a step, with the least that the referee found about the slopes of its pattern."""
        for number in range(len(self)):
            pattern, places = self.patterns[self._which[number]], self._inputs(number)
            found = [pattern.evidence(spot) for spot, place in enumerate(places) if self._is_moving(place)]
            step = self.step(number)
            before, after = step.derivative.args
            least = min(found, key=lambda item: _WORTH.index(item.kind), default=Proved("constant"))
            yield Step(before, after, (), by_nodes, step.conditions), least

    def called(self, place: int) -> Term:
        """The name of a node, or of what comes from outside."""
        if place < 0:
            return self._leaves[-1 - place]
        return name(self._names.get(place) or Name(self._letter, sub=str(place + 1)))

    def evaluate(self, letters: Mapping[Term, Any]) -> float:
        """The derivative at these numbers, node by node, in balls as wide as it takes and rounded once."""
        exact = {letter: Fraction(number) for letter, number in letters.items()}
        return stepped(self._nodes, exact)

    def _nodes(self) -> Iterator[Node]:
        for number in range(len(self)):
            pattern, places = self.patterns[self._which[number]], self._inputs(number)
            sources = tuple(place if place >= 0 else self._leaves[-1 - place] for place in places)
            slopes = tuple(
                (pattern.slope(spot), place if place >= 0 else None)
                for spot, place in enumerate(places)
                if self._is_moving(place)
            )
            yield Node(pattern.letters, sources, pattern.formula, slopes)

    @cached_property
    def _letter(self) -> str:
        """A letter that no name from outside begins with."""
        return letter_for_nodes(self._leaves)

    def _inputs(self, number: int) -> array[int]:
        return self._places[self._ends[number - 1] if number else 0 : self._ends[number]]

    def _is_moving(self, place: int) -> bool:
        return bool(self._moves[place]) if place >= 0 else self._leaves[-1 - place] is self.variable

    def _rate(self, place: int) -> Term:
        return self._derivative_of(self.called(place)) if place >= 0 else ONE

    def _derivative_of(self, what: Term) -> Term:
        return partial(what, self.variable, "d" if self._leaves == [self.variable] else "∂")

    def _added(self, term: Term, known: dict[Term, int]) -> int:
        """Makes nodes of what is shared, named or long in a formula; the place of the formula itself."""
        if not term.scalars or term.moves:
            raise SymderivError(
                "unsupported", "a named derivation is made of numbers only, without arrays and without derivatives inside."
            )
        order = [node for node in subterms(term) if node not in known]
        uses: dict[Term, int] = {}
        for node in order:
            for arg in node.args:
                uses[arg] = uses.get(arg, 0) + 1
        bound = {inner for node in order if node.kind in BINDERS for inner in subterms(node.args[0])}
        weights: dict[Term, int] = {}
        for node in order:
            if not node.args:
                continue
            weight = 1 + sum([1 if arg in known else weights.get(arg, 1) for arg in node.args])
            weights[node] = weight
            cut = node.kind == "named" or uses.get(node, 0) > 1 or weight > WEIGHT
            if node is term or (cut and node.kind not in _INSIDE and node not in bound):
                known[node] = self._made(node, known)
        return known[term] if term in known else self._leaf(term)

    def _made(self, node: Term, known: Mapping[Term, int]) -> int:
        """A new node: the formula between it and the nodes before it, in letters of its own."""
        body = node.args[0] if node.kind == "named" else node
        inputs: dict[Term, int] = {}
        formula = _in_letters(body, known, inputs, frozenset())
        which = self._pattern_of.get(formula)
        if which is None:
            which = self._pattern_of[formula] = len(self.patterns)
            self.patterns.append(Pattern(tuple(map(_letter, range(len(inputs)))), formula))
        places = [known[source] if source in known else self._leaf(source) for source in inputs]
        self._places.extend(places)
        self._which.append(which)
        self._ends.append(len(self._places))
        self._moves.append(any(self._is_moving(place) for place in places))
        if node.kind == "named":
            self._names[len(self._which) - 1] = node.data
        return len(self._which) - 1

    def _leaf(self, term: Term) -> int:
        if term not in self._leaf_of:
            self._leaf_of[term] = len(self._leaves)
            self._leaves.append(term)
        return -1 - self._leaf_of[term]


def _letter(number: int) -> Term:
    return name(Name("a", sub=str(number + 1)))


def _in_letters(term: Term, known: Mapping[Term, int], inputs: dict[Term, int], bound: frozenset[Term]) -> Term:
    """The formula with a letter for each node before it and each name; it is short, so this may recurse."""
    if term not in bound and (term in known or term.kind == "name"):
        return _letter(inputs.setdefault(term, len(inputs)))
    if term.kind in BINDERS:
        bound = bound | frozenset(term.args[BINDERS[term.kind]])
    return with_args(term, tuple([_in_letters(arg, known, inputs, bound) for arg in term.args]))
