r"""Results under the names that people write: `\text{FOV}`, `\#\text{weights}`, `\text{conv3-64 parameters}`.

A name stands for a result of the answer, said in the words under which it stands there, or for a formula of such results.
Several results may go by one name, as “parameters” does where each layer has some: what is written is then one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from symderiv.errors import SymderivError
from symderiv.questions.part import Chain, Grid, Part
from symderiv.reading.declare import extended
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression, spelled
from symderiv.reading.heads import Label, head, label
from symderiv.reading.opaque import without_value
from symderiv.reading.tokens import tokens
from symderiv.term.build import named, relation
from symderiv.term.kinds import Term

#: What a name stands for: one result, or those that go by it, each in words or as a formula.
Meaning = str | tuple[str, ...]


def by_words(parts: Iterable[Part]) -> dict[str, Term]:
    """The results of these parts by the words, or the name, that they stand behind on the page."""
    chains: list[Chain] = []
    for part in parts:
        chains += part.behind if isinstance(part, Grid) else (part,) if isinstance(part, Chain) else ()
    return {words: chain.derivation.result for chain in chains if (words := _words(chain))}


def _words(chain: Chain) -> str:
    start = chain.derivation.start if chain.left is None else chain.left
    return chain.what or (start.data.latex if start.kind == "named" else "")


def naming(known: Environment, names: Mapping[str, Meaning], found: Mapping[str, Term]) -> Environment:
    r"""What is known with the names of results; those of values of functions, `H(S)`, are left to `valuing`.

    >>> from symderiv.reading.declare import environment
    >>> from symderiv.term.build import num
    >>> known = naming(environment([]), {r"\#\text{weights}": "weights"}, {"weights": num(54)})
    >>> known.quantities[r"\text{# weights}"].args
    (54,)
    """
    for text, meaning in names.items():
        if (wanted := _label(text, known)) is None:
            continue
        first, *others = (named(wanted.name, term) for term in _terms(text, meaning, found))
        if wanted.letter.startswith("\\text{"):
            known = replace(known, words=known.words | {wanted.letter[6:-1]})
        known = extended(known, [first])
        known = replace(known, results={**known.results, wanted.key: tuple(others)})
    return known


def valuing(known: Environment, names: Mapping[str, Meaning], found: Mapping[str, Term]) -> Environment:
    """What is known with the values of functions at what they are named for."""
    values = {text: meaning for text, meaning in names.items() if _label(text, known) is None}
    for text in values:
        called = head(spelled(tokens(text), known)[:-1])
        if called is not None and called.label.key not in known.functions:
            known = replace(known, functions={**known.functions, called.label.key: without_value(called.label.name)})
    told = [relation("=", read_expression(text, known), *_terms(text, one, found)[:1]) for text, one in values.items()]
    return extended(known, told) if told else known


def _label(text: str, known: Environment) -> Label | None:
    return label(spelled(tokens(text), known)[:-1])


def _terms(text: str, meaning: Meaning, found: Mapping[str, Term]) -> list[Term]:
    return [_term(text, one, found) for one in ((meaning,) if isinstance(meaning, str) else meaning)]


def _term(text: str, meaning: str, found: Mapping[str, Term]) -> Term:
    """A result by its words, or what a formula of results is."""
    if meaning in found:
        return found[meaning]
    results = {f"\\text{{{words}}}": term for words, term in found.items()}
    if not any(name in meaning for name in results):
        near = get_close_matches(meaning, found, 1)
        do = f"; write one of them, as “{near[0]}”" if near else ""
        raise SymderivError("names", f"the name {text} stands for “{meaning}”, which is no result of the answer{do}.")
    return read_expression(meaning, Environment(quantities=results, words=frozenset(found)))
