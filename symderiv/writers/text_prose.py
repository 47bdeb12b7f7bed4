r"""Formulas of prose as Unicode text: read like any formula where they can be read, else left as their source."""

from __future__ import annotations

import re

from symderiv.errors import SymderivError
from symderiv.pages.layout import layout
from symderiv.reading.expressions import read_expression
from symderiv.writers.prose import spans
from symderiv.writers.text_formula import formula
from symderiv.writers.typefaces import in_typeface

_MEMBER = re.compile(r"(?P<what>.+?)\\in\s*(?P<set>\\mathbb.+)")
_MAP = re.compile(r"(?P<what>.+?)(?:\\colon|:)(?P<source>[^:]+?)\\to(?P<target>.+)")
#: What stands beside a cross in “386 × 386 pixels”: no bracket in it is left open.
_SIDE = re.compile(r"(?:[^{}()\[\]]|\{[^{}]*\})+")
_LETTER = re.compile(r"\s*[A-Za-z]\s*")
_DEFINED = re.compile(r"\s*(?P<what>[A-Za-z])\s*=(?P<value>.+)", re.DOTALL)
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
    try:
        bare = latex.rstrip(" .,;")
        return _read(bare) + latex[len(bare) :].strip()
    except SymderivError:
        return f"${latex}$"


def _read(latex: str) -> str:
    member, mapping = _MEMBER.fullmatch(latex), _MAP.fullmatch(latex)
    if member:
        return f"{_expression(member['what'])} ∈ {_set(member['set'])}"
    if mapping:
        return f"{_expression(mapping['what'])}: {_set(mapping['source'])} → {_set(mapping['target'])}"
    defined = _DEFINED.fullmatch(latex)
    if defined:
        return f"{defined['what']} = {_read(defined['value'])}"
    return ", ".join("…" if part in DOTS else _expression(part) for part in map(str.strip, latex.split(",")))


def _expression(latex: str) -> str:
    r"""A formula; the cross of sizes, `5 \times 5`, stays a cross, unless it stands within brackets."""
    if _LETTER.fullmatch(latex):
        return latex.strip()
    sides = latex.split("\\times")
    if len(sides) > 1 and not all(map(_SIDE.fullmatch, sides)):
        sides = [latex]
    return " × ".join(formula(layout(read_expression(side))) for side in sides)


def _set(latex: str) -> str:
    found = _SET.fullmatch(latex)
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
