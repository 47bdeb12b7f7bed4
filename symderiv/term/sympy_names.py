r"""The text of a SymPy symbol (`x_1`, `alpha`, `yhat`, `\lambda`) is a written name, shown as `sympy.latex` shows it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from symderiv.errors import SymderivError
from symderiv.term.names import GREEK, Name

#: What SymPy calls a modifier at the end of a name, and the TeX accent that it is.
ACCENTS = {
    "mathring": "mathring", "ddddot": "ddddot", "dddot": "dddot", "ddot": "ddot", "dot": "dot", "check": "check",
    "breve": "breve", "acute": "acute", "grave": "grave", "tilde": "tilde", "hat": "hat", "bar": "bar", "vec": "vec",
    "bold": "mathbf", "bm": "mathbf", "cal": "mathcal", "scr": "mathscr", "frak": "mathfrak", "prime": "'", "prm": "'",
}  # fmt: skip
_SUFFIXES = sorted(ACCENTS, key=len, reverse=True)
_ALIASES = {"lamda": "lambda", "Lamda": "Lambda", "khi": "chi"}
#: Capitals that look like Latin ones have no command in TeX.
_CAPITALS = {"Alpha": "A", "Beta": "B", "Epsilon": "E", "Zeta": "Z", "Eta": "H", "Iota": "I", "Kappa": "K", "Mu": "M",
             "Nu": "N", "Omicron": "O", "Rho": "P", "Tau": "T", "Chi": "X", "omicron": "o"}  # fmt: skip

_TEX_ACCENTS = "|".join(sorted({*ACCENTS.values(), "boldsymbol", "mathrm", "mathbb", "widehat", "overline"} - {"'"}))
_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}|(\\?[A-Za-z0-9]+)"
_TEX = re.compile(rf"^((?:\\(?:{_TEX_ACCENTS})\s*\{{?)*)(\\?[A-Za-z]+)(\}}*)('*)((?:[_^](?:{_GROUP}))*)$")
_SCRIPT = re.compile(rf"([_^])(?:{_GROUP})")
_LABEL = re.compile(r"^[\w\s,+\-*'()\\{}.\[\]:;|/<>=]*$")


@lru_cache(maxsize=4096)
def name_of(text: str) -> Name:
    r"""The written name of a SymPy symbol.

    >>> name_of("xhat_1").latex, name_of("w_target").latex, name_of(r"\hat{\beta}").latex, name_of("λ").latex
    ('\\hat{x}_{1}', 'w_{target}', '\\hat{\\beta}', '\\lambda')
    """
    if len(text) == 1 and text.isascii() and text.isalpha():
        return Name(text)
    if "\\" in text or "{" in text or "'" in text:
        return _from_tex(text)
    parts = re.split(r"(__|\^|_)", text)
    base, scripts = parts[0], list(zip(parts[1::2], parts[2::2], strict=True))
    digits = re.match(r"^(\D+)(\d+)$", base)
    if digits:
        base = digits[1]
        scripts.insert(0, ("_", digits[2]))
    accents: list[str] = []
    letter = _letter(base, accents)
    if not letter:
        raise _refused(text)
    sub = " ".join(_label(label) for mark, label in scripts if mark == "_")
    sup = " ".join(_label(label) for mark, label in scripts if mark != "_")
    if not _LABEL.match(sub + sup):
        raise _refused(text)
    primes = accents.count("'")
    return Name(letter, " ".join(accent for accent in accents if accent != "'"), sub, sup, primes)


def _letter(text: str, accents: list[str]) -> str:
    """The base of a name without its modifiers, which are added to `accents`, outermost first; empty if it is none."""
    if text in _ALIASES or text in GREEK:
        return _ALIASES.get(text, text)
    if text in _CAPITALS:
        accents.append("mathrm")
        return _CAPITALS[text]
    for suffix in _SUFFIXES:
        if text.endswith(suffix) and len(text) > len(suffix):
            accents.append(ACCENTS[suffix])
            return _letter(text[: -len(suffix)], accents)
    if len(text) == 1 and not text.isascii():
        return _greek(text)
    return text if text.isalpha() else ""


def _greek(character: str) -> str:
    """`λ` is `lambda`; another letter is itself."""
    words = unicodedata.name(character, "").split()
    if words[:1] == ["GREEK"] and words[2:3] == ["LETTER"] and len(words) == 4:
        spelled = words[3].capitalize() if words[1] == "CAPITAL" else words[3].lower()
        spelled = _ALIASES.get(spelled, spelled)
        return spelled if spelled in GREEK else _CAPITALS.get(spelled, "")
    return character if character.isalpha() else ""


def _label(text: str) -> str:
    r"""A subscript as LaTeX text: `alpha` is `\alpha`."""
    spelled = _greek(text) if len(text) == 1 and not text.isascii() else _ALIASES.get(text, text)
    return "\\" + spelled if spelled in GREEK else spelled


def _from_tex(text: str) -> Name:
    match = _TEX.match(text.strip())
    if not match or match[1].count("{") != len(match[3]):
        raise _refused(text)
    accents = " ".join("mathbf" if a == "boldsymbol" else a for a in re.findall(r"\\(\w+)", match[1]))
    found = {"_": "", "^": ""}
    for mark, braced, bare in _SCRIPT.findall(match[5]):
        if found[mark]:
            raise _refused(text)
        found[mark] = braced or bare
    raised = re.match(r"^((?:\\prime)*)(.*)$", found["^"])
    primes = raised[1].count("prime") if raised else 0
    base = match[2].removeprefix("\\")
    if base != match[2] and base not in GREEK and base not in _ALIASES:
        raise _refused(text)
    base = _ALIASES.get(base, base)
    return Name(base, accents, found["_"], raised[2] if raised else "", len(match[4]) + primes)


def _refused(text: str) -> SymderivError:
    return SymderivError(
        "unknown-name",
        f"the symbol {text!r} cannot be written as a name: expected letters with sub- or superscripts, as `x`, `x_1`, "
        r"`alpha`, `yhat`, `w_target` or `\hat{y}_1`; give the symbol such a name",
    )


@lru_cache(maxsize=4096)
def text_of(name: Name) -> str:
    r"""A text for a SymPy symbol that is read back as the same name.

    >>> text_of(Name("x", accent="hat", sub="1")), text_of(Name("y", sub="a b"))
    ('xhat_1', 'y_a_b')
    """
    suffixes = {tex: word for word, tex in reversed(ACCENTS.items())}
    accents = [suffixes.get(accent) for accent in reversed(name.accent.split())]
    if None not in accents:
        text = "".join([name.base, *(a for a in accents if a), "prime" * name.primes])
        text += "".join(f"_{label}" for label in _bare(name.sub)) + "".join(f"__{label}" for label in _bare(name.sup))
        try:
            if name_of(text) == name:
                return text
        except SymderivError:
            pass
    return name.latex


def _bare(labels: str) -> list[str]:
    return labels.replace("\\", "").split()
