"""What stands above and below: a transpose, an inverse, a power, an entry, a row, or part of a name."""

from __future__ import annotations

from itertools import pairwise

from symderiv.reading.arrays import rank, shape_of, unknown_size
from symderiv.reading.heads import Label, hung
from symderiv.reading.letters import key_of, letter_name, written
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import Reader
from symderiv.reading.primes import primed
from symderiv.reading.tokens import Token
from symderiv.term.build import ONE, entry, index, literal, name, num, of, power, stack
from symderiv.term.kinds import Term

Span = tuple[int, int]

#: Spellings of a raised transpose that can be nothing else.
TRANSPOSES = frozenset({"\\top", "\\mathsf{T}", "\\mathrm{T}", "\\mathcal{T}", "\\text{T}", "\\mathit{T}", "\\mathbf{T}"})
#: What stands side by side below an array, each for one axis.
SEPARATE = frozenset({"letter", "number", "'", "·", ":", "*"})
#: Raised letters that count layers.
LAYERS = frozenset({"l", "L", "l+1", "l-1", "L-1", "\\ell"})
#: Raised stars, which nothing else is than part of a name.
STARS = frozenset({"*", "\\star", "\\ast"})
#: Raised signs that make another name.
LABELS = STARS | {"\\dagger", "\\perp", "+", "-"}


def is_transpose(reader: Reader, pieces: list[Token], base: Term | None) -> bool:
    r"""`^\top` always; `^T` unless T is a quantity and its base is a number (`e^{z/T}`, `2^T`)."""
    if len(pieces) != 1:
        return False
    text = pieces[0].text
    if text == "T" and pieces[0].kind == "letter":
        declared = "T" in reader.local or "T" in reader.environment.quantities
        scalar = base is not None and (base.kind in ("number", "constant") or (declared and rank(reader, base) == 0))
        return not scalar
    return text in TRANSPOSES


def raised(reader: Reader, base: Term, span: Span) -> Term:
    """A term with something above it."""
    pieces = reader.slice(span)
    if is_transpose(reader, pieces, base):
        return transposed(base)
    first = pieces[0] if pieces else reader.token
    if first.kind == "number" and len(first.text) > 1 and reader.tokens[span[0] - 1].kind != "{":
        raise reader.refuse(first, f"saw ^{first.text} without braces", do=f"write ^{{{first.text}}}")
    if first.kind in ("⊙", "∘") and len(pieces) > 1:
        return _entrywise_power(reader, base, (span[0] + 1, span[1]))
    if first.kind == "-" and len(pieces) == 2 and is_transpose(reader, pieces[1:], base):
        return of("transpose", of("inverse", base))
    if all(piece.kind == "'" for piece in pieces):
        for piece in pieces:
            base = primed(reader, base, piece)
        return base
    if len(pieces) == 1 and first.text in LABELS:
        raise reader.refuse(first, f"saw {first.text} above an expression", "expected an exponent")
    if "superscripts are indices" in reader.environment.conventions and rank(reader, base):
        return lowered(reader, base, span)
    exponent = reader.inside(span)
    if rank(reader, exponent) == 2 and "matrix exponential" in reader.environment.conventions:
        raise reader.unsupported(first, "a matrix exponential")
    if exponent.kind == "minus" and rank(reader, base) == 2:
        inverse = of("inverse", base)
        return inverse if exponent.args[0] is num(1) else power(inverse, exponent.args[0])
    return power(base, exponent)


def transposed(base: Term) -> Term:
    """The transpose; of a list in brackets, a row as it is written, the column."""
    if base.kind != "tuple":
        return of("transpose", base)
    if len(base.args) > 1:
        return literal([[item] for item in base.args])
    (column,) = base.args
    return stack(*column.args, listed=-column.data) if column.kind == "stack" and column.data else column


def _entrywise_power(reader: Reader, base: Term, span: Span) -> Term:
    r"""`x^{\odot 3}`: a power for a column, factors entry by entry for a matrix, whose powers are matrix products."""
    exponent = reader.inside(span)
    if rank(reader, base) < 2:
        return power(base, exponent)
    if exponent.kind == "number" and isinstance(exponent.data[0], int) and 1 < exponent.data[0] < 10:
        return of("hadamard", *[base] * exponent.data[0])
    raise reader.unsupported(reader.tokens[span[0]], "an entrywise power of a matrix with this exponent")


