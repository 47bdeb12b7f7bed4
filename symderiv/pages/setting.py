"""What setting a term needs to know of its parts: how tightly each binds, and where brackets are due."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symderiv.pages.formula import BigOperator, Fence, Formula, Fraction, Identifier, Number, Operator, Root, Run, Scripts
from symderiv.term.kinds import Term

#: How tightly a formula binds. A part that binds less tightly than its place asks for gets brackets.
RELATION, SUM, PRODUCT, ATOM = 1, 2, 3, 4

#: The kinds that bind less tightly than a letter does.
LEVEL: dict[str, int] = {
    "relation": RELATION,
    "property": RELATION,
    "sum": SUM,
    "minus": SUM,
    "product": PRODUCT,
    "hadamard": PRODUCT,
    "kron": PRODUCT,
    "bigsum": PRODUCT,
    "bigproduct": PRODUCT,
}
#: In exponents and labels a fraction is written with a slash, which binds like a product.
SMALL_LEVEL: dict[str, int] = {**LEVEL, "fraction": PRODUCT}

PLUS = Operator("+", "sign")
MINUS = Operator("−", "sign")
NEGATIVE = Operator("−", "prefix")
SLASH = Operator("/", "slash")
COMMA = Operator(",", "punctuation")
DOT = Operator("⋅", "product")
ODOT = Operator("⊙", "product")
OTIMES = Operator("⊗", "product")
#: The invisible ones.
BESIDE = Operator("\u2062", "beside")
THIN = Operator("\u2062", "thin")
COEFFICIENT = Operator("\u2062", "coefficient")
WORD = Operator("\u2061", "word")
BRACKET = Operator("\u2061", "bracket")

#: Boxes that take no script as they are, and kinds that take none although they end in a bracket or bar.
UNSCRIPTED = frozenset({Fraction, Root, Scripts})
UNRAISED = frozenset({"at", "cases"})

#: Kinds whose upper script is part of their name.
LABELLED = frozenset({"name", "named", "letter", "index", "function"})

Setter = Callable[["Setting", Term], Formula]


class Setting:
    """Terms to formulas, each term once: a part that two lines share is the same node in both.

    `small` sets what stands in exponents and labels, `display` what stands on the line; `operators` has `d/dx` and its like.
    """

    def __init__(self, setters: Mapping[str, Setter], display: Setting | None = None) -> None:
        self.setters = setters
        self.memo: dict[Term, Formula] = {}
        self.operators: dict[tuple[object, ...], Fraction] = {}
        self.level = SMALL_LEVEL if display else LEVEL
        self.display: Setting = display or self
        self.small: Setting = self if display else Setting(setters, self)

    def __call__(self, term: Term) -> Formula:
        """The formula of a term."""
        known = self.memo.get(term)
        if known is None:
            known = self.memo[term] = self.setters[term.kind](self, term)
        return known

    def at_least(self, level: int, term: Term) -> Formula:
        """The formula of a term, in brackets if it binds less tightly than the level."""
        formula = self.memo.get(term) or self(term)
        made_of_names = term.kind == "named" and is_row(formula)
        binds = SUM if made_of_names else self.level.get(term.kind, ATOM)
        return formula if binds >= level else brackets(formula)

    def operand(self, term: Term) -> Formula:
        """The formula of a term as an operand of `⊙` or `/`: it neither binds loosely nor swallows what follows."""
        formula = self.at_least(ATOM, term)
        return shut(formula) if is_open(formula) else formula

    def scripted(self, term: Term, sub: Formula | None, sup: Formula | None) -> Formula:
        """The formula of a term with scripts; brackets if it has such a script already, or is no single thing."""
        base = self(term)
        kind = type(base)
        if kind is Identifier or kind is Number:
            return Scripts(base, sub, sup)
        if term.kind not in UNRAISED:
            if kind is Scripts and _is_open_to(base, sub, term):  # type: ignore[arg-type]
                return Scripts(base.base, base.sub or sub, base.sup or sup)  # type: ignore[union-attr]
            if kind not in UNSCRIPTED and (kind is not Run or base.parts[-2] is BRACKET):  # type: ignore[union-attr]
                return Scripts(base, sub, sup)
        return Scripts(brackets(base), sub, sup)


def _is_open_to(base: Scripts, sub: Formula | None, term: Term) -> bool:
    """Whether the base takes a script beside the one it has. Only a name's own label may stand above a position."""
    if sub is None:
        return base.sup is None
    return base.sub is None and (base.sup is None or term.kind in LABELLED)


def brackets(formula: Formula) -> Fence:
    """A formula in round brackets."""
    return Fence("(", formula, ")")


def is_row(formula: Formula) -> bool:
    """Whether a name is written as boxes side by side, `x_1 x_2`, that do not end in a bracket as `H(S)` does."""
    return type(formula) is Run and formula.parts[-2] is not BRACKET


def is_open(formula: Formula) -> bool:
    """Whether what is written to its right would be read as part of it: `log x`, `Σ_k x_k`, `∇_w L`."""
    if type(formula) is not Run:
        return False
    before = formula.parts[-2]
    return before is WORD or type(before) is BigOperator


def shut(formula: Formula) -> Formula:
    """An open formula with brackets that end it: `log(x)`, `(Σ_k x_k)`."""
    if isinstance(formula, Run) and formula.parts[-2] is WORD and is_upright(formula.parts[0]):
        return Run((*formula.parts[:-2], BRACKET, brackets(formula.parts[-1])))
    return brackets(formula)


def is_upright(formula: Formula) -> bool:
    """Whether this is the word of a function, `log`, with a power or a base or without."""
    if isinstance(formula, Scripts):
        formula = formula.base
    return isinstance(formula, Identifier) and formula.upright
