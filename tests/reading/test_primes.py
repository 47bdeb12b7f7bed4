"""What a prime means behind a name that has a formula: the derivative, at the argument in brackets if one follows."""

from __future__ import annotations

import pytest

import symderiv as sd

# What is defined, a claim with a prime, and its verdict.
CLAIMS = [
    (("f = x^3",), "f'(x) = 3x^2", "ok"),
    (("f = x^3",), "f'(x) = 3x^3", "wrong"),
    (("f = x^3",), "f''(x) = 6x", "ok"),
    (("f = x^3",), "f'(2) = 12", "ok"),
    (("f = x^3",), "f'(2) = 24", "wrong"),
    (("f = a x^2",), "f'(x) = 2ax", "ok"),
    (("f = a x^2",), "f'(a) = x^2", "ok"),
    (("f = x^3",), "f'(x + 1) = 3x^2(x + 1)", "ok"),
    ((r"\ell = n \log\lambda - \lambda \sum_{i=1}^n x_i",), r"\ell'(\lambda) = \frac{n}{\lambda} - \sum_{i=1}^n x_i", "ok"),
    (("f(x) = x^2 e^{-x}",), "f' = (2x - x^2) e^{-x}", "ok"),
    (("f(x) = x^2 e^{-x}",), "f' = 2x e^{-x}", "wrong"),
    (("f(x) = x^2", "g(x) = x^3"), "(fg)' = f' g + f g'", "ok"),
    (("f(x) = x^2", "g(x) = x^3"), "(fg)' = f' g'", "wrong"),
    ((r"z = 1.3", r"\sigma(z) = \frac{1}{1 + e^{-1.3}} = 0.786"), r"\sigma'(z) = 0.786 (1 - 0.786) = 0.168", "ok"),
    ((r"z = 1.3", r"\sigma(z) = \frac{1}{1 + e^{-1.3}} = 0.786"), r"\sigma'(z) = 0.786 (1 - 0.786) = 0.186", "wrong"),
]


@pytest.mark.parametrize(("above", "line", "verdict"), CLAIMS, ids=[line for _, line, _ in CLAIMS])
def test_a_prime_behind_a_name(above: tuple[str, ...], line: str, verdict: str) -> None:
    assert sd.check([*above, line]).lines[-1].verdict == verdict


def test_a_known_function_of_a_known_value_is_not_defined() -> None:
    assert sd.check(["z = 1.3", r"\sigma(z) = 0.768"]).lines[-1].verdict == "wrong"


def test_a_transposed_name_before_a_bracket_is_a_factor() -> None:
    given = [r"x, a \in \mathbb{R}^n", "' denotes the transpose"]
    assert sd.check(["u = x + a", "u'(x) = x'x + a'x"], given=given).lines[-1].verdict == "ok"
