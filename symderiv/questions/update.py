"""An update: one step of gradient descent, with the gradient that was derived put in."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.deriving.answer import Routes
from symderiv.deriving.derivation import Derivation, Move
from symderiv.deriving.draft import Draft
from symderiv.questions.part import Chain, Part
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.reading.problems import read_name
from symderiv.term.build import mul, partial
from symderiv.term.kinds import Term


@dataclass(frozen=True, slots=True)
class Update:
    r"""`weight ← weight − rate · ∂loss/∂weight`, each in LaTeX; what they stand for is said in the problem's `given`.

    >>> from symderiv.reading.declare import environment
    >>> known = environment([r"E = (y - w x)^2"])
    >>> Update("w", "E", r"\alpha").parts(known)[0].derivation.result
    sum(w, minus(product(2, \alpha, x, sum(product(w, x), minus(y)))))
    """

    weight: str
    loss: str
    rate: str

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The line of the update, and the line with the derivative carried out."""
        weight, loss = read_name(self.weight, known), read_expression(self.loss, known)
        rate = read_expression(self.rate, known)
        slope = partial(loss, weight, "∂")
        found = Routes(known.given, names=known.definitions).answer(loss, weight)
        return (Chain(_put_in(weight - mul(rate, slope), slope, found.derivation, known.given), left=weight, sign="←"),)


def _put_in(start: Term, slope: Term, found: Derivation, given: tuple[Term, ...]) -> Derivation:
    """The update with the result of a derivation in the place of the derivative."""
    draft = Draft(start, given)
    law = Move(
        "the derivative put in", lambda term: found.result if term is slope else None, say="the derivative derived above"
    )
    draft.use(law, (1, 0, 1))
    return draft.done()
