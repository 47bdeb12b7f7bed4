r"""`\sum` and `\prod`: what they run over, and how far their body reaches."""

from __future__ import annotations

from symderiv.errors import SymderivError
from symderiv.reading.arrays import rank
from symderiv.reading.letters import letter_name
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import SUM, Reader
from symderiv.reading.ranges import Range, range_below
from symderiv.reading.scripts import Span
from symderiv.reading.summands import with_own_terms
from symderiv.reading.tokens import Token
from symderiv.reading.windows import Window, at_a_position, members_below, window_below
from symderiv.term.build import ONE, ZERO, bigsum, cases, entry, index, mul
from symderiv.term.kinds import Term
from symderiv.term.membership import summed
from symderiv.term.places import fresh_index

#: The convention under which what is summed up to a limit has no first number of its own.
FROM_ZERO = "indices start at 0"

#: The other reading of factors behind a product: those without its letter do not belong to it.
PRODUCTS_END = "a product goes as far as its letter"


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
    if (members := members_below(reader, below)) is not None:
        body = at_a_position(reader, {str(letter): letter for letter in members.letters}, lambda: _body(reader))
        return summed(body, members.array, members.letters, token.text)
    try:
        window = window_below(reader, below)
        found = range_below(reader, below) if window is None else Range([], [])
    except SymderivError as stop:
        if stop.code != "unsupported" or not keeps(reader):
            raise
        return opaque("sum" if token.text == "bigsum" else "prod", _body(reader))
    if window is not None:
        return _over_window(reader, token, window)
    high = found.high if above is None else above
    hi = None if high is None else reader.inside(high)
    back = dict(reader.local)
    reader.local.update({piece: index(letter_name(piece)) for piece in found.letters})
    if hi is not None:
        reader.upto.update({reader.local[piece]: hi for piece in found.letters})
    lo = None if found.low is None else reader.inside(found.low)
    conditions = list(found.conditions_of(reader))
    body = _body(reader)
    if token.text == "bigsum":
        body = with_own_terms(reader, body, [piece for piece in found.letters if piece not in back])
    body, behind = _parted(reader, found, body) if token.text == "bigproduct" and _ends_early(reader) else (body, ())
    bound = _of_the_body(reader, found, body)
    reader.local.clear()
    reader.local.update(back)
    for condition in reversed(conditions):
        body = cases(body, condition, ZERO if token.text == "bigsum" else ONE, written=len(bound))
    limits = _limits(reader, below, lo, hi)
    for letter in reversed(bound):
        body = bigsum(body, letter, *limits, over=token.text)  # type: ignore[arg-type]
    return mul(body, *behind) if behind else body


def _ends_early(reader: Reader) -> bool:
    return PRODUCTS_END in reader.environment.conventions


def _parted(reader: Reader, found: Range, body: Term) -> tuple[Term, tuple[Term, ...]]:
    """A body up to the last factor in which its own letter stands, and the factors behind that."""
    others = {second for _, second in found.pairs}
    letters = [reader.local[text] for text in found.letters if text not in others]
    factors = body.args if body.kind == "product" else (body,)
    own = [place for place, factor in enumerate(factors) if not factor.free.isdisjoint(letters)]
    last = max(own, default=len(factors) - 1)
    return mul(*factors[: last + 1]), factors[last + 1 :]


def _over_window(reader: Reader, token: Token, window: Window) -> Term:
    body = window.body(reader, lambda: _body(reader))
    for letter, count in reversed(list(window.ranges())):
        body = bigsum(body, letter, ONE, count, over=token.text)  # type: ignore[arg-type]
    return body


def _of_the_body(reader: Reader, found: Range, body: Term) -> list[Term]:
    r"""The letters that are summed: of two in a condition only the one that the body speaks of, `\sum_{j \ne i} x_j`."""
    letters = {text: reader.local[text] for text in found.letters}
    for first, second in found.pairs:
        spoken = [text for text in (first, second) if text in letters and letters[text] in body.free]
        if len(spoken) == 1:
            letters.pop(first if spoken == [second] else second, None)
        else:
            reader.paired.append((first, second))
    return list(letters.values())


def _limits(reader: Reader, below: Span, lo: Term | None, hi: Term | None) -> list[Term]:
    """Both limits or none; what is summed up to something begins with one, unless it was said to begin with zero."""
    if hi is None and lo is None:
        return []
    if hi is not None and lo is None and FROM_ZERO not in reader.environment.conventions:
        lo = ONE
    if hi is None or lo is None:
        raise reader.refuse(reader.tokens[below[0]], "saw one limit of a sum without the other", "expected both or none")
    return [lo, hi]


def _body(reader: Reader) -> Term:
    if not reader.begins(reader.token) and reader.token.kind != "-":
        raise reader.unexpected(reader.token, "expected what is summed")
    return reader.read(SUM)


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
