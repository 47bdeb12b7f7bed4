"""Computation graphs: values forward, adjoints backward, one elementary operation a node."""

from symderiv import Problem
from symderiv.questions.trace import Trace

product_of_sum_and_difference = Problem(
    title="The computation graph of a sum times a difference",
    statement=r"""Let $f(x, c) = \left(\frac{x^2}{\log x} + c\right) \left(\frac{x^2}{\log x} - c\right)$. Break $f$ into
        elementary operations, draw the computation graph, and trace it at $x = 5$, $c = 3$: the value of every node forward,
        and the adjoint $\bar v_k = \frac{\partial f}{\partial v_k}$ of every node backward. Do it once with the natural
        logarithm and once with the logarithm to base 10.""",
    asks=(
        Trace(
            r"\left(\frac{x^2}{\log x} + c\right) \left(\frac{x^2}{\log x} - c\right)",
            {"x": 5, "c": 3},
            words=r"With the natural logarithm:",
        ),
        Trace(
            r"\left(\frac{x^2}{\log x} + c\right) \left(\frac{x^2}{\log x} - c\right)",
            {"x": 5, "c": 3},
            log_base=10,
            words=r"With the logarithm to base 10, whose derivative is $\frac{1}{v_0 \ln 10}$:",
        ),
    ),
    attempts=(
        (
            (r"v_{-1}=c=3", "ok"),
            (r"v_0=x=5", "ok"),
            (r"v_1=v_0^2=25", "ok"),
            (r"v_2=\log v_0=0.699", "ok"),
            (r"v_3=v_1/v_2=35.8", "ok"),
            (r"v_4=v_{-1}+v_3=38.8", "ok"),
            (r"v_5=v_3-v_{-1}=32.8", "ok"),
            (r"v_6=v_4\cdot v_5=1272.6", "ok"),
            (r"y=v_6=1272.6", "ok"),
        ),
        (
            (r"v_2 = \ln v_0 = 1.609", "ok"),
            (r"v_3 = 15.53", "ok"),
            (r"\bar v_5 = \bar v_6 v_4 = 18.53", "ok"),
            (r"\bar v_4 = 12.53", "ok"),
            (r"\bar v_3 = \bar v_4 = 12.53", "wrong"),
            (r"\bar v_2 = -120.9", "follows"),
            (r"\bar v_{-1} = \bar v_4 - \bar v_5 = -6", "ok"),
        ),
    ),
    source="Deep Learning Assignment 1, question 1 (001-1b, 001-1c)",
)

neuron_with_squared_error = Problem(
    title="A neuron with a squared error, forward and backward",
    statement=r"""A neuron computes $z = w^\top x + b$ and $a = \sigma(z)$ with $\sigma(s) = \frac{1}{1 + e^{-s}}$; with
        $r = a - t$ its error is $E = \frac12 r^2$. Trace $E$ at $w = \begin{pmatrix} 1 \\ -2 \end{pmatrix}$,
        $x = \begin{pmatrix} 3 \\ 1 \end{pmatrix}$, $b = -0.5$ and the target $t = 1$: give the value of every node, and
        the derivative of $E$ by every node and every input.""",
    given=(
        r"w \in \mathbb{R}^2",
        r"x \in \mathbb{R}^2",
        r"b \in \mathbb{R}",
        r"t \in \mathbb{R}",
        r"\sigma(s) = \frac{1}{1 + e^{-s}}",
    ),
    asks=(
        Trace(
            "E",
            {"w": [1, -2], "x": [3, 1], "b": "-0.5", "t": 1},
            nodes=(r"z = w^\top x + b", r"a = \sigma(z)", "r = a - t", r"E = \frac12 r^2"),
        ),
    ),
)

shared_node = Problem(
    title="A node that is used three times",
    statement=r"""Let $f(x, y) = u e^u + \sin u$ with $u = x y$. Trace $f$ at $x = 2$, $y = 0.5$ forward and backward. The
        node $u$ is used three times: its adjoint is the sum of what comes back on three arrows. Check the derivative by $x$
        in forward mode.""",
    asks=(Trace(r"x y e^{x y} + \sin(x y)", {"x": 2, "y": "0.5"}, along="x"),),
)
