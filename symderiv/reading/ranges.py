r"""What stands below a sum: the letters that it binds, their limits, and the conditions on them.

`\sum_{i \ne j} x_i x_j` and `\sum_{i<j} x_i x_j` bind both letters, unless one of them stands elsewhere in the statement: it
is fixed there, and the condition is one on the other; so is one of which the body does not speak.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from symderiv.reading.guesses import INDEX_LETTERS
from symderiv.reading.letters import letter_name
from symderiv.reading.pratt import Reader
from symderiv.reading.scripts import Span
from symderiv.reading.tokens import Token
from symderiv.term.build import index, relation
from symderiv.term.kinds import Term

#: The other reading of two letters in a condition below a sum.
LETTERS_THE_OTHER_WAY = "of the letters in a condition below a sum, those are bound that otherwise are not"
CONDITIONS = frozenset({"≠", "<", "≤", ">", "≥"})


class Clause(NamedTuple):
    """What stands between two commas below a sum: members with relations between them."""

    members: tuple[Span, ...]
    signs: tuple[str, ...]


class Range(NamedTuple):
    """The letters that a sum binds, their limits where they are written, and the conditions on them.

    Of `pairs` the second letter is bound because it stands in a condition on the first.
    """

    letters: list[str]
    pairs: list[tuple[str, str]]
    low: Span | None = None
    high: Span | None = None
    conditions: tuple[tuple[Span, str, Span], ...] = ()
    relations: tuple[Span, ...] = ()

    def conditions_of(self, reader: Reader) -> Iterable[Term]:
        """The conditions as relations, once the letters have their meaning."""
        for left, sign, right in self.conditions:
            yield relation(sign, reader.inside(left), reader.inside(right))
        yield from (reader.inside(span) for span in self.relations)


def range_below(reader: Reader, below: Span) -> Range:
    """What the tokens below a sum say."""
    colon = next((place for place in range(*below) if reader.tokens[place].kind in (":", "mid")), below[1])
    found = Range([], [])
    bare: list[Span] = []
    last: Clause | None = None
    for clause in _clauses(reader, (below[0], colon)):
        if not clause.signs and last is None:
            found.letters.extend(_letters(reader, clause.members[0]))
            bare.append(clause.members[0])
        elif not clause.signs and last is not None and last.signs == ("≠",):
            found = found._replace(conditions=(*found.conditions, (last.members[0], "≠", clause.members[0])))
        else:
            found = _with(reader, found, bare, clause)
            last, bare = clause, []
    if colon < below[1]:
        found = found._replace(relations=tuple(_split(reader, (colon + 1, below[1]), (",", ";"))[0]))
    return found


def _with(reader: Reader, found: Range, bare: list[Span], clause: Clause) -> Range:
    """The range with a clause that has a relation; letters before it, `i, j < n`, are under its condition too."""
    first = clause.members[0]
    if clause.signs == ("=",):
        found.letters.extend(_letters(reader, first))
        return found._replace(low=clause.members[1])
    if not clause.signs or not CONDITIONS.issuperset(clause.signs):
        raise reader.unsupported(reader.tokens[first[0]], "this range of a sum")
    _bind(reader, found, clause)
    pairs = [(left, sign, right) for (left, right), sign in zip(pairwise(clause.members), clause.signs, strict=True)]
    if _encloses(reader, found, clause):
        found = found._replace(low=clause.members[0], high=clause.members[-1])
        pairs = pairs[1:-1]
    told = _texts(reader, clause.members[-1])
    others = [(span, pairs[0][1], pairs[0][2]) for span in bare if pairs and _texts(reader, span) != told]
    return found._replace(conditions=(*found.conditions, *others, *pairs))


def _encloses(reader: Reader, found: Range, clause: Clause) -> bool:
    r"""Whether a chain gives both limits: `1 \le i \le n`, `1 \le i < j \le n`."""
    ends = {_texts(reader, clause.members[0]), _texts(reader, clause.members[-1])}
    return len(clause.signs) > 1 and clause.signs[0] == clause.signs[-1] == "≤" and ends.isdisjoint(found.letters)


def _bind(reader: Reader, found: Range, clause: Clause) -> None:
    """The letters of a condition that the sum binds, unless it has already bound one of them."""
    texts = [_texts(reader, span) for span in clause.members]
    first = next((text for text in texts if _is_letter(text)), None)
    if first is None:
        raise reader.unsupported(reader.tokens[clause.members[0][0]], "this range of a sum")
    if any(text in found.letters for text in texts):
        return
    others = [text for text in texts if text != first and text not in reader.local and _numbers(reader, text)]
    if not others or first not in reader.local:
        found.letters.append(first)
        found.pairs.extend((first, other) for other in others)
    found.letters.extend(others)


def _numbers(reader: Reader, text: str) -> bool:
    """Whether a letter numbers things: it may be summed."""
    declared = reader.environment.quantities.get(text)
    return declared.kind == "index" if declared is not None else text.rstrip("'") in INDEX_LETTERS


def _is_letter(text: str) -> bool:
    return bool(text) and (text.startswith("\\") or len(text.rstrip("'")) == 1) and not text[0].isdecimal()


def _texts(reader: Reader, span: Span) -> str:
    """The letter that some tokens are, with its primes; nothing where they are more."""
    pieces = reader.slice(span)
    alone = pieces and pieces[0].kind == "letter" and all(piece.kind == "'" for piece in pieces[1:])
    return "".join(piece.text for piece in pieces) if alone else ""


def _letters(reader: Reader, span: Span) -> list[str]:
    """Letters side by side, `ij`."""
    names: list[str] = []
    for piece in reader.slice(span):
        if piece.kind == "letter":
            names.append(piece.text)
        elif piece.kind == "'" and names:
            names[-1] += "'"
        elif piece.kind not in ("{", "}"):
            raise reader.unsupported(piece, "this range of a sum")
    return names


def _clauses(reader: Reader, span: Span) -> list[Clause]:
    found: list[Clause] = []
    for part in _split(reader, span, (",", ";", "\\\\"))[0]:
        members, signs = _split(reader, part, ("relation",))
        if any(first == last for first, last in members):
            raise reader.unexpected(reader.tokens[part[1]], "expected what the sum runs over")
        found.append(Clause(tuple(members), tuple(token.text for token in signs)))
    return found


def _split(reader: Reader, span: Span, kinds: tuple[str, ...]) -> tuple[list[Span], list[Token]]:
    """The places between signs of some kinds outside all brackets, and the signs."""
    found: list[Span] = []
    signs: list[Token] = []
    depth, start = 0, span[0]
    for place in range(*span):
        token = reader.tokens[place]
        depth += (token.kind in ("open", "{")) - (token.kind in ("close", "}"))
        if token.kind in kinds and depth == 0:
            found.append((start, place))
            signs.append(token)
            start = place + 1
    return [*found, (start, span[1])], signs


def fixed(paired: list[tuple[str, str]], term: Term, other_way: bool) -> dict[str, Term]:
    """Of letters that sums have bound together, those that are fixed: they stand elsewhere in what was read.

    `other_way` is the reading that context does not suggest: letters are bound that stand elsewhere, or only the first is.
    """
    letters = {text: index(letter_name(text)) for pair in paired for text in pair}
    elsewhere = {text: letter for text, letter in letters.items() if letter in term.free}
    if not other_way:
        return elsewhere
    return {} if elsewhere else {text: letters[text] for _, text in paired}
