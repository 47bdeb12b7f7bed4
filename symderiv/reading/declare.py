"""`given`, declarations in formulas and fixed phrases, becomes an Environment."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from symderiv.errors import SymderivError
from symderiv.reading.capitals import names_in_capitals
from symderiv.reading.definitions import Definition, define_all, definition, keep, says_a_value
from symderiv.reading.draft import Draft
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import spelled
from symderiv.reading.guesses import INDEX_LETTERS, bound_letters
from symderiv.reading.heads import label, labels, split, top_level
from symderiv.reading.labelling import graded_letters, labelled_letters
from symderiv.reading.opaque import without_value
from symderiv.reading.phrases import early, late, only_words, sentence
from symderiv.reading.reaching import reach_back
from symderiv.reading.refusal import refusal
from symderiv.reading.remarks import Said, without_words
from symderiv.reading.templates import instances, numbered
from symderiv.reading.tokens import Token, tokens
from symderiv.term.build import ONE, Shape, apply, function, name, of, property_of, relation, size
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.term.shapes import Clash, shape

#: Sets of numbers, and the domain of a name in them.
SETS: dict[str, str] = {
    "\\mathbb{R}": "real",
    "\\mathbb{N}": "natural",
    "\\mathbb{Z}": "integer",
    "\\mathbf{R}": "real",
    "\\mathbf{N}": "natural",
}


#: What is said of a letter that is small beside what it is added to.
NEGLIGIBLE = "negligible"
#: Signs that restrict each name of a list before them.
ORDER = frozenset({"<", ">", "≤", "≥", "≠"})


class Formula(NamedTuple):
    """A formula of `given` and its tokens, without the end; it holds for every value of a letter."""

    source: str
    pieces: list[Token]
    every: str = ""


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
    words = [text for text in words if not late(draft, text)]
    rest += _from_words(draft, words)
    _entries_of_matrices(draft, rest)
    _labelled_arrays(draft, rest)
    draft.words |= {found for formula in rest if (found := _adjoint(formula))}
    rest = [one._replace(pieces=spelled(one.pieces, draft.known())) for one in rest] if draft.words else rest
    for formula in remarks:
        if (told := definition(formula.source, formula.pieces)) is not None:
            keep(draft, told)
    _define(draft, rest)
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
    return [pieces]


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
    raised = bool(last.above)
    bounds = last.above[1:-1] if raised else last.below
    draft.family(last.letter, draft.size_of(source, list(bounds)), (), raised)
    every = [piece._replace(kind="letter", text="i") if piece.kind == "number" else piece for piece in names[0]]
    return [[*every, *pieces[place:]]]


def _is_of_numbers(behind: list[Token]) -> bool:
    r"""Whether `\in \mathbb{R}^d` follows: sets of numbers, which declare shapes."""
    return behind[0].text == "∈" and len(behind) > 1 and behind[1].kind == "letter" and behind[1].text in SETS


def _is_family(parts: list[list[Token]]) -> bool:
    r"""`x_i \in \mathbb{R}^d, i = 1, \dots, N`."""
    return len(parts) > 1 and any(token.kind == "dots" for part in parts[1:] for token in part)


def _define(draft: Draft, formulas: list[Formula]) -> None:
    """Restrictions declare their names, then definitions, then the conditions are read."""
    definitions: list[Definition] = []
    conditions: list[Formula] = []
    letters = numbered(draft.given)
    formulas = [one._replace(pieces=part) for one in formulas for part in instances(one.pieces, letters)]
    told = [found for one in formulas if (found := definition(one.source, one.pieces)) is not None]
    whole = {found.head.label.key for found in told if found.right[0].kind in ("open", "begin")}
    for formula in formulas:
        found = definition(formula.source, formula.pieces)
        if found is not None and not _is_told(draft, found, whole):
            definitions.append(found)
        elif not _inner_product(draft, formula):
            conditions.append(formula)
            if found is not None and says_a_value(found, whole):
                draft.functions.setdefault(found.head.label.key, without_value(found.head.label.name))
    below = {piece.text for one in formulas for item in labels(one.pieces).values() for piece in item.below}
    for formula in conditions:
        _restricted(draft, formula, below)
    define_all(draft, definitions, kept=True)
    for formula in conditions:
        _condition(draft, formula)


def _is_told(draft: Draft, found: Definition, whole: set[str]) -> bool:
    """Whether an equation by its form a definition is a condition: on a function, an entry, a size of arrays.

    The names in `whole` are arrays that are written out: `r = (1, 2)` beside `r_i = s_i + f_i`.
    """
    wanted = found.head.label
    if found.head.arguments is not None:
        return says_a_value(found, whole)
    is_size = wanted.key in draft.sizes and any(piece.kind == "letter" for piece in found.right)
    is_entry = bool(wanted.below) and wanted._replace(below=()).key in whole
    return is_size or is_entry or wanted.key in draft.functions or _tells_an_entry(draft, found)


def _tells_an_entry(draft: Draft, found: Definition) -> bool:
    """`y_o = 1` of a declared y says which position o is: its right side does not speak of o."""
    below = [token.text for token in found.head.label.below if token.kind == "letter"]
    base = draft.quantities.get(found.head.label.letter)
    if not below or base is None or base.kind != "name" or found.head.label.key in draft.quantities:
        return False
    known = {text: draft.quantities.get(text) for text in below}
    fresh = bool(base.data.shape) and all(text in INDEX_LETTERS for text in below if known[text] is None)
    numbers = all(fresh if letter is None else letter.kind == "index" for letter in known.values())
    return numbers and not any(token.text in below for token in found.right)


def _restricted(draft: Draft, formula: Formula, below: set[str]) -> None:
    """`\\sigma > 0` declares σ: a side that is a bare name is a real number, an index letter `below` something an index."""
    place = top_level(formula.pieces, "relation")
    if place is not None and formula.pieces[place].text == "=":
        return
    sides = [label(side) for side in split(formula.pieces, "relation")]
    keys = {item.key for item in sides if item is not None}
    numbers = keys <= set(INDEX_LETTERS) and not keys.isdisjoint(below)
    for side in split(formula.pieces, "relation"):
        found = label(side)
        if found is None or found.key in draft.quantities | draft.sizes or (found.above and found.above[0].kind == "number"):
            continue
        if numbers:
            draft.index(found.key)
            continue
        if found.below and (found.letter in draft.quantities or found.letter in draft.stacks):
            continue
        if found.above and found.letter + "^()" in draft.stacks:
            continue
        if len(found.below) == 1 and found.below[0].text in INDEX_LETTERS and found.below[0].text not in draft.quantities:
            draft.index(found.below[0].text)
        if not (len(side) > 1 and found.letter.startswith("\\text{") and found.letter[6:-1] not in draft.words):
            draft.declare(found, ())


def _condition(draft: Draft, formula: Formula) -> None:
    if (small := _negligible(draft, formula)) is not None:
        draft.given.append(property_of(NEGLIGIBLE, small))
        return
    try:
        term = draft.read(formula.source, formula.pieces)
    except SymderivError as error:
        if error.code != "unsupported":
            raise
        draft.notes.append(formula.source)
        return
    if _names_a_gradient(draft, term):
        term = draft.read(formula.source, formula.pieces)
    if term.kind == "relation":
        draft.given.append(_extreme(term, formula.every) or term)
    else:
        draft.notes.append(formula.source)


def _extreme(fact: Term, every: str) -> Term | None:
    r"""`x_i \ge x_k` for all k says that `x_i` is the largest entry."""
    if len(fact.args) != 2 or fact.data[0] not in ("≤", "≥") or any(side.kind != "entry" for side in fact.args):
        return None
    left, right = fact.args
    turned = str(left.args[1]) == every
    one, other = (right, left) if turned else (left, right)
    if one.args[0] is not other.args[0] or str(other.args[1]) != every or len(one.args) != 2:
        return None
    what = "max" if (fact.data[0] == "≥") is not turned else "min"
    return relation("=", one, apply(function(what, known=True), one.args[0]))


def _negligible(draft: Draft, formula: Formula) -> Term | None:
    r"""The small side of `|g| \gg \epsilon`, where that is a letter."""
    place = top_level(formula.pieces, "relation")
    sign = formula.pieces[place].text if place is not None else ""
    if place is None or sign not in ("≫", "≪"):
        return None
    found = label(formula.pieces[place + 1 :] if sign == "≫" else formula.pieces[:place])
    return None if found is None else draft.known().quantities.get(found.key)


def _names_a_gradient(draft: Draft, term: Term) -> bool:
    r"""`\frac{\partial L}{\partial y} = g` with g undeclared: a g of the shape of y, which is then declared."""
    if term.kind != "relation" or term.data != ("=",) or term.args[0].kind != "partial" or term.args[1].kind != "name":
        return False
    letter, sizes = term.args[1], shape(term.args[0].args[1])
    if letter in draft.quantities.values() or isinstance(sizes, Clash) or not sizes or letter.data.shape:
        return False
    draft.quantities[letter.data.name.latex] = name(letter.data.name, *sizes)
    return True


def _entries_of_matrices(draft: Draft, formulas: list[Formula]) -> None:
    """`x_{ij}` beside a matrix X is its entry, where x is nothing else."""
    for formula in formulas:
        for item in labels(formula.pieces).values():
            matrix = draft.quantities.get(item.letter.upper())
            lower = item.letter.islower() and item.letter not in draft.quantities
            places = [piece for piece in item.below if piece.kind in ("letter", "number")]
            if lower and matrix is not None and matrix.kind == "name" and len(matrix.data.shape) == 2 and len(places) > 1:
                draft.stacks.setdefault(item.letter, matrix)


def _labelled_arrays(draft: Draft, formulas: list[Formula]) -> None:
    r"""`\sum_i w_i^f c_i` with a w that carries a label is a sum over the entries of `w^f`: where a defined name has that label too."""
    heads = {found.head.label for one in formulas if (found := definition(one.source, one.pieces)) is not None}
    defined = {one.key for one in heads} | {one._replace(below=()).key for one in heads}
    raised = {piece.text for one in heads for piece in one.above if piece.kind == "letter" and len(one.above) == 1}
    for formula in formulas:
        bound = bound_letters(tuple(formula.pieces))
        for item in labels(formula.pieces).values():
            whole, place = item._replace(below=()), item.below[0] if len(item.below) == 1 else None
            said = len(item.above) == 1 and item.above[0].text in raised
            if place is None or not said or place.text not in bound or whole.key in defined | draft.quantities.keys():
                continue
            draft.quantities[whole.key] = name(whole.name, size(Name("n", sub=place.text)))


def _adjoint(formula: Formula) -> str:
    r"""The name `dy` where `dy = \frac{\partial L}{\partial y}` says what it is."""
    found = definition(formula.source, formula.pieces)
    first = formula.pieces[:2]
    if (
        found is None
        or len(found.right) < 2
        or [piece.kind for piece in first] != ["letter", "letter"]
        or first[0].text != "d"
    ):
        return ""
    slopes = found.right[0].kind == "frac" and any(
        one.kind == "∂" and two.text == first[1].text for one, two in pairwise(found.right)
    )
    return "d" + first[1].text if slopes else ""


def _inner_product(draft: Draft, formula: Formula) -> bool:
    r"""`\langle A, B \rangle = \operatorname{tr}(A^\top B)` says what ⟨ ⟩ means already."""
    if not formula.pieces or formula.pieces[0].text != "⟨":
        return False
    place = top_level(formula.pieces, "relation")
    if place is None:
        return False
    names = [label(part) for part in split(formula.pieces[1 : place - 1])]
    if len(names) != 2 or None in names or names[0] == names[1]:
        return False
    count = size("?")
    local = {item.letter: name(item.name, count, count) for item in names if item is not None}
    first, second = local.values()
    meant = of("transpose", first) * second
    right = draft.read(formula.source, formula.pieces[place + 1 :], local)
    if right in (meant, of("trace", meant)) or _sums_products(
        draft.read(formula.source, formula.pieces[place + 1 :]), first, second
    ):
        return True
    start = formula.pieces[0]
    raise refusal(
        formula.source, start.start, start.end, "saw another meaning of ⟨ ⟩", "expected the trace of AᵀB", code="unsupported"
    )


def _sums_products(term: Term, first: Term, second: Term) -> bool:
    r"""`\sum_i u_i v_i`."""
    if term.kind != "bigsum" or term.args[0].kind != "product" or len(term.args[0].args) != 2:
        return False
    factors = [(one.args[0].data.name, one.args[1:]) for one in term.args[0].args if one.kind == "entry"]
    return factors == [(first.data.name, (term.args[1],)), (second.data.name, (term.args[1],))]


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
        raised = bool(last.above)
        bounds = last.above[1:-1] if raised else last.below
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
