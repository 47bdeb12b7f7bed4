"""Lowering of functions: known ones, their primes, and unknown ones as kernels over their arguments."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from symderiv.term.kinds import Term
from symderiv.worth.normal.changing import rebuilt
from symderiv.worth.normal.forms import FREE_RANGES, ONE, Form, alone, fresh
from symderiv.worth.normal.kernel import NotNormal, Range, kernel
from symderiv.worth.normal.kernels import exp, log
from symderiv.worth.normal.known import FUNCTIONS, bessel
from symderiv.worth.normal.lowering import Letters, Lowering, Places, sizes_of, summed
from symderiv.worth.normal.powers import inverse_of, one_fraction
from symderiv.worth.normal.slopes import call_label, slope


def _apply(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    fn, args = term.args[0], term.args[1:]
    primes = 0
    inner = fn
    while inner.kind == "prime":
        inner, primes = inner.args[0], primes + 1
    if inner.kind != "function":
        raise NotNormal(inner.kind)
    if not inner.data.known:
        return _unknown(low, fn, inner, args, places, letters)
    name = inner.data.means or inner.data.name.base
    if primes:
        return _known_primed(low, inner, name, primes, args, places, letters)
    return _known(low, fn, name, args, places, letters)


def _known(low: Lowering, fn: Term, name: str, args: tuple[Term, ...], places: Places, letters: Letters) -> Form:
    if name in WHOLE and sizes_of(args[0]) and len(args) == 1:
        return WHOLE[name](low, args[0], places, letters)
    if name in ("max", "min") and len(args) >= 2:
        forms = [low.part(arg, places, letters) for arg in args]
        result = forms[0]
        for form in forms[1:]:
            apart = FUNCTIONS["abs"](result - form)
            result = (result + form + (apart if name == "max" else -apart)).scaled(fmpq(1, 2))
        return result
    if name == "besselj":
        return bessel(low.entry(fn.args[0], (), letters), low.part(args[0], places, letters))
    if len(args) != 1 or name not in FUNCTIONS:
        raise NotNormal(name)
    form = low.part(args[0], places, letters)
    if name in ("log", "ln"):
        low.needs(">", args[0], form)
        if fn.args:
            return log(form) * inverse_of(log(low.entry(fn.args[0], (), letters)))
    return FUNCTIONS[name](form)


def _known_primed(
    low: Lowering, inner: Term, name: str, primes: int, args: tuple[Term, ...], places: Places, letters: Letters
) -> Form:
    """`σ'(z)`: the function of a letter of its own differentiated, then the argument put in."""
    if len(args) != 1 or name not in FUNCTIONS or inner.args:
        raise NotNormal(name)
    dummy = kernel("dummy", None, (), "")
    form = FUNCTIONS[name](alone(dummy))
    for _ in range(primes):
        form = slope(form, lambda factor: ONE if factor is dummy else None)
    argument = low.part(args[0], places, letters)
    return rebuilt(form, lambda factor: argument if factor is dummy else None)


def _unknown(low: Lowering, fn: Term, inner: Term, args: tuple[Term, ...], places: Places, letters: Letters) -> Form:
    """An unknown function: a kernel over the forms of its arguments, those of arrays with slots for their positions."""
    inputs = inner.data.inputs
    if not inputs:
        forms = tuple(one_fraction(low.part(arg, places, letters)) for arg in args)
        return alone(kernel("call", (fn, tuple(() for _ in args)), forms, call_label(fn)))
    forms_of, slots = [], []
    for place, arg in enumerate(args):
        sizes = sizes_of(arg)
        names = tuple(f"@{low.depth}.{place}.{axis}" for axis in range(len(sizes)))
        for slot, size in zip(names, sizes, strict=True):
            FREE_RANGES[slot] = Range(ONE, low.entry(size, (), {}))
        low.depth += 1
        forms_of.append(one_fraction(low.entry(arg, names, letters)))
        low.depth -= 1
        slots.append(names)
    return alone(kernel("call", (fn, tuple(slots)), (*forms_of, *places), call_label(fn)))


def _exponentials(low: Lowering, term: Term, letters: Letters) -> Form:
    """Σ_k e^{x_k}."""
    letter = fresh()
    sizes = sizes_of(term)
    if len(sizes) != 1:
        raise NotNormal("shape")
    return summed(low, exp(low.entry(term, (letter,), letters)), letter, sizes[0])


def _softmax(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return exp(low.entry(term, places, letters)) * inverse_of(_exponentials(low, term, letters))


def _logsoftmax(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return low.entry(term, places, letters) - log(_exponentials(low, term, letters))


WHOLE: dict[str, Callable[[Lowering, Term, Places, Letters], Form]] = {
    "softmax": _softmax,
    "logsoftmax": _logsoftmax,
    "logsumexp": lambda low, term, places, letters: log(_exponentials(low, term, letters)),
}


APPLIED: dict[str, Callable[[Lowering, Term, Places, Letters], Form]] = {
    "apply": _apply,
}
