"""An update: one step of gradient descent, with the gradient that the routes derive put in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from symderiv.deriving.answer import Routes
from symderiv.deriving.derivation import replacing
from symderiv.deriving.draft import Draft
from symderiv.questions.part import Chain, Part
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.reading.problems import read_name
from symderiv.term.build import mul, named, partial
from symderiv.term.kinds import Term
from symderiv.term.places import rebuilt, with_args


@dataclass(frozen=True, slots=True)
class Update:
    r"""The next value of `weight` on the way down `loss`, each in LaTeX, at the learning rate `rate`.

    `step` is the letter that counts the steps, as in `w_{t+1} = w_t - …`; without it the line is `w ← w - …`.

    >>> from symderiv.reading.declare import environment
    >>> known = environment([r"w \in \mathbb{R}^n", r"L = w^\top w"])
    >>> Update("w", "L", step="t").parts(known)[0].derivation.result
    sum(w_{t}, minus(product(2, \eta, w_{t})))
    """

    weight: str
    loss: str
    rate: str = r"\eta"
    step: str = ""

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The line with the gradient as a name, then with what it is."""
        loss, weight = read_expression(self.loss, known), read_name(self.weight, known)
        rate = read_expression(self.rate, known)
        goal = partial(loss, weight, "∇" if weight.kind == "name" and weight.data.shape else "∂")
        answer = Routes(known.given, names=(*known.definitions, *known.upstream)).answer(loss, weight)
        now = named(replace(weight.data.name, sub=self.step), weight) if self.step else weight
        asked, found = now - mul(rate, goal), now - mul(rate, _at(answer.result, weight, now))
        draft = Draft(asked, known.given)
        draft.show(replacing("the derivative put in", asked, found, "the derivative as it was derived"))
        draft.end_line()
        left = named(replace(weight.data.name, sub=f"{self.step}+1"), asked) if self.step else weight
        return (Chain(draft.done(), left=left, sign="=" if self.step else "←"),)


def _at(gradient: Term, weight: Term, now: Term) -> Term:
    """The gradient at the value that the weight has now."""
    if now is weight:
        return gradient
    return rebuilt(gradient, lambda node, args: now if node is weight else with_args(node, args), into_names=False)
