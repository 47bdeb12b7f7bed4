"""A filter that is found from what it was applied to and what came out: one equation a window, solved one by one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symderiv.deriving.derivation import Derivation, replacing
from symderiv.deriving.draft import Draft
from symderiv.deriving.elimination import eliminated, solving
from symderiv.deriving.neat import numeral, value_of
from symderiv.deriving.windows import entry_worked
from symderiv.errors import SymderivError
from symderiv.questions.part import Chain, Part
from symderiv.reading.environment import Environment
from symderiv.term.build import add, bigsum, entry, index, literal, mul, named, num, of, stack
from symderiv.term.kinds import Term


@dataclass(frozen=True, slots=True)
class UnknownFilter:
    r"""The filter `called` that slides over `signal` and gives `response`, both columns of numbers in `given`.

    >>> from symderiv.reading.declare import environment
    >>> known = environment(["s = (1, 2, 0)", "r = (5, 2)"])
    >>> UnknownFilter("s", "r", "f").parts(known)[-3].derivation.result
    literal((1, 2), 1, 2)
    """

    signal: str
    response: str
    called: str

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The equations, each solved for one unknown and put into the next, the filter, and the test of it."""
        signal, response = (self._column(text, known) for text in (self.signal, self.response))
        count = len(signal.args[0].args) - len(response.args[0].args) + 1
        if not 1 <= count <= len(response.args[0].args):
            raise SymderivError(
                "shape",
                f"{self.signal} has {len(signal.args[0].args)} numbers and {self.response} {len(response.args[0].args)}: "
                f"that makes a filter of {count}; expected at least as many numbers in {self.response} as in the filter",
            )
        numbers, right = (_fractions(column) for column in (signal, response))
        rows = [numbers[start : start + count] for start in range(len(right))]
        matrix = literal([[numeral(number) for number in row] for row in rows])
        turned = of("transpose", matrix)
        unknown = named(self.called, mul(of("inverse", mul(turned, matrix)), turned, response))
        unknowns = [entry(unknown, num(spot + 1)) for spot in range(count)]
        steps = eliminated(rows, right)
        chains, values = solving(unknowns, steps, known.given)
        equations = [self._equation(response, signal, unknowns, spot, known) for spot in range(len(right))]
        found = _together(unknowns, values, known)
        tests = self._test(signal, values, known)
        return (*map(Chain, (*equations, *chains)), Chain(found, "filter"), *map(Chain, tests))

    def _column(self, text: str, known: Environment) -> Term:
        term = known.quantities.get(text)
        if term is None or term.kind != "named" or term.args[0].kind != "literal" or term.args[0].data[1] != 1:
            raise SymderivError("value", f"{text} is no column of numbers; define it in `given`, {text} = (1, 2, 3)")
        return term

    def _equation(self, response: Term, signal: Term, unknowns: list[Term], spot: int, known: Environment) -> Derivation:
        """`r_1 = s_1 f_1 + s_2 f_2`, with the numbers of the signal."""
        start = entry(response, num(spot + 1))
        letters = add(*[mul(entry(signal, num(spot + step + 1)), one) for step, one in enumerate(unknowns)])
        cells = [signal.args[0].args[spot + step] for step in range(len(unknowns))]
        numbers = add(*[mul(cell, one) for cell, one in zip(cells, unknowns, strict=True)])
        draft = Draft(start, known.given)
        draft.show(replacing("the window", start, letters, "one equation a window"))
        draft.show(replacing("numbers put in", letters, numbers, "the numbers of the signal"))
        return draft.done()

    def _test(self, signal: Term, values: list[Fraction], known: Environment) -> list[Derivation]:
        """What comes out with the filter that was found, window by window."""
        found = named(self.called, literal([[numeral(number)] for number in values]))
        i, h = index("i"), index("h")
        count = num(len(values))
        body = bigsum(mul(entry(signal, i + h - 1), entry(found, h)), h, num(1), count)
        size = len(signal.args[0].args) - len(values) + 1
        whole = named(self.response, stack(body, i, num(size)))
        return [entry_worked(whole, (spot + 1,), known.given) for spot in range(size)]


def _fractions(column: Term) -> list[Fraction]:
    found = [value_of(cell) for cell in column.args[0].args]
    if any(number is None for number in found):
        raise SymderivError("value", f"{column} holds more than fractions; write its numbers as fractions")
    return [Fraction(number) for number in found if number is not None]


def _together(unknowns: list[Term], values: list[Fraction], known: Environment) -> Derivation:
    start = literal([unknowns])
    draft = Draft(start, known.given)
    result = literal([[numeral(number) for number in values]])
    draft.show(replacing("found above", start, result, "the values that were found"))
    return draft.done()
