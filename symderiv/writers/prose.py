r"""Prose: text with formulas between dollars that somebody else wrote, let through only as far as an allow-list knows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from symderiv.pages.letters import GREEK
from symderiv.writers.markup import element
from symderiv.writers.mathml import ATTRIBUTES, ELEMENTS, THIN

#: Formulas longer than this are shown as source.
LONGEST = 4000

#: What the converter raises on broken input beside its own exceptions, and what we raise on what is not let through.
FAILURES = (ValueError, StopIteration, LookupError, TypeError, AttributeError, RecursionError)

#: Bars that the converter leaves to grow one by one; a pair of them must look alike.
BARS = frozenset("|‖∥∣")

_FORMULA = re.compile(r"(?<!\\)(?:\$\$(?P<display>.+?)\$\$|\$(?P<inline>(?:\\.|[^$\\])+)\$)", re.DOTALL)
_ENTITY = re.compile(r"&#x([0-9A-Fa-f]+);")

#: Commands that a formula from outside may hold when it goes into a LaTeX document: letters, signs, boxes, room.
COMMANDS = frozenset(
    (
        " ".join(GREEK)
        + " frac tfrac dfrac sqrt sum prod int log ln exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh"
        " coth det max min lim inf sup arg deg dim ker gcd Pr text mathrm mathbf mathit mathbb mathcal mathsf mathfrak"
        " boldsymbol operatorname hat bar tilde dot ddot vec check breve acute grave widehat widetilde overline"
        " underline left right big Big bigg Bigg bigl bigr Bigl Bigr lvert rvert lVert rVert vert Vert mid langle"
        " rangle lfloor rfloor lceil rceil cdot times div pm mp ast star circ odot otimes oplus oslash le leq ge geq"
        " ne neq lt gt approx equiv sim simeq cong propto in notin subset subseteq cup cap setminus to mapsto"
        " rightarrow leftarrow Rightarrow Leftarrow iff implies Leftrightarrow longrightarrow gets colon dots ldots"
        " cdots vdots ddots forall exists top perp prime quad qquad limits nolimits displaystyle textstyle begin end"
        " binom overset underset underbrace overbrace stackrel substack triangleq emptyset infty"
        " dagger lbrace rbrace"
    ).split()
)
ENVIRONMENTS = frozenset("matrix pmatrix bmatrix vmatrix Vmatrix cases aligned smallmatrix".split())
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|(.))", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of prose: words, or the LaTeX of a formula inside the line or on a line of its own."""

    kind: Literal["words", "inline", "display"]
    text: str


def spans(prose: str) -> list[Span]:
    r"""Prose cut at its dollars; `\$` is a dollar, and a dollar without a partner too.

    >>> [span.kind for span in spans(r"Let $x > 0$ cost 5 \$.")]
    ['words', 'inline', 'words']
    """
    found: list[Span] = []
    end = 0
    for match in _FORMULA.finditer(prose):
        if match.start() > end:
            found.append(_words(prose[end : match.start()]))
        kind: Literal["inline", "display"] = "display" if match["display"] else "inline"
        found.append(Span(kind, (match["display"] or match["inline"]).strip()))
        end = match.end()
    if end < len(prose):
        found.append(_words(prose[end:]))
    return found


def _words(text: str) -> Span:
    return Span("words", text.replace("\\$", "$"))


def paragraphs(prose: str) -> list[str]:
    """The paragraphs of a text: blank lines part them."""
    return [part.strip() for part in re.split(r"\n\s*\n", prose) if part.strip()]


def foreign_math(latex: str, block: bool = False) -> Element:
    r"""A foreign formula as MathML Core, or its source in `code` where the converter does not know a part of it.

    >>> foreign_math(r"\boxed{x}").tag, foreign_math(r"\frac{1}{x}").tag
    ('code', 'math')
    """
    from latex2mathml import exceptions
    from latex2mathml.converter import convert_to_element

    own = (kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception))
    failures: tuple[type[Exception], ...] = (*own, *FAILURES)
    if len(latex) > LONGEST:
        return element("code", latex)
    try:
        converted = convert_to_element(latex, display="block" if block else "inline")
        return _rebuilt(converted)
    except failures:
        return element("code", latex)


class Unknown(ValueError):
    """Something that is not MathML Core, or a command that the converter passed through as a letter."""


def _rebuilt(node: Element) -> Element:
    if node.tag not in ELEMENTS:
        raise Unknown(node.tag)
    text = _ENTITY.sub(lambda match: chr(int(match[1], 16)), node.text or "")
    if node.tag in ("mi", "mo") and (text == "&" or (text.startswith("\\") and len(text) > 1)):
        raise Unknown(text)
    kept = {name: value for name, value in node.attrib.items() if name in ATTRIBUTES}
    if node.get("columnalign") == "left":
        kept["class"] = "left"
    if kept.get("mathvariant") != "normal":
        kept.pop("mathvariant", None)
    if node.tag == "mo" and text in BARS:
        kept["stretchy"] = "false"
    made = Element(node.tag, kept)
    made.text = text
    made.extend(_spaced([_rebuilt(child) for child in node]) if node.tag in ("math", "mrow") else map(_rebuilt, node))
    return made


def _spaced(parts: list[Element]) -> list[Element]:
    """Parts side by side with the room that the converter forgets: around a function's word, not behind a leading minus."""
    found: list[Element] = []
    for place, part in enumerate(parts):
        before = parts[place - 1] if place else None
        if (
            part.tag == "mo"
            and part.text in ("−", "-", "+")
            and (before is None or (before.tag == "mo" and before.text != ")"))
        ):
            part.set("form", "prefix")
        if before is not None and ((_is_word(part) and before.tag != "mo") or (_is_word(before) and part.tag != "mo")):
            found.append(element("mspace", width=THIN))
        found.append(part)
    return found


def _is_word(node: Element) -> bool:
    """Whether this is the word of a function, with scripts or without."""
    while node.tag in ("msup", "msub", "msubsup", "munder") and len(node):
        node = node[0]
    return node.tag in ("mi", "mo") and len(node.text or "") > 1 and (node.text or "").isalpha()


def is_safe_latex(latex: str) -> bool:
    r"""Whether a foreign formula may stand in a document that is compiled: known commands, balanced braces, no comments.

    >>> is_safe_latex(r"\frac{1}{2} \in \mathbb{R}"), is_safe_latex(r"\input{/etc/passwd}"), is_safe_latex("^^5cinput")
    (True, False, False)
    """
    if len(latex) > LONGEST or not latex.isascii() or "^^" in latex or not _is_balanced(latex):
        return False
    bare = re.sub(r"\\.", "", latex, flags=re.DOTALL)
    if any(sign in bare for sign in "%#$~") or ("&" in bare and "\\begin" not in latex):
        return False
    named = [match[1] for match in _COMMAND.finditer(latex) if match[1]]
    signs = [match[2] for match in _COMMAND.finditer(latex) if match[2]]
    environments = _ENVIRONMENT.findall(latex)
    return (
        COMMANDS.issuperset(named)
        and all(sign in " ,;:!{}|\\%&#_$" for sign in signs)
        and ENVIRONMENTS.issuperset(environments)
        and len(environments) == named.count("begin") + named.count("end")
        and named.count("begin") == named.count("end")
        and named.count("left") == named.count("right")
    )


def _is_balanced(latex: str) -> bool:
    depth = 0
    for match in re.finditer(r"\\.|[{}]", latex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0:
            return False
    return depth == 0
