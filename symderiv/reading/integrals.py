r"""`\int_a^b u \, dt`: the name that an integral binds, its limits, and the integrand, which ends before its `dt`."""

from __future__ import annotations

from symderiv.reading.letters import letter_name, written
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import PRODUCT, Reader
from symderiv.reading.scripts import Span, known
from symderiv.reading.tokens import Token
from symderiv.term.build import ONE, integral, name
from symderiv.term.kinds import Term
from symderiv.term.names import Name

OPENING, CLOSING = frozenset({"open", "{", "begin", "bar(", "norm("}), frozenset({"close", "}", "end", "bar)", "norm)"})


def integral_sign(reader: Reader, token: Token) -> Term:
    r"""A definite integral; `d` before a letter ends the integrand, in an inner integral that of the inner one."""
    if token.text != "\\int" and not keeps(reader):
        raise reader.unsupported(token, "a multiple integral under one sign")
    below, above = _limits(reader)
    if (below is None or above is None or token.text != "\\int") and keeps(reader):
        return _without_limits(reader, token, below)
    if below is None or above is None:
        raise reader.refuse(
            token, "saw an integral without both limits", "expected \\int_a^b", "name the limits", code="unsupported"
        )
    low, high = reader.inside(below), reader.inside(above)
    place = _end(reader, token)
    text = reader.tokens[place + 1].text
    letter, back = name(letter_name(text)), dict(reader.local)
    reader.local[text] = letter
    body = reader.within((reader.pos, place), reader.read) if place > reader.pos else ONE
    reader.local.clear()
    reader.local.update(back)
    reader.pos = place + 2
    return integral(body, letter, low, high)


def _without_limits(reader: Reader, token: Token, below: Span | None) -> Term:
    r"""`\int u \, dt` over a range that is not written: kept."""
    label = written(reader.slice(below)) if below is not None else ""
    place = _end(reader, token)
    body = reader.within((reader.pos, place), reader.read) if place > reader.pos else ONE
    reader.pos = place + 1
    return opaque(Name("int", sub=label), body, reader.read(PRODUCT))


def _limits(reader: Reader) -> tuple[Span | None, Span | None]:
    below = above = None
    while reader.token.kind in ("_", "^"):
        lower = reader.token.kind == "_"
        reader.pos += 1
        if lower:
            below = reader.group()
        else:
            above = reader.group()
    return below, above


def _end(reader: Reader, token: Token) -> int:
    """Where the `d` of this integral stands; a `d` that is a quantity counts with a space before it only."""
    depth = inner = 0
    declared = known(reader, "d") is not None
    for place in range(reader.pos, len(reader.tokens) - 1):
        piece, following = reader.tokens[place], reader.tokens[place + 1]
        depth += (piece.kind in OPENING) - (piece.kind in CLOSING)
        if depth < 0 or piece.kind == "stop":
            break
        if depth == 0 and piece.kind == "∫":
            inner += 1
        elif depth == 0 and piece.kind == "letter" and piece.text == "d" and following.kind == "letter":
            if declared and not piece.gap:
                continue
            if not inner:
                return place
            inner -= 1
    raise reader.refuse(token, "saw an integral without its dt", "expected the integrand and then d with a letter")
