"""How positions in an array are written: side by side while they are single letters, else with commas."""

from __future__ import annotations

from symderiv.pages.formula import Formula, Identifier, Run, Scripts
from symderiv.pages.letters import PRIMES
from symderiv.pages.setting import COEFFICIENT, COMMA, Setter, Setting
from symderiv.term.kinds import Term


def subscript(setting: Setting, positions: list[Term] | tuple[Term, ...]) -> Formula:
    """Positions below a letter: `ij`, `i,j+1`."""
    formulas = [setting.small(position) for position in positions]
    if len(formulas) == 1:
        return formulas[0]
    sign = COEFFICIENT if all(_is_letter(formula) for formula in formulas) else COMMA
    parts = [formulas[0]]
    for formula in formulas[1:]:
        parts += (sign, formula)
    return Run(tuple(parts))


def _is_letter(formula: Formula) -> bool:
    if isinstance(formula, Scripts) and formula.sup in PRIMES and formula.sub is None:
        formula = formula.base
    return isinstance(formula, Identifier) and len(formula.text) == 1


def delta(setting: Setting, term: Term) -> Formula:
    """Kronecker's delta."""
    return Scripts(Identifier("δ"), subscript(setting, term.args))


ENTRIES: dict[str, Setter] = {"delta": delta}
