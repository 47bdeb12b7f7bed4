"""Matrices of derivatives in every layout: right as asked, right in the other layout, right with a factor turned."""

from __future__ import annotations

import pytest
from bench.layouts import CURVES, GRADIENTS, JACOBIANS, SECONDS, Case, cases, derivatives

#: Every so-manieth derivative belongs to the everyday suite.
EVERY = 9


def _told(case: Case) -> str:
    fault = case.fault()
    return f"{case.layout or 'no layout said'}: {case.lines[0]} ; {case.lines[1]}   [{fault}]" if fault else ""


def _faults(found: list[Case]) -> list[str]:
    return [told for case in found if (told := _told(case))]


def test_a_hundred_derivatives_that_are_matrices() -> None:
    assert len(derivatives()) == 100
    assert min(len(JACOBIANS), len(GRADIENTS), len(CURVES), len(SECONDS)) >= 3


@pytest.mark.parametrize("manner", ["as in the table", "turned whole", "a factor turned"])
def test_some_are_told_rightly_in_every_layout(manner: str) -> None:
    faults = _faults([case for case in cases(EVERY) if case.manner == manner])
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.slow
def test_all_are_told_rightly_in_every_layout() -> None:
    faults = _faults(cases())
    assert not faults, "\n" + "\n".join(faults)
