"""The chain rule, with the product and the quotient: one variable at a time."""

from sympy import Function, exp, log, pi, sin, sqrt, symbols

from symderiv import Problem, sigmoid

x, y, a, b, c, u = symbols("x y a b c u", real=True)
mu, s = symbols("mu", real=True), symbols("sigma", positive=True)

sum_times_difference = Problem(
    title="A sum times a difference",
    statement=r"""Let $f(x, c) = \left(\frac{x^2}{\log x} + c\right) \left(\frac{x^2}{\log x} - c\right)$ with the natural
        logarithm, $x > 0$ and $x \ne 1$. Derive $\frac{\partial f}{\partial x}$ and $\frac{\partial f}{\partial c}$.""",
    let={u: x**2 / log(x)},
    f=(u + c) * (u - c),
    called="f",
    wrt=(x, c),
    given=(r"x > 0", r"x \ne 1"),
    attempts=(
        (
            (
                r"\frac{\partial f}{\partial x} = \frac{du}{dx} (u - c) + (u + c) \frac{du}{dx}",
                "ok",
            ),
            (r"= 2u \frac{du}{dx}", "ok"),
            (r"= 2u \frac{2x \log x - x^2}{\log^2 x}", "wrong"),
            (r"\frac{\partial f}{\partial c} = u - c - (u + c) = -2c", "ok"),
        ),
    ),
    source="Deep Learning Assignment 1, question 1 (001-1a)",
)

quotient_of_sigmoids = Problem(
    title="A quotient with sigmoids",
    statement=r"""Let $f(x, y) = \frac{x^2 + \sigma(y)}{3x + y - \sigma(x)}$ with $\sigma(t) = \frac{1}{1 + e^{-t}}$.
        Derive $\frac{\partial f}{\partial x}$ and $\frac{\partial f}{\partial y}$, and give their values at $x = 1$,
        $y = 0$.""",
    let={a: x**2 + sigmoid(y), b: 3 * x + y - sigmoid(x)},
    f=a / b,
    called="f",
    wrt=(x, y),
    at={x: 1, y: 0},
    primes=("sigma",),
    attempts=(
        (
            (
                r"\frac{\partial f}{\partial x} = \frac{\partial_x a \, b - a \, \partial_x b}{b^2}",
                "ok",
            ),
            (r"= \frac{2x b - a (3 - \sigma'(x))}{b^2}", "ok"),
            (r"\frac{\partial f}{\partial y} = \frac{\sigma'(y) b + a}{b^2}", "wrong"),
        ),
        (
            (r"\frac{\partial \sigma(x)}{\partial x} = \sigma(x)", "wrong"),
            (r"\frac{\partial b}{\partial x} = 3 - \sigma(x)", "follows"),
        ),
    ),
    source="Deep Learning Assignment 3, question 3 (002-3a, 002-3b)",
)

quotient_of_polynomials = Problem(
    title="A quotient of polynomials",
    statement=r"Let $f(x) = \frac{x^2 - 1}{x^2 + 1}$. Derive $f'(x)$ and give its value at $x = 2$.",
    f=(x**2 - 1) / (x**2 + 1),
    called="f",
    wrt=(x,),
    at={x: 2},
)

power_of_itself = Problem(
    title="A variable to its own power",
    statement=r"Derive $x^x$ for $x > 0$.",
    f=x**x,
    wrt=(x,),
    given=(r"x > 0",),
)

root_of_a_sum = Problem(
    title="The length of a hypotenuse",
    statement=r"""Let $r = \sqrt{x^2 + y^2}$, the distance of a point from the origin. Derive
        $\frac{\partial r}{\partial x}$ and $\frac{\partial r}{\partial y}$.""",
    f=sqrt(x**2 + y**2),
    called="r",
    wrt=(x, y),
)

three_links = Problem(
    title="A chain of three functions",
    statement=r"Let $f(x) = e^{\sin x^2}$. Derive $f'(x)$.",
    f=exp(sin(x**2)),
    called="f",
    wrt=(x,),
)

two_paths = Problem(
    title="A variable that acts on two paths",
    statement=r"Let $h(x) = f(x^2, \sin x)$ with a differentiable function $f$ of two numbers. Derive $h'(x)$.",
    f=Function("f")(x**2, sin(x)),
    called="h",
    wrt=(x,),
)

gaussian_log_density = Problem(
    title="The logarithm of a Gaussian density",
    statement=r"""One observation $x$ of a normal distribution with mean $\mu$ and standard deviation $\sigma > 0$ has the
        log-likelihood $\ell(\mu, \sigma) = -\log \sigma - \frac12 \log(2\pi) - \frac{(x - \mu)^2}{2\sigma^2}$.
        Derive $\frac{\partial \ell}{\partial \mu}$ and $\frac{\partial \ell}{\partial \sigma}$.""",
    f=-log(s) - log(2 * pi) / 2 - (x - mu) ** 2 / (2 * s**2),
    called="ell",
    wrt=(mu, s),
)
