r"""Real hand derivations, right ones and ones with a mistake: does `check` find the mistake, its kind and a repair?

    PYTHONPATH=tests python -m bench.check_cases [--variants] [--quiet] [ID …]

Every record of `check.jsonl` is judged through the public API. Printed is how many are judged exactly (a mistake: the
first wrong line is the right one; none: every line is ok or stated), true lines called wrong, wrong lines passed,
undecided lines and whether each names what is missing, kinds of cause that are right, whether `correct_line` and
`fix` are ok in place of the wrong line, and how many fixes change no more tokens than `correct_line` does. With
`--variants` the same for every case with fresh letters, with commuting terms swapped and with the transpose written
in other ways; and whether the verdicts on `latex_block` in a .tex, a .md and a .ipynb are those on the list.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import symderiv as sd
from bench.drawing import OutOfTime, at_most, rows
from bench.respelling import DERIVATIONS, Case

SECONDS = 60
RIGHT, UNDECIDED = ("ok", "stated"), ("unknown", "unread")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z]|\d+(?:\.\d+)?|[^\s]")
#: What carries no meaning in a comparison of tokens.
_IDLE = frozenset([r"\left", r"\right", r"\,", r"\;", r"\quad", r"\qquad", "&", "{", "}", "\\!"])


@dataclass
class Seen:
    """What became of a case: the verdicts, what was counted, and what to print."""

    verdicts: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    @property
    def exact(self) -> bool:
        """Whether the case was judged exactly."""
        return bool(self.counts["exact"])


def tokens(line: str) -> list[str]:
    """The tokens of LaTeX that a person changes: no braces, no spacing, no sizes of brackets."""
    return [token for token in _TOKEN.findall(line) if token not in _IDLE]


def distance(one: str, other: str) -> int:
    """How many tokens are inserted, deleted or exchanged on the way from one line to another."""
    first, second = tokens(one), tokens(other)
    above = list(range(len(second) + 1))
    for row, left in enumerate(first, 1):
        now = [row]
        for column, right in enumerate(second, 1):
            now.append(min(above[column] + 1, now[-1] + 1, above[column - 1] + (left != right)))
        above = now
    return above[-1]


def report(case: Case, replaced: str | None = None) -> Any:
    """The report on a case, with another line in the place of the first wrong one where `replaced` is said."""
    lines = list(case["lines"])
    if replaced is not None:
        lines[case["first_wrong"]] = replaced
    with at_most(SECONDS):
        return sd.check(lines, given=case["given"])


def judged(case: Case, repairs: bool = True) -> Seen:
    """What `check` says of a case, counted."""
    seen = Seen()
    try:
        found = report(case)
    except OutOfTime:
        seen.counts["slow"] += 1
        seen.notes.append(f"more than {SECONDS} s")
        return seen
    except Exception as stop:  # noqa: BLE001 - a crash of any kind is counted here
        seen.counts["crash"] += 1
        seen.notes.append(f"{type(stop).__name__}: {str(stop)[:200]}")
        return seen
    seen.verdicts = [line.verdict for line in found.lines]
    _count_lines(case, found, seen)
    wrong = case["first_wrong"]
    if wrong is None:
        seen.counts["exact"] = int(all(verdict in RIGHT for verdict in seen.verdicts))
        return seen
    seen.counts["exact"] = int(found.first_wrong == wrong)
    seen.counts["exact, and all before it right"] = int(
        seen.exact and all(verdict in RIGHT for verdict in seen.verdicts[:wrong])
    )
    if seen.exact:
        _count_cause(case, found.lines[wrong], seen)
    if repairs:
        _count_repairs(case, found.lines[wrong], seen)
    return seen


def _count_lines(case: Case, found: Any, seen: Seen) -> None:
    labels = [{"follows-from-wrong": "follows"}.get(label, label) for label in case["verdicts"]]
    if len(labels) != len(found.lines):
        seen.notes.append(f"{len(found.lines)} lines for {len(labels)}")
    for place, (line, label) in enumerate(zip(found.lines, labels, strict=False)):
        verdict = line.verdict
        seen.counts[f"lines {label}"] += 1
        same = verdict in RIGHT if label == "ok" else verdict == label
        seen.counts["lines as labelled"] += same
        said = f"line {place} {label} -> {verdict}: {line.source[:110]} | {line.say[:170]}"
        if label == "ok" and verdict in ("wrong", "follows"):
            seen.counts["true lines called wrong"] += 1
            seen.notes.append(f"TRUE REFUSED {said}")
        elif label == "wrong" and verdict in RIGHT:
            seen.counts["wrong lines passed"] += 1
            seen.notes.append(f"WRONG PASSED {said}")
        elif label == "follows" and verdict in RIGHT:
            seen.counts["carried lines passed"] += 1
            seen.notes.append(f"CARRIED PASSED {said}")
        elif verdict in UNDECIDED:
            seen.counts["undecided"] += 1
            seen.counts["undecided, labelled ok"] += label == "ok"
            seen.counts["undecided that name what is missing"] += bool(line.missing)
            seen.counts["undecided that give a reason"] += bool(line.say)
            seen.notes.append(f"undecided {said} | missing {line.missing}")
        elif not same:
            seen.counts["other labels"] += 1
            seen.notes.append(f"other {said}")


def _count_cause(case: Case, line: Any, seen: Seen) -> None:
    kind = line.cause.kind if line.cause else None
    seen.counts["mistakes found"] += 1
    seen.counts["with a cause"] += kind is not None
    seen.counts["kind of cause right"] += kind == case["bug_class"]
    if kind != case["bug_class"]:
        seen.notes.append(f"cause {kind} for {case['bug_class']}: {line.source[:110]}")


def _count_repairs(case: Case, line: Any, seen: Seen) -> None:
    place, source = case["first_wrong"], case["lines"][case["first_wrong"]]
    for name, repaired in (("correct_line", case["correct_line"]), ("fix", line.fix)):
        if repaired is None:
            continue
        seen.counts[name] += 1
        try:
            verdict = report(case, repaired).lines[place].verdict
        except (OutOfTime, Exception) as stop:  # noqa: BLE001 - a crash of any kind is counted here
            verdict = type(stop).__name__
        seen.counts[f"{name} ok"] += verdict in RIGHT
        if verdict not in RIGHT:
            seen.notes.append(f"{name} {verdict}: {repaired}")
    if line.fix is not None and case["correct_line"] is not None:
        ours, theirs = distance(source, line.fix), distance(source, case["correct_line"])
        seen.counts["fix changes no more tokens"] += ours <= theirs
        if ours > theirs:
            seen.notes.append(f"fix changes {ours} tokens for {theirs}: {line.fix}  for  {case['correct_line']}")


def run(cases: list[Case], title: str, show: bool = True, repairs: bool = True) -> dict[str, Seen]:
    """Judge cases; print what was not as labelled, and the figures."""
    start, found, total = time.perf_counter(), dict[str, Seen](), Counter[str]()
    for case in cases:
        found[case["id"]] = seen = judged(case, repairs)
        total += seen.counts
        if show and seen.notes:
            print(f"{case['id']} {'exact' if seen.exact else 'NOT EXACT'}")
            print("".join(f"    {note}\n" for note in seen.notes), end="")
    wrong = [case for case in cases if case["first_wrong"] is not None]
    exact = [sum(found[case["id"]].exact for case in cases if (case in wrong) is flag) for flag in (True, False)]
    lines = sum(len(case["lines"]) for case in cases)
    count, many = len(cases), len(wrong)
    print(f"{title}: {total['exact']} of {count} judged exactly; mistake found in {exact[0]} of {many}", end=" ")
    print(f"({total['exact, and all before it right']} with all before it right)", end=", ")
    print(f"{exact[1]} of {count - many} right ones all ok; crash {total['crash']}, slow {total['slow']}")
    print(f"    lines as labelled {total['lines as labelled']} of {lines}; true lines called wrong", end=" ")
    print(f"{total['true lines called wrong']} of {total['lines ok']}; wrong lines passed", end=" ")
    print(f"{total['wrong lines passed']} of {total['lines wrong']}; carried lines passed", end=" ")
    print(f"{total['carried lines passed']} of {total['lines follows']}")
    print(f"    undecided {total['undecided']} ({total['undecided, labelled ok']} true), naming what is missing", end=" ")
    print(f"{total['undecided that name what is missing']}, giving a reason {total['undecided that give a reason']}")
    print(f"    kind of cause right {total['kind of cause right']} of {total['mistakes found']} found", end=" ")
    print(f"({total['with a cause']} have one)", end="")
    if repairs:
        print(f"; correct_line ok {total['correct_line ok']} of {total['correct_line']}", end="")
        print(f"; fix ok {total['fix ok']} of {total['fix']}, no more tokens {total['fix changes no more tokens']}", end="")
    print(f"\n    {lines / (time.perf_counter() - start):.1f} lines per second", flush=True)
    return found


#: How `latex_block` stands in a document of each kind.
DOCUMENTS = {
    "tex": lambda block: f"\\documentclass{{article}}\n\\begin{{document}}\nWe compute:\n{block}\n\\end{{document}}\n",
    "md": lambda block: f"We compute:\n\n{block}\n",
    "ipynb": lambda block: json.dumps(
        {
            "cells": [{"cell_type": "markdown", "metadata": {}, "source": [f"We compute:\n\n{block}\n"]}],
            "metadata": {}, "nbformat": 4, "nbformat_minor": 5,
        }
    ),
}  # fmt: skip


def in_documents(cases: list[Case], plain: dict[str, Seen]) -> None:
    """Print where the verdicts on a document are not those on the list."""
    for ending, document in DOCUMENTS.items():
        equal = 0
        for case in cases:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"case.{ending}"
                path.write_text(document(case["latex_block"]), encoding="utf-8")
                try:
                    with at_most(SECONDS):
                        verdicts = [line.verdict for line in sd.check(path, given=case["given"]).lines]
                except (OutOfTime, Exception) as stop:  # noqa: BLE001 - a crash of any kind is counted here
                    verdicts = [f"{type(stop).__name__}: {stop}"]
            same = verdicts == plain[case["id"]].verdicts
            equal += same
            if not same:
                print(f"{case['id']} .{ending}: {verdicts} for {plain[case['id']].verdicts}")
        print(f"latex_block in .{ending}: verdicts equal in {equal} of {len(cases)}", flush=True)


def main(arguments: list[str]) -> None:
    """Print the figures for the cases as published, and for their spellings on request."""
    wanted = [word for word in arguments if not word.startswith("--")]
    cases = [case for case in rows("check") if not wanted or case["id"] in wanted]
    plain = run(cases, "as published", show="--quiet" not in arguments)
    if "--variants" not in arguments:
        return
    for title, respelled in DERIVATIONS.items():
        print()
        others = [respelled(case) for case in cases]
        changed = sum(other != case for case, other in zip(cases, others, strict=True))
        new = run(others, f"{title} ({changed} changed)", show=False)
        for other in others:
            before, after = plain[other["id"]], new[other["id"]]
            if before.verdicts != after.verdicts:
                better = (
                    " (better)" if after.exact and not before.exact else " (WORSE)" if before.exact > after.exact else ""
                )
                print(f"{other['id']} {before.verdicts} -> {after.verdicts}{better}")
                print(f"    given {other['given']}")
                for line, one, two in zip(other["lines"], before.verdicts, after.verdicts, strict=False):
                    if one != two:
                        print(f"    {one} -> {two}: {line}")
                print("".join(f"      {note}\n" for note in after.notes if note not in before.notes)[:600], end="")
    print()
    in_documents(cases, plain)


if __name__ == "__main__":
    main(sys.argv[1:])
