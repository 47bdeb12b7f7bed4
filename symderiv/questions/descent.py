"""One step of gradient descent, with the gradient that the routes derive."""

from __future__ import annotations

from dataclasses import dataclass, replace

from symderiv.deriving.answer import Routes
from symderiv.deriving.derivation import replacing
from symderiv.deriving.draft import Draft
from symderiv.questions.part import Chain, Part
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.reading.problems import read_name
from symderiv.term.build import named, partial
from symderiv.term.places import rebuilt, with_args


@dataclass(frozen=True, slots=True)
class DescentStep:
    r"""The next value of `parameter` on the way down `loss`, at the learning rate `rate`; `step` counts the steps.

    >>> from symderiv.reading.declare import environment
    >>> known = environment([r"w \in \mathbb{R}^n", r"L = w^\top w"])
    >>> DescentStep("L", "w").parts(known)[0].derivation.result
    sum(w_{t}, minus(product(2, \eta, w_{t})))
    """

    loss: str
    parameter: str
    rate: str = r"\eta"
    step: str = "t"

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The step with the gradient as a name, then with what it is."""
        loss, parameter = read_expression(self.loss, known), read_name(self.parameter, known)
        written = parameter.data.name
        now, rate = named(replace(written, sub=self.step), parameter), read_expression(self.rate, known)
        goal = partial(loss, parameter, "∇" if parameter.data.shape else "∂")
        gradient = Routes(known.given, names=known.upstream).answer(loss, parameter).result
        there = rebuilt(gradient, lambda node, args: now if node is parameter else with_args(node, args), into_names=False)
        result = now - rate * there
        after = named(replace(written, sub=f"{self.step}+1"), now - rate * goal)
        draft = Draft(after, known.given)
        draft.show(replacing("a step against the gradient", after, after.args[0], "downhill, as far as the rate says"))
        draft.show(replacing("the gradient", after.args[0], result, "the gradient as it was derived"))
        return (Chain(draft.done()),)
