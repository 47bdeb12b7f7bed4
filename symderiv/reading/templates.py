"""Templates: `z^l = w^l a^{l-1} + b^l` with l ∈ {1, 2} stands for its instances, one for each value of the letter."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from symderiv.reading.tokens import Token
from symderiv.term.kinds import Term

#: How many instances one statement may have.
MOST = 24


def numbered(given: Iterable[Term]) -> dict[str, tuple[int, ...]]:
    """The letters that were said to be one of some whole numbers: `t \\in \\{1, 2\\}`."""
    found: dict[str, tuple[int, ...]] = {}
    for fact in given:
        if fact.kind == "relation" and fact.data == ("∈",) and fact.args[1].kind == "tuple" and fact.args[0].kind == "name":
            values = [item.data[0] for item in fact.args[1].args if item.kind == "number"]
            if len(values) == len(fact.args[1].args) and all(isinstance(value, int) for value in values):
                found[fact.args[0].data.name.latex] = tuple(values)
    return found


def instances(pieces: list[Token], letters: dict[str, tuple[int, ...]]) -> list[list[Token]]:
    """The statement for each value of the letters that stand in scripts only; one that has none, as it is."""
    if not letters:
        return [pieces]
    scripts = _in_scripts(pieces)
    names = [
        letter
        for letter in letters
        if (places := [place for place, token in enumerate(pieces) if token.kind == "letter" and token.text == letter])
        and all(place in scripts for place in places)
    ]
    found = [_instance(pieces, dict(zip(names, values, strict=True))) for values in product(*(letters[n] for n in names))]
    return found if len(found) <= MOST else [pieces]


def _in_scripts(pieces: list[Token]) -> set[int]:
    """The places of the tokens that stand above or below something."""
    found: set[int] = set()
    depth = 0
    for place, token in enumerate(pieces):
        if depth:
            depth += (token.kind == "{") - (token.kind == "}")
            found.add(place)
        elif place and pieces[place - 1].kind in ("_", "^"):
            depth = int(token.kind == "{")
            found.add(place)
    return found


def _instance(pieces: list[Token], values: dict[str, int]) -> list[Token]:
    if not values:
        return pieces
    found: list[Token] = []
    for token in pieces:
        if token.kind == "letter" and token.text in values:
            found.append(token._replace(kind="number", text=str(values[token.text])))
        else:
            found.append(token)
        if token.kind == "}":
            _added(found)
    return found


def _added(found: list[Token]) -> None:
    """`{2-1}` at the end as `1`; the braces go where one number is left."""
    group = found[-5:]
    kinds = [token.kind for token in group]
    if kinds in (["{", "number", "-", "number", "}"], ["{", "number", "+", "number", "}"]):
        first, second = int(group[1].text), int(group[3].text)
        total = first - second if kinds[2] == "-" else first + second
        if total >= 0:
            found[-5:] = [group[1]._replace(text=str(total), end=group[3].end)]
    elif kinds[-3:] == ["{", "number", "}"]:
        found[-3:] = [found[-2]]
