"""How entries, big sums and matrices are set."""

from __future__ import annotations

from itertools import pairwise

from symderiv.pages.derivatives import entry_of_gradient
from symderiv.pages.entries import subscript
from symderiv.pages.formula import (
    BigOperator,
    Fence,
    Formula,
    Identifier,
    Number,
    Operator,
    Run,
    Scripts,
    Table,
)
from symderiv.pages.scalars import RELATIONS, is_simple, listed
from symderiv.pages.setting import (
    BRACKET,
    COMMA,
    PRODUCT,
    WORD,
    Setter,
    Setting,
    brackets,
)
from symderiv.term.build import num
from symderiv.term.kinds import Term
from symderiv.term.membership import counted, places_of
from symderiv.term.places import substitute

TOP = Operator("⊤", "prime")
INVERSE = Run((Operator("−", "prefix"), Number("1")))
INVERSE_TOP = Run((Operator("−", "prefix"), TOP))
TIMES = Operator("×", "product")
AND_SO_ON = Operator("…", "coefficient")


def entry(setting: Setting, term: Term) -> Formula:
    """`x_i`, `A_{ij}`, `(Ax + b)_i`; the entry of a gradient is a partial derivative, a row of `I` a unit vector,
    `g^s` of a sequence has its position above.
    """
    array, *positions = term.args
    if array.kind == "identity" and len(positions) == 1:
        return Scripts(Identifier("e"), setting.small(positions[0]))
    if array.kind == "name" and array.data.raised:
        return setting.scripted(array, None, subscript(setting, positions))
    return entry_of_gradient(setting, array, positions) or setting.scripted(array, subscript(setting, positions), None)


def big(sign: str) -> Setter:
    """`Σ` or `Π` with its letter and limits; a body that is a sum has brackets; conditions stand below where they were."""

    def written(setting: Setting, term: Term) -> Formula:
        small = setting.small
        if (positions := counted(term)) is not None:
            return Fence("|", setting(positions), "|")
        letters, limits, conditions, body = _conditions_below(term)
        told = {side for condition in conditions for side in (*condition.args, *places_of(condition))}
        below = [small(letter) for letter in letters if letter not in told]
        if limits:
            below = [Run((small(letters[0]), RELATIONS["="], small(limits[0])))]
        below += [small(condition) for condition in conditions]
        under = below[0] if len(below) == 1 else Run(tuple(part for item in below for part in (COMMA, item))[1:])
        return Run((BigOperator(sign, under, small(limits[1]) if limits else None), setting.at_least(PRODUCT, body)))

    return written


def _conditions_below(term: Term) -> tuple[list[Term], list[Term], list[Term], Term]:
    """The letters of a sum with its limits, the conditions that are written below it, and what is summed.

    `Σ_{i<j} u` is a sum over i of one over j of cases.
    """
    body, letter, *limits = term.args
    letters, inner = [letter], body
    while not limits and inner.kind == term.kind and len(inner.args) == 2:
        letters.append(inner.args[1])
        inner = inner.args[0]
    conditions: list[Term] = []
    while inner.kind == "cases" and (inner.data == len(letters) or (limits and isinstance(inner.data, int))):
        conditions.append(inner.args[1])
        inner = inner.args[0]
    return (letters, limits, conditions, inner) if conditions else (letters[:1], limits, [], body)


def stack(setting: Setting, term: Term) -> Formula:
    """The array of all values of the body, in square brackets with the letters that run, or listed as it was written."""
    if term.data:
        return _listed(setting, term)
    body, small = Fence("[", setting(term.args[0]), "]"), setting.small
    letters = Run((listed(small, term.args[1::2]), RELATIONS["="], Number("1")))
    return Scripts(body, letters, listed(small, term.args[2::2]))


def transpose(setting: Setting, term: Term) -> Formula:
    """`A^⊤`; of an inverse `A^{-⊤}`."""
    array = term.args[0]
    if array.kind == "inverse":
        return setting.scripted(array.args[0], None, INVERSE_TOP)
    return setting.scripted(array, None, TOP)


def inverse(setting: Setting, term: Term) -> Formula:
    """`A^{-1}`."""
    return setting.scripted(term.args[0], None, INVERSE)


def word(text: str) -> Setter:
    """A function of arrays with a name of its own, always with brackets."""
    identifier = Identifier(text, upright=True)
    return lambda setting, term: Run((identifier, BRACKET, brackets(setting(term.args[0]))))


def det(setting: Setting, term: Term) -> Formula:
    """A determinant, without brackets before a single letter."""
    body, identifier = setting(term.args[0]), Identifier("det", upright=True)
    if is_simple(setting, term.args[0]) and term.args[0].kind in ("name", "named", "letter"):
        return Run((identifier, WORD, body))
    return Run((identifier, BRACKET, brackets(body)))


def norm(setting: Setting, term: Term) -> Formula:
    """Double bars with the kind of norm below."""
    which = term.data
    below = Identifier("∞") if which == "inf" else Number(which) if which.isdigit() else Identifier(which)
    return Scripts(Fence("‖", setting(term.args[0]), "‖"), below)


def literal(setting: Setting, term: Term) -> Formula:
    """A matrix written out."""
    rows, columns = term.data
    cells = [setting(cell) for cell in term.args]
    return Table(tuple(tuple(cells[start : start + columns]) for start in range(0, rows * columns, columns)))


def constant_array(sign: Identifier | Number) -> Setter:
    """`I`, `0` and the vector of ones with their sizes below."""

    def written(setting: Setting, term: Term) -> Formula:
        sizes = [setting.small(size) for size in term.args]
        parts: list[Formula] = sizes[:1]
        for _, size in pairwise(sizes):
            parts += (TIMES, size)
        return Scripts(sign, Run(tuple(parts)) if len(parts) > 1 else parts[0])

    return written


def _listed(setting: Setting, term: Term) -> Formula:
    """`[x_1, …, x_n]`, with a transpose where one stood there."""
    body, letter, last = term.args
    numbers = [num(count + 1) for count in range(abs(term.data))]
    entries = [setting(substitute(body, {letter: number})) for number in (*numbers, last)]
    entries.insert(-1, AND_SO_ON)
    inside = Fence("[", Run(tuple(part for item in entries for part in (COMMA, item))[1:]), "]")
    return Scripts(inside, None, TOP) if term.data < 0 else inside


ARRAYS: dict[str, Setter] = {
    "entry": entry,
    "bigsum": big("∑"),
    "bigproduct": big("∏"),
    "stack": stack,
    "transpose": transpose,
    "inverse": inverse,
    "trace": word("tr"),
    "diag": word("diag"),
    "diagonal": word("diag"),
    "det": det,
    "norm": norm,
    "literal": literal,
    "identity": constant_array(Identifier("I")),
    "ones": constant_array(Identifier("𝟏")),
    "zeros": constant_array(Number("0")),
}
