"""A derivative of a part, beside the one that the problem is about."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.deriving.answer import Routes
from symderiv.questions.part import Chain, Part
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.reading.problems import read_name


@dataclass(frozen=True, slots=True)
class Derivative:
    r"""The derivative of `body` by a name, both in LaTeX, by the route that reads best.

    >>> from symderiv.reading.declare import environment
    >>> Derivative("x^2", "x").parts(environment([]))[0].derivation.result
    product(2, x)
    """

    body: str
    by: str

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The derivation, and its matrix form where there is one."""
        answer = Routes(known.given).answer(read_expression(self.body, known), read_name(self.by, known))
        return tuple(Chain(made) for made in (answer.derivation, answer.matrix_form) if made is not None)
