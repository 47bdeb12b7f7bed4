"""LaTeX pages: reasons at the right, long lines broken, nothing from outside passed on, and no box too wide."""

import re
import shutil
import subprocess

import pytest

import symderiv
from symderiv.pages.formula import Identifier
from symderiv.pages.layout import layout
from symderiv.pages.rulebook import rulebook
from symderiv.pages.sheet import Details, Heading, Paragraph, Prose, Sheet
from symderiv.term.build import ZERO, limit, name
from symderiv.writers import latex
from symderiv.writers.latex_formula import escaped, formula

from .pages import HOSTILE, PAGE

DOCUMENT = latex.standalone(PAGE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50% & #1_a^b~{}", r"50\% \& \#1\_a\textasciicircum{}b\textasciitilde{}\{\}"),
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("σ ≤ 1", r"\ensuremath{\sigma} \ensuremath{\le} 1"),
        ("é “q” 漢", "é “q” [U+6F22]"),
        ("64 | 128", r"64 \textbar{} 128"),
    ],
)
def test_words_are_escaped(text, expected):
    assert escaped(text) == expected


@pytest.mark.parametrize(("word", "expected"), [("dY", "dY"), ("dα", "d\\alpha"), ("RF", r"\text{RF}")])
def test_a_name_called_after_a_change_is_set_like_it(word, expected):
    assert formula(Identifier(word)) == expected


@pytest.mark.parametrize(("arrow", "expected"), [("→", "\\to"), ("↓", "\\downarrow"), ("↑", "\\uparrow")])
def test_the_arrow_of_a_limit_is_a_command(arrow, expected):
    assert formula(layout(limit(name("x"), name("x"), ZERO, arrow))) == rf"\lim_{{x {expected} 0}} x"


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


def fragment_in_a_document(sheet):
    """A fragment in a document of one's own, with the packages that it needs and the class's own width, 345 pt."""
    packages = "\\documentclass{article}\n\\usepackage{amsmath,amssymb,graphicx,tikz}\n"
    return f"{packages}\\begin{{document}}\n{latex.fragment(sheet)}\\end{{document}}\n"


FORMS = {"standalone": latex.standalone, "fragment": fragment_in_a_document}


def compiled(text, folder):
    """The log of a document that compiles, in which no arrow and no sign stands that fonts of TeX show as another one."""
    assert not re.findall(r".*[\u2190-\u22ff].*", text)
    (folder / "page.tex").write_text(text, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "page.tex"]
    run = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False)
    log = run.stdout.decode("latin-1")
    assert run.returncode == 0, log[-2000:]
    return log


def too_wide(log):
    return [line for line in log.splitlines() if line.startswith("Overfull")]


needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")


@pytest.mark.tex
@needs_tex
@pytest.mark.parametrize("form", FORMS)
def test_the_document_compiles_and_no_line_is_too_wide(form, tmp_path):
    assert too_wide(compiled(FORMS[form](PAGE), tmp_path)) == []


@pytest.mark.tex
@needs_tex
@pytest.mark.parametrize("kind", ["solution", "grader"])
@pytest.mark.parametrize("form", FORMS)
def test_no_line_of_the_library_is_too_wide(form, kind, tmp_path):
    sheet = symderiv.sheet([entry.id for entry in symderiv.problems()], kind=kind).page
    assert too_wide(compiled(FORMS[form](sheet), tmp_path)) == []


@pytest.mark.tex
@needs_tex
@pytest.mark.parametrize("form", FORMS)
def test_no_line_of_the_rule_book_is_too_wide(form, tmp_path):
    assert too_wide(compiled(FORMS[form](rulebook()), tmp_path)) == []


@pytest.mark.tex
@needs_tex
def test_a_line_that_is_too_wide_would_be_found(tmp_path):
    wide = "\\documentclass{article}\\begin{document}\\noindent\\rule{346pt}{1pt}\\end{document}"
    assert len(too_wide(compiled(wide, tmp_path))) == 1
