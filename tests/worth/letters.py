"""The letters that the tests of worth write their formulas in."""

from __future__ import annotations

from symderiv.term.build import apply, function, index, name, of, size
from symderiv.term.kinds import Term

x, y, z, a, b, c, p = (name(letter) for letter in "xyzabcp")
n, m = size("n"), size("m")
A, B, C = name("A", m, n), name("B", n, n), name("C", n, n)
v, w, u = name("v", n), name("w", n), name("u", m)
i, j, k, q = index("i"), index("j"), index("k"), index("q")
f, g = function("f"), function("g")


def call(text: str, *arguments: Term) -> Term:
    """A known function by name."""
    return apply(function(text, known=True), *arguments)


def sin(t: Term) -> Term:
    return call("sin", t)


def cos(t: Term) -> Term:
    return call("cos", t)


def log(t: Term) -> Term:
    return call("log", t)


def exp(t: Term) -> Term:
    return call("exp", t)


def sigma(t: Term) -> Term:
    return call("sigma", t)


def T(t: Term) -> Term:
    return of("transpose", t)


def inv(t: Term) -> Term:
    return of("inverse", t)
