"""Where an index letter stands, and so which values it takes."""

from __future__ import annotations

from symderiv.term.build import ONE, bigsum, delta, entry, index, mul, name, named, size, stack
from symderiv.worth.setting import position_size

m, d = size("m"), size("d")
W, x, y = name("W", m, d), name("x", d), name("y", m)
i, j, k = index("i"), index("j"), index("k")


def test_a_letter_that_a_sum_binds_is_another_letter() -> None:
    inside = bigsum(mul(entry(W, i, j), entry(x, j)), j, ONE, d)
    a = named("a", stack(inside, i, m))
    assert position_size(j, entry(a, j)) is m
    assert position_size(j, mul(bigsum(entry(x, j), j), entry(y, j))) is m
    assert position_size(j, bigsum(entry(x, j), j)) is None


def test_a_letter_in_a_delta_runs_as_far_as_the_other_one() -> None:
    assert position_size(j, bigsum(mul(delta(k, j), entry(y, k)), k)) is m
    assert position_size(j, mul(delta(k, j), entry(y, k))) is m
