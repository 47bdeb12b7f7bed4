"""Letters with indices that nobody declared are arrays; letters that share an index share a size."""

from __future__ import annotations

from symderiv.reading.heads import hung
from symderiv.reading.letters import key_of, letter_name
from symderiv.reading.pratt import Reader
from symderiv.reading.tokens import Token
from symderiv.term.build import Shape, add, function, index, literal, name, num, size
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.term.shapes import Clash, axes_of, shape

#: Letters that number things when they stand below another letter.
INDEX_LETTERS = frozenset("ijkl")
Axis = tuple[str, int]


def guessed_arrays(reader: Reader) -> dict[str, Term]:
    """Every undeclared letter that stands with an index in this formula, as an array with sizes told by its indices."""
    bound = bound_letters(reader.whole)
    uses = _uses(reader, bound)
    axes: dict[str, int] = {}
    parent: dict[object, object] = {}
    for text, letters in uses:
        axes[text] = max(axes.get(text, 0), len(letters))
        for axis, letter in enumerate(letters):
            if letter:
                _join(parent, (text, axis), letter)
    sizes = _sizes(reader, parent, uses)
    found: dict[str, Term] = {}
    for text, count in axes.items():
        listed = _numbered(reader, text) if count == 1 else None
        if listed is not None:
            found[text] = listed
            continue
        lengths = [sizes[_root(parent, (text, axis))] for axis in range(count)]
        shift = _shift(reader, text) if count == 1 and is_made_up(lengths[0]) else 0
        found[text] = name(letter_name(text), *([add(lengths[0], num(shift))] if shift else lengths))
    for text in sorted({letter for _, letters in uses for letter in letters if letter} | _indices(reader)):
        if text not in reader.environment.quantities:
            found.setdefault(text, index(letter_name(text)))
    for text, axes_of_it in _matrices(reader).items():
        found.setdefault(text, name(letter_name(text), *axes_of_it))
    for text in _tops(reader):
        found.setdefault(text, size(letter_name(text)))
    for text in _primed(reader):
        found.setdefault(text, function(letter_name(text)))
    return found


def _shift(reader: Reader, text: str) -> int:
    """How far an index on a letter reaches beyond its range: 1 for `x_{i+1}`."""
    found = [0]
    for place, token in enumerate(reader.whole):
        pieces = reader.whole[place + 1 : place + 7]
        if token.text == text and [one.kind for one in pieces] == ["_", "{", "letter", "+", "number", "}"]:
            found.append(int(pieces[4].text) if pieces[4].text.isdecimal() else 0)
    return max(found)


def _matrices(reader: Reader) -> dict[str, Shape]:
    r"""Undeclared capitals that are matrices here, with their sizes: `K` in `x^\top K y`, in a trace or a determinant."""
    found: dict[str, Shape] = {}
    tokens = reader.whole
    for place, token in enumerate(tokens[:-1]):
        if token.kind != "letter" or len(token.text) != 1 or not token.text.isupper() or _is_known(reader, token.text):
            continue
        before = [piece for piece in tokens[:place] if piece.kind != "open"]
        if before and before[-1].kind == "function" and before[-1].text in ("trace", "det"):
            side = size(Name("n", sub=token.text))
            found.setdefault(token.text, (side, side))
        elif (
            place > 2 and tokens[place - 2].kind == "^" and (tokens[place - 1].kind == "⊤" or tokens[place - 1].text == "T")
        ):
            left, right = (_column(reader, piece) for piece in (tokens[place - 3], tokens[place + 1]))
            if left is not None and right is not None:
                found[token.text] = (left, right)
    return found


def _is_known(reader: Reader, text: str) -> bool:
    environment = reader.environment
    return text in environment.quantities or text in environment.functions or text in environment.stacks


def _column(reader: Reader, token: Token) -> Term | None:
    """The length of a letter that is a vector."""
    term = reader.environment.quantities.get(token.text) if token.kind == "letter" else None
    sizes = () if term is None else shape(term)
    return sizes[0] if not isinstance(sizes, Clash) and len(sizes) == 1 else None


def _numbered(reader: Reader, text: str) -> Term | None:
    """`x_i` where `x_1`, `x_2`, … are numbers with names of their own: the column of them."""
    members: list[list[Term]] = []
    while (term := reader.environment.quantities.get(key_of(text, str(len(members) + 1)))) is not None and term.scalars:
        members.append([term])
    return literal(members) if len(members) > 1 else None


def _tops(reader: Reader) -> list[str]:
    """The undeclared letters in upper limits of sums: natural numbers."""
    found: list[str] = []
    tokens = reader.whole
    for place, token in enumerate(tokens[:-1]):
        if token.kind != "big":
            continue
        above = hung(list(tokens[place:]), 1, "")[0].above
        found += [p.text for p in above if p.kind == "letter" and p.text not in reader.environment.quantities]
    return found


def _indices(reader: Reader) -> set[str]:
    """The usual index letters that stand below something in this formula, or in the range of a sum."""
    found: set[str] = set()
    depth = 0
    for place, token in enumerate(reader.whole):
        if reader.whole[place - 1].kind == "_" and place:
            depth = 1 if token.kind == "{" else 0
            if token.kind == "letter" and token.text in INDEX_LETTERS:
                found.add(token.text)
        elif depth:
            depth += (token.kind == "{") - (token.kind == "}")
            if token.kind == "letter" and token.text in INDEX_LETTERS:
                found.add(token.text)
    return found


