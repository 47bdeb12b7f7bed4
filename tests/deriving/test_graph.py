"""Named derivations: large graphs are told node by node, in linear time, and what would be written out is refused."""

from __future__ import annotations

import math
import tracemalloc

import pytest
import sympy

import symderiv as sd
from symderiv.deriving.answer import Routes
from symderiv.deriving.graph import Graph
from symderiv.pages.layout import layout
from symderiv.term.build import (
    ZERO,
    E,
    add,
    apply,
    bigsum,
    function,
    index,
    integral,
    minus,
    mul,
    name,
    named,
    num,
    relation,
)
from symderiv.term.kinds import Term
from symderiv.term.size import LEAVES, is_large
from symderiv.worth.compare import compare
from symderiv.worth.value import value

x, a, t = name("x"), name("a"), name("t")


def sin(term: Term) -> Term:
    return apply(function("sin", known=True), term)


def shared(length: int) -> Term:
    """x_{k+1} = x_k·x_k + sin x_k."""
    term = x
    for _ in range(length):
        term = add(mul(term, term), sin(term))
    return term


def chain(length: int) -> Term:
    term = x
    for _ in range(length):
        term = sin(term)
    return term


def parts(length: int) -> list[tuple[Term, Term]]:
    names = [x, *[name(f"x_{number}") for number in range(1, length + 1)]]
    return [(names[k + 1], add(mul(names[k], names[k]), sin(names[k]))) for k in range(length)]


def forward(length: int, at: float) -> float:
    value, rate = at, 1.0
    for _ in range(length):
        value, rate = value * value + math.sin(value), (2 * value + math.cos(value)) * rate
    return rate


@pytest.mark.parametrize("made", [lambda n: Graph(x, [shared(n)]), lambda n: Graph(x, parts(n))], ids=["shared", "parts"])
def test_ten_thousand_nodes(made) -> None:
    graph = made(10_000)
    assert (len(graph), len(graph.patterns)) == (10_000, 1)
    assert graph.evaluate({x: -0.5}) == pytest.approx(forward(10_000, -0.5), rel=1e-9)


def test_a_long_chain_is_cut_into_short_steps() -> None:
    graph = Graph(x, [chain(10_000)])
    assert len(graph.patterns) <= 2
    assert 1000 < len(graph) < 10_000
    assert graph.evaluate({x: 0.5}) == pytest.approx(math.prod(map(math.cos, iterated(0.5, 10_000))), rel=1e-9)


def iterated(at: float, length: int) -> list[float]:
    found = [at]
    for _ in range(length - 1):
        found.append(math.sin(found[-1]))
    return found


def test_memory_grows_with_the_nodes() -> None:
    term = shared(5000)
    Graph(x, [shared(5)])
    tracemalloc.start()
    graph = Graph(x, [term])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak / len(graph) < 3 * 500  # each step is three nodes of the expression


@pytest.mark.parametrize(
    "term",
    [
        shared(4),
        E ** minus(shared(2)) * (a + shared(2)),
        named("z", x * a + 1) ** 2 * sin(named("z", x * a + 1)),
        add(mul(shared(1), shared(1)), bigsum(shared(1) ** index("k"), index("k"), num(1), num(3))),
        mul(integral(E ** (t * x), t, ZERO, shared(1)), shared(1)),
        add(shared(1) * shared(1), t**2),
    ],
)
def test_the_nodes_give_the_same_value_as_the_formula(term: Term) -> None:
    from symderiv.term.build import partial

    graph = Graph(x, [term])
    at = {x: 0.25, a: 1.5, t: 2}
    assert graph.evaluate(at) == pytest.approx(value(partial(term, x), at), rel=1e-12)


def test_each_line_holds_where_the_nodes_stand_for_their_definitions() -> None:
    graph = Graph(x, [shared(3)])
    values: dict[Term, Term] = {}
    for step in graph:
        what, formula = step.definition.args
        rate, told = step.derivative.args
        assert rate.args == (what, x)
        opened = {**values, what: named(what.data.name, put(formula, values))}
        assert compare(put(rate, opened), put(told, opened)).kind == "proved"
        values = opened


def put(term: Term, values: dict[Term, Term]) -> Term:
    from symderiv.term.places import rebuilt, with_args

    return rebuilt(term, lambda node, args: values.get(node) or with_args(node, args), into_names=False)


def test_every_step_is_verified() -> None:
    found = [evidence.kind for _, evidence in Graph(x, [shared(50)]).verified()]
    assert found == ["proved"] * 50


def test_the_page_shows_the_first_and_the_last_nodes() -> None:
    y = sympy.Symbol("x", real=True)
    for _ in range(12):
        y = y * y + sympy.sin(y)
    derivation = sd.derive(y, sympy.Symbol("x", real=True))
    text = derivation.text()
    assert "12 nodes" in text
    assert "… 6 nodes" in text
    assert "dv₁₂/dx = (2v₁₁ + cos v₁₁) · dv₁₁/dx" in text
    assert derivation.evaluate({"x": -0.5}) == pytest.approx(forward(12, -0.5))
    assert len(derivation.steps) == 12
    for written_out in ("result", "latex_result"):
        with pytest.raises(sd.SymderivError, match="named derivation") as refusal:
            getattr(derivation, written_out)
        assert refusal.value.code == "too-large"


def test_definitions_keep_their_names() -> None:
    given = ["x \\in \\mathbb{R}", r"z_1 = x^2 + \sin x"]
    given += [f"z_{{{k + 1}}} = z_{{{k}}}^2 + \\sin z_{{{k}}}" for k in range(1, 30)]
    derivation = sd.derive("z_{30}", "x", given)
    assert r"\frac{dz_{30}}{dx}" in derivation.latex()
    assert derivation.evaluate({"x": -0.5}) == pytest.approx(forward(30, -0.5))


@pytest.mark.parametrize("term", [shared(10_000), chain(10_000)], ids=["shared", "chain"])
def test_nothing_large_is_written_out(term: Term) -> None:
    assert is_large(term)
    for asked in (lambda: Routes().answer(term, x), lambda: layout(term)):
        with pytest.raises(sd.SymderivError) as refusal:
            asked()
        assert refusal.value.code == "too-large"


@pytest.mark.parametrize(("term", "large"), [(shared(6), False), (shared(12), True), (chain(50), False), (chain(70), True)])
def test_where_the_line_is_drawn(term: Term, large: bool) -> None:
    assert is_large(term) is large, f"more than {LEAVES} leaves?"


def test_a_condition_is_told_by_its_node() -> None:
    log = function("log", known=True)
    graph = Graph(x, [apply(log, shared(1)) * shared(1)])
    conditions = [fact for step in graph for fact in step.conditions]
    assert conditions == [relation(">", graph.called(0), ZERO)]
