"""Equations that were set up, and what follows from them."""

from __future__ import annotations

import pytest

import symderiv as sd

from .marked import judged, shown

LEAST = (r"X \in \mathbb{R}^{m \times n}", r"w \in \mathbb{R}^n", r"y \in \mathbb{R}^m")
SQUARE = (r"A \in \mathbb{R}^{n \times n}", r"w, v \in \mathbb{R}^n")
SYMMETRIC = (r"S \in \mathbb{R}^{n \times n}", "S is symmetric", r"w \in \mathbb{R}^n", r"\lambda \in \mathbb{R}")
BATCH = (r"X \in \mathbb{R}^{m \times n}", r"W \in \mathbb{R}^{n \times k}", r"Y \in \mathbb{R}^{m \times k}")
SAMPLES = (r"x_1, \dots, x_n \in \mathbb{R}", r"y_1, \dots, y_n \in \mathbb{R}", r"n \in \mathbb{N}")

DERIVATIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "the normal equations": (
        LEAST,
        r"""stated | f(w) = \|Xw-y\|^2
            ok     | \nabla f(w) = 2X^\top(Xw-y) = 0
            ok     | X^\top X w = X^\top y
            ok     | w = (X^\top X)^{-1} X^\top y""",
    ),
    "a false solution": (
        LEAST,
        r"""stated | f(w) = \|Xw-y\|^2
            stated | \nabla f(w) = 0
            wrong  | w = 2(X^\top X)^{-1} X^\top y""",
    ),
    "a false equation behind one": (
        LEAST,
        r"""stated | f(w) = \|Xw-y\|^2
            stated | \nabla f(w) = 0
            wrong  | X^\top X w = 2 X^\top y""",
    ),
    "an equation without its function": (LEAST, "stated | 2X^\\top(Xw-y) = 0\nok | X^\\top X w = X^\\top y"),
    "a prime": ((), "stated | f(x) = x^2 - 4x + 1\nstated | f'(x) = 0\nwrong | x = 4"),
    "an equation between numbers": ((), "stated | f(x) = x^2 - 4x\nstated | 2x - 4 = 0\nok | 2x = 4\nok | x = 2"),
    "a matrix that is cancelled": (SQUARE, "stated | A^\\top A w = A^\\top A v\nok | w = v"),
    "a matrix on the other side": (SQUARE, "stated | A w = v\nok | w = A^{-1} v"),
    "a matrix that stays where it was": (SQUARE, "stated | A w = v\nwrong | w = A v"),
    "denominators that are cleared": (
        ("0 < p < 1", r"k \in \mathbb{R}", r"n \in \mathbb{R}"),
        r"""stated | \ell(p) = k \log p + (n-k)\log(1-p)
            ok     | \ell'(p) = \frac{k}{p} - \frac{n-k}{1-p} = 0
            ok     | k(1-p) = (n-k)p
            ok     | p = \frac{k}{n}""",
    ),
    "a name for the solution": (
        SAMPLES,
        r"""stated | \ell(\mu) = -\frac{1}{2}\sum_{i=1}^n (x_i - \mu)^2
            ok     | \frac{d\ell}{d\mu} = \sum_{i=1}^n (x_i - \mu) = 0
            ok     | \sum_{i=1}^n x_i = n \mu
            wrong  | \hat\mu = \frac1{n-1} \sum_{i=1}^n x_i
            ok     | \hat\mu = \frac1{n} \sum_{i=1}^n x_i""",
    ),
    "an eigenvector and its eigenvalue": (
        SYMMETRIC,
        r"""stated | L = w^\top S w - \lambda (w^\top w - 1)
            ok     | \frac{\partial L}{\partial w} = 2Sw - 2\lambda w = 0
            ok     | S w = \lambda w
            wrong  | S w = 2\lambda w
            ok     | \lambda = \frac{w^\top S w}{w^\top w}
            ok     | w^\top S w = \lambda w^\top w""",
    ),
    "equations for a matrix": (
        BATCH,
        r"""stated  | L = \|XW - Y\|_F^2
            ok      | \frac{\partial L}{\partial W} = 2X^\top(XW-Y) = 0
            ok      | X^\top X W = X^\top Y
            unknown | X^\top X W = 2X^\top Y
            wrong   | W = (X^\top X)^{-1} Y X^\top
            ok      | W = (X^\top X)^{-1} X^\top Y""",
    ),
    "two equations": (
        (r"x, y \in \mathbb{R}",),
        r"""stated  | f = x^2 + x y + y^2 - 3x
            ok      | \frac{\partial f}{\partial x} = 2x + y - 3 = 0
            ok      | \frac{\partial f}{\partial y} = x + 2y = 0
            ok      | x = -2y
            ok      | y = -1
            unknown | x = 3
            ok      | x = 2""",
    ),
    "two equations and a multiplier": (
        (r"x, y \in \mathbb{R}",),
        r"""stated | L = x y - \lambda (x + y - 1)
            ok     | \frac{\partial L}{\partial x} = y - \lambda = 0
            ok     | \frac{\partial L}{\partial y} = x - \lambda = 0
            ok     | x = y""",
    ),
    "a line of regression": (
        SAMPLES,
        r"""stated | L = \sum_{i=1}^n (y_i - a x_i - b)^2
            ok     | \frac{\partial L}{\partial b} = -2\sum_{i=1}^n (y_i - a x_i - b) = 0
            ok     | b = \frac1n \sum_{i=1}^n y_i - a \frac1n \sum_{i=1}^n x_i
            ok     | \frac{\partial L}{\partial a} = -2\sum_{i=1}^n x_i(y_i - a x_i - b) = 0
            ok     | \sum_{i=1}^n x_i y_i = a \sum_{i=1}^n x_i^2 + b \sum_{i=1}^n x_i""",
    ),
    "what vanishes anyway is no equation": (
        (r"x \in \mathbb{R}^n", r"n \in \mathbb{N}"),
        r"""stated | \mu = \frac1n \sum_{i=1}^n x_i
            ok     | \sum_{i=1}^n (x_i - \mu) = 0
            stated | \hat x_i = x_i - \mu""",
    ),
    "a derivative that does not vanish": ((), "stated | y = x^2 c\nwrong | \\frac{dy}{dx} = 0\nok | \\frac{dy}{dc} = x^2"),
    "numbers, which are no equation": ((), "stated | g = t\nwrong | \\frac{dg}{dt} = 1 = 0"),
    "an identity that is false": ((), "wrong | (a+b)^2 = a^2 + b^2\nwrong | (a+b)^3 = a^3 + b^3"),
}  # fmt: skip


