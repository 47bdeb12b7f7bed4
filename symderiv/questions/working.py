"""A working: quantities written out and worked out, line by line, each from those before it."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.deriving.verifying import must_equal
from symderiv.deriving.working import defined, worked
from symderiv.errors import SymderivError
from symderiv.questions.part import Chain, Part
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.term.build import num
from symderiv.term.kinds import Term
from symderiv.worth.value import value


@dataclass(frozen=True, slots=True)
class Working:
    r"""`quantity` in LaTeX, or several, in the names that the problem's `given` defines; `what` says in words what it is.

    Of several, each is written in what was found for those before it. `to` are forms in which the last one is wanted, in
    LaTeX; `decimals` asks for its value, rounded to so many of them. With `once` each is only written by its definition;
    the names in `keep` are not written out.

    >>> from symderiv.reading.declare import environment
    >>> Working("(5 - 3 + 1)^2", "number of values").parts(environment([]))[0].derivation.result
    9
    """

    quantity: str | tuple[str, ...]
    what: str = ""
    to: str | tuple[str, ...] = ()
    decimals: int | None = None
    once: bool = False
    keep: tuple[str, ...] = ()

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The chains from each quantity to its shortest form."""
        asked = (self.quantity,) if isinstance(self.quantity, str) else self.quantity
        wanted = (self.to,) if isinstance(self.to, str) else self.to
        kept = {read_expression(text, known) for text in self.keep}
        found: dict[Term, Term] = {}
        chains: list[Chain] = []
        for number, text in enumerate(asked):
            last = number == len(asked) - 1
            start = read_expression(text, known)
            forms = [read_expression(form, known) for form in wanted] if last else []
            for form, written in zip(forms, wanted, strict=False):
                said = f"saw the form {written} of {text}, which is another quantity; write one that is equal"
                must_equal(start, form, known.given, said)
            derivation = defined(start, known.given) if self.once else worked(start, known.given, found, forms, kept)
            found[start] = derivation.result
            places = self.decimals if last else None
            chains.append(Chain(derivation, self.what if last else "", rounded_to(start, places, known.given)))
        return tuple(chains)


def rounded_to(term: Term, decimals: int | None, given: tuple[Term, ...] = ()) -> Term | None:
    """The value of a number, rounded to so many decimals.

    >>> rounded_to(num(2) / num(3), 3)
    0.667
    """
    if decimals is None:
        return None
    found = value(term, {}, given)
    if isinstance(found, list):
        raise SymderivError("shape", f"saw an array, {term}; expected a number to be rounded; ask for one entry")
    text = f"{abs(found):.{decimals}f}"
    return -num(text) if found < 0 and float(text) else num(text)
