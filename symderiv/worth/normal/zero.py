"""Whether a form is zero: denominators multiplied away, sums over one range under one sum, inverses met."""

from __future__ import annotations

from flint import fmpq

from symderiv.worth.normal.changing import multiplied, sum_over, total
from symderiv.worth.normal.facts import facts
from symderiv.worth.normal.forms import (
    CONTRACTIONS,
    FREE_RANGES,
    ONE,
    Contracted,
    Exponent,
    Form,
    Monomial,
    collected,
    delta,
    factor_renamed,
    monomial_text,
)
from symderiv.worth.normal.kernel import Kernel, NotNormal, Range, position_letters
from symderiv.worth.normal.powers import primitive


def _without(bounds: dict[str, Range], letter: str) -> dict[str, Range]:
    return {bound: limits for bound, limits in bounds.items() if bound != letter}


def _sum_of_shares(factors: dict[Kernel, Exponent], bounds: dict[str, Range]) -> Contracted | None:
    """Σ_k p_k = 1 where that is given."""
    shares = facts().shares
    if not shares:
        return None
    for factor, to in factors.items():
        if factor.head == "entry" and factor.data in shares and to == 1 and len(factor.args) == 1:
            letter = factor.args[0]
            if letter in bounds and sum(letter in other.letters for other in factors) == 1:
                facts().used[shares[factor.data]] = None
                return {f: p for f, p in factors.items() if f is not factor}, _without(bounds, letter), ONE
    return None


def _inverse_meets(factors: dict[Kernel, Exponent], bounds: dict[str, Range]) -> Contracted | None:
    """Σ_k A_ik (A⁻¹)_kj = δ_ij, and from the other side."""
    for factor, to in factors.items():
        if factor.head not in ("inv", "inv=") or to != 1 or factor.args[0].single is None:
            continue
        entries, value = factor.args[0].single
        if len(entries) != 1 or next(iter(entries.values())) != 1:
            continue
        matrix = next(iter(entries))
        found = _meets(factor, matrix, factors, bounds)
        if found is not None:
            partner, letter, form = found
            rest = {f: p for f, p in factors.items() if f not in (factor, partner)}
            return rest, _without(bounds, letter), form.scaled(1 / value)
    return None


def _meets(
    factor: Kernel, matrix: Kernel, factors: dict[Kernel, Exponent], bounds: dict[str, Range]
) -> tuple[Kernel, str, Form] | None:
    _, i, j = factor.args
    rows, columns = factor.data
    for inner, outer, near, far in ((j, i, rows, columns), (i, j, columns, rows)):
        if inner not in bounds or sum(inner in f.letters for f in factors) != 2 or inner in position_letters(outer):
            continue
        for partner, to in factors.items():
            if to != 1 or partner.head != matrix.head or partner.data is not matrix.data or partner is factor:
                continue
            here, beyond = partner.args[matrix.args.index(near)], partner.args[matrix.args.index(far)]
            if partner.head == "pair" and beyond == inner:
                here, beyond = beyond, here
            if here == inner and inner not in position_letters(beyond):
                return partner, inner, delta(outer, beyond)
    return None


CONTRACTIONS.extend((_inverse_meets, _sum_of_shares))


def vanishes(form: Form) -> bool:
    """Whether a form is zero once every denominator is multiplied away, those under a sum inside it."""
    for _ in range(16):
        if not form.terms:
            return True
        below = _denominators(form)
        if below:
            factor, to = below
            form = multiplied(form, fmpq(1), {factor: to})
            continue
        again = _summed_together(form)
        if again is None or again.text == form.text:
            return False
        form = again
    raise NotNormal("size")


def _summed_together(form: Form) -> Form | None:
    """Sums over one range put under one sum, where a denominator stands in one of them; the body brought to one fraction."""
    found = next(filter(None, (_under_sum(monomial) for monomial in sorted(form.terms, key=monomial_text))), None)
    if found is None:
        return None
    kind, limits = found
    body, rest = list[Form](), list[Form]()
    slot = "@sum"
    FREE_RANGES[slot] = limits
    for monomial, value in form.terms.items():
        letter = _letter_of(monomial, kind, limits)
        if letter is None:
            rest.append(Form({monomial: value}))
            continue
        factors = {factor_renamed(factor, {letter: slot}): to for factor, to in monomial[0]}
        body.append(collected(value, factors, {b: r for b, r in monomial[1] if b != letter}))
    together = total(body)
    if together.terms:
        content, inner = primitive(together, whole=True)
        together = content * inner
    return total([sum_over(together, slot, limits), *rest])


def _under_sum(monomial: Monomial) -> tuple[str, Range] | None:
    """A denominator with one bound letter, told without the letter, and the letter's range."""
    factors, bounds = monomial
    for letter, limits in bounds:
        for factor, to in factors:
            if factor.head == "poly" and to < 0 and letter in factor.letters:
                return factor_renamed(factor, {letter: "@sum"}).text, limits
    return None


def _letter_of(monomial: Monomial, kind: str, limits: Range) -> str | None:
    """The bound letter of a monomial that is meant: the one of such a denominator, or the only one with this range."""
    factors, bounds = monomial
    letters = [letter for letter, here in bounds if here == limits]
    for letter in letters:
        for factor, to in factors:
            if to < 0 and letter in factor.letters and factor_renamed(factor, {letter: "@sum"}).text == kind:
                return letter
    return letters[0] if len(letters) == 1 else None


def _denominators(form: Form) -> tuple[Kernel, int] | None:
    """A kernel with negative powers that stands under no sum, and the whole power that takes them away."""
    least: dict[Kernel, Exponent] = {}
    for factors, bounds in form.terms:
        inside = {letter for letter, _ in bounds}
        for factor, to in factors:
            if factor.head in ("poly", "sin") and to < 0 and factor.letters.isdisjoint(inside):
                least[factor] = min(to, least.get(factor, 0))
    if not least:
        return None
    factor = min(least, key=lambda f: f.text)
    return factor, -(least[factor].numerator // least[factor].denominator)
