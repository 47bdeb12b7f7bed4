"""The letters that the tests of judging write their formulas in."""

from __future__ import annotations

from symderiv.term.build import apply, function, index, name, of, size
from symderiv.term.kinds import Term

x, y, z, a, b, c = (name(letter) for letter in "xyzabc")
m, n = size("m"), size("n")
i, j, k = (index(letter) for letter in "ijk")
v, w, u = name("v", n), name("w", n), name("u", m)
A, B, X = name("A", n, n), name("B", n, n), name("X", n, n)
W = name("W", m, n)
f, g = function("f"), function("g")


def call(text: str, *arguments: Term) -> Term:
    """A known function by name."""
    return apply(function(text, known=True), *arguments)


def T(term: Term) -> Term:
    return of("transpose", term)


def inv(term: Term) -> Term:
    return of("inverse", term)
