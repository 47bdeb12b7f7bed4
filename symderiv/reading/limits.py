r"""`\\lim_{\\epsilon \\to 0} u`: the name that moves, where it goes, and from which side."""

from __future__ import annotations

from dataclasses import replace

from symderiv.reading.letters import written
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import SUM, Reader
from symderiv.reading.tokens import Token
from symderiv.term.build import limit, name
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.term.places import rebuilt, substitute, with_args
from symderiv.term.shapes import Clash, shape

#: The arrows below a limit, and the side from which the name comes.
ARROWS = frozenset("→↓↑")


def limit_sign(reader: Reader, token: Token) -> Term:
    r"""A limit as it is written, whose body goes to the next `+` or `-`, as that of a sum.

    In a script it is kept, for nothing is decided about it there.
    """
    if keeps(reader):
        return _kept(reader)
    if reader.token.kind != "_":
        raise reader.refuse(token, "saw a limit without its arrow", "expected \\lim_{x \\to a}")
    reader.pos += 1
    start, stop = reader.group()
    at = next((place for place in range(start, stop) if reader.tokens[place].text in ARROWS), None)
    if at is None:
        raise reader.refuse(token, "saw a limit without its arrow", "expected \\lim_{x \\to a}")
    moving, target = reader.inside((start, at)), reader.inside((at + 1, stop))
    base = moving.args[0] if moving.kind == "entry" else moving
    if base.kind not in ("name", "named"):
        raise reader.refuse(reader.tokens[start], f"saw a {moving.kind} that moves", "expected a name below the limit")
    letter = _cut_loose(moving, base, written(reader.slice((start, at))))
    body = substitute(reader.read(SUM), {moving: letter})
    if moving.kind == "entry":
        body = rebuilt(body, lambda node, args: letter if node is moving else with_args(node, args), into_names=False)
    return limit(body, letter, target, reader.tokens[at].text)  # type: ignore[arg-type]


def _cut_loose(moving: Term, base: Term, text: str) -> Term:
    """What moves as a name of its own: a named part, or an entry of an array, whose definition no longer counts."""
    if moving.kind == "name":
        return moving
    if moving.kind == "named":
        sizes = shape(moving)
        return name(moving.data, *(() if isinstance(sizes, Clash) else sizes))
    label = base.data.name if base.kind == "name" else base.data
    return name(replace(label, sub=text[text.index("_") + 1 :].strip("{}")))


def _kept(reader: Reader) -> Term:
    label = ""
    if reader.token.kind == "_":
        reader.pos += 1
        label = written(reader.slice(reader.group()))
    return opaque(Name("lim", sub=label), reader.read(SUM))
