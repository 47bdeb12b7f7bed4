"""Which letters carry labels above them, as the whole document tells."""

from __future__ import annotations

import pytest

from symderiv.reading.labelling import labelled_letters

LABELLED: dict[tuple[str, ...], set[str]] = {
    (r"m^t = \beta m^{t-1} + x^2", r"g^1 = 1 - \beta^t"): {"m", "g"},
    (r"z^2 = w a^1", r"a^2 = f(z^2)"): {"a"},
    (r"y = x^2", r"y' = 2 x^1"): set(),
    (r"y = x^2 + x", r"y' = 2 x^1 + 1"): set(),
    (r"\sigma^2 = v", r"y = \sigma(x)"): {r"\sigma"},
    (r"\sigma^2 = v", r"y = x / \sigma"): set(),
    (r"\sigma' = \sigma - \sigma^2", r"y = \sigma(x)"): set(),
}


@pytest.mark.parametrize("lines", LABELLED)
def test_which_letters_are_labelled(lines: tuple[str, ...]) -> None:
    assert labelled_letters(lines) == LABELLED[lines]
