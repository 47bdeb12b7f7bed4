"""What was given and what stands above, as the lines below know it."""

from __future__ import annotations

import pytest

from .marked import judged, shown

KERNEL = (r"K \in \mathbb{R}^{n \times n}", r"y \in \mathbb{R}^n", r"\theta \in \mathbb{R}")
ATTENTION = (r"Q, K \in \mathbb{R}^{n \times d}", r"\frac{\partial L}{\partial S} = G")
PROCESS = r"""stated | \ell = -\frac12 y^\top K^{-1} y - \frac12 \log\det K
    stated | \alpha = K^{-1} y
    stated | M = \alpha\alpha^\top - K^{-1}
    ok     | \frac{\partial \ell}{\partial \theta} = \frac12 \operatorname{tr}(M \frac{\partial K}{\partial \theta})"""

DERIVATIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "a given gradient has the shape of what a line defines": (
        ATTENTION,
        r"""stated | S = Q K^\top
            ok     | \frac{\partial L}{\partial Q} = G K
            ok     | \frac{\partial L}{\partial K} = G^\top Q
            wrong  | \frac{\partial L}{\partial K} = G Q""",
    ),
    "a function whose gradient is taken is a number": (
        (r"x \in \mathbb{R}^n", r"A \in \mathbb{R}^{m \times n}", r"\eta > 0"),
        r"""ok     | x^\top \nabla L(x) = \nabla L(x)^\top x
            stated | g = \nabla L(x)
            ok     | \frac{d}{d\eta} L(x - \eta g) = -g^\top \nabla L(x - \eta g)
            stated | h(x) = L(Ax)
            ok     | \nabla h(x) = A^\top \nabla L(Ax)
            wrong  | \nabla h(x) = A \nabla L(Ax)""",
    ),
    "a function without a gradient acts entry by entry": (
        (r"x, y \in \mathbb{R}^n", r"E = y^\top f(x)"),
        r"ok | \frac{\partial E}{\partial x} = y \odot f'(x)",
    ),
    "all entries are positive": (
        ("x_i > 0",),
        r"""stated | f = \sum_i x_i \log x_i
            ok     | \frac{\partial f}{\partial x_i} = \log x_i + 1
            wrong  | \frac{\partial f}{\partial x_i} = \log x_i""",
    ),
    "an array has the length that the sum above told": (
        (),
        r"""stated | D = \frac12 \sum_{j=1}^d (\sigma_j^2 - \log \sigma_j^2 - 1)
            ok     | \frac{\partial D}{\partial \sigma_j} = \sigma_j - \frac{1}{\sigma_j}""",
    ),
    "a letter is the length that the sum above told": (
        (),
        r"""stated | \mu = \frac1n \sum_{i=1}^n x_i
            ok     | \frac{\partial \mu}{\partial x_i} = \frac1n""",
    ),
    "an array as long as a sum can refute": (
        (),
        r"""stated  | L = \frac{1}{2N} \sum_{i=1}^N (w x_i + b - y_i)^2
            ok      | \frac{\partial L}{\partial w} = \frac{1}{N} \sum_{i=1}^N (w x_i + b - y_i) x_i
            wrong   | \frac{\partial L}{\partial b} = \sum_{i=1}^N (w x_i + b - y_i)""",
    ),
    "a symmetric matrix that is a function": ((*KERNEL, "K is symmetric", r"K is a function of \theta"), PROCESS),
    "a function that is symmetric": ((*KERNEL, r"K is a function of \theta", "K is symmetric"), PROCESS),
    "a function that nobody defined": (
        (r"\alpha, \beta > 0",),
        r"""stated  | \log B = \log\Gamma(\alpha) + \log\Gamma(\beta) - \log\Gamma(\alpha+\beta)
            unknown | \frac{\partial \log B}{\partial \alpha} = \psi(\alpha) - \psi(\alpha+\beta)""",
    ),
    "a function that nobody defined on both sides": (
        (),
        r"""ok    | \frac{d}{dx} g(x^2) = 2x g'(x^2)
            wrong | \frac{d}{dx} g(x^2) = g'(x^2)""",
    ),
    "one letter for a length and a quantity": (
        (r"W \in \mathbb{R}^{h \times d}", r"x \in \mathbb{R}^d"),
        r"""stated | h = W x
            ok     | \frac{\partial h}{\partial x} = W
            stated | L = \frac12 \|h\|^2
            ok     | \frac{\partial L}{\partial W} = h x^\top
            wrong  | \frac{\partial L}{\partial W} = x h^\top""",
    ),
}


@pytest.mark.parametrize("label", DERIVATIONS)
def test_what_is_known(label: str) -> None:
    given, lines = DERIVATIONS[label]
    report, expected = judged(lines, given)
    assert [line.verdict for line in report.lines] == expected, shown(report)


def test_the_function_to_define_is_named() -> None:
    given, lines = DERIVATIONS["a function that nobody defined"]
    report, _ = judged(lines, given)
    assert report.lines[1].missing == (r"\psi",)
