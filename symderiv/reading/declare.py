"""`given`, declarations in formulas and fixed phrases, becomes an Environment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from symderiv.errors import SymderivError
from symderiv.reading.capitals import names_in_capitals
from symderiv.reading.definitions import definition, keep
from symderiv.reading.draft import Draft
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import spelled
from symderiv.reading.formula import Formula
from symderiv.reading.givens import define
from symderiv.reading.heads import Label, label, split, top_level
from symderiv.reading.labelling import graded_letters, labelled_letters
from symderiv.reading.members import entries_in_small_letters, labelled_arrays
from symderiv.reading.phrases import early, late, only_words, sentence
from symderiv.reading.reaching import reach_back
from symderiv.reading.refusal import refusal
from symderiv.reading.remarks import Said, without_words
from symderiv.reading.tokens import Token, tokens
from symderiv.term.build import ONE, Shape, function, of, relation
from symderiv.term.kinds import Term

#: Sets of numbers, and the domain of a name in them.
SETS: dict[str, str] = {
    "\\mathbb{R}": "real",
    "\\mathbb{N}": "natural",
    "\\mathbb{Z}": "integer",
    "\\mathbf{R}": "real",
    "\\mathbf{N}": "natural",
}


#: Signs that restrict each name of a list before them.
ORDER = frozenset({"<", ">", "≤", "≥", "≠"})


def environment(given: Iterable[str | Term]) -> Environment:
    r"""What `given` says: names with shapes, functions, definitions, conditions, conventions.

    Strings are formulas and phrases in any order; a Term is a condition, a property, a name, a function or a named part.
    Raises SymderivError `unread` for a formula that cannot be read; words that bind nothing are kept in `.notes`.

    >>> env = environment([r"A \in \mathbb{R}^{m \times n}", r"x \in \mathbb{R}^n", "z = Ax", "A is symmetric"])
    >>> env.quantities["z"], env.given
    (z, (property(symmetric, A),))
    """
    return _environment(tuple(given))


@lru_cache(maxsize=64)
def _environment(given: tuple[str | Term, ...]) -> Environment:
    """The environment: many derivations are judged under the same words."""
    return extended(Environment(), given)


def extended(known: Environment, given: Iterable[str | Term]) -> Environment:
    """What is known with more said about it."""
    draft = Draft.of(known)
    texts: list[str] = []
    for item in given:
        if isinstance(item, Term):
            _term(draft, item)
        else:
            texts.append(item.strip())
    plain = [text for text in texts if not (sentence(text) or only_words(text))]
    draft.labelled |= labelled_letters(plain)
    draft.graded |= graded_letters(texts)
    draft.words |= names_in_capitals(plain, draft.known())
    texts = [text for text in texts if not early(draft, text)]
    formulas: list[Formula] = []
    remarks: list[Formula] = []
    words: list[str] = []
    for text in texts:
        found = sentence(text) or only_words(text)
        if found is None:
            pieces = spelled(tokens(text), draft.known())[:-1]
            said = without_words(pieces) if _has_words(pieces) else Said([pieces])
            whole = [part for statement in said.statements for part in _statements(statement)]
            parts = [Formula(text, one, said.every) for part in whole for one in _of_each(draft, text, part)]
            (remarks if said.restricted else formulas).extend(parts)
            draft.notes += [text] * said.restricted
        else:
            words.append(text)
    rest = [formula for formula in formulas if not declaration(draft, formula)]
    entries_in_small_letters(draft, rest)
    words = [text for text in words if not late(draft, text)]
    rest += _from_words(draft, words)
    labelled_arrays(draft, rest)
    for formula in remarks:
        if (told := definition(formula.source, formula.pieces)) is not None:
            keep(draft, told)
    define(draft, rest)
    reach_back(draft, {term.data: term for term in draft.definitions if term not in known.definitions})
    for text in words:
        draft.notes.append(text)
    return draft.known()


def _has_words(pieces: list[Token]) -> bool:
    return any(token.kind == "text" for token in pieces)


def _term(draft: Draft, item: Term) -> None:
    if item.kind in ("relation", "property"):
        draft.given.append(item)
    elif item.kind in ("name", "named", "index"):
        written = item.data.name if item.kind == "name" else item.data
        draft.quantities[written.latex] = item
        if item.kind == "named":
            draft.definitions.append(item)
    elif item.kind == "function":
        draft.functions[item.data.name.latex] = item
    else:
        raise SymderivError("unread", f"a {item.kind} says nothing; expected a relation, a property, a name or a function")


def _statements(pieces: list[Token]) -> list[list[Token]]:
    """A list of statements is taken apart, and `a, b > 0`; a list of names before another sign is not."""
    parts = split(pieces)
    place = top_level(parts[-1], "relation")
    if place and parts[-1][place].text in ORDER and all(label(part) is not None for part in parts[:-1]):
        return [*[[*part, *parts[-1][place:]] for part in parts[:-1]], parts[-1]]
    if all(top_level(part, "relation") is not None for part in parts) and not _is_family(parts):
        return parts
    return _declarations(parts) or [pieces]


def _declarations(parts: list[list[Token]]) -> list[list[Token]]:
    r"""`x_1, \dots, x_N \in \mathbb{R}^d, A, B \in \mathbb{R}^{d \times d}`: the names before each set belong to it."""
    found: list[list[Token]] = []
    names: list[Token] = []
    for part in parts:
        place = top_level(part, "relation")
        names = [*names, *([Token(",", ",", part[0].start, part[0].start)] if names and part else []), *part]
        if place is None:
            continue
        if not _is_of_numbers(part[place:]):
            return []
        found.append(names)
        names = []
    return [] if names else found


def _of_each(draft: Draft, source: str, pieces: list[Token]) -> list[list[Token]]:
    r"""`a, b > 0` says it of each, `y_1, \dots, y_N \in \{-1, 1\}` of every `y_i`; what is no such list stays as it is.

    A family of positions, each in `\{1, \dots, K\}`, has no values here: it is noted.
    """
    place = top_level(pieces, "relation")
    names = split(pieces[:place]) if place else []
    if place is None or len(names) < 2 or pieces[place].text == "=" or _is_of_numbers(pieces[place:]):
        return [pieces]
    dots = [len(part) == 1 and part[0].kind == "dots" for part in names]
    found = [label(part) for part, dot in zip(names, dots, strict=True) if not dot]
    last = found[-1]
    if last is None or None in found:
        return [pieces]
    if not any(dots):
        return [[*part, *pieces[place:]] for part in names]
    if any(piece.kind == "dots" for piece in pieces[place:]):
        draft.notes.append(source)
        return []
    bounds, raised = _numbering(last)
    draft.family(last.letter, draft.size_of(source, list(bounds)), (), raised)
    every = [piece._replace(kind="letter", text="i") if piece.kind == "number" else piece for piece in names[0]]
    return [[*every, *pieces[place:]]]


def _is_of_numbers(behind: list[Token]) -> bool:
    r"""Whether `\in \mathbb{R}^d` follows: sets of numbers, which declare shapes."""
    return behind[0].text == "∈" and len(behind) > 1 and behind[1].kind == "letter" and behind[1].text in SETS


def _is_family(parts: list[list[Token]]) -> bool:
    r"""`x_i \in \mathbb{R}^d, i = 1, \dots, N`."""
    return len(parts) > 1 and any(token.kind == "dots" for part in parts[1:] for token in part)


def declaration(draft: Draft, formula: Formula) -> bool:
    """Whether the formula declares names or functions, which is then done."""
    pieces = formula.pieces
    colon = top_level(pieces, ":")
    if colon is not None and top_level(pieces, "arrow") is not None:
        return _maps(draft, formula, colon)
    place = top_level(pieces, "relation")
    if place is None or pieces[place].text != "∈" or place + 1 >= len(pieces):
        return False
    right = pieces[place + 1 :]
    if right[0].kind == "letter" and right[0].text in SETS:
        return _members(draft, formula, pieces[:place], right)
    if right[0].kind == "open":
        return _chosen(draft, formula, pieces[:place], right)
    return False


def _numbering(last: Label) -> tuple[Sequence[Token], str]:
    """What numbers the last member of a family, and where it stands: above, above in brackets, or below."""
    if not last.above:
        return last.below, ""
    bracketed = last.above[0].kind == "open"
    return (last.above[1:-1], "^()") if bracketed else (last.above, "^")


def _members(draft: Draft, formula: Formula, left: list[Token], right: list[Token]) -> bool:
    r"""`x \in \mathbb{R}^n`, `A, B \in …`, `x_1, \dots, x_N \in …`, `x_i \in …, i = 1, \dots, N`."""
    parts = split(right)
    shape = _shape(draft, formula, parts[0])
    domain = SETS[right[0].text]
    names = split(left)
    found = [label(part) for part in names]
    dots = [len(part) == 1 and part[0].kind == "dots" for part in names]
    last = found[-1]
    if last is None or any(item is None and not dot for item, dot in zip(found, dots, strict=True)):
        span = (left[0].start, left[-1].end) if left else (right[0].start, right[0].end)
        raise refusal(formula.source, *span, "saw no name", "expected the names that are declared")
    if any(dots):
        bounds, raised = _numbering(last)
        draft.family(last.letter, draft.size_of(formula.source, list(bounds)), shape, raised)
        return True
    for item in found:
        if item is None:
            continue
        if len(parts) > 1 and item.below and parts[-1]:
            draft.family(item.letter, draft.size_of(formula.source, parts[-1]), shape)
        else:
            draft.declare(item, shape, domain)
    return True


def _shape(draft: Draft, formula: Formula, right: list[Token]) -> Shape:
    r"""The sizes in the exponent of `\mathbb{R}^{m \times n}`; `\mathbb{R}^{n\times 1}` is a column."""
    if len(right) == 1:
        return ()
    if not right:
        raise refusal(formula.source, 0, len(formula.source), "saw no set", "expected ℝ, ℝ^n or ℝ^{m×n}")
    if right[1].kind != "^":
        raise refusal(formula.source, right[1].start, right[-1].end, "saw an unknown set", "expected ℝ, ℝ^n or ℝ^{m×n}")
    inner = right[3:-1] if right[2:] and right[2].kind == "{" else right[2:]
    if not inner:
        raise refusal(formula.source, right[1].start, right[-1].end, "saw no size", "expected ℝ^n or ℝ^{m×n}")
    sizes = [draft.size_of(formula.source, part) for part in split(inner, "×")]
    return tuple(sizes[:-1] if len(sizes) == 2 and sizes[1] is ONE else sizes)


def _chosen(draft: Draft, formula: Formula, left: list[Token], right: list[Token]) -> bool:
    r"""`y \in \{-1, 1\}`, `o \in \{1, \dots, n\}`, `p \in (0, 1)`: a number, a position, an interval."""
    item = label(left)
    if item is None:
        return False
    if any(piece.kind == "dots" for piece in right):
        if item.key not in draft.quantities and not (item.below and item.letter in draft.quantities):
            draft.index(item.key)
        return True
    close = next((place for place, piece in enumerate(right) if piece.kind == "close"), None)
    if close is None:
        return False
    is_member = bool(item.above) and item.letter + "^()" in draft.stacks
    if item.key not in draft.quantities and not (item.below and item.letter in draft.quantities) and not is_member:
        draft.declare(item, _shape(draft, formula, right[close:]))
    ends = [draft.read(formula.source, part) for part in split(right[1:close])]
    chosen = draft.read(formula.source, left)
    if right[0].text == "{":
        draft.given.append(relation("∈", chosen, of("tuple", *ends)))
        return True
    if len(ends) != 2:
        raise refusal(formula.source, right[0].start, right[close].end, "saw no interval", "expected (a, b)")
    signs = tuple("<" if bracket.text in "()" else "≤" for bracket in (right[0], right[close]))
    draft.given.append(relation(signs, ends[0], chosen, ends[1]))
    return True


def _maps(draft: Draft, formula: Formula, colon: int) -> bool:
    r"""`f \colon \mathbb{R}^m \to \mathbb{R}`, `f, g \colon …`, `\mathbb{R}^m \times \mathbb{R}^k \to …`."""
    pieces = formula.pieces
    arrow = top_level(pieces, "arrow")
    assert arrow is not None
    names = [label(part) for part in split(pieces[:colon])]
    inputs = [_shape(draft, formula, part) for part in split(pieces[colon + 1 : arrow], "×")]
    output = _shape(draft, formula, pieces[arrow + 1 :])
    scalar = not output and not any(inputs)
    for item in names:
        if item is None:
            raise refusal(
                formula.source, pieces[0].start, pieces[colon].end, "saw no name", "expected the name of a function"
            )
        draft.functions[item.key] = function(item.name, inputs=() if scalar else tuple(inputs), output=output)
    return True


def _from_words(draft: Draft, words: list[str]) -> list[Formula]:
    """The formulas inside sentences that are no fixed phrase: taken as definitions, and listed."""
    found: list[Formula] = []
    for text in words:
        for piece in text.split("$")[1::2]:
            try:
                pieces = spelled(tokens(piece), draft.known())[:-1]
            except SymderivError:
                continue
            if definition(piece, pieces) is not None:
                draft.assumed.append(piece)
                found.append(Formula(piece, pieces))
    return found
