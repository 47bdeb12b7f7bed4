"""Names of SymPy symbols: shown as sympy.latex shows them, and back."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from symderiv.errors import SymderivError
from symderiv.term.names import GREEK, Name
from symderiv.term.sympy_names import ACCENTS, name_of, text_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x", Name("x")),
        ("x1", Name("x", sub="1")),
        ("x_1", Name("x", sub="1")),
        ("w_target", Name("w", sub="target")),
        ("x_1_2", Name("x", sub="1 2")),
        ("x__2", Name("x", sup="2")),
        ("x^2", Name("x", sup="2")),
        ("xhat", Name("x", accent="hat")),
        ("yhat_1", Name("y", accent="hat", sub="1")),
        ("xhatbold", Name("x", accent="mathbf hat")),
        ("xprime", Name("x", primes=1)),
        ("alpha", Name("alpha")),
        ("lamda", Name("lambda")),
        ("Lambda_k", Name("Lambda", sub="k")),
        ("alpha_beta", Name("alpha", sub=r"\beta")),
        ("Alpha", Name("A", accent="mathrm")),
        ("loss", Name("loss")),
        ("λ", Name("lambda")),
        ("σ_1", Name("sigma", sub="1")),
        ("ü", Name("ü")),
        (r"\lambda", Name("lambda")),
        (r"\hat{y}_1", Name("y", accent="hat", sub="1")),
        (r"\hat y", Name("y", accent="hat")),
        (r"\mathbf{x}_{i+1}^{(l)}", Name("x", accent="mathbf", sub="i+1", sup="(l)")),
        ("y'_1", Name("y", sub="1", primes=1)),
        ("y''", Name("y", primes=2)),
    ],
)
def test_a_symbol_is_read_as_a_name(text, name):
    assert name_of(text) == name


@pytest.mark.parametrize(
    "text", ["x", "x_1", "x1", "xhat", "yhat_1", "w_target", "alpha", "lamda", "alpha_beta", "x__2", "xdot_3"]
)
def test_it_is_written_as_sympy_writes_it(text):
    def bare(latex: str) -> str:
        return latex.replace("{", "").replace("}", "")

    assert bare(name_of(text).latex) == bare(sympy.latex(sympy.Symbol(text)))


@pytest.mark.parametrize(
    "text", ["", "_", "1", "x y", "<b>", "a+b", r"\foo", r"x_{", r"\hat{x", "x_1_{2}", "x$", "__import__('os')"]
)
def test_what_is_no_name_is_refused(text):
    with pytest.raises(SymderivError, match="cannot be written as a name") as refusal:
        name_of(text)
    assert refusal.value.code == "unknown-name"


labels = st.sampled_from(["", "1", "12", "k", "target", r"\beta", "1 2"])
names = st.builds(
    Name,
    st.sampled_from([*"abxyzWX", *sorted(GREEK), "loss", "net"]),
    st.sampled_from(["", *sorted(set(ACCENTS.values()) - {"'"}), "mathbf hat"]),
    labels,
    labels,
    st.integers(0, 2),
)


@given(names)
def test_a_name_goes_out_and_comes_back(name):
    assert name_of(text_of(name)) == name
