r"""Prose: text with formulas between dollars that somebody else wrote, let through only as far as an allow-list knows it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from symderiv.pages.letters import GREEK
from symderiv.term.names import is_balanced

#: Formulas longer than this are shown as source.
LONGEST = 4000

_FORMULA = re.compile(r"(?<!\\)(?:\$\$(?P<display>.+?)\$\$|\$(?P<inline>(?:\\.|[^$\\])+)\$)", re.DOTALL)

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


class Span(NamedTuple):
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


def is_safe_latex(latex: str) -> bool:
    r"""Whether a foreign formula may stand in a document that is compiled: known commands, balanced braces, no comments.

    >>> is_safe_latex(r"\frac{1}{2} \in \mathbb{R}"), is_safe_latex(r"\input{/etc/passwd}"), is_safe_latex("^^5cinput")
    (True, False, False)
    """
    if len(latex) > LONGEST or not latex.isascii() or "^^" in latex or not is_balanced(latex):
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
