r"""LaTeX of a formula: one template for each box, one command for each sign."""

from __future__ import annotations

import re
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

#: Words that TeX has a command for; other upright words are `\operatorname`.
WORDS = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp log ln max min det".split()
)  # fmt: skip
LETTERS = {character: "\\" + word for word, character in GREEK.items()} | {"𝟏": "\\mathbf{1}", "𝟙": "\\mathbb{1}"}
SIGNS = {
    "−": "-",
    "≠": "\\ne",
    "≤": "\\le",
    "≥": "\\ge",
    "≈": "\\approx",
    "∈": "\\in",
    "∉": "\\notin",
    "≡": "\\equiv",
    "←": "\\leftarrow",
    "∝": "\\propto",
    "∼": "\\sim",
    "⇒": "\\Rightarrow",
    "→": "\\to",
    "↓": "\\downarrow",
    "↑": "\\uparrow",
    "⋅": "\\cdot",
    "⊙": "\\odot",
    "∗": "*",
    "⊗": "\\otimes",
    "×": "\\times",
    "∂": "\\partial",
    "∇": "\\nabla",
    "⊤": "\\top",
    "…": "\\dots",
    ":=": ":=",
}
BIG = {"∑": "\\sum", "∏": "\\prod", "∫": "\\int", "lim": "\\lim", "max": "\\max", "min": "\\min"}
FENCES = {
    "(": ("(", ")"),
    "[": ("[", "]"),
    "|": ("\\lvert ", " \\rvert"),
    "⌊": ("\\lfloor ", ""),
    "⌋": ("", " \\rfloor"),
    "⌈": ("\\lceil ", ""),
    "⌉": ("", " \\rceil"),
    "‖": ("\\lVert ", " \\rVert"),
    "{": ("\\{", "\\}"),
}
#: What stands left and right of an operator in the source.
ROOM = {
    "relation": (" ", " "),
    "sign": (" ", " "),
    "product": (" ", " "),
    "punctuation": ("", " "),
}
INVISIBLE_TEXTS = ("", "\u2061", "\u2062")
INVISIBLE = {"beside": " ", "thin": " \\, ", "coefficient": "", "word": " ", "bracket": ""}
#: Sources that stand higher than a line: brackets around them grow.
TALL = re.compile(r"\\(?:frac|sum|prod|int|begin)")
ESCAPES = {
    **{sign: "\\" + sign for sign in "&%$#_{}"},
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "<": "\\textless{}",
    ">": "\\textgreater{}",
    "|": "\\textbar{}",
}


def escaped(text: str) -> str:
    r"""Plain text as LaTeX shows it; mathematical characters are set as mathematics, unknown ones by their number.

    >>> escaped("50% of σ_1")
    '50\\% of \\ensuremath{\\sigma}\\_1'
    """
    return "".join([_shown(character) for character in text])


def _shown(character: str) -> str:
    if character in ESCAPES:
        return ESCAPES[character]
    if "\xa0" <= character <= "\u017f" or character in "–—‘’“”„…" or " " <= character <= "~":
        return character
    if character.isspace():
        return " "
    command = LETTERS.get(character) or SIGNS.get(character) or BIG.get(character)
    return f"\\ensuremath{{{command}}}" if command else f"[U+{ord(character):04X}]"


class Latex(dict[Formula, str]):
    """Formulas to LaTeX; keep one for all lines of a derivation, so that what they share is written once."""

    def __missing__(self, formula: Formula) -> str:
        text = self[formula] = WRITE[type(formula)](self, formula)
        return text

    def __call__(self, formula: Formula) -> str:
        r"""The LaTeX of a formula, without dollars.

        >>> Latex()(Fraction(Number("1"), Identifier("α")))
        '\\frac{1}{\\alpha}'
        """
        return self[formula]


def formula(formula: Formula) -> str:
    """The LaTeX of one formula."""
    return Latex()(formula)


def _identifier(_: Latex, node: Identifier) -> str:
    text = node.text
    if len(text) == 1:
        return LETTERS.get(text, text)
    if node.upright:
        return "\\" + text if text in WORDS else f"\\operatorname{{{text}}}"
    if node.is_change:
        return text[0] + LETTERS.get(text[1], text[1])
    return f"\\text{{{escaped(text)}}}"


def _operator(_: Latex, node: Operator) -> str:
    spacing = node.spacing
    if spacing in INVISIBLE and node.text in INVISIBLE_TEXTS:
        return INVISIBLE[spacing]
    if spacing == "prime" and node.text[0] == "′":
        return "\\prime" * len(node.text)
    before, after = ROOM.get(spacing, ("", ""))
    return before + SIGNS.get(node.text, node.text) + after


def _run(write: Latex, node: Run) -> str:
    return "".join(map(write.__getitem__, node.parts))


def _fraction(write: Latex, node: Fraction) -> str:
    top = write[node.top]
    if "\\frac" in top:
        top = "\\displaystyle " + top
    return f"\\frac{{{top}}}{{{write[node.bottom]}}}"


def _script(text: str) -> str:
    """A script in braces where it needs them; TeX leaves no room around signs there, so the source has none."""
    if len(text) == 1 or text == "\\top":
        return text
    if " " in text:
        for sign in ("=", "+", "-"):
            text = text.replace(f" {sign} ", sign)
        text = text.replace(", ", ",")
    return f"{{{text}}}"


def _scripts(write: Latex, node: Scripts) -> str:
    text = write[node.base]
    sub, sup = node.sub, node.sup
    if type(sup) is Operator and sup.text[0] == "′":
        text += "'" * len(sup.text)
        sup = None
    if sub is not None:
        text += "_" + _script(write(sub))
    if sup is not None:
        text += "^" + _script(write(sup))
    return text


def _root(write: Latex, node: Root) -> str:
    degree = "" if node.degree is None else f"[{write[node.degree]}]"
    return f"\\sqrt{degree}{{{write[node.radicand]}}}"


def _fence(write: Latex, node: Fence) -> str:
    body = write[node.body]
    tall = TALL.search(body) is not None
    left = FENCES[node.left][0] if node.left else "."
    right = FENCES[node.right if node.right in FENCES else node.left][1] if node.right else "."
    if not node.left:
        return f"\\left. {body} \\right{node.right}"
    return f"\\left{left}{body}\\right{right.lstrip()}" if tall else left + body + right


def _big(write: Latex, node: BigOperator) -> str:
    under = "" if node.under is None else "_" + _script(write[node.under])
    over = "" if node.over is None else "^" + _script(write[node.over])
    return f"{BIG[node.text]}{under}{over} "


def _table(write: Latex, node: Table) -> str:
    rows = " \\\\ ".join(" & ".join(write[cell] for cell in row) for row in node.rows)
    name = {"{": "cases", "(": "pmatrix", "[": "bmatrix", "": "matrix"}[node.left]
    return f"\\begin{{{name}}} {rows} \\end{{{name}}}"


def _accent(write: Latex, node: Accent) -> str:
    return f"\\{node.accent}{{{write[node.base]}}}"


def _text(_: Latex, node: Text) -> str:
    before, after = " " * node.text.startswith(" "), " " * node.text.endswith(" ")
    return f"{before}\\text{{{escaped(node.text)}}}{after}"


WRITE: dict[type, Callable[..., str]] = {
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
    Text: _text,
    Accent: _accent,
    Mark: lambda write, node: write[node.body],
}
