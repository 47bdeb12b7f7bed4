r"""Short derivations as people write them, declared well, badly or not at all: each true line beside false ones.

    PYTHONPATH=tests python -m bench.derivations [--all]

In `tests/data/derivations.txt` a derivation begins with `==`; `g` is what is given, `t` a true line, `f` a false one in the
place of the true line above it, `u` a false one of a name that nothing determines, which may be taken for a definition.
Printed is every true line that is called wrong and every false one that passes; with `--all` also what is undecided.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import symderiv as sd

TABLE = Path(__file__).parents[1] / "data" / "derivations.txt"


class Derivation(NamedTuple):
    """A title, what is given, and marked lines in order."""

    title: str
    given: list[str]
    lines: list[tuple[str, str]]


class Found(NamedTuple):
    """A line, whether it is true, false or undetermined, and its verdict."""

    mark: str
    line: str
    verdict: str

    @property
    def is_contradicted(self) -> bool:
        """Whether a true line is called wrong, or a false one passes."""
        passes = ("ok",) if self.mark == "u" else ("ok", "stated")
        return self.verdict in (("wrong", "follows") if self.mark == "t" else passes)


def derivations() -> list[Derivation]:
    """The table."""
    found: list[Derivation] = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "==":
            found.append(Derivation(rest, [], []))
        elif mark == "g":
            found[-1].given.extend(rest.split("; "))
        elif mark:
            found[-1].lines.append((mark, rest))
    return found


def verdicts(one: Derivation) -> Iterator[Found]:
    """The verdict on each line: a false one at the end of the true ones above it, without the one that it stands for."""
    true = [line for mark, line in one.lines if mark == "t"]
    yield from (
        Found("t", line, found.verdict) for line, found in zip(true, sd.check(true, given=one.given).lines, strict=True)
    )
    above: list[str] = []
    for mark, line in one.lines:
        if mark == "t":
            above.append(line)
        else:
            yield Found(mark, line, sd.check([*above[:-1], line], given=one.given).lines[-1].verdict)


def main(arguments: list[str]) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true")
    everything = parser.parse_args(arguments).all
    counts: Counter[tuple[str, str]] = Counter()
    for one in derivations():
        for found in verdicts(one):
            counts[found.mark, found.verdict] += 1
            if found.is_contradicted or (everything and found.verdict in ("unknown", "unread")):
                print(f"{one.title}: {found.mark} {found.verdict}: {found.line}")
    print({f"{mark} {verdict}": count for (mark, verdict), count in sorted(counts.items())})


if __name__ == "__main__":
    main(sys.argv[1:])
