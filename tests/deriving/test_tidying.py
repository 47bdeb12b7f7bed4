"""What a law of tidying is called tells what it did: only what stands above and below a bar cancels."""

import pytest

from symderiv.deriving.tidying import cancel, collect
from symderiv.term.build import TWO, fraction, mul, name, num, power, root

x, y = name("x"), name("y")


@pytest.mark.parametrize(
    ("term", "law", "other", "result"),
    [
        (mul(x, x, y), collect, cancel, mul(power(x, TWO), y)),
        (power(power(x, TWO), num(3)), collect, cancel, power(x, num(6))),
        (fraction(mul(x, y), x), cancel, collect, y),
        (mul(x, fraction(y, x)), cancel, collect, y),
        (mul(root(x), root(x)), cancel, collect, x),
    ],
    ids=str,
)
def test_equal_factors_are_collected_and_across_a_bar_they_cancel(term, law, other, result):
    found = law.use(term)
    assert found is not None and found[0] is result, f"{term}: {found}"
    assert other.use(term) is None
