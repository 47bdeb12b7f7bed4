"""Evidence says which of four things it is."""

from __future__ import annotations

import pytest

from symderiv.term.shapes import Clash
from symderiv.worth.evidence import Agrees, Proved, Refuted, Undecided

from .letters import n, x


@pytest.mark.parametrize(
    ("evidence", "kind"),
    [
        (Proved("normal form"), "proved"),
        (Agrees(2, 100), "agrees"),
        (Refuted(Clash(x, (), (n,))), "refuted"),
        (Undecided("no-point"), "undecided"),
    ],
)
def test_kind(evidence, kind):
    assert evidence.kind == kind


def test_evidence_is_a_value():
    assert Agrees(2, 100) == Agrees(2, 100) != Agrees(3, 100)
    with pytest.raises(AttributeError):
        Proved("normal form").how = "wish"
