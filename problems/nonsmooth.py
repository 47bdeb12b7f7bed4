"""Functions with kinks: where they are differentiable, their subgradients, and minimisers at a kink."""

from symderiv import Problem
from symderiv.questions.minimiser import Minimiser

soft_threshold = Problem(
    title="The proximal map of the 1-norm",
    statement=r"""For $t > 0$ and $x \in \mathbb{R}^n$ the proximal map of the 1-norm is the minimiser $p$ of
        $\frac12 \|z - x\|_2^2 + t \|z\|_1$ over $z \in \mathbb{R}^n$, a step of proximal gradient descent for an L1 penalty.
        The sum has a term for each entry, $\frac12 (z_i - x_i)^2 + t |z_i|$, so each entry is minimised by itself.
        Compute $p_i$.""",
    given=(r"x \in \mathbb{R}^n", r"z \in \mathbb{R}^n", r"p \in \mathbb{R}^n", "t > 0"),
    asks=(Minimiser(r"\frac12 (z_i - x_i)^2 + t |z_i|", "z_i", "p_i", also=r"\operatorname{sign}(x_i) \max(|x_i| - t, 0)"),),
    source="Deep Learning Assignment 3, question 9 (002-9b)",
)
