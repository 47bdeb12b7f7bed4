"""A claim: a relation that holds everywhere, as an inequality, looked at by the referee before it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.errors import SymderivError
from symderiv.questions.part import Fact, Part
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.term.build import ONE, ZERO, cases
from symderiv.worth.compare import compare


@dataclass(frozen=True, slots=True)
class Claim:
    r"""`relation` in LaTeX, perhaps a chain, and in words `why` it holds.

    >>> from symderiv.reading.declare import environment
    >>> Claim(r"2ab \le a^2 + b^2", "a square is not negative").parts(environment([]))[0].evidence.kind
    'agrees'
    """

    relation: str
    why: str

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The relation; a false one raises."""
        claimed = read_expression(self.relation, known)
        if claimed.kind != "relation":
            raise SymderivError("usage", f"saw {self.relation}, which claims nothing; expected a relation, as a \\le b")
        found = compare(cases(ONE, claimed, ZERO), ONE, known.given)
        if found.kind == "refuted":
            raise SymderivError("refuted-step", f"the claim {self.relation} is false: {found}. Mend the problem.")
        return (Fact(claimed, self.why, found),)
