"""A gradient at numbers: the formula for one entry that the routes derive, with the numbers of what comes from above."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.deriving.answer import Routes
from symderiv.deriving.windows import array_worked, definition_shown, entry_worked
from symderiv.errors import SymderivError
from symderiv.questions.part import Chain, Part
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.reading.problems import read_name
from symderiv.term.build import named, stack
from symderiv.term.kinds import Term
from symderiv.term.places import substitute
from symderiv.term.shapes import Clash, shape


@dataclass(frozen=True, slots=True)
class GradientAtNumbers:
    r"""The gradient of `loss` by the array `by`, called `called`, where the names in `numbers` are these matrices.

    `windows` are the places that are worked out. The names are those of gradients, `G = \frac{\partial E}{\partial F}`.
    """

    loss: str
    by: str
    called: str
    numbers: tuple[tuple[str, str], ...]
    windows: tuple[tuple[int, ...], ...] = ()

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """What an entry is, the entries asked for, then all of them."""
        loss, array = read_expression(self.loss, known), read_name(self.by, known)
        sizes = shape(array)
        if isinstance(sizes, Clash) or len(sizes) not in (1, 2):
            raise SymderivError("shape", f"{self.by} is no vector or matrix; declare it in `given`")
        derived = Routes(known.given, names=known.upstream).by_entries(loss, array).derivation
        places = derived.start.args[1].args[1:]
        body = self._put_in(derived.result, known)
        whole = named(self.called, stack(body, *[item for pair in zip(places, sizes, strict=True) for item in pair]))
        worked = [entry_worked(whole, place, known.given) for place in self.windows]
        return tuple(map(Chain, (definition_shown(whole, known.given), *worked, array_worked(whole, known.given))))

    def _put_in(self, result: Term, known: Environment) -> Term:
        """The result with the names that have numbers as these matrices."""
        values = {text: named(text, read_expression(matrix, known)) for text, matrix in self.numbers}
        names = {node.data.latex: node for node in result.free if node.kind == "named"}
        for text in values.keys() - names.keys():
            told = ", ".join(sorted(names)) or "none"
            raise SymderivError("value", f"{text} does not stand in the gradient; the names there are: {told}")
        return substitute(result, {names[text]: matrix for text, matrix in values.items()})
