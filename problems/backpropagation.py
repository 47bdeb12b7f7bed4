"""Backpropagation through a small convolutional network, in scalar letters, with the update of every weight."""

from symderiv import Problem
from symderiv.questions.update import Update

NETWORK = (
    r"\phi(t) = \frac{1}{1 + e^{-t}}",
    "indices start at 0",
    r"w^c \in \mathbb{R}^{2}",
    r"b^c \in \mathbb{R}",
    r"w^f \in \mathbb{R}^{m}",
    r"b^f \in \mathbb{R}",
    r"x \in \mathbb{R}^{m+1}",
    r"n^c \in \mathbb{R}^{m}",
    r"c \in \mathbb{R}^{m}",
    r"n_i^c = \sum_{k=0}^{1} w_k^c x_{i+k} + b^c",
    r"c_i = \phi(n_i^c)",
    r"n^f = \sum_i w_i^f c_i + b^f",
    r"o = \phi(n^f)",
    r"E = (y - o)^2",
)

STATEMENT = r"""A network reads the signal $x_0, \ldots, x_m$. A convolution with the weights $w_0^c$, $w_1^c$ and bias $b^c$
    gives $c_i = \phi(n_i^c)$ with $n_i^c = w_0^c x_i + w_1^c x_{i+1} + b^c$ at each of $m$ positions; the output is
    $o = \phi(n^f)$ with $n^f = \sum_i w_i^f c_i + b^f$, and $\phi(t) = \frac{1}{1 + e^{-t}}$. For a labelled point the loss
    is $E = (y - o)^2$, and the learning rate is $\alpha$. """


def layer(title: str, what: str, weight: str, row: str) -> Problem:
    """One weight of the network: the derivative of the loss and the update."""
    return Problem(
        title=title,
        statement=STATEMENT + rf"Derive $\frac{{\partial E}}{{\partial {weight}}}$ and the update of {what}.",
        f="E",
        wrt=(weight,),
        given=NETWORK,
        asks=(Update(weight, "E", r"\alpha"),),
        source=f"Deep Learning Assignment 4, question 5 ({row})",
    )


output_weights = layer("Backpropagation: the weights of the output", "the weights of the output", "w_i^f", "003-5a")
output_bias = layer("Backpropagation: the bias of the output", "the bias of the output", "b^f", "003-5b")
convolution_weights = layer("Backpropagation: the shared weights", "the weights of the convolution", "w_k^c", "003-5c")
convolution_bias = layer("Backpropagation: the shared bias", "the bias of the convolution", "b^c", "003-5d")
