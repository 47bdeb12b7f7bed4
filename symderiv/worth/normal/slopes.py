"""The derivative of a form: polynomials, and one line for each kernel, told by no rule of any chapter."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from symderiv.term.build import prime
from symderiv.term.kinds import Term
from symderiv.worth.normal.changing import raised, substituted, sum_over, total
from symderiv.worth.normal.forms import FREE_RANGES, ONE, ZERO, Form, Position, alone, collected, fresh
from symderiv.worth.normal.forms import apart as separated
from symderiv.worth.normal.kernel import Kernel, NotNormal, kernel
from symderiv.worth.normal.kernels import PI, inverse_entry, sine_cosine
from symderiv.worth.normal.known import FUNCTIONS, bessel
from symderiv.worth.normal.powers import exponent, inverse_of, power, ratio

#: The derivative of the entries that move: a form for an entry of the variable, None for any other kernel.
Seed: TypeAlias = Callable[[Kernel], "Form | None"]


def slope(form: Form, seed: Seed) -> Form:
    """The derivative of a form along what `seed` says of its entries."""
    known: dict[Kernel, Form] = {}
    parts = []
    for monomial, value in form.terms.items():
        factors, bounds = separated(monomial)
        for factor, to in factors.items():
            inner = known.get(factor)
            if inner is None:
                inner = known[factor] = kernel_slope(factor, seed)
            if not inner.terms:
                continue
            rest = dict(factors)
            rest[factor] = exponent(to - 1)
            product = collected(value * ratio(to), {f: p for f, p in rest.items() if p != 0}, {}) * inner
            for letter, limits in bounds.items():
                product = sum_over(product, letter, limits)
            parts.append(product)
    return total(parts)


def kernel_slope(factor: Kernel, seed: Seed) -> Form:
    """The derivative of one kernel."""
    moved = seed(factor)
    if moved is not None:
        return moved
    rule = _RULES.get(factor.head)
    if rule is None:
        return ZERO
    return rule(factor, seed)


def _through(outer: Callable[[Form], Form]) -> Callable[[Kernel, Seed], Form]:
    """A function of one form: its derivative there, times the derivative of the form."""

    def chain(factor: Kernel, seed: Seed) -> Form:
        inner = slope(factor.args[0], seed)
        return outer(factor.args[0]) * inner if inner.terms else ZERO

    return chain


def _function(factor: Kernel, seed: Seed) -> Form:
    inner = slope(factor.args[0], seed)
    if not inner.terms:
        return ZERO
    if factor.data not in _OUTER:
        raise NotNormal("slope")
    return _OUTER[factor.data](factor.args[0]) * inner


def _bessel(factor: Kernel, seed: Seed) -> Form:
    order, argument = factor.args
    if slope(order, seed).terms:
        raise NotNormal("slope")
    inner = slope(argument, seed)
    return (
        (bessel(order - ONE, argument) - bessel(order + ONE, argument)).scaled(ratio(_HALF)) * inner if inner.terms else ZERO
    )


def _pow(factor: Kernel, seed: Seed) -> Form:
    base, to = factor.args
    if slope(to, seed).terms:
        raise NotNormal("slope")
    inner = slope(base, seed)
    return to * alone(factor) * inverse_of(base) * inner if inner.terms else ZERO


def _call(factor: Kernel, seed: Seed) -> Form:
    """An unknown function: the sum over its slots, and over the entries of a slot that is an array."""
    fn, slots = factor.data
    parts = []
    for slot, letters in enumerate(slots):
        argument = factor.args[slot]
        inner = slope(argument, seed)
        if not inner.terms:
            continue
        new: dict[str, Position] = {letter: fresh() for letter in letters}
        part = called(prime(fn, slot + 1), factor, tuple(new.values())) * substituted(inner, new)
        for letter in letters:
            part = sum_over(part, str(new[letter]), FREE_RANGES[letter])
        parts.append(part)
    return total(parts)


def called(fn: Term, like: Kernel, positions: tuple[Position, ...]) -> Form:
    """The kernel of a primed function at the same arguments, with the positions that the prime adds."""
    slots = like.data[1]
    args = (*like.args, *positions)
    return alone(kernel("call", (fn, slots), args, call_label(fn)))


def call_label(fn: Term) -> str:
    """A function and its primes as text, primes in order of slots: they commute on scalars."""
    slots = []
    while fn.kind == "prime":
        slots.append(fn.data)
        fn = fn.args[0]
    signature = fn.data
    order = slots[::-1] if signature.inputs else sorted(slots)
    return f"{signature.name.latex}({len(signature.inputs)}){order}"


def _inverse(factor: Kernel, seed: Seed) -> Form:
    """d(A⁻¹)_ij = -Σ_kl (A⁻¹)_ik dA_kl (A⁻¹)_lj."""
    form, i, j = factor.args
    rows, columns = factor.data
    inner = slope(form, seed)
    if not inner.terms:
        return ZERO
    k, m = fresh(), fresh()
    middle = substituted(inner, {rows: k, columns: m})
    product = -(_inv(factor, i, k) * middle * _inv(factor, m, j))
    return sum_over(sum_over(product, k, FREE_RANGES[rows]), m, FREE_RANGES[columns])


def _inv(like: Kernel, i: Position, j: Position) -> Form:
    return inverse_entry(like.args[0], like.data, i, j)


def _det(factor: Kernel, seed: Seed) -> Form:
    """d det A = det A · Σ_kl (A⁻¹)_lk dA_kl."""
    rows, columns = factor.data
    inner = slope(factor.args[0], seed)
    if not inner.terms:
        return ZERO
    k, m = fresh(), fresh()
    product = _inv(factor, m, k) * substituted(inner, {rows: k, columns: m})
    return alone(factor) * sum_over(sum_over(product, k, FREE_RANGES[rows]), m, FREE_RANGES[columns])


_HALF = Fraction(1, 2)


_OUTER: dict[str, Callable[[Form], Form]] = {
    "arcsin": lambda u: power(ONE - u * u, -_HALF),
    "arctan": lambda u: inverse_of(ONE + u * u),
    "erf": lambda u: FUNCTIONS["exp"](-(u * u)).scaled(ratio(2)) * raised(alone(PI), -_HALF),
    "Gamma": lambda u: FUNCTIONS["Gamma"](u) * FUNCTIONS["digamma"](u),
    "digamma": lambda u: FUNCTIONS["trigamma"](u),
    "lambertw": lambda u: FUNCTIONS["lambertw"](u) * inverse_of(u * (ONE + FUNCTIONS["lambertw"](u))),
}


_RULES: dict[str, Callable[[Kernel, Seed], Form]] = {
    "exp": lambda factor, seed: alone(factor) * slope(factor.args[0], seed),
    "log": _through(inverse_of),
    "sin": _through(lambda u: sine_cosine(u)[1]),
    "cos": _through(lambda u: -sine_cosine(u)[0]),
    "poly": lambda factor, seed: slope(factor.args[0], seed),
    "fn": _function,
    "bessel": _bessel,
    "pow": _pow,
    "call": _call,
    "inv": _inverse,
    "inv=": _inverse,
    "det": _det,
}


__all__ = ["Seed", "call_label", "kernel_slope", "slope"]
