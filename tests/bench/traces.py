"""Tables of traces with one planted error: is the cell found, and is it said why? By arithmetic of its own.

    PYTHONPATH=tests python -m bench.traces --count 500

A random graph is written as definitions, its values and adjoints are computed here in floats, one cell is spoiled, what
comes after it is computed from the spoiled one, and the table goes to the judge with six digits.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from symderiv.judge.tracing import Filled, judge_table
from symderiv.questions.tracing import traced
from symderiv.reading.environment import Environment

KINDS = ("not accumulated", "local derivative", "sign", "log base", "rounded", "arithmetic")
LN10 = math.log(10)


@dataclass(frozen=True)
class Operation:
    """How a node is written, its value, its derivative by each input, and what people write instead of each."""

    latex: str
    value: Callable[..., float]
    slopes: tuple[Callable[..., float], ...]
    mistaken: tuple[tuple[Callable[..., float], ...], ...] = ()


def sigma(t: float) -> float:
    return 1 / (1 + math.exp(-t))


def one(*_: float) -> float:
    return 1.0


OPERATIONS: dict[str, Operation] = {
    "sum": Operation("{0} + {1}", lambda a, b: a + b, (one, one)),
    "difference": Operation("{0} - {1}", lambda a, b: a - b, (one, lambda a, b: -1.0)),
    "product": Operation(
        "{0} {1}", lambda a, b: a * b, (lambda a, b: b, lambda a, b: a), ((lambda a, b: a, one), (lambda a, b: b, one))
    ),
    "quotient": Operation(
        r"\frac{{{0}}}{{{1}}}", lambda a, b: a / b, (lambda a, b: 1 / b, lambda a, b: -a / b**2),
        ((lambda a, b: b, one), (lambda a, b: -a / b, lambda a, b: -1 / b**2)),
    ),
    "square": Operation("{0}^2", lambda a: a**2, (lambda a: 2 * a,), ((lambda a: a, lambda a: 2.0),)),
    "cube": Operation("{0}^3", lambda a: a**3, (lambda a: 3 * a**2,), ((lambda a: a**2, lambda a: 3 * a),)),
    "root": Operation(r"\sqrt{{{0}}}", math.sqrt, (lambda a: 0.5 / math.sqrt(a),), ((lambda a: 1 / math.sqrt(a),),)),
    "ln": Operation(r"\ln {0}", math.log, (lambda a: 1 / a,), ((lambda a: a, lambda a: math.log(a)),)),
    "log10": Operation(r"\log_{{10}} {0}", math.log10, (lambda a: 1 / (a * LN10),), ()),
    "exp": Operation("e^{{{0}}}", math.exp, (math.exp,), ((lambda a: a * math.exp(a - 1), one),)),
    "sin": Operation(r"\sin {0}", math.sin, (math.cos,), ((math.sin, one),)),
    "cos": Operation(r"\cos {0}", math.cos, (lambda a: -math.sin(a),), ((math.cos,),)),
    "tanh": Operation(
        r"\tanh {0}", math.tanh, (lambda a: 1 - math.tanh(a) ** 2,), ((lambda a: 1 - math.tanh(a), math.tanh),)
    ),
    "sigma": Operation(r"\sigma({0})", sigma, (lambda a: sigma(a) * (1 - sigma(a)),), ((sigma, lambda a: 1 - sigma(a)),)),
}  # fmt: skip
DOMAIN = {"root": 0.05, "ln": 0.05, "log10": 0.05}


@dataclass(frozen=True)
class Node:
    operation: str
    inputs: tuple[int, ...]


@dataclass(frozen=True)
class Graph:
    """Inputs are numbered first, then the nodes; the last one is the result."""

    point: tuple[float, ...]
    nodes: tuple[Node, ...]

    def name(self, place: int) -> str:
        return "abc"[place] if place < len(self.point) else f"v_{place - len(self.point) + 1}"

    def definitions(self) -> list[str]:
        found = []
        for number, node in enumerate(self.nodes, len(self.point)):
            right = OPERATIONS[node.operation].latex.format(*map(self.name, node.inputs))
            found.append(f"{self.name(number)} = {right}")
        return found

    def users(self, place: int) -> list[tuple[int, int]]:
        """The nodes that a place goes into, and as which input."""
        first = len(self.point)
        return [
            (number, spot)
            for number, node in enumerate(self.nodes, first)
            for spot, at in enumerate(node.inputs)
            if at == place
        ]


def drawn(rng: random.Random) -> Graph:
    """A random graph in which everything reaches the result."""
    while True:
        inputs = rng.randint(1, 3)
        point = tuple(round(rng.uniform(0.3, 3), 1) for _ in range(inputs))
        values, nodes = list(point), list[Node]()
        for _ in range(rng.randint(4, 9)):
            operation = rng.choice(list(OPERATIONS))
            count = len(OPERATIONS[operation].slopes)
            fresh = range(max(0, len(values) - 4), len(values))
            if len(fresh) < count:
                continue
            chosen = tuple(rng.sample(fresh, count))
            if any(values[place] <= DOMAIN.get(operation, -math.inf) for place in chosen):
                continue
            if operation == "quotient" and abs(values[chosen[1]]) < 0.1:
                continue
            value = OPERATIONS[operation].value(*[values[place] for place in chosen])
            if not 0.02 < abs(value) < 500:
                continue
            values.append(value)
            nodes.append(Node(operation, chosen))
        graph = Graph(point, tuple(nodes))
        if len(nodes) > 2 and all(graph.users(place) for place in range(len(values) - 1)):
            return graph


@dataclass(frozen=True)
class Spoiled:
    """A cell and what stands there instead, as a factor or addition on the way: `value` is computed with `how`."""

    kind: str
    column: str
    place: int
    how: Callable[[list[float], list[float], float], float]


def forward(graph: Graph, spoiled: Spoiled | None = None) -> list[float]:
    values = list(graph.point)
    for number, node in enumerate(graph.nodes, len(graph.point)):
        value = OPERATIONS[node.operation].value(*[values[place] for place in node.inputs])
        if spoiled is not None and (spoiled.column, spoiled.place) == ("value", number):
            value = spoiled.how(values, [], value)
        values.append(value)
    return values


def backward(graph: Graph, values: list[float], spoiled: Spoiled | None = None) -> list[float]:
    adjoints = [0.0] * len(values)
    adjoints[-1] = 1.0
    for place in reversed(range(len(values) - 1)):
        total = sum(shares(graph, values, adjoints, place))
        if spoiled is not None and (spoiled.column, spoiled.place) == ("adjoint", place):
            total = spoiled.how(values, adjoints, total)
        adjoints[place] = total
    return adjoints


def shares(graph: Graph, values: list[float], adjoints: list[float], place: int) -> list[float]:
    found = []
    for number, spot in graph.users(place):
        node = graph.nodes[number - len(graph.point)]
        slope = OPERATIONS[node.operation].slopes[spot](*[values[item] for item in node.inputs])
        found.append(adjoints[number] * slope)
    return found


def rough(number: float) -> float:
    return float(f"{number:.1e}")


def plants(graph: Graph, rng: random.Random) -> Iterator[Spoiled]:
    """Every error that may be planted in this graph, in a random order of kinds."""
    first, last = len(graph.point), len(graph.point) + len(graph.nodes) - 1
    kind = rng.choice(KINDS)
    place = rng.randrange(0, last)
    number = rng.randrange(first, last + 1)
    node = graph.nodes[number - first]
    users = graph.users(place)
    if kind == "not accumulated" and len(users) > 1:
        lost = rng.randrange(len(users))

        def without(values: list[float], adjoints: list[float], total: float) -> float:
            return total - shares(graph, values, adjoints, place)[lost]

        yield Spoiled(kind, "adjoint", place, without)
    elif kind in ("local derivative", "log base"):
        which = rng.randrange(len(users))
        slope = _wrong_slope(graph, users[which], kind, rng)
        if slope is not None:

            def mistaken(values: list[float], adjoints: list[float], total: float) -> float:
                user = graph.nodes[users[which][0] - first]
                wrong = slope(*[values[item] for item in user.inputs])
                return total - shares(graph, values, adjoints, place)[which] + adjoints[users[which][0]] * wrong

            yield Spoiled(kind, "adjoint", place, mistaken)
    elif kind == "sign":
        turned = rng.randrange(len(users))
        if rng.random() < 0.7:
            yield Spoiled(kind, "adjoint", place, lambda v, a, total: total - 2 * shares(graph, v, a, place)[turned])
        elif node.operation in ("sum", "difference"):
            sign = -1 if node.operation == "sum" else 1
            yield Spoiled(kind, "value", number, lambda v, a, total: v[node.inputs[0]] + sign * v[node.inputs[1]])
    elif kind == "rounded":
        if rng.random() < 0.5:
            value = OPERATIONS[node.operation].value
            yield Spoiled(kind, "value", number, lambda v, a, total: value(*[rough(v[item]) for item in node.inputs]))
        else:
            yield Spoiled(
                kind, "adjoint", place, lambda v, a, total: sum(shares(graph, [*map(rough, v)], [*map(rough, a)], place))
            )
    elif kind == "arithmetic":
        factor = rng.choice((1.1, 0.9, 10, 0.1, 1.01, 1.37, 0.73))
        column, spot = ("value", number) if rng.random() < 0.5 else ("adjoint", place)
        yield Spoiled(kind, column, spot, lambda v, a, total: total * factor + 0.01)


def _wrong_slope(graph: Graph, user: tuple[int, int], kind: str, rng: random.Random) -> Callable[..., float] | None:
    node = graph.nodes[user[0] - len(graph.point)]
    if kind == "log base":
        return {"ln": lambda a: 1 / (a * LN10), "log10": lambda a: 1 / a}.get(node.operation)
    mistakes = OPERATIONS[node.operation].mistaken
    return rng.choice(mistakes[user[1]]) if mistakes else None


def digits(number: float) -> str:
    """Six digits, as a table of a calculator has them."""
    if number == 0:
        return "0"
    places = max(0, 5 - math.floor(math.log10(abs(number))))
    return f"{number:.{places}f}"


@dataclass(frozen=True)
class Case:
    graph: Graph
    spoiled: Spoiled
    values: dict[str, str]
    adjoints: dict[str, str]

    @property
    def cell(self) -> str:
        name = self.graph.name(self.spoiled.place)
        return name if self.spoiled.column == "value" else f"\\bar{{{name[0]}}}{name[1:]}"

    def judged(self) -> tuple[Filled, ...]:
        point = {"abc"[number]: str(value) for number, value in enumerate(self.graph.point)}
        given = (r"\sigma(s) = \frac{1}{1 + e^{-s}}", *self.graph.definitions())
        found = traced(self.graph.name(len(self.graph.point) + len(self.graph.nodes) - 1), point, Environment(), given)
        return judge_table(found, self.values, self.adjoints)


def cases(count: int, seed: int) -> Iterator[Case]:
    rng = random.Random(seed)
    made = 0
    while made < count:
        graph = drawn(rng)
        for spoiled in plants(graph, rng):
            case = spoilt(graph, spoiled)
            if case is not None:
                made += 1
                yield case


def spoilt(graph: Graph, spoiled: Spoiled) -> Case | None:
    """The table with the error; None where it does not show, or nothing can be computed from it."""
    true = forward(graph)
    try:
        values = forward(graph, spoiled)
        adjoints = backward(graph, values, spoiled)
    except (ValueError, OverflowError, ZeroDivisionError):
        return None
    before, after = (true, values) if spoiled.column == "value" else (backward(graph, true), adjoints)
    old, new = before[spoiled.place], after[spoiled.place]
    if abs(new - old) < 1e-3 * max(abs(old), abs(new), 1e-3) or not all(
        abs(number) < 1e6 for number in (*values, *adjoints)
    ):
        return None
    names = [graph.name(place) for place in range(len(values))]
    return Case(
        graph,
        spoiled,
        dict(zip(names, map(digits, values), strict=True)),
        dict(zip(names, map(digits, adjoints), strict=True)),
    )


def told(cell: Filled) -> str:
    """The class of the cause that was named."""
    assert cell.cause is not None
    names = {"missing-path": "not accumulated", "sign": "sign", "log-base": "log base"}
    rounding = {"rounded on the way": "rounded", "a slip in arithmetic": "arithmetic"}
    return rounding.get(cell.cause.name) or names.get(cell.cause.kind, "local derivative")


@dataclass
class Score:
    count: int = 0
    node: int = 0
    cause: int = 0
    others: int = 0

    @property
    def line(self) -> str:
        return (
            f"{self.count} tables: the right node first in {self.node / self.count:.1%}, the right cause in "
            f"{self.cause / self.count:.1%}, another cell called wrong in {self.others / self.count:.1%}"
        )


def measured(
    count: int, seed: int, show: Callable[[str], None] = lambda line: None
) -> tuple[Score, Counter[tuple[str, str]]]:
    score, confused = Score(), Counter[tuple[str, str]]()
    for case in cases(count, seed):
        cells = case.judged()
        wrong = [cell for cell in cells if cell.verdict == "wrong"]
        score.count += 1
        right = bool(wrong) and wrong[0].name == case.cell
        score.node += right
        score.others += any(cell.name != case.cell for cell in wrong)
        cause = told(wrong[0]) if right else "another node"
        score.cause += cause == case.spoiled.kind
        if cause != case.spoiled.kind:
            confused[case.spoiled.kind, cause] += 1
            show(f"{case.spoiled.kind} as {cause}: {case.cell} in {', '.join(case.graph.definitions())}; {case.graph.point}")
    return score, confused


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print every table that was not understood")
    options = parser.parse_args()
    score, confused = measured(options.count, options.seed, print if options.show else lambda line: None)
    print(score.line)
    for (kind, cause), count in confused.most_common():
        print(f"  {kind} taken for {cause}: {count}")


if __name__ == "__main__":
    main()
