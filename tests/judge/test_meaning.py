"""What a member means: names that reach back, gradients that turn, partials taken directly."""

from __future__ import annotations

import pytest

from symderiv.judge.meaning import directly, fitted, in_layout, is_gradient, reaching, with_names
from symderiv.term.build import apply, entry, mul, name, named, norm, num, partial, prime, stack
from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash, shape
from symderiv.worth.compare import compare

from .letters import A, T, W, a, b, call, f, i, n, u, v, w, x

U = named("u", x**2)
Z = named("z", mul(W, v))
L = named("L", norm(Z) ** 2)


def test_a_later_name_stands_for_its_own_formula() -> None:
    body = named("y", (x**2) ** 3 + x)
    (inside, variable) = reaching(partial(body, U)).args
    assert variable is U
    assert compare(reaching(partial(body, U)), 3 * U**2).kind == "proved"
    assert U in inside.free


@pytest.mark.parametrize("term", [x**2 + 1, partial(x**2, x), partial(L, v), mul(A, v)], ids=repr)
def test_a_term_without_later_names_stays(term: Term) -> None:
    assert reaching(term) is term


def test_a_row_by_a_vector_is_the_column_turned() -> None:
    assert compare(reaching(partial(T(mul(A, v)), v)), T(A)).kind == "proved"


def test_names_are_found_inside_formulas() -> None:
    y = named("y", call("sin", x**2) + x**2)
    found = with_names(y, (U,))
    assert found.args[0] == call("sin", U) + U
    assert with_names(y, (named("q", x),)) == y, "a bare letter is no formula to look for"


GRADIENTS = {
    "of a number": (partial(L, v), True),
    "a name for one": (named("g", partial(L, v)), True),
    "turned": (T(partial(L, v)), True),
    "with a minus sign": (-partial(L, v), True),
    "in a product": (2 * partial(L, v), True),
    "a derivative of an unknown function": (apply(prime(f), v), True),
    "a Jacobian": (partial(Z, v), False),
    "a derivative by a matrix": (partial(L, W), False),
    "by a number": (partial(x**2, x), False),
    "a plain vector": (v, False),
    "a turned plain vector": (T(v), False),
}


@pytest.mark.parametrize("label", GRADIENTS)
def test_what_has_no_orientation_of_its_own(label: str) -> None:
    term, expected = GRADIENTS[label]
    assert is_gradient(term) is expected


FITTED = {
    "a row before a Jacobian": (mul(partial(L, Z), partial(Z, v)), True),
    "a row before a matrix": (mul(partial(L, Z), W), True),
    "an outer product": (mul(partial(L, Z), T(v)), True),
    "a sum of a gradient and a row": (partial(mul(T(w), v), v) + T(w), True),
    "plain vectors are not turned": (mul(u, W), False),
    "a matrix is not turned": (mul(W, u), False),
    "sizes that never fit": (mul(partial(L, v), W, v), False),
}


@pytest.mark.parametrize("label", FITTED)
def test_gradients_turn_as_their_product_needs(label: str) -> None:
    term, fits = FITTED[label]
    found = fitted(term)
    assert isinstance(shape(found), Clash) is not fits, f"{term} as {found}"
    assert isinstance(shape(term), Clash) or found is term, "what fits is left alone"


def test_the_denominator_layout_turns_jacobians_only() -> None:
    assert in_layout(partial(Z, v), "denominator layout") == T(partial(Z, v))
    assert in_layout(2 * partial(Z, v), "denominator layout") == 2 * T(partial(Z, v))
    for term in (partial(L, v), partial(L, W), partial(x**2, x), x + 1):
        assert in_layout(term, "denominator layout") == term


Y = named("y", U * x)
MEAN = named("m", mul(T(v), w))
CENTRED = named("c", stack(entry(v, i) - MEAN, i, n))


def test_a_direct_partial_holds_the_other_parts() -> None:
    found = directly(partial(Y, x))
    assert found is not None
    assert compare(found, U).kind == "proved"
    one = directly(partial(entry(CENTRED, i), entry(v, i)))
    assert one is not None
    assert compare(one, num(1)).kind == "proved"


@pytest.mark.parametrize(
    "term",
    [partial(Y, x, "d"), partial(U, x), partial(Y, Y), x + 1, partial(named("y", call("sin", U)), x), partial(Y, name("t"))],
    ids=repr,
)
def test_where_there_is_no_direct_reading(term: Term) -> None:
    assert directly(term) is None


def test_every_partial_of_a_formula_is_taken_directly() -> None:
    found = directly(a * partial(Y, x) + b)
    assert found is not None
    assert compare(found, a * U + b).kind == "proved"
