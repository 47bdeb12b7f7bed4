"""Two members beside each other: equal, different, not decided, and by which reading."""

from __future__ import annotations

import pytest

from symderiv.judge.comparing import compared
from symderiv.term.build import apply, mul, name, named, norm, num, partial, relation, root
from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash
from symderiv.worth.evidence import Refuted, Witness

from .letters import A, T, W, a, call, f, m, n, u, v, w, x

U = named("u", x**2)
Y = named("y", U * x)
SIN = named("u", call("sin", x))
FOURTH = named("f", call("sin", x) ** 4)
Z = named("z", mul(W, v))
L = named("L", norm(Z) ** 2)

#: Two sides and whether they are equal; None is not decided.
PAIRS: dict[str, tuple[Term, Term, bool | None]] = {
    "equal": ((x + 1) ** 2, x**2 + 2 * x + 1, True),
    "different": ((x + 1) ** 2, x**2 + 1, False),
    "a derivative": (partial(Y, x), 3 * x**2, True),
    "a later name reaches back": (partial(FOURTH, SIN), 4 * SIN**3, True),
    "and not everywhere": (partial(FOURTH, SIN), 4 * SIN, False),
    "a gradient as a column": (partial(mul(T(w), v), v), w, True),
    "a gradient as a row": (partial(mul(T(w), v), v), T(w), True),
    "a gradient that its product turns": (partial(L, v), mul(partial(L, Z), W), True),
    "a matrix is never turned": (partial(mul(A, v), v), T(A), False),
    "shapes that clash": (mul(A, v), A, False),
    "zero fits every shape": (v - v, num(0), True),
    "no point where both have a value": (call("log", x), call("log", x) + call("log", -(x**2)), None),
    "an unknown function": (partial(apply(f, x**2), x), 2 * x * apply(f, x), False),
}


@pytest.mark.parametrize("label", PAIRS)
def test_equality(label: str) -> None:
    left, right, equal = PAIRS[label]
    found = compared(left, right, ())
    assert found.equal is equal, f"{left} = {right}: {found.evidence}"


def test_a_direct_partial_is_said() -> None:
    """∂(u x)/∂x = u holds with u held fixed, = 3x² with u moving."""
    direct, total = compared(partial(Y, x), U, ()), compared(partial(Y, x), 3 * x**2, ())
    assert (direct.equal, direct.direct) == (True, True)
    assert (total.equal, total.direct) == (True, False)


def test_a_total_derivative_is_never_direct() -> None:
    assert compared(partial(Y, x, "d"), U, ()).equal is False
    assert compared(partial(Y, x, "d"), 3 * U, ()).equal is True


def test_what_is_given_counts() -> None:
    square_root = root(x**2)
    assert compared(square_root, x, (relation(">", x, num(0)),)).equal is True
    assert compared(square_root, x, ()).equal is False


def test_a_refutation_has_a_witness() -> None:
    found = compared(partial(x**3, x), 2 * x**2, ())
    assert isinstance(found.evidence, Refuted) and isinstance(found.evidence.witness, Witness)
    assert found.evidence.witness.left_value != found.evidence.witness.right_value
    clash = compared(mul(W, v), u + mul(A, v), ())
    assert isinstance(clash.evidence, Refuted) and isinstance(clash.evidence.witness, Clash)


def test_the_sides_that_were_compared_are_returned() -> None:
    found = compared(partial(mul(T(w), v), v), T(w), ())
    assert (found.left, found.right) == (partial(mul(T(w), v), v), T(T(w)))


def test_a_number_is_no_array_of_one_entry_each() -> None:
    assert compared(name("r", m, n), a, ()).equal is False
