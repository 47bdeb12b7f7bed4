"""MathML Core of a formula: only elements and attributes that browsers draw without help."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never
from xml.etree.ElementTree import Element

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
from symderiv.writers import spoken
from symderiv.writers.markup import element, markup
from symderiv.writers.typefaces import ACCENTS, plain_letter

#: Elements of MathML Core that are written or let through, and their attributes.
ELEMENTS = frozenset(
    "math mrow mi mn mo mtext mspace ms mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mstyle "
    "mpadded mphantom merror mmultiscripts mprescripts semantics annotation".split()
)
ATTRIBUTES = frozenset(
    "display displaystyle scriptlevel class form stretchy symmetric largeop movablelimits lspace rspace minsize maxsize "
    "alttext accent accentunder linethickness width height depth voffset columnspan rowspan mathvariant encoding dir".split()
)
NAMESPACE = "http://www.w3.org/1998/Math/MathML"

THIN = "0.1667em"
#: Operators that keep their room where a line begins with them.
INFIX = frozenset({"sign", "relation", "product"})
#: Signs that are letters in type: no room around them.
LETTER_SIGNS = {"∂": "italic", "∇": "normal", "⊤": "normal"}


def formula(formula: Formula, block: bool = False) -> str:
    """A formula as a `math` element, on a line of its own or inside text.

    >>> formula(Root(Identifier("x")))
    '<math alttext="the square root of x" xmlns="http://www.w3.org/1998/Math/MathML"><msqrt><mi>x</mi></msqrt></math>'
    """
    made = math(formula, block)
    made.set("xmlns", NAMESPACE)
    return markup(made)


def math(formula: Formula, block: bool = False, displaystyle: bool = False) -> Element:
    """The `math` element of a formula with its spoken text; `displaystyle` sets fractions and sums large inside a line."""
    made = element("math", _boxed(formula), alttext=spoken.formula(formula))
    if block:
        made.set("display", "block")
    elif displaystyle:
        made.set("displaystyle", "true")
    return made


def _boxed(formula: Formula) -> Element:
    return WRITE[type(formula)](formula)


def _identifier(node: Identifier) -> Element:
    if node.is_change:
        return element("mrow", *[element("mi", letter) for letter in node.text])
    return element("mi", node.text)


def _operator(node: Operator) -> Element:
    if node.spacing == "thin":
        return element("mspace", width=THIN)
    if node.spacing == "prime" and node.text[0] == "′":
        return element("mi", node.text)
    if node.text in LETTER_SIGNS:
        upright = {"mathvariant": "normal"} if LETTER_SIGNS[node.text] == "normal" else {}
        return element("mi", node.text, **upright)
    if node.spacing == "prefix":
        return element("mo", node.text, form="prefix")
    return element("mo", node.text, form="infix") if node.spacing in INFIX else element("mo", node.text)


def _run(node: Run) -> Element:
    made = element("mrow")
    before: Formula | None = None
    for place, part in enumerate(node.parts):
        if not isinstance(part, Operator) or part.text:
            made.append(_boxed(part))
        if isinstance(part, Operator) and _wants_room(part, before, node.parts[place + 1 :]):
            made.append(element("mspace", width=THIN))
        before = part
    return made


def _wants_room(sign: Operator, before: Formula | None, after: tuple[Formula, ...]) -> bool:
    """A function's word has a thin space on both sides, unless a bracket or a sign stands there."""
    if sign.spacing == "word":
        return before is not None and leads_with_word(before)
    return sign.text == "\u2062" and bool(after) and leads_with_word(after[0])


def _fraction(node: Fraction) -> Element:
    """A fraction; one that stands on top of another keeps its size."""
    top = _boxed(node.top)
    if isinstance(node.top, Run | Fraction) and _is_tall(node.top):
        top.set("displaystyle", "true")
    return element("mfrac", top, _boxed(node.bottom))


def _scripts(node: Scripts) -> Element:
    base, sub, sup = node.base, node.sub, node.sup
    if isinstance(sup, Operator) and sup.text[0] == "′":
        primed = element("mrow", _boxed(base), _boxed(sup))
        return primed if sub is None else element("msub", primed, _boxed(sub))
    if sub is None and sup is not None:
        return element("msup", _boxed(base), _boxed(sup))
    if sup is None and sub is not None:
        return element("msub", _boxed(base), _boxed(sub))
    assert sub is not None and sup is not None
    return element("msubsup", _boxed(base), _boxed(sub), _boxed(sup))


def _root(node: Root) -> Element:
    if node.degree is None:
        return element("msqrt", _boxed(node.radicand))
    return element("mroot", _boxed(node.radicand), _boxed(node.degree))


def _fence(node: Fence) -> Element:
    tall = "true" if _is_tall(node.body) else "false"
    return _between(node.left, _boxed(node.body), node.right, tall)


def _between(left: str, body: Element, right: str, tall: str = "true") -> Element:
    """A body between its brackets. They keep their size unless the body is tall: stretched ones have wide margins."""
    made = element("mrow")
    if left:
        made.append(element("mo", left, form="prefix", stretchy=tall))
    made.append(body)
    if right:
        made.append(element("mo", right, form="postfix", stretchy=tall))
    return made


def _is_tall(formula: Formula) -> bool:
    """Whether something in the formula is higher than its line: a fraction, a big sign, a table."""
    match formula:
        case Fraction() | BigOperator() | Table() | Root():
            return True
        case Run(parts):
            return any(_is_tall(part) for part in parts)
        case Scripts(base):
            return _is_tall(base)
        case Fence(_, body) | Accent(_, body) | Mark(_, body):
            return _is_tall(body)
        case Identifier() | Number() | Operator() | Text():
            return False
    assert_never(formula)


def _big(node: BigOperator) -> Element:
    sign = element("mo", node.text)
    if node.under is None and node.over is None:
        return sign
    if node.over is None:
        return element("munder", sign, _boxed(node.under))  # type: ignore[arg-type]
    if node.under is None:
        return element("mover", sign, _boxed(node.over))
    return element("msubsup" if node.text == "∫" else "munderover", sign, _boxed(node.under), _boxed(node.over))


def _table(node: Table) -> Element:
    rows = [element("mtr", *[element("mtd", _boxed(cell)) for cell in row]) for row in node.rows]
    made = element("mtable", *rows)
    if node.left == "{":
        made.set("class", "cases")
    return _between(node.left, made, node.right)


def _text(node: Text) -> Element:
    return element("mtext", node.text.replace(" ", "\u00a0"))


def _accent(node: Accent) -> Element:
    letter = plain_letter(node)
    if letter is not None:
        return element("mi", letter)
    if node.accent not in ACCENTS:
        return _boxed(node.base)
    sign = element("mo", ACCENTS[node.accent][0], stretchy="false")
    if node.accent == "underline":
        return element("munder", _boxed(node.base), sign, accentunder="true")
    return element("mover", _boxed(node.base), sign, accent="true")


WRITE: dict[type, Callable[..., Element]] = {
    Identifier: _identifier,
    Number: lambda node: element("mn", node.text),
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
    Mark: lambda node: element("mrow", _boxed(node.body), class_=node.kind),
}
