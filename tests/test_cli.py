"""The command line: data on standard output, words on standard error, exit statuses of the contract, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from symderiv import api, cli
from symderiv.cli import CLEAN, INTERNAL, INTERRUPTED, REFUTED, UNDECIDED, USAGE, main
from symderiv.errors import SymderivError


def run(*words: str, **options: Any) -> Result:
    found = CliRunner().invoke(main, list(words), **options)
    assert "Traceback" not in found.output
    return found


def clean(*words: str, **options: Any) -> str:
    found = run(*words, **options)
    assert (found.exit_code, found.stderr) == (CLEAN, ""), found.output
    return found.stdout


# --- what goes well


def test_derive_prints_the_derivation() -> None:
    assert "= 2x" in clean("derive", "x^2", "--wrt", "x")


@pytest.mark.parametrize("formula", ["-x^2", r"-\log x", "-o^2 x"])
def test_a_formula_may_begin_with_a_minus_sign(formula: str) -> None:
    given = ("--given", "x > 0")
    if formula.startswith("-o"):
        assert run("derive", "--wrt", "x", "--", formula).exit_code == CLEAN
    else:
        assert "−" in clean("derive", formula, "--wrt", "x", *given)


def test_a_formula_from_standard_input() -> None:
    assert "= 2x" in clean("derive", "-", "--wrt", "x", input="x^2\n")


def test_standard_input_that_is_no_text() -> None:
    found = run("derive", "-", "--wrt", "x", input=b"x^2\xff")
    assert (found.exit_code, "expected mathematics" in found.stderr) == (UNDECIDED, True)


TRACE = ("trace", r"(x^2/\ln x + c)(x^2/\ln x - c)", "--at", "x=5", "--at", "c=3")


def test_trace_prints_the_table() -> None:
    assert "232.29" in clean(*TRACE) and "133.06" in clean(*TRACE)
    assert "1270.3" in clean(*TRACE, "--log-base", "10")


def test_trace_of_arrays_and_definitions_as_data() -> None:
    given = ("--given", r"x \in \mathbb{R}^2", "--given", r"q = 2 x", "--given", r"f = \|q\|^2")
    data = json.loads(clean("trace", "f", "--at", "x=[1, 0.5]", *given, "--json"))
    assert (data["schema"], data["adjoints"]["x"]) == ("symderiv/trace/1", [8.0, 4.0])


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (("x^2",), "no value for x"),
        (("x^2", "--at", "x"), "NAME=VALUE"),
        (("x^2", "--at", "x=[1, 2"), "an array is written as"),
        (("x^2", "--at", "x=1", "--log-base", "10"), "no logarithm"),
    ],
)
def test_trace_without_what_it_needs(words: tuple[str, ...], seen: str) -> None:
    found = run("trace", *words)
    assert (found.exit_code, seen in found.stderr) == (USAGE, True), found.stderr


def test_trace_where_nothing_has_a_value() -> None:
    found = run("trace", r"\ln x", "--at", "x=-1")
    assert (found.exit_code, "no real value" in found.stderr) == (UNDECIDED, True)


def test_trace_written_to_files(tmp_path: Path) -> None:
    clean(*TRACE, "-o", str(tmp_path / "t.html"), "-o", str(tmp_path / "t.tex"))
    assert "<svg" in (tmp_path / "t.html").read_text() and "tikzpicture" in (tmp_path / "t.tex").read_text()


def test_several_names_facts_and_values() -> None:
    text = clean("derive", "x^2 y", "--wrt", "x", "--wrt", "y", "--at", "x=2", "--at", "y=-1.5", "--given", r"y \ne 0")
    assert "= 2x y" in text and "-6" in text.replace("−", "-")


def test_files_pick_their_format_by_their_ending(tmp_path: Path) -> None:
    page, source = tmp_path / "page.html", tmp_path / "page.tex"
    assert clean("derive", "x^2", "--wrt", "x", "-o", str(page), "-o", str(source)) == ""
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert r"\documentclass" in source.read_text(encoding="utf-8")
    assert sorted(tmp_path.iterdir()) == [page, source]


def test_a_dash_is_standard_output() -> None:
    assert clean("derive", "x^2", "--wrt", "x", "-o", "-") == clean("derive", "x^2", "--wrt", "x")


SCHEMAS = {
    ("derive", "x^2", "--wrt", "x"): ("symderiv/derive/1", {"title", "result", "conditions", "steps"}),
    ("derive", "x y", "--wrt", "x", "--wrt", "y"): ("symderiv/derive/1", {"title", "result", "conditions", "steps"}),
    ("sheet", "softmax/softmax"): ("symderiv/sheet/1", {"title", "problems"}),
    ("problems",): ("symderiv/problems/1", {"problems"}),
}


@pytest.mark.parametrize("words", SCHEMAS, ids=" ".join)
def test_json_is_one_object_with_its_schema(words: tuple[str, ...]) -> None:
    data = json.loads(clean(*words, "--json"))
    schema, fields = SCHEMAS[words]
    assert data["schema"] == schema
    assert fields <= set(data)


def test_the_library_is_listed() -> None:
    rows = json.loads(clean("problems", "--json"))["problems"]
    assert all({"id", "title", "family", "source"} <= set(row) for row in rows)
    assert [line.split()[0] for line in clean("problems").splitlines()] == [row["id"] for row in rows]


# --- what does not

BAD: dict[tuple[str, ...], tuple[int, str]] = {
    ("derive",): (USAGE, "Missing argument"),
    ("derive", "x^2"): (USAGE, "derive by what?"),
    ("derive", "x^2", "--wrt", "q"): (USAGE, "q does not stand in the formula"),
    ("derive", "x^2 +* 3", "--wrt", "x"): (UNDECIDED, "     ^\nsaw '*'"),
    ("derive", "", "--wrt", "x"): (UNDECIDED, "expected a formula"),
    ("derive", "x^2", "--wrt", ""): (UNDECIDED, "expected a number, a name"),
    ("derive", r"\lfloor x \rfloor", "--wrt", "x"): (UNDECIDED, "derivative of “floor”"),
    ("derive", "x+" * 20_000 + "x", "--wrt", "x"): (USAGE, "characters"),
    ("derive", "(" * 300 + "x" + ")" * 300, "--wrt", "x"): (USAGE, "80 deep"),
    ("derive", "9" * 10_000 + "x", "--wrt", "x"): (USAGE, "digits"),
    ("derive", "x", "--wrt", "x", "--at", "x"): (USAGE, "--at takes NAME=VALUE"),
    ("derive", "x", "--wrt", "x", "--at", "=1"): (USAGE, "--at takes NAME=VALUE"),
    ("derive", "x", "--wrt", "x", "--at", "x="): (USAGE, "expected a number"),
    ("derive", "x", "--wrt", "x", "--at", "x=one"): (USAGE, "got one"),
    ("derive", r"\log x", "--wrt", "x", "--at", "x=-1"): (USAGE, "outside the domain"),
    ("derive", "x", "--wrt", "x", "--order", "3"): (USAGE, "order 3"),
    ("derive", "x", "--wrt", "x", "--order", "two"): (USAGE, "not a valid integer"),
    ("derive", "x", "--wrt", "x", "--pace", "fast"): (USAGE, "'textbook'"),
    ("derive", "x", "--wrt", "x", "--route", "graph"): (USAGE, "'entries'"),
    ("derive", "x", "--wrt", "x", "--given", "x >"): (UNDECIDED, "saw the end"),
    ("derive", "A x", "--wrt", "x", "--given", r"A \in \mathbb{R}^{2 \times 3}", "--given", r"x \in \mathbb{R}^4"): (
        UNDECIDED, "2 × 3 and 4 do not fit",
    ),
    ("derive", "x", "--wrt", "x", "-o", "page.docx"): (USAGE, "expected an ending among .html"),
    ("sheet",): (USAGE, "name a problem or a chapter"),
    ("sheet", "nothing"): (USAGE, "no problem “nothing”"),
    ("sheet", "softmax/softmux"): (USAGE, "did you mean softmax/softmax"),
    ("sheet", "../problems"): (USAGE, "no problem"),
    ("sheet", "softmax", "--kind", "exam"): (USAGE, "'solution'"),
    ("sheet", "softmax", "--pace", "fast"): (USAGE, "'textbook'"),
    ("sheet", "softmax", "-o", "page"): (USAGE, "expected an ending among .html"),
    ("nothing",): (USAGE, "No such command"),
}  # fmt: skip


@pytest.mark.parametrize("words", BAD, ids=lambda words: " ".join(words)[:40])
def test_bad_input_has_a_message_and_a_status(words: tuple[str, ...]) -> None:
    found = run(*words)
    status, message = BAD[words]
    assert (found.exit_code, message in found.stderr) == (status, True), found.stderr
    assert found.stdout == ""


def test_what_is_not_decided_has_a_status_of_its_own() -> None:
    """`arcsin 3` has no value, so no point can support a line."""
    found = run("derive", r"\log(\arcsin 3) \cdot x", "--wrt", "x")
    assert (found.exit_code, "not decided" in found.stdout) == (UNDECIDED, True)


@pytest.mark.parametrize(
    ("stop", "status", "words"),
    [
        (SymderivError("refuted-step", "the step is false"), REFUTED, "the step is false"),
        (KeyboardInterrupt(), INTERRUPTED, "interrupted"),
        (ZeroDivisionError("by zero"), INTERNAL, "internal error, ZeroDivisionError: by zero"),
    ],
    ids=["refuted", "interrupted", "a fault of ours"],
)
def test_what_goes_wrong_inside(stop: BaseException, status: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def derive(*args: Any, **options: Any) -> None:
        raise stop

    monkeypatch.setattr(api, "derive", derive)
    found = run("derive", "x", "--wrt", "x")
    assert (found.exit_code, words in found.stderr, found.stdout) == (status, True, "")


# --- files

CANNOT = {"missing/page.html": "Choose another path", "folder.html": "Choose another path", "page.docx": "ending among"}


@pytest.mark.parametrize("name", CANNOT)
@pytest.mark.parametrize("verb", [("derive", "x^2", "--wrt", "x"), ("sheet", "softmax/softmax")], ids=["derive", "sheet"])
def test_nothing_is_left_half_written(tmp_path: Path, name: str, verb: tuple[str, ...]) -> None:
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "mine.html").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    found = run(*verb, "-o", str(tmp_path / name))
    assert (found.exit_code, CANNOT[name] in found.stderr) == (USAGE, True), found.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_no_file_is_written_where_one_ending_is_unknown(tmp_path: Path) -> None:
    found = run("derive", "x^2", "--wrt", "x", "-o", str(tmp_path / "page.html"), "-o", str(tmp_path / "page.docx"))
    assert (found.exit_code, list(tmp_path.iterdir())) == (USAGE, [])


def test_a_failed_derivation_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_text("mine", encoding="utf-8")
    assert run("derive", "x^2 +* 3", "--wrt", "x", "-o", str(target)).exit_code == UNDECIDED
    assert (target.read_text(encoding="utf-8"), list(tmp_path.iterdir())) == ("mine", [target])


# --- as a program

ROOT = Path(cli.__file__).resolve().parent.parent
#: A place where every attempt to reach the network is an error.
NO_NETWORK = "import socket, sys\ndef no(*a, **k): raise RuntimeError('network')\nsocket.socket.connect = no\n"


def program(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    code = f"{NO_NETWORK}from symderiv.cli import main\nmain(sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, encoding="utf-8", env=environment, check=False, **options
    )


def test_from_any_folder_and_without_a_network(tmp_path: Path) -> None:
    found = program("sheet", "softmax/softmax", "-o", "page.html", cwd=tmp_path)
    assert (found.returncode, found.stdout, found.stderr) == (CLEAN, "", "")
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


def test_errors_go_to_standard_error(tmp_path: Path) -> None:
    found = program("derive", "x^2 +* 3", "--wrt", "x", cwd=tmp_path)
    assert (found.returncode, found.stdout) == (UNDECIDED, "")
    assert found.stderr.startswith("symderiv: x^2 +* 3\n")


def test_standard_output_is_data_only(tmp_path: Path) -> None:
    found = program("sheet", "softmax", "sigmoid", "--json", cwd=tmp_path)
    assert (found.returncode, found.stderr) == (CLEAN, "")
    assert json.loads(found.stdout)["schema"] == "symderiv/sheet/1"
