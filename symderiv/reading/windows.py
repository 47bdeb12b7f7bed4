r"""Sums and maxima over a window of positions, `\sum_{(a,b) \in R} x_{ab}` with `R = \{2p-1, 2p\} \times \{2q-1, 2q\}`.

The letters are counted from the start of the window: `x_{2p-2+a,2q-2+b}` with a and b from 1 to 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from symderiv.reading.letters import letter_name
from symderiv.reading.pratt import Reader
from symderiv.reading.scripts import Span, known
from symderiv.term.build import add, index, minus, num
from symderiv.term.kinds import Term
from symderiv.term.membership import is_set
from symderiv.term.places import opened, substitute


class Members(NamedTuple):
    """The letters of a position that belongs to a set without a formula, and the set."""

    letters: tuple[Term, ...]
    array: Term


class Window(NamedTuple):
    """The letters that run, and of each axis what stands before its first position, and how many there are."""

    letters: tuple[str, ...]
    axes: tuple[tuple[tuple[Term, ...], int], ...]

    def indices(self) -> dict[str, Term]:
        """The letters as indices."""
        return {text: index(letter_name(text)) for text in self.letters}

    def body(self, reader: Reader, read: Callable[[], Term]) -> Term:
        """What is read at a position of the window, with the letters counted from its start."""
        body = at_a_position(reader, self.indices(), read)
        pairs = zip(self.indices().values(), self.axes, strict=True)
        return substitute(body, {letter: add(*before, letter) for letter, (before, _) in pairs})

    def ranges(self) -> Iterator[tuple[Term, Term]]:
        """The indices and how far each runs, from 1."""
        yield from zip(self.indices().values(), (num(count) for _, count in self.axes), strict=True)


def at_a_position(reader: Reader, letters: Mapping[str, Term], read: Callable[[], Term]) -> Term:
    """What is read where these letters number a position."""
    back = dict(reader.local)
    reader.local.update(letters)
    body = read()
    reader.local.clear()
    reader.local.update(back)
    return body


def members_below(reader: Reader, below: Span) -> Members | None:
    r"""What `(i,j) \in R` and `i \in R` say, where R is a set of positions without a formula; None for all else."""
    pieces = reader.slice(below)
    if len(pieces) < 3 or not any(is_set(term) for term in reader.environment.quantities.values()):
        return None
    place = next((spot for spot, piece in enumerate(pieces) if piece.text == "∈"), None)
    if place is None:
        return None
    array = reader.inside((below[0] + place + 1, below[1]))
    if not is_set(array):
        return None
    letters = tuple(index(letter_name(piece.text)) for piece in pieces[:place] if piece.kind == "letter")
    if len(letters) != len(array.data.shape):
        raise reader.refuse(
            pieces[0], f"saw {len(letters)} letters for a position", f"expected {len(array.data.shape)}, as the set has"
        )
    return Members(letters, array)


def window_below(reader: Reader, below: Span) -> Window | None:
    r"""What `(a,b) \in R` says, where R is a product of lists of neighbouring whole numbers; None for all else."""
    pieces = reader.slice(below)
    place = next((spot for spot, piece in enumerate(pieces) if piece.text == "∈"), None)
    if place is None or pieces[0].kind != "open" or pieces[place - 1].kind != "close":
        return None
    letters = tuple(piece.text for piece in pieces[1 : place - 1] if piece.kind == "letter")
    window = opened(reader.inside((below[0] + place + 1, below[1])))
    window = substitute(window, {leaf: known(reader, str(leaf)) or leaf for leaf in window.free if leaf.kind == "name"})
    lists = window.args if window.kind == "product" else (window,)
    axes = [_axis(one) for one in lists if one.kind == "tuple"]
    if len(axes) != len(letters) or len(lists) != len(letters) or None in axes:
        raise reader.unsupported(pieces[0], "a range that is no product of lists of neighbouring positions")
    return Window(letters, tuple(axis for axis in axes if axis is not None))


def _axis(positions: Term) -> tuple[tuple[Term, ...], int] | None:
    """What stands before the first of neighbouring positions, and how many they are."""
    parts = [_parted(position) for position in positions.args]
    others, first = parts[0]
    if parts != [(others, first + step) for step in range(len(parts))]:
        return None
    before = first - 1
    constant = [] if not before else [num(before)] if before > 0 else [minus(num(-before))]
    return (*others, *constant), len(parts)


def _parted(position: Term) -> tuple[tuple[Term, ...], int]:
    """The terms of a position without its whole number, and that number."""
    others, number = [], 0
    for term in position.args if position.kind == "sum" else (position,):
        bare = term.args[0] if term.kind == "minus" else term
        if bare.kind == "number" and bare.data[1] is None:
            number += -bare.data[0] if term.kind == "minus" else bare.data[0]
        else:
            others.append(term)
    return tuple(others), number
