"""Other ways to read a line that does not hold: tried one after the other, and taken where the line then holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from symderiv.judge.verdict import JudgedLine, Reason
from symderiv.reading.bigs import PRODUCTS_END
from symderiv.reading.calls import EXPONENTS_INSIDE
from symderiv.reading.derivatives import SQUARES_ALONE
from symderiv.reading.environment import Environment
from symderiv.reading.ranges import LETTERS_THE_OTHER_WAY
from symderiv.term.build import name
from symderiv.term.kinds import Term, subterms

#: What is written where a line may be meant in another way, with the convention that reads it so: an exponent behind a
#: bracket may belong inside, a square that something is differentiated by may be a letter of its own, of the letters below
#: a sum another one may be bound, and a product may end with its letter.
CONVENTIONS = (
    (re.compile(r"\\[a-z]+\s*(?:\\left)?\([^()]*(?:\([^()]*\))?[^()]*\)\s*\^"), EXPONENTS_INSIDE),
    (re.compile(r"\\partial\s*\{?\s*(?:\\left)?\s*\(?\s*\\?[A-Za-z]+\s*\^\s*\{?2"), SQUARES_ALONE),
    (re.compile(r"_\s*\{[^{}]*(?:<|>|\\ne|\\le|\\ge|≠|≤|≥)"), LETTERS_THE_OTHER_WAY),
    (re.compile(r"\\prod"), PRODUCTS_END),
)
#: A function without its argument, differentiated by it: `d\phi/dx`.
_OF_A_FUNCTION = re.compile(r"\\frac\s*\{\s*d\s*\\?[A-Za-z]+\s*\}\s*\{\s*d\s*(\\?[A-Za-z]+)\s*\}")


def other_ways(found: JudgedLine, known: Environment, guessed: Mapping[str, Term]) -> Iterator[Environment]:
    """What else may be known to a line that does not hold.

    Beside the conventions: letters are arrays as they were guessed to be above, the argument of a function of numbers is a
    number though an array is called so, and another result goes by a name.
    """
    if found.verdict in ("wrong", "follows"):
        for written, convention in CONVENTIONS:
            if written.search(found.source):
                yield replace(known, conventions=known.conventions | {convention})
    if found.verdict in ("wrong", "follows", "unknown") and guessed:
        yield replace(known, guessed=guessed)
    if found.verdict == "wrong" and (bare := _OF_A_FUNCTION.search(found.source)) is not None:
        letter = known.quantities.get(bare[1])
        if letter is not None and letter.kind == "name" and letter.data.shape and _is_of_a_number(found):
            yield replace(known, quantities={**known.quantities, bare[1]: name(letter.data.name)})
    if found.verdict in ("wrong", "follows"):
        for key, others in _several(found, known).items():
            for other in others:
                yield replace(known, quantities={**known.quantities, key: other})


def with_all_results(found: JudgedLine, known: Environment) -> JudgedLine:
    """A wrong line with a name by which several results go says which they are: nobody knows which one is meant."""
    for key, others in _several(found, known).items():
        values = tuple(dict.fromkeys(one.args[0] for one in (known.quantities[key], *others)))
        reason = Reason("several", (key[6:-1] if key.startswith("\\text{") else key,), values)
        statements = tuple(
            item._replace(reason=reason, explain=None) if item.verdict == "wrong" else item for item in found.statements
        )
        found = replace(found, statements=statements)
    return found


def _is_of_a_number(found: JudgedLine) -> bool:
    """Whether a line is about the derivative of a function of numbers, which stands there entry by entry."""
    left = None if found.decisive is None else found.decisive.left
    if left is None or left.kind != "partial":
        return False
    applied = left.args[0]
    if applied.kind != "apply" or applied.args[1:] != left.args[1:] or applied.args[0].kind != "function":
        return False
    return not any(applied.args[0].data.inputs)


def _several(found: JudgedLine, known: Environment) -> dict[str, tuple[Term, ...]]:
    """The names in a line by which several results of the problem go."""
    shown = [item.shown.term for item in found.statements if item.shown is not None]
    here = {node for term in shown for node in subterms(term) if node.kind == "named"}
    return {key: others for key, others in known.results.items() if others and known.quantities.get(key) in here}
