"""A notebook with a derivation runs, and what a cell shows survives in its outputs and in an export to HTML."""

import re
from dataclasses import replace

import nbformat
import pytest

import symderiv as sd
from symderiv.writers.output import CAP, CUT, fragment

CELLS = [
    "import symderiv as sd",
    r'd = sd.derive(r"\|A x - b\|^2", "x", given=(r"A \in \mathbb{R}^{m \times n}", r"x \in \mathbb{R}^n"))',
    "d",
    "d.steps[0].after",
    'sd.sheet(["softmax/softmax"])',
]


@pytest.mark.parametrize("shown", [sd.derive("x^2", "x"), sd.derive("x^2", "x").page, sd.derive("x^2", "x").steps[0].after])
def test_what_a_cell_shows_needs_no_style_script_or_mathml(shown):
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/latex", "text/html"}
    assert bundle["text/html"] == shown._repr_html_()
    assert bundle["text/latex"] == shown._repr_latex_()
    assert not re.search(r"<(script|style|math|link|iframe)|\son\w+=| style=| class=", bundle["text/html"])
    assert re.search(r"\$[^$]+\$", bundle["text/html"])


def test_a_long_output_is_capped():
    page = sd.derive("x^2", "x").page.page
    once = len(fragment(page))
    cell = fragment(replace(page, blocks=page.blocks * (2 * CAP // once)))
    assert CAP - once < len(cell) < CAP + 1000
    assert CUT in cell


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_notebook_runs_and_its_export_shows_the_derivation(tmp_path, monkeypatch):
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter

    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    nbformat.validate(notebook)
    shown = [output for cell in notebook.cells for output in cell.outputs]
    assert [output.output_type for output in shown] == ["execute_result"] * 3
    page, _ = HTMLExporter().from_notebook_node(notebook)
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert r"2A^\top (A x - b)" in page
    assert "<summary>every step</summary>" in page
    assert r"\begin{aligned}" in page
    assert page.count("<details>") == sum(output.data["text/html"].count("<details>") for output in shown)
