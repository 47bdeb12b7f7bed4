"""Squares, roots, absolute values and signs of real numbers."""

from __future__ import annotations

from symderiv.rules.elementary import absolute, sign
from symderiv.rules.letters import letter, rest
from symderiv.rules.rule import Rule
from symderiv.term.build import ONE, TWO, ZERO, apply, power, relation, root

u, v = letter("u"), letter("v")
_R = rest("a")
_APOSTOL = "Apostol, Calculus I, "

difference_of_squares = Rule(
    "difference of squares", ONE - power(u, TWO), (1 - u) * (1 + u),
    say="1 − u² is (1 − u)(1 + u)", source=_APOSTOL + "I 3.3",
)  # fmt: skip
square_of_difference = difference_of_squares.mistaken(
    "difference of squares taken for a square", (1 - u) ** TWO,
    say="the square of a difference has a middle term", kind="algebra",
)  # fmt: skip
root_of_square = Rule(
    "root of a square", root(power(u, TWO)), apply(absolute, u),
    say="the root of a square is the absolute value, never negative", source=_APOSTOL + "I 4.8",
)  # fmt: skip
root_undoes_square = root_of_square.mistaken(
    "root of a square without the absolute value", u, say="for a negative u the root of u² is −u", kind="algebra"
)
root_of_quotient = Rule(
    "root of a quotient", root(u / v), root(u) / root(v),
    say="the root of a quotient is the quotient of the roots", source=_APOSTOL + "I 3.10",
    where=(relation("≥", u, ZERO), relation(">", v, ZERO)),
)  # fmt: skip
sign_of_number = Rule(
    "sign of a number", u * _R / apply(absolute, u), apply(sign, u) * _R,
    say="a number over its absolute value is its sign", source=_APOSTOL + "I 4.8",
    where=(relation("≠", u, ZERO),),
)  # fmt: skip
