"""The sigmoid and its relatives, a single neuron and its loss."""

from sympy import Symbol, exp, log, symbols

from symderiv import Problem, sigmoid

t, x, y, z, w, b = symbols("t x y z w b", real=True)
x1, x2, w1, w2 = symbols("x_1 x_2 w_1 w_2", real=True)
yhat = Symbol("yhat", real=True)

BINARY_CROSS_ENTROPY = r"-\bigl(y \log \hat y + (1 - y) \log(1 - \hat y)\bigr)"

derivative_of_the_sigmoid = Problem(
    title="The derivative of the sigmoid",
    statement=r"Let $\sigma(t) = \frac{1}{1 + e^{-t}}$. Derive $\sigma'(t)$.",
    f=1 / (1 + exp(-t)),
    called="sigma",
    wrt=(t,),
)

softplus = Problem(
    title="The derivative of softplus",
    statement=r"Let $\zeta(t) = \log(1 + e^t)$. Derive $\zeta'(t)$.",
    f=log(1 + exp(t)),
    called="zeta",
    wrt=(t,),
)

tanh_from_sigmoid = Problem(
    title="The hyperbolic tangent from the sigmoid",
    statement=r"Let $h(t) = 2\sigma(2t) - 1$, which is $\tanh t$. Derive $h'(t)$.",
    f=2 * sigmoid(2 * t) - 1,
    called="h",
    wrt=(t,),
)

swish = Problem(
    title="The swish function",
    statement=r"Let $s(x) = x\,\sigma(x)$. Derive $s'(x)$.",
    f=x * sigmoid(x),
    called="s",
    wrt=(x,),
)

perceptron = Problem(
    title="Forward pass of a perceptron",
    statement=r"""A perceptron has the inputs $x_1 = 2$ and $x_2 = 1$, the weights $w_1 = 0.2$ and $w_2 = 0.3$, the bias
        $b = 0.1$ and the activation $\sigma(t) = \frac{1}{1 + e^{-t}}$. Compute its output
        $\hat y = \sigma(x_1 w_1 + x_2 w_2 + b)$.""",
    let={z: x1 * w1 + x2 * w2 + b},
    f=sigmoid(z),
    called="yhat",
    at={x1: 2, x2: 1, w1: "0.2", w2: "0.3", b: "0.1"},
    source="Deep Learning Assignment 4, question 1 (003-1a)",
)

binary_cross_entropy = Problem(
    title="Binary cross-entropy of a prediction",
    statement=r"""A perceptron predicts $\hat y = \sigma(z)$ with $z = 0.8$; the target is $y = 1$. Its loss is
        $E = -\bigl(y \log \hat y + (1 - y) \log(1 - \hat y)\bigr)$ with the natural logarithm. Compute $E$, and derive
        $\frac{\partial E}{\partial \hat y}$ and its value.""",
    let={yhat: sigmoid(z)},
    f=-(y * log(yhat) + (1 - y) * log(1 - yhat)),
    written=BINARY_CROSS_ENTROPY,
    called="E",
    wrt=(yhat,),
    at={z: "0.8", y: 1},
    value=True,
    source="Deep Learning Assignment 4, question 1 (003-1b)",
)

cross_entropy_in_the_logit = Problem(
    title="Binary cross-entropy in the logit",
    statement=r"""Let $\hat y = \sigma(z)$ and $E = -\bigl(y \log \hat y + (1 - y) \log(1 - \hat y)\bigr)$.
        Derive $\frac{\partial E}{\partial z}$.""",
    let={yhat: sigmoid(z)},
    f=-(y * log(yhat) + (1 - y) * log(1 - yhat)),
    written=BINARY_CROSS_ENTROPY,
    called="E",
    wrt=(z,),
)

squared_error_of_a_neuron = Problem(
    title="Squared error of one neuron",
    statement=r"""A neuron answers $\hat y = \sigma(z)$ with $z = wx + b$ where the target is $y$. Derive the gradient of
        $E = \frac12 (\hat y - y)^2$ by $w$ and by $b$.""",
    let={z: w * x + b, yhat: sigmoid(z)},
    f=(yhat - y) ** 2 / 2,
    called="E",
    wrt=(w, b),
)
