"""A formula at a point as a computation graph: its nodes, its adjoints, and every value from unrounded numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from symderiv.deriving.program import Node, Program, defined, plain, program, written
from symderiv.deriving.trace import Trace, barred
from symderiv.deriving.values import rounded
from symderiv.errors import SymderivError
from symderiv.reading.declare import extended
from symderiv.reading.environment import Environment
from symderiv.reading.problems import read_name, read_problem
from symderiv.reading.programs import read_program
from symderiv.term.build import literal, minus, name, named, num, partial, relation
from symderiv.term.kinds import Term
from symderiv.term.logarithms import has_bare_logarithm, to_base
from symderiv.term.places import with_args
from symderiv.worth.value import Numbers, Values

#: Logarithms that a base is taken for.
LOGARITHMS = ("log", "ln")


@dataclass(frozen=True)
class Traced:
    """A trace at a point: `at` are the values of the inputs."""

    trace: Trace
    at: Mapping[Term, Any]

    @property
    def program(self) -> Program:
        """The nodes."""
        return self.trace.program

    @cached_property
    def values(self) -> Values:
        """The values at the point; every node and every adjoint has been found to have one."""
        values = Values(self.at, self.trace.given)
        for node in self.program.nodes:
            _valued(values, node, node.part, "has no real value")
        for node in reversed(self.program.nodes):
            _valued(values, node, self.trace.adjoints[node.part], "has no derivative (a kink, or the edge of its domain)")
        self.trace.confirm(values)
        return values

    @cached_property
    def said(self) -> tuple[Term, ...]:
        """Inputs, nodes and adjoints as named parts over the numbers of the point: what a hand derivation may speak of."""
        numbers = {letter: named(letter.data.name, _numerals(value)) for letter, value in self.at.items()}
        done: dict[Term, Term] = dict(numbers)
        parts = [node.part for node in self.program.nodes if node.part not in done]
        for part in parts:
            done[part] = named(part.data, _over(part.args[0], done))
        result = done[self.program.result]
        bars = [named(barred(node.part), partial(result, done[node.part])) for node in self.program.nodes]
        return (*done.values(), *bars)

    def value(self, part: Term) -> Numbers:
        """The value of a node."""
        return self.values(part)

    def adjoint(self, part: Term) -> Numbers:
        """The value of a node's adjoint."""
        return self.values(self.trace.adjoints[part])


def _valued(values: Values, node: Node, term: Term, what: str) -> None:
    try:
        values(term)
    except SymderivError as stop:
        if stop.code == "no-value":
            raise SymderivError("no-value", f"the node {key_of(node)} {what} at this point; choose another one") from None
        raise


def traced(
    expression: str | Term,
    at: Mapping[Any, Any],
    known: Environment,
    given: Iterable[str | Term] = (),
    log_base: int | None = None,
) -> Traced:
    r"""The trace of a formula, broken into elementary nodes, or of a quantity that `given` defines node by node.

    >>> found = traced("x^2 + 3x", {"x": 2}, Environment())
    >>> [found.value(node.part) for node in found.program.nodes], found.adjoint(found.program.nodes[0].part)
    ([2.0, 4.0, 6.0, 10.0], 7.0)
    """
    arrays = _undeclared(at, known)
    known = read_program(given, (*_letters(known), *arrays)) if given else extended(known, arrays)
    quantity, whole = _quantity(expression, known)
    if log_base is not None:
        quantity = _rebased(quantity, log_base)
    nodes = defined(quantity) if whole else program(quantity)
    point = {_letter(key, known): value for key, value in at.items()}
    _fits(nodes, point, known)
    return Traced(Trace(nodes, known.given), point)


def _letters(known: Environment) -> tuple[Term, ...]:
    """What is known already, as terms that declare it."""
    return (*known.given, *(term for term in known.quantities.values() if term.kind in ("name", "named", "index")))


def _undeclared(at: Mapping[Any, Any], known: Environment) -> list[Term]:
    """Names that nobody declared and whose values are arrays: the values tell their shape."""
    found: list[Term] = []
    for key, value in at.items():
        sizes = _sizes(value)
        letter = _letter(key, known)
        if sizes and letter.kind == "name" and not letter.data.shape and known.undeclared(letter):
            found.append(name(letter.data.name, *sizes))
    return found


