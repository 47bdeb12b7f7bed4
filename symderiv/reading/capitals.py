r"""Capitals side by side on the left of a definition are one name, `CE = -\log p`, unless they are known or used apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise, takewhile

from symderiv.errors import SymderivError
from symderiv.reading.environment import Environment
from symderiv.reading.heads import top_level
from symderiv.reading.joints import parts
from symderiv.reading.tokens import Token, tokens
from symderiv.term.shapes import Clash, shape

_TWO = re.compile(r"(?<![A-Za-z\\])[A-Z]{2}")


def names_in_capitals(sources: Iterable[str], known: Environment) -> frozenset[str]:
    r"""The names of several capitals that these formulas define; `AB = C` is a product where A and B stand alone too.

    >>> sorted(names_in_capitals(["CE = -\\log p", "L = CE + KL", "AB = C", "A = 2 B"], Environment()))
    ['CE']
    """
    found: set[str] = set()
    apart: set[str] = set()
    runs: list[str] = []
    texts = list(sources)
    if not any(_TWO.search(text) for text in texts):
        return frozenset()
    for text in texts:
        try:
            pieces = tokens(text)[:-1]
            heads = [_head(part.pieces) for part in parts(pieces)]
        except SymderivError:
            continue
        found |= {head for head in heads if len(set(head)) > 1}
        runs += _runs(pieces)
    for run in runs:
        if run not in found:
            apart |= set(run)
    return frozenset(word for word in found if not _is_product(word, apart, known))


def _is_product(word: str, apart: set[str], known: Environment) -> bool:
    """Whether all letters of a word stand for something alone, or one of them is an array."""
    told = apart | known.quantities.keys() | known.functions.keys() | known.stacks.keys() | known.decorated
    return told.issuperset(word) or any(letter in known.stacks or _is_array(letter, known) for letter in word)


def _is_array(letter: str, known: Environment) -> bool:
    term = known.quantities.get(letter)
    sizes = () if term is None else shape(term)
    return isinstance(sizes, Clash) or bool(sizes)


def _head(pieces: list[Token]) -> str:
    """The capitals at the front of a formula with an equals sign, if nothing but scripts and brackets follows them."""
    place = top_level(pieces, "relation")
    if not place or pieces[place].text not in ("=", ":="):
        return ""
    run = next(iter(_runs(pieces[:place])), "")
    rest = pieces[len(run) : place]
    begins = "".join(token.text for token in pieces[: len(run)]) == run
    return run if begins and (not rest or rest[0].kind in ("open", "_", "^")) else ""


def _runs(pieces: list[Token]) -> list[str]:
    """The capitals of a formula, those side by side together."""
    found: list[str] = []
    place = 0
    while place < len(pieces):
        run = list(takewhile(_is_capital, pieces[place:]))
        while any(left.end != right.start for left, right in pairwise(run)):
            run.pop()
        if run:
            found.append("".join(token.text for token in run))
        place += max(len(run), 1)
    return found


def _is_capital(token: Token) -> bool:
    return token.kind == "letter" and len(token.text) == 1 and token.text.isascii() and token.text.isupper()
