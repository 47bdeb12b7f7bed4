"""Fuzzed scripts: real lines damaged, formulas of a random grammar, documents; as a program, many of them in a process."""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from reading.cases import cases

from hostile.limits import MEGABYTES, trial

CASES = cases("check")
LINES = [line["latex"] for line in cases("latex_lines")] + [line for case in CASES for line in case["lines"]]
PIECES = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
POOL = sorted({piece for line in LINES for piece in PIECES.findall(line)})
#: Characters that no keyboard has, and that a page or a terminal may act on: control, bidi, zero width, joined, halves.
ODD = st.sampled_from(
    "\0\a\b\t\n\v\f\r\x1b\x7f\x85\xa0\xad\u034f\u0301\u061c\u115f\u200b\u200d\u200f\u202a\u202e\u2028\u2029"
    "\u2066\u2069\ufeff\ufffe\ufff9\ud800\udfff\U000e0001\U000e0041𝒙Ａ１²₁ﷺ🏳️‍🌈‮"
)
NUMBERS = ("0", "1", "-1", "2.50", "9^{9^{9^9}}", "10^{-99}", "1" * 61, ".5", "00", "3!", "170!")


@dataclass(frozen=True)
class Script:
    """What is judged: lines, or a document, as text or in a file with this ending."""

    document: list[str] | str
    given: tuple[str, ...] = ()
    format: str | None = None
    ending: str = ""


