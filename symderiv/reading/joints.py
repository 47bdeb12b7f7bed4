"""Where one statement of a line ends and the next begins: commas, wide spaces, words, arrows, a colon behind conditions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from symderiv.reading.lines import CLOSING, OPENING
from symderiv.reading.naming import NAME, joins
from symderiv.reading.refusal import refusal
from symderiv.reading.tokens import Token

#: What stands before the front of a statement.
FRONTS = frozenset({"", ",", ";", "arrow", "&", "\\\\", "text"})
#: What stands between two statements, outside all brackets.
SEPARATORS = frozenset({",", ";", "arrow", "text", "&", "\\\\", ":"})


@dataclass(slots=True)
class Part:
    """The tokens of one statement; `sign` is a relation at its front, `joint` what ended the statement before it.

    A `conditional` part restricts what follows: `i ≠ j:` before a `colon`, or the left side of `∇f = 0 ⇔ …`.
    """

    pieces: list[Token]
    joint: str = ""
    sign: str = ""
    conditional: bool = False
    colon: bool = False


def parts(pieces: list[Token]) -> list[Part]:
    """The statements of a line, in order."""
    if "text" in {token.kind for token in pieces}:
        pieces = _without_remarks(_names_in_words(pieces))
    if ":" in {token.text for token in pieces}:
        pieces = _with_colons(pieces)
    found = [Part([])]
    depth = 0
    for token in pieces:
        here = found[-1]
        if depth == 0 and token.kind in SEPARATORS:
            if token.kind == "&":
                continue
            if token.kind == ":" and here.pieces:
                for part in found:
                    part.conditional = part.colon = True
            found.append(Part([], _joint(token)))
            continue
        if depth == 0 and token.gap == 2 and here.pieces and "relation" not in (here.pieces[-1].kind, token.kind):
            here = Part([], " ")
            found.append(here)
        depth += (token.kind in OPENING) - (token.kind in CLOSING or (token.kind == "end" and bool(token.text)))
        here.pieces.append(token)
    return _tidied(found)


def _names_in_words(pieces: list[Token]) -> list[Token]:
    r"""`\text{logits}` behind a `\partial` and `\text{kernel size}` before a relation are names, `\text{prod}` before a
    bracket an operator."""
    found: list[Token] = []
    for place, token in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else token
        before = pieces[place - 1].kind if place else ""
        if token.kind == "text" and NAME.fullmatch(token.text):
            plain = token.text.replace(" ", "").isalpha()
            called = plain and token.text.count(" ") < 2 and not place and after.kind == "open" and after.start == token.end
            named = before in FRONTS and after.kind == "relation" and not joins(token.text)
            if before == "∂" or called or named:
                token = token._replace(kind="letter", text=f"\\text{{{token.text}}}")
            elif plain and after.kind == "open" and before in ("relation", "+", "-"):
                token = token._replace(kind="operator")
        found.append(token)
    return found


def _without_remarks(pieces: list[Token]) -> list[Token]:
    r"""The tokens without words in brackets behind a space, `\ (n\text{ entries})`."""
    found: list[Token] = []
    place = 0
    while place < len(pieces):
        stop = _end_of_remark(pieces, place)
        if stop == place:
            found.append(pieces[place])
        place = max(stop, place + 1)
    return found


def _end_of_remark(pieces: list[Token], start: int) -> int:
    """Where a remark in round brackets that begins at a place ends; the place itself where there is none."""
    if pieces[start].kind != "open" or pieces[start].text != "(" or not pieces[start].gap:
        return start
    depth, words = 0, False
    for place in range(start, len(pieces)):
        depth += (pieces[place].kind in OPENING) - (pieces[place].kind in CLOSING)
        words = words or (depth == 1 and pieces[place].kind == "text")
        if not depth:
            return place + 1 if words else start
    return start


def _with_colons(pieces: list[Token]) -> list[Token]:
    """`:=` and `=:` as one sign each."""
    found: list[Token] = []
    for token in pieces:
        before = found[-1] if found else None
        if before is not None and before.end == token.start and {before.text, token.text} == {":", "="}:
            found[-1] = before._replace(kind="relation", text=before.text + token.text, end=token.end)
        else:
            found.append(token)
    return found


def _joint(token: Token) -> str:
    return token.text if token.kind == "arrow" else token.text.strip() if token.kind == "text" else token.kind


def _tidied(found: list[Part]) -> list[Part]:
    """Parts without full stops at their end and relations at their front; empty ones hand their joint on."""
    kept: list[Part] = []
    joint = ""
    for part in found:
        while part.pieces and part.pieces[-1].kind in (".", ":"):
            part.pieces.pop()
        while part.pieces and part.pieces[0].kind == ".":
            part.pieces.pop(0)
        if part.joint in ("⇒", "⇔", "←", "→") or not joint:
            joint = part.joint
        if not part.pieces:
            continue
        if part.pieces[0].kind == "relation" and len(part.pieces) > 1:
            part.sign, part.pieces = part.pieces[0].text, part.pieces[1:]
        part.joint, joint = joint, ""
        kept.append(part)
    for part, after in pairwise(kept):
        if after.joint == "⇔" or (after.joint == "⇒" and _is_zero(part.pieces)):
            part.conditional = True
    if not kept:
        raise refusal(" ", 0, 1, "saw nothing", "expected a formula")
    return kept


def _is_zero(pieces: list[Token]) -> bool:
    """Whether a statement ends in `= 0`: what follows an arrow then holds where it does."""
    return len(pieces) > 2 and pieces[-1].text == "0" and pieces[-2].kind == "relation"
