"""Convolution and pooling: sizes, values, and gradients by kernel and input."""

from symderiv import Problem
from symderiv.questions.working import Working

values_of_a_convolution = Problem(
    title="How many values a convolution gives",
    statement=r"A $5 \times 5$ image is convolved with a $3 \times 3$ filter, stride 1, without padding. How many values "
    "are generated?",
    asks=(Working("(5 - 3 + 1)(5 - 3 + 1)", "number of values"),),
    source="Deep Learning Assignment 3, question 5 (002-5a)",
)
