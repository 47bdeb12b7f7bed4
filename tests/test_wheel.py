"""The wheel, installed elsewhere, makes the same sheet as the checkout; it brings no top-level module `problems`."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

import symderiv as sd

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    return subprocess.run([str(part) for part in command], cwd=cwd, check=True, capture_output=True, text=True).stdout


@pytest.mark.slow
def test_the_wheel_makes_the_same_sheet(tmp_path: Path) -> None:
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", tmp_path, ROOT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("symderiv-*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", wheel, cwd=tmp_path)
    run(tmp_path / "env" / "bin" / "symderiv", "sheet", "softmax", "-o", "softmax.html", "-o", "softmax.tex", cwd=tmp_path)
    sheet = sd.sheet(["softmax"])
    assert (tmp_path / "softmax.html").read_text(encoding="utf-8") == sheet.write("html")
    assert (tmp_path / "softmax.tex").read_text(encoding="utf-8") == sheet.write("latex")
    look = "import importlib.util as u; print(u.find_spec('problems'))"
    assert run(python, "-c", look, cwd=tmp_path).strip() == "None"
