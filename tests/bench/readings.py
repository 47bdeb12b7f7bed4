r"""Does a reading keep what was written? Letters, digits, operators, primes, transposes and relations, in order.

    PYTHONPATH=tests python -m bench.readings [--show N]

Every whole line of `latex_lines.jsonl` is read by `check`; the tokens of its `.reading` and of its source are compared
after what carries no meaning is taken out: room, sizes of brackets, braces, brackets, dots for products, alignment, words,
the end of a proof. What a reader puts in where a person left it out, the index of a bare sum and the kind of a bare norm,
is told by the reading and is no token of the source.
Printed are lines whose reading lacks or adds a token or has them in another order, and with `--show` N readings beside
their sources, for the eye.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import symderiv as sd
from bench.drawing import rows

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[^\s]")
#: Remarks: words with room between them, and those that join statements.
_WORDS = re.compile(
    r"\\(?:text|textbf|textit|textrm|mbox|label|tag|ref)\*?\s*\{"
    r"(?:[^{}]* [^{}]*|\([a-z]+\)|if|otherwise|def|and|for|where|linearity)\}"
)
#: What stands at a brace below or above a formula is a remark on it: the formula is kept.
_AT_A_BRACE = re.compile(r"\\(under|over)brace\s*(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})\s*[_^]\s*(?:\{[^{}]*\}|\w)")
#: Words below and above letters keep their letters; matrices and cases have no letters of their own.
_LABELS = re.compile(r"([_^]\{?)\\(?:text|mathrm|textrm|operatorname)\{([^{}]*)\}")
_BLOCKS = re.compile(r"\\(?:begin|end)\{[a-z]+\*?\}|\\(?:h|v)space\*?\{[^}]*\}|\\(?:displaystyle|nonumber|small)(?![a-z])")
#: Scripts are compared in one order, and the transpose of an inverse as it is taken.
_SCRIPTS = re.compile(r"(\^(?:\{[^{}]*\}|\w|\\[A-Za-z]+))(_(?:\{[^{}]*\}|\w|\\[A-Za-z]+))")
_INVERSE = re.compile(r"\^\{-\\top\}")
#: `\partial_x u` and `\partial u / \partial x` are one operator: the second spelling writes its sign twice.
_BY_SUBSCRIPT = re.compile(r"\\partial_")
#: A sum and its index, a bar of a norm and its kind: what the reader tells is one sign, what stands there may be more.
_SUM = re.compile(r"(\\sum)(?![A-Za-z])\s*(?:\\limits)?\s*(_(?:\{\w\}|\w)|[_^])?")
_NORM = re.compile(r"(\\\||\\[lr]?Vert(?![A-Za-z]))\s*(_(?:\{\w\}|\w)|_)?")
_FUNCTION = re.compile(r"\\(exp|log|ln|sin|cos|tan|tanh|max|min|det|sinh|cosh|arg|lim|sup|inf)")
#: What carries no meaning.
IDLE = frozenset(
    r"""\left \right \big \Big \bigg \Bigg \bigl \bigr \Bigl \Bigr \biggl \biggr \middle \mathopen \mathclose \mathop
    \, \; \: \! \  \quad \qquad & { } ( ) [ ] \{ \} \lbrace \rbrace \lbrack \rbrack \lVert \rVert \| \Vert \lvert \rvert |
    \vert ~ . , ; : \\ / ^ _ \cdot * \times \circ \odot \limits \nolimits \hline \phantom \vphantom \mathstrut \strut \tag
    \text \mbox \operatorname \mathrm \mathbf \boldsymbol \bm \mathit \mathbb \mathcal \mathsf \rm \bf \underbrace
    \overbrace \underset \overset \stackrel \overline \bar \hat \tilde \vec \dot \frac \dfrac \tfrac \cfrac \over
    \blacksquare \Box \square \qed""".split()
)
#: Signs with several spellings.
SAME = {
    r"\top": "T", r"\intercal": "T", r"\le": r"\leq", r"\ge": r"\geq", r"\ne": r"\neq", r"\to": r"\rightarrow",
    r"\dots": "…", r"\ldots": "…", r"\cdots": "…", r"\vdots": "…", r"\ddots": "…", r"\prime": "'", r"\triangleq": "=",
    r"\epsilon": r"\varepsilon", r"\partial": "∂", r"\phi": r"\varphi", r"\implies": r"\Rightarrow", "−": "-",
    r"\iff": r"\Leftrightarrow",
}  # fmt: skip


def kept(text: str) -> list[str]:
    """The tokens that a reading has to keep, letter by letter and digit by digit."""
    text = _BLOCKS.sub(" ", _LABELS.sub(r"\1{\2}", _AT_A_BRACE.sub(r"\2", text)))
    text = _BY_SUBSCRIPT.sub(r"\\partial\\partial_", text)
    text = _INVERSE.sub("^{-1}^T", _SCRIPTS.sub(r"\2\1", _WORDS.sub(" ", text.replace("Tr", "tr"))))
    found: list[str] = []
    for token in _TOKEN.findall(text):
        if token in IDLE:
            continue
        token = SAME.get(token, token)
        found += list(token[1:] if _FUNCTION.fullmatch(token) else token if token.isdigit() else [token])
    return found


def as_bare(source: str, reading: str) -> str:
    r"""A reading without the indices of sums and the kinds of norms that its source leaves out, and the reader tells.

    >>> as_bare(r"\sum x_i + \|x\| + \|z\|_2", r"\sum_i x_i + \lVert x \rVert_2 + \lVert z \rVert_2")
    '\\sum x_i + \\lVert x \\rVert + \\lVert z \\rVert_2'
    """
    for sign in (_SUM, _NORM):
        bare = [not found[2] for found in sign.finditer(source)]
        if len(bare) == len(sign.findall(reading)):
            left_out = iter(bare)
            reading = sign.sub(lambda found: found[1] + " " if next(left_out) and found[2] else found[0], reading)  # noqa: B023
    return reading.replace("  ", " ")


def missing(source: str, reading: str) -> tuple[Counter[str], Counter[str], bool]:
    """What the reading lacks, what it has beside, and whether the order is kept."""
    theirs, ours = kept(source), kept(as_bare(source, reading))
    return Counter(theirs) - Counter(ours), Counter(ours) - Counter(theirs), theirs == ours


class Compared(NamedTuple):
    """A line beside its reading, and how that differs: `as written`, `other order`, `other tokens` or `unread`."""

    id: str
    source: str
    reading: str
    outcome: str
    said: str = ""


def compared() -> Iterator[Compared]:
    """Every whole line of the cases with its reading."""
    for row in rows("latex_lines"):
        if not row["whole"]:
            continue
        (line,) = sd.check([row["latex"]]).lines
        if line.verdict == "unread":
            yield Compared(row["id"], row["latex"], "", "unread")
            continue
        lacks, adds, same = missing(row["latex"], line.reading)
        outcome = "as written" if same else "other order" if not lacks and not adds else "other tokens"
        yield Compared(row["id"], row["latex"], line.reading, outcome, f"lacks {dict(lacks)}, adds {dict(adds)}")


def main(arguments: list[str]) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0)
    wanted = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    shown = 0
    for one in compared():
        counts[one.outcome] += 1
        if one.outcome in ("other tokens", "other order"):
            print(f"{one.id} {one.outcome}: {one.said}\n    {one.source}\n    {one.reading}")
        elif one.outcome == "as written" and shown < wanted.show:
            shown += 1
            print(f"{one.id}\n    {one.source}\n    {one.reading}")
    print(dict(counts))


if __name__ == "__main__":
    main(sys.argv[1:])
