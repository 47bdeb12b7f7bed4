"""Indicators: complements hold for all numbers, the next whole number only where both sides are whole."""

from __future__ import annotations

import pytest

from symderiv.deriving.indicators import complement, next_whole
from symderiv.reading import environment, read_expression
from symderiv.term.kinds import Term
from symderiv.worth.compare import compare

GIVEN = [r"x \in \mathbb{R}", r"s \in \mathbb{R}^n", r"k, r \in \mathbb{N}", r"R = \sum_c \mathbb 1_{s_c > x}"]
KNOWN = environment(GIVEN)


def read(text: str) -> Term:
    return read_expression(text, KNOWN)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"1 - \mathbb 1_{x \le 2}", r"\mathbb 1_{x > 2}"),
        (r"1 - \mathbb 1_{x > 2}", r"\mathbb 1_{x \le 2}"),
        (r"1 - \mathbb 1_{r = k}", r"\mathbb 1_{r \ne k}"),
        (r"2 - \mathbb 1_{x \le 2}", None),
        (r"1 + \mathbb 1_{x \le 2}", None),
        (r"1 - \begin{cases} 2, & x \le 2 \\ 0, & \text{otherwise} \end{cases}", None),
    ],
)
def test_the_complement(before: str, after: str | None) -> None:
    assert complement.rewrite(read(before)) is (None if after is None else read(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"\mathbb 1_{r > k - 1}", r"\mathbb 1_{r \ge k}"),
        (r"\mathbb 1_{r > k}", r"\mathbb 1_{r \ge k + 1}"),
        (r"\mathbb 1_{2 R > r k}", r"\mathbb 1_{2 R \ge r k + 1}"),
        (r"\mathbb 1_{x > k - 1}", None),
        (r"\mathbb 1_{r > k / 2}", None),
        (r"\mathbb 1_{r > s_1}", None),
        (r"\mathbb 1_{r \ge k}", None),
    ],
)
def test_the_next_whole_number(before: str, after: str | None) -> None:
    found = next_whole.rewrite(read(before))
    assert found is (None if after is None else read(after))
    if found is not None:
        assert compare(read(before), found, KNOWN.given).kind in ("proved", "agrees")
