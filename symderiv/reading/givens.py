"""What `given` says beside declarations: its definitions, then the conditions on what they define."""

from __future__ import annotations

from symderiv.errors import SymderivError
from symderiv.reading.definitions import Definition, define_all, definition, says_a_value
from symderiv.reading.draft import Draft
from symderiv.reading.formula import Formula
from symderiv.reading.guesses import INDEX_LETTERS
from symderiv.reading.heads import label, labels, split, top_level
from symderiv.reading.opaque import without_value
from symderiv.reading.refusal import refusal
from symderiv.reading.templates import instances, numbered
from symderiv.term.build import apply, function, name, of, property_of, relation, size
from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash, shape

#: What is said of a letter that is small beside what it is added to.
NEGLIGIBLE = "negligible"


def define(draft: Draft, formulas: list[Formula]) -> None:
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
    """Whether an equation by its form a definition is a condition: on a function or an entry.

    The names in `whole` are arrays that are written out: `r = (1, 2)` beside `r_i = s_i + f_i`.
    """
    wanted = found.head.label
    if found.head.arguments is not None:
        return says_a_value(found, whole)
    is_entry = bool(wanted.below) and wanted._replace(below=()).key in whole
    return is_entry or wanted.key in draft.functions or _tells_an_entry(draft, found)


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
