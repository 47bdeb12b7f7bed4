"""Spoken text of a formula: what a lecturer says while pointing at it, with the end of every group said aloud.

`∂p_i/∂x_j = p_i` is "the partial derivative of p sub i with respect to x sub j equals p sub i". Screen readers get it as
the label of a formula, other programs as data.
"""

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
)
from symderiv.pages.letters import GREEK

#: Words of functions as they are spoken, those that read as written left out.
WORDS = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "cot": "cotangent", "sec": "secant", "csc": "cosecant",
    "arcsin": "arc sine", "arccos": "arc cosine", "arctan": "arc tangent", "arccot": "arc cotangent",
    "arcsec": "arc secant", "arccsc": "arc cosecant", "sinh": "hyperbolic sine", "cosh": "hyperbolic cosine",
    "tanh": "hyperbolic tangent", "coth": "hyperbolic cotangent", "sech": "hyperbolic secant",
    "csch": "hyperbolic cosecant", "ln": "natural log", "det": "the determinant", "tr": "the trace",
    "diag": "the diagonal", "max": "the maximum", "min": "the minimum", "erf": "the error function", "sign": "the sign",
}  # fmt: skip
SIGNS = {
    "=": "equals", "≠": "is not equal to", "<": "is less than", ">": "is greater than", "≤": "is at most",
    "≥": "is at least", "≈": "is about", "∈": "is in", "∉": "is not in", "≡": "is identical to", ":=": "is defined as",
    "←": "becomes", "∝": "is proportional to", "∼": "is distributed as", "⇒": "implies", "+": "plus", "−": "minus",
    "⋅": "times", "×": "by", "⊙": "elementwise times", "∗": "star", "⊗": "Kronecker times", "/": "over", "∂": "partial",
    "∇": "nabla", "⊤": "transpose", "…": "and so on", "*": "star",
}  # fmt: skip
LETTERS = {character: name.removeprefix("var") for name, character in GREEK.items()} | {
    "∞": "infinity", "𝟏": "the vector of ones", "𝟙": "the indicator of", "ℓ": "ell", "ℏ": "h bar",
}  # fmt: skip
ACCENTS = {"ddot": "double dot", "vec": "vector", "underline": "underlined", "check": "check"}
TYPEFACES = {
    "mathbf": "bold ", "boldsymbol": "bold ", "mathcal": "script ", "mathscr": "script ", "mathbb": "blackboard ",
    "mathfrak": "fraktur ", "mathsf": "sans-serif ", "mathtt": "typewriter ",
}  # fmt: skip
BIG = {
    "∑": "the sum",
    "∏": "the product",
    "∫": "the integral",
    "lim": "the limit",
    "max": "the maximum",
    "min": "the minimum",
}
POWERS = {"2": "squared", "3": "cubed"}
PRIMES = {1: "prime", 2: "double prime", 3: "triple prime"}
ROOTS = {"": "the square root", "2": "the square root", "3": "the cube root"}
ORDERS = {"1": "", "2": "second ", "3": "third "}
FENCES = {"(": ("open bracket", "close bracket"), "[": ("open square bracket", "close square bracket")}
BARS = {
    "|": ("the absolute value of", "end absolute value"), "‖": ("the norm of", "end norm"),
    "⌊": ("the floor of", "end floor"), "⌈": ("the ceiling of", "end ceiling"),
}  # fmt: skip
NORMS = {"F": "the Frobenius norm of", "∞": "the infinity norm of"}


class Speech:
    """Formulas to words; keep one for all lines of a page, so that what they share is said once."""

    def __init__(self) -> None:
        self.memo: dict[Formula, str] = {}

    def __call__(self, formula: Formula) -> str:
        """The words for a formula.

        >>> Speech()(Fraction(Number("1"), Identifier("α")))
        '1 over alpha'
        """
        known = self.memo.get(formula)
        if known is None:
            known = self.memo[formula] = SAY[type(formula)](self, formula)
        return known


def formula(formula: Formula) -> str:
    """The words for one formula."""
    return Speech()(formula)


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word).replace(" ,", ",")


def _identifier(_: Speech, node: Identifier) -> str:
    text = node.text
    if len(text) > 1:
        return WORDS.get(text, text)
    if text in LETTERS:
        name = LETTERS[text]
        return f"capital {name.lower()}" if name[0].isupper() else name
    return f"capital {text}" if text.isupper() and text.isascii() else text


