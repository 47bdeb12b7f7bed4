"""The benchmarks run; how fast anything is, they print and no test asserts."""

from __future__ import annotations

from . import scalar, startup


def test_two_problems_are_derived_and_verified_beside_the_peer():
    rows = {which: row for which, row in scalar.problems().items() if which in ("G02", "G11")}
    found = scalar.measured(rows, rounds=1)
    assert list(found) == ["G02", "G11"]
    assert all(min(times.peer, times.derived, times.verified) > 0 for times in found.values())
    lines = scalar.table(found).splitlines()
    assert [line.split()[0] for line in lines] == ["ms", "G02", "G11", "total", "geometric", "worst"]


def test_every_step_of_the_battery_is_supported_by_points():
    for row in scalar.problems().values():
        assert {evidence.kind for evidence in scalar.verified(scalar.stated(row))} <= {"agrees", "proved"}


def test_processes_are_timed():
    assert "ratio" in startup.report(rounds=1)
