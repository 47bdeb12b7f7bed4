"""A formula of `given`: its source, its tokens, and the letter that may be any."""

from __future__ import annotations

from typing import NamedTuple

from symderiv.reading.tokens import Token


class Formula(NamedTuple):
    """A formula of `given` and its tokens, without the end; it holds for every value of a letter."""

    source: str
    pieces: list[Token]
    every: str = ""
