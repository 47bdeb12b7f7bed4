"""A line is several statements: commas, wide spaces, words, arrows end one; a leading relation continues the last line."""

from __future__ import annotations

from typing import NamedTuple

from symderiv.reading.environment import Environment
from symderiv.reading.expressions import NOTHING_KNOWN, closed, read_tokens, spelled
from symderiv.reading.refusal import refusal
from symderiv.reading.tokens import Token, tokens
from symderiv.term.kinds import Term

OPENING = frozenset({"open", "{", "begin"})
CLOSING = frozenset({"close", "}"})


class Statement(NamedTuple):
    """One statement of a line: the relation that continues the line before (or nothing), and the term."""

    continues: str
    term: Term


def read_line(source: str, environment: Environment = NOTHING_KNOWN, *, strict: bool = False) -> tuple[Statement, ...]:
    r"""The statements of a line, each read whole. Words, `&` and a full stop at the end carry no meaning.

    >>> [statement.term.kind for statement in read_line(r"&= 2x, \quad y = 3")]
    ['product', 'relation']
    """
    found: list[Statement] = []
    for pieces in statements(spelled(tokens(source), environment)[:-1]):
        sign = ""
        if pieces[0].kind == "relation" and len(pieces) > 1:
            sign, pieces = pieces[0].text, pieces[1:]
        found.append(Statement(sign, read_tokens(source, closed(pieces, source), environment, strict=strict)))
    return tuple(found)


def statements(pieces: list[Token]) -> list[list[Token]]:
    """The statements between commas, semicolons, wide spaces, arrows and words outside all brackets."""
    found: list[list[Token]] = [[]]
    depth = 0
    for token in pieces:
        if depth == 0 and _ends(token):
            if token.kind != "&":
                found.append([])
            continue
        before = found[-1][-1].kind if found[-1] else ""
        if depth == 0 and token.gap == 2 and before not in ("", "relation") and token.kind != "relation":
            found.append([])
        depth += (token.kind in OPENING) - (token.kind in CLOSING or (token.kind == "end" and bool(token.text)))
        found[-1].append(token)
    for part in found:
        while part and part[-1].kind in (".", ":"):
            part.pop()
    found = [part for part in found if part]
    if not found:
        raise refusal(" ", 0, 1, "saw nothing", "expected a formula")
    return found


def _ends(token: Token) -> bool:
    return token.kind in (",", ";", "arrow", "text", "&", "\\\\")
