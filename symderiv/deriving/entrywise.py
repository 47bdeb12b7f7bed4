"""Functions that act on each entry of an array: `d f(Z) = f'(Z) ⊙ dZ`, with f' from the line for one number."""

from __future__ import annotations

from functools import lru_cache

from symderiv.deriving.arrays import hadamard, sizes
from symderiv.deriving.derivation import Move
from symderiv.deriving.neat import REMEMBERED, neat, value_of
from symderiv.errors import SymderivError
from symderiv.rules.book import derivative_rules
from symderiv.term.build import ONE, ZERO, apply, cases, differential, meaning_of, name, partial, prime
from symderiv.term.kinds import Term
from symderiv.term.places import rebuilt, with_args
from symderiv.term.shapes import WHOLE

_t = name("t")


@lru_cache(maxsize=REMEMBERED)
def differential_of_function(body: Term, primes: frozenset[str]) -> Move | None:
    """The law for the differential of a function of each entry, or None where the body is none."""
    if body.kind not in ("apply", "power", "root", "fraction") or not sizes(body):
        return None
    if body.kind == "power" and len(sizes(body)) == 2:
        return None
    spots = [spot for spot, arg in enumerate(body.args) if arg.kind != "function" and sizes(arg)]
    if len(spots) != 1:
        return None
    array = body.args[spots[0]]
    slope = _slope(with_args(body, tuple(_t if spot == spots[0] else arg for spot, arg in enumerate(body.args))), primes)
    if slope is None:
        return None

    def rewrite(term: Term) -> Term | None:
        if term.kind != "differential" or term.args[0] is not body:
            return None
        return hadamard(on_entries(slope, array), differential(array, term.args[1]))

    return Move(
        "function of each entry", rewrite, say="each entry by the line for one number",
        source="Magnus and Neudecker, Matrix Differential Calculus, 8.2",
    )  # fmt: skip


def _slope(value: Term, primes: frozenset[str]) -> Term | None:
    """The derivative in t of a function of one number, by one line of the book; None where that line has cases."""
    fn = value.args[0]
    if value.kind == "apply" and fn.kind == "function":
        meaning = meaning_of(fn)
        if meaning in WHOLE and len(value.args) == 2:
            return None
        if not meaning or meaning in primes:
            return apply(prime(fn), *value.args[1:])
    if value.kind == "apply" and fn.kind == "prime":
        return apply(prime(fn), *value.args[1:])
    start = partial(value, _t)
    for rule in derivative_rules(value, primes):
        found = rule.apply(start)
        if found is not None:
            slope = neat(rebuilt(found, _carried_out))
            return _indicator(slope)
    return None


def _carried_out(node: Term, args: tuple[Term, ...]) -> Term:
    """The inner derivative is that of t itself, or of a number."""
    if node.kind == "partial":
        return ONE if args[0] is _t else ZERO
    return with_args(node, args) if args else node


def _indicator(slope: Term) -> Term | None:
    """`{1 if t > 0; 0 if t < 0}` as the indicator of t > 0; other cases stay with the route by entries."""
    if not any(part.kind == "cases" for part in (slope, *slope.args)):
        return slope
    if slope.kind != "cases" or len(slope.args) != 4:
        return None
    pairs = {slope.args[0]: slope.args[1], slope.args[2]: slope.args[3]}
    return cases(ONE, pairs[ONE], ZERO) if set(pairs) == {ONE, ZERO} else None


def _entrywise_power(array: Term, exponent: Term) -> Term:
    """The power of each entry of a matrix, which is not its power as a matrix."""
    number = value_of(exponent)
    if number is None or number != int(number) or not 1 < number < 7:
        raise SymderivError("no-form", f"the power {exponent} of each entry of a matrix has no sign; use route “entries”.")
    return hadamard(*[array] * int(number))


def on_entries(slope: Term, array: Term) -> Term:
    """A formula in t taken at each entry of an array: products of arrays are entrywise.

    >>> from symderiv.term.build import size
    >>> z = name("z", size("n"))
    >>> on_entries(_t * (1 - _t), z)
    hadamard(z, sum(1, minus(z)))
    """

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node is _t:
            return array
        if node.kind == "product" and sum(1 for arg in args if sizes(arg)) > 1:
            return hadamard(*args)
        if node.kind == "power" and len(sizes(args[0])) == 2:
            return _entrywise_power(args[0], args[1])
        return with_args(node, args) if args else node

    return rebuilt(slope, change, into_names=False)
