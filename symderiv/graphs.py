"""A computation graph for users: the rows of its trace, forward and backward, its value, its adjoints, and its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from symderiv.api import Expression, OnAPage, Sheet
from symderiv.deriving.program import Node
from symderiv.deriving.trace import Share
from symderiv.errors import SymderivError
from symderiv.pages.assembling import sheet as page_of
from symderiv.problem import Problem
from symderiv.questions.trace import Shown
from symderiv.questions.tracing import Traced, key_of, traced
from symderiv.reading.environment import Environment
from symderiv.term.build import partial
from symderiv.term.kinds import Term
from symderiv.term.sympy_door import from_sympy
from symderiv.worth.value import Numbers


@dataclass(frozen=True, slots=True)
class Local:
    """The derivative of a node by one of its inputs, and the share of the input's adjoint that comes back through it."""

    derivative: Expression
    value: Any
    share: Expression
    share_value: Any


@dataclass(frozen=True, slots=True)
class Row:
    """One node: `expression` is what it is made from, `local` has its derivative by each of its inputs."""

    name: str
    expression: Expression
    value: Any
    local: Mapping[str, Local]
    adjoint: Expression
    adjoint_value: Any


@dataclass(frozen=True)
class Trace(OnAPage):
    r"""A computation graph at a point.

    >>> t = trace("(x^2/\\ln x + c)(x^2/\\ln x - c)", at={"x": 5, "c": 3})
    >>> [row.name for row in t.rows]
    ['c', 'x', 'v_1', 'v_2', 'v_3', 'v_4', 'v_5', 'v_6']
    >>> round(t.value, 4), round(t.adjoints["x"], 4), t.adjoints["c"]
    (232.2857, 133.0609, -6.0)
    """

    found: Traced

    @property
    def value(self) -> Any:
        """The value of the last node."""
        return _array(self.found.value(self.found.program.result))

    @property
    def values(self) -> dict[str, Any]:
        """The value of every node by its name, an input by its own letter."""
        return {key_of(node): _array(self.found.value(node.part)) for node in self.found.program.nodes}

    @property
    def adjoints(self) -> dict[str, Any]:
        """The derivative of the last node by every node and every input."""
        return {key_of(node): _array(self.found.adjoint(node.part)) for node in self.found.program.nodes}

    def tangents(self, along: str) -> dict[str, Any]:
        """Forward mode: the derivative of every node by one input that is a number.

        >>> trace("x^2 + 3x", at={"x": 2}).tangents("x")["v_3"]
        7.0
        """
        for node in self.found.program.nodes:
            if node.letter is not None and key_of(node) == along:
                moved = self.found.trace.tangents(node.part)
                nodes = self.found.program.nodes
                return {key_of(each): _array(self.found.values(moved[each.part])) for each in nodes}
        raise SymderivError("unknown-name", f"{along} is no input of the graph; name one that is a number")

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The nodes in forward order."""
        return tuple(map(self._row, self.found.program.nodes))

    def _row(self, node: Node) -> Row:
        right = node.local.args[0] if node.local is not None else node.letter
        assert right is not None
        local = {key_of(self._node(item)): self._local(node, item) for item in node.inputs}
        adjoint = Expression(self.found.trace.derivations[node.part].result, {})
        value, back = self.found.value(node.part), self.found.adjoint(node.part)
        return Row(key_of(node), Expression(right, {}), _array(value), local, adjoint, _array(back))

    def _node(self, part: Term) -> Node:
        return next(node for node in self.found.program.nodes if node.part is part)

    def _local(self, node: Node, source: Term) -> Local:
        trace = self.found.trace
        share = next(share for share in trace.shares[source] if share.node is node)
        rate, over_parts = self._rate(share, node)
        return Local(
            Expression(rate, {}),
            _array(self.found.values(over_parts)),
            Expression(share.found, {}),
            _array(self.found.values(trace.in_parts(share, share.found))),
        )

    def _rate(self, share: Share, node: Node) -> tuple[Term, Term]:
        """The local derivative over plain letters, and over the parts of the graph; of arrays it is not carried out."""
        if share.local is not None:
            return share.local, self.found.trace.in_parts(share, share.local)
        assert node.local is not None
        rate = partial(node.local, share.letter)
        return rate, self.found.trace.in_parts(share, rate)

    @cached_property
    def page(self) -> Sheet:
        """The picture and the table as a sheet."""
        return Sheet(page_of([Problem("Trace", asks=(Shown(self.found),))]))

    def to_dict(self) -> dict[str, Any]:
        """The trace as plain data: `{"schema": "symderiv/trace/1", …}`."""
        return {
            "schema": "symderiv/trace/1",
            "value": self.found.value(self.found.program.result),
            "adjoints": {key_of(node): self.found.adjoint(node.part) for node in self.found.program.nodes},
            "rows": [_row_data(row) for row in self.rows],
        }


def _row_data(row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "expression": row.expression.latex(),
        "value": _plain(row.value),
        "local": {
            key: {
                "derivative": local.derivative.latex(),
                "value": _plain(local.value),
                "share": local.share.latex(),
                "share_value": _plain(local.share_value),
            }
            for key, local in row.local.items()
        },
        "adjoint": row.adjoint.latex(),
        "adjoint_value": _plain(row.adjoint_value),
    }


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value


def _array(numbers: Numbers) -> Any:
    if isinstance(numbers, list):
        import numpy

        return numpy.array(numbers)
    return numbers


def trace(expr: Any, at: Mapping[Any, Any], given: Iterable[Any] = (), log_base: int | None = None) -> Trace:
    r"""Trace a formula at a point: values forward, adjoints backward, every local derivative derived by rules and verified.

    `expr` is a formula (LaTeX or SymPy), broken into elementary nodes `v_1, v_2, …`, or the LaTeX name of a quantity that
    `given` defines step by step: then the definitions are the nodes. `at` has a number or an array for every input.
    `log_base` is the base of logarithms without one. Raises SymderivError.

    >>> trace("L", {"x": [1, 2]}, [r"x \in \mathbb{R}^2", r"L = \|x\|^2"]).adjoints["x"].tolist()
    [2.0, 4.0]
    """
    formula = expr if isinstance(expr, str) else from_sympy(expr)
    point = {key if isinstance(key, str) else from_sympy(key): value for key, value in at.items()}
    found = traced(formula, point, Environment(), tuple(given), log_base)
    _ = found.values  # what has no value is refused here
    return Trace(found)
