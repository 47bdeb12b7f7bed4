"""Tokens: one spelling for many ways to write a sign, and spans that point into the source."""

import pytest

from symderiv.errors import SymderivError
from symderiv.reading.tokens import MAX_CHARACTERS, tokens

SAME = {
    "fractions": (r"\tfrac{a}{b}", r"\dfrac{a}{b}"),
    "sized brackets": (r"\left(x\right)", "(x)"),
    "big brackets": (r"\Big[ x \Big]", "[x]"),
    "Greek letters": ("αβσ", r"\alpha\beta\sigma"),
    "signs in Unicode": ("a·b − c × d ≤ 2", r"a\cdot b - c\times d\le 2"),
    "raised digits": ("x²", "x^{2}"),
    "raised minus one": ("A⁻¹", "A^{-1}"),
    "raised transpose": ("xᵀ", "x^{T}"),
    "lowered digits": ("x₁₂", "x_{12}"),
    "upright d": (r"\mathrm{d}x", "dx"),
    "a function in words": (r"\operatorname{tr}(A)", r"\mathrm{tr}(A)"),
    "a function without backslash": (r"\exp(x)", r"\operatorname{exp}(x)"),
    "braces around a letter": ("{x}_{i}", "x_i"),
    "transposes": (r"x^\top", r"x^\intercal"),
    "an accent without braces": (r"\hat y", r"\hat{y}"),
    "an accent over a letter with a script": (r"\hat{y_i}", r"\hat{y}_i"),
    "wide accents": (r"\widehat{x}", r"\hat{x}"),
    "tags and sizes": (r"\displaystyle x \tag{4} \label{eq}", "x"),
    "equality by definition": (r"a \stackrel{\text{def}}{=} b", r"a := b"),
}


def _short(source: str) -> list[tuple[str, str]]:
    return [(t.kind, t.text) for t in tokens(source.replace(":=", r"\coloneqq"))]


@pytest.mark.parametrize("label", SAME)
def test_two_spellings_are_the_same_tokens(label: str) -> None:
    left, right = SAME[label]
    assert _short(left) == _short(right)


def test_spans_point_into_the_source() -> None:
    source = r"\frac{\partial L}{\partial \hat{y}_{i}} = x² − \operatorname{tr}(A)"
    for token in tokens(source)[:-1]:
        assert 0 <= token.start < token.end <= len(source)
    assert [source[t.start : t.end] for t in tokens(source) if t.kind == "letter"] == ["L", r"\hat{y}", "{i}", "x", "A"]


def test_letters_side_by_side_are_single() -> None:
    assert [t.text for t in tokens("wx")[:-1]] == ["w", "x"]


REFUSED = {
    "a sign nobody knows": ("x ☃ y", (2, 3), "saw '☃'"),
    "an unknown command": (r"x + \foo y", (4, 8), r"saw \foo"),
    "a group that is never closed": (r"\hat{y", (4, 5), "never closed"),
    "an accent over nothing": (r"\hat{}", (0, 4), "accent over nothing"),
    "an accent over a sum": (r"\bar{a+b}", (0, 9), "over an expression"),
    "half a pair": (r"\left x", (0, 5), r"\left"),
    "too many digits": ("1" * 61, (0, 61), "61 digits"),
}


@pytest.mark.parametrize("label", REFUSED)
def test_refused_with_a_place(label: str) -> None:
    source, span, words = REFUSED[label]
    with pytest.raises(SymderivError) as caught:
        tokens(source)
    assert (caught.value.span, words in str(caught.value)) == (span, True), str(caught.value)


@pytest.mark.parametrize(("source", "what"), [("x" * (MAX_CHARACTERS + 1), "characters"), ("x" * 6000, "tokens")])
def test_too_long_is_a_limit(source: str, what: str) -> None:
    with pytest.raises(SymderivError, match=what) as caught:
        tokens(source)
    assert caught.value.code == "limit"
