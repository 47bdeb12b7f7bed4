"""Convolution and pooling: sizes, values, and gradients by kernel and input."""

from symderiv import Problem
from symderiv.questions.convolution import Convolution
from symderiv.questions.gradient import GradientAtNumbers
from symderiv.questions.remark import Remark
from symderiv.questions.unknown_filter import UnknownFilter
from symderiv.questions.update import Update
from symderiv.questions.working import Working

values_of_a_convolution = Problem(
    title="How many values a convolution gives",
    statement=r"A $5 \times 5$ image is convolved with a $3 \times 3$ filter, stride 1, without padding. How many values "
    "are generated?",
    asks=(Working("(5 - 3 + 1)(5 - 3 + 1)", "number of values"),),
    source="Deep Learning Assignment 3, question 5 (002-5a)",
)

_FOUR = r"M = \begin{pmatrix} 1 & 0 & 0 & 2 \\ 0 & 1 & 0 & 1 \\ 0 & 0 & 1 & 2 \\ 0 & 0 & 0 & 1 \end{pmatrix}"
_MAP = r"\begin{bmatrix}1&1&1\\0&1&3\\0&0&1\end{bmatrix}"
_TWO = r"K = \begin{pmatrix} 0 & 0 \\ 1 & 1 \end{pmatrix}"
_IMAGE = (
    r"I = \begin{pmatrix} 4 & 5 & 2 & 2 & 1 \\ 3 & 3 & 2 & 2 & 4 \\ 4 & 3 & 4 & 1 & 1 \\ 5 & 1 & 4 & 1 & 2 \\ "
    r"5 & 1 & 3 & 1 & 4 \end{pmatrix}"
)
_FILTER = r"W = \begin{pmatrix} 4 & 3 & 3 \\ 5 & 5 & 5 \\ 2 & 4 & 3 \end{pmatrix}"

image_by_filter = Problem(
    title="An image under a filter",
    statement=rf"""The filter ${_FILTER}$ slides over the image ${_IMAGE}$ with stride 1 and without padding; the
        convolution is a cross-correlation. Find $F_{{11}}$ and all of $F$.""",
    given=(_IMAGE, _FILTER),
    asks=(Convolution("F", "I", ("W",), windows=((1, 1), (3, 3))),),
    attempts=(
        (
            ("F_{11}=4*4+3*5+3*2+5*3+5*3+5*2+2*4+4*3+3*4=109", "ok"),
            (r"F=\begin{pmatrix}109&92&72\\108&85&74\\110&74&79\end{pmatrix}", "stated"),
        ),
    ),
    source="Deep Learning Assignment 3, question 5 (002-5b)",
)

small_convolution = Problem(
    title="A small convolution",
    statement=rf"""A layer has the input ${_FOUR}$ and one filter with the kernel ${_TWO}$, bias 0 and a linear activation;
        the kernel is slid with stride 1 and not flipped, and only where it lies inside the input. How many neurons has the
        output, and what is it? Count positions from 0.""",
    given=(_FOUR, _TWO, "indices start at 0"),
    asks=(Convolution("O", "M", ("K",), windows=((0, 0), (1, 2)), count="number of neurons"),),
    source="Deep Learning Assignment 4, question 2 (003-2a)",
)

two_input_channels = Problem(
    title="Two input channels",
    statement=rf"""The layer of the small convolution now has two input channels, both with the values ${_FOUR}$, and its
        filter has the kernel ${_TWO}$ on each of them. What is its output? Count positions from 0.""",
    given=(_FOUR, _TWO, "indices start at 0"),
    asks=(Convolution("O", ("M", "M"), (("K", "K"),), windows=((1, 2),)),),
    attempts=(((rf"O={_MAP}+{_MAP}=\begin{{bmatrix}}2&2&2\\0&2&6\\0&0&2\end{{bmatrix}}", "ok"),),),
    source="Deep Learning Assignment 4, question 2 (003-2b)",
)

two_filters = Problem(
    title="Two filters",
    statement=rf"""The layer of the small convolution now has two filters on its one input channel ${_FOUR}$, both with the
        kernel ${_TWO}$. What is its output, as the list of its maps? Count positions from 0.""",
    given=(_FOUR, _TWO, "indices start at 0"),
    asks=(Convolution("O", "M", ("K", "K")),),
    attempts=(((rf"O=\left[{_MAP},{_MAP}\right]", "stated"),),),
    source="Deep Learning Assignment 4, question 2 (003-2c)",
)

transposed_convolution = Problem(
    title="A transposed convolution",
    statement=r"""The input $X = \begin{pmatrix} -1 & 2 \\ 3 & 1 \end{pmatrix}$ goes through a transposed convolution with
        the kernel $K = \begin{pmatrix} 1 & -1 \\ 0 & 1 \end{pmatrix}$, stride 1 and padding 0. How large is the output $Y$,
        and what is it?""",
    given=(r"X = \begin{bmatrix} -1 & 2 \\ 3 & 1 \end{bmatrix}", r"K = \begin{bmatrix} 1 & -1 \\ 0 & 1 \end{bmatrix}"),
    asks=(Convolution("Y", "X", ("K",), transposed=True, windows=((2, 2),)),),
    source="Deep Learning Assignment 5, question 3 (004-3c)",
)

