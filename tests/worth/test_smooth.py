"""Terms with kinks and branches: points on both sides of every kink must agree before anything does."""

from __future__ import annotations

import pytest

from symderiv.rules.elementary import absolute, arcsin, maximum, sin
from symderiv.term.build import apply, name, num, root
from symderiv.term.kinds import Term
from symderiv.worth.compare import compare
from symderiv.worth.smooth import is_smooth

x, y = name("x"), name("y")
HALF_TRUE: list[tuple[Term, Term]] = [
    (apply(absolute, x), x),
    (apply(absolute, x * y), x * y),
    (apply(absolute, x - 5), 5 - x),
    (apply(absolute, x + 40), x + 40),
    (apply(maximum, num(0), x - 3), num(0)),
    (apply(maximum, x, y), x),
    (root(x**2), x),
    ((x**2) ** (num(1) / num(2)), x),
    (apply(arcsin, apply(sin, x)), x),
]


@pytest.mark.parametrize(("left", "right"), HALF_TRUE, ids=str)
def test_what_holds_on_one_side_of_a_kink_is_refuted(left: Term, right: Term) -> None:
    assert not is_smooth(left)
    assert compare(left, right).kind == "refuted"


def test_what_holds_on_both_sides_is_not() -> None:
    assert compare(apply(absolute, x) ** 2, x**2).kind == "proved"
    assert compare(apply(maximum, x, y) * 2, x + y + apply(absolute, x - y)).kind in ("proved", "agrees")
