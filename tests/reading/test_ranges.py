"""What stands below a sum: which letters are bound, their limits, their conditions."""

from __future__ import annotations

import pytest

from symderiv.errors import SymderivError
from symderiv.reading import environment, read_expression
from symderiv.term.build import ONE, ZERO, bigsum, cases, entry, index, mul, name, relation, size
from symderiv.term.kinds import Term

n = size("n")
x = name("x", n)
i, j, k = index("i"), index("j"), index("k")
KNOWN = environment([r"x \in \mathbb{R}^n"])


def where(body: Term, sign: str, left: Term, right: Term, letters: int = 1) -> Term:
    return cases(body, relation(sign, left, right), ZERO, written=letters)


PAIR = mul(entry(x, i), entry(x, j))

READ: dict[str, Term] = {
    r"\sum_{i \ne j} x_i x_j": bigsum(bigsum(where(PAIR, "≠", i, j, 2), j), i),
    r"\sum_{i<j} x_i x_j": bigsum(bigsum(where(PAIR, "<", i, j, 2), j), i),
    r"\sum_{i \ne j} x_i": bigsum(where(entry(x, i), "≠", i, j), i),
    r"\sum_{i \ne j} x_j": bigsum(where(entry(x, j), "≠", i, j), j),
    r"\sum_{i,j} x_i x_j": bigsum(bigsum(PAIR, j), i),
    r"\sum_{i,j=1}^n x_i x_j": bigsum(bigsum(PAIR, j, ONE, n), i, ONE, n),
    r"\sum_{1 \le i < j \le n} x_i x_j": bigsum(bigsum(where(PAIR, "<", i, j, 2), j, ONE, n), i, ONE, n),
    r"\sum_{j=1, j \ne i}^n x_j": bigsum(where(entry(x, j), "≠", j, i), j, ONE, n),
    r"\sum_{k \ne i,j} x_k": bigsum(where(where(entry(x, k), "≠", k, j), "≠", k, i), k),
    r"\sum_{i: i \ne j} x_i": bigsum(where(entry(x, i), "≠", i, j), i),
    r"\sum_i^n x_i": bigsum(entry(x, i), i, ONE, n),
    r"\sum_{i \le n} x_i": bigsum(where(entry(x, i), "≤", i, n), i),
    r"\sum_i \sum_{i<j} x_i x_j": bigsum(bigsum(where(PAIR, "<", i, j), j), i),
    r"x_j - \sum_{i \ne j} x_i x_j": entry(x, j) - bigsum(where(PAIR, "≠", i, j), i),
    r"x_i - \sum_{i \ne j} x_i x_j": entry(x, i) - bigsum(where(PAIR, "≠", i, j), j),
}


@pytest.mark.parametrize("source", READ)
def test_what_a_sum_binds(source: str) -> None:
    assert read_expression(source, KNOWN) is READ[source]


@pytest.mark.parametrize("source", [r"\sum_{i \in S} x_i", r"\sum_{2 < 3} x_i", r"\sum_{i=1} x_i", r"\sum_{i \ne} x_i"])
def test_what_is_refused(source: str) -> None:
    with pytest.raises(SymderivError):
        read_expression(source, KNOWN)


def test_a_product_leaves_out_what_a_condition_excludes() -> None:
    inner = cases(entry(x, i), relation("≠", i, j), ONE, written=1)
    assert read_expression(r"\prod_{i \ne j} x_i", KNOWN) is bigsum(inner, i, over="bigproduct")
