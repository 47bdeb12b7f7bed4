"""Twenty thousand fuzzed scripts: each line has a verdict or the script is refused, and every page is written in time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings

from hostile import fuzzing
from hostile.fuzzing import COUNTS, KINDS, Script
from hostile.limits import MEGABYTES, SECONDS

TESTS = Path(__file__).parent.parent
PART = 1000
T = TypeVar("T")


def program(module: str, *words: str) -> Any:
    """What one of the programs beside this file found, in a process of its own."""
    paths = [str(TESTS), str(TESTS.parent)]
    told = subprocess.run(
        [sys.executable, "-m", f"hostile.{module}", *words],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OPENBLAS_NUM_THREADS": "1"},
        cwd=TESTS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr[-3000:]
    return json.loads(told.stdout)


def at_once(work: Callable[[T], Any], items: Iterable[T]) -> list[Any]:
    """What programs find, as many side by side as there are processors."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, items))


@pytest.mark.parametrize("kind", KINDS)
def test_some_fuzzed_scripts(kind: str) -> None:
    @settings(max_examples=80, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(KINDS[kind])
    def run(script: Script) -> None:
        assert fuzzing.tried(script).wrong == ()

    run()


def test_there_are_twenty_thousand() -> None:
    assert sum(COUNTS.values()) == 20_000 and set(COUNTS) == set(KINDS)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_fuzzed_script(kind: str) -> None:
    parts = [(kind, str(part + 1), str(PART)) for part in range(COUNTS[kind] // PART)]
    for found in at_once(lambda words: program("fuzzing", *words), parts):
        assert found["inputs"] >= PART
        assert found["peak"] < MEGABYTES
        assert found["slowest"][0] < SECONDS, found["slowest"][1]
        assert found["wrong"] == {}


@pytest.mark.slow
def test_the_same_scripts_every_time() -> None:
    first, second = (program("fuzzing", "grammar", "7", "50") for _ in range(2))
    assert (first["inputs"], first["verdicts"], first["wrong"]) == (second["inputs"], second["verdicts"], second["wrong"])
