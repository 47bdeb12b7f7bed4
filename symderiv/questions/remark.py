"""A remark: what an answer says in words."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.questions.part import Part, Words
from symderiv.reading.environment import Environment


@dataclass(frozen=True, slots=True)
class Remark:
    """`text` with formulas between dollars.

    >>> from symderiv.reading.declare import environment
    >>> Remark("The root is $A_2$.").parts(environment([]))[0].text
    'The root is $A_2$.'
    """

    text: str

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The words."""
        return (Words(self.text),)
