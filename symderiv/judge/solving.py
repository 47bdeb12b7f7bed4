"""Equations to zero and what follows from them: a solution that is named, or another equation with the same solutions."""

from __future__ import annotations

from symderiv.judge.comparing import Compared, compared
from symderiv.judge.meaning import fitted, reaching
from symderiv.term.build import ZERO, at, fraction, minus, mul, num, of
from symderiv.term.kinds import Term, subterms
from symderiv.term.shapes import Clash, rows_and_columns, shape
from symderiv.worth.compare import compare
from symderiv.worth.evidence import Undecided


def is_zero(term: Term) -> bool:
    """Whether a term is the number or the array zero."""
    return term.kind == "zeros" or (term.kind == "number" and term.data[0] == 0)


def equivalent(vanishing: Term, left: Term, right: Term, given: tuple[Term, ...]) -> Compared:
    """Whether `left = right` follows from `vanishing = 0`.

    A name of the variable on the left is the solution, which is put in; else the difference of the sides must be a multiple
    of what vanishes, entry by entry the same multiple.
    """
    vanishing = reaching(vanishing)
    variable = _variable(vanishing) or _of_the_letter(vanishing, left)
    if variable is not None and _names(left, variable):
        return compared(at(vanishing, variable, right), ZERO, given)
    return _multiple(fitted(vanishing), fitted(left - right), given)


def _number_multiple(vanishing: Term, difference: Term, given: tuple[Term, ...]) -> Compared:
    """Two numbers, one a plain multiple of the other; any other factor might vanish itself."""
    for factor in _FACTORS:
        for sign in (factor, minus(factor)):
            found = compare(difference, mul(sign, vanishing), given)
            if found.kind in ("proved", "agrees"):
                return Compared(found, difference, vanishing)
    return Compared(Undecided("no-value"), vanishing, difference)


#: Numbers by which a person multiplies an equation.
_FACTORS = tuple(term for value in (1, 2, 3, 4) for term in (num(value), fraction(num(1), num(value))))


def _variable(vanishing: Term) -> Term | None:
    """What a derivative is taken by."""
    found = {node.args[1] for node in subterms(vanishing, into_names=False) if node.kind == "partial"}
    return found.pop() if len(found) == 1 else None


def _of_the_letter(vanishing: Term, left: Term) -> Term | None:
    """The one quantity in an equation that has the letter of a left side."""
    if left.kind not in ("name", "named"):
        return None
    found = [leaf for leaf in vanishing.free if leaf.kind in ("name", "named") and _letter(leaf) == _letter(left)]
    return found[0] if len(found) == 1 else None


def _names(left: Term, variable: Term) -> bool:
    """Whether the left side is the variable, or one with its letter: `μ_ML`, `ŵ`, `x*`."""
    if left.kind not in ("name", "named") or variable.kind not in ("name", "named"):
        return False
    return _letter(left) == _letter(variable)


def _letter(term: Term) -> str:
    written = term.data.name if term.kind == "name" else term.data
    return str(written.base)


def _multiple(vanishing: Term, difference: Term, given: tuple[Term, ...]) -> Compared:
    """Two arrays that vanish together: one is a number times the other, and neither is zero everywhere."""
    ours, theirs = shape(vanishing), shape(difference)
    if isinstance(ours, Clash) or isinstance(theirs, Clash) or rows_and_columns(ours) != rows_and_columns(theirs):
        return Compared(Undecided("shape"), vanishing, difference)
    if len(ours) > 1 or compare(difference, ZERO, given).kind != "refuted":
        return Compared(Undecided("no-value"), vanishing, difference)
    if not ours:
        return _number_multiple(vanishing, difference, given)
    left = mul(difference, of("transpose", vanishing))
    right = mul(vanishing, of("transpose", difference))
    return Compared(compare(left, right, given), left, right)
