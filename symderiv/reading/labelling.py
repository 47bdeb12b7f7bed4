"""Raised signs that are labels and no powers, as only the whole document tells."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from symderiv.errors import SymderivError
from symderiv.reading.calls import USUAL_KNOWN
from symderiv.reading.heads import hung, label, labels, top_level
from symderiv.reading.letters import written
from symderiv.reading.tokens import Token, tokens

#: Raised signs of a recurrence, and those that are labels where there is one.
STEPS = frozenset({"t-1", "t+1"})
COUNTED = STEPS | {"1", "t"}
#: Raised signs of layers that are made of those below or above them, and those that are labels where there are any.
LAYER_STEPS = frozenset({"l-1", "l+1"})
LAYERED = LAYER_STEPS | {"l", "L", "L-1"}
#: Raised letters that are more often an index, a power or a transpose than the initial of a word.
NO_INITIALS = frozenset("ijklmnpqrstTNxyz")
#: Raised numbers of layers: nobody writes a first power beside a square.
LAYER_NUMBERS = frozenset("12")


def labelled_letters(sources: Iterable[str]) -> frozenset[str]:
    r"""The letters whose raised signs are labels: those of a recurrence, and those raised like the name of a definition.

    `m^t = \beta m^{t-1}` tells of m and not of β, `n^f = \sum_i w_i^f c_i` of n and of w, where none of them stands bare.
    Of layers too, `a^1` beside `a^2`, and of a variance `\sigma^2 = …` beside the logistic `\sigma(z)`.

    >>> sorted(labelled_letters(["m^t = \\beta m^{t-1} + x^2", "g^1 = 1 - \\beta^t"]))
    ['g', 'm']
    >>> sorted(labelled_letters([r"n^f = \sum_i w_i^f c_i"]))
    ['n', 'w']
    """
    texts = list(sources)
    if not any("^" in text for text in texts):
        return frozenset()
    lines = [_tokens_if_readable(text) for text in texts]
    initials = frozenset[str]().union(*map(_raised_in_front, lines))
    numbered = frozenset[str]().union(*map(_numbered_before_a_relation, lines))
    if not (initials or numbered or any("t" in token.text for pieces in lines for token in pieces)):
        return frozenset()
    raised: dict[str, set[str]] = {}
    called: set[str] = set()
    for pieces in lines:
        found = labels(pieces)
        inside = {piece.start for item in found.values() for piece in item.above}
        for start, item in found.items():
            if start not in inside:
                raised.setdefault(item.letter, set()).add(written(list(item.above)))
        called |= {one.text for one, two in pairwise(pieces) if two.kind == "open"}
    counted = COUNTED if any(STEPS & found for found in raised.values()) else frozenset[str]()
    layered = LAYERED if any(LAYER_STEPS & found for found in raised.values()) else frozenset[str]()
    said = initials | counted | layered
    alone = {letter for letter, found in raised.items() if "" not in found and letter != "e"}
    told = {letter for letter in alone if raised[letter] & said}
    layers = {letter for letter in alone if raised[letter] >= LAYER_NUMBERS and {letter + "1", letter + "2"} & numbered}
    squares = {letter for letter in called & USUAL_KNOWN.keys() if letter + "2" in numbered}
    return frozenset(told | layers | squares)


def _tokens_if_readable(source: str) -> list[Token]:
    try:
        return tokens(source)
    except SymderivError:
        return []


def _raised_in_front(pieces: list[Token]) -> set[str]:
    """The letter raised on the name that is defined: `f` of `n^f = …`, no index and no transpose."""
    place = top_level(pieces, "relation")
    front = None if place is None or pieces[place].text != "=" else label(pieces[:place])
    if front is None or len(front.above) != 1 or front.above[0].kind != "letter":
        return set()
    text = front.above[0].text
    return set() if len(text) > 1 or text in NO_INITIALS else {text}


def _numbered_before_a_relation(pieces: list[Token]) -> set[str]:
    """The letters with a raised 1 or 2 right before a relation, each with its number: `a2` of `a^2 = …`."""
    found: set[str] = set()
    for place, (token, after) in enumerate(pairwise(pieces)):
        if token.kind != "letter" or after.kind not in ("_", "^"):
            continue
        item, stop = hung(pieces, place + 1, token.text)
        number = written(list(item.above)) if len(item.above) == 1 else ""
        if number in LAYER_NUMBERS and stop < len(pieces) and pieces[stop].kind == "relation":
            found.add(token.text + number)
    return found


def graded_letters(sources: Iterable[str]) -> frozenset[str]:
    r"""The letters of functions whose gradient is taken, as `\nabla L(x)` tells that L is a number for each x.

    >>> sorted(graded_letters(["g = \\nabla L(w)", "y = h(x)", "\\nabla_w E(w)"]))
    ['E', 'L']
    """
    found: set[str] = set()
    written_there = [source for source in sources if "nabla" in source or "∇" in source]
    for pieces in map(_tokens_if_readable, written_there):
        found |= {_behind_nabla(pieces, place) for place, token in enumerate(pieces) if token.kind == "∇"}
    return frozenset(found - {""})


def _behind_nabla(pieces: list[Token], place: int) -> str:
    """The letter behind a ∇ and its scripts, if a bracket follows it."""
    letter = pieces[min(hung(pieces, place + 1, "")[1], len(pieces) - 1)]
    _, stop = hung(pieces, pieces.index(letter) + 1, "")
    follows = stop < len(pieces) and pieces[stop].kind == "open"
    return letter.text if letter.kind == "letter" and follows else ""
