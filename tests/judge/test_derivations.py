"""Short derivations as people write them: no true line is called wrong, and no false one passes."""

from __future__ import annotations

import pytest
from bench.derivations import Derivation, derivations, verdicts

TABLE = derivations()


@pytest.mark.parametrize("one", TABLE, ids=[one.title for one in TABLE])
def test_no_verdict_contradicts_a_line(one: Derivation) -> None:
    found = list(verdicts(one))
    assert {item.mark for item in found} >= {"t"}
    assert not [item for item in found if item.is_contradicted]


def test_most_lines_are_decided() -> None:
    found = [item for one in TABLE[:20] for item in verdicts(one) if item.mark != "u"]
    decided = [item for item in found if item.verdict not in ("unknown", "unread")]
    assert len(decided) > 0.6 * len(found)
