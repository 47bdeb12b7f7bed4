r"""Quantities named in words: `\#\text{weights}`, `\text{so the field of view is }212`, `\text{parameters: none}`,
`4 \times 4\text{ region}`."""

from __future__ import annotations

import re
from collections.abc import Container

from symderiv.reading.tokens import Token

#: Words that can name a quantity: no sentence, no colon.
NAME = re.compile(r"(?:# )?[A-Za-z][\w ()\-/']*")
#: Words that say what something is.
TELLING = re.compile(r"(?:so |hence |thus |then |therefore )?(?:the )?(.+?)(?::| is| equals)")
#: Kinds of tokens behind which words begin a statement: they name nothing that stands before them.
BEGINNING = frozenset({"text", "relation", ",", ";", ":", "arrow", "&", "\\\\"})
#: Words that join statements and name nothing.
JOINING = frozenset({
    "so", "hence", "thus", "then", "therefore", "and", "where", "with", "let", "that is", "we get", "we have", "since",
    "because", "now", "also", "which is", "gives", "or", "but", "if", "for", "we find", "it follows that",
})  # fmt: skip
#: Words of which such joints are made.
CONNECTING = frozenset(" ".join(JOINING).split()) | {
    "finally",
    "this",
    "equals",
    "is",
    "again",
    "next",
    "first",
    "in",
    "total",
    *"when as otherwise else at by of are hence".split(),
}
#: What stands for no number at all.
NOTHING = frozenset({"none", "zero"})


def named_in_words(pieces: list[Token], known: Container[str], results: Container[str] = ()) -> list[Token]:
    r"""The tokens with words in them that say what a quantity is as equations for it; `known` are the names of quantities.

    Those among the `results` of a problem may also stand right beside their value, before it or behind it.

    >>> from symderiv.reading.tokens import tokens
    >>> [token.text for token in named_in_words(tokens(r"\text{parameters: none}")[:-1], ())]
    ['\\text{parameters}', '=', '0']
    """
    found: list[Token] = []
    for place, token in enumerate(pieces):
        before = found[-1] if found else None
        if token.kind == ":" and before is not None and before.kind == "text" and before.text.startswith("# "):
            found += [_name(found.pop(), before.text), token._replace(kind="relation", text="=")]
        elif token.kind != "text":
            found.append(token)
        elif _is_operand(token, before, pieces[place + 1 : place + 2]):
            found.append(_name(token, token.text))
        elif before is not None and before.kind == "#":
            found[-1] = token._replace(text=f"# {token.text}", start=before.start, gap=before.gap)
        elif _key(token.text.strip()) not in results:
            found += _told(token, known, place + 1 == len(pieces))
        elif before is not None and before.kind not in BEGINNING:
            found += [Token("relation", "=", token.start, token.start), _name(token, token.text.strip())]
        elif place + 1 < len(pieces) and pieces[place + 1].kind == "number":
            found += [_name(token, token.text.strip()), Token("relation", "=", token.end, token.end)]
        else:
            found.append(token)
    return found


#: Signs that join two quantities, and what has one behind it.
JOINS = frozenset({"+", "-", "·", "*", "×", "/", "^", "⊙", "'"})


def _is_operand(token: Token, before: Token | None, behind: list[Token]) -> bool:
    r"""Whether words stand where a quantity has to: beside a sign that joins two, or alone in braces."""
    if not NAME.fullmatch(token.text) or not CONNECTING.isdisjoint(token.text.lower().split()):
        return False
    if before is not None and before.kind in JOINS - {"'"}:
        return True
    if before is not None and before.kind == "{" and behind and behind[0].kind == "}":
        return True
    first = before is None or before.kind in ("relation", "{", "open", ",", ";", "&", "arrow")
    return first and bool(behind) and behind[0].kind in JOINS


def _told(token: Token, known: Container[str], last: bool) -> list[Token]:
    """Words as they are, or as an equation: for a known name before its value, for any name with `none` behind it."""
    words, colon, value = token.text.partition(":")
    if colon and last and value.strip().lower() in NOTHING and NAME.fullmatch(words):
        middle = token.end - len(value) - 1
        zero = Token("number", "0", middle + 1, token.end)
        return [_name(token._replace(end=middle), words.strip()), Token("relation", "=", middle, middle + 1), zero]
    told = TELLING.fullmatch(token.text)
    if told is None or last or _key(told[1]) not in known:
        return [token]
    return [_name(token, told[1]), Token("relation", "=", token.end, token.end)]


def _key(words: str) -> str:
    return f"\\text{{{words}}}"


def _name(token: Token, words: str) -> Token:
    return token._replace(kind="letter", text=_key(words))


def joins(text: str) -> bool:
    """Whether words only join statements: `and therefore`."""
    return text.lower() in JOINING or all(word in CONNECTING for word in text.lower().split())
