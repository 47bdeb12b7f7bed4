"""LaTeX pages: reasons at the right, long lines broken, nothing from outside passed on, and no box too wide."""

import re
import shutil
import subprocess

import pytest

from symderiv.pages.sheet import Details, Heading, Paragraph, Prose, Sheet
from symderiv.writers import latex
from symderiv.writers.latex_formula import escaped

from .pages import HOSTILE, PAGE

DOCUMENT = latex.standalone(PAGE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50% & #1_a^b~{}", r"50\% \& \#1\_a\textasciicircum{}b\textasciitilde{}\{\}"),
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("σ ≤ 1", r"\ensuremath{\sigma} \ensuremath{\le} 1"),
        ("é “q” 漢", "é “q” [U+6F22]"),
    ],
)
def test_words_are_escaped(text, expected):
    assert escaped(text) == expected


def test_hostile_words_and_formulas_are_shown_and_not_run():
    assert HOSTILE not in DOCUMENT
    assert not re.search(r"(?<!\\textbackslash\{\})(?<!\w)\\input", DOCUMENT)
    assert r"\texttt{\textbackslash{}input\{/etc/passwd\}}" in DOCUMENT


def test_a_derivation_is_aligned_with_its_reasons_at_the_right():
    assert r"\begin{align*}" in DOCUMENT
    assert r"\tag*{\footnotesize quotient rule (proved)}" in DOCUMENT
    assert r"\tag*{\footnotesize definition of $p$\quad (1)}" in DOCUMENT
    assert r"&= p_i (\delta_{ij} - p_j)" in DOCUMENT


def test_a_long_sum_goes_on_in_the_next_line():
    assert re.search(r"\\\\\n&\\quad \{\}\+ \d+x\^", DOCUMENT)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Heading(1, "a_b"), r"\subsection*{\raggedright a\_b}"),
        (Prose(r"Let $x^2$ be 5\$."), r"Let $x^2$ be 5\$."),
        (Prose("$$x$$"), r"\[ x \]"),
        (Paragraph(("a & b",)), r"a \& b"),
        (Details(("open",), (Heading(1, "inside"),), open=True), r"\subsection*{\raggedright inside}"),
    ],
)
def test_blocks_are_written(block, expected):
    assert expected in latex.fragment(Sheet("t", (block,)))


def test_a_closed_detail_without_a_formula_is_left_out():
    assert "every step" not in DOCUMENT
    assert "aside 1: $" in DOCUMENT


def test_the_same_sheet_gives_the_same_bytes():
    assert latex.standalone(PAGE) == DOCUMENT


@pytest.mark.tex
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_the_document_compiles_and_no_line_is_too_wide(tmp_path):
    (tmp_path / "page.tex").write_text(DOCUMENT, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "page.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False)
    log = run.stdout.decode("latin-1")
    assert run.returncode == 0, log[-2000:]
    assert "Overfull" not in log, log[log.index("Overfull") : log.index("Overfull") + 400]
