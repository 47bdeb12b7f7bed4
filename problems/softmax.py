"""Softmax and cross-entropy."""

from sympy import IndexedBase, Sum, Symbol, exp, log, symbols

from symderiv import Problem

n = Symbol("n", integer=True, positive=True)
i, j, k = symbols("i j k", integer=True)
s = Symbol("s")
x, p, y = IndexedBase("x", shape=(n,)), IndexedBase("p", shape=(n,)), IndexedBase("y", shape=(n,))

SOFTMAX = {s: Sum(exp(x[k]), (k, 1, n)), p[i]: exp(x[i]) / s}

softmax = Problem(
    title="The softmax",
    statement=r"""Let $p_i = \frac{e^{x_i}}{\sum_{k=1}^n e^{x_k}}$.
        Derive $\frac{\partial p_i}{\partial x_j}$ for all $i$ and $j$.""",
    let=SOFTMAX,
    f=p,
    wrt=(x,),
    source="Deep Learning Assignment 0, exercise 2.1 (000-ex2-1)",
)

cross_entropy = Problem(
    title="Cross-entropy of the softmax",
    statement=r"""Let $p$ be the softmax of $x$ and $g = -\sum_{k=1}^n y_k \log p_k$, where $y$ is a one-hot vector.
        Derive $\nabla_x g$.""",
    let=SOFTMAX,
    f=-Sum(y[k] * log(p[k]), (k, 1, n)),
    called="g",
    wrt=(x,),
    given=(r"\sum_k y_k = 1",),
    source="Deep Learning Assignment 0, exercise 2.2 (000-ex2-2)",
)
