"""Embeddings: points in the plane that keep the neighbours of points in a larger space."""

from symderiv import Problem
from symderiv.questions.claim import Claim
from symderiv.questions.remark import Remark

_NEAR = r"1 + \|y_i - y_j\|^2"

gradient_of_tsne = Problem(
    title="The gradient of t-SNE",
    statement=r"""t-SNE places points $y_1, \dots, y_n \in \mathbb{R}^d$ so that the similarities
        $q_{ij} = \frac{(1 + \|y_i - y_j\|^2)^{-1}}{Z}$ with $Z = \sum_{k \ne l} (1 + \|y_k - y_l\|^2)^{-1}$ come close to
        given ones, $p_{ij} = p_{ji}$ with $\sum_{i \ne j} p_{ij} = 1$ and $p_{ii} = q_{ii} = 0$. Derive the gradient of
        the cost $C = \sum_{i \ne j} p_{ij} \log \frac{p_{ij}}{q_{ij}}$ by the point $y_m$.""",
    f="C",
    wrt=("y_m",),
    route="entries",
    given=(
        r"y_1, \dots, y_n \in \mathbb{R}^d",
        r"p \in \mathbb{R}^{n \times n}",
        "p is symmetric",
        r"p_{ij} > 0",
        r"n \in \mathbb{N}",
        r"n \ge 2",
        r"Z = \sum_k \sum_l \frac{1}{1 + \|y_k - y_l\|^2} - n",
        r"q_{ij} = \frac{1}{(1 + \|y_i - y_j\|^2) Z}",
        rf"C = \sum_{{i \ne j}} p_{{ij}} \log p_{{ij}} + \sum_i \sum_j p_{{ij}} \log({_NEAR}) + \log Z",
    ),
    asks=(
        Remark(r"""This is the cost of the question: the logarithm of a quotient is a difference, and the terms with
            $i = j$ are $\log 1 = 0$, so that the second sum may run over them too."""),
        Claim(
            rf"\sum_{{i \ne j}} p_{{ij}} \log \frac{{p_{{ij}}}}{{q_{{ij}}}} = \sum_{{i \ne j}} p_{{ij}} \log p_{{ij}} + "
            rf"\sum_i \sum_j p_{{ij}} \log({_NEAR}) + \sum_{{i \ne j}} p_{{ij}} \log Z",
            "logarithm of a quotient, each term",
        ),
        Claim(
            rf"\sum_{{i \ne j}} \frac{{1}}{{{_NEAR}}} = \sum_k \sum_l \frac{{1}}{{1 + \|y_k - y_l\|^2}} - n",
            "each of the n terms with i = j is 1",
        ),
        Remark(r"""The last sum of the first line is $\log Z$, for the $p_{ij}$ add to one. In the gradient
            $\frac{1}{(1 + \|y_m - y_j\|^2) Z}$ is $q_{mj}$. With both sums under one sign, all entries at once:"""),
        Claim(
            r"\frac{\partial C}{\partial y_m} = 4 \sum_j (p_{mj} - q_{mj}) (y_m - y_j) (1 + \|y_m - y_j\|^2)^{-1}",
            "the result above",
        ),
    ),
    source="Deep Learning Assignment 3, question 8 (002-8b)",
)
