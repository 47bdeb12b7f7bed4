"""Optimizers: recurrences counted by a superscript, Adam step by step, momentum, weight decay, penalties."""

from symderiv import Problem
from symderiv.questions.derivative import Derivative
from symderiv.questions.induction import Induction
from symderiv.questions.remark import Remark
from symderiv.questions.working import Working

#: Adam on iteration t: both moments, both corrected for their start at zero, and the update.
ADAM = (
    r"m^t = \beta m^{t-1} + (1-\beta) g^t",
    r"v^t = \gamma v^{t-1} + (1-\gamma) (g^t)^2",
    r"\hat m^t = \frac{m^t}{1-\beta^t}",
    r"\hat v^t = \frac{v^t}{1-\gamma^t}",
    r"w^{t+1} = w^t - \alpha \frac{\hat m^t}{\sqrt{\hat v^t} + \epsilon}",
    "m^0 = 0",
    "v^0 = 0",
    r"0 < \beta < 1",
    r"0 < \gamma < 1",
    r"\epsilon > 0",
)
ADAM_IN_WORDS = r"""Adam keeps two moving averages of the gradients $g^t$, with decay rates $\beta$ and $\gamma$ between 0
    and 1: $m^t = \beta m^{t-1} + (1-\beta) g^t$ and $v^t = \gamma v^{t-1} + (1-\gamma) (g^t)^2$ with $m^0 = 0$ and
    $v^0 = 0$. It corrects them, $\hat m^t = \frac{m^t}{1-\beta^t}$ and $\hat v^t = \frac{v^t}{1-\gamma^t}$, and steps
    $w^{t+1} = w^t - \alpha \frac{\hat m^t}{\sqrt{\hat v^t} + \epsilon}$. A superscript counts iterations, but
    $\beta^t$ and $\gamma^t$ are powers. """

adam_unrolled = Problem(
    title="The update of Adam, and what its bias correction corrects",
    statement=r"""State the update of Adam on iteration $t$ for the gradient $g^t$, with decay rates $\beta$ and $\gamma$,
        learning rate $\alpha$ and a small $\epsilon$ beside the root, and its initial values. Write both moving averages as
        sums over all gradients so far, prove it, and show what the bias correction corrects. A superscript counts
        iterations, but $\beta^t$ and $\gamma^t$ are powers.""",
    given=(*ADAM, r"t \in \mathbb{N}"),
    asks=(
        Working(("m^t", "v^t", r"\hat m^t", r"\hat v^t", "w^{t+1}", "m^0", "v^0"), once=True),
        Remark(r"Usual values are $\beta = 0.9$, $\gamma = 0.999$ and $\epsilon = 10^{-8}$."),
        Induction(r"m^t = (1-\beta) \sum_{s=1}^t \beta^{t-s} g^s"),
        Induction(r"v^t = (1-\gamma) \sum_{s=1}^t \gamma^{t-s} (g^s)^2"),
        Remark(r"The weights of the gradients in $m^t$ add up to less than one:"),
        Working(r"(1-\beta) \sum_{s=1}^t \beta^{t-s}"),
        Remark(
            r"so $\hat m^t$, which is divided by just that, is a weighted mean of the gradients up to $g^t$; the same holds "
            r"for $\hat v^t$."
        ),
    ),
    attempts=(
        (
            (r"m^t=\beta m^{t-1}+(1-\beta)g^t", "ok"),
            (r"v^t=\gamma v^{t-1}+(1-\gamma)(g^t)^2", "ok"),
            (r"\hat m^t=\frac{m^t}{1-(\beta)^t},\quad\hat v^t=\frac{v^t}{1-(\gamma)^t}", "ok"),
            (r"w^{t+1}=w^t-\alpha\frac{\hat m^t}{\sqrt{\hat v^t+\epsilon}}", "wrong"),
            (r"m^0=0,\quad v^0=0", "ok"),
        ),
    ),
    source="Deep Learning Assignment 1, question 2 (001-2a)",
)

first_step_of_adam = Problem(
    title="The first step of Adam",
    statement=ADAM_IN_WORDS + r"Derive $\hat m^1$, $\hat v^1$ and the first step in terms of $g^1 \ne 0$, also as "
    r"$\epsilon$ goes to zero.",
    given=(*ADAM, r"t \in \{1\}", r"g^1 \ne 0"),
    asks=(
        Working(("m^1", r"\hat m^1", "v^1", r"\hat v^1", "w^2", r"\lim_{\epsilon \to 0} w^2")),
        Remark(
            r"Where $|g^1|$ is much larger than $\epsilon$ the first step has the length $\alpha$, however large the "
            r"gradient "
            r"is: $w^2 \approx w^1 - \alpha \operatorname{sign}(g^1)$."
        ),
    ),
    attempts=(
        (
            (r"m^1=0\cdot\beta+(1-\beta)g^1=(1-\beta)g^1", "ok"),
            (r"\hat m^1=\frac{m^1}{1-\beta}=g^1", "ok"),
            (r"v^1=\gamma\cdot0+(1-\gamma)(g^1)^2=(1-\gamma)(g^1)^2", "ok"),
            (r"\hat v^1=\frac{v^1}{1-\gamma}=(g^1)^2", "ok"),
            (r"w^2=w^1-\alpha\frac{g^1}{\lvert g^1\rvert+\epsilon}", "ok"),
        ),
    ),
    source="Deep Learning Assignment 1, question 2 (001-2b)",
)

