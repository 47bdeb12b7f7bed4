"""How factors stand beside each other: with nothing, a thin space or a dot between, so that no reader can take them wrongly."""

from __future__ import annotations

from symderiv.sheet.formula import Fence, Formula, Fraction, Identifier, Number, Operator, Run, Scripts
from symderiv.sheet.setting import (
    ATOM,
    BESIDE,
    BRACKET,
    COEFFICIENT,
    DOT,
    ODOT,
    OTIMES,
    THIN,
    WORD,
    Setter,
    Setting,
    brackets,
    is_open,
    shut,
)
from symderiv.term.kinds import Term
from symderiv.term.shapes import shape

#: Letters that a reader takes for a function when a bracket follows.
FUNCTION_LETTERS = frozenset("fghFGHϕφψΨΦσδ")


def product(setting: Setting, term: Term) -> Formula:
    """Factors in their order. Once a fraction needed a dot, the factors to its right have dots too."""
    factors = term.args
    last = len(factors) - 1
    parts: list[Formula] = []
    dotted = False
    for place, factor in enumerate(factors):
        formula = _factor(setting, factor)
        if place < last and is_open(formula) and not _word_follows(formula, setting, factors[place + 1]):
            formula = shut(formula)
        if place:
            between = DOT if dotted else glue(parts[-1], formula, factors[place - 1], factor, place == 1)
            dotted = dotted or (between is DOT and (type(formula) is Fraction or type(parts[-1]) is Fraction))
            parts.append(between)
        parts.append(formula)
    return Run(tuple(parts))


def _factor(setting: Setting, term: Term) -> Formula:
    if term.kind == "product":
        return setting(term) if shape(term) == () and not _ends_open(setting(term)) else brackets(setting(term))
    if term.kind == "fraction":
        return setting.display(term)
    if term.kind in ("bigsum", "bigproduct"):
        return setting(term)
    return setting.at_least(ATOM, term)


def _ends_open(formula: Formula) -> bool:
    return type(formula) is Run and (is_open(formula) or is_open(formula.parts[-1]))


def _word_follows(formula: Formula, setting: Setting, following: Term) -> bool:
    """`sin x cos x`: after a function's word with its argument the next word ends it."""
    if type(formula) is not Run or formula.parts[-2] is not WORD:
        return False
    after = setting(following)
    return (
        type(after) is Run and after.parts[-2] in (WORD, BRACKET) and _upright(after.parts[0]) and _upright(formula.parts[0])
    )


def _upright(formula: Formula) -> bool:
    if type(formula) is Scripts:
        formula = formula.base
    return type(formula) is Identifier and formula.upright


def glue(left: Formula, right: Formula, before: Term, after: Term, first: bool) -> Operator:
    """What stands between two factors, given how they look and what they are."""
    lead = right
    while type(lead) is Scripts or type(lead) is Run:
        lead = lead.base if type(lead) is Scripts else lead.parts[0]
    kind = type(lead)
    if kind is Number or before.kind == "product" or after.kind == "product":
        return DOT
    if after.kind == "minus":
        return DOT
    if type(left) is Number:
        return DOT if after.kind == "fraction" or (kind is Fence and "." in left.text) else COEFFICIENT
    if before.kind == "partial" or after.kind == "partial" or type(right) is Fraction:
        return DOT
    if type(left) is Fraction:
        return BESIDE if first and _is_coefficient(left) else DOT
    if kind is Fence and _looks_like_function(left, before):
        return DOT
    if before.kind == "differential" or after.kind == "differential":
        return THIN
    return DOT if _is_long(left) or _is_long(lead) else BESIDE


def _is_coefficient(formula: Fraction) -> bool:
    return all(type(part) in (Number, Identifier) for part in (formula.top, formula.bottom))


def _looks_like_function(formula: Formula, term: Term) -> bool:
    if term.kind in ("function", "prime"):
        return True
    if type(formula) is Scripts:
        formula = formula.base
    return type(formula) is Identifier and formula.text in FUNCTION_LETTERS


def _is_long(formula: Formula) -> bool:
    """A name of several letters, which would run into its neighbour."""
    if type(formula) is Scripts:
        formula = formula.base
    return type(formula) is Identifier and len(formula.text) > 1 and not formula.upright


def between(sign: Operator) -> Setter:
    """Operands with a sign between each two."""

    def joined(setting: Setting, term: Term) -> Formula:
        *before, last = term.args
        parts: list[Formula] = []
        for arg in before:
            parts += (setting.operand(arg), sign)
        return Run((*parts, setting.at_least(ATOM, last)))

    return joined


PRODUCTS: dict[str, Setter] = {"product": product, "hadamard": between(ODOT), "kron": between(OTIMES)}
