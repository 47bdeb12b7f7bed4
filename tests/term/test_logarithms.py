"""Logarithms without a base are found and rebased; `ln` only where it is named."""

from __future__ import annotations

import pytest

from symderiv.reading import read_expression as read
from symderiv.term.build import named
from symderiv.term.kinds import Term
from symderiv.term.logarithms import has_bare_logarithm, to_base
from symderiv.worth.compare import compare

LOG, LN, TEN = read(r"\log x"), read(r"\ln x"), read(r"\log_{10} x")


@pytest.mark.parametrize(("term", "bare"), [(LOG, True), (LN, False), (TEN, False), (named("p", LOG), True)])
def test_bare_logarithms(term: Term, bare: bool) -> None:
    assert has_bare_logarithm(term) == bare


def test_bases() -> None:
    assert compare(to_base(LOG, 10), TEN).kind == "proved"
    assert to_base(LN, 10) is LN
    assert compare(to_base(LN, 10, ("log", "ln")), TEN).kind == "proved"
    assert compare(to_base(LOG, 2), read(r"\log_2 x")).kind == "proved"
