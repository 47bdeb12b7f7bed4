"""Rankings: how often the right answer is not among the best."""

from symderiv import Problem
from symderiv.questions.remark import Remark
from symderiv.questions.working import Working

top_k_error = Problem(
    title="The top-k error",
    statement=r"""For test images $i = 1, \dots, m$ a network gives each class $c = 1, \dots, n$ a score $\hat y_{ic}$; $t_i$
        is the score of the class that image $i$ belongs to, and no two scores are equal. Let
        $R_i = \sum_{c=1}^n \mathbb 1_{\hat y_{ic} > t_i}$ be the number of classes with a higher score. The top-$k$ error
        $E$ is the share of images whose class is not among the $k$ with the highest scores. Write it as a formula in
        $R_i$. What are the top-1 and the top-5 error used for?""",
    given=(
        r"\hat y \in \mathbb{R}^{m \times n}",
        r"t \in \mathbb{R}^m",
        r"k \in \mathbb{N}",
        r"R_i = \sum_{c=1}^n \mathbb 1_{\hat y_{ic} > t_i}",
        r"E = \frac{\sum_{i=1}^m (1 - \mathbb 1_{R_i \le k - 1})}{m}",
    ),
    asks=(
        Remark(r"""The class of image $i$ comes after $R_i$ others, so it is among the $k$ best exactly if $R_i \le k - 1$;
            if not, the image counts as an error:"""),
        Working("E", keep=("R",)),
        Remark(r"""The top-1 error counts every image for which the first answer is not the label; it is the usual measure to
            compare models. The top-5 error is more forgiving: where several classes fit an image, or look alike, the label
            need only be among five answers."""),
    ),
    attempts=(
        (
            (r"E=\frac1m\sum_{i=1}^m\mathbb 1_{R_i>k}\tag{15}", "wrong"),
            (r"R_i = \sum_{c=1}^n \mathbb 1_{\hat y_{ic} > t_i}", "ok"),
        ),
    ),
    source="Deep Learning Assignment 3, question 7 (002-7)",
)
