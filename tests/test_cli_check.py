"""`symderiv check`: exit statuses, formats, files, and what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import symderiv as sd
from symderiv.cli import CHECK_FORMATS, CLEAN, REFUTED, UNDECIDED, USAGE, main

RIGHT = "y = x^2\n\\frac{dy}{dx} = 2x\n"
WRONG = "y = x^2\n\\frac{dy}{dx} = 3x\n"
OPEN = "y = x^2\n\\frac{dy}{dx} = q\n"


def run(*words: str, **options: Any) -> Result:
    found = CliRunner().invoke(main, ["check", *words], **options)
    assert "Traceback" not in found.output
    return found


STATUS = {
    "all right": (RIGHT, CLEAN),
    "a wrong line": (WRONG, REFUTED),
    "an open line": (OPEN, UNDECIDED),
    "a line that cannot be read": ("y = x^2\ny = +* 3\n", UNDECIDED),
    "a wrong line and an open one": (WRONG + OPEN, REFUTED),
    "what follows from a wrong line": (WRONG + "= 2x + x\n", REFUTED),
    "struck out": ("y = x^2\n\\cancel{y = x}\n", CLEAN),
    "nothing": ("", CLEAN),
}


@pytest.mark.parametrize("label", STATUS)
def test_exit_status(label: str) -> None:
    source, status = STATUS[label]
    found = run("-", input=source)
    assert (found.exit_code, found.stderr) == (status, ""), found.output


@pytest.mark.parametrize("name", ["a.tex", "a.md", "a.txt", "a.ipynb"])
def test_files(tmp_path: Path, name: str) -> None:
    source = "Let $y = x^2$, so $\\frac{dy}{dx} = 3x$."
    if name.endswith("ipynb"):
        source = json.dumps({"cells": [{"cell_type": "markdown", "source": source}]})
    (tmp_path / name).write_text(source, encoding="utf-8")
    found = run(str(tmp_path / name), "--json")
    assert found.exit_code == REFUTED
    assert [line["verdict"] for line in json.loads(found.stdout)["lines"]] == ["stated", "wrong"]


def shape_of(form: str, written: str) -> bool:
    """Whether a text is what a format says."""
    if form in ("json", "sarif"):
        return isinstance(json.loads(written), dict)
    starts = {
        "text": "Marked script",
        "html": "<!doctype html>",
        "md": "# Marked script",
        "gcc": "-:2: error: ",
        "github": "::error ",
    }
    return r"\documentclass" in written if form == "tex" else written.startswith(starts[form])


@pytest.mark.parametrize("form", CHECK_FORMATS)
def test_formats(form: str) -> None:
    found = run("-", "--format", form, input=WRONG)
    assert (found.exit_code, found.stderr) == (REFUTED, "")
    assert shape_of(form, found.stdout), found.stdout
    assert "wrong" in found.stdout or form in ("gcc", "github", "sarif")


@pytest.mark.parametrize("form", ["gcc", "github"])
def test_programs_are_told_nothing_of_right_lines(form: str) -> None:
    found = run("-", "--format", form, input=RIGHT)
    assert (found.exit_code, found.stdout) == (CLEAN, "")


@pytest.mark.parametrize("form", ["gcc", "github", "sarif"])
def test_the_file_and_the_line_are_named(tmp_path: Path, form: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text(WRONG, encoding="utf-8")
    written = run(str(file), "--format", form).stdout
    if form == "sarif":
        (row,) = json.loads(written)["runs"][0]["results"]
        place = row["locations"][0]["physicalLocation"]
        assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == (str(file), 2)
    else:
        assert len(written.splitlines()) == 1
        assert (f"{file}:2:" if form == "gcc" else "line=2::") in written


def test_the_line_is_that_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("Let $y = x^2$.\n\nThen\n\n$$\n\\frac{dy}{dx} = 3x\n$$\n", encoding="utf-8")
    assert run(str(file), "--format", "gcc").stdout.startswith(f"{file}:6: error: ")


def test_json_is_one_object_with_the_fields_of_the_contract() -> None:
    data = json.loads(run("-", "--json", input=WRONG).stdout)
    assert (data["schema"], data["ok"], data["first_wrong"]) == ("symderiv/check/1", False, 1)
    assert data == json.loads(json.dumps(sd.check(WRONG).to_dict()))


def test_what_is_given() -> None:
    line = r"\frac{\partial}{\partial x} x^\top A x = 2Ax"
    shapes = ["--given", r"x \in \mathbb{R}^n", "--given", r"A \in \mathbb{R}^{n \times n}"]
    assert run("-", *shapes, input=line).exit_code == REFUTED
    assert run("-", *shapes, "--given", "A is symmetric", input=line).exit_code == CLEAN


def test_a_problem() -> None:
    name = next(entry.id for entry in sd.problems())
    assert run("-", "--problem", name, input="q = 1").exit_code == CLEAN


def test_outputs(tmp_path: Path) -> None:
    names = ("a.html", "a.tex", "a.md", "a.txt", "a.json")
    outputs = [word for name in names for word in ("-o", str(tmp_path / name))]
    found = run("-", *outputs, input=WRONG)
    assert (found.exit_code, found.stdout) == (REFUTED, "")
    for name, form in zip(names, ("html", "tex", "md", "text", "json"), strict=True):
        assert shape_of(form, (tmp_path / name).read_text(encoding="utf-8")), name
    assert run("-", *outputs[:2], "-o", "-", input=WRONG).stdout == run("-", input=WRONG).stdout


BAD = {
    ("missing.tex",): "cannot be read",
    ("-", "--format", "docx"): "docx",
    ("-", "--problem", "no/such"): "no problem",
    ("-", "-o", "page.docx"): "ending among",
    ("-", "-o", "missing/page.html"): "cannot be written",
    ("-", "--nonsense"): "No such option",
    (): "Missing argument",
}


@pytest.mark.parametrize("words", BAD, ids=lambda words: " ".join(words) or "nothing")
def test_usage(words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = run(*words, input=RIGHT)
    assert (found.exit_code, found.stdout) == (USAGE, "")
    assert BAD[words] in found.stderr, found.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    for name in ("a.docx", "folder.tex"):
        (tmp_path / name).mkdir() if name.startswith("folder") else (tmp_path / name).write_text("y", encoding="utf-8")
        assert run(str(tmp_path / name)).exit_code == USAGE, name


def test_a_fact_that_cannot_be_read() -> None:
    found = run("-", "--given", "x +* 2", input=RIGHT)
    assert (found.exit_code, found.stdout) == (UNDECIDED, "")
    assert "saw '*'" in found.stderr


@pytest.mark.parametrize(
    "source", [b"\xff\xfe\x00", b"(" * 5000, b"$" * 999, rb"\begin{align}" * 99, b"y = <script>\n" * 50]
)
def test_whatever_is_in_the_source(source: bytes) -> None:
    found = run("-", input=source)
    assert found.exit_code in (CLEAN, REFUTED, UNDECIDED, USAGE), found.output