weights_of_a_convolution = Problem(
    title="The weights of a convolution",
    statement=r"""A layer slides the kernel $w \in \mathbb{R}^{k \times k}$ over $X \in \mathbb{R}^{n \times n}$, which gives
        $Y \in \mathbb{R}^{m \times m}$ with $m = n - k + 1$ and
        $Y_{ij} = \sum_{h=1}^{k} \sum_{l=1}^{k} X_{i+h-1,j+l-1} w_{hl}$. The gradient $dY = \frac{\partial L}{\partial Y}$
        has come from the layer above. Derive $\frac{\partial L}{\partial w_{hl}}$, write it as the cross-correlation of
        $X$ with $dY$, and give one step of stochastic gradient descent with the learning rate $\eta$.""",
    f="L",
    wrt=("w",),
    route="entries",
    given=(
        r"X \in \mathbb{R}^{n \times n}",
        r"w \in \mathbb{R}^{k \times k}",
        r"Y \in \mathbb{R}^{m \times m}",
        "m = n-k+1",
        r"Y_{ij} = \sum_{h=1}^{k}\sum_{l=1}^{k} X_{i+h-1,j+l-1} w_{hl}",
        "L is a function of Y",
        r"dY_{ij} = \frac{\partial L}{\partial Y_{ij}}",
        r"\eta > 0",
    ),
    asks=(Update("w", "L", step="t"),),
    source="Deep Learning Assignment 5, question 4 (004-4a)",
)

_ONES = r"\begin{pmatrix} 1 & 1 & 1 \\ 1 & 1 & 1 \\ 1 & 1 & 1 \end{pmatrix}"

image_of_a_convolution = Problem(
    title="The image of a convolution",
    statement=rf"""The filter ${_FILTER}$ slides over the image $I \in \mathbb{{R}}^{{5 \times 5}}$, so that
        $F_{{pq}} = \sum_{{a=1}}^{{3}} \sum_{{b=1}}^{{3}} I_{{p+a-1,q+b-1}} W_{{ab}}$, and
        $G = \frac{{\partial E}}{{\partial F}}$ comes from above, zero outside $3 \times 3$. Derive
        $\frac{{\partial E}}{{\partial I_{{ij}}}}$, and give all of $dI = \frac{{\partial E}}{{\partial I}}$
        where every entry of $G$ is 1.""",
    f="E",
    wrt=("I",),
    route="entries",
    given=(
        r"I \in \mathbb{R}^{5 \times 5}",
        _FILTER,
        r"F \in \mathbb{R}^{3 \times 3}",
        r"F_{pq} = \sum_{a=1}^{3}\sum_{b=1}^{3} I_{p+a-1,q+b-1} W_{ab}",
        "E is a function of F",
        r"G = \frac{\partial E}{\partial F}",
        "terms outside are zero",
    ),
    asks=(GradientAtNumbers("E", "I", "dI", (("G", _ONES),), windows=((1, 1), (2, 3))),),
    source="Deep Learning Assignment 3, question 5 (002-5c)",
)

average_pooling = Problem(
    title="Average pooling of a vector",
    statement=r"""Let $f_1(x) = \frac{1}{n} \sum_{i=1}^{n} x_i$ for $x \in \mathbb{R}^n$. Derive
        $\frac{\partial f_1}{\partial x_i}$, and write the gradient as a vector.""",
    f="f_1(x)",
    wrt=("x",),
    route="entries",
    given=(r"x \in \mathbb{R}^n", r"f_1(x) = \frac{1}{n} \sum_{i=1}^{n} x_i"),
    attempts=(((r"\frac{\partial f_1(x)}{\partial x_i}=\frac{1}{n}", "ok"),),),
    source="Deep Learning Assignment 0, exercise 3.1 (000-ex3-1)",
)

unknown_filter = Problem(
    title="Which filter was it?",
    statement=r"""A filter $f$ of length 3 was slid over $s = (1, 4, 0, -2, 3)$ with stride 1 and without padding, not
        flipped, and gave $r = (-2, 2, 11)$. Find the filter.""",
    given=("s = (1, 4, 0, -2, 3)", "r = (-2, 2, 11)"),
    asks=(UnknownFilter("s", "r", "f"),),
    names={r"\text{filter}": "filter", "f": r"\text{filter}^\top"},
    attempts=(
        ((r"\text{filter}=\begin{bmatrix}2&-1&3\end{bmatrix}", "ok"),),
        ((r"f_1 = 2", "ok"), (r"f_2 = 1", "wrong")),
    ),
    source="Deep Learning Assignment 5, question 3 (004-3b)",
)

