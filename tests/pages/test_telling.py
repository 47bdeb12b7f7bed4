"""The words that say how far a sheet was verified: once for all lines, and on a line only where it is less than proved."""

import pytest

from symderiv.pages.telling import evidence, verified, weakest
from symderiv.worth.evidence import Agrees, Proved, Undecided

PROVED, AGREES, UNDECIDED = Proved("normal form"), Agrees(3, 200), Undecided("no-point")


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ((), ""),
        ((PROVED, PROVED), ""),
        ((PROVED, Agrees(5, 200), AGREES), "agrees at 3 points"),
        ((AGREES, UNDECIDED, PROVED), "not decided (no-point)"),
    ],
)
def test_a_line_is_as_good_as_its_weakest_step(found, told):
    assert evidence(weakest(found)) == told


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], ""),
        ([PROVED] * 12, "every line proved"),
        ([PROVED] * 12 + [AGREES] * 2, "every line verified: 12 proved, 2 agree at 3 points"),
        ([AGREES], "every line verified: 1 agrees at 3 points"),
        ([PROVED, AGREES, Agrees(5, 200)], "every line verified: 1 proved, 2 agree at 3 to 5 points"),
        ([PROVED, UNDECIDED], "1 of 2 lines verified: 1 proved, 1 not decided"),
    ],
)
def test_the_end_of_a_sheet_says_how_far_it_was_verified(lines, told):
    assert verified(lines) == told
