r"""Patching: a change of a formula carried into the text that a person wrote, of which everything else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(
    r"\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z])\s*(?P<fence>\\[A-Za-z]+|\\.|[^\s\\])"
    r"|(?P<idle>\\[,;:! ]|\\q?quad(?![A-Za-z])|&|\s)"
    r"|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\S",
    re.DOTALL,
)
#: Signs that are written in several ways.
_SAME = {
    r"\top": "T", r"\intercal": "T", r"\circ": r"\odot", r"\lVert": r"\|", r"\rVert": r"\|", r"\Vert": r"\|",
    r"\lvert": "|", r"\rvert": "|", r"\vert": "|", r"\dfrac": r"\frac", r"\tfrac": r"\frac", r"\ln": r"\log",
    r"\rbrack": "]", r"\lbrack": "[", "−": "-", "⊤": "T", "⊙": r"\odot", "∗": "*",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Token:
    """A token with where it stands, and what it is compared by."""

    text: str
    start: int
    stop: int
    key: str


@dataclass(slots=True)
class _Edit:
    """Tokens `start` to `stop` of the old formula become tokens `begin` to `end` of the new one."""

    start: int
    stop: int
    begin: int
    end: int


def patched(text: str, before: str, after: str) -> str:
    r"""The text of a formula with what differs between two others changed in it, in the text's own spelling.

    >>> patched(r"2X^T\left( Xw + y \right)", r"2X^\top (X w + y)", r"2X^\top (X w - y)")
    '2X^T\\left( Xw - y \\right)'
    """
    source, old, new = _tokens(text), _tokens(before), _tokens(after)
    there = dict(_matched(old, source))
    spelling = {token.key: token.text for token in source if "\\left" not in token.text and "\\right" not in token.text}
    made, done = "", 0
    for edit in _edits(old, new, there):
        behind = source[there[edit.start - 1]].stop if edit.start else 0
        ahead = source[there[edit.stop]].start if edit.stop < len(old) else len(text)
        gone = [token for token in source if behind <= token.start and token.stop <= ahead]
        if edit.start < edit.stop and gone:
            start, stop = gone[0].start, gone[-1].stop
        else:
            start = stop = _closed(gone, behind)
        made = _beside(_beside(made, text[done:start]), _spelled(after, new[edit.begin : edit.end], spelling))
        done = stop
    return _beside(made, text[done:])


def _closed(tokens: list[_Token], behind: int) -> int:
    """Behind the braces that are closed here."""
    for token in tokens:
        if token.key != "}":
            break
        behind = token.stop
    return behind


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        if not match["idle"]:
            bare = match["fence"] or match[0]
            found.append(_Token(match[0], *match.span(), _SAME.get(bare, bare)))
    return found


def _matched(one: list[_Token], other: list[_Token]) -> Iterator[tuple[int, int]]:
    matcher = SequenceMatcher(None, [token.key for token in one], [token.key for token in other], autojunk=False)
    for here, there, size in matcher.get_matching_blocks():
        yield from zip(range(here, here + size), range(there, there + size), strict=True)


def _edits(old: list[_Token], new: list[_Token], there: dict[int, int]) -> list[_Edit]:
    """What differs, each time between two tokens of the old formula that stand in the text."""
    matcher = SequenceMatcher(None, [token.key for token in old], [token.key for token in new], autojunk=False)
    found: list[_Edit] = []
    for tag, start, stop, begin, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        while start and start - 1 not in there and not (found and found[-1].stop == start):
            start, begin = start - 1, begin - 1
        while stop < len(old) and stop not in there:
            stop, end = stop + 1, end + 1
        if found and found[-1].stop >= start:
            last = max(stop, found[-1].stop)
            found[-1].stop, found[-1].end = last, end + last - stop
        else:
            found.append(_Edit(start, stop, begin, end))
    return found


def _spelled(text: str, tokens: list[_Token], spelling: dict[str, str]) -> str:
    """Tokens of a printed formula with the room between them, as the person spells them."""
    made = ""
    for place, token in enumerate(tokens):
        room = text[tokens[place - 1].stop : token.start] if place else ""
        made += room + spelling.get(token.key, token.text)
    return made


def _beside(left: str, right: str) -> str:
    """Two stretches of text with room between them where they need it or look better with it."""
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return left.rstrip() + right if right[:1].isspace() else left + right
    tight = left[-1] in "([{^_" or right[0] in ")]},^_'" or (left[-1].isdigit() and right[0].isalpha())
    return left + right if tight else f"{left} {right}"
