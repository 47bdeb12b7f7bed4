"""A name that is defined later reaches back into what was defined with its bare letter."""

from __future__ import annotations

from symderiv.reading import environment
from symderiv.reading.draft import Draft
from symderiv.reading.environment import Macro
from symderiv.reading.reaching import reach_back, reached
from symderiv.reading.script import read_statements
from symderiv.term.build import name, named, partial
from symderiv.worth.compare import compare

x, u = name("x"), name("u")
U = named("u", x**2)
PARTS = {u.data.name: U}


def test_a_bare_letter_becomes_what_it_stands_for() -> None:
    assert reached(u**3 + x, PARTS) == U**3 + x
    assert compare(reached(partial(u**3, x), PARTS), 6 * x**5).kind == "proved"


def test_a_term_without_the_letter_stays_the_same_object() -> None:
    term = x**2 + 1
    assert reached(term, PARTS) is term
    assert reached(u, {}) is u


def test_definitions_functions_and_facts_are_changed() -> None:
    draft = Draft.of(environment(["y = u^3", "g(t) = t u", "u > 0"]))
    reach_back(draft, PARTS)
    assert U in draft.quantities["y"].free
    macro = draft.functions["g"]
    assert isinstance(macro, Macro) and U in macro.body.free
    assert all(U in term.free for term in draft.definitions)
    assert all(u not in fact.free or U in fact.free for fact in draft.given)


def test_over_lines() -> None:
    """`y = u³`, then `u = x²`: y is a function of x."""
    first = read_statements("y = u^3", environment([])).environment
    assert x not in first.quantities["y"].free
    second = read_statements("u = x^2", first).environment
    assert compare(partial(second.quantities["y"], x), 6 * x**5).kind == "proved"


def test_a_chain_of_names_in_any_order() -> None:
    known = environment([])
    for line in ("z = 2y", "y = u + 1", "u = x^2"):
        known = read_statements(line, known).environment
    assert compare(partial(known.quantities["z"], x), 4 * x).kind == "proved"
