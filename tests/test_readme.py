"""What the README shows runs, and says what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, flags=re.S)


def test_python_blocks_run_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in BLOCKS:
        exec(compile(block, "README.md", "exec"), names)
    assert (tmp_path / "sheet.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_attempts_shown_are_judged_as_they_say() -> None:
    import symderiv as sd

    names: dict[str, object] = {}
    for block in (block for block in BLOCKS if "Problem(" in block):
        exec(compile(block, "README.md", "exec"), names)
    attempts = [(problem, one) for problem in names.values() if isinstance(problem, sd.Problem) for one in problem.attempts]
    assert len(attempts) == 2
    for problem, attempt in attempts:
        lines = sd.check([line for line, _ in attempt], problem=problem).lines
        assert [line.verdict for line in lines] == [verdict for _, verdict in attempt]


def test_the_result_in_the_comment_is_the_result() -> None:
    shown = dict(re.findall(r"^d\.(latex_result) +# '(.*)'$", README, flags=re.M))
    names: dict[str, object] = {}
    exec(BLOCKS[0].split("d.latex_result")[0], names)
    assert names["d"].latex_result == shown["latex_result"].replace("\\\\", "\\")  # type: ignore[attr-defined]


def test_the_derivation_shown_is_the_one_that_is_made() -> None:
    import symderiv as sd

    shown = re.search(r"```text\n(∂p_i.*?)```", README, flags=re.S)
    assert shown is not None
    page = sd.sheet(["softmax/softmax"]).write("text")
    for line in shown.group(1).splitlines():
        formula = re.split(r"\s{3,}(?=[a-z])", line.strip())[0]
        assert formula.replace(" ", "") in page.replace(" ", ""), line


def test_the_judged_attempt_shown_is_the_one_that_is_made() -> None:
    import symderiv as sd

    shown = re.search(r"```text\n(  1  E.*?)```", README, flags=re.S)
    assert shown is not None
    lines = re.findall(r"^ +\d  (\S.*?)  +[·✗]", shown.group(1), flags=re.M)
    given = [r"z \in \mathbb{R}^n", r"y \in \mathbb{R}^n", "y is one-hot", "j, k are indices"]
    page = sd.check(lines, given).text()
    for line in filter(None, map(str.strip, shown.group(1).splitlines())):
        assert line in page, line


def test_there_are_two_commands() -> None:
    commands = re.findall(r"```bash\n(.*?)```", README, flags=re.S)
    assert len(commands) == 2 and "sheet softmax" in commands[0] and "pytest" in commands[1]
