"""What is said in words: names of quantities, remarks, updates, what is negligible, what has no value here."""

from __future__ import annotations

import pytest

from .marked import judged, shown

LAYER = (r"\#\text{weights} = F C K^2", r"\text{field of view} = 212 \times 212")
MAXIMUM = (r"x \in \mathbb{R}^n", r"n \ge 2", r"f(x) = \max\{x_1, \dots, x_n\}")
LARGEST = (*MAXIMUM, r"i \ne j", r"x_i \ge x_k \text{ for all } k", r"x_j \ge x_k \text{ for all } k \ne i")
SAMPLES = (
    r"S = \{x_1, x_2\}",
    r"H(T) = -\sum_{c \in \{0, 1\}} p_c \log_2 p_c \text{ with } p_c = \frac{|\{x \in T : y(x) = c\}|}{|T|}",
    "H(S) = 1",
)  # fmt: skip
CONVOLUTION = (
    r"X \in \mathbb{R}^{n \times n}", r"w \in \mathbb{R}^{k \times k}", r"Y \in \mathbb{R}^{m \times m}", "m = n-k+1",
    r"y_{i,j} = \sum_{h=1}^{k} \sum_{l=1}^{k} x_{i+h-1,j+l-1} w_{h,l}", r"dy_{i,j} = \frac{\partial L}{\partial y_{i,j}}",
    "E(x_{i,j}) = 0", "x_{i,j} and dy_{i,j} are all independent",
)  # fmt: skip
SHARED = (
    r"c_i = \phi(n_i^c)", "n_i^c = w_0^c x_i + w_1^c x_{i+1} + b^c", r"n^f = \sum_i w_i^f c_i + b^f", r"o = \phi(n^f)",
    r"\phi(t) = \frac{1}{1+e^{-t}}", "E = (y-o)^2", "y_i = y", "o_i(x) = o", "n_i^f(x) = n^f", "c_i(x) = c_i",
)  # fmt: skip

DERIVATIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "quantities named in words": (
        LAYER,
        r"""wrong  | \#\text{weights}: F \cdot C \cdot K
            ok     | \#\text{weights} = F \cdot C \cdot K^2
            wrong  | \text{so the field of view is }224 \times 224
            ok     | \text{field of view: }212 \times 212
            stated | \text{pool parameters: none}
            stated | \text{the input size}=2\times2,\ \text{pad}=0,\ \text{stride}=1
            stated | \therefore\ \text{the output size}=3\times3""",
    ),
    "the largest entry": (
        LARGEST,
        r"""ok     | f(x) = \max\{x_1, x_2, \dots, x_n\} = \max\{x_i, x_j\}
            ok     | = \frac12(x_i + x_j + |x_i - x_j|)
            wrong  | f(x) = x_j""",
    ),
    "a length that is written out": ((*MAXIMUM,), r"""unknown | f(x) = \max\{x_1, x_2\}"""),
    "a set, and what is given of it": (
        SAMPLES,
        r"""ok     | S = \{x_2, x_1\}
            unknown | S = \{x_1, x_3\}
            wrong  | H(S) = 2
            ok     | H(S) = -\frac12\log_2\frac12 - \frac12\log_2\frac12""",
    ),
    "entries of a matrix, adjoints and expectations": (
        CONVOLUTION,
        r"""ok     | E(x_{ij}) = 0
            ok     | \frac{\partial L}{\partial w_{h,l}} = \sum_{i=1}^m \sum_{j=1}^m dy_{i,j} x_{i+h-1,j+l-1}
            wrong  | \frac{\partial L}{\partial w_{h,l}} = \sum_{i=1}^m \sum_{j=1}^m dy_{i,j} x_{i+h,j+l-1}
            ok     | E(\frac{\partial L}{\partial w_{h,l}}) = \sum_{i=1}^m \sum_{j=1}^m E(dy_{i,j} x_{i+h-1,j+l-1})
            unknown | E(x_{ij}^2) = E(x_{ij})""",
    ),
    "values of a function that nobody defined": (
        (),
        r"""stated | p(x_1) = 0.5
            stated | p(x_2) = 0.3""",
    ),
    "names with labels, arguments and left out indices": (
        SHARED,
        r"""wrong  | \frac{dE}{dy} = -2(y_i - o)
            stated | w_i^f = w_i^f - \alpha \frac{\partial E}{\partial w_i^f}
            ok     | \frac{\partial n_i^f(x)}{\partial w_i^f} = c_i(x)
            ok     | \frac{\partial E}{\partial w_i^f} = \frac{\partial E}{\partial o_i(x)} o(1-o) c_i
            ok     | = -2(y_i - o_i(x)) \phi(n^f)(1 - \phi(n^f)) c_i(x)
            wrong  | = -2(y_i - o_i(x)) \phi(w_i^f)(1 - \phi(w_i^f)) c_i(x)""",
    ),
    "an update, after which the letter means what it meant": (
        (r"w \in \mathbb{R}^n", r"L = w^\top w"),
        r"""stated | w = w - \alpha \frac{\partial L}{\partial w}
            ok     | \frac{\partial L}{\partial w} = 2w
            wrong  | \frac{\partial L}{\partial w} = w""",
    ),
    "an update of a number": (
        (),
        r"""stated | a = 2
            ok     | a = a - 0.1 \cdot 3 = 1.7
            stated | a = 2
            stated | b = 2
            wrong  | b = b - 0.1 \cdot 3 = 1.6""",
    ),
    "what is negligible": (
        (r"|g| \gg \epsilon", r"\epsilon > 0"),
        r"""stated | u = \frac{g}{|g| + \epsilon}
            ok     | \approx \operatorname{sign}(g)
            unknown | \approx g""",
    ),
    "columns with dots, remarks in brackets": (
        (r"x \in \mathbb{R}^n", r"f(x) = \frac1n \sum_i x_i"),
        r"""ok     | \nabla f = \begin{pmatrix} \frac1n \\ \vdots \\ \frac1n \end{pmatrix}\ (n\text{ entries})
            wrong  | \nabla f = \begin{pmatrix} 1 \\ \vdots \\ 1 \end{pmatrix}""",
    ),
    "members beside dots": (
        (r"x \in \mathbb{R}^n", r"g(x) = \sum_i x_i^2"),
        r"""ok     | \nabla g = \begin{pmatrix} 2x_1 \\ 2x_2 \\ \vdots \\ 2x_n \end{pmatrix}
            unknown | \nabla g = \begin{pmatrix} 2x_1 \\ 3x_2 \\ \vdots \\ 2x_n \end{pmatrix}""",
    ),
}  # fmt: skip


@pytest.mark.parametrize("label", DERIVATIONS)
def test_words(label: str) -> None:
    given, lines = DERIVATIONS[label]
    report, expected = judged(lines, given)
    assert [line.verdict for line in report.lines] == expected, shown(report)
