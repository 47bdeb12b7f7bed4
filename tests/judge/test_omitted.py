"""What was left out: paths that are held, local derivatives that are factors, Jacobian matrices taken entry by entry."""

from __future__ import annotations

import pytest

from symderiv.judge.omitted import derivative_in, entry_by_entry, recurs, with_a_factor, without_a_path
from symderiv.term.build import apply, entry, function, mul, named, partial, stack
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.worth.compare import compare

from .letters import A, T, call, i, n, v, x, y

U = named("u", x**2)
BOTH = named("y", mul(U, call("sin", U), x))
FIRST = named(Name("h", sub="1"), call("sin", x))
SECOND = named(Name("h", sub="2"), mul(x, FIRST))
P = named("p", call("softmax", v))
PSI = function("f", inputs=((n,),))

#: A derivative, and the value that it has with one path held.
HELD: dict[str, tuple[Term, Term]] = {
    "a path beside another": (partial(mul(x, U), x), x**2),
    "a part that stands twice": (partial(BOTH, x), x**2 * call("sin", x**2)),
    "a gradient": (partial(mul(T(v), named("w", mul(A, v))), v), mul(A, v)),
}


@pytest.mark.parametrize("label", HELD)
def test_a_path_is_held(label: str) -> None:
    derivative, value = HELD[label]
    assert any(_same(candidate, value) for candidate, _ in without_a_path(derivative)), f"{derivative} without a path"


def test_the_only_path_is_not_left_out() -> None:
    assert not list(without_a_path(partial(call("sin", U), x)))


def test_a_step_of_several_is_told_from_another_part() -> None:
    assert recurs((FIRST,), partial(SECOND, x))
    assert not recurs((U,), partial(BOTH, x))


#: A derivative, and what it is without one factor.
SHORT: dict[str, tuple[Term, Term]] = {
    "of an inner function": (partial(call("sin", U), x), call("cos", U)),
    "of an outer function": (partial(call("sin", U), x), 2 * x),
    "of a function in a power": (partial(call("sin", x * y) ** 2, x), 2 * call("sin", x * y) * y),
}


@pytest.mark.parametrize("label", SHORT)
def test_a_local_derivative_is_a_factor(label: str) -> None:
    derivative, short = SHORT[label]
    assert not _same(short, derivative)
    assert any(_same(one, derivative) for one in with_a_factor(derivative, short)), f"{short} with a factor: {derivative}"


def test_a_jacobian_matrix_is_taken_entry_by_entry() -> None:
    (found,) = entry_by_entry(partial(apply(PSI, P), v))
    candidate, (letter,) = found
    own = entry(P, letter)
    assert _same(candidate, partial(apply(PSI, P), own) * own * (1 - own))


def test_a_derivative_stands_behind_a_name_and_its_entries() -> None:
    derivative = partial(call("sin", entry(v, i)), entry(v, i))
    assert derivative_in(entry(named("g", stack(derivative, i, n)), i)) is derivative
    assert derivative_in(named("g", partial(x**2, x))) is partial(x**2, x)
    assert derivative_in(x**2) is None
    assert derivative_in(partial(partial(x**2, x), x)) is None


def _same(left: Term, right: Term) -> bool:
    return compare(left, right).kind in ("proved", "agrees")
