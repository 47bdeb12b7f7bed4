"""Constructors: what goes where."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.term.build import (
    INFINITY,
    ONE,
    PI,
    TWO,
    ZERO,
    E,
    Letter,
    add,
    apply,
    bigsum,
    cases,
    delta,
    entry,
    fraction,
    function,
    index,
    literal,
    log_to,
    minus,
    mul,
    name,
    num,
    of,
    partial,
    power,
    prime,
    property_of,
    relation,
    root,
    size,
    stack,
)  # fmt: skip
from symderiv.term.names import Name

x, y, n, i = name("x"), name("y"), size("n"), index("i")


@pytest.mark.parametrize(
    ("written", "value", "text"),
    [
        (3, 3, None),
        ("3", 3, None),
        ("007", 7, "007"),
        ("0.50", Fraction(1, 2), "0.50"),
        ("2.269", Fraction(2269, 1000), "2.269"),
        ("1.0", Fraction(1), "1.0"),
    ],
)
def test_numerals_keep_how_they_are_written(written, value, text):
    assert num(written).data == (value, text)


@pytest.mark.parametrize(
    ("term", "kind", "data", "args"),
    [
        (name("x"), "name", Letter(Name("x")), ()),
        (name("A", 2, n), "name", Letter(Name("A"), (TWO, n)), ()),
        (size("n"), "name", Letter(Name("n"), (), "natural"), ()),
        (index("i"), "index", Name("i"), ()),
        (E, "constant", "e", ()),
        (PI, "constant", "pi", ()),
        (INFINITY, "constant", "infty", ()),
        (add(), "number", (0, None), ()),
        (mul(), "number", (1, None), ()),
        (add(x, y, x), "sum", None, (x, y, x)),
        (mul(x, y), "product", None, (x, y)),
        (minus(x), "minus", None, (x,)),
        (fraction(x, y), "fraction", None, (x, y)),
        (power(x, y), "power", None, (x, y)),
        (root(x), "root", None, (x, TWO)),
        (root(x, num(3)), "root", None, (x, num(3))),
        (entry(name("v", n), i), "entry", None, (name("v", n), i)),
        (delta(i, ONE), "delta", None, (i, ONE)),
        (bigsum(x, i), "bigsum", None, (x, i)),
        (bigsum(x, i, ONE, n), "bigsum", None, (x, i, ONE, n)),
        (bigsum(x, i, over="bigproduct"), "bigproduct", None, (x, i)),
        (stack(x, i, n), "stack", None, (x, i, n)),
        (of("transpose", x), "transpose", None, (x,)),
        (literal([[x, y], [y, ZERO]]), "literal", (2, 2), (x, y, y, ZERO)),
        (literal([[x], [y]]), "literal", (2, 1), (x, y)),
        (partial(x, y), "partial", "∂", (x, y)),
        (relation("<", x, y), "relation", ("<",), (x, y)),
        (relation(("<", "≤"), ZERO, x, ONE), "relation", ("<", "≤"), (ZERO, x, ONE)),
        (property_of("symmetric", x), "property", "symmetric", (x,)),
        (cases(x, relation(">", x, ZERO), y), "cases", None, (x, relation(">", x, ZERO), y)),
    ],
)
def test_what_a_constructor_makes(term, kind, data, args):
    assert (term.kind, term.data, term.args) == (kind, data, args)


def test_functions():
    f = function("f")
    assert apply(f, x, y).args == (f, x, y)
    assert prime(f).data == 1
    assert apply(prime(prime(f, 2)), x, y).args[0].args[0].data == 2
    assert log_to(num(10)).args == (num(10),)
    assert function("sin", known=True).data.known
    assert function("phi", means="sigma").data.known
    assert not f.data.known