def lowered(reader: Reader, base: Term, span: Span) -> Term:
    """An entry of an expression: `(Ax)_i`, `X_{ij}`, `(a^\\top x)_{11}`."""
    axes = rank(reader, base)
    where = positions(reader, span, axes)
    if (axes and len(where) > axes) or (not axes and any(place is not num(1) for place in where)):
        token = reader.tokens[span[0]]
        if keeps(reader):
            return opaque("entry", base, *[place for place in where if place is not None])
        raise reader.refuse(token, f"saw {len(where)} positions on something with {axes} axes", f"expected at most {axes}")
    if axes == 2 and len(where) == 1 and shape_of(reader, base)[0] is ONE:
        where = [ONE, *where]
    return _taken(base, where)


def _taken(base: Term, where: list[Term | None]) -> Term:
    while where and where[-1] is None:
        where = where[:-1]
    if where and where[0] is None and len(where) == 2:
        base, where = of("transpose", base), where[1:]
    places = [place for place in where if place is not None]
    if base.kind == "entry" and places:
        return entry(*base.args, *places)
    return entry(base, *places) if places else base


def positions(reader: Reader, span: Span, axes: int) -> list[Term | None]:
    r"""The positions that a subscript names: `i`, `ij`, `i,j`, `i+1,j`, `11`; `\cdot` is a whole axis (None)."""
    pieces = reader.slice(span)
    if not pieces:
        raise reader.unexpected(reader.tokens[span[1]], "expected an index")
    parts = _split(pieces, span[0])
    if len(parts) == 1 and len(pieces) > 1 and axes != 1 and all(p.kind in SEPARATE for p in _outside(pieces)):
        parts = _each(pieces, span[0])
    if len(parts) == 1 and pieces[0].text.isdecimal() and len(pieces) == 1 and axes != 1:
        return [num(digit) for digit in pieces[0].text]
    return [_position(reader, part) for part in parts]


def _outside(pieces: list[Token]) -> list[Token]:
    """The tokens that are in no script of their own."""
    found, depth = [], 0
    for place, piece in enumerate(pieces):
        depth += (piece.kind == "{") - (piece.kind == "}")
        if not depth and piece.kind not in ("_", "^", "}") and not (place and pieces[place - 1].kind in ("_", "^")):
            found.append(piece)
    return found


def _split(pieces: list[Token], start: int) -> list[Span]:
    parts, depth, first = [], 0, 0
    for place, piece in enumerate(pieces):
        depth += (piece.kind in ("{", "open")) - (piece.kind in ("}", "close"))
        if piece.kind == "," and depth == 0:
            parts.append((start + first, start + place))
            first = place + 1
    return [*parts, (start + first, start + len(pieces))]


def _each(pieces: list[Token], start: int) -> list[Span]:
    parts: list[Span] = []
    depth = 0
    for place, piece in enumerate(pieces):
        depth += (piece.kind == "{") - (piece.kind == "}")
        hangs = piece.kind in ("'", "_", "^", "{", "}") or depth or (place and pieces[place - 1].kind in ("_", "^"))
        if hangs and parts:
            parts[-1] = (parts[-1][0], start + place + 1)
        else:
            parts.append((start + place, start + place + 1))
    return parts


def _position(reader: Reader, span: Span) -> Term | None:
    pieces = reader.slice(span)
    if len(pieces) == 1 and pieces[0].kind in ("·", ":", "*"):
        return None
    labelled = reader.environment.decorated
    undeclared = [p.text for p in pieces if p.kind == "letter" and not known(reader, p.text) and p.text not in labelled]
    fresh = {text: index(letter_name(text)) for text in undeclared}
    back = dict(reader.local)
    reader.local.update(fresh)
    place = reader.inside(span)
    reader.local.clear()
    reader.local.update(back)
    return place


def known(reader: Reader, text: str) -> Term | None:
    """What a bare letter stands for, if anybody said."""
    return reader.local.get(text) or reader.environment.quantities.get(text)