pooling_over_a_window = Problem(
    title="Pooling over a window",
    statement=r"""Pooling takes the values $x_{ij}$ of a feature map at the positions of a window $\mathcal{R}$, a finite
        non-empty set of positions, to one value. Give the formulas of max pooling, $y_{\max}$, and of average pooling,
        $y_{\mathrm{avg}}$. How does adaptive pooling choose its windows, and which columns do they have where a width of
        $W = 7$ becomes $W' = 3$?""",
    given=(
        r"x \in \mathbb{R}^{h \times w}",
        r"\mathcal R is a finite non-empty set of positions (i,j)",
        r"y_{\max} = \max_{(i,j)\in\mathcal R} x_{ij}",
        r"y_{\mathrm{avg}} = \frac{\sum_{(i,j)\in\mathcal R} x_{ij}}{\lvert\mathcal R\rvert}",
    ),
    asks=(
        Remark("Max pooling keeps the largest value of the window:"),
        Working(r"y_{\max}"),
        Remark("Average pooling adds them up and divides by how many there are:"),
        Working(r"y_{\mathrm{avg}}"),
        Remark(r"""Adaptive pooling is told the size of what it gives. From width $W$ to $W'$, output $p$ has the columns
            $i$ with $\lfloor p W / W' \rfloor \le i < \lceil (p+1) W / W' \rceil$, counted from 0; the rows likewise. The
            windows cover the map and may overlap where $W'$ does not divide $W$. From 7 to 3 columns:"""),
        *(
            Working(formula.format(p=p, q=p + 1), f"{what} of output {p}")
            for p in range(3)
            for what, formula in (
                ("first column", r"\lfloor \frac{{{p} \cdot 7}}{{3}} \rfloor"),
                ("last column", r"\lceil \frac{{{q} \cdot 7}}{{3}} \rceil - 1"),
            )
        ),
    ),
    attempts=(
        (
            (r"y_{\max} = \max_{(i,j)\in\mathcal R} x_{ij}", "ok"),
            (r"y_{\mathrm{avg}} = \frac{1}{|\mathcal R|} \sum_{(a,b)\in\mathcal R} x_{ab}", "ok"),
            (r"y_{\mathrm{avg}} = \frac{1}{hw} \sum_{(i,j)\in\mathcal R} x_{ij}", "wrong"),
        ),
    ),
    source="Deep Learning Assignment 3, question 4 (002-4b)",
)

_WINDOWS = (
    r"x \in \mathbb{R}^{2r \times 2r}",
    r"y \in \mathbb{R}^{r \times r}",
    r"\mathcal R_{p,q} = \{2p-1,2p\}\times\{2q-1,2q\}",
    "L is a function of y",
    r"dy_{p,q} = \frac{\partial L}{\partial y_{p,q}}",
)
_POOLED = r"""A pooling layer takes the feature map $x \in \mathbb{R}^{n \times n}$ with $n = 2r$ even, positions counted
        from 1, to $y \in \mathbb{R}^{r \times r}$. Its windows $\mathcal R_{p,q} = \{2p-1, 2p\} \times \{2q-1, 2q\}$ lie
        side by side. The gradient $dy_{p,q} = \frac{\partial L}{\partial y_{p,q}}$ has come from the layer above. Derive
        $dx_{i,j} = \frac{\partial L}{\partial x_{i,j}}$"""

backward_pass_of_max_pooling = Problem(
    title="Backward pass of max pooling",
    statement=_POOLED
    + r""" for max pooling, $y_{p,q} = \max_{(a,b) \in \mathcal R_{p,q}} x_{a,b}$, where the maximum of
        every window is attained once.""",
    f="L",
    wrt=("x",),
    route="entries",
    given=(*_WINDOWS, r"y_{p,q} = \max_{(a,b)\in\mathcal R_{p,q}}x_{a,b}"),
    asks=(
        Remark(r"""With $p = \lceil i/2 \rceil$ and $q = \lceil j/2 \rceil$: $dx_{i,j}$ is $dy_{p,q}$ if $x_{i,j}$ is the
            largest entry of its window, and $0$ otherwise. The gradient goes back to the winner alone."""),
    ),
    source="Deep Learning Assignment 5, question 4 (004-4c)",
)

backward_pass_of_average_pooling = Problem(
    title="Backward pass of average pooling",
    statement=_POOLED + r""" for average pooling, $y_{p,q} = \frac14 \sum_{(a,b) \in \mathcal R_{p,q}} x_{a,b}$.""",
    f="L",
    wrt=("x",),
    route="entries",
    given=(*_WINDOWS, r"y_{p,q} = \frac14\sum_{(a,b)\in\mathcal R_{p,q}}x_{a,b}"),
    asks=(
        Remark(r"""With $p = \lceil i/2 \rceil$ and $q = \lceil j/2 \rceil$ this is $dx_{i,j} = \frac14 dy_{p,q}$: the
            gradient goes back to the four entries of the window in equal parts."""),
    ),
    source="Deep Learning Assignment 5, question 4 (004-4c)",
)
