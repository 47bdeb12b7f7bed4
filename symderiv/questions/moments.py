"""Mean, variance and standard deviation of a quantity that is made of independent random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from symderiv.deriving.moments import deviation, moment
from symderiv.errors import SymderivError
from symderiv.questions.part import Chain, Part
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.term.build import expectation
from symderiv.term.kinds import Term


@dataclass(frozen=True)
class Moments:
    r"""`quantity` in LaTeX, in the names that the problem's `given` defines; `random` gives mean and variance of each name.

    All entries of random names are independent: `random={"x": ("0", r"\sigma^2")}`.
    """

    quantity: str
    random: Mapping[str, tuple[str, str]] = field(hash=False)

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The mean, the variance, the standard deviation."""
        body = read_expression(self.quantity, known)
        random = [self._triple(name, known) for name in self.random]
        missing = [str(letter) for letter, _, _ in random if letter not in body.free]
        if missing:
            said = f"saw {', '.join(missing)} among the random names, which {self.quantity} does not hold"
            raise SymderivError("usage", f"{said}; name what it is made of")
        variance = expectation(body, *random, of="Var")
        spread = moment(variance, known.given)
        return (
            Chain(moment(expectation(body, *random), known.given)),
            Chain(spread),
            Chain(deviation(variance, spread.result, known.given)),
        )

    def _triple(self, name: str, known: Environment) -> tuple[Term, Term, Term]:
        letter = read_expression(name, known)
        if letter.kind != "name":
            raise SymderivError("usage", f"saw {name} among the random names; expected a name that `given` declares")
        mean, variance = (read_expression(text, known) for text in self.random[name])
        return letter, mean, variance