def _primed(reader: Reader) -> list[str]:
    """Undeclared letters with a prime and no bracket behind it: functions whose argument is left out, as `y'' + y`."""
    found: list[str] = []
    tokens = reader.whole
    for place, token in enumerate(tokens[:-1]):
        if token.kind == "letter" and tokens[place + 1].kind == "'" and token.text not in reader.environment.quantities:
            stop = place + 1
            while tokens[stop].kind == "'":
                stop += 1
            if tokens[stop].kind != "open" and tokens[stop].kind not in ("_", "^"):
                found.append(token.text)
    return found


def bound_letters(tokens: tuple[Token, ...]) -> set[str]:
    """The letters below a sum or product."""
    found: set[str] = set()
    for place, token in enumerate(tokens[:-2]):
        if token.kind == "big" and tokens[place + 1].kind == "_":
            for piece in tokens[place + 2 :]:
                if piece.kind == "letter":
                    found.add(piece.text)
                elif piece.kind not in ("{", ","):
                    break
                if tokens[place + 2].kind != "{":
                    break
    return found


#: How many tokens a name with its scripts has at most.
LONGEST = 60


def _uses(reader: Reader, bound: set[str]) -> list[tuple[str, list[str]]]:
    """Each undeclared letter with its index letters, one a position ('' where a number stands)."""
    uses: list[tuple[str, list[str]]] = []
    tokens, environment = reader.whole, reader.environment
    for place, token in enumerate(tokens[:-2]):
        if token.kind != "letter" or tokens[place + 1].kind != "_" or token.text in environment.quantities:
            continue
        label = hung(list(tokens[place : place + LONGEST]), 1, token.text)[0]
        if label.key in environment.quantities:
            continue
        if token.text in environment.stacks or token.text in environment.functions or token.text in ("\\delta", "I"):
            continue
        positions = _letters(reader, place + 2, bound)
        if positions and any(positions):
            uses.append((token.text, positions))
    return uses


def _letters(reader: Reader, start: int, bound: set[str]) -> list[str]:
    tokens = reader.whole
    if tokens[start].kind != "{":
        return [tokens[start].text] if _is_index(reader, tokens[start], bound) else []
    found: list[str] = []
    fresh = True
    for token in tokens[start + 1 :]:
        if token.kind == "}":
            return found
        if token.kind == ",":
            fresh = True
        elif _is_index(reader, token, bound) and (fresh or not found or tokens[start + 1].kind == "letter"):
            joined = found and not fresh and _after_sign(tokens, token)
            if not joined:
                found.append(token.text)
            fresh = False
        elif token.kind in ("number", "+", "-"):
            if token.kind == "number" and fresh:
                found.append("")
                fresh = False
        elif token.kind == "letter" and _has_index(reader, tokens, start, bound):
            found.append(token.text)
            fresh = False
        else:
            return []
    return []


def _has_index(reader: Reader, tokens: tuple[Token, ...], start: int, bound: set[str]) -> bool:
    """Whether two letters stand below, one of which is an index: then both are."""
    pair = [token for token in tokens[start + 1 : start + 5] if token.kind != ","][:3]
    return (
        len(pair) == 3
        and pair[2].kind == "}"
        and pair[0].kind == pair[1].kind == "letter"
        and any(_is_index(reader, token, bound) for token in pair[:2])
    )


def _after_sign(tokens: tuple[Token, ...], token: Token) -> bool:
    place = tokens.index(token)
    return tokens[place - 1].kind in ("+", "-")


def _is_index(reader: Reader, token: Token, bound: set[str]) -> bool:
    if token.kind != "letter":
        return False
    declared = reader.environment.quantities.get(token.text)
    if declared is not None:
        return declared.kind == "index"
    return token.text in bound or token.text in INDEX_LETTERS


def _root(parent: dict[object, object], item: object) -> object:
    while item in parent:
        item = parent[item]
    return item


def _join(parent: dict[object, object], left: object, right: object) -> None:
    a, b = _root(parent, left), _root(parent, right)
    if a != b:
        parent[a] = b


def _sizes(reader: Reader, parent: dict[object, object], uses: list[tuple[str, list[str]]]) -> dict[object, Term]:
    """The size of each class of axes: a declared one that shares its index, the upper limit of its sum, else a fresh one."""
    sizes: dict[object, Term] = {}
    tokens = reader.whole
    for place, token in enumerate(tokens[:-2]):
        array = reader.environment.quantities.get(token.text) if token.kind == "letter" else None
        if array is not None and array.kind in ("name", "named") and tokens[place + 1].kind == "_":
            for letter, length in zip(_letters(reader, place + 2, set()), axes_of(array), strict=False):
                sizes.setdefault(_root(parent, letter), length)
        if token.kind == "big":
            letter, top = _limits(tokens, place)
            if letter and top is not None:
                sizes.setdefault(_root(parent, letter), reader.environment.quantities.get(top) or size(letter_name(top)))
    for text, letters in uses:
        for axis, letter in enumerate(letters):
            root = _root(parent, (text, axis))
            sizes.setdefault(root, size(Name("n", sub=letter or text)))
    return sizes


def is_made_up(length: Term) -> bool:
    """Whether a length was given to an array because no sum says how far its index runs."""
    return length.kind == "name" and length.data.name.base == "n" and bool(length.data.name.sub)


def _limits(tokens: tuple[Token, ...], place: int) -> tuple[str, str | None]:
    """The letter and the upper limit of `\\sum_{i=1}^{n}`, where that is one letter."""
    pattern = [token.kind for token in tokens[place + 1 : place + 9]]
    texts = [token.text for token in tokens[place + 1 : place + 9]]
    if pattern[:7] == ["_", "{", "letter", "relation", "number", "}", "^"] and texts[4] == "1" and pattern[7] == "letter":
        return texts[2], texts[7]
    return "", None
