"""Sums of arrays written shorter: like terms are added, and what ends or begins every term stands once."""

from __future__ import annotations

from fractions import Fraction

from symderiv.deriving.derivation import Move
from symderiv.deriving.neat import neat, numeral, value_of
from symderiv.term.build import add, minus, mul
from symderiv.term.kinds import Term
from symderiv.term.shapes import shape

Factors = tuple[Term, ...]


def _parts(term: Term) -> tuple[Fraction, Factors]:
    """The number in front of an array, and its other factors in order."""
    size = Fraction(1)
    while term.kind == "minus":
        size, term = -size, term.args[0]
    factors = term.args if term.kind == "product" else (term,)
    number = value_of(factors[0])
    return (size, factors) if number is None else (size * number, factors[1:])


def _written(size: Fraction, factors: Factors) -> Term:
    term = mul(*factors) if abs(size) == 1 and factors else mul(numeral(abs(size)), *factors)
    return minus(term) if size < 0 else term


def added(term: Term) -> Term | None:
    """Arrays that differ in a number only, added; None if there are none.

    >>> from symderiv.term.build import name, size
    >>> A, x = name("A", size("m"), size("n")), name("x", size("n"))
    >>> added(add(mul(A, x), mul(A, x)))
    product(2, A, x)
    """
    if term.kind != "sum":
        return None
    sizes: dict[Factors, Fraction] = {}
    for arg in term.args:
        size, factors = _parts(arg)
        sizes[factors] = sizes.get(factors, Fraction(0)) + size
    if len(sizes) == len(term.args) or not any(sizes.values()):
        return None
    return neat(add(*[_written(size, factors) for factors, size in sizes.items() if size]))


def factored(term: Term) -> Term | None:
    """A sum of products that end in the same array, or begin with it, as one product; None if they do not.

    >>> from symderiv.term.build import name, of, size
    >>> Q, x = name("Q", size("n"), size("n")), name("x", size("n"))
    >>> factored(add(mul(Q, x), mul(of("transpose", Q), x)))
    product(sum(Q, transpose(Q)), x)
    """
    if term.kind != "sum":
        return None
    parts = [_parts(arg) for arg in term.args]
    if any(len(factors) < 2 for _, factors in parts):
        return None
    for end, rest in ((-1, slice(None, -1)), (0, slice(1, None))):
        shared = parts[0][1][end]
        others = [_written(size, factors[rest]) for size, factors in parts]
        same = all(factors[end] is shared for _, factors in parts) and len({shape(other) for other in others}) == 1
        if same and shape(shared) != ():
            bracket = add(*others)
            return neat(mul(bracket, shared) if end else mul(shared, bracket))
    return None


_COOKBOOK = "Petersen and Pedersen, The Matrix Cookbook, 2"
like_arrays = Move("like terms", added, say="terms that differ in a number only are added", source=_COOKBOOK)
common_array = Move("common factor", factored, say="an array at the end of every term is written once", source=_COOKBOOK)
