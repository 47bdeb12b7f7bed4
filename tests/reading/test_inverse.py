"""Printer and reader are inverse: a term written with every bracket is read back as the same object."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.reading import environment, read_expression
from symderiv.term.build import (
    add,
    apply,
    bigsum,
    cases,
    delta,
    entry,
    fraction,
    function,
    index,
    minus,
    mul,
    name,
    norm,
    num,
    of,
    partial,
    power,
    prime,
    relation,
    root,
    size,
)
from symderiv.term.kinds import Term
from symderiv.term.names import Name

n = size("n")
ENV = environment([r"x, y, \hat{z}, w_1 \in \mathbb{R}", r"u, v \in \mathbb{R}^n", r"A, B \in \mathbb{R}^{n \times n}"])
SCALARS = [name("x"), name("y"), name(Name("z", accent="hat")), name(Name("w", sub="1"))]
COLUMNS, SQUARES = [name("u", n), name("v", n)], [name("A", n, n), name("B", n, n)]
LETTERS = [index(letter) for letter in "ijk"]
KNOWN = [function(which, known=True) for which in ("sin", "exp", "log", "tanh", "sigma", "abs")]
FUNCTIONS = [*KNOWN, function("f"), prime(function("g")), prime(KNOWN[4])]

FUNCTION_LATEX = {"sigma": r"\sigma", "f": "f", "g": "g", "abs": r"\operatorname{abs}"}


def bracketed(term: Term) -> str:
    return f"\\left({latex(term)}\\right)"


def grouped(term: Term) -> str:
    return f"{{{latex(term)}}}"


def latex(term: Term) -> str:
    """The term in LaTeX, every part in brackets: nothing is left to precedence."""
    return WRITE.get(term.kind, _call)(term)


def _call(term: Term) -> str:
    return rf"\operatorname{{{'tr' if term.kind == 'trace' else term.kind}}}" + bracketed(term.args[0])


def _sum(term: Term) -> str:
    text = ""
    for arg in term.args:
        text += f"-{bracketed(arg.args[0])}" if arg.kind == "minus" else ("+" * bool(text) + bracketed(arg))
    return text


def _apply(term: Term) -> str:
    fn, primes = term.args[0], ""
    while fn.kind == "prime":
        fn, primes = fn.args[0], primes + "'"
    base = fn.data.name.base
    written = FUNCTION_LATEX.get(base, "\\" + base)
    return written + primes + "(" + ",".join(latex(arg) for arg in term.args[1:]) + ")"


def _big(term: Term) -> str:
    body, letter, *limits = term.args
    low = f"{letter.data.latex}={latex(limits[0])}" if limits else letter.data.latex
    return rf"\sum_{{{low}}}" + (f"^{grouped(limits[1])}" if limits else "") + bracketed(body)


def _cases(term: Term) -> str:
    value, condition, other = (latex(arg) for arg in term.args)
    return rf"\begin{{cases}}{value},&{condition}\\{other},&\text{{otherwise}}\end{{cases}}"


SIGNS = {"≤": r"\le", "≠": r"\ne", "=": "=", "<": "<"}
WRITE: dict[str, Callable[[Term], str]] = {
    "number": lambda t: t.data[1] or str(t.data[0]),
    "name": lambda t: t.data.name.latex,
    "index": lambda t: t.data.latex,
    "sum": _sum,
    "minus": lambda t: "-" + bracketed(t.args[0]),
    "product": lambda t: "".join(map(bracketed, t.args)),
    "fraction": lambda t: r"\frac" + grouped(t.args[0]) + grouped(t.args[1]),
    "power": lambda t: bracketed(t.args[0]) + "^" + grouped(t.args[1]),
    "root": lambda t: r"\sqrt" + grouped(t.args[0]),
    "apply": _apply,
    "entry": lambda t: bracketed(t.args[0]) + "_{" + ",".join(latex(arg) for arg in t.args[1:]) + "}",
    "delta": lambda t: r"\delta_{" + "".join(latex(arg) for arg in t.args) + "}",
    "bigsum": _big,
    "transpose": lambda t: bracketed(t.args[0]) + r"^\top",
    "inverse": lambda t: bracketed(t.args[0]) + "^{-1}",
    "hadamard": lambda t: r" \odot ".join(map(bracketed, t.args)),
    "kron": lambda t: r" \otimes ".join(map(bracketed, t.args)),
    "norm": lambda t: r"\lVert " + latex(t.args[0]) + r" \rVert_" + t.data,
    "partial": lambda t: r"\frac{\partial " + bracketed(t.args[0]) + r"}{\partial " + latex(t.args[1]) + "}",
    "cases": _cases,
    "relation": lambda t: bracketed(t.args[0]) + SIGNS[t.data[0]] + bracketed(t.args[1]),
    "identity": lambda t: "I_" + grouped(t.args[0]),
    "ones": lambda t: r"\mathbf{1}_" + grouped(t.args[0]),
}

numbers = st.one_of(st.integers(0, 99).map(num), st.sampled_from(["0.5", "0.50", "12.25"]).map(num))
letters = st.sampled_from(LETTERS)
variables = st.one_of(st.sampled_from(SCALARS), st.builds(entry, st.sampled_from(COLUMNS), letters))


@st.composite
def arrays(draw: st.DrawFn, depth: int, square: bool) -> Term:
    leaves = [*SQUARES, of("identity", n)] if square else [*COLUMNS, of("ones", n)]
    if depth == 0:
        return draw(st.sampled_from(leaves))
    inner, other = draw(arrays(depth - 1, square)), draw(arrays(depth - 1, square))
    matrix = draw(arrays(depth - 1, True))
    some = [
        add(inner, minus(other)),
        of("hadamard", inner, other),
        mul(matrix, inner),
        mul(draw(scalars(depth - 1)), inner),
        fraction(inner, draw(scalars(depth - 1))),
        apply(draw(st.sampled_from(KNOWN)), inner),
    ]
    if square:
        column = draw(arrays(depth - 1, False))
        some += [of("transpose", inner), of("inverse", inner), of("diag", column), power(inner, num(2))]
    return draw(st.sampled_from(some))


@st.composite
def scalars(draw: st.DrawFn, depth: int) -> Term:
    if depth == 0:
        return draw(st.one_of(numbers, variables))
    a, b = draw(scalars(depth - 1)), draw(scalars(depth - 1))
    column, matrix = draw(arrays(depth - 1, False)), draw(arrays(depth - 1, True))
    i, j = draw(letters), draw(letters)
    some = [
        add(a, b),
        add(a, minus(b), a),
        minus(a),
        mul(a, b),
        mul(a, b, a),
        fraction(a, b),
        power(a, b),
        root(a),
        apply(draw(st.sampled_from(FUNCTIONS)), a),
        delta(i, j),
        bigsum(mul(entry(COLUMNS[0], i), a), i),
        bigsum(mul(entry(COLUMNS[1], j), a), j, num(1), n),
        of("trace", matrix),
        of("det", matrix),
        norm(column),
        norm(matrix, "F"),
        mul(of("transpose", column), column),
        partial(a, draw(variables)),
        cases(a, relation(draw(st.sampled_from(sorted(SIGNS))), a, b), b),
    ]
    if matrix.kind != "entry":
        some.append(entry(matrix, i, j))
    return draw(st.sampled_from(some))


TERMS = st.one_of(scalars(2), arrays(2, False), arrays(2, True))


def read_back(term: Term) -> None:
    source = latex(term)
    read = read_expression(source, ENV)
    assert read is term, f"{term}\nwas written  {source}\nand read as  {read}"


@settings(max_examples=400, deadline=None, derandomize=True)
@given(TERMS)
def test_what_is_written_is_read_back(term: Term) -> None:
    read_back(term)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None, derandomize=True)
@given(TERMS)
def test_five_thousand_terms_are_read_back(term: Term) -> None:
    read_back(term)
