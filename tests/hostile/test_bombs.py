"""Bombs: deep, wide, huge, long and broken sources end in a verdict or a refusal, in time and in little memory."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hostile.bombs import BOMBS
from hostile.limits import MEGABYTES, SECONDS
from hostile.test_fuzzed import at_once, program

#: Into how many programs the bombs are parted.
PARTS = 8


def exploded(names: list[str], *sizes: int | None) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = program("bombs", json.dumps({"names": names, "sizes": sizes}))
    return found


def faults(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The bombs that did harm, and what."""
    over = {name: bomb for name, bomb in found.items() if bomb["seconds"] > SECONDS or bomb["peak"] > MEGABYTES}
    return over | {name: bomb["wrong"] for name, bomb in found.items() if bomb["wrong"]}


def test_there_are_three_hundred() -> None:
    assert sum(len(sizes) for _, sizes in BOMBS.values()) >= 300


def test_every_bomb_at_its_smallest() -> None:
    assert faults(exploded([], 1)) == {}


@pytest.mark.slow
def test_every_bomb_at_every_size() -> None:
    names = list(BOMBS)
    parts = at_once(lambda start: exploded(names[start::PARTS], None), range(PARTS))
    found = {name: bomb for part in parts for name, bomb in part.items()}
    assert len(found) == sum(len(sizes) for _, sizes in BOMBS.values())
    assert faults(found) == {}
