"""Letters in another typeface and with accents, as Unicode characters."""

from __future__ import annotations

import unicodedata

from symderiv.pages.formula import Accent, Formula, Identifier

#: TeX's typefaces and what Unicode calls their letters.
TYPEFACES: dict[str, str] = {
    "mathbf": "MATHEMATICAL BOLD",
    "boldsymbol": "MATHEMATICAL BOLD ITALIC",
    "mathcal": "MATHEMATICAL SCRIPT",
    "mathscr": "MATHEMATICAL SCRIPT",
    "mathbb": "MATHEMATICAL DOUBLE-STRUCK",
    "mathfrak": "MATHEMATICAL FRAKTUR",
    "mathsf": "MATHEMATICAL SANS-SERIF",
    "mathtt": "MATHEMATICAL MONOSPACE",
}
#: Typefaces and words that leave the letter as it is.
PLAIN = frozenset({"mathit", "mathrm", "text", "operatorname"})
#: What Unicode named before it had mathematical alphabets.
EARLIER: dict[tuple[str, str], str] = {
    **{("MATHEMATICAL SCRIPT", letter): sign for letter, sign in zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)},
    **{("MATHEMATICAL DOUBLE-STRUCK", letter): sign for letter, sign in zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)},
    **{("MATHEMATICAL FRAKTUR", letter): sign for letter, sign in zip("CHIRZ", "ℭℌℑℜℨ", strict=True)},
}
#: Accents: the sign above (or below) a base, and the character that combines with a letter.
ACCENTS: dict[str, tuple[str, str]] = {
    "hat": ("^", "\u0302"),
    "bar": ("‾", "\u0304"),
    "tilde": ("~", "\u0303"),
    "dot": ("˙", "\u0307"),
    "ddot": ("¨", "\u0308"),
    "vec": ("→", "\u20d7"),
    "check": ("ˇ", "\u030c"),
    "breve": ("˘", "\u0306"),
    "acute": ("´", "\u0301"),
    "grave": ("`", "\u0300"),
    "underline": ("_", "\u0332"),
}


def in_typeface(text: str, typeface: str) -> str:
    """The text in a typeface, as far as Unicode has it.

    >>> in_typeface("R", "mathbb"), in_typeface("x", "mathbf")
    ('ℝ', '𝐱')
    """
    family = TYPEFACES.get(typeface)
    return text if family is None else "".join(_letter(character, family) for character in text)


def _letter(character: str, family: str) -> str:
    if (family, character) in EARLIER:
        return EARLIER[family, character]
    name = unicodedata.name(character, "")
    case = "CAPITAL" if "CAPITAL" in name else "SMALL" if "SMALL" in name else "DIGIT"
    wanted = f"{family} {case} {name.rpartition(' ')[2]}"
    try:
        return unicodedata.lookup(wanted)
    except KeyError:
        return character


def plain_letter(formula: Formula) -> str | None:
    """The one identifier that typefaces are put on, in them; None where the base is no identifier.

    >>> plain_letter(Accent("mathbf", Identifier("w")))
    '𝐰'
    """
    if isinstance(formula, Identifier):
        return formula.text
    if isinstance(formula, Accent) and formula.accent not in ACCENTS:
        inner = plain_letter(formula.base)
        return None if inner is None else in_typeface(inner, formula.accent)
    return None