def _operator(_: Speech, node: Operator) -> str:
    if node.spacing == "prime" and node.text[:1] == "′":
        return PRIMES.get(len(node.text), f"{len(node.text)} primes")
    if node.text in ("", "\u2061", "\u2062"):
        return ""
    told = node.text if node.spacing == "punctuation" else unicodedata.name(node.text[0], node.text).lower()
    return SIGNS.get(node.text) or told


def _is_sign(node: Formula, texts: str = "∂d") -> bool:
    """Whether this is the sign of a derivative: `∂`, `d`, and with a power `∂²`."""
    if isinstance(node, Scripts):
        return node.sub is None and isinstance(node.sup, Number) and _is_sign(node.base, texts)
    return isinstance(node, Operator | Identifier) and bool(node.text) and node.text in texts


def _is_atom(node: Formula) -> bool:
    """Whether the words for this end where it ends, without saying so."""
    if isinstance(node, Scripts):
        return _is_atom(node.base)
    if isinstance(node, Accent | Mark):
        return True
    return isinstance(node, Identifier | Number | Operator | Text)


def _grouped(say: Speech, node: Formula, end: str) -> str:
    """The words for a part, and where it ends if it is more than one thing."""
    return say(node) if _is_atom(node) else f"{say(node)}, {end}"


def _run(say: Speech, node: Run) -> str:
    words: list[str] = []
    parts, place = node.parts, 0
    while place < len(parts):
        part = parts[place]
        following = parts[place + 1] if place + 1 < len(parts) else None
        if following is not None and _is_applied(following) and place + 2 < len(parts):
            words.append(_applied(say, part, parts[place + 2]))
            place += 3
            continue
        words.append(say(part) if not _is_beside(part) else _beside(parts[place - 1], following))
        place += 1
    return _joined(*words)


def _is_beside(part: Formula) -> bool:
    return isinstance(part, Operator) and part.text == "\u2062"


def _beside(before: Formula, after: Formula | None) -> str:
    """What is said between two factors with no sign between them: nothing, unless a group ends or begins there."""
    ends = isinstance(before, Fraction | Root) or (isinstance(before, Run) and any(map(_is_applied, before.parts)))
    return "times" if ends or _is_fence(before) or _is_fence(after) else ""


def _is_fence(part: Formula | None) -> bool:
    return isinstance(part.base if isinstance(part, Scripts) else part, Fence)


def _is_applied(part: Formula) -> bool:
    return isinstance(part, Operator) and part.text == "\u2061"


def _applied(say: Speech, fn: Formula, argument: Formula) -> str:
    """A function of its argument: `sin x`, `f(x)`, `∇_w L`, `∂/∂x (…)`."""
    inside = argument.body if isinstance(argument, Fence) and argument.left == "(" else argument
    if isinstance(fn, Fraction) and (bottom := _variables(say, fn.bottom)):
        return f"{_derivative(fn.top)} of {say(inside)} with respect to {bottom}"
    words = _grouped(say, inside, "end of argument") if isinstance(inside, Run) else say(inside)
    bare = fn.base if isinstance(fn, Scripts) else fn
    if _is_sign(bare, "∇"):
        by = f" with respect to {say(fn.sub)}" if isinstance(fn, Scripts) and fn.sub else ""
        return f"the gradient of {words}{by}"
    if _is_sign(bare, "∂") and isinstance(fn, Scripts) and fn.sub:
        return f"the partial derivative in argument {say(fn.sub)} of {words}"
    return f"{say(fn)} of {words}"


def _derivative(sign: Formula) -> str:
    """`∂²` as "the second partial derivative"."""
    order = ORDERS.get(sign.sup.text, f"{sign.sup.text}th ") if _is_power(sign) else ""  # type: ignore[union-attr]
    base = sign.base if isinstance(sign, Scripts) else sign
    partial = "partial " if isinstance(base, Operator) else ""
    return f"the {order}{partial}derivative"


def _is_power(sign: Formula) -> bool:
    return isinstance(sign, Scripts) and isinstance(sign.sup, Number)


