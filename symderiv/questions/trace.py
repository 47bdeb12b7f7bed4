"""A trace asked for: the graph drawn with its values and adjoints, the table of nodes, and how each number comes about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from symderiv.deriving.derivation import Derivation, Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.program import Node, plain, sizes_of
from symderiv.deriving.trace import dotted, upstream
from symderiv.deriving.values import rounded
from symderiv.errors import SymderivError
from symderiv.questions.graph_drawing import drawn
from symderiv.questions.part import Cell, Chain, Grid, Part, Picture, Words
from symderiv.questions.tracing import Traced, equation, exact, key_of, shown, traced
from symderiv.reading.environment import Environment
from symderiv.term.build import name, relation
from symderiv.term.kinds import Term
from symderiv.term.places import opened, substitute, with_args
from symderiv.worth.value import Numbers

formula_of_a_node = Move(
    "the node", lambda term: term.args[0] if term.kind == "named" else None, say="what the node is made from", minor=True
)


@dataclass(frozen=True)
class Trace:
    r"""A formula at a point, forward and backward.

    `formula` is broken into elementary nodes; where it names a quantity that `nodes` (definitions in order) or the problem's
    `given` define, those definitions are the nodes. `at` has a value for every input. `log_base` is the base of logarithms
    that have none. `along` names an input that is a number: then a table of tangents stands there too. `words` come first.

    >>> from symderiv.reading.declare import environment
    >>> picture, grid = Trace("x^2 + 1", {"x": 3}).parts(environment([]))
    >>> [row[1] for row in grid.rows], [row[3] for row in grid.rows]
    ([3, 9, 10], [6, 1, 1])
    """

    formula: str
    at: Mapping[str, Any] = field(default_factory=dict)
    nodes: tuple[str, ...] = ()
    log_base: int | None = None
    along: str = ""
    words: str = ""

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The words, the picture, the table, and the table of tangents."""
        lead: tuple[Part, ...] = (Words(self.words),) if self.words else ()
        return (*lead, *Shown(self.traced(known), self.along).parts(known))

    def traced(self, known: Environment) -> Traced:
        """The trace at the point."""
        return traced(self.formula, self.at, known, self.nodes, self.log_base)


@dataclass(frozen=True)
class Shown:
    """A trace that was made already."""

    found: Traced
    along: str = ""

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The picture, the table, and the table of tangents."""
        forward = (tangent_table(self.found, self.along),) if self.along else ()
        return (Picture(drawn(self.found)), table(self.found), *forward)


HEAD: tuple[Cell, ...] = ("node", "value", "adjoint", "value of the adjoint")
TANGENTS: tuple[Cell, ...] = ("node", "tangent", "value of the tangent")


def table(found: Traced) -> Grid:
    """The nodes in forward order, each with its value, its adjoint and the value of that."""
    rows = tuple(_row(found, node) for node in found.program.nodes)
    return Grid(HEAD, rows, tuple(_chains(found)), tuple(_found(found)))


def _row(found: Traced, node: Node) -> tuple[Cell, ...]:
    adjoint = found.trace.derivations[node.part]
    return (
        equation(node),
        shown(found.value(node.part)),
        relation("=", upstream(node), adjoint.result),
        shown(found.adjoint(node.part)),
    )


def _chains(found: Traced) -> Iterator[Chain]:
    """How each number comes about: the values forward, the adjoints backward."""
    numbers = _Numbers(found)
    for node in found.program.nodes:
        if node.local is not None:
            draft = Draft(node.local, found.trace.given)
            draft.use(formula_of_a_node)
            draft.breaks.append(1)
            draft.shown.append(draft.term)
            steps = Derivation(draft.start, tuple(draft.steps), tuple(draft.breaks), tuple(draft.shown), draft.given)
            yield numbers.behind(steps, found.value(node.part))
    for node in reversed(found.program.nodes):
        yield numbers.behind(found.trace.derivations[node.part], found.adjoint(node.part))


class _Numbers:
    """The numbers of a trace, rounded, for the plain letters of its nodes and adjoints."""

    def __init__(self, found: Traced) -> None:
        self.found = found
        self.rounded: dict[Term, Term] = {}
        self.is_exact: dict[Term, bool] = {}
        for node in (node for node in found.program.nodes if not sizes_of(node.part)):
            self._know(plain(node.part), found.value(node.part))
            self._know(upstream(node), found.adjoint(node.part))

    def _know(self, letter: Term, value: Numbers) -> None:
        self.rounded[letter], self.is_exact[letter] = shown(value), _is_shown(value)

    def behind(self, steps: Derivation, value: Numbers) -> Chain:
        """A chain with its numbers put in, where all are numbers."""
        letters = {leaf for leaf in steps.result.free if leaf.kind == "name"}
        filled = substitute(steps.result, self.rounded) if letters and letters <= self.rounded.keys() else None
        known = all(self.is_exact[letter] for letter in letters if letter in self.rounded)
        return Chain(
            steps,
            number=shown(value),
            filled=filled,
            filled_sign="=" if known else "≈",
            exact=known and _is_shown(value),
        )


def _is_shown(value: Numbers) -> bool:
    """Whether the digits that are shown are the value itself."""
    if isinstance(value, list):
        return all(map(_is_shown, value))
    written = rounded(abs(value))
    return written.kind == "number" and float(written.data[0]) == abs(value)


def _found(found: Traced) -> Iterator[Term]:
    """The values and adjoints as exact terms, where all inputs are numbers."""
    point = {letter: exact(value) for letter, value in found.at.items()}
    numerals = {letter: number for letter, number in point.items() if number is not None}
    if len(numerals) == len(point):
        for node in found.program.nodes:
            for term in (node.part, found.trace.adjoints[node.part]):
                yield substitute(opened(term), numerals)


def tangent_table(found: Traced, along: str) -> Grid:
    """Forward mode: the tangents of all nodes along one input."""
    source = next((node for node in found.program.nodes if node.letter is not None and _is_called(node, along)), None)
    if source is None:
        raise SymderivError("unknown-name", f"{along} is no input of the graph; name one that is a number")
    tangents = found.trace.tangents(source.part)
    letters = {node.part: plain(node.part) for node in found.program.nodes}
    letters |= {tangents[node.part]: name(dotted(node.part), *sizes_of(node.part)) for node in found.program.nodes}
    rows = []
    for node in found.program.nodes:
        moved = tangents[node.part]
        formula = relation("=", letters[moved], _shallow(moved.args[0], letters))
        rows.append((equation(node), formula, shown(found.values(moved))))
    return Grid(TANGENTS, tuple(rows))


def _shallow(term: Term, letters: Mapping[Term, Term]) -> Term:
    return letters[term] if term in letters else with_args(term, tuple(_shallow(arg, letters) for arg in term.args))


def _is_called(node: Node, along: str) -> bool:
    assert node.letter is not None
    return key_of(node) == along.strip() or node.letter.data.name.latex == along.strip()
