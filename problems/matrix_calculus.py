"""Gradients by vectors and matrices: linear and quadratic forms, least squares, layers of a network."""

from dataclasses import replace

from sympy import MatrixSymbol, Sum, Symbol, Trace, log, symbols

from symderiv import Problem, sigmoid

m, n = symbols("m n", integer=True, positive=True)
A, X, Q = MatrixSymbol("A", m, n), MatrixSymbol("X", m, n), MatrixSymbol("Q", n, n)
x, w = MatrixSymbol("x", n, 1), MatrixSymbol("w", n, 1)
a, b, p, r, y = (MatrixSymbol(letter, m, 1) for letter in "abpry")
k = Symbol("k", integer=True)
lam = Symbol("lambda", positive=True)

# SymPy has no function of a vector, so this one is stated in LaTeX.
layer = Problem(
    title="A layer with sigmoids",
    statement=r"""Let $L = f(w)$ with $w = \sigma(z)$, entry by entry, and $z = Ax + b$, where
        $A \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$, $b \in \mathbb{R}^m$ and $\sigma(t) = \frac{1}{1 + e^{-t}}$.
        The gradient $\nabla_w f$ of
        $f \colon \mathbb{R}^m \to \mathbb{R}$ is known. Derive $\nabla_x L$ and $\nabla_A L$.""",
    f=r"L = f(w), \quad w = \sigma(z), \quad z = Ax + b",
    given=(
        r"A \in \mathbb{R}^{m \times n}",
        r"x \in \mathbb{R}^n",
        r"b \in \mathbb{R}^m",
        r"f \colon \mathbb{R}^m \to \mathbb{R}",
    ),
    wrt=("x", "A"),
    route="entries",
    primes=("sigma",),
    source="Deep Learning Assignment 0, exercises 4.1 and 4.2 (000-ex4-1, 000-ex4-2)",
)

layer_by_differentials = replace(layer, title="The same layer by differentials", route="differentials", source="")

linear_form = Problem(
    title="A linear form",
    statement=r"""Let $f(x) = a^\top A x$ with $a \in \mathbb{R}^m$ and $A \in \mathbb{R}^{m \times n}$. Derive $\nabla_x f$
        and $\nabla_A f$.""",
    f=a.T * A * x,
    called="f",
    wrt=(x, A),
)

quadratic_form = Problem(
    title="A quadratic form",
    statement=r"Let $f(x) = x^\top Q x$ with $Q \in \mathbb{R}^{n \times n}$. Derive $\nabla_x f$.",
    f=x.T * Q * x,
    called="f",
    wrt=(x,),
)

least_squares = Problem(
    title="Least squares",
    statement=r"""Let $f(x) = \lVert r \rVert^2$ with $r = Ax - b$, where $A \in \mathbb{R}^{m \times n}$ and
        $b \in \mathbb{R}^m$. Derive $\nabla_x f$.""",
    let={r: A * x - b},
    f=r.T * r,
    written=r"\lVert r \rVert^2",
    called="f",
    wrt=(x,),
)

ridge_regression = Problem(
    title="Ridge regression",
    statement=r"""Let $J(w) = \lVert Xw - y \rVert^2 + \lambda \lVert w \rVert^2$ with $X \in \mathbb{R}^{m \times n}$,
        $y \in \mathbb{R}^m$ and a number $\lambda > 0$. Derive $\nabla_w J$.""",
    f=(X * w - y).T * (X * w - y) + lam * w.T * w,
    written=r"\lVert X w - y \rVert^2 + \lambda \lVert w \rVert^2",
    called="J",
    wrt=(w,),
)

logistic_regression = Problem(
    title="Logistic regression",
    statement=r"""The rows of $X \in \mathbb{R}^{m \times n}$ are samples, $y \in \mathbb{R}^m$ are their labels, and $w$ are
        the weights of a model that predicts $p = \sigma(Xw)$, entry by entry. Derive the gradient of the cross-entropy
        $J = -\sum_{k=1}^m \bigl(y_k \log p_k + (1 - y_k) \log(1 - p_k)\bigr)$ by $w$.""",
    let={p: sigmoid(X * w)},
    f=-Sum(y[k, 0] * log(p[k, 0]) + (1 - y[k, 0]) * log(1 - p[k, 0]), (k, 0, m - 1)),
    written=r"-\sum_{k=1}^m \bigl(y_k \log p_k + (1 - y_k) \log(1 - p_k)\bigr)",
    called="J",
    wrt=(w,),
)

squared_norm_of_a_matrix = Problem(
    title="The square of the Frobenius norm",
    statement=r"Let $f(A) = \operatorname{tr}(A^\top A) = \lVert A \rVert_F^2$ with $A \in \mathbb{R}^{m \times n}$. "
    r"Derive $\nabla_A f$.",
    f=Trace(A.T * A),
    called="f",
    wrt=(A,),
)

linear_layer_with_squared_error = Problem(
    title="A linear layer with a squared error",
    statement=r"""Let $L = \frac12 \lVert r \rVert^2$ with $r = Ax + b - y$, where $A \in \mathbb{R}^{m \times n}$. Derive
        $\nabla_A L$ and $\nabla_b L$.""",
    let={r: A * x + b - y},
    f=r.T * r / 2,
    written=r"\frac12 \lVert r \rVert^2",
    called="L",
    wrt=(A, b),
)
