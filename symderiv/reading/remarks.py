"""Words inside a formula of `given`: they join statements, say that a letter is any, or restrict what is said."""

from __future__ import annotations

import re
from typing import NamedTuple

from symderiv.reading.heads import label, top_level
from symderiv.reading.tokens import Token

#: Words between two statements that both hold.
JOINING = frozenset({"with", "where", "and", "for", "in which", "so that"})
#: Words before a letter that has no value of its own: what is said of it holds anyway.
ANY = re.compile(r"for (?:all|any|every|each)")


class Said(NamedTuple):
    """The statements of a formula with words in it, whether a remark that is not read says where they hold, and the letter
    that may be any."""

    statements: list[list[Token]]
    restricted: bool = False
    every: str = ""


def without_words(pieces: list[Token]) -> Said:
    r"""What a formula with words in it says.

    >>> from symderiv.reading.tokens import tokens
    >>> said = without_words(tokens(r"a \ge b_k \text{ for all } k")[:-1])
    >>> [[token.text for token in part] for part in said.statements], said.every
    ([['a', '≥', 'b', '_', 'k']], 'k')
    """
    found: list[list[Token]] = [[]]
    restricted, every = False, ""
    depth = 0
    for place, token in enumerate(pieces):
        depth += (token.kind in ("open", "{", "begin")) - (token.kind in ("close", "}", "end"))
        if token.kind != "text" or depth or _is_a_name(pieces, place):
            found[-1].append(token)
        elif ANY.fullmatch(token.text) and (letter := label(pieces[place + 1 :])) is not None:
            every = letter.key
            break
        else:
            restricted = restricted or token.text not in JOINING
            found.append([])
    return Said([part for part in (_trimmed(part) for part in found) if part], restricted, every)


def _is_a_name(pieces: list[Token], place: int) -> bool:
    r"""Whether words are what is spoken of: `\text{output} = Y`, or a side of a relation on their own."""
    after = pieces[place + 1].kind if place + 1 < len(pieces) else ""
    before = pieces[place - 1].kind if place else ""
    return (not place or before in ("relation", ",")) and after in ("relation", "")


def _trimmed(part: list[Token]) -> list[Token]:
    """A statement without the commas around it."""
    while part and part[0].kind in (",", ";"):
        part = part[1:]
    while part and part[-1].kind in (",", ";"):
        part = part[:-1]
    return part if top_level(part, "relation") is not None else []
