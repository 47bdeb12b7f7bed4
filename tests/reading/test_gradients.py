"""Gradients of an unknown function, written without its argument."""

from __future__ import annotations

import pytest

from symderiv.reading import environment, read_expression
from symderiv.term.build import apply, entry, index, of, prime

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
