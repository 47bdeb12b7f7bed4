"""Documents to lines: LaTeX, Markdown, notebooks, plain text and lists; each line points at its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symderiv.errors import SymderivError
from symderiv.reading.documents import MAX_BYTES, MAX_LINES, SourceLine, lines_of
from symderiv.report import check

TEX = r"""\documentclass{article}
\begin{document}
% $y = 7$ is a comment
Let $y = x^2$ and then
\begin{align*}
\frac{dy}{dx} &= 2x \\[2pt]
 &= x + x \tag{1}
\end{align*}
Now \(z = y + 1\) and \[ \frac{dz}{dx} = 2x \]
$$\cancel{y = 9}$$
$|x| = \begin{cases} x & x > 0 \\ -x & x < 0 \end{cases}$
$$\begin{split} w &= \begin{pmatrix} 1 \\ 2 \end{pmatrix} \\ v &= 3 \end{split}$$
\end{document}
$q = 1$
"""
MARKDOWN = r"""Let $y = x^2$. It costs \$5 and \$6.

$$
\begin{aligned}
\frac{dy}{dx} &= 2x \\
   &= x + x
\end{aligned}
$$

Then $\frac{d^2 y}{dx^2} = 2$ but not $\sout{y = 9}$.
"""
LINES = {
    TEX: [
        "y = x^2", r"\frac{dy}{dx} &= 2x", r"&= x + x \tag{1}", "z = y + 1", r"\frac{dz}{dx} = 2x", r"\cancel{y = 9}",
        r"|x| = \begin{cases} x & x > 0 \\ -x & x < 0 \end{cases}", r"w &= \begin{pmatrix} 1 \\ 2 \end{pmatrix}", "v &= 3",
    ],
    MARKDOWN: ["y = x^2", r"\frac{dy}{dx} &= 2x", "&= x + x", r"\frac{d^2 y}{dx^2} = 2", r"\sout{y = 9}"],
    "y = x^2\n\n  \\frac{dy}{dx} = 2x  \n": ["y = x^2", r"\frac{dy}{dx} = 2x"],
    "": [],
    "\n \n": [],
}  # fmt: skip


@pytest.mark.parametrize("document", LINES, ids=["tex", "markdown", "plain", "empty", "blank"])
def test_the_lines_of_a_document(document: str) -> None:
    assert [line.text for line in lines_of(document)] == LINES[document]


@pytest.mark.parametrize("document", LINES, ids=["tex", "markdown", "plain", "empty", "blank"])
def test_spans_point_at_the_source(document: str) -> None:
    for line in lines_of(document):
        assert document[slice(*line.span)] == line.text


ENVIRONMENTS = ["equation", "equation*", "align", "align*", "gather", "gather*", "multline", "eqnarray", "alignat"]


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_display_environments(name: str) -> None:
    columns = "{2}" if name == "alignat" else ""
    source = rf"Words \begin{{{name}}}{columns} a = b \\ c = d \end{{{name}}} and more"
    assert [line.text for line in lines_of(source)] == ["a = b", "c = d"]


@pytest.mark.parametrize("name", ["aligned", "split", "gathered"])
def test_environments_inside(name: str) -> None:
    source = rf"$$\begin{{{name}}} a &= b \\ &= c \end{{{name}}}$$"
    assert [line.text for line in lines_of(source)] == ["a &= b", "&= c"]


SEPARATED = {
    "a heading": "$y = x^2$\n\n# Next\n\n$= x x$\n",
    "a heading in front": "# First\n\n$y = x^2$\n\n## Next\n\n$= x x$\n",
    "sections": "\\section{A}\n\\[ y = x^2 \\]\n\\subsection*{B}\n\\[ = x x \\]",
    "a numbered list": "1. $y = x^2$\n2. $= x x$\n",
}


@pytest.mark.parametrize("label", SEPARATED)
def test_headings_and_lists_separate_derivations(label: str) -> None:
    """No line goes on from one above a heading, and none behind it is lost."""
    document = SEPARATED[label]
    found = lines_of(document)
    assert [line.text for line in found] == ["y = x^2", "= x x"]
    assert found[1].break_before
    assert all(document[slice(*line.span)] == line.text for line in found)
    verdicts = {line.source: line.verdict for line in check(document).lines}
    assert (verdicts["y = x^2"], verdicts["= x x"]) == ("stated", "unknown")


def test_a_blank_line_separates_nothing() -> None:
    assert [line.verdict for line in check("$y = x^2$\n\nand so\n\n$= x x$").lines] == ["stated", "ok"]


def test_a_list_has_one_line_for_each_string() -> None:
    found = lines_of(["y = x^2", "", "a = b \\\\ c = d", "$y$"])
    assert [line.text for line in found] == ["y = x^2", "", "a = b \\\\ c = d", "$y$"]
    assert [line.span for line in found] == [(0, 7), (0, 0), (0, 14), (0, 3)]


STRUCK = {
    r"\cancel{y = x}": True,
    r"\sout{y = x}": True,
    r"\xcancel{y = x}": True,
    "~~y = x~~": True,
    r"\cancel{x} = \cancel{y}": False,
    r"y = \cancel{x}": False,
    "~~~~": False,
    "y = x": False,
}


@pytest.mark.parametrize("text", STRUCK)
def test_a_whole_line_that_is_struck_out(text: str) -> None:
    assert [line.struck for line in lines_of([text])] == [STRUCK[text]]


def test_struck_out_mathematics_in_words() -> None:
    found = lines_of("First $y = x^2$. ~~Then $y = x^3$.~~ So $y = x x$.")
    assert [(line.text, line.struck) for line in found] == [("y = x^2", False), ("y = x^3", True), ("y = x x", False)]
    report = check("First $y = x^2$. ~~Then $y = x^3$.~~ So $y = x x$.")
    assert [line.verdict for line in report.lines] == ["stated", "skipped", "ok"]


NOTEBOOK = {
    "nbformat": 4,
    "cells": [
        {"cell_type": "markdown", "source": ["Let $y = x^2$\n", "and $$\\frac{dy}{dx} = 2x$$"]},
        {"cell_type": "code", "source": "x = '$q = 1$'", "outputs": [{"data": {"text/markdown": "$w = 1$"}}]},
        {"cell_type": "markdown", "source": "$\\frac{dy}{dx} = 3x$"},
    ],
}


def test_a_notebook_is_its_markdown() -> None:
    found = lines_of(json.dumps(NOTEBOOK), "notebook")
    assert [line.text for line in found] == ["y = x^2", r"\frac{dy}{dx} = 2x", r"\frac{dy}{dx} = 3x"]


@pytest.mark.parametrize("text", ["", "[]", "{}", "no JSON", '{"cells": 3}', '{"cells": [{}]}', "[" * 50_000])
def test_what_is_no_notebook_is_refused(text: str) -> None:
    with pytest.raises(SymderivError) as stop:
        lines_of(text, "notebook")
    assert stop.value.code == "not-readable"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tex", TEX),
        ("a.md", MARKDOWN),
        ("a.txt", "y = x^2\n\\frac{dy}{dx} = 2x\n"),
        ("a.ipynb", json.dumps(NOTEBOOK)),
    ],
)
def test_files_by_their_ending(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    found = lines_of(file)
    assert found[0].text == "y = x^2" and len(found) > 1
    assert found == lines_of(text, "notebook" if name.endswith("ipynb") else None)


def test_files_that_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("y = x", encoding="utf-8")
    (tmp_path / "a.tex").mkdir()
    for name, code in (("a.docx", "usage"), ("a.tex", "not-readable"), ("b.tex", "not-readable")):
        with pytest.raises(SymderivError) as stop:
            lines_of(tmp_path / name)
        assert stop.value.code == code, name


def test_a_file_that_is_no_text_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"y = x^2\n\xff\xfe\x00\n")
    assert lines_of(file)[0].text == "y = x^2"


def test_a_string_is_never_a_path(tmp_path: Path) -> None:
    file = tmp_path / "a.tex"
    file.write_text("$y = x^2$", encoding="utf-8")
    assert [line.text for line in lines_of(str(file))] == [str(file)]


@pytest.mark.parametrize("document", ["x" * (MAX_BYTES + 1), "$x$ " * (MAX_LINES + 1)], ids=["long", "many"])
def test_limits(document: str) -> None:
    with pytest.raises(SymderivError) as stop:
        lines_of(document)
    assert stop.value.code == "limit"


@pytest.mark.parametrize(
    "document", [r"$$ a = b", r"\begin{align} a = b", "~~a", "$$ $ $$", r"\[ a \] \]", r"\end{align}", "$"]
)
def test_documents_that_are_not_closed(document: str) -> None:
    for line in lines_of(document):
        assert isinstance(line, SourceLine) and 0 <= line.span[0] <= line.span[1] <= len(document)
