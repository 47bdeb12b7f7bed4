"""Functions with kinks: where they are differentiable, their subgradients, and minimisers at a kink."""

from symderiv import Problem
from symderiv.questions.claim import Claim
from symderiv.questions.minimiser import Minimiser
from symderiv.questions.plot import Plot
from symderiv.questions.remark import Remark

absolute_value = Problem(
    title="The absolute value and its subgradients",
    statement=r"""Where is $f(x) = |x|$ differentiable, and with which derivative? Give its subgradients at the kink.""",
    f="|x|",
    wrt=("x",),
    given=(r"-1 \le g \le 1", r"y \in \mathbb{R}"),
    asks=(
        Remark(r"At $x = 0$ the slope jumps from $-1$ to $1$. Every $g$ between them is a subgradient there:"),
        Claim(r"|y| \ge g y", "the bars are not less than g times what stands in them, for g is at most 1"),
        Remark(r"So the subdifferential of $f$ at $0$ is the interval from $-1$ to $1$."),
        Plot(
            "|x|", "x", -2, 2, ((0, -1), (0, -0.5), (0, 0), (0, 0.5), (0, 1)), "the curve of |x| with five subgradients at 0"
        ),
    ),
)

hinge = Problem(
    title="The hinge loss",
    statement=r"""Let $\ell(s) = \max(0, 1 - y s)$ be the hinge loss of the score $s$ with the label $y \in \{-1, 1\}$.
        Derive $\frac{\partial \ell}{\partial s}$ where it exists, and say what replaces it at the kink.""",
    f=r"\ell = \max(0, 1 - y s)",
    wrt=("s",),
    given=(r"y \in \{-1, 1\}",),
    asks=(
        Remark(r"At $y s = 1$ there is a kink: the subgradients are all numbers between $-y$ and $0$."),
        Plot(
            r"\max(0, 1 - s)",
            "s",
            -1,
            3,
            ((1, -1), (1, -0.5), (1, 0)),
            "the hinge loss for y = 1 with three subgradients at 1",
        ),
    ),
)

soft_threshold = Problem(
    title="The proximal map of the 1-norm",
    statement=r"""For $t > 0$ and $x \in \mathbb{R}^n$ the proximal map of the 1-norm is the minimiser $p$ of
        $\frac12 \|z - x\|_2^2 + t \|z\|_1$ over $z \in \mathbb{R}^n$, a step of proximal gradient descent for an L1 penalty.
        The sum has a term for each entry, $\frac12 (z_i - x_i)^2 + t |z_i|$, so each entry is minimised by itself.
        Compute $p_i$.""",
    given=(r"x \in \mathbb{R}^n", r"z \in \mathbb{R}^n", r"p \in \mathbb{R}^n", "t > 0"),
    asks=(
        Minimiser(r"\frac12 (z_i - x_i)^2 + t |z_i|", "z_i", "p_i", also=r"\operatorname{sign}(x_i) \max(|x_i| - t, 0)"),
        Plot(r"\operatorname{sign}(u) \max(|u| - 1, 0)", "u", -3, 3, (), "the soft threshold for t = 1: zero from −1 to 1"),
    ),
    source="Deep Learning Assignment 3, question 9 (002-9b)",
)
