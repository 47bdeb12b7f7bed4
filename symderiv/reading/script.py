"""A script is read line by line: each line's statements, with the names that it defines known to those below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

from symderiv.errors import SymderivError
from symderiv.reading.declare import declaration
from symderiv.reading.defining import NOTHING_ABOVE, Above, is_update, new_definition
from symderiv.reading.definitions import Definition, define_all, definition, says_a_value
from symderiv.reading.draft import Draft
from symderiv.reading.environment import Environment, Macro
from symderiv.reading.expressions import closed, read_tokens, spelled
from symderiv.reading.formula import Formula
from symderiv.reading.heads import Head, Label, label, split, top_level, top_levels
from symderiv.reading.joints import Part, parts
from symderiv.reading.letters import letter_name
from symderiv.reading.opaque import is_opaque, without_value
from symderiv.reading.reaching import reach_back
from symderiv.reading.refusal import refusal
from symderiv.reading.templates import Template, instances, numbered, restricted
from symderiv.reading.tokens import Token, tokens
from symderiv.reading.unrolling import unrolled
from symderiv.term.build import literal, of, relation
from symderiv.term.kinds import SET, Term, subterms
from symderiv.term.names import Name, is_balanced
from symderiv.term.places import rebuilt, with_args
from symderiv.term.shapes import shape

_NO_LETTERS: Mapping[str, Term] = {}
Role = Literal["claim", "definition", "bare", "condition", "premise", "declaration", "update"]


#: A condition behind a bar: `p(y | x)`.
_BEHIND_A_BAR = re.compile(r"\\mid(?![a-z])|[(\[][^()|]*\|[^()|]*[)\]]")


class Understood(NamedTuple):
    """How a statement was read: its term, the source of each member where that is shown as written, and the relation that
    joins it to the line before.

    As written are members that have no value here, the left side `f(x)` of a definition, and conditions behind a bar.
    """

    term: Term
    texts: tuple[str, ...] = ()
    lead: str = ""


class Statement(NamedTuple):
    """One statement: its members with the relations between them.

    A `condition` stands before a colon, a `premise` before an arrow; an `update` gives a name another value.
    `continues` is the relation that joins it to the line
    before. Of a definition the first member is the name, and the formula that defines it is left out; `span` is its place
    in the line, `spans` those of the members. `joint` is what stands between it and the statement before it; `shown` is all
    of it as it was read.
    """

    role: Role
    continues: str
    signs: tuple[str, ...]
    members: tuple[Term, ...]
    span: tuple[int, int]
    joint: str = ""
    shown: Understood | None = None
    spans: tuple[tuple[int, int], ...] = ()


class ReadLine(NamedTuple):
    """The statements of a line and what is known with it; of a line that cannot be read, the refusal is raised instead."""

    statements: tuple[Statement, ...]
    environment: Environment


def read_statements(source: str, known: Environment, above: Above = NOTHING_ABOVE) -> ReadLine:
    r"""The statements of one line, and the environment with what it defines (behind a condition, only for this line).

    Raises SymderivError `unread`, `unsupported` or `limit` with the place; a line is understood whole or not at all.

    >>> line = read_statements(r"y = u^2, \quad u = \sin x", Environment())
    >>> [statement.role for statement in line.statements], line.environment.quantities["y"].args
    (['definition', 'definition'], (power(u, 2),))
    """
    letters, solving = numbered(known.given), above.solving
    pieces = spelled(tokens(source)[:-1], known)
    if all(token.kind in ("text", ".", ",", ":", ";", "&") for token in pieces):
        return ReadLine((), known)
    found = [
        part if one is part.pieces else replace(part, pieces=one)
        for part in parts(pieces)
        for one in instances(part.pieces, letters)
    ]
    draft = Draft.of(known)
    heads_of = {head.key for part in found if (head := _left_side(part)) is not None}
    for key in above.renewed & heads_of:
        draft.quantities.pop(key, None)
    found = _declared(source, found, draft)
    heads: list[Definition | None] = []
    for part in found:
        told = {item.head.label.letter for item in heads if item is not None}
        if steps := unrolled(part.pieces, _left_side(part), draft):
            define_all(draft, steps)
        heads.append(new_definition(source, part, draft, above._replace(solving=solving)))
        if (last := heads[-1]) is not None and last.head.label.primes and last.head.label.letter in told:
            heads[-1] = None
        if part.conditional and not part.colon:
            solving |= letters_of(part.pieces)
    roles = [_role(source, part, draft) for part in found]
    fresh = _first_of_each(heads)
    define_all(draft, [item for item in fresh if item is not None])
    reach_back(draft, _defined(known, draft))
    draft.templates = _for_all(draft, known, found, heads)
    after = draft.known()
    statements = [
        _statement(source, part, head if one is not None else None, after, _indices(above.chain) if not place else {}, new)
        for place, (part, head, one, new) in enumerate(zip(found, heads, fresh, roles, strict=True))
    ]
    if not statements:
        statements = [Statement("declaration", "", (), (), (0, len(source)))]
    now = known if any(part.colon for part in found) else after
    guessed = _guessed(statements, now)
    return ReadLine(tuple(statements), replace(now, guessed=guessed) if guessed or now.guessed else now)


def _for_all(draft: Draft, known: Environment, found: list[Part], heads: list[Definition | None]) -> list[Template]:
    """The templates, without those of this line if it says for which values of their letter they hold."""
    told = [None if item is None else item.head.label for item in heads]
    others = [part.pieces for part, one in zip(found, told, strict=True) if one is None or not (one.below or one.above)]
    return [one for one in draft.templates if one in known.templates or not restricted(one.letter, others)]


def _role(source: str, part: Part, draft: Draft) -> Role | None:
    """What an equation is that defines nothing and claims nothing: a new value, or one of a function without a formula."""
    found = None if part.sign or part.conditional else definition(source, part.pieces)
    if found is None:
        return None
    if is_update(found, draft):
        return "update"
    if not says_a_value(found):
        return None
    fn = without_value(found.head.label.name)
    is_given = any(node is fn for fact in draft.given for node in subterms(fact))
    if is_given or draft.functions.setdefault(found.head.label.key, fn) is not fn:
        return None
    return "declaration"


def _guessed(statements: list[Statement], known: Environment) -> dict[str, Term]:
    """The arrays and lengths that undeclared letters were in these statements."""
    members = [member for item in statements for member in item.members]
    names = {leaf for member in members for leaf in known.loose(member)}
    names = {leaf for leaf in names if leaf.data.shape or leaf.data.domain == "natural"}
    return {leaf.data.name.latex: leaf for leaf in sorted(names, key=lambda leaf: str(leaf.data.shape))}


def _left_side(part: Part) -> Label | None:
    """The name that stands alone on the left of a relation."""
    place = top_level(part.pieces, "relation")
    return label(part.pieces[:place]) if place else None


def _defined(known: Environment, draft: Draft) -> dict[Name, Term]:
    """The names that are defined now and were not before, unless the definition speaks of the name itself."""
    before = frozenset(known.definitions)
    new = [term for term in draft.definitions if term not in before]
    return {part.data: part for part in new if not _speaks_of_itself(part)}


def _speaks_of_itself(part: Term) -> bool:
    return any(leaf.kind == "name" and leaf.data.name == part.data for leaf in part.args[0].free)


def _first_of_each(heads: list[Definition | None]) -> list[Definition | None]:
    """A name is defined once in a line; a second formula for it is a claim."""
    seen: set[str] = set()
    found: list[Definition | None] = []
    for item in heads:
        key = "" if item is None else item.head.label.key
        found.append(None if item is None or key in seen else item)
        seen.add(key)
    return found


def _declared(source: str, found: list[Part], draft: Draft) -> list[Part]:
    r"""Declarations in a line, `A, B \in \mathbb{R}^{n \times n}`, noted; the other parts."""
    kept: list[Part] = []
    for part in found:
        place = top_level(part.pieces, "relation")
        if place is None or part.pieces[place].text != "∈" or part.sign:
            kept.append(part)
            continue
        names = [part.pieces]
        while kept and kept[-1].pieces and label(kept[-1].pieces) is not None and not kept[-1].sign:
            names.insert(0, [*kept.pop().pieces, *part.pieces[place:]])
        told = [declaration(draft, Formula(source, pieces)) for pieces in names]
        if not all(told):
            kept.append(part)
    return kept


def letters_of(pieces: list[Token]) -> frozenset[str]:
    """The letters of a formula without accents and labels."""
    return frozenset(letter_name(token.text).base for token in pieces if token.kind == "letter")


def unread_names(source: str) -> frozenset[str]:
    """The names that a line which cannot be read would define, as far as that is seen; with `y_i` also the array `y`."""
    try:
        found = [definition(source, part.pieces) for part in parts(tokens(source)[:-1])]
    except SymderivError:
        return frozenset(_HEAD.findall(source))
    told = [item.head.label for item in found if item is not None]
    return frozenset(one.key for item in told for one in (item, item._replace(below=())))


_HEAD = re.compile(r"(?:^|,|;|\\quad|\\qquad)\s*&?\s*(\\?[A-Za-z]+)\s*&?\s*=")


def concludes(source: str, letters: frozenset[str]) -> bool:
    """Whether a line says what follows from the equation above it: an arrow at its front, or one of its letters alone."""
    try:
        pieces = [token for token in tokens(source) if token.kind != "&"]
    except SymderivError:
        return False
    if pieces[0].kind == "arrow" and pieces[0].text in ("⇒", "⇔"):
        return True
    place = top_level(pieces, "relation")
    if not place or pieces[place].text not in ("=", "≈") or top_level(pieces, ":") is not None:
        return False
    found = label(pieces[:place])
    return found is not None and found.name.base in letters


def _statement(
    source: str, part: Part, head: Definition | None, known: Environment, chain: Mapping[str, Term], told: Role | None
) -> Statement:
    pieces = part.pieces
    span = pieces[0].start, pieces[-1].end
    signs = tuple(token.text for token in _relations(pieces))
    sides = split(pieces, "relation")
    spans = tuple((side[0].start, side[-1].end) if side else span for side in sides)
    if head is not None:
        name = _named(head.head, known)
        left = _read(source, sides[0], known)
        if pieces[0].kind == "function":
            term = _read(source, pieces, known)
            members = (term.args[0], *term.args[2:])
            shown = _understood(source, term, spans)
            return Statement("definition", "", signs[1:], members, span, part.joint, shown, (spans[0], *spans[2:]))
        rest = tuple(_read(source, side, known, _indices(left.free)) for side in sides[2:])
        head_as_written = head.head.arguments is not None
        shown = _understood(source, relation(signs, left, _meaning(name, left), *rest), spans, head_as_written)
        if not rest:
            return Statement("definition", "", (), (name,), span, part.joint, shown, spans[:1])
        return Statement("definition", "", signs[1:], (left, *rest), span, part.joint, shown, (spans[0], *spans[2:]))
    term = _read(source, pieces, known, chain if part.sign else {})
    members = term.args if term.kind == "relation" else (term,)
    shown = _understood(source, term, spans, lead=part.sign)
    if len(spans) != len(members):
        spans = (span,) * len(members)
    signs = term.data if term.kind == "relation" else ()
    role: Role = "claim" if len(members) > 1 or part.sign else "bare"
    if part.conditional:
        role = "condition" if part.colon else "premise"
    role = told or role
    return Statement(role, part.sign, signs, members, span, part.joint, shown, spans)


def _understood(
    source: str, term: Term, spans: tuple[tuple[int, int], ...], head: bool = False, lead: str = ""
) -> Understood:
    """A reading with the source of the members that stay as they are written."""
    members = term.args if term.kind == "relation" else (term,)
    if len(members) != len(spans):
        whole = source[spans[0][0] : spans[-1][1]]
        return Understood(term, (whole,) if is_opaque(term, into_names=False) and is_balanced(whole) else (), lead)
    texts = [source[slice(*span)] for span in spans]
    kept = [
        (is_opaque(member, into_names=False) or (head and not place) or bool(_BEHIND_A_BAR.search(text)))
        and is_balanced(text)
        for place, (member, text) in enumerate(zip(members, texts, strict=True))
    ]
    return Understood(term, tuple(text if keep else "" for text, keep in zip(texts, kept, strict=True)), lead)


def _meaning(name: Term, left: Term) -> Term:
    """What a definition says its left side is."""
    if name.kind != "named":
        return name
    body = name.args[0]
    return body.args[0] if body.kind == "stack" and left.kind == "entry" else body


def _relations(pieces: list[Token]) -> list[Token]:
    return [pieces[place] for place in top_levels(pieces, "relation")]


def _named(head: Head, known: Environment) -> Term:
    """What a definition has made of its left side."""
    wanted = head.label
    for key in (wanted.key, wanted._replace(below=()).key, wanted.letter):
        if key in known.quantities:
            return known.quantities[key]
    function = known.functions.get(wanted.key)
    if isinstance(function, Macro) and function.value is not None:
        return function.value
    return function if isinstance(function, Term) else of("tuple")


def _indices(letters: Iterable[Term]) -> dict[str, Term]:
    """The index letters among some, by their spelling: where they are free, a sum does not bind them."""
    return {letter.data.latex: letter for letter in letters if letter.kind == "index"}


def _read(source: str, pieces: list[Token], known: Environment, local: Mapping[str, Term] = _NO_LETTERS) -> Term:
    if not pieces:
        raise refusal(source, 0, len(source), "saw nothing beside a relation", "expected a formula")
    term = read_tokens(source, closed(pieces, source), known, local)
    return rebuilt(term, _column) if "tuple" in {node.kind for node in subterms(term)} else term


def _column(node: Term, args: tuple[Term, ...]) -> Term:
    """A list of numbers in round brackets is a column."""
    new = with_args(node, args) if args else node
    if new.kind == "tuple" and new.data != SET and len(args) > 1 and all(shape(arg) == () for arg in args):
        return literal([[arg] for arg in args])
    return new
