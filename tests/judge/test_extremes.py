r"""Names with hats and stars: which derivative they are said to make zero, and what else they may be."""

from __future__ import annotations

import pytest

import symderiv as sd
from symderiv.judge.extremes import is_marked
from symderiv.term.names import Name

from .marked import judged, shown

BERNOULLI = r"\ell(p) = k \log p + (n - k) \log(1 - p)"
SLOPE = r"\ell'(p) = \frac{k}{p} - \frac{n - k}{1 - p}"

#: Lines below the likelihood and its derivative, `verdict | line`.
BELOW: dict[str, str] = {
    "where it vanishes": r"ok | \hat p = \frac{k}{n}",
    "where it does not": r"unknown | \hat p = \frac{n}{k}",
    "a likelihood by its name": r"wrong | \hat p_{MLE} = \frac{k}{n + 1}",
    "another estimate by its letters": r"stated | \hat p = \frac{k + a}{n + a + b}",
    "one that speaks of the letter itself": r"stated | \hat p = p + \frac{k}{n}",
    "another letter": r"stated | \hat q = \frac{k}{n}",
    "a name without a mark": r"stated | q = \frac{n}{k}",
    "a number where letters stand in the derivative": r"stated | \hat p = 0.5",
    "known below it": "ok | \\hat p = \\frac{k}{n}\nok | n \\hat p = k\nwrong | k \\hat p = n",
}


@pytest.mark.parametrize("title", BELOW)
def test_below_a_derivative(title: str) -> None:
    report, expected = judged(f"stated | {BERNOULLI}\nok | {SLOPE}\n{BELOW[title]}")
    assert [line.verdict for line in report.lines] == expected, shown(report)


def test_below_a_wrong_derivative() -> None:
    lines = rf"""stated  | {BERNOULLI}
                 wrong   | \ell'(p) = \frac{{k}}{{p}} + \frac{{n - k}}{{1 - p}}
                 follows | \hat p = \frac{{k}}{{2k - n}}"""
    report, expected = judged(lines)
    assert [line.verdict for line in report.lines] == expected, shown(report)


def test_what_is_missing_is_said() -> None:
    (*_, last) = judged(f"stated | {BERNOULLI}\nok | {SLOPE}\nunknown | \\hat p = \\frac{{n}}{{k}}")[0].lines
    assert last.missing == (r"\hat{p}",)
    assert "does not vanish there" in last.say


MARKED = {
    Name("x", accent="hat"): True,
    Name("x", sup="*"): True,
    Name("x", sup="\\star"): True,
    Name("mu", sub="ML"): True,
    Name("w", sup="ridge"): False,
    Name("x"): False,
    Name("x", sub="1"): False,
    Name("x", accent="bar"): False,
}


@pytest.mark.parametrize("name", MARKED)
def test_marks(name: Name) -> None:
    assert is_marked(name) == MARKED[name]


RIDGE = [
    r"L(w) = \frac{1}{N} \|Xw - y\|_2^2 + \lambda \|w\|_2^2",
    r"\nabla_w L = \frac{2}{N} X^\top (Xw - y) + 2\lambda w",
]
RIGHT, SLIPPED = (
    r"= \frac{2}{N}(X^\top X + N\lambda I) w - \frac{2}{N} X^\top y",
    r"= \frac{2}{N}(X^\top X + \lambda I) w - \frac{2}{N} X^\top y",
)


@pytest.mark.parametrize("star", [r"w^*", r"w^{\star}", r"\hat w"])
@pytest.mark.parametrize(
    ("lines", "value", "verdict"),
    [
        ([], r"(X^\top X + N\lambda I)^{-1} X^\top y", "ok"),
        ([], r"(X^\top X + \lambda I)^{-1} X^\top y", "unknown"),
        ([RIGHT], r"(X^\top X + N\lambda I)^{-1} X^\top y", "ok"),
        ([SLIPPED], r"(X^\top X + N\lambda I)^{-1} X^\top y", "ok"),
        ([SLIPPED], r"(X^\top X + \lambda I)^{-1} X^\top y", "follows"),
    ],
)
def test_the_solution_of_ridge_regression(star: str, lines: list[str], value: str, verdict: str) -> None:
    given = [r"X \in \mathbb{R}^{N \times d}", r"w \in \mathbb{R}^d", r"y \in \mathbb{R}^N"]
    assert sd.check([*RIDGE, *lines, f"{star} = {value}"], given=given).lines[-1].verdict == verdict
