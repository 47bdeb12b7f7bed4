"""Gradients of an unknown function, written without its argument."""

from __future__ import annotations

import pytest

from symderiv.errors import SymderivError
from symderiv.reading import environment, read_expression
from symderiv.term.build import apply, entry, index, of, prime
from symderiv.worth.compare import compare

KNOWN = environment([r"f \colon \mathbb{R}^m \to \mathbb{R}", r"z \in \mathbb{R}^m", r"w = \sigma(z)", "i is an index"])
w, z, f = (read_expression(text, KNOWN) for text in ("w", "z", "f(w)"))
slope = apply(prime(f.args[0]), w)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\nabla_w f", slope),
        (r"\nabla_w f \odot z", of("hadamard", slope, z)),
        (r"z \odot \nabla_w f", of("hadamard", z, slope)),
        (r"(\nabla_w f)_i", entry(slope, index("i"))),
        (r"(\nabla_w f)^\top", of("transpose", slope)),
    ],
)
def test_the_gradient_of_a_function_at_the_variable(source: str, expected: object) -> None:
    assert read_expression(source, KNOWN) is expected


PLANE = environment([r"g \colon \mathbb{R} \times \mathbb{R} \to \mathbb{R}", "x > 0", "y > 0"])


@pytest.mark.parametrize(
    ("source", "alike"),
    [
        (r"\partial_1 g(x, y)", r"\left. \frac{\partial g(u, v)}{\partial u} \right|_{u = x, v = y}"),
        (r"\partial_2 g(x^2, y)", r"\left. \frac{\partial g(u, v)}{\partial v} \right|_{u = x^2, v = y}"),
    ],
)
def test_the_derivative_in_an_argument_is_named_by_its_number(source: str, alike: str) -> None:
    ours, theirs = read_expression(source, PLANE), read_expression(alike, PLANE)
    assert compare(ours, theirs).kind in ("proved", "agrees"), f"{source}: {ours} for {theirs}"


@pytest.mark.parametrize("source", [r"\partial_3 g(x, y)", r"\partial_1 x", r"\partial_0 g(x, y)"])
def test_a_function_has_so_many_arguments(source: str) -> None:
    with pytest.raises(SymderivError, match="number of an argument"):
        read_expression(source, PLANE)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\nabla_z A z", r"\nabla_z (A z)"),
        (r"\nabla_z b z^\top z", r"\nabla_z (b z^\top z)"),
        (r"\nabla_z b y", r"(\nabla_z b) y"),
    ],
)
def test_a_gradient_reaches_as_far_as_its_variable_stands(source: str, expected: str) -> None:
    known = environment([r"z \in \mathbb{R}^m", r"A \in \mathbb{R}^{n \times m}", r"b \in \mathbb{R}", r"y \in \mathbb{R}"])
    assert read_expression(source, known) is read_expression(expected, known)
