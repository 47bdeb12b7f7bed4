"""Gradients by vectors and matrices: linear and quadratic forms, least squares, a layer of a network."""

from sympy import MatrixSymbol, Symbol, Trace, symbols

from symderiv import Problem

m, n = symbols("m n", integer=True, positive=True)
A, Q, X = MatrixSymbol("A", m, n), MatrixSymbol("Q", n, n), MatrixSymbol("X", m, n)
x, b, a, c, w = MatrixSymbol("x", n, 1), MatrixSymbol("b", m, 1), MatrixSymbol("a", m, 1), MatrixSymbol("c", n, 1), MatrixSymbol("w", n, 1)
r = MatrixSymbol("r", m, 1)
y = MatrixSymbol("y", m, 1)
lam = Symbol("lambda", positive=True)

layer = Problem(
    title="A layer with sigmoids",
    statement=r"""Let $L = f(w)$ with $w = \sigma(z)$, entry by entry, and $z = Ax + b$, where $A \in \mathbb{R}^{m \times n}$,
        $x \in \mathbb{R}^n$, $b \in \mathbb{R}^m$ and $\sigma(t) = \frac{1}{1 + e^{-t}}$. The gradient $\nabla_w f$ of
        $f \colon \mathbb{R}^m \to \mathbb{R}$ is known. Derive $\nabla_x L$ and $\nabla_A L$.""",
    f=r"L = f(w), \quad w = \sigma(z), \quad z = Ax + b",
    given=(
        r"A \in \mathbb{R}^{m \times n}", r"x \in \mathbb{R}^n", r"b \in \mathbb{R}^m", r"f \colon \mathbb{R}^m \to \mathbb{R}",
    ),
    wrt=("x", "A"),
    primes=("sigma",),
    source="Deep Learning Assignment 0, exercises 4.1 and 4.2 (000-ex4-1, 000-ex4-2)",
)

linear_form = Problem(
    title="A linear form",
    statement=r"Let $f(x) = a^\top A x$ with $a \in \mathbb{R}^m$ and $A \in \mathbb{R}^{m \times n}$. Derive $\nabla_x f$.",
    f=a.T * A * x,
    called="f",
    wrt=(x,),
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
    statement=r"Let $f(x) = \lVert r \rVert^2$ with $r = Ax - b$. Derive $\nabla_x f$.",
    let={r: A * x - b},
    f=r.T * r,
    called="f",
    wrt=(x,),
)

ridge_regression = Problem(
    title="Ridge regression",
    statement=r"""Let $J(w) = \lVert Xw - y \rVert^2 + \lambda \lVert w \rVert^2$ with a number $\lambda > 0$.
        Derive $\nabla_w J$.""",
    f=(X * w - y).T * (X * w - y) + lam * w.T * w,
    called="J",
    wrt=(w,),
)

matrix_factor = Problem(
    title="A bilinear form, by its matrix",
    statement=r"Let $f(A) = a^\top A x$. Derive $\nabla_A f$.",
    f=a.T * A * x,
    called="f",
    wrt=(A,),
)

frobenius = Problem(
    title="The square of the Frobenius norm",
    statement=r"Let $f(A) = \operatorname{tr}(A^\top A) = \lVert A \rVert_F^2$. Derive $\nabla_A f$.",
    f=Trace(A.T * A),
    called="f",
    wrt=(A,),
)
