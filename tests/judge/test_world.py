"""The open world: what nobody defined is an arbitrary function, and is named."""

from __future__ import annotations

import pytest

from symderiv.judge.world import as_functions, differentiated, loose_names, unknown_functions
from symderiv.reading import environment, read_expression
from symderiv.reading.environment import Environment
from symderiv.term.build import apply, entry, mul, name, named, partial
from symderiv.term.kinds import Term
from symderiv.worth.compare import compare

from .letters import T, W, a, b, f, i, v, x

L = name("L")
Z = named("z", a * x + b)
Y = named("y", mul(W, v))

FOUND: dict[str, tuple[Term, dict[Term, list[Term]]]] = {
    "by a letter": (partial(L, x), {L: [x]}),
    "by a quantity": (partial(L, Z) * x, {L: [Z]}),
    "by two": (partial(L, x) - partial(L, Z), {L: [x, Z]}),
    "by an entry": (partial(L, entry(v, i)), {L: [v]}),
    "a quantity with a formula": (partial(Z, x), {}),
    "a letter by itself": (partial(x, x), {}),
    "nothing is differentiated": (L * x, {}),
}


@pytest.mark.parametrize("label", FOUND)
def test_what_is_differentiated_without_a_formula(label: str) -> None:
    term, expected = FOUND[label]
    assert {body: list(by) for body, by in differentiated([term]).items()} == expected


def test_several_lines_add_up() -> None:
    tracked = differentiated([partial(L, Z)])
    assert differentiated([partial(L, a)], tracked) is tracked
    assert {body: list(by) for body, by in tracked.items()} == {L: [Z, a]}


def test_such_a_quantity_is_a_function_of_what_is_downstream() -> None:
    """L differentiated by z = a x + b and by a is a function of z alone: the chain rule holds."""
    tracked = differentiated([partial(L, a), partial(L, Z)])
    left, right = (as_functions(term, tracked) for term in (partial(L, a), partial(L, Z) * x))
    assert compare(left, right).kind in ("proved", "agrees")
    assert compare(left, as_functions(partial(L, Z) * a, tracked)).kind == "refuted"


def test_a_function_of_arrays() -> None:
    tracked = differentiated([partial(L, v), partial(L, Y)])
    left = as_functions(partial(L, v), tracked)
    right = as_functions(mul(T(W), partial(L, Y)), tracked)
    assert compare(left, right).kind in ("proved", "agrees")


def test_what_is_known_stays() -> None:
    tracked = differentiated([partial(L, x)])
    assert as_functions(x**2, tracked) == x**2
    assert as_functions(partial(L, x), tracked, frozenset({L})) == partial(L, x)


def test_functions_that_nobody_declared() -> None:
    declared = environment([r"f \colon \mathbb{R} \to \mathbb{R}"])
    assert unknown_functions(apply(f, x), Environment()) == {f}
    assert unknown_functions(read_expression("f(x)", declared), declared) == set()
    assert unknown_functions(read_expression(r"\sin x"), Environment()) == set()


def test_letters_that_nobody_declared() -> None:
    declared = environment([r"x \in \mathbb{R}", "y = x^2"])
    term = read_expression("y + q x", declared)
    assert {leaf.data.name.latex for leaf in loose_names(term, declared)} == {"q"}
    assert {leaf.data.name.latex for leaf in loose_names(term, Environment())} == {"q", "x"}