def scripts(reader: Reader) -> tuple[Span | None, Span | None, int, bool]:
    """The scripts behind a name, passed over: below, above, how many primes, and whether the one above came first."""
    below = above = None
    primes, above_first = 0, False
    while True:
        token = reader.token
        if token.kind == "'":
            reader.pos += 1
            primes += 1
        elif token.kind == "_" and below is None:
            reader.pos += 1
            below = reader.group()
        elif token.kind == "^" and above is None:
            reader.pos += 1
            span = reader.group()
            pieces = reader.slice(span)
            if pieces and all(piece.kind == "'" for piece in pieces):
                primes += len(pieces)
            else:
                above, above_first = span, below is None
        else:
            return below, above, primes, above_first


def label_above(reader: Reader, letter: str, span: Span | None) -> str:
    r"""The label that stands above a name, `(1)`, `[l]`, `*`; nothing where it is an exponent."""
    if span is None:
        return ""
    pieces = reader.slice(span)
    text = written(pieces)
    if (letter, text) in raised_labels(reader) or (text in LAYERS and known(reader, text[0]) is None and letter != "e"):
        return text
    counted = letter in reader.environment.labelled or letter + "^" in reader.environment.stacks
    if counted and not is_transpose(reader, pieces, None):
        return text
    bracketed = _in_brackets(pieces)
    if letter == "e" and known(reader, letter) is None:
        return ""
    if _is_word(reader, pieces):
        return text
    words = {"superscripts number the layers", "superscripts are indices"} & reader.environment.conventions
    if bracketed or (len(pieces) == 1 and pieces[0].text in LABELS) or (words and not is_transpose(reader, pieces, None)):
        return text
    return ""


#: What is raised over a letter to name it, never a power.
RAISED_WORDS = frozenset("new old next opt ridge ols lasso train test pred true out".split())


def _in_brackets(pieces: list[Token]) -> bool:
    """Whether one pair of brackets goes around everything: `(i)`, `[l+1]`, not `(a)(b)`."""
    if len(pieces) < 3 or pieces[0].kind != "open" or pieces[0].text not in "([" or pieces[-1].text not in ")]":
        return False
    depth = 0
    for place, piece in enumerate(pieces):
        depth += (piece.kind == "open") - (piece.kind == "close")
        if depth == 0:
            return place == len(pieces) - 1
    return False


def _is_word(reader: Reader, pieces: list[Token]) -> bool:
    """Three letters or more side by side, `x^{new}`, none of which anybody declared: more likely a label than a product."""
    if len(pieces) < 3 or any(piece.kind != "letter" or len(piece.text) != 1 for piece in pieces):
        return False
    together = all(left.end == right.start for left, right in pairwise(pieces))
    if together and "".join(piece.text for piece in pieces) in RAISED_WORDS:
        return True
    return together and not any(known(reader, piece.text) for piece in pieces)


def raised_labels(reader: Reader) -> frozenset[tuple[str, str]]:
    r"""The letters with something above that a derivative here is taken by: `\partial z^l` makes `z^l` a name."""
    if reader.labels is None:
        found = [label for label in _taken_by(reader.whole) if label.above and label.above[0].kind == "letter"]
        found = [label for label in found if label.above[0].text != "T"]
        reader.labels = frozenset((label.letter, written(list(label.above))) for label in found)
    return reader.labels


def _taken_by(pieces: tuple[Token, ...]) -> list[Label]:
    found: list[Label] = []
    for place, piece in enumerate(pieces[:-1]):
        below = place > 1 and pieces[place - 1].kind in ("{", "/") and pieces[place - 2].kind != "frac"
        if below and (piece.kind == "∂" or piece.text == "d"):
            start = place + 1 + (pieces[place + 1].kind == "{")
            if pieces[start].kind == "letter":
                found.append(hung(list(pieces), start + 1, pieces[start].text)[0])
    return found


def identity(reader: Reader, below: Span | None) -> Term:
    """`I`, `I_n`: of the size that is written or that fits."""
    return of("identity", unknown_size(reader) if below is None else reader.inside(below))


def scalar_name(reader: Reader, token: Token, sub: str = "", sup: str = "", primes: int = 0) -> Term:
    """A letter that nobody declared: a real number, unless the reader is strict."""
    if reader.strict:
        key = key_of(token.text, sub, sup, primes)
        raise reader.refuse(
            token,
            f"saw {key}, which nobody declared",
            "expected a declared name",
            f"say {key} \\in \\mathbb{{R}}",
            "unknown-name",
        )
    return name(letter_name(token.text, sub, sup, primes))
