"""The LaTeX of a letter and the Name it is."""

from __future__ import annotations

from functools import lru_cache

from symderiv.reading.tokens import Token
from symderiv.term.names import Name


@lru_cache(maxsize=4096)
def letter_name(latex: str, sub: str = "", sup: str = "", primes: int = 0) -> Name:
    r"""The name that a letter with its label is.

    >>> letter_name(r"\hat{y}", "1")
    Name(base='y', accent='hat', sub='1', sup='', primes=0)
    """
    accents: list[str] = []
    while latex.startswith("\\") and latex.endswith("}") and not latex.startswith("\\text{"):
        accent, _, rest = latex.partition("{")
        accents.append(accent[1:])
        latex = rest[:-1]
    base = latex[6:-1] if latex.startswith("\\text{") else latex.removeprefix("\\")
    return Name(base, " ".join(accents), sub, sup, primes)


def written(pieces: list[Token]) -> str:
    r"""The one spelling of a label's tokens: `t-1`, `out`, `\max`."""
    text = ""
    for token in pieces:
        word = token.text
        if word.startswith("\\text{"):
            word = word[6:-1]
        glue = " " if text and text[-1].isalpha() and "\\" in text.rpartition(" ")[2] and word[:1].isalpha() else ""
        text += glue + word
    return text


def key_of(latex: str, sub: str = "", sup: str = "", primes: int = 0) -> str:
    """The LaTeX of a name, by which the environment keeps it."""
    return latex if not (sub or sup or primes) else letter_name(latex, sub, sup, primes).latex


def spellings(latex: str, sub: str, sup: str, primes: int) -> list[tuple[str, str, str, int]]:
    """The names that a letter with scripts may be, the longest first, each with the scripts that it takes."""
    takes = [
        (sub, sup, primes),
        (sub, sup, 0),
        (sub, "", primes),
        (sub, "", 0),
        ("", sup, primes),
        ("", sup, 0),
        ("", "", primes),
    ]
    return [(key_of(latex, *scripts), *scripts) for scripts in dict.fromkeys(takes) if any(scripts)]
