"""A program as people write it: declarations, then definitions in order, each made from what stands above it."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.errors import SymderivError
from symderiv.reading.declare import environment, extended
from symderiv.reading.definitions import definition
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import spelled
from symderiv.reading.phrases import only_words, sentence
from symderiv.reading.tokens import tokens
from symderiv.term.kinds import Term, subterms


def read_program(given: Iterable[str | Term], letters: Iterable[Term] = ()) -> Environment:
    r"""What `given` says, its definitions one after the other: `e` is Euler's number until it is defined.

    `letters` are names that are known besides. Raises SymderivError `order` where a definition uses a name that is only
    defined below it, or defines one a second time.

    >>> read_program([r"x \in \mathbb{R}", "a = x^2", "b = e^a", r"e = \cos b"]).definitions
    (a, b, e)
    """
    said, definitions = list[str | Term](letters), list[str]()
    for item in given:
        if isinstance(item, str) and _is_definition(item):
            definitions.append(item.strip())
        else:
            said.append(item)
    known = environment(said)
    for text in definitions:
        before = known.definitions
        known = extended(known, [text])
        for part in known.definitions[len(before) :]:
            _in_order(part, before, text)
    return known


def _is_definition(text: str) -> bool:
    """Whether a text of `given` defines a quantity; a function with its arguments is declared like a name."""
    if sentence(text.strip()) is not None or only_words(text) is not None:
        return False
    found = definition(text, spelled(tokens(text), Environment())[:-1])
    return found is not None and found.head.arguments is None


def _in_order(part: Term, before: tuple[Term, ...], text: str) -> None:
    again = next((other for other in before if other.data == part.data), None)
    if again is not None:
        raise SymderivError("order", f"“{text}” defines {part.data} a second time; give each node a name of its own")
    for other in (*before, part):
        if any(leaf.kind == "name" and leaf.data.name == part.data for leaf in subterms(other.args[0], into_names=False)):
            uses = "itself" if other is part else f"{part.data}, which is defined only by “{text}”"
            raise SymderivError("order", f"{other.data} is made from {uses}; put each definition above those that use it")
