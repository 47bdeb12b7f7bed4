"""A claim: a relation that holds everywhere, as an inequality, looked at by the referee before it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.errors import SymderivError
from symderiv.questions.part import Fact, Part
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.term.build import ONE, ZERO, cases, relation
from symderiv.term.kinds import Term
from symderiv.worth.compare import compare
from symderiv.worth.evidence import Evidence


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
        links = [
            _held(sign, left, right, known.given)
            for sign, left, right in zip(claimed.data, claimed.args, claimed.args[1:], strict=False)
        ]
        found = min(links, key=lambda evidence: _STRENGTH.index(evidence.kind))
        if found.kind == "refuted":
            raise SymderivError("refuted-step", f"the claim {self.relation} is false: {found}. Mend the problem.")
        return (Fact(claimed, self.why, found),)


#: The kinds of evidence, the worst first: a chain is as sure as its weakest link.
_STRENGTH = ("refuted", "undecided", "agrees", "proved")


def _held(sign: str, left: Term, right: Term, given: tuple[Term, ...]) -> Evidence:
    """What the referee finds of one link: of an equation it compares the sides, which are no exact numbers."""
    if sign == "=":
        return compare(left, right, given)
    return compare(cases(ONE, relation(sign, left, right), ZERO), ONE, given)
