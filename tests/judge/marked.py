"""What the tests of judging share: the verdicts on a derivation, and the derivation with its marks for a failed test."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.reading import environment
from symderiv.report import Report, check

#: Shapes for the derivations with arrays.
ARRAYS = (
    r"x \in \mathbb{R}^n", r"a \in \mathbb{R}^n", r"b \in \mathbb{R}^m", r"W \in \mathbb{R}^{m \times n}",
    r"A \in \mathbb{R}^{n \times n}", r"B \in \mathbb{R}^{n \times n}", r"X \in \mathbb{R}^{n \times n}", "X is invertible",
    "A is invertible", "B is invertible",
)  # fmt: skip
#: The softmax and its indices.
SOFTMAX = (r"z \in \mathbb{R}^n", r"s = \operatorname{softmax}(z)", "i, j are indices")
#: A mean of squares.
MEAN = (r"x \in \mathbb{R}^n", r"y \in \mathbb{R}^n", r"n \in \mathbb{N}", r"L = \frac1n \sum_{i=1}^n (y_i - w x_i)^2")


def verdicts(lines: Iterable[str], given: Iterable[str] = ()) -> list[str]:
    """The verdict of each line."""
    return [line.verdict for line in check(list(lines), given).lines]


def shown(report: Report) -> str:
    """The lines with their verdicts, and what is known."""
    lines = [f"{line.verdict:8} {line.source}   [{line.say}]" for line in report.lines]
    return "\n".join(["", *lines])


def judged(lines: str, given: Iterable[str] = ()) -> tuple[Report, list[str]]:
    """A report on lines that are written as `verdict | formula`, and the verdicts that are expected."""
    rows = [line.split("|", 1) for line in lines.strip().splitlines()]
    return check([formula.strip() for _, formula in rows], given), [word.strip() for word, _ in rows]


def known(*facts: str) -> object:
    """An environment in which these facts are known."""
    return environment(list(facts))
