"""How factors stand beside each other: with nothing, a thin space or a dot between, never ambiguous."""

from __future__ import annotations

from symderiv.pages.formula import Fence, Formula, Fraction, Identifier, Number, Operator, Run, Scripts
from symderiv.pages.setting import (
    ATOM,
    BESIDE,
    BRACKET,
    COEFFICIENT,
    DOT,
    LEVEL,
    ODOT,
    OTIMES,
    THIN,
    WORD,
    Setter,
    Setting,
    brackets,
    is_open,
    is_row,
    is_upright,
    shut,
)
from symderiv.term.kinds import Term
from symderiv.term.shapes import shape

#: Letters that a reader takes for a function when a bracket follows.
FUNCTION_LETTERS = frozenset("fghFGHϕφψΨΦσδ")

#: Factors that are told apart from their neighbours by a sign.
APART = frozenset({"product", "partial", "differential", "integral"})
#: Factors that may need brackets, or are set in another way than on their own.
CAREFUL = frozenset({*LEVEL, "fraction"})


def product(setting: Setting, term: Term) -> Formula:
    """Factors in their order. Once a fraction needed a dot, the factors to its right have dots too."""
    factors = term.args
    before = factors[0]
    left = _factor(setting, before)
    parts: list[Formula] = []
    dotted = False
    for factor in factors[1:]:
        right = _factor(setting, factor)
        if type(left) is Run and is_open(left) and not _ends_word(left, right):
            left = shut(left)
        sign = DOT if dotted else glue(left, right, before, factor, not parts)
        dotted = dotted or (sign is DOT and (type(right) is Fraction or type(left) is Fraction))
        parts += (left, sign)
        left, before = right, factor
    parts.append(left)
    return Run(tuple(parts))


def _factor(setting: Setting, term: Term) -> Formula:
    kind = term.kind
    if kind not in CAREFUL:
        found = setting.memo.get(term) or setting(term)
        return brackets(found) if kind == "named" and is_row(found) else found
    if kind == "fraction":
        return setting.display(term)
    formula = setting(term)
    if kind == "bigsum" or kind == "bigproduct" or (kind == "product" and shape(term) == () and not _ends_open(formula)):
        return formula
    return brackets(formula)


def _ends_open(formula: Formula) -> bool:
    return type(formula) is Run and is_open(formula.parts[-1])


def _ends_word(formula: Run, after: Formula) -> bool:
    """`sin x cos x`: after a function's word with its argument the next word ends it."""
    return (
        formula.parts[-2] is WORD
        and type(after) is Run
        and (after.parts[-2] is WORD or after.parts[-2] is BRACKET)
        and is_upright(after.parts[0])
        and is_upright(formula.parts[0])
    )


def glue(left: Formula, right: Formula, before: Term, after: Term, first: bool) -> Operator:
    """What stands between two factors, given how they look and what they are."""
    lead = right
    while (kind := type(lead)) is Scripts or kind is Run:
        lead = lead.base if kind is Scripts else lead.parts[0]  # type: ignore[union-attr]
    if kind is Number or after.kind == "minus":
        return DOT
    if (before.kind in APART or after.kind in APART) and (sign := _apart(left, right, before, after)):
        return sign
    if type(left) is Number:
        return DOT if after.kind == "fraction" or (kind is Fence and "." in left.text) else COEFFICIENT
    if kind is Fraction:
        return DOT
    if type(left) is Fraction:
        return BESIDE if first and _is_coefficient(left) else DOT
    if kind is Fence and _looks_like_function(left, before):
        return DOT
    last = left.base if type(left) is Scripts else left
    for letter in (last, lead):
        if type(letter) is Identifier and len(letter.text) > 1 and not letter.upright:
            return DOT
    return BESIDE


def _apart(left: Formula, right: Formula, before: Term, after: Term) -> Operator | None:
    """The sign beside a product in a product (`2x · b`), a derivative, or a differential; None where it needs none."""
    if (before.kind == "product" and type(left) is not Fence) or (after.kind == "product" and type(right) is not Fence):
        return DOT
    if before.kind in ("partial", "integral") and type(left) is not Fence:
        return DOT
    if type(left) is Number or type(left) is Fraction:
        return None
    return THIN if before.kind == "differential" or after.kind == "differential" else None


def _is_coefficient(formula: Fraction) -> bool:
    return all(type(part) in (Number, Identifier) for part in (formula.top, formula.bottom))


def _looks_like_function(formula: Formula, term: Term) -> bool:
    if term.kind in ("function", "prime"):
        return True
    if type(formula) is Scripts:
        formula = formula.base
    return type(formula) is Identifier and formula.text in FUNCTION_LETTERS


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
