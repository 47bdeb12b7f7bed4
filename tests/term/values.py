"""A second way to what a term is worth, for tests only: exact integers over small arrays, floats for functions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from symderiv.term.build import add, bigsum, delta, entry, index, minus, mul, name, num, power, stack
from symderiv.term.kinds import Term

#: Every index runs over three positions.
THREE = num(3)
X, Y, U, V = name("x"), name("y"), name("u", THREE), name("v", THREE)
LETTERS = I_, J_, K_ = index("i"), index("j"), index("k")

FUNCTIONS = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "arctan": math.atan, "tanh": math.tanh, "sinh": math.sinh,
    "cosh": math.cosh, "exp": math.exp, "log": math.log, "abs": abs, "erf": math.erf, "max": max, "min": min,
    "sign": lambda x: (x > 0) - (x < 0), "sigma": lambda x: 1 / (1 + math.exp(-x)), "relu": lambda x: max(0.0, x),
    "softplus": lambda x: math.log1p(math.exp(x)), "arsinh": math.asinh, "Gamma": math.gamma,
    "erfc": math.erfc, "arcoth": lambda x: math.atanh(1 / x), "arsech": lambda x: math.acosh(1 / x),
    "arcsch": lambda x: math.asinh(1 / x),
}  # fmt: skip


def value(term: Term, of: Mapping[Term, Any]) -> Any:
    """The number (or the list of numbers) that a term is where `of` says what its free letters are."""
    kind, args = term.kind, term.args
    if term in of:
        return of[term]
    if kind in ("bigsum", "stack"):
        body, letter = args[:2]
        low, high = (1, 3) if kind == "stack" or len(args) == 2 else (value(arg, of) for arg in args[2:4])
        values = [value(body, {**of, letter: position}) for position in range(low, high + 1)]
        return sum(values) if kind == "bigsum" else values
    if kind == "apply":
        return FUNCTIONS[args[0].data.name.base](*(value(arg, of) for arg in args[1:]))
    if kind == "cases":
        for place in range(0, len(args) - 1, 2):
            if value(args[place + 1], of):
                return value(args[place], of)
        return value(args[-1], of)
    inner = [value(arg, of) for arg in args]
    return _PLAIN[kind](term, inner)


_PLAIN: dict[str, Any] = {
    "number": lambda t, _: t.data[0] if isinstance(t.data[0], int) else float(t.data[0]),
    "constant": lambda t, _: {"e": math.e, "pi": math.pi}[t.data],
    "sum": lambda _, a: sum(a),
    "product": lambda _, a: math.prod(a),
    "minus": lambda _, a: -a[0],
    "fraction": lambda _, a: a[0] / a[1],
    "power": lambda _, a: a[0] ** a[1],
    "root": lambda _, a: a[0] ** (1 / a[1]),
    "entry": lambda _, a: a[0][a[1] - 1] if 1 <= a[1] <= len(a[0]) else 0,
    "delta": lambda _, a: int(a[0] == a[1]),
    "named": lambda _, a: a[0],
    "relation": lambda t, a: {
        "<": a[0] < a[1], ">": a[0] > a[1], "≤": a[0] <= a[1], "≥": a[0] >= a[1],
    }[t.data[0]],
}  # fmt: skip

_leaves = st.one_of(
    st.integers(0, 4).map(num),
    st.sampled_from([X, Y]),
    st.tuples(st.sampled_from([U, V]), st.sampled_from(LETTERS)).map(lambda pair: entry(*pair)),
    st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS)).map(lambda pair: delta(*pair)),
    st.sampled_from(LETTERS),
)


def _grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    letter = st.sampled_from(LETTERS)
    return st.one_of(
        st.tuples(inner, inner).map(lambda pair: add(*pair)),
        st.tuples(inner, inner).map(lambda pair: mul(*pair)),
        inner.map(minus),
        inner.map(lambda base: power(base, num(2))),
        st.tuples(inner, letter).map(lambda pair: bigsum(*pair)),
        st.tuples(inner, letter, st.integers(1, 2)).map(lambda t: bigsum(t[0], t[1], num(t[2]), THREE)),
        st.tuples(inner, letter, letter).map(lambda t: entry(stack(t[0], t[1], THREE), t[2])),
    )


#: Random scalar terms over x, y, the vectors u, v and the index letters i, j, k, free and bound.
scalars = st.recursive(_leaves, _grown, max_leaves=8)

#: What the free letters of `scalars` are.
meanings = st.fixed_dictionaries(
    {
        **{quantity: st.integers(-3, 3) for quantity in (X, Y)},
        **{array: st.lists(st.integers(-3, 3), min_size=3, max_size=3) for array in (U, V)},
        **{letter: st.integers(1, 3) for letter in LETTERS},
    }
)
