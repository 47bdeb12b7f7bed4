"""How a name looks: its letter as a Unicode character, its accents, its labels."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from symderiv.errors import printable
from symderiv.pages.formula import Accent, Fence, Formula, Identifier, Number, Operator, Run, Scripts, Text
from symderiv.pages.setting import BRACKET, COMMA
from symderiv.term.names import Name, is_balanced

#: The characters of the letters that have a name.
GREEK: dict[str, str] = dict(
    zip(
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
        "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega "
        "ell nabla partial hbar infty".split(),
        "αβγδϵεζηθϑικλμνξπϖρϱσςτυϕφχψωΓΔΘΛΞΠΣΥΦΨΩℓ∇∂ℏ∞",
        strict=True,
    )
)

PRIMES = tuple(Operator("′" * count, "prime") for count in range(10))

#: Accents and faces that a letter of a label may have.
_ACCENTS = "hat|bar|tilde|vec|dot|mathbf|boldsymbol|mathcal|mathbb"
_PIECE = re.compile(
    rf"\\({_ACCENTS})\{{([A-Za-z]|\\[a-z]+)\}}"
    r"|([A-Za-z])_(?:\{([^{}]*)\}|(\w))"
    r"|\\(?:text|mathrm|operatorname)\{([^{}]*)\}|\\([A-Za-z]+)|([A-Za-z]+)|(\d+(?:\.\d+)?)|(\^{2,}|\S)"
)
#: Signs that LaTeX acts on, and that no label needs.
_ACTS = re.compile(r"[\\%#$&~]|\^{2,}")


@lru_cache(maxsize=4096)
def name_formula(name: Name) -> Formula:
    r"""The layout of a name: `\hat{y}_{1}` is an accented letter with a number below.

    >>> name_formula(Name("y", accent="hat", sub="1")).sub
    Number(text='1')
    """
    if " * " in name.base:
        left, right = map(Identifier, name.base.split(" * "))
        return Run((left, Operator("∗", "product"), right))
    if name.argument:
        return Run((name_formula(replace(name, argument="")), BRACKET, Fence("(", _listed(name.argument), ")")))
    letter: Formula = Identifier(GREEK.get(name.base, name.base))
    for accent in reversed(name.accent.split()):
        letter = Accent(accent, letter)
    if not (name.sub or name.sup or name.primes):
        return letter
    raised: list[Formula] = [PRIMES[name.primes]] if name.primes else []
    raised += [label(name.sup)] if name.sup else []
    above = None if not raised else raised[0] if len(raised) == 1 else Run(tuple(raised))
    return Scripts(letter, label(name.sub) if name.sub else None, above)


def _listed(text: str) -> Formula:
    """What stands in the brackets behind a name: labels with commas between them."""
    first, *others = text.split(", ")
    return Run((label(first), *[part for other in others for part in (COMMA, label(other))])) if others else label(first)


@lru_cache(maxsize=4096)
def label(text: str) -> Formula:
    r"""A label, which is LaTeX text: `target` is a word, `t-1` and `(i)` are formulas, `\theta` is a letter."""
    if not is_balanced(text.replace("\\", "")):
        return Text(printable(text))
    parts = [_piece(*found.groups(default="")) for found in _PIECE.finditer(text)]
    return parts[0] if len(parts) == 1 else Run(tuple(parts))


def _piece(
    accent: str, under: str, base: str, sub: str, digit: str, word: str, command: str, letters: str, number: str, sign: str
) -> Formula:
    if base:
        return Scripts(Identifier(base), label(sub or digit))
    if under:
        return Accent(accent, Identifier(GREEK.get(under.removeprefix("\\"), under.removeprefix("\\"))))
    if letters:
        return Identifier(letters) if len(letters) == 1 else Text(letters)
    if number:
        return Number(number)
    if command:
        return Identifier(GREEK[command]) if command in GREEK else Text(command)
    if word:
        return Text(word)
    if _ACTS.fullmatch(sign) or not sign.isprintable():
        return Text(printable(sign))
    return Operator("−" if sign == "-" else sign, "coefficient")
