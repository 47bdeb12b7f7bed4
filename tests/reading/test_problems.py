"""A problem on one line: its left side, its formula, and the definitions behind commas."""

from __future__ import annotations

import pytest

from symderiv.errors import SymderivError
from symderiv.reading import environment, read_line, read_name, read_problem
from symderiv.term.build import ONE, add, entry, index, minus, mul, name, named, norm, num, power, relation, size
from symderiv.term.kinds import Term
from symderiv.term.names import Name

n, m = size("n"), size("m")
A, x, b = name("A", m, n), name("x", n), name("b", m)
u, v, w, s = (name(letter) for letter in "uvws")
ENV = environment([r"A \in \mathbb{R}^{m \times n}", r"x \in \mathbb{R}^n", r"b \in \mathbb{R}^m"])
r = named("r", add(mul(A, x), minus(b)))

PROBLEMS: dict[str, tuple[Name | None, Term]] = {
    r"\|Ax-b\|^2": (None, power(norm(r.args[0]), num(2))),
    r"L = \|r\|^2, \quad r = Ax - b": (Name("L"), power(norm(r), num(2))),
    r"\|r\|^2 \quad\text{where}\quad r = Ax - b.": (None, power(norm(r), num(2))),
    r"L = \|r\|^2; r = Ax - b": (Name("L"), power(norm(r), num(2))),
    r"f(u, v) = uv,\ u = 2w,\ v = w": (Name("f"), mul(named("u", mul(num(2), w)), named("v", w))),
    r"\hat y = 2h',\ h' = s": (Name("y", accent="hat"), mul(num(2), named(Name("h", primes=1), s))),
    r"dS + s,\quad dS = 2w": (None, add(named("dS", mul(num(2), w)), s)),
    r"0 < s < 1": (None, relation(("<", "<"), num(0), s, ONE)),
}


@pytest.mark.parametrize("source", PROBLEMS)
def test_a_problem_has_a_left_side_and_a_term(source: str) -> None:
    assert read_problem(source, ENV) == PROBLEMS[source]


NAMES: dict[str, Term] = {
    "s": s,
    "x": x,
    "x_j": entry(x, index("j")),
    "A_{ij}": entry(A, index("i"), index("j")),
    "z_1": name(Name("z", sub="1")),
    r"\Sigma": name("Sigma"),
}


@pytest.mark.parametrize("source", NAMES)
def test_a_variable_is_a_name_or_an_entry(source: str) -> None:
    assert read_name(source, ENV) is NAMES[source]


LINES: dict[str, list[tuple[str, str]]] = {
    r"a = x^2,\ b = a + 1": [("", "relation"), ("", "relation")],
    r"&= 2s \\": [("=", "product")],
    r"\le 3.": [("≤", "number")],
    r"z = 2s, \qquad w = s \Rightarrow u = v": [("", "relation")] * 3,
    r"s = 2 \text{ and } w = 3": [("", "relation")] * 2,
}


@pytest.mark.parametrize("source", LINES)
def test_a_line_is_several_statements(source: str) -> None:
    assert [(found.continues, found.term.kind) for found in read_line(source, ENV)] == LINES[source]


REFUSED = {
    "no definition behind the comma": ("u + v, 2w + 1", (7, 13), "name = formula"),
    "a definition by itself": ("u, u = u + v, v = u", (7, 12), "defined by itself"),
    "nothing": ("", (0, 1), "expected a formula"),
}


@pytest.mark.parametrize("label", REFUSED)
def test_refused(label: str) -> None:
    source, span, words = REFUSED[label]
    with pytest.raises(SymderivError, match=words) as caught:
        read_problem(source, ENV)
    assert caught.value.span == span


def test_a_variable_is_no_expression() -> None:
    with pytest.raises(SymderivError, match="expected a name"):
        read_name("s + 1", ENV)
