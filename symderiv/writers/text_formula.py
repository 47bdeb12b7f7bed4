"""A formula as one line of Unicode text: `∂p_i/∂x_j = p_i (δ_ij − p_j)`, with brackets where a bar would have grouped."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from symderiv.pages.formula import (
    Accent,
    BigOperator,
    Fence,
    Formula,
    Fraction,
    Identifier,
    Mark,
    Number,
    Operator,
    Root,
    Run,
    Scripts,
    Table,
    Text,
    leads_with_word,
)
from symderiv.writers.typefaces import ACCENTS, plain_letter

RAISED = dict(zip("0123456789+−-()n⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿᵀ", strict=True))
LOWERED = dict(zip("0123456789+−-()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎", strict=True))
BIG = {"∑": "Σ", "∏": "Π"}
SIGNS = {"⋅": "·", "′": "'"}
DEGREES = {"": "√", "2": "√", "3": "∛", "4": "∜"}
#: What stands left and right of an operator.
ROOM = {"relation": " ", "sign": " ", "product": " "}
#: Operators that a slash behind them does not reach over.
LOOSE = frozenset({"relation", "sign", "product", "slash"})
INVISIBLE = {"beside": " ", "thin": " ", "coefficient": "", "word": " ", "bracket": ""}


def formula(formula: Formula) -> str:
    """A formula as one line of text.

    >>> formula(Fraction(Run((Number("1"), Operator("+", "sign"), Identifier("x"))), Identifier("y")))
    '(1 + x)/y'
    """
    return WRITE[type(formula)](formula)


def _identifier(node: Identifier) -> str:
    return "1" if node.text in "𝟏𝟙" else node.text


def _operator(node: Operator) -> str:
    if node.text in ("", "\u2061", "\u2062"):
        applied = node.text == "\u2061" and node.spacing == "coefficient"
        return " " if applied else INVISIBLE[node.spacing] if node.text or node.spacing == "beside" else ""
    text = "".join(SIGNS.get(character, character) for character in node.text)
    if node.spacing == "punctuation":
        return text + " "
    room = ROOM.get(node.spacing, "")
    return room + text + room


def _run(node: Run) -> str:
    """Parts side by side. A slash groups less than a bar: behind a fraction stands a dot, `log` has it in brackets."""
    text = ""
    before: Formula | None = None
    for part, after in zip(node.parts, (*node.parts[1:], None), strict=True):
        written = formula(part)
        if isinstance(part, Operator) and part.text == "\u2062":
            if isinstance(before, Fraction):
                written = " · "
            elif after is not None and leads_with_word(after):
                written = " "
        elif (
            isinstance(part, Operator)
            and part.spacing == "word"
            and (isinstance(after, Fraction) or isinstance(before, Operator))
        ):
            written = ""
        elif isinstance(part, Fraction) and isinstance(before, Operator) and before.spacing == "word":
            written = f"({written})"
        text += written
        before = part
    return text


def _fraction(node: Fraction) -> str:
    top, bottom = formula(node.top), formula(node.bottom)
    if isinstance(node.top, Fraction) or (isinstance(node.top, Run) and _is_loose(node.top)):
        top = f"({top})"
    if isinstance(node.bottom, Fraction) or (isinstance(node.bottom, Run) and not _is_one(node.bottom)):
        bottom = f"({bottom})"
    return f"{top}/{bottom}"


def _is_loose(node: Run) -> bool:
    """Whether a slash behind the formula would take its last part only."""
    return any(
        part.spacing in LOOSE if isinstance(part, Operator) else isinstance(part, Fraction | BigOperator)
        for part in node.parts
    )


def _is_one(node: Run) -> bool:
    """Whether the formula is read as one thing behind a slash: `∂x`, `dx`, `f(x)`."""
    first = node.parts[0]
    if isinstance(first, Operator) and first.text == "∂":
        return True
    return all(not isinstance(part, Operator) or part.text == "" or part.spacing == "bracket" for part in node.parts)


def _script(text: str, sign: str, small: dict[str, str]) -> str:
    if text and all(character in small for character in text):
        return "".join(small[character] for character in text)
    tight = text.replace(" = ", "=").replace(" + ", "+").replace(" − ", "−").replace(", ", ",")
    return sign + (tight if tight.isalnum() and (sign == "_" or len(tight) == 1) else f"{{{tight}}}")


def _scripts(node: Scripts) -> str:
    text = formula(node.base)
    primes = isinstance(node.sup, Operator) and node.sup.text[0] == "′"
    if primes:
        text += "'" * len(node.sup.text)  # type: ignore[union-attr]
    if node.sub is not None:
        text += _script(formula(node.sub), "_", LOWERED)
    if node.sup is not None and not primes:
        text += _script(formula(node.sup), "^", RAISED)
    return text


def _root(node: Root) -> str:
    body = formula(node.radicand)
    inside = node.radicand.base if isinstance(node.radicand, Scripts) else node.radicand
    simple = isinstance(inside, Identifier | Number | Scripts | Accent)
    degree = "" if node.degree is None else formula(node.degree)
    sign = DEGREES.get(degree) or _script(degree, "^", RAISED) + "√"
    return sign + (body if simple else f"({body})")


def _fence(node: Fence) -> str:
    return f"{node.left}{formula(node.body)}{node.right}"


def _big(node: BigOperator) -> str:
    under = "" if node.under is None else _script(formula(node.under), "_", {})
    over = "" if node.over is None else _script(formula(node.over), "^", {})
    return f"{BIG.get(node.text, node.text)}{under}{over} "


def _table(node: Table) -> str:
    rows = [
        " ".join(formula(cell) for cell in row) if node.left == "{" else ", ".join(map(formula, row)) for row in node.rows
    ]
    return "{" + "; ".join(rows) + "}" if node.left == "{" else "[" + "; ".join(rows) + "]"


def _accent(node: Accent) -> str:
    letter = plain_letter(node)
    if letter is not None:
        return letter
    base = formula(node.base)
    if node.accent not in ACCENTS:
        return base
    if len(base) == 1:
        return unicodedata.normalize("NFC", base + ACCENTS[node.accent][1])
    return f"{node.accent}({base})"


WRITE: dict[type, Callable[..., str]] = {
    Identifier: _identifier,
    Number: lambda node: node.text,
    Operator: _operator,
    Run: _run,
    Fraction: _fraction,
    Scripts: _scripts,
    Root: _root,
    Fence: _fence,
    BigOperator: _big,
    Table: _table,
    Text: lambda node: node.text,
    Accent: _accent,
    Mark: lambda node: formula(node.body),
}
