"""Functions with kinks: where they are differentiable, their subgradients, and minimisers at a kink."""

from symderiv import Problem
from symderiv.questions.claim import Claim
from symderiv.questions.minimiser import Minimiser
from symderiv.questions.plot import Plot
from symderiv.questions.remark import Remark
from symderiv.questions.working import Working

absolute_value = Problem(
    title="The absolute value and its subgradients",
    statement=r"""Where is $f(x) = |x|$ differentiable, and with which derivative? Give its subgradients at the kink.""",
    f="|x|",
    wrt=("x",),
    given=(r"-1 \le g \le 1", r"y \in \mathbb{R}"),
    asks=(
        Remark(r"At $x = 0$ the slope jumps from $-1$ to $1$. Every $g$ between them is a subgradient there:"),
        Claim(r"|y| \ge g y", "the bars are not less than g times what stands in them, for g is at most 1"),
        Remark(r"So the subdifferential of $f$ at $0$ is the interval from $-1$ to $1$."),
        Plot(
            "|x|", "x", -2, 2, ((0, -1), (0, -0.5), (0, 0), (0, 0.5), (0, 1)), "the curve of |x| with five subgradients at 0"
        ),
    ),
)

hinge = Problem(
    title="The hinge loss",
    statement=r"""Let $\ell(s) = \max(0, 1 - y s)$ be the hinge loss of the score $s$ with the label $y \in \{-1, 1\}$.
        Derive $\frac{\partial \ell}{\partial s}$ where it exists, and say what replaces it at the kink.""",
    f=r"\ell = \max(0, 1 - y s)",
    wrt=("s",),
    given=(r"y \in \{-1, 1\}",),
    asks=(
        Remark(r"At $y s = 1$ there is a kink: the subgradients are all numbers between $-y$ and $0$."),
        Plot(
            r"\max(0, 1 - s)",
            "s",
            -1,
            3,
            ((1, -1), (1, -0.5), (1, 0)),
            "the hinge loss for y = 1 with three subgradients at 1",
        ),
    ),
)

soft_threshold = Problem(
    title="The proximal map of the 1-norm",
    statement=r"""For $t > 0$ and $x \in \mathbb{R}^n$ the proximal map of the 1-norm is the minimiser $p$ of
        $\frac12 \|z - x\|_2^2 + t \|z\|_1$ over $z \in \mathbb{R}^n$, a step of proximal gradient descent for an L1 penalty.
        The sum has a term for each entry, $\frac12 (z_i - x_i)^2 + t |z_i|$, so each entry is minimised by itself.
        Compute $p_i$.""",
    given=(r"x \in \mathbb{R}^n", r"z \in \mathbb{R}^n", r"p \in \mathbb{R}^n", "t > 0"),
    asks=(
        Minimiser(r"\frac12 (z_i - x_i)^2 + t |z_i|", "z_i", "p_i", also=r"\operatorname{sign}(x_i) \max(|x_i| - t, 0)"),
        Plot(r"\operatorname{sign}(u) \max(|u| - 1, 0)", "u", -3, 3, (), "the soft threshold for t = 1: zero from −1 to 1"),
    ),
    source="Deep Learning Assignment 3, question 9 (002-9b)",
)

where_max_pooling_is_differentiable = Problem(
    title="Where is max pooling differentiable?",
    statement=r"""For $x \in \mathbb{R}^n$ with $n \ge 2$ let $f_2(x) = \max\{x_1, \dots, x_n\}$. Where is $f_2$
        differentiable, and what is its gradient there? Let $x_i$ be the largest entry.""",
    f="f_2(x)",
    wrt=("x",),
    given=(r"x \in \mathbb{R}^n", r"f_2(x) = \max_k x_k", "i is an index", r"x_i = f_2(x)", r"h \ne 0"),
    asks=(
        Remark(r"""If $x_i$ is the largest entry alone, it is so in a whole neighbourhood of $x$. There $f_2$ is $x_i$,
            and its gradient is the unit vector $e_i$. In general let $x_i$ and $x_j$ be the two largest: $f_2(x)$ is the
            larger of these two numbers $a$ and $b$. It has a kink where they are equal:"""),
        Working(r"\max(a, b)", to=r"\frac{a + b + |a - b|}{2}"),
        Remark(r"""For let both be $a$, and let $h \ne 0$ be added to one of them. The difference quotient is"""),
        Claim(
            r"\frac{\max(a + h, a) - a}{h} = \begin{cases} 1, & h > 0 \\ 0, & \text{otherwise} \end{cases}",
            "the larger one is a + h for h > 0, and a for h < 0",
        ),
        Remark(r"""From the right its limit is $1$, from the left $0$: there is no derivative. So $f_2$ is differentiable
            at $x$ exactly if the maximum is attained at one index only, on the set
            $C = \{x : x_i = f_2(x) \text{ for exactly one } i\}$."""),
    ),
    source="Deep Learning Assignment 0, exercise 3.2 (000-ex3-2a)",
)

subgradient_of_max_pooling = Problem(
    title="A subgradient of max pooling",
    statement=r"""Let $f_2(x) = \max\{x_1, \dots, x_n\}$ for $x \in \mathbb{R}^n$, and let $x_j$ be a largest entry,
        $x_j = f_2(x)$. Show that the unit vector $e_j$ is a subgradient of $f_2$ at $x$, and name all subgradients.""",
    given=(
        r"x, y \in \mathbb{R}^n",
        "j is an index",
        "e_j is the j-th unit vector",
        r"f_2(x) = \max_k x_k",
        r"x_j = f_2(x)",
    ),
    asks=(
        Remark(
            r"$g$ is a subgradient at $x$ if $f_2(x) + \langle g, y - x \rangle \le f_2(y)$ for every $y$. With $g = e_j$:"
        ),
        Working(r"f_2(x) + \langle e_j, y - x \rangle"),
        Claim(r"y_j \le \max_k y_k", "no entry is larger than the largest"),
        Remark(r"""The last is $f_2(y)$, so $e_j$ is a subgradient, $e_j \in \partial f_2(x)$. An average of such vectors is
            one too, and there are no others: $\partial f_2(x) = \operatorname{conv}\{e_j : x_j = f_2(x)\}$."""),
    ),
    attempts=(
        (
            (r"f_2(x)+\langle e_j,y-x\rangle=x_j+y_j-x_j", "ok"),
            ("=y_j", "ok"),
            (r"\le\max_i y_i=f_2(y)", "ok"),
        ),
    ),
    source="Deep Learning Assignment 0, exercise 3.2 (000-ex3-2b)",
)
