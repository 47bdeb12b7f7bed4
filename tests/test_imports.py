"""What is derived from LaTeX, verified and written imports neither SymPy nor NumPy."""

from __future__ import annotations

import subprocess
import sys

import pytest

WORK = {
    "derive": "d = symderiv.derive(r'x^2 \\sin x', 'x')",
    "LaTeX of the result": "d = symderiv.derive(r'x^2 \\sin x', 'x'); d.latex_result",
    "verified steps": "d = symderiv.derive(r'x^2 \\sin x', 'x'); [step.evidence for step in d.steps]",
    "a matrix": "d = symderiv.derive('x^T A x', 'x', given=[r'x \\in \\mathbb{R}^n', r'A \\in \\mathbb{R}^{n \\times n}'])",
    "text": "symderiv.derive(r'x^2 \\sin x', 'x').page.write('text')",
}  # fmt: skip


@pytest.mark.parametrize("work", WORK.values(), ids=WORK.keys())
def test_deriving_latex_imports_neither_sympy_nor_numpy(work):
    code = f"import sys, symderiv\n{work}\nprint(*sorted({{'sympy', 'numpy'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
