r"""Formulas of prose as Unicode text: read like any formula where they can be read, else left as their source."""

from __future__ import annotations

import re

from symderiv.errors import SymderivError
from symderiv.pages.layout import layout
from symderiv.pages.letters import name_formula
from symderiv.reading.declare import environment
from symderiv.reading.expressions import read_expression
from symderiv.term.names import Name
from symderiv.writers.prose import spans
from symderiv.writers.text_formula import formula
from symderiv.writers.typefaces import in_typeface

_MEMBER = re.compile(r"(?P<what>.+?)\\in\s*(?P<set>\\mathbb.+|\\\{.+)")
_MAP = re.compile(r"(?P<what>.+?)(?:\\colon|:)(?P<source>[^:]+?)\\to(?P<target>.+)")
#: What stands beside a cross in “386 × 386 pixels”: no bracket in it is left open.
_SIDE = re.compile(r"(?:[^{}()\[\]]|\{[^{}]*\})+")
_LETTER = re.compile(r"\s*[A-Za-z]\s*")
_CALL = re.compile(r"(?P<what>\\?[A-Za-z]+|)\((?P<listed>.+)\)", re.DOTALL)
_LABELLED = re.compile(r"(?P<what>[A-Za-z])_\{(?P<label>[^{}]+)\}")
#: What prose means as a name: `dY` with positions or alone, called after a change, and the letter of the identity.
_NAME = re.compile(r"(?<![A-Za-z\\])(?:d[A-Za-z](?=_|\s*$)|I(?![A-Za-z]))")
_LISTED = re.compile(r"\\\{(?P<listed>.+)\\\}", re.DOTALL)
_SET = re.compile(r"\s*\\mathbb\s*\{?(?P<letter>[A-Z])\}?\s*(?:\^\s*(?:\{(?P<sizes>.+)\}|(?P<size>\w)))?\s*")


#: What stands in a list for what is left out.
DOTS = ("\\ldots", "\\dots")


def plain(prose: str) -> str:
    r"""Prose on one line with its formulas as text; what cannot be read stands as its source between dollars.

    >>> plain(r"Let $x \in \mathbb{R}^{m \times n}$ and $\unknown y$.")
    'Let x ∈ ℝ^{m × n} and $\\unknown y$.'
    """
    return " ".join("".join(_span(span.text) if span.kind != "words" else span.text for span in spans(prose)).split())


def _span(latex: str) -> str:
    bare = latex.rstrip(" .,;")
    try:
        return _read(bare.replace("\\,", " ")) + latex[len(bare) :].strip()
    except SymderivError:
        return f"${latex}$"


def _read(latex: str) -> str:
    r"""A list, a relation, a membership, a map or a formula, its parts each by itself."""
    for sign, joined in ((",", ", "), ("=", " = ")):
        parts = _parted(latex, sign)
        if len(parts) > 1:
            return joined.join(map(_read, parts))
    member, mapping = _MEMBER.fullmatch(latex), _MAP.fullmatch(latex)
    if member:
        return f"{_read(member['what'])} ∈ {_set(member['set'].strip())}"
    if mapping:
        return f"{_expression(mapping['what'])}: {_set(mapping['source'])} → {_set(mapping['target'])}"
    return "…" if latex.strip() in DOTS else _formula(latex.strip())


def _formula(latex: str) -> str:
    """A formula; where it is none that can be worked with, a point `(1, 4)`, a function `f(x, y)` or a labelled letter."""
    try:
        return _expression(latex)
    except SymderivError:
        called, labelled = _CALL.fullmatch(latex), _LABELLED.fullmatch(latex)
        if called and len(_parted(called["listed"], ")")) == 1:
            return f"{_expression(called['what']) if called['what'] else ''}({_read(called['listed'])})"
        if labelled:
            return formula(name_formula(Name(labelled["what"], sub=labelled["label"])))
        raise


def _parted(latex: str, sign: str) -> list[str]:
    """The parts between the signs that stand in no bracket; a bracket that is closed and was not opened parts them too.

    >>> _parted("f(x, y) = 1, z", ","), _parted("a)(b", ")")
    (['f(x, y) = 1', ' z'], ['a', '(b'])
    """
    parts, depth = [""], 0
    for character in latex:
        depth += (character in "({[") - (character in ")}]" and depth > 0)
        if character == sign and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _expression(latex: str) -> str:
    r"""A formula; the cross of sizes, `5 \times 5`, stays a cross, unless it stands within brackets."""
    if _LETTER.fullmatch(latex):
        return latex.strip()
    sides = latex.split("\\times")
    if len(sides) > 1 and not all(map(_SIDE.fullmatch, sides)):
        sides = [latex]
    known = environment([f"{found} is one name" for found in dict.fromkeys(_NAME.findall(latex))])
    return " × ".join(formula(layout(read_expression(side, known))) for side in sides)


def _set(latex: str) -> str:
    listed, found = _LISTED.fullmatch(latex), _SET.fullmatch(latex)
    if listed:
        return f"{{{_read(listed['listed'])}}}"
    if found is None:
        raise SymderivError("unread", f"expected a set, saw {latex}")
    letter = in_typeface(found["letter"], "mathbb")
    if found["sizes"] and "\\times" in found["sizes"]:
        sizes = " × ".join(map(_expression, found["sizes"].split("\\times")))
        return f"{letter}^{{{sizes}}}"
    size = found["sizes"] or found["size"]
    return letter if size is None else f"{letter}{_raised(_expression(size))}"


def _raised(size: str) -> str:
    return {"n": "ⁿ", "2": "²", "3": "³"}.get(size) or (f"^{size}" if len(size) == 1 else f"^{{{size}}}")
