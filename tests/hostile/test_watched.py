"""No code runs from an input: while hostile sources are judged the interpreter opens, compiles and starts nothing."""

from __future__ import annotations

from pathlib import Path

from hostile.test_fuzzed import program


def test_nothing_is_opened_compiled_or_started(tmp_path: Path) -> None:
    found = program("watching", str(tmp_path))
    assert found["inputs"] > 400
    assert found["bad"] == {}
    assert found["control"] == ["compile", "exec", "open"], "the watch is awake"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ipynb", "a.md", "a.tex", "a.txt", "canary.tex"]
