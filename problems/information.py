"""Information: entropy, information gain, and decision trees."""

from symderiv import Problem
from symderiv.questions.tree import Tree

decision_tree = Problem(
    title="A decision tree by information gain",
    statement=r"""Five samples have three features $A_1$, $A_2$, $A_3$ and a response $y$. Grow a decision tree: at
        each branch
        compute the entropy $H$ with logarithms to base 2, where $0 \log_2 0 = 0$, and split by the feature with the largest
        information gain, the entropy less the entropies of the parts, each weighed by its share of the samples.""",
    asks=(
        Tree(
            ("A_1", "A_2", "A_3", "y"),
            {
                "x_1": (1, 0, 0, 0),
                "x_2": (1, 0, 1, 0),
                "x_3": (0, 1, 0, 0),
                "x_4": (1, 1, 1, 1),
                "x_5": (1, 1, 0, 1),
            },
            response="y",
        ),
    ),
    names={
        r"\mathrm{Entropy}(S)": "H(S)",
        r"\mathrm{Entropy}(A_1^+)": "H(S_{A_1=1})",
        r"\mathrm{Entropy}(A_1^-)": "H(S_{A_1=0})",
    },
    attempts=(
        (
            (r"A_2=1:\ S_1=\{x_3,x_4,x_5\}", "stated"),
            (r"A_2=0:\ S_2=\{x_1,x_2\}", "stated"),
            (r"S_2\text{ has the labels }\{0,0\}", "stated"),
        ),
    ),
    source="Deep Learning Assignment 0, exercise 1 (000-ex1-1, 000-ex1-2)",
)
