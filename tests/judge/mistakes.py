"""Typical mistakes: what is given, the line, the class of its cause, and words of the cause's name (empty: any name)."""

from __future__ import annotations

from typing import NamedTuple

from .marked import ARRAYS, MEAN, SOFTMAX


class Mistake(NamedTuple):
    """A line that is wrong, and why; not `mended` where the right formula is the left side itself, or no rule gives it."""

    line: str
    kind: str
    name: str = ""
    given: tuple[str, ...] = ()
    mended: bool = True


POSITIVE = ("x > 0", "a > 0", "b > 0")
CHAIN = (r"w_1 \in \mathbb{R}", r"w_2 \in \mathbb{R}", r"x \in \mathbb{R}", "z_1 = w_1 x", "z_2 = w_2 z_1")
VOLUME = (*ARRAYS, r"\det X > 0")
ENTRIES = (*ARRAYS, "i, j, k are indices")
SQUARE = (r"a \in \mathbb{R}^n", r"b \in \mathbb{R}^n", r"X \in \mathbb{R}^{n \times n}")
NEURON = (r"w, b, x, t \in \mathbb{R}", "z = w x + b", r"a = \sigma(z)", r"E = \frac{1}{2} (a - t)^2")
LAYERS = (
    r"W_1 \in \mathbb{R}^{h \times h}", r"W_2 \in \mathbb{R}^{h \times h}", r"x \in \mathbb{R}^h", r"t \in \mathbb{R}^h",
    "z = W_1 x", r"a = \tanh(z)", "y = W_2 a", r"L = \frac{1}{2} \|y - t\|^2",
)  # fmt: skip
WRITTEN_OUT = (r"z \in \mathbb{R}^K", r"p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}", "i, j, k are indices")
ROWWISE = (
    r"S \in \mathbb{R}^{n \times d}", "softmax acts on each row", r"P = \operatorname{softmax}(S)",
    r"\Psi \colon \mathbb{R}^{n \times d} \to \mathbb{R}", r"L = \Psi(P)", r"G = \frac{\partial L}{\partial P}",
)  # fmt: skip
STEPS = (
    r"W \in \mathbb{R}^{n \times n}", r"h_0 \in \mathbb{R}^n", r"y \in \mathbb{R}^n", r"h_1 = \tanh(W h_0)",
    r"h_2 = \tanh(W h_1)", r"L = \frac{1}{2} \|h_2 - y\|^2",
)  # fmt: skip
FIT = (
    r"X \in \mathbb{R}^{N \times d}", r"w \in \mathbb{R}^d", r"y \in \mathbb{R}^N", r"\lambda \in \mathbb{R}",
    r"N \in \mathbb{N}",
)  # fmt: skip

