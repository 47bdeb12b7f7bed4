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
    """The body of a sum with the terms behind it up to the last with its letters; these are free nowhere around it."""
    reach = max((_reach(reader, letter) for letter in letters if not _stands_left(reader, letter)), default=0)
    terms = [body]
    for _ in range(reach):
        sign = reader.token.kind
        reader.pos += 1
        term = reader.read(SUM)
        terms.append(minus(term) if sign == "-" else term)
    return add(*terms) if reach else body


def _stands_left(reader: Reader, letter: str) -> bool:
    """Whether a letter stands in a member before the one with the sum: there it is free, or another sum's own."""
    whole = list(reader.whole)
    relations = [place for place in top_levels(whole, "relation") if whole[place].start < reader.token.start]
    return bool(relations) and any(token.kind == "letter" and token.text == letter for token in whole[: relations[-1]])


def _reach(reader: Reader, letter: str) -> int:
    """How many of the terms behind there are up to the last with the letter, before one that gives it another meaning."""
    reach = 0
    for count, term in enumerate(_terms_behind(reader), 1):
        places = [place for place, token in enumerate(term) if token.kind == "letter" and token.text == letter]
        if places and not all(_is_index(term, place) for place in places):
            break
        reach = count if places else reach
    return reach


def _terms_behind(reader: Reader) -> Iterator[list[Token]]:
    """The terms behind a sum that are added to it, each behind its sign."""
    depth, term = 0, list[Token]()
    for token in reader.tokens[reader.pos :]:
        depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        if depth < 0 or (depth == 0 and token.kind in _ENDS):
            if term:
                yield term
            if depth < 0 or token.kind not in ("+", "-"):
                return
            term = []
        term.append(token)


def _is_index(term: list[Token], place: int) -> bool:
    """Whether a letter stands in a script, `x_i` and `x^{(i)}`, that is no operator's: not in `\\max_i`."""
    depth = 0
    for before in range(place - 1, 0, -1):
        depth += (term[before].kind in _CLOSING) - (term[before].kind in _OPENING)
        if term[before].kind in ("_", "^") and depth in (0, -1, -2):
            return term[before - 1].kind not in ("big", "function")
    return False
