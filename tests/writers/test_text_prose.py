r"""Prose in the terminal: formulas as a person would type them, and the source where that cannot be had."""

import pytest

from symderiv.writers.text_prose import plain


@pytest.mark.parametrize(
    ("prose", "text"),
    [
        (r"Let $p_i = \frac{e^{x_i}}{\sum_{k=1}^n e^{x_k}}$.", "Let p_i = e^{x_i}/Σ_{k=1}^n e^{x_k}."),
        (r"Derive $\frac{\partial p_i}{\partial x_j}$, $\nabla_x g$ and $f'(x)$", "Derive ∂p_i/∂x_j, ∇_x g and f'(x)"),
        (r"$A \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$, $c \in \mathbb R$", "A ∈ ℝ^{m × n}, x ∈ ℝⁿ, c ∈ ℝ"),
        (r"$f \colon \mathbb{R}^m \to \mathbb{R}$", "f: ℝ^m → ℝ"),
        (r"It is $x = 1.$", "It is x = 1."),
        (r"a $5 \times 5$ image, $x_0, \ldots, x_m$", "a 5 × 5 image, x₀, …, x_m"),
        (r"a map of $W_{in} \times H \times 3$, $28 \times 28$", "a map of W_in × H × 3, 28 × 28"),
        (r"$\frac{2 \times 3}{n}$ stays a formula", "(2 · 3)/n stays a formula"),
        (r"$f(x, c) = \left(\frac{x^2}{c} + 1\right) x$", "f(x, c) = (x²/c + 1) x"),
        (r"$\ell(\mu, \sigma) = -\log \sigma$, $h(x) = f(x^2, \sin x)$", "ℓ(μ, σ) = −log σ, h(x) = f(x², sin x)"),
        (r"$s = (1, 4, 0, -2)$, $y \in \{-1, 1\}$", "s = (1, 4, 0, −2), y ∈ {−1, 1}"),
        (r"$dw_{hl} = \sum_{i=1}^m dy_{ij} x_{i+h-1,j+l-1}$", "dw_hl = Σ_{i=1}^m dy_ij · x_{i+h−1,j+l−1}"),
        (r"$dI = \frac{\partial E}{\partial I}$, $\frac{\partial E}{\partial I_{ij}}$", "dI = ∂E/∂I, ∂E/∂I_ij"),
        (r"$S_{A_2=1,A_1=1}$ is pure", "S_{A₂=1,A₁=1} is pure"),
        (r"$\unknown(1, 2)$ and $(1, \unknown y)$", r"$\unknown(1, 2)$ and $(1, \unknown y)$"),
        (r"what is $\unknown x$?", r"what is $\unknown x$?"),
        (r"$x \in \mathbb{R}_{+}$ stays", r"$x \in \mathbb{R}_{+}$ stays"),
        (r"costs 5\$", "costs 5$"),
        ("two\nlines  here", "two lines here"),
    ],
)
def test_prose_is_plain_text(prose, text):
    assert plain(prose) == text
