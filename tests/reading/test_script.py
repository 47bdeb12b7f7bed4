"""Lines to statements: what defines, what claims, what restricts, what continues; and what is known afterwards."""

from __future__ import annotations

import random

import pytest

from reading.cases import cases
from reading.test_hostile import damaged
from symderiv.errors import SymderivError
from symderiv.reading import environment
from symderiv.reading.environment import Environment
from symderiv.reading.script import Statement, read_statements
from symderiv.term.build import name, power
from symderiv.worth.compare import compare

KNOWN = ("y = x^2", r"A \in \mathbb{R}^{n \times n}", r"v \in \mathbb{R}^n", "i, j are indices")


def statements(source: str, *given: str) -> tuple[Statement, ...]:
    return read_statements(source, environment(list(given))).statements


#: A line and the roles of its statements, where `KNOWN` is known.
ROLES = {
    "u = x + 1": ["definition"],
    "u := x + 1": ["definition"],
    r"W_1 = A A": ["definition"],
    "f(x) = x^2": ["definition"],
    r"\log p = 3x": ["definition"],
    "y = x x": ["claim"],
    "x^2 = 4": ["claim"],
    r"\frac{dy}{dx} = 2x": ["claim"],
    "A v = 2v": ["claim"],
    "x^2 + 1": ["bare"],
    "= 2x": ["claim"],
    "u = w^2, w = 3": ["definition", "definition"],
    r"u = x^2, \quad y = u": ["definition", "claim"],
    r"i \ne j: y = 3": ["condition", "claim"],
    r"s = 1,\ p = 0: y = 3": ["condition", "condition", "claim"],
    r"\frac{dy}{dx} = 0 \iff 2x = 0": ["premise", "claim"],
    r"\frac{dy}{dx} = 2x \Rightarrow 2y = x": ["claim", "claim"],
}


@pytest.mark.parametrize("source", ROLES)
def test_roles(source: str) -> None:
    found = statements(source, *KNOWN)
    assert [statement.role for statement in found] == ROLES[source], found


def test_the_members_of_a_chain_and_their_places() -> None:
    source = r"\frac{dy}{dx} = 2x = x + x"
    (found,) = statements(source, "y = x^2")
    assert found.signs == ("=", "=")
    assert [source[slice(*span)] for span in found.spans] == [r"\frac{dy}{dx}", "2x", "x + x"]
    assert source[slice(*found.span)] == source


def test_the_places_of_several_statements() -> None:
    source = r"u = x^2, \quad \frac{du}{dx} = 2x"
    found = statements(source)
    assert [source[slice(*statement.span)] for statement in found] == ["u = x^2", r"\frac{du}{dx} = 2x"]


def test_a_line_that_continues() -> None:
    (found,) = statements("= 2x = x + x")
    assert (found.continues, found.signs, len(found.members)) == ("=", ("=",), 2)


def test_the_formula_that_defines_is_left_out_of_the_members() -> None:
    (found,) = statements("y = x^2 = x x")
    assert found.role == "definition" and len(found.members) == 2
    assert found.shown is not None and len(found.shown.term.args) == 3


def test_names_of_one_line_are_known_to_each_other() -> None:
    known = read_statements(r"y = u^2, \quad u = \sin x", Environment()).environment
    y, u = known.quantities["y"], known.quantities["u"]
    assert y.args[0] == power(u, y.args[0].args[1])


def test_what_a_line_defines_is_known_below() -> None:
    first = read_statements("y = x^2", Environment()).environment
    second = read_statements("z = 3y", first).environment
    assert list(second.quantities) and compare(second.quantities["z"], 3 * name("x") ** 2).kind == "proved"
    assert "z" not in first.quantities, "an environment is a value"


def test_a_name_is_defined_once() -> None:
    known = read_statements("y = x^2, y = 3", Environment())
    assert [statement.role for statement in known.statements] == ["definition", "claim"]
    assert compare(known.environment.quantities["y"], name("x") ** 2).kind == "proved"


def test_behind_a_condition_nothing_is_defined_for_good() -> None:
    before = environment(["i, j are indices"])
    assert read_statements(r"i \ne j: u = 3", before).environment == before


REFUSED = {
    "y = +* 3": ("unread", (5, 6)),
    "y =": ("unread", (3, 3)),
    "y = x ☃": ("unread", (6, 7)),
    "(y = 3": ("unread", None),
    "d^2 f = 6x dx^2": ("unsupported", (0, 1)),
    r"\mathrm{d}^2 \log\det X = -\operatorname{tr}(X^{-1} dX X^{-1} dX)": ("unsupported", (0, 10)),
}


@pytest.mark.parametrize("source", ["d^2 = x^2 + y^2", "k = d^2 s + 1", r"\frac{d^2 f}{dx^2} = 6x"])
def test_a_square_of_d_is_no_second_differential(source: str) -> None:
    assert read_statements(source, Environment()).statements


@pytest.mark.parametrize("source", REFUSED)
def test_a_line_is_read_whole_or_refused_with_a_place(source: str) -> None:
    code, span = REFUSED[source]
    with pytest.raises(SymderivError) as stop:
        statements(source)
    assert stop.value.code == code
    assert stop.value.span is not None and span in (None, stop.value.span), stop.value.span


def test_damaged_lines_are_read_or_refused() -> None:
    rng = random.Random(8)
    sources = [line for case in cases("check") for line in case["lines"]]
    for _ in range(1500):
        source = damaged(rng.choice(sources), rng)
        try:
            read_statements(source, Environment())
        except SymderivError as stop:
            assert stop.code, source