second_step_of_adam = Problem(
    title="The second step of Adam",
    statement=ADAM_IN_WORDS + r"Derive $\hat m^2$, $\hat v^2$ and the second step as $\epsilon$ goes to zero, in terms "
    r"of $g^1$ and $g^2 \ne 0$.",
    given=(*ADAM, r"t \in \{1, 2\}", r"g^2 \ne 0"),
    asks=(
        Working(
            (
                "m^1",
                "m^2",
                r"\hat m^2",
                "v^1",
                "v^2",
                r"\hat v^2",
                "w^2 - w^3",
                r"\lim_{\epsilon \to 0} \frac{\alpha \hat m^2}{\sqrt{\hat v^2} + \epsilon}",
            ),
            to=r"\alpha \frac{\beta g^1 + g^2}{\sqrt{\gamma (g^1)^2 + (g^2)^2}} \cdot \frac{\sqrt{1+\gamma}}{1+\beta}",
        ),
    ),
    source="Deep Learning Assignment 1, question 2 (001-2c)",
)

squared_penalty = Problem(
    title="A squared penalty in the loss",
    statement=r"""The penalty $\lambda \lVert w \rVert_2^2$ is added to the loss $L$, $J = L + \lambda \lVert w
        \rVert_2^2$. How
        does the gradient $g^t$ of $L$ at the weights $w^t \in \mathbb{R}^n$ of step $t$ change?""",
    f=r"J = L + \lambda \lVert w^t \rVert^2",
    given=(r"w^t \in \mathbb{R}^n", "L is a function of w^t", r"g^t = \nabla_{w^t} L"),
    wrt=("w^t",),
    asks=(
        Remark(r"so $g^t$ becomes $g^t + 2 \lambda w^t$. The penalty alone has the gradient"),
        Derivative(r"\lVert w^t \rVert^2", "w^t"),
    ),
    source="Deep Learning Assignment 1, question 2 (001-2e)",
)

penalty_not_squared = Problem(
    title="A penalty that is not squared",
    statement=r"""Let $J = L(w) + \lambda \lVert w \rVert_2$ with weights $w \in \mathbb{R}^n$, $w \ne 0$. Derive
        $\nabla_w J$ from the gradient of $L$.""",
    f=r"J = L(w) + \lambda \lVert w \rVert",
    given=(r"w \in \mathbb{R}^n", r"L \colon \mathbb{R}^n \to \mathbb{R}"),
    wrt=("w",),
    asks=(
        Remark(
            r"The pull towards zero has the length $\lambda$ whatever the length of $w$; at $w = 0$ there is no "
            r"gradient."
        ),
    ),
)

momentum = Problem(
    title="Gradient descent with momentum",
    statement=r"""Let $u^t = \mu u^{t-1} + g^t$ with $u^0 = 0$ and $w^{t+1} = w^t - \alpha u^t$. Write $u^t$ as a sum
        over the
        gradients, and find how long the steps become for a gradient that stays one, where $-1 < \mu < 1$.""",
    given=(r"u^t = \mu u^{t-1} + g^t", "u^0 = 0", r"t \in \mathbb{N}", r"-1 < \mu < 1"),
    asks=(
        Induction(r"u^t = \sum_{s=1}^t \mu^{t-s} g^s"),
        Remark(r"For $g^s = 1$ that is"),
        Working(r"\sum_{s=1}^t \mu^{t-s}"),
        Remark(r"which comes close to $\frac{1}{1-\mu}$: momentum lengthens the steps by so much."),
    ),
)

weight_decay = Problem(
    title="Gradient descent with weight decay",
    statement=r"""A step against the gradient of the loss with the penalty $\frac{\lambda}{2} w^2$ is
        $w^{t+1} = w^t - \alpha (g^t + \lambda w^t)$. Show that it shrinks the weight and then steps as without penalty.""",
    given=(r"w^{t+1} = w^t - \alpha (g^t + \lambda w^t)", r"t \in \mathbb{N}"),
    asks=(Working("w^{t+1}", to=r"(1 - \alpha \lambda) w^t - \alpha g^t", keep=("w^t",)),),
)
