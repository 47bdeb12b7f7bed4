"""What a formula says about a name, seen from its left side: a declaration, a function, a definition, or a condition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from symderiv.reading.letters import letter_name, written
from symderiv.reading.tokens import Token
from symderiv.term.names import Name


class Label(NamedTuple):
    """A name as it is written in a declaration: its letter, the tokens of its subscript, its raised label, its primes."""

    letter: str
    below: tuple[Token, ...] = ()
    above: tuple[Token, ...] = ()
    primes: int = 0

    @property
    def name(self) -> Name:
        return letter_name(self.letter, written(list(self.below)), written(list(self.above)), self.primes)

    @property
    def key(self) -> str:
        return self.name.latex


class Head(NamedTuple):
    """The left side of a definition: its label, and its arguments if it has brackets."""

    label: Label
    arguments: tuple[Label, ...] | None
    kind: Literal["name", "function"]


#: The kinds of tokens that may open or close something.
_BRACKETS = frozenset({"open", "{", "begin", "close", "}", "end"})
#: The kinds of tokens that hang on a letter.
_SCRIPTS = frozenset("_^'")


def top_level(tokens: list[Token], kind: str) -> int | None:
    """Where the first token of this kind stands outside all brackets."""
    return next(top_levels(tokens, kind), None)


def top_levels(tokens: list[Token], kind: str) -> Iterator[int]:
    """Where tokens of this kind stand outside all brackets."""
    depth = 0
    for place, token in enumerate(tokens):
        if token.kind == kind and depth == 0:
            yield place
        if token.kind in _BRACKETS:
            depth += _step(token)


def _step(token: Token) -> int:
    """How many brackets and environments a token opens."""
    if token.kind == "end":
        return -bool(token.text)
    return (token.kind in ("open", "{", "begin")) - (token.kind in ("close", "}"))


def split(tokens: list[Token], kind: str = ",") -> list[list[Token]]:
    """The pieces between tokens of this kind outside all brackets."""
    pieces: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind == kind and depth == 0:
            pieces.append([])
            continue
        if token.kind in _BRACKETS:
            depth += _step(token)
        pieces[-1].append(token)
    return pieces


def label(tokens: list[Token]) -> Label | None:
    """The name that the tokens are, all of them; letters side by side are a word, `dS`, `KL`."""
    if not tokens or tokens[0].kind not in ("letter", "operator", "text"):
        return None
    letter = tokens[0].text if tokens[0].kind == "letter" else f"\\text{{{tokens[0].text}}}"
    place = 1
    while place < len(tokens) and tokens[place].kind == "letter" and len(tokens[place].text) == 1:
        place += 1
    if place > 1:
        letter = "\\text{" + "".join(token.text for token in tokens[:place]) + "}"
    found, stop = hung(tokens, place, letter)
    return found if stop == len(tokens) else None


#: Names nested deeper than this in groups tell nothing of a formula.
DEEPEST = 20


def labels(tokens: list[Token]) -> dict[int, Label]:
    """Every letter of a formula with the scripts that hang on it, by where it stands; those in deep groups left out."""
    found: dict[int, Label] = {}
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.kind == "{") - (token.kind == "}")
        if token.kind == "letter" and depth <= DEEPEST:
            found[token.start] = hung(tokens, place + 1, token.text)[0]
    return found


def hung(tokens: list[Token], place: int, letter: str) -> tuple[Label, int]:
    """A letter with the scripts that stand at a place behind it, and where they end."""
    if place >= len(tokens) or tokens[place].kind not in _SCRIPTS:
        return Label(letter), place
    below: tuple[Token, ...] = ()
    above: tuple[Token, ...] = ()
    primes = 0
    while place < len(tokens):
        kind = tokens[place].kind
        if kind == "'":
            primes, place = primes + 1, place + 1
            continue
        if place + 1 >= len(tokens) or not ((kind == "_" and not below) or (kind == "^" and not above)):
            break
        stop = group_end(tokens, place + 1)
        inner = tuple(tokens[place + 2 : stop - 1] if tokens[place + 1].kind == "{" else tokens[place + 1 : stop])
        place = stop
        if kind == "_":
            below = inner
        elif all(token.kind == "'" for token in inner):
            primes += len(inner)
        else:
            above = inner
    return Label(letter, below, above, primes), place


def group_end(tokens: list[Token], start: int) -> int:
    """Where what stands at a place ends: a single token, or a group in braces."""
    if start >= len(tokens) or tokens[start].kind != "{":
        return start + 1
    depth = 0
    for place in range(start, len(tokens)):
        depth += (tokens[place].kind == "{") - (tokens[place].kind == "}")
        if depth == 0:
            return place + 1
    return len(tokens)


def head(tokens: list[Token]) -> Head | None:
    """The name or the function with bare arguments that a left side is, or nothing."""
    opening = top_level(tokens, "open")
    if opening is None:
        found = label(tokens)
        return None if found is None else Head(found, None, "name")
    if tokens[-1].kind != "close" or tokens[opening].text not in "([":
        return None
    found = label(tokens[:opening])
    inner = [token._replace(kind=",") if token.kind in ("mid", ";") else token for token in tokens[opening + 1 : -1]]
    arguments = [label(piece) for piece in split(inner)]
    if found is None or any(argument is None for argument in arguments):
        return None
    return Head(found, tuple(argument for argument in arguments if argument is not None), "function")