# --- real lines, damaged


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A real line with some of its pieces lost, doubled, exchanged, or spliced into another line."""
    pieces = PIECES.findall(draw(st.sampled_from(LINES)))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(pieces)))
        width = draw(st.integers(0, 3))
        match draw(st.sampled_from(("pieces", "odd", "text", "double", "splice"))):
            case "pieces":
                pieces[place : place + width] = draw(st.lists(st.sampled_from(POOL), max_size=3))
            case "odd":
                pieces[place : place + width] = draw(st.lists(ODD, min_size=1, max_size=3))
            case "text":
                pieces[place : place + width] = draw(st.text(max_size=4))
            case "double":
                pieces[place:place] = pieces[place : place + 8 * width]
            case "splice":
                pieces[place:] = PIECES.findall(draw(st.sampled_from(LINES)))[place:]
    return "".join(pieces)


@st.composite
def derivations(draw: st.DrawFn) -> Script:
    """A real derivation with what was given, some of its lines damaged."""
    case = draw(st.sampled_from(CASES))
    lines = [draw(damaged()) if draw(st.integers(0, 2)) == 0 else line for line in case["lines"]]
    return Script(draw(st.permutations(lines)) if draw(st.integers(0, 4)) == 0 else lines, tuple(case["given"]))


# --- a grammar of formulas

LETTERS = st.sampled_from(
    (*"xyzwabfgnijkLAXW", r"\theta", r"\sigma", r"\hat{y}", r"x_i", r"A_{ij}", r"x^{(i)}", r"y'", r"\ell")
)
FUNCTIONS = st.sampled_from(
    (*(rf"\{name}" for name in "sin cos exp log ln tanh det".split()), r"\operatorname{tr}", "f", r"\sigma")
)


def _around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    forms = (
        "{a} + {b}", "{a} - {b}", "{a} {b}", r"{a} \cdot {b}", r"{a} \odot {b}", r"\frac{{{a}}}{{{b}}}", "{a}^{{{b}}}",
        "{a}_{{{b}}}", r"\left( {a} \right)", r"\sqrt{{{a}}}", r"\sum_{{i=1}}^{{{b}}} {a}", r"\prod_{{i}} {a}",
        "{a}^\\top {b}", r"\|{a}\|^2", "|{a}|", r"\frac{{\partial {a}}}{{\partial {b}}}", r"\frac{{d}}{{dx}} {a}",
        r"\nabla_{{{b}}} {a}", r"\int_0^{{{b}}} {a} \, dx", r"\lim_{{x \to {b}}} {a}", r"\max({a}, {b})", "{a}!",
        r"\mathbb{{E}}[{a}]", "({a}, {b})", r"\begin{{pmatrix}} {a} & {b} \\ {b} & {a} \end{{pmatrix}}",
        r"\begin{{cases}} {a} & {b} > 0 \\ {b} \end{{cases}}", r"\text{{{a}}}", r"\mathrm{{{a}}}", "{a}^{{-1}}",
        r"\operatorname{{diag}}({a})", "[{a}]_{{{b}}}", r"\underbrace{{{a}}}_{{{b}}}",
    )  # fmt: skip
    applied = st.builds("{}({})".format, FUNCTIONS, inner)
    return applied | st.builds(lambda form, a, b: form.format(a=a, b=b), st.sampled_from(forms), inner, inner)


FORMULAS = st.recursive(LETTERS | st.sampled_from(NUMBERS), _around, max_leaves=12)
RELATIONS = st.sampled_from(
    ("=", "=", "=", "<", r"\le", r"\approx", ":=", r"\Rightarrow", r"\in", "+", ",", r"\to", r"\propto")
)


@st.composite
def grammatical(draw: st.DrawFn) -> str:
    """A line of members with relations between them, perhaps with words."""
    line = draw(FORMULAS)
    for _ in range(draw(st.integers(0, 3))):
        line += f" {draw(RELATIONS)} {draw(FORMULAS)}"
    lead = st.sampled_from(("", "", "", "= ", "+ ", r"\text{where } ", "Let ", r"\Rightarrow ", "& ", r"\cancel{"))
    return draw(lead) + line


# --- documents

DISPLAYS = ("align", "align*", "equation", "gather", "aligned", "split", "cases", "pmatrix", "verbatim", "document")
WORDS = st.sampled_from(
    ("Let ", "Then, by the chain rule,\n\n", "# Part\n", "- item ", "1. first ", "\\section{A}\n", "% gone $x$\n", "~~",
     "```\n", "\\text{", "> ", "<b>", "\\input{canary}", "![a](b.png)", "\\newcommand{\\x}{y}", "\\$", "\n\n",
     "\\end{document}", "<!-- ", "&amp;", "\\verb|$|")
)  # fmt: skip


@st.composite
def _fragment(draw: st.DrawFn) -> str:
    lines = draw(st.lists(damaged() | grammatical(), max_size=3))
    text = " \\\\\n".join(lines)
    match draw(st.sampled_from(("words", "inline", "dollars", "brackets", "named", "odd", "open"))):
        case "words":
            return draw(WORDS)
        case "inline":
            return f" ${text}$ "
        case "dollars":
            return f"\n$$\n{text}\n$$\n"
        case "brackets":
            return f"\\[{text}\\]"
        case "named":
            begin, end = draw(st.sampled_from(DISPLAYS)), draw(st.sampled_from(DISPLAYS))
            return f"\\begin{{{begin}}}\n{text}\n\\end{{{begin if draw(st.booleans()) else end}}}\n"
        case "odd":
            return draw(st.text(max_size=20)) + draw(ODD)
    return draw(st.sampled_from(("$", "$$", "\\[", "\\]", "\\(", "\\begin{align}", "\\end{align}", "\\\\", "}")))


@st.composite
def documents(draw: st.DrawFn) -> Script:
    """A LaTeX document, a Markdown one or a notebook, whole or broken, as text or in a file."""
    fragments = draw(st.lists(_fragment(), max_size=6))
    format, ending = draw(
        st.sampled_from((("tex", ".tex"), ("md", ".md"), ("ipynb", ".ipynb"), ("md", ".txt"), (None, ".tex")))
    )
    text = "".join(fragments)
    if format == "ipynb":
        kinds = st.sampled_from(("markdown", "markdown", "code", "raw"))
        cells = [{"cell_type": draw(kinds), "source": part, "outputs": [{"text": "$y = 1$"}]} for part in fragments]
        text = json.dumps({"cells": cells, "nbformat": 4})
        if draw(st.integers(0, 5)) == 0:
            text = text[: draw(st.integers(0, len(text)))]
    return Script(text, format=format, ending=ending if draw(st.booleans()) else "")


def _lists(line: st.SearchStrategy[str]) -> st.SearchStrategy[Script]:
    return st.builds(Script, st.lists(line, min_size=1, max_size=3))


KINDS: dict[str, st.SearchStrategy[Script]] = {
    "damaged lines": _lists(damaged()),
    "derivations": derivations(),
    "grammar": _lists(grammatical()),
    "documents": documents(),
}
#: How many of each are tried in all.
COUNTS = {"damaged lines": 6000, "derivations": 3000, "grammar": 6000, "documents": 5000}


def tried(script: Script) -> Any:
    """The trial of a script; one with an ending is put into a file first."""
    if not script.ending:
        return trial(script.document, script.given, script.format)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"script{script.ending}"
        path.write_bytes(str(script.document).encode("utf-8", "surrogatepass"))
        return trial(path, script.given)


def main(kind: str, number: int, count: int) -> dict[str, Any]:
    """Try so many scripts of a kind, and say what was found: with each fault the shortest script that shows it."""
    trial([r"y = x^2 \sin x", r"\frac{dy}{dx} = 2x \cos x", "= x"])
    inputs, verdicts, slowest = 0, Counter[str](), (0.0, "")
    wrong: dict[str, tuple[int, str]] = {}

    @seed(number)
    @settings(
        max_examples=count, database=None, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck)
    )
    @given(KINDS[kind])
    def run(script: Script) -> None:
        nonlocal inputs, slowest
        inputs += 1
        found = tried(script)
        verdicts.update(found.verdicts)
        shown = repr(script)
        slowest = max(slowest, (found.seconds, shown))
        for words in found.wrong:
            times, shortest = wrong.get(words, (0, shown))
            wrong[words] = (times + 1, min(shortest, shown, key=len))

    run()
    return {"inputs": inputs, "slowest": slowest, "peak": peak(), "verdicts": verdicts, "wrong": wrong}


def peak() -> float:
    """The most memory that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (4 * MEGABYTES << 20, 4 * MEGABYTES << 20))
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
