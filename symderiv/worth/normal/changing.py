"""Forms changed: letters replaced, kernels replaced, monomials multiplied in, one polynomial divided by another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import is_
from typing import TypeAlias

from flint import fmpq

from symderiv.worth.normal.forms import (
    ONE,
    REBUILD,
    REPLACE,
    WRITTEN,
    ZERO,
    Exponent,
    Form,
    Monomial,
    Position,
    accumulate,
    alone,
    apart,
    capped,
    collected,
    factor_renamed,
    fresh,
    put_monomial,
)
from symderiv.worth.normal.kernel import Kernel, Range, kernel


def multiplied(form: Form, value: fmpq, factors: Mapping[Kernel, Exponent]) -> Form:
    """A form times a monomial, the exponents added before anything is multiplied out."""
    if not factors:
        return form.scaled(value)
    terms: dict[Monomial, fmpq] = {}
    for monomial, times in form.terms.items():
        new, bounds = apart(monomial)
        for factor, power in factors.items():
            new[factor] = new.get(factor, 0) + power
        accumulate(terms, times * value, new, bounds)
    return capped(terms)


def divided(form: Form, by: Form) -> Form | None:
    """The quotient of two polynomials without sums where the division goes up, else None."""
    if any(bounds for _, bounds in (*form.terms, *by.terms)):
        return None
    order = sorted({factor.text for factors, _ in (*form.terms, *by.terms) for factor, _ in factors})

    def rank(monomial: Monomial) -> tuple[Exponent, ...]:
        powers = {factor.text: power for factor, power in monomial[0]}
        return tuple(powers.get(text, 0) for text in order)

    lead = max(by.terms, key=rank)
    under = {factor: -power for factor, power in lead[0]}
    quotient = ZERO
    for _ in range(60):
        if not form.terms:
            return quotient
        top = max(form.terms, key=rank)
        part = multiplied(Form({top: form.terms[top] / by.terms[lead]}), fmpq(1), under)
        if len(part.terms) != 1 or any(power < 0 for factor, power in next(iter(part.terms))[0]):
            return None
        quotient, form = quotient + part, form - part * by
    return None


def substituted(form: Form, new: Mapping[str, Position]) -> Form:
    """The form with free index letters replaced by positions, everything simplified again."""
    return form if form.letters.isdisjoint(new) else Rebuilding(None, new).form(form)


def substituted_factors(factors: Mapping[Kernel, Exponent], new: Mapping[str, Position]) -> Form:
    """The product of factors with index letters replaced."""
    return Rebuilding(None, new).product(factors)


REPLACE.append(substituted_factors)

Change: TypeAlias = Callable[[Kernel], "Form | None"]


def rebuilt(form: Form, change: Change) -> Form:
    """The form with kernels changed (`change` gives a form or None) at any depth."""
    return Rebuilding(change, {}).form(form)


class Rebuilding:
    """Forms with kernels changed and index letters replaced, at any depth, each kernel once."""

    __slots__ = ("change", "known", "new")

    def __init__(self, change: Change | None, new: Mapping[str, Position]) -> None:
        self.change = change
        self.new = new
        self.known: dict[Kernel, Form | None] = {}

    def form(self, form: Form) -> Form:
        """The form built again; the same form where no kernel changes."""
        if self.change is None and form.letters.isdisjoint(self.new):
            return form
        terms: dict[Monomial, fmpq] = {}
        same = True
        for monomial, value in form.terms.items():
            factors, bounds = apart(monomial)
            if all(self.kernel(factor) is None for factor in factors):
                put_monomial(terms, monomial, value)
                continue
            same = False
            for inner, times in self.product(factors).terms.items():
                more, below = apart(inner)
                accumulate(terms, value * times, more, {**bounds, **below})
        return form if same else capped(terms)

    def product(self, factors: Mapping[Kernel, Exponent]) -> Form:
        """The product of the factors, each built again."""
        result, plain = ONE, dict[Kernel, Exponent]()
        for factor, power in factors.items():
            found = self.kernel(factor)
            if found is None:
                plain[factor] = plain.get(factor, 0) + power
                continue
            single = found.single
            if single is not None and single[1] == 1 and len(single[0]) == 1 and next(iter(single[0].values())) == 1:
                only = next(iter(single[0]))
                plain[only] = plain.get(only, 0) + power
            else:
                result = result * raised(found, power)
        return result * collected(fmpq(1), plain, {}) if plain else result

    def kernel(self, factor: Kernel) -> Form | None:
        """A kernel changed itself, or in its arguments; None where it stays."""
        if factor not in self.known:
            self.known[factor] = self._found(factor)
        return self.known[factor]

    def _found(self, factor: Kernel) -> Form | None:
        if self.change is None and factor.letters.isdisjoint(self.new):
            return None
        changed = self.change(factor) if self.change is not None else None
        if changed is not None:
            return changed
        args = tuple(
            self.form(arg) if type(arg) is Form else self.new.get(arg, arg) if type(arg) is str else arg
            for arg in factor.args
        )
        if all(map(is_, args, factor.args)):
            return None
        rebuild = REBUILD.get(factor.head)
        if rebuild is not None:
            return rebuild(factor, args)
        return alone(kernel(factor.head, factor.data, args, factor.label))


#: Powers of a form, filled by `kernels`.
RAISE: list[Callable[[Form, Exponent], Form]] = []


def raised(form: Form, power: Exponent) -> Form:
    """A form to a rational power."""
    return RAISE[0](form, power)


def sum_over(form: Form, letter: str, limits: Range) -> Form:
    """Σ over a free letter of a form; a short sum between numbers is written out."""
    low, high = limits.low.number, limits.high.number
    if low is not None and high is not None and low.q == high.q == 1 and high - low < WRITTEN:
        return total(substituted(form, {letter: place}) for place in range(int(low.p), int(high.p) + 1))
    terms: dict[Monomial, fmpq] = {}
    for monomial, value in form.terms.items():
        factors, bounds = apart(monomial)
        new = fresh()
        renamed = {factor_renamed(factor, {letter: new}): power for factor, power in factors.items()}
        accumulate(terms, value, renamed, {**bounds, new: limits})
    return capped(terms)


def total(forms: Iterable[Form]) -> Form:
    """The sum of forms."""
    terms: dict[Monomial, fmpq] = {}
    for form in forms:
        for monomial, value in form.terms.items():
            put_monomial(terms, monomial, value)
    return capped(terms)