def _variables(say: Speech, bottom: Formula) -> str:
    """The variables of a derivative under its bar, or nothing if this is no such bar."""
    if not isinstance(bottom, Run) or not _is_sign(bottom.parts[0]):
        return ""
    names = [say(part) for part in bottom.parts if not _is_sign(part) and not (isinstance(part, Operator) and not part.text)]
    return " and ".join(names)


def _fraction(say: Speech, node: Fraction) -> str:
    top, bottom = node.top, node.bottom
    if isinstance(top, Run) and _is_sign(top.parts[0]) and (by := _variables(say, bottom)):
        body = Run(top.parts[1:])
        return f"{_derivative(top.parts[0])} of {say(body)} with respect to {by}"
    if _is_atom(top) and _is_atom(bottom):
        return f"{say(top)} over {say(bottom)}"
    return f"the fraction with numerator {say(top)} and denominator {say(bottom)}, end fraction"


def _scripts(say: Speech, node: Scripts) -> str:
    base, sub, sup = node.base, node.sub, node.sup
    if isinstance(base, Fence) and base.left == "‖" and sub is not None:
        norm = NORMS.get(getattr(sub, "text", ""), f"the {say(sub)}-norm of")
        return _joined(f"{norm} {_grouped(say, base.body, 'end norm')}", _raised(say, base, sup))
    if isinstance(base, Fence) and not base.left and sub is not None:
        return f"{say(base.body)}, evaluated at {say(sub)}"
    below = "" if sub is None else f"sub {say(sub) if _is_atom(sub) or _is_row(sub) else say(sub) + ', end sub'}"
    return _joined(say(base), below, _raised(say, base, sup))


def _is_row(node: Formula) -> bool:
    """Whether this is a row of positions: `ij`."""
    return isinstance(node, Run) and all(
        not isinstance(part, Operator) or not part.text.strip("\u2062") for part in node.parts
    )


def _raised(say: Speech, base: Formula, sup: Formula | None) -> str:
    if sup is None:
        return ""
    words = say(sup)
    if words in POWERS or (isinstance(sup, Operator) and sup.spacing == "prime"):
        return POWERS.get(words, words)
    if words.startswith("minus ") and not (isinstance(base, Identifier) and base.upright):
        if words == "minus 1":
            return "inverse"
        if words == "minus transpose":
            return "inverse transpose"
    return f"to the power {words if _is_atom(sup) else words + ', end power'}"


def _root(say: Speech, node: Root) -> str:
    degree = "" if node.degree is None else say(node.degree)
    lead = ROOTS.get(degree) or f"the root of degree {degree}"
    return f"{lead} of {_grouped(say, node.radicand, 'end root')}"


def _fence(say: Speech, node: Fence) -> str:
    if node.left in BARS:
        lead, end = BARS[node.left]
        return f"{lead} {_grouped(say, node.body, end)}"
    before, after = FENCES.get(node.left, ("", ""))
    return _joined(before, say(node.body), after)


def _big(say: Speech, node: BigOperator) -> str:
    lead = BIG[node.text]
    if node.over is not None and node.under is not None:
        return f"{lead} from {say(node.under)} to {say(node.over)} of"
    return f"{lead} over {say(node.under)} of" if node.under is not None else f"{lead} of"


def _table(say: Speech, node: Table) -> str:
    rows = "; ".join(
        ", ".join(say(cell) for cell in row) if node.left != "{" else " ".join(map(say, row)) for row in node.rows
    )
    if node.left == "{":
        return f"by cases: {rows}; end of cases"
    return f"the {len(node.rows)} by {len(node.rows[0])} matrix with rows {rows}; end matrix"


def _accent(say: Speech, node: Accent) -> str:
    if node.accent in TYPEFACES:
        return TYPEFACES[node.accent] + say(node.base)
    if node.accent in ("mathit", "mathrm", "text", "operatorname"):
        return say(node.base)
    return f"{say(node.base)} {ACCENTS.get(node.accent, node.accent)}"


SAY: dict[type, Callable[..., str]] = {
    Identifier: _identifier,
    Number: lambda _, node: node.text,
    Operator: _operator,
    Run: _run,
    Fraction: _fraction,
    Scripts: _scripts,
    Root: _root,
    Fence: _fence,
    BigOperator: _big,
    Table: _table,
    Text: lambda _, node: node.text.strip(),
    Accent: _accent,
    Mark: lambda say, node: say(node.body),
}
