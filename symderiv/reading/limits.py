r"""`\\lim_{\\epsilon \\to 0} u`: the name that moves, where it goes, and from which side."""

from __future__ import annotations

from symderiv.reading.letters import written
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import PRODUCT, Reader
from symderiv.reading.tokens import Token
from symderiv.term.build import limit
from symderiv.term.kinds import Term
from symderiv.term.names import Name

#: The arrows below a limit, and the side from which the name comes.
ARROWS = frozenset("→↓↑")


def limit_sign(reader: Reader, token: Token) -> Term:
    """A limit as it is written; in a script it is kept, for nothing is decided about it there."""
    if keeps(reader):
        return _kept(reader)
    if reader.token.kind != "_":
        raise reader.refuse(token, "saw a limit without its arrow", "expected \\lim_{x \\to a}")
    reader.pos += 1
    start, stop = reader.group()
    at = next((place for place in range(start, stop) if reader.tokens[place].text in ARROWS), None)
    if at is None:
        raise reader.refuse(token, "saw a limit without its arrow", "expected \\lim_{x \\to a}")
    letter, target = reader.inside((start, at)), reader.inside((at + 1, stop))
    if letter.kind != "name":
        raise reader.refuse(reader.tokens[start], f"saw a {letter.kind} that moves", "expected a name below the limit")
    return limit(reader.read(PRODUCT), letter, target, reader.tokens[at].text)  # type: ignore[arg-type]


def _kept(reader: Reader) -> Term:
    label = ""
    if reader.token.kind == "_":
        reader.pos += 1
        label = written(reader.slice(reader.group()))
    return opaque(Name("lim", sub=label), reader.read(PRODUCT))
