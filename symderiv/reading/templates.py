r"""Templates: `z^l = w^l a^{l-1} + b^l` stands for its instances, one for each value of its letter.

With l ∈ {1, 2} given it is read as those; `m_t = \beta m_{t-1} + g_t` says what m_1 is where m_0 is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, product
from typing import NamedTuple

from symderiv.reading.heads import Label, labels
from symderiv.reading.letters import written
from symderiv.reading.tokens import Token
from symderiv.term.kinds import Term

#: How many instances one statement may have, and how many steps a recurrence is followed.
MOST = 24
#: Letters that count steps, layers and members, below or above a name.
COUNTING = frozenset({*"ijklmnpqrst", "\\ell", "\\tau"})


def numbered(given: Iterable[Term]) -> dict[str, tuple[int, ...]]:
    """The letters that were said to be one of some whole numbers: `t \\in \\{1, 2\\}`."""
    found: dict[str, tuple[int, ...]] = {}
    for fact in given:
        if fact.kind == "relation" and fact.data == ("∈",) and fact.args[1].kind == "tuple" and fact.args[0].kind == "name":
            values = [item.data[0] for item in fact.args[1].args if item.kind == "number"]
            if len(values) == len(fact.args[1].args) and all(isinstance(value, int) for value in values):
                found[fact.args[0].data.name.latex] = tuple(values)
    return found


def instances(pieces: list[Token], letters: dict[str, tuple[int, ...]]) -> list[list[Token]]:
    """The statement for each value of the letters that stand in scripts only; one that has none, as it is."""
    if not letters:
        return [pieces]
    scripts = _in_scripts(pieces)
    names = [
        letter
        for letter in letters
        if (places := [place for place, token in enumerate(pieces) if token.kind == "letter" and token.text == letter])
        and all(place in scripts for place in places)
    ]
    found = [_instance(pieces, dict(zip(names, values, strict=True))) for values in product(*(letters[n] for n in names))]
    return found if len(found) <= MOST else [pieces]


def _in_scripts(pieces: list[Token]) -> set[int]:
    """The places of the tokens that stand above or below something."""
    found: set[int] = set()
    depth = 0
    for place, token in enumerate(pieces):
        if depth:
            depth += (token.kind == "{") - (token.kind == "}")
            found.add(place)
        elif place and pieces[place - 1].kind in ("_", "^"):
            depth = int(token.kind == "{")
            found.add(place)
    return found


def _instance(pieces: list[Token], values: dict[str, int]) -> list[Token]:
    if not values:
        return pieces
    found: list[Token] = []
    for token in pieces:
        if token.kind == "letter" and token.text in values:
            found.append(token._replace(kind="number", text=str(values[token.text])))
        else:
            found.append(token)
        if token.kind == "}":
            _added(found)
    return found


def _added(found: list[Token]) -> None:
    """`{2-1}` at the end as `1`; the braces go where one number is left."""
    group = found[-5:]
    kinds = [token.kind for token in group]
    if kinds in (["{", "number", "-", "number", "}"], ["{", "number", "+", "number", "}"]):
        first, second = int(group[1].text), int(group[3].text)
        total = first - second if kinds[2] == "-" else first + second
        if total >= 0:
            found[-5:] = [group[1]._replace(text=str(total), end=group[3].end)]
    elif kinds[-3:] == ["{", "number", "}"]:
        found[-3:] = [found[-2]]


class Template(NamedTuple):
    r"""A formula `m_{t+1} = …` for every t: its source, its name, the letter with what is added to it, the right side."""

    source: str
    label: Label
    letter: str
    shift: int
    right: tuple[Token, ...]

    @property
    def recurs(self) -> bool:
        """Whether it says what a member is by other members."""
        return any(item.letter == self.label.letter for item in labels(list(self.right)).values())

    def number(self, wanted: Label) -> int | None:
        """The value of the letter under which the name is another one, `t = 2` for `m_3`; None where it is under none."""
        own = self.label
        if (own.letter, own.primes) != (wanted.letter, wanted.primes):
            return None
        below, above = (own.below, wanted.below), (own.above, wanted.above)
        for counted, same in ((below, above), (above, below)):
            if written(list(same[0])) == written(list(same[1])):
                found = _number(*counted, self.letter)
                if found is not None and found >= self.shift:
                    return found - self.shift
        return None

    def at(self, value: int) -> list[Token]:
        """The right side for a value of the letter."""
        pieces = list(self.right)
        scripts = _in_scripts(pieces)
        found: list[Token] = []
        for place, token in enumerate(pieces):
            bare = token.kind == "letter" and token.text == self.letter and place not in scripts
            brackets = Token("open", "(", token.start, token.start), Token("close", ")", token.end, token.end)
            found += [brackets[0], token, brackets[1]] if bare else [token]
        return _instance(found, {self.letter: value})


def templates_of(source: str, wanted: Label, right: list[Token]) -> list[Template]:
    r"""The templates that a definition is: a letter that counts stands in a script of the name and of one on the right side.

    >>> from symderiv.reading.tokens import tokens
    >>> (m, *_, right) = [tokens(text)[:-1] for text in ("m_{t+1}", "\\beta m_t")]
    >>> (found,) = templates_of("", labels(m)[0], right)
    >>> found.letter, found.shift, [token.text for token in found.at(0)]
    ('t', 1, ['\\beta', 'm', '_', '0'])
    """
    counted = (_counted(script) for script in (wanted.below, wanted.above))
    return [
        Template(source, wanted, letter, shift, tuple(right))
        for letter, shift in (one for one in counted if one is not None)
        if _hangs_on_names(right, letter) and not _is_operated(right, letter)
    ]


def _hangs_on_names(pieces: list[Token], letter: str) -> bool:
    r"""Whether a letter counts other names, `g_t`, `\\beta^t`; the n of a mean is a number of its own."""
    return any(letter in {token.text for token in (*one.below, *one.above)} for one in labels(pieces).values())


def restricted(letter: str, parts: list[list[Token]]) -> bool:
    """Whether a line says for which values of a letter it is meant, `l = 1, 2`; `t ≥ 1` and `t = 1, 2, …` go on for all."""
    if parts and parts[-1][-1].kind == "dots":
        return False
    for pieces in parts:
        scripts = _in_scripts(pieces)
        signs = {token.text for token in pieces if token.kind == "relation"}
        spoken = any(token.text == letter and place not in scripts for place, token in enumerate(pieces))
        if spoken and signs and not signs <= {"≥", ">"}:
            return True
    return False


def _counted(script: tuple[Token, ...]) -> tuple[str, int] | None:
    """The letter that counts in a script, and what is added to it: `t`, `t+1`, `(l)`."""
    pieces = [token for token in script if token.kind not in ("open", "close")]
    if not pieces or pieces[0].kind != "letter" or pieces[0].text not in COUNTING:
        return None
    if len(pieces) == 1:
        return pieces[0].text, 0
    if len(pieces) == 3 and pieces[1].kind in ("+", "-") and pieces[2].text.isdecimal():
        return pieces[0].text, int(pieces[2].text) * (1 if pieces[1].kind == "+" else -1)
    return None


def _number(own: tuple[Token, ...], other: tuple[Token, ...], letter: str) -> int | None:
    """The number that stands in a script where another one has its letter, `2` in `(2)` beside `(l+1)`."""
    counted = _counted(own)
    if counted is None or counted[0] != letter:
        return None
    around = [token.text for token in own if token.kind in ("open", "close")]
    inner = [token for token in other if token.kind not in ("open", "close")]
    same = [token.text for token in other if token.kind in ("open", "close")] == around
    return int(inner[0].text) if same and len(inner) == 1 and inner[0].text.isdecimal() else None


def _is_operated(pieces: list[Token], letter: str) -> bool:
    """Whether a letter is summed over or differentiated by: it then stands for no number of its own."""
    if any(two.text == letter and (one.text == "d" or one.kind == "∂") for one, two in pairwise(pieces)):
        return True
    places = (place for place, token in enumerate(pieces[:-2]) if token.kind == "big" and pieces[place + 1].kind == "_")
    return any(letter in {token.text for token in pieces[place + 2 : place + 4]} for place in places)
