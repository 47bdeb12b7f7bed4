r"""The hand lines of the homework: does `check` give each line the verdict that a teacher gave it?

    PYTHONPATH=tests python -m bench.homework [--quiet] [--given] [ID …]

Every row of `homework.json` is judged through the public API with the row's own `given` and its problem of the library,
which knows the quantities that it names (`--given` leaves the problem out). Printed is each row that is
not as it should be, and the figures: verdicts as there, right lines called wrong, lines passed that are wrong, rows
without an undecided line whose first wrong line is right, and how many new and carried errors are told apart.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import symderiv as sd
from bench.drawing import OutOfTime, at_most

SECONDS = 60
RIGHT, UNDECIDED = ("ok", "stated"), ("unknown", "unread")
FILE = Path(__file__).parent.parent / "data" / "homework.json"

Row = dict[str, Any]


@dataclass
class Judged:
    """A row with the verdicts that its hand lines got, or with the reason why it got none."""

    row: Row
    found: list[Any] = field(default_factory=list)
    stop: str | None = None

    def pairs(self) -> list[tuple[Row, str]]:
        """The lines that count, which claim something and are not struck out, each with its verdict."""
        lines = self.row["hand_lines"]
        verdicts = [line.verdict for line in self.found] if self.stop is None else ["stopped"] * len(lines)
        return [(line, verdict) for line, verdict in zip(lines, verdicts, strict=True) if counts(line)]

    @property
    def undecided(self) -> bool:
        """Whether a line that counts is left undecided."""
        return any(verdict in UNDECIDED for _, verdict in self.pairs())

    @property
    def finds_first(self) -> bool:
        """Whether the first line called wrong is the first that is."""
        wanted = [wanted_of(line)[0] for line, _ in self.pairs()]
        called = [verdict for _, verdict in self.pairs()]
        first = called.index("wrong") if "wrong" in called else None
        return first == (wanted.index("wrong") if "wrong" in wanted else None)


def counts(line: Row) -> bool:
    """Whether a hand line claims something that can be checked, and was not struck out."""
    return bool(line["checkable"]) and not line["struck"]


def wanted_of(line: Row) -> tuple[str, ...]:
    """The verdicts that are right for a line, the best first."""
    if line["verdict"] == "right":
        return RIGHT
    if line["verdict"] == "right_if":
        return (*RIGHT, "follows", *UNDECIDED, "skipped")
    return ("follows",) if line["cause"] == "carried" else ("wrong",)


@cache
def homework() -> tuple[Row, ...]:
    """The rows of the homework that have hand lines."""
    return tuple(row for row in json.loads(FILE.read_text(encoding="utf-8")) if row["hand_lines"])


def as_written(line: Row) -> str:
    """A hand line as `check` gets it: what is struck out stands in a `\\cancel`."""
    return rf"\cancel{{{line['latex']}}}" if line["struck"] else str(line["latex"])


@cache
def problems() -> dict[str, sd.Problem]:
    """The problem of the library that answers each row: the ids of the rows stand at the end of its source."""
    found: dict[str, sd.Problem] = {}
    for entry in sd.problems():
        for row in re.findall(r"\d[\w-]+", entry.source.rpartition("(")[2]):
            found.setdefault(row, sd.load(entry.id))
    return found


def judged(row: Row, known: bool = True) -> Judged:
    """The verdicts on the hand lines of a row, with its `given` and, unless told otherwise, what its problem says."""
    lines = [as_written(line) for line in row["hand_lines"]]
    try:
        with at_most(SECONDS):
            report = sd.check(lines, given=row["given"], problem=problems().get(row["id"]) if known else None)
    except OutOfTime:
        return Judged(row, stop=f"more than {SECONDS} s")
    except Exception as stop:  # noqa: BLE001 - a crash of any kind is counted here
        return Judged(row, stop=f"{type(stop).__name__}: {str(stop)[:300]}")
    return Judged(row, list(report.lines))


def figures(rows: list[Judged]) -> Counter[str]:
    """What is counted over all rows."""
    count: Counter[str] = Counter()
    for row in rows:
        count["stopped"] += row.stop is not None
        count["rows decided"] += row.stop is None and not row.undecided
        count["first wrong found"] += row.stop is None and not row.undecided and row.finds_first
        for line, verdict in row.pairs():
            wanted = wanted_of(line)
            refused = verdict in ("wrong", "follows")
            count["lines"] += 1
            count["as there"] += verdict in wanted
            count["undecided"] += verdict in UNDECIDED and verdict not in wanted
            count["right called wrong"] += (line["verdict"] == "right" and refused) or (
                line["verdict"] == "right_if" and verdict == "wrong"
            )
            count["wrong passed"] += line["verdict"] == "wrong" and verdict in RIGHT
            count["errors"] += line["verdict"] == "wrong"
            count["errors seen"] += line["verdict"] == "wrong" and refused
            count["errors told apart"] += line["verdict"] == "wrong" and verdict in wanted
        for hand, seen in zip(row.row["hand_lines"], row.found, strict=False):
            count["words called wrong"] += not hand["checkable"] and seen.verdict == "wrong"
            count["struck not skipped"] += hand["struck"] and seen.verdict != "skipped"
    return count


def _print(row: Judged) -> None:
    print(f"{row.row['id']} {row.stop or ''}")
    for line, seen in zip(row.row["hand_lines"], row.found, strict=False):
        if not counts(line):
            mark = "WORDS" if seen.verdict == "wrong" else "."
        elif seen.verdict in wanted_of(line):
            mark = "."
        elif line["verdict"] != "wrong" and seen.verdict in ("wrong", "follows"):
            mark = "RIGHT REFUSED"
        elif line["verdict"] == "wrong" and seen.verdict in RIGHT:
            mark = "WRONG PASSED"
        else:
            mark = "undecided" if seen.verdict in UNDECIDED else "other"
        expected = f"{line['verdict']} {line.get('cause', '')}".strip()
        said = "" if mark == "." else f" | {seen.say[:200]} | missing {seen.missing}"
        print(f"    {mark:10} {expected} -> {seen.verdict}: {line['latex'][:150]}{said}")


def main(arguments: list[str]) -> None:
    """Print the rows that are not as they should be, and the figures."""
    wanted = [word for word in arguments if not word.startswith("--")]
    rows = []
    for row in homework():
        if wanted and row["id"] not in wanted:
            continue
        rows.append(seen := judged(row, "--given" not in arguments))
        right = seen.stop is None and all(verdict in wanted_of(line) for line, verdict in seen.pairs())
        if "--quiet" not in arguments and (wanted or not right):
            _print(seen)
    count = figures(rows)
    share = count["as there"] / max(count["lines"], 1)
    print(f"{count['as there']} of {count['lines']} verdicts as there ({share:.1%}), {count['undecided']} undecided", end="")
    print(f"; right lines called wrong {count['right called wrong']}, wrong lines passed {count['wrong passed']}")
    print(f"    first wrong line right in {count['first wrong found']} of {count['rows decided']} rows decided", end="; ")
    print(f"new and carried told apart in {count['errors told apart']} of {count['errors seen']} errors seen", end=" ")
    print(f"({count['errors']} in all)")
    print(f"    rows stopped {count['stopped']} of {len(rows)}; words called wrong", end=" ")
    print(f"{count['words called wrong']}; struck lines not skipped {count['struck not skipped']}")


if __name__ == "__main__":
    main(sys.argv[1:])