def _sizes(value: Any) -> tuple[int, ...]:
    if hasattr(value, "tolist"):
        value = value.tolist()
    return (len(value), *_sizes(value[0])) if isinstance(value, list | tuple) and value else ()


def _letter(key: Any, known: Environment) -> Term:
    return key if isinstance(key, Term) else read_name(key, known)


def _quantity(expression: str | Term, known: Environment) -> tuple[Term, bool]:
    """What is traced, and whether it is a quantity that was defined, whose definitions are then the nodes."""
    if isinstance(expression, Term):
        return expression, expression.kind == "named"
    left, body = read_problem(expression, known)
    if left is None:
        return body, body.kind == "named"
    return named(left, body), False


def _rebased(quantity: Term, base: int) -> Term:
    if base < 2:
        raise SymderivError("usage", f"a logarithm has a base of at least 2, as 10; got {base}")
    if not has_bare_logarithm(quantity, LOGARITHMS):
        raise SymderivError(
            "usage", f"base {base} was asked for, but no logarithm without a base stands here; leave the base out"
        )
    return to_base(quantity, base, LOGARITHMS)


def _fits(nodes: Program, point: Mapping[Term, Any], known: Environment) -> None:
    """Every input has a value, and every value belongs to an input."""
    needed = {node.letter: node for node in nodes.nodes if node.letter is not None}
    missing = [letter for letter in needed if letter not in point]
    if missing:
        names = ", ".join(letter.data.name.latex for letter in missing)
        raise SymderivError("value", f"no value for {names}; give one with `at`, as {missing[0].data.name.latex} = 1")
    parts = {written(node.part): node for node in nodes.nodes}
    for letter in point:
        if letter in needed or (letter.kind == "name" and letter in known.quantities.values()):
            continue
        names = ", ".join(other.data.name.latex for other in needed)
        said = "is a node that is computed" if letter.kind == "named" or letter.data.name in parts else "stands nowhere"
        raise SymderivError("unknown-name", f"a value is given for {letter}, which {said}; values are given for {names}")


def shown(numbers: Numbers) -> Term:
    """A value as it stands on a page, rounded: a number, a column, a matrix.

    >>> shown(133.0608596), shown([1.0, 0.25]).args
    (133.06, (1, 0.25))
    """
    if not isinstance(numbers, list):
        return rounded(numbers)
    rows = [row if isinstance(row, list) else [row] for row in numbers]
    return literal([[rounded(cell) for cell in row if not isinstance(cell, list)] for row in rows])


def _numerals(value: Any) -> Term:
    """The data as a term: a number, a column, a matrix."""
    number = exact(value)
    if number is not None:
        return number
    rows = value.tolist() if hasattr(value, "tolist") else value
    cells = [[exact(cell) for cell in (row if isinstance(row, list | tuple) else [row])] for row in rows]
    return literal([[cell for cell in row if cell is not None] for row in cells])


def _over(term: Term, done: Mapping[Term, Term]) -> Term:
    """A term over other parts."""
    return done[term] if term in done else with_args(term, tuple([_over(arg, done) for arg in term.args]))


def exact(value: Any) -> Term | None:
    """A number of the data as it was given, `0.1`; None for an array."""
    if isinstance(value, str):
        text = value.strip()
    elif hasattr(value, "tolist") or isinstance(value, list | tuple):
        return None
    else:
        text = repr(value)
    text = text.removesuffix(".0")
    return minus(num(text[1:])) if text.startswith("-") else num(text)


def equation(node: Node) -> Term:
    """The line of a node, `v_3 = v_1 / v_2`; an input that has a name of its own stands alone."""
    right = node.local.args[0] if node.local is not None else node.letter
    assert right is not None
    return right if right is plain(node.part) else relation("=", plain(node.part), right)


def key_of(node: Node) -> str:
    """What a node is called in keys: an input by its letter, `x`, other nodes by their names, `v_1`."""
    found = written(node.letter if node.letter is not None else node.part)
    text = found.latex
    short = f"_{{{found.sub}}}"
    return text.replace(short, f"_{found.sub}") if len(found.sub) == 1 else text
