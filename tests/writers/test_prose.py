r"""Prose from outside: formulas go through an allow-list, everything else is words."""

import pytest

from symderiv.writers.prose import is_safe_latex, spans

KNOWN = [
    r"\frac{1}{2}",
    r"\sum_{i=1}^n x_i",
    r"\mathbb{R}^n",
    r"\begin{cases} a & b \\ c & d \end{cases}",
    r"\hat{y}",
    "a < b",
]


@pytest.mark.parametrize(
    ("prose", "kinds"),
    [
        ("words", ["words"]),
        ("a $x$ b", ["words", "inline", "words"]),
        ("$$x$$", ["display"]),
        (r"costs 5\$ or 6\$", ["words"]),
        ("one $ alone", ["words"]),
        (r"$a \$ b$", ["inline"]),
    ],
)
def test_prose_is_cut_at_its_dollars(prose, kinds):
    assert [span.kind for span in spans(prose)] == kinds


@pytest.mark.parametrize("latex", [*KNOWN, r"\begin{aligned} a &= b \end{aligned}", r"50\%", r"\left( x \right)"])
def test_harmless_latex_may_be_compiled(latex):
    assert is_safe_latex(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"\input{/etc/passwd}",
        r"\write18{rm}",
        r"\def\x{}",
        r"\csname input\endcsname",
        "^^5cinput{x}",
        "x % comment",
        "}x{",
        "{x",
        r"\begin{verbatim}\end{verbatim}",
        r"\begin{cases} a",
        r"\left( x",
        "a & b",
        "#1",
        "é",
        r"\@x",
    ],
)
def test_other_latex_is_not(latex):
    assert not is_safe_latex(latex)
