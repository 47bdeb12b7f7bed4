"""How long whole processes take: the help and a check of ten lines beside `python -c pass`, taking turns.

PYTHONPATH=tests python -m bench.startup
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 15
RUN = "import sys; sys.argv = {}; from symderiv.cli import main; main()"
TEN = r"""
$f = x^2 \sin x$

$f' = 2x \sin x + x^2 \cos x$

$g = e^{2x}$

$g' = 2e^{2x}$

$h = \log(1+x^2)$

$h' = \frac{2x}{1+x^2}$

$A \in \mathbb{R}^{m \times n}$, $z \in \mathbb{R}^n$, $b \in \mathbb{R}^m$

$L = \|Az-b\|^2$

$\nabla_z L = 2A^T(Az-b)$

$\nabla_A L = 2(Az-b)z^T$
"""


def seconds(code: str) -> float:
    """The time of a Python process from its start to its end."""
    begin = perf_counter()
    subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - begin


def measured(rounds: int = ROUNDS) -> dict[str, float]:
    """The median times of a process that does nothing, of one that shows the help and of one that checks ten lines."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "ten.md")
        file.write_text(TEN, encoding="utf-8")
        codes = {
            "python -c pass": "pass",
            "symderiv --help": RUN.format(["symderiv", "--help"]),
            "symderiv check": RUN.format(["symderiv", "check", str(file)]),
        }
        turns = [{what: seconds(code) for what, code in codes.items()} for _ in range(rounds)]
    return {what: median(turn[what] for turn in turns) for what in codes}


def report(rounds: int = ROUNDS) -> str:
    """The times, and how many processes that do nothing each of them is worth."""
    found = measured(rounds)
    nothing = found["python -c pass"]
    return ", ".join(f"{what} {1000 * time:.0f} ms (ratio {time / nothing:.1f})" for what, time in found.items())


if __name__ == "__main__":
    print(report())
