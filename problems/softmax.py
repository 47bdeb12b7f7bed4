"""Softmax and cross-entropy."""

from sympy import IndexedBase, MatrixSymbol, Sum, Symbol, exp, log, symbols

from symderiv import Problem
from symderiv.questions.remark import Remark
from symderiv.questions.working import Working

n, m, d = symbols("n m d", integer=True, positive=True)
i, j, k = symbols("i j k", integer=True)
s, T = Symbol("s"), Symbol("T", positive=True)
x, p, q, y = (IndexedBase(letter, shape=(n,)) for letter in ("x", "p", "q", "y"))

SOFTMAX = {s: Sum(exp(x[k]), (k, 1, n)), p[i]: exp(x[i]) / s}

softmax = Problem(
    title="The softmax",
    statement=r"""Let $p_i = \frac{e^{x_i}}{\sum_{k=1}^n e^{x_k}}$.
        Derive $\frac{\partial p_i}{\partial x_j}$ for all $i$ and $j$.""",
    let=SOFTMAX,
    f=p,
    wrt=(x,),
    attempts=(
        (
            (r"\frac{\partial p_i}{\partial x_i} = \frac{e^{x_i} s - e^{x_i} e^{x_i}}{s^2}", "ok"),
            (r"\frac{\partial p_i}{\partial x_j} = p_i (1 - p_i)", "wrong"),
        ),
    ),
    source="Deep Learning Assignment 0, exercise 2.1 (000-ex2-1)",
)

cross_entropy = Problem(
    title="Cross-entropy of the softmax",
    statement=r"""Let $p$ be the softmax of $x \in \mathbb{R}^n$ and $g = -\sum_{k=1}^n y_k \log p_k$, where $y$ is a
        one-hot vector. Derive $\nabla_x g$.""",
    let=SOFTMAX,
    f=-Sum(y[k] * log(p[k]), (k, 1, n)),
    called="g",
    wrt=(x,),
    given=(r"\sum_k y_k = 1",),
    attempts=(
        (
            (r"\frac{\partial g}{\partial x_j} = -\sum_k y_k \frac{1}{p_k} \frac{\partial p_k}{\partial x_j}", "ok"),
            (r"= -\sum_k y_k (\delta_{kj} - p_j)", "ok"),
            (r"= y_j - p_j", "wrong"),
        ),
    ),
    source="Deep Learning Assignment 0, exercise 2.2 (000-ex2-2)",
)

log_sum_exp = Problem(
    title="The logarithm of a sum of exponentials",
    statement=r"""Let $\ell = \log \sum_{k=1}^n e^{x_k}$, and let $p$ be the softmax of $x \in \mathbb{R}^n$. Derive
        $\nabla_x \ell$.""",
    let=SOFTMAX,
    f=log(s),
    called="ell",
    wrt=(x,),
)

log_softmax = Problem(
    title="The logarithm of the softmax",
    statement=r"""Let $q_i = \log p_i$, where $p$ is the softmax of $x \in \mathbb{R}^n$.
        Derive $\frac{\partial q_i}{\partial x_j}$ for all $i$ and $j$.""",
    let={**SOFTMAX, q[i]: log(p[i])},
    f=q,
    wrt=(x,),
)

softmax_with_temperature = Problem(
    title="The softmax with a temperature",
    statement=r"""Let $p_i = \frac{e^{x_i / T}}{\sum_{k=1}^n e^{x_k / T}}$ with a temperature $T > 0$.
        Derive $\frac{\partial p_i}{\partial x_j}$ for all $i$ and $j$.""",
    let={s: Sum(exp(x[k] / T), (k, 1, n)), p[i]: exp(x[i] / T) / s},
    f=p,
    wrt=(x,),
)

W, v = MatrixSymbol("W", m, d), MatrixSymbol("x", d, 1)
a, b = MatrixSymbol("a", m, 1), MatrixSymbol("b", m, 1)
yhat, t = IndexedBase("yhat", shape=(m,)), IndexedBase("y", shape=(m,))

softmax_regression = Problem(
    title="Softmax regression",
    statement=r"""Let $a = Wx + b$ with $W \in \mathbb{R}^{m \times d}$, $x \in \mathbb{R}^d$ and $b \in \mathbb{R}^m$, let
        $\hat y_i = \frac{e^{a_i}}{\sum_{k=1}^m e^{a_k}}$, and let $y$ be a one-hot vector. Derive the gradient of the
        cross-entropy $\ell = -\sum_{k=1}^m y_k \log \hat y_k$ by $W$ and by $b$.""",
    let={a: W * v + b, s: Sum(exp(a[k, 0]), (k, 0, m - 1)), yhat[i]: exp(a[i, 0]) / s},
    f=-Sum(t[k] * log(yhat[k]), (k, 1, m)),
    called="ell",
    wrt=(W, b),
    given=(r"\sum_k y_k = 1",),
    source="Deep Learning Assignment 3, question 2 (002-2a)",
)

logits = IndexedBase("a", shape=(m,))

sure_of_the_wrong_class = Problem(
    title="Sure of the wrong class",
    statement=r"""Let $\hat y_i = \frac{e^{a_i}}{\sum_{k=1}^m e^{a_k}}$ for $a \in \mathbb{R}^m$, let $y$ be the
        one-hot vector of
        the true class $c_1$, and $\ell = -\sum_{k=1}^m y_k \log \hat y_k$. Derive $\nabla_a \ell$, find what becomes of the
        loss and of its gradient where the model is sure of another class $c_2$, and bound the gradient.""",
    let={s: Sum(exp(logits[k]), (k, 1, m)), yhat[i]: exp(logits[i]) / s},
    f=-Sum(t[k] * log(yhat[k]), (k, 1, m)),
    called="ell",
    wrt=(logits,),
    given=(
        r"\sum_k y_k = 1",
        "c_1 is an index",
        r"e_{c_1} \in \mathbb{R}^m",
        r"e_{c_2} \in \mathbb{R}^m",
    ),
    asks=(
        Remark(r"With $y_k = \delta_{k c_1}$ the loss is"),
        Working(r"-\sum_{k=1}^m \delta_{k c_1} \log \hat y_k", keep=(r"\hat y",)),
        Remark(
            r"The model becomes sure of $c_2$: $\hat y$ comes close to the unit vector $e_{c_2}$, and $\hat y_{c_1}$ "
            r"to zero. "
            r"The loss grows beyond all bounds:"
        ),
        Working(r"\lim_{\hat y_{c_1} \downarrow 0} (-\log \hat y_{c_1})"),
        Remark(r"The gradient does not: with $y = e_{c_1}$"),
        Working(r"\lim_{\hat y \to e_{c_2}} (\hat y - e_{c_1})"),
        Remark(
            r"that is $1$ at $c_2$, $-1$ at $c_1$ and zero elsewhere. For every $a$ the entries of $\hat y$ lie "
            r"between 0 and 1, "
            r"so $|\hat y_i - y_i| \le 1$ for every $i$; and $0 < \hat y_i < 1$: the softmax of finite numbers never "
            r"reaches "
            r"0 or 1."
        ),
    ),
    source="Deep Learning Assignment 3, question 2 (002-2b)",
)