@pytest.mark.parametrize("label", DERIVATIONS)
def test_what_follows_from_an_equation(label: str) -> None:
    given, lines = DERIVATIONS[label]
    report, expected = judged(lines, given)
    assert [line.verdict for line in report.lines] == expected, shown(report)


@pytest.mark.parametrize(
    ("line", "said", "conditions"),
    [
        (r"A^\top A w = A^\top A v", (), (r"\det(A^\top A) \ne 0",)),
        (r"A w = A v", (), (r"\det A \ne 0",)),
        (r"A w = A v", ("A is invertible",), ()),
        (r"A^{-1} w = A^{-1} v", (), ()),
    ],
)
def test_a_matrix_that_is_cancelled_has_an_inverse(line: str, said: tuple[str, ...], conditions: tuple[str, ...]) -> None:
    report, expected = judged(f"stated | {line}\nok | w = v", (*SQUARE, *said))
    assert [found.verdict for found in report.lines] == expected, shown(report)
    assert report.lines[1].conditions == conditions


def test_a_condition_that_was_divided_by_is_named() -> None:
    given, lines = DERIVATIONS["an eigenvector and its eigenvalue"]
    report, _ = judged(lines, given)
    assert report.lines[4].conditions == (r"w^\top w \ne 0",), shown(report)


SAMPLE = [r"x \in \mathbb{R}^n", r"\mu \in \mathbb{R}", r"\sigma > 0"]
LIKELIHOOD = r"\ell = -n \log\sigma - \frac{1}{2\sigma^2} \sum_{i=1}^n (x_i - \mu)^2"
BY_SQUARE = (
    r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{2\sigma^4} \sum_{i=1}^n (x_i - \mu)^2 = 0"
)

# What is set to zero, what is claimed of the square of the solution, and its verdict.
SQUARES = [
    (r"\frac{\partial \ell}{\partial \sigma} = 0", r"\hat\sigma^2 = \frac{1}{n} \sum_{i=1}^n (x_i - \mu)^2", "ok"),
    (r"\frac{\partial \ell}{\partial \sigma} = 0", r"\sigma^2 = \frac{1}{n} \sum_{i=1}^n (x_i - \mu)^2", "ok"),
    (r"\frac{\partial \ell}{\partial \sigma} = 0", r"\sigma^2 = \frac{2}{n} \sum_{i=1}^n (x_i - \mu)^2", "wrong"),
    (r"\frac{\partial \ell}{\partial \sigma} = 0", r"\hat\sigma^2 = \sum_{i=1}^n (x_i - \mu)^2", "wrong"),
    (BY_SQUARE, r"\hat\sigma^2 = \frac{1}{n} \sum_{i=1}^n (x_i - \mu)^2", "ok"),
    (BY_SQUARE, r"\hat\sigma^2 = \frac{1}{2n} \sum_{i=1}^n (x_i - \mu)^2", "wrong"),
]


@pytest.mark.parametrize(
    ("zero", "line", "verdict"), SQUARES, ids=[f"{row[1]} {place}" for place, row in enumerate(SQUARES)]
)
def test_the_square_of_a_solution(zero: str, line: str, verdict: str) -> None:
    report = sd.check([LIKELIHOOD, zero, line], given=SAMPLE)
    assert report.lines[-1].verdict == verdict, report.text()


def test_no_letter_of_the_judge_is_missing() -> None:
    line = r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{\sigma^2} + \frac{1}{2\sigma^4} \sum_{i=1}^n (x_i - \mu)^2"
    assert not any("|" in name for name in sd.check([LIKELIHOOD, line]).lines[1].missing)


# An equation, one of its solutions, and the sign that this takes.
BRANCHES = [
    ("x^2 = 4", "x = 2", "x > 0"),
    ("x^2 = 4", "x = -2", "x < 0"),
    ("x^2 - a = 0", r"x = \sqrt{a}", "x > 0"),
    ("x^2 - 2x - 1 = 0", r"x = 1 + \sqrt 2", ""),
    ("2x - 4 = 0", "x = 2", ""),
]


@pytest.mark.parametrize(("equation", "line", "sign"), BRANCHES, ids=[" ".join(row[:2]) for row in BRANCHES])
def test_one_of_two_solutions_is_told(equation: str, line: str, sign: str) -> None:
    report = sd.check([equation, line])
    assert report.lines[1].verdict == "ok"
    assert (sign in report.text()) if sign else ("This needs" not in report.text())


def test_what_holds_by_its_form_is_no_condition() -> None:
    lines = [r"p = \sigma(z)", r"L = -y \log p - (1-y) \log(1-p)", r"\frac{dL}{dz} = p - y"]
    assert "This needs" not in sd.check(lines).text()
