"""How long whole processes take: `symderiv --help` beside `python -c pass`, taking turns; the least of some rounds."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

ROUNDS = 15
NOTHING = ["-c", "pass"]
HELP = ["-c", "import sys; sys.argv = ['symderiv', '--help']; from symderiv.cli import main; main()"]


def seconds(arguments: list[str]) -> float:
    """The time of a Python process from its start to its end."""
    begin = perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - begin


def measured(rounds: int = ROUNDS) -> tuple[float, float]:
    """The least times of a process that does nothing and of one that shows the help."""
    turns = [(seconds(NOTHING), seconds(HELP)) for _ in range(rounds)]
    return min(nothing for nothing, _ in turns), min(shown for _, shown in turns)


def report(rounds: int = ROUNDS) -> str:
    """Both times and their ratio in one line."""
    nothing, shown = measured(rounds)
    return f"python -c pass {1000 * nothing:.0f} ms, symderiv --help {1000 * shown:.0f} ms, ratio {shown / nothing:.1f}"