MISTAKES = [
    Mistake(r"\frac{d}{dx} \cos x = \sin x", "sign", "cosine"),
    Mistake(r"\frac{d}{dx} e^{-x} = e^{-x}", "sign", "sign"),
    Mistake(r"\frac{d}{dx} \frac12 (x-a)^2 = a - x", "sign", "sign"),
    Mistake(r"\frac{d}{dx} \frac{1}{x} = \frac{1}{x^2}", "sign", "sign", POSITIVE),
    Mistake(r"\frac{d}{dx} x^2 = 4x", "constant-factor"),
    Mistake(r"\frac{d}{dx} \sqrt{x} = \frac{1}{\sqrt{x}}", "constant-factor", "factor two", POSITIVE),
    Mistake(r"\frac{d}{dx} \sin(3x) = \cos(3x)", "dropped-chain-factor", "inner derivative"),
    Mistake(r"\frac{d}{dx} (2x+1)^3 = 3(2x+1)^2", "dropped-chain-factor", "inner derivative of a power"),
    Mistake(r"\frac{d}{dx} e^{x^2} = e^{x^2}", "dropped-chain-factor", "inner derivative of an exponential"),
    Mistake(r"\frac{d}{dx} \ln(x^2+1) = \frac{1}{x^2+1}", "dropped-chain-factor", "inner derivative"),
    Mistake(r"\frac{d}{dx} x \sin x = \cos x", "product-rule", "apart"),
    Mistake(r"\frac{d}{dx} x \sin x = x \cos x", "product-rule", "first term"),
    Mistake(r"\frac{d}{dx} x \sin x = \sin x", "product-rule", "second term"),
    Mistake(r"\frac{d}{dx} \frac{x}{x^2+1} = \frac{1}{2x}", "quotient-rule", "apart", POSITIVE),
    Mistake(r"\frac{d}{dx} \frac{\sin x}{x} = \frac{x\cos x - \sin x}{x}", "quotient-rule", "square", POSITIVE),
    Mistake(r"\frac{d}{dx} x^3 = x^2", "power-or-log-rule", "not brought down"),
    Mistake(r"\frac{d}{dx} x^3 = 3x^3", "power-or-log-rule", "not lowered"),
    Mistake(r"\frac{d}{dx} e^x = x e^{x-1}", "power-or-log-rule", "power rule used on an exponential", POSITIVE),
    Mistake(r"\ln(a+b) = \ln a + \ln b", "power-or-log-rule", "logarithm of a sum", POSITIVE, False),
    Mistake(r"\frac{d}{dx} a^x = a^x", "log-base", "logarithm of the base", POSITIVE),
    Mistake(r"\frac{d}{dx} \log_{10} x = \frac1x", "log-base", "base of the logarithm", POSITIVE),
    Mistake(r"\frac{d}{dx} \sigma(x) = \sigma(x)", "activation-derivative", "sigmoid"),
    Mistake(r"\frac{d}{dx} \sigma(x) = \sigma(x)(1+\sigma(x))", "activation-derivative", "sigmoid"),
    Mistake(r"\frac{d}{dx} \sigma(x) = 1-\sigma(x)^2", "activation-derivative", "tanh"),
    Mistake(r"\frac{d}{dx} \tanh x = \tanh(x)(1-\tanh x)", "activation-derivative", "sigmoid"),
    Mistake(r"\frac{2}{3} = 0.666", "arithmetic-rounding", "arithmetic"),
    Mistake(r"\frac{\partial}{\partial x} x^\top A x = 2 A x", "wrong-rule", "symmetric", ARRAYS),
    Mistake(r"\frac{\partial}{\partial x} \|x\| = 2x", "wrong-rule", "norm", ARRAYS),
    Mistake(r"\frac{\partial}{\partial X} \det X = X^{-\top}", "wrong-rule", "determinant", ARRAYS),
    Mistake(r"\frac{\partial}{\partial W} \frac12 \|W x - b\|^2 = (Wx-b) x", "transposed-factor", "transposed", ARRAYS),
    Mistake(r"\frac{\partial}{\partial x} \frac12 \|W x - b\|^2 = W (Wx-b)", "transposed-factor", "transposed", ARRAYS),
    Mistake(r"\frac{\partial}{\partial X} \log\det X = X^{-1}", "transposed-factor", "determinant", VOLUME),
    Mistake(r"\frac{\partial}{\partial X} a^\top X b = b a^\top", "gradient-layout", "transpose", SQUARE),
    Mistake(r"\frac{\partial}{\partial x} A x = A^\top", "gradient-layout", "transpose", ARRAYS),
    Mistake(r"\frac{\partial}{\partial W} b^\top W x = x b^\top", "gradient-layout", "transpose", ARRAYS),
    Mistake(r"(AB)^\top = A^\top B^\top", "non-commuting-order", "order", ARRAYS),
    Mistake(r"(AB)^{-1} = A^{-1} B^{-1}", "non-commuting-order", "order", ARRAYS),
    Mistake(r"\frac{\partial}{\partial x} \|W x - b\|^2 = 2 W^\top (Wx+b)", "sign", "sign", ARRAYS),
    Mistake(r"\frac{\partial s}{\partial z} = s \odot (1-s)", "shape-mismatch", "shapes", SOFTMAX),
    Mistake(r"\frac{\partial s_i}{\partial z_j} = s_i(1-s_j)", "delta-forgotten", "delta", SOFTMAX),
    Mistake(r"\frac{\partial L}{\partial w} = -\frac2n (y_i - w x_i) x_i", "sum-dropped", "sum", (*MEAN, "i is an index")),
    Mistake(r"\frac{\partial}{\partial X_{ij}} \sum_k X_{ik}^2 = 2 X_{ji}", "wrong-index", "ind", ENTRIES),
    Mistake(r"\frac{\partial z_2}{\partial w_1} = w_1 x", "wrong-index", "", CHAIN),
    Mistake(r"\frac{\partial E}{\partial w} = (a - t) x", "dropped-chain-factor", "local derivative", NEURON),
    Mistake(r"\frac{\partial L}{\partial W_1} = W_2^\top (y - t) x^\top", "dropped-chain-factor", "local", LAYERS),
    Mistake(r"\frac{d}{dx} e^{-x^2/2} = -e^{-x^2/2}", "dropped-chain-factor", "local derivative"),
    Mistake(r"\frac{d}{dx} \sqrt{1 + x^4} = \frac{1}{2 \sqrt{1 + x^4}}", "dropped-chain-factor", "root"),
    Mistake(r"\frac{d}{dx} \tanh x = 1 - \tanh x", "activation-derivative", "tanh"),
    Mistake(r"\frac{d}{dx} a^x = x a^{x-1}", "power-or-log-rule", "another base", POSITIVE),
    Mistake(r"\frac{d}{dx} \frac{e^x}{1 + e^x} = \frac{e^{2x} - e^x (1 + e^x)}{(1 + e^x)^2}", "quotient-rule", "way round"),
    Mistake(r"\frac{\partial p_i}{\partial z_j} = p_i (1 - p_i)", "delta-forgotten", "own entry", WRITTEN_OUT),
    Mistake(r"\frac{\partial p_i}{\partial z_j} = -p_i p_j", "delta-forgotten", "other entries", WRITTEN_OUT),
    Mistake(r"\frac{\partial L}{\partial S} = P \odot (1 - P) \odot G", "delta-forgotten", "entry by entry", ROWWISE, False),
    Mistake(r"\frac{\partial L}{\partial W} = ((h_2 - y) \odot (1 - h_2^{\odot 2})) h_1^\top", "sum-dropped", "path", STEPS),
    Mistake(r"\nabla_w (\|X w - y\|^2 + \lambda \|w\|^2) = 2 X^\top (X w - y)", "missing-path", "last term", FIT),
    Mistake(r"\nabla_w (\frac{1}{N} \|X w - y\|^2) = 2 X^\top (X w - y)", "missing-1/N", "mean", FIT),
    Mistake(r"\frac{d}{dx} \sin(x^2) = 2x \cos x", "argument-of-function"),
]  # fmt: skip
MENDED = [mistake for mistake in MISTAKES if mistake.mended]
IDS = [f"{mistake.kind} {place}" for place, mistake in enumerate(MISTAKES)]
