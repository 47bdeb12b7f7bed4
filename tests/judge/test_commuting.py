"""What is proved of undeclared letters as numbers, and need not hold for arrays."""

from __future__ import annotations

import pytest

from symderiv.judge.commuting import as_arrays, looks_like_an_array, numbers, put
from symderiv.reading import environment, read_expression
from symderiv.term.build import mul, name, of, partial, size
from symderiv.term.shapes import shape

from .marked import judged, shown

DERIVATIONS = {
    "the order of two matrices": r"""stated | y = ABx
        ok      | \frac{\partial y}{\partial x} = AB
        unknown | \frac{\partial y}{\partial x} = BA
        wrong   | \frac{\partial y}{\partial x} = 2AB""",
    "through an intermediate value": r"""stated | y = A z, \quad z = B x
        ok      | \frac{\partial y}{\partial x} = \frac{\partial y}{\partial z} \frac{\partial z}{\partial x} = A B
        unknown | \frac{\partial y}{\partial x} = B A""",
    "powers and inverses": r"""unknown | (A+B)^2 = A^2 + 2AB + B^2
        ok      | (A+B)^2 = A^2 + AB + BA + B^2
        unknown | (AB)^{-1} = A^{-1} B^{-1}
        ok      | (AB)^{-1} = B^{-1} A^{-1}
        ok      | A(B + 1) = AB + A""",
    "bold letters": r"""stated | y = \mathbf{A}\mathbf{B}\mathbf{x}
        ok      | \frac{\partial y}{\partial \mathbf{x}} = \mathbf{A}\mathbf{B}
        unknown | \frac{\partial y}{\partial \mathbf{x}} = \mathbf{B}\mathbf{A}""",
    "two layers": r"""stated | h = \tanh(W_1 x), \quad y = W_2 h
        unknown | \frac{dy}{dx} = W_1 W_2 (1 - h^2)""",
    "an upstream gradient": r"""stated | Z = W X
        unknown | \frac{\partial L}{\partial W} = \frac{\partial L}{\partial Z} X""",
    "one capital has nothing to commute with": r"""stated | h = \tanh(W x)
        ok | \frac{dh}{dx} = W (1 - \tanh^2(W x))""",
    "a capital in a norm is none of the numbers": r"""stated | J = \|Xw - y\|^2 + \lambda \|w\|^2
        unknown | \nabla_w J = 2X(Xw - y) + 2\lambda w""",
    "a matrix twice in a norm": r"""stated | g = \|Ax\|^2
        unknown | \nabla_x g = 2 A A x""",
    "products entry by entry are of arrays": r"""stated | z = Wx + b, \quad a = \sigma(z)
        stated | L = \|a - y\|^2
        unknown | \frac{\partial L}{\partial W} = 2 (a - y) \odot \sigma'(z) x""",
    "what follows from an equation between matrices": r"""stated | A X B = C
        ok      | X = A^{-1} C B^{-1}
        unknown | X = A^{-1} B^{-1} C""",
    "what follows from an equation between numbers": "stated | P V = N R\nok | P = \\frac{N R}{V}",
    "the normal equations of letters that nobody declared": r"""stated | L = \frac12 (Xw - y)^\top (Xw - y)
        unknown | \frac{\partial L}{\partial w} = X^\top (Xw - y) = 0
        unknown | w = (X X^\top)^{-1} X^\top y""",
    "letters under a logarithm and in denominators are numbers": r"""stated | E = -Y\log(P) - (1-Y)\log(1-P)
        ok | \frac{\partial E}{\partial P} = \frac{P - Y}{P(1-P)}
        ok | P Y \frac{1}{Y} = P""",
    "letters with exponents are numbers": r"""stated | Y = A K^\alpha L^{1-\alpha}
        ok | \frac{\partial Y}{\partial L} = (1-\alpha) K^\alpha L^{-\alpha} A""",
    "amplitudes": r"""stated | y = A \sin(\omega t) + B \cos(\omega t)
        ok | \frac{dy}{dt} = A\omega \cos(\omega t) - B \omega\sin(\omega t)""",
    "capitals of physics": r"""stated | V = \pi R^2 H
        ok | \frac{\partial V}{\partial R} = 2\pi R H
        ok | \frac{\partial V}{\partial H} = \pi R^2""",
    "small letters are numbers": r"""stated | L = (y - wx)^2
        ok | \frac{\partial L}{\partial w} = -2x(y - wx)
        ok | \frac{\partial L}{\partial x} = -2w(y - wx)""",
}


@pytest.mark.parametrize("label", DERIVATIONS)
def test_what_holds_for_numbers_only_is_not_decided(label: str) -> None:
    report, expected = judged(DERIVATIONS[label])
    assert [line.verdict for line in report.lines] == expected, shown(report)


def test_the_letters_to_declare_are_named() -> None:
    report, _ = judged("stated | y = ABx\nunknown | \\frac{\\partial y}{\\partial x} = BA")
    assert report.lines[1].missing == ("A", "B")
    assert report.lines[1].say == "This holds for numbers, and need not hold for vectors or matrices. Declare A, B."


def test_declared_numbers_commute() -> None:
    report, expected = judged("ok | (A+B)^2 = A^2 + 2AB + B^2", [r"A, B \in \mathbb{R}"])
    assert [line.verdict for line in report.lines] == expected, shown(report)


LETTERS = {
    "A": True, r"\Sigma": True, "W_1": True, r"\hat{X}": True, r"\mathbf{x}": True, r"\boldsymbol{\mu}": True,
    r"\mathcal{L}": False, "x": False, r"\theta": False, r"\hat{y}": False,
}  # fmt: skip


@pytest.mark.parametrize("letter", LETTERS)
def test_capitals_and_bold_letters_look_like_arrays(letter: str) -> None:
    assert looks_like_an_array(read_expression(letter, environment([]))) is LETTERS[letter]


USED = {
    r"\frac{A}{B}": "B", r"\sqrt{A} B": "A", "A^x B": "A x", "e^{A} B": "A", r"\log(A B)": "A B",
    r"\tanh(A B)": "", r"\log \|A\|": "", r"\mathbf{A} \log \mathbf{B}": "", "A^2 B^{-1}": "",
}  # fmt: skip


@pytest.mark.parametrize("formula", USED)
def test_letters_that_are_used_as_numbers(formula: str) -> None:
    found = {letter.data.name.latex for letter in numbers([read_expression(formula, environment([]))])}
    assert found == set(USED[formula].split()), formula


def test_what_letters_may_be() -> None:
    A, B, x = name("A"), name("B"), name("x")
    line = partial(mul(A, B, x), x)
    ways = [
        {letter.data.name.base: len(array.data.shape) for letter, array in way.items()} for way in as_arrays([A, B], [line])
    ]
    assert ways == [{"A": 2, "B": 2}, {"A": 2, "B": 2, "x": 1}]


def test_a_number_beside_a_matrix_is_a_multiple_of_the_identity() -> None:
    A, B, n = name("A"), name("B"), size("n")
    matrix = name("A", n, n)
    assert put(A + B, {A: matrix}) == matrix + mul(B, of("identity", n))
    assert shape(put(A + 1, {A: matrix})) == (n, n)
