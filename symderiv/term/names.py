"""A name is a letter with everything people hang on it: accent, subscript, superscript label, primes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega "
    "ell nabla partial hbar".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    r"""A letter as it is written: `\hat y'_{target}` is `Name("y", accent="hat", sub="target", primes=1)`.

    `base` is plain text without a backslash (`x`, `alpha`, `loss`); `accent` a TeX accent (`hat`, `bar`, `tilde`, `dot`,
    `vec`, `mathbf`, `mathcal` …, outermost first, joined by spaces); `sub` and `sup` are labels, as LaTeX text, and so is
    `argument`, for what a value is of: `H(S)` is `Name("H", argument="S")`.

    >>> Name("y", accent="hat", sub="1").latex
    '\\hat{y}_{1}'
    >>> Name("alpha").latex
    '\\alpha'
    """

    base: str
    accent: str = ""
    sub: str = ""
    sup: str = ""
    primes: int = 0
    argument: str = field(default="", repr=False)

    @property
    def latex(self) -> str:
        """The name in LaTeX, ready to be read back."""
        return self.head + (f"({self.argument})" if self.argument else "")

    @property
    def head(self) -> str:
        """The name without its argument."""
        text = self.letter
        for accent in reversed(self.accent.split()):
            text = f"\\{accent}{{{text}}}"
        if self.sub:
            text += f"_{{{self.sub}}}"
        raised = self.sup if not self.primes else "\\prime" * self.primes + " " + self.sup
        if self.primes and not self.sup:
            return text + "'" * self.primes
        return text + (f"^{{{raised}}}" if raised else "")

    @property
    def letter(self) -> str:
        """The base alone in LaTeX: a Greek command, a letter, or a word set upright."""
        if self.base in GREEK:
            return "\\" + self.base
        return self.base if len(self.base) == 1 else f"\\text{{{self.base}}}"

    def __str__(self) -> str:
        return self.latex


def is_balanced(latex: str) -> bool:
    r"""Whether each brace that groups in LaTeX has its partner; an escaped one is a sign like others.

    >>> is_balanced(r"x_{1}"), is_balanced("x_{1"), is_balanced("}{"), is_balanced(r"\{ 1")
    (True, False, False, True)
    """
    depth = 0
    for found in re.finditer(r"\\.|[{}]", latex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0:
            return False
    return depth == 0
