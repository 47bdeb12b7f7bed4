r"""Does a reading keep what was written? Letters, digits, operators, primes, transposes and relations, in order.

    PYTHONPATH=tests python -m bench.readings [--show N]

Every whole line of `latex_lines.jsonl` is read by `check`; the tokens of its `.reading` and of its source are compared
after what carries no meaning is taken out: room, sizes of brackets, braces, brackets, dots for products, alignment, words.
Printed are lines whose reading lacks or adds a token or has them in another order, and with `--show` N readings beside
their sources, for the eye.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter

import symderiv as sd
from bench.drawing import rows

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[^\s]")
#: Remarks: words with room between them, and those that join statements.
_WORDS = re.compile(
    r"\\(?:text|textbf|textit|textrm|mbox|label|tag|ref)\*?\s*\{(?:[^{}]* [^{}]*|if|otherwise|def|and|for|where|linearity)\}"
)
#: Words below and above letters keep their letters; matrices and cases have no letters of their own.
_LABELS = re.compile(r"([_^]\{?)\\(?:text|mathrm|textrm|operatorname)\{([^{}]*)\}")
_BLOCKS = re.compile(r"\\(?:begin|end)\{[a-z]+\*?\}|\\(?:h|v)space\*?\{[^}]*\}|\\(?:displaystyle|nonumber|small)(?![a-z])")
#: Scripts are compared in one order, and the transpose of an inverse as it is taken.
_SCRIPTS = re.compile(r"(\^(?:\{[^{}]*\}|\w|\\[A-Za-z]+))(_(?:\{[^{}]*\}|\w|\\[A-Za-z]+))")
_INVERSE = re.compile(r"\^\{-\\top\}")
_FUNCTION = re.compile(r"\\(exp|log|ln|sin|cos|tan|tanh|max|min|det|sinh|cosh|arg|lim|sup|inf)")
#: What carries no meaning.
IDLE = frozenset(
    r"""\left \right \big \Big \bigg \Bigg \bigl \bigr \Bigl \Bigr \biggl \biggr \middle \mathopen \mathclose \mathop
    \, \; \: \! \  \quad \qquad & { } ( ) [ ] \{ \} \lbrace \rbrace \lbrack \rbrack \lVert \rVert \| \Vert \lvert \rvert |
    \vert ~ . , ; : \\ / ^ _ \cdot * \times \circ \odot \limits \nolimits \hline \phantom \vphantom \mathstrut \strut \tag
    \text \mbox \operatorname \mathrm \mathbf \boldsymbol \bm \mathit \mathbb \mathcal \mathsf \rm \bf \underbrace
    \overbrace \underset \overset \stackrel \overline \bar \hat \tilde \vec \dot \frac \dfrac \tfrac \cfrac \over""".split()
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
    text = _BLOCKS.sub(" ", _LABELS.sub(r"\1{\2}", text))
    text = _INVERSE.sub("^{-1}^T", _SCRIPTS.sub(r"\2\1", _WORDS.sub(" ", text.replace("Tr", "tr"))))
    found: list[str] = []
    for token in _TOKEN.findall(text):
        if token in IDLE:
            continue
        token = SAME.get(token, token)
        found += list(token[1:] if _FUNCTION.fullmatch(token) else token if token.isdigit() else [token])
    return found


def missing(source: str, reading: str) -> tuple[Counter[str], Counter[str], bool]:
    """What the reading lacks, what it has beside, and whether the order is kept."""
    theirs, ours = kept(source), kept(reading)
    return Counter(theirs) - Counter(ours), Counter(ours) - Counter(theirs), theirs == ours


def main(arguments: list[str]) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0)
    wanted = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    for row in rows("latex_lines"):
        if not row["whole"]:
            continue
        (line,) = sd.check([row["latex"]]).lines
        if line.verdict == "unread":
            counts["unread"] += 1
            continue
        lacks, adds, same = missing(row["latex"], line.reading)
        counts["read"] += 1
        outcome = "as written" if same else "other order" if not lacks and not adds else "other tokens"
        counts[outcome] += 1
        if not same:
            print(f"{row['id']} {outcome}: lacks {dict(lacks)}, adds {dict(adds)}\n    {row['latex']}\n    {line.reading}")
        elif counts["shown"] < wanted.show:
            counts["shown"] += 1
            print(f"{row['id']}\n    {row['latex']}\n    {line.reading}")
    print(dict(counts))


if __name__ == "__main__":
    main(sys.argv[1:])
