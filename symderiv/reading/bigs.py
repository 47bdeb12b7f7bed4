r"""`\sum` and `\prod`: which letters they bind, their limits, and how far their body reaches."""

from __future__ import annotations

from symderiv.reading.arrays import rank
from symderiv.reading.letters import letter_name
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import SUM, Reader
from symderiv.reading.scripts import Span
from symderiv.reading.tokens import Token
from symderiv.term.build import ZERO, bigsum, cases, entry, index, relation
from symderiv.term.kinds import Term
from symderiv.term.places import fresh_index


def big(reader: Reader, token: Token) -> Term:
    r"""`\sum_{i=1}^{n} u`, `\sum_i u`, `\sum_{ij} u`, `\sum_{j\ne i} u`, `\sum u`; the body goes to the next `+` or `-`."""
    below = above = None
    while reader.token.kind in ("_", "^"):
        lower = reader.token.kind == "_"
        reader.pos += 1
        span = reader.group()
        if lower:
            below = span
        elif span[0] < span[1]:
            above = span
    if below is None or below[0] == below[1]:
        return _bare(reader, token)
    hi = None if above is None else reader.inside(above)
    names = _bound_names(reader, below)
    back = dict(reader.local)
    letters = [index(letter_name(piece)) for piece in names]
    reader.local.update(zip(names, letters, strict=True))
    lo, condition = _range(reader, below, len(names))
    body = _body(reader)
    reader.local.clear()
    reader.local.update(back)
    if condition is not None:
        body = cases(body, condition, ZERO)
    limits = [] if hi is None else [lo, hi]
    if (lo is None) != (hi is None) or (hi is not None and len(letters) > 1):
        raise reader.refuse(reader.tokens[below[0]], "saw one limit of a sum without the other", "expected both or none")
    for letter in reversed(letters):
        body = bigsum(body, letter, *[limit for limit in limits if limit is not None], over=token.text)  # type: ignore[arg-type]
    return body


def _body(reader: Reader) -> Term:
    if not reader.begins(reader.token) and reader.token.kind != "-":
        raise reader.unexpected(reader.token, "expected what is summed")
    return reader.read(SUM)


def _bound_names(reader: Reader, below: Span) -> list[str]:
    """The letters before a relation, a colon or the end: those that the sum binds."""
    names: list[str] = []
    for piece in reader.slice(below):
        if piece.kind == "letter":
            names.append(piece.text)
        elif piece.kind == "'" and names:
            names[-1] += "'"
        elif piece.kind in ("relation", ":") and names:
            if piece.text in ("=", ":"):
                return names
            return names[:1] if piece.text == "≠" else names
        elif piece.kind not in (",", "{", "}"):
            raise reader.unsupported(piece, "this range of a sum")
    return names


def _range(reader: Reader, below: Span, count: int) -> tuple[Term | None, Term | None]:
    """The lower limit, or the condition on the letters that are bound."""
    pieces = reader.slice(below)
    at = next((place for place, piece in enumerate(pieces) if piece.kind in ("relation", ":")), None)
    if at is None:
        return None, None
    rest = (below[0] + at + 1, below[1])
    if pieces[at].kind == ":":
        return None, reader.inside(rest)
    if pieces[at].text == "=":
        return reader.inside(rest), None
    if pieces[at].text in ("≠", "<", "≤", ">", "≥"):
        return None, relation(pieces[at].text, reader.inside((below[0], below[0] + at)), reader.inside(rest))
    raise reader.unsupported(pieces[at], "a sum over a set")


def _bare(reader: Reader, token: Token) -> Term:
    """A sum without index runs over the one free index of its body, or over all entries of an array."""
    body = _body(reader)
    letters = sorted((leaf for leaf in body.free if leaf.kind == "index"), key=str)
    axes = rank(reader, body)
    if len(letters) == 1 and not axes:
        return bigsum(body, letters[0], over=token.text)  # type: ignore[arg-type]
    if (letters or not axes) and keeps(reader):
        return opaque("sum" if token.text == "bigsum" else "prod", body)
    if letters or not axes:
        raise reader.refuse(token, "saw a sum without its index", "expected \\sum_i", "write what the sum runs over")
    places: list[Term] = []
    for _ in range(axes):
        places.append(fresh_index(index("h"), body.free | set(places)))
    body = entry(body, *places)
    for letter in reversed(places):
        body = bigsum(body, letter, over=token.text)  # type: ignore[arg-type]
    return body
