"""Probability: mean and variance of what is computed from random numbers."""

from symderiv import Problem
from symderiv.questions.moments import Moments
from symderiv.questions.remark import Remark

gradient_of_a_random_convolution = Problem(
    title="How large the gradient of a convolution's weight is",
    statement=r"""An $n \times n$ input $x$ is convolved with a $k \times k$ filter $w$, stride 1, without padding; the
        output
        has $m \times m$ values, $m = n - k + 1$, and $dy_{ij}$ is the derivative of the loss by the value $y_{ij}$. The
        derivative by the weight $w_{hl}$ is $dw_{hl} = \sum_{i=1}^m \sum_{j=1}^m dy_{ij} x_{i+h-1,j+l-1}$. All $x_{ij}$ and
        $dy_{ij}$ are independent with mean 0; the variances are $\sigma_x^2$ and $\sigma_g^2$. Derive mean and variance of
        $dw_{hl}$ and say how its standard deviation grows with $n$.""",
    given=(
        "dw is one name",
        "dy is one name",
        *(rf"{letter} \in \mathbb{{N}}" for letter in "hlkn"),
        r"h \le k",
        r"l \le k",
        r"n \ge k",
        r"\sigma_x > 0",
        r"\sigma_g > 0",
        r"m = n-k+1",
        r"x \in \mathbb{R}^{n \times n}",
        r"dy \in \mathbb{R}^{m \times m}",
        r"dw_{h,l} = \sum_{i=1}^m \sum_{j=1}^m dy_{i,j} x_{i+h-1,j+l-1}",
    ),
    asks=(
        Moments("dw_{h,l}", random={"dy": ("0", r"\sigma_g^2"), "x": ("0", r"\sigma_x^2")}),
        Remark(
            r"The terms of the sum are uncorrelated: in the product of two of them, with $dy_{ij}$ and another entry "
            r"of $dy$, "
            r"these two are independent of each other and of all entries of $x$, and have mean 0."
        ),
        Remark(r"For fixed $k$ the standard deviation grows like $n$: it is $O(n)$."),
    ),
    attempts=(
        (
            (r"E(dy_{ij})=0,\ \mathrm{Var}(dy_{ij})=\sigma_g^2", "stated"),
            (r"\frac{\partial L}{\partial w_{h,l}}=\sum_{i=1}^m\sum_{j=1}^mdy_{i,j}\cdot x_{i+h-1,j+l-1}", "stated"),
            (
                r"E\left(\frac{\partial L}{\partial w_{h,l}}\right)="
                r"\sum_{i=1}^m\sum_{j=1}^mE(dy_{i,j}\cdot x_{i+h-1,j+l-1})",
                "ok",
            ),
        ),
    ),
    source="Deep Learning Assignment 5, question 4 (004-4b)",
)
