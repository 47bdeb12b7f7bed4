r"""The terms that belong to a sum: the first, and those behind it with its letter, which has a meaning nowhere else.

`L = -\sum_i y_i \log p_i + (1 - y_i) \log(1 - p_i)` is written without brackets nearly always.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.reading.heads import top_levels
from symderiv.reading.pratt import SUM, Reader
from symderiv.reading.tokens import Token
from symderiv.term.build import add, minus
from symderiv.term.kinds import Term

_OPENING, _CLOSING = frozenset({"open", "{"}), frozenset({"close", "}"})
#: What ends a term outside all brackets.
_ENDS = frozenset({"+", "-", "relation", "end", "&", ",", ";"})


def with_own_terms(reader: Reader, body: Term, letters: list[str]) -> Term:
    """The body of a sum with the terms behind it that speak of its letters; `letters` are free nowhere around it."""
    own = [letter for letter in letters if not _stands_left(reader, letter)]
    terms = [body]
    while reader.token.kind in ("+", "-") and any(_speaks_of(reader, letter) for letter in own):
        sign = reader.token.kind
        reader.pos += 1
        term = reader.read(SUM)
        terms.append(minus(term) if sign == "-" else term)
    return add(*terms) if len(terms) > 1 else body


def _stands_left(reader: Reader, letter: str) -> bool:
    """Whether a letter stands in a member before the one with the sum: there it is free, or another sum's own."""
    whole = list(reader.whole)
    relations = [place for place in top_levels(whole, "relation") if whole[place].start < reader.token.start]
    return bool(relations) and any(token.kind == "letter" and token.text == letter for token in whole[: relations[-1]])


def _speaks_of(reader: Reader, letter: str) -> bool:
    """Whether the term behind the sign has the letter as an index, and no operator of its own that gives it a meaning."""
    term = list(_next_term(reader))
    places = [place for place, token in enumerate(term) if token.kind == "letter" and token.text == letter]
    return bool(places) and all(_is_index(term, place) for place in places)


def _next_term(reader: Reader) -> Iterator[Token]:
    depth = 0
    for token in reader.tokens[reader.pos + 1 :]:
        depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        if depth < 0 or (depth == 0 and token.kind in _ENDS):
            return
        yield token


def _is_index(term: list[Token], place: int) -> bool:
    """Whether a letter stands in a script, `x_i` and `x^{(i)}`, that is no operator's: not in `\\max_i`."""
    depth = 0
    for before in range(place - 1, 0, -1):
        depth += (term[before].kind in _CLOSING) - (term[before].kind in _OPENING)
        if term[before].kind in ("_", "^") and depth in (0, -1, -2):
            return term[before - 1].kind not in ("big", "function")
    return False
