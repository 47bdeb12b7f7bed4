"""Sums and maxima over windows of positions are read as such over letters that count from the start of the window."""

from __future__ import annotations

import pytest

from symderiv.errors import SymderivError
from symderiv.reading import environment, read_expression
from symderiv.worth.compare import compare

GIVEN = [
    r"x \in \mathbb{R}^{4 \times 4}",
    r"\mathcal R = \{2, 3\} \times \{1, 2, 3\}",
    r"S_{p} = \{p - 1, p\}",
    r"\mathcal T = \{1, 3\} \times \{1, 2\}",
    r"v \in \mathbb{R}^4",
]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\sum_{(i,j) \in \mathcal R} x_{ij}", "x_{21} + x_{22} + x_{23} + x_{31} + x_{32} + x_{33}"),
        (r"\sum_{(i,j) \in \mathcal R} i j", "2 + 4 + 6 + 3 + 6 + 9"),
        (r"\max_{(i,j) \in \mathcal R} x_{ij}", r"\max(x_{21}, x_{22}, x_{23}, x_{31}, x_{32}, x_{33})"),
        (r"\max_{(i,j) \in \{1,2\} \times \{4\}} x_{ij}", r"\max(x_{14}, x_{24})"),
    ],
)
def test_what_is_meant(written: str, meant: str) -> None:
    known = environment(GIVEN)
    assert compare(read_expression(written, known), read_expression(meant, known), known.given).kind in ("proved", "agrees")


@pytest.mark.parametrize(
    "written", [r"\sum_{(i,j) \in \mathcal T} x_{ij}", r"\max_{(i,j) \in v} x_{ij}", r"\sum_{(i,j,k) \in \mathcal R} x_{ij}"]
)
def test_other_ranges_are_refused(written: str) -> None:
    with pytest.raises(SymderivError, match="no product of lists of neighbouring positions"):
        read_expression(written, environment(GIVEN))
