"""A working: a quantity written out and worked out, line by line."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.deriving.working import worked
from symderiv.questions.part import Chain, Part
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression


@dataclass(frozen=True, slots=True)
class Working:
    """`quantity` in LaTeX, in the names that the problem's `given` defines; `what` says in words what it is.

    >>> from symderiv.reading.declare import environment
    >>> Working("(5 - 3 + 1)^2", "number of values").parts(environment([]))[0].derivation.result
    9
    """

    quantity: str
    what: str = ""

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The chain from the quantity to its shortest form."""
        return (Chain(worked(read_expression(self.quantity, known), known.given), self.what),)
