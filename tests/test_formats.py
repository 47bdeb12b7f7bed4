"""Every format by every way to ask for it: the ending of a file, --format, and standard output."""

import json

import pytest
from click.testing import CliRunner

import symderiv as sd
from symderiv.cli import main
from symderiv.writers import FORMATS, WRITERS

BEGINNINGS = {
    ".html": "<!doctype html>", ".tex": "\\documentclass", ".txt": "x squared\n", ".md": "# x squared\n", ".ipynb": "{\n",
    ".json": '{\n  "schema": "symderiv/sheet/1"',
}  # fmt: skip
PAGE = sd.sheet(sd.Problem("x squared", f="x^2", wrt=("x",)))


def run(*command):
    return CliRunner().invoke(main, command)


def test_every_format_can_be_asked_for():
    assert set(FORMATS.values()) == set(WRITERS.values())


@pytest.mark.parametrize("ending", WRITERS)
def test_the_ending_picks_the_format(ending, tmp_path):
    PAGE.save(tmp_path / f"page{ending}")
    assert (tmp_path / f"page{ending}").read_text(encoding="utf-8").startswith(BEGINNINGS[ending])


@pytest.mark.parametrize("form", FORMATS)
def test_format_is_stronger_than_the_ending_and_prints(form, tmp_path):
    target = tmp_path / "page.html"
    assert run("derive", "x^2", "--wrt", "x", "-o", str(target), "--format", form).output == ""
    printed = run("derive", "x^2", "--wrt", "x", "-o", "-", "--format", form).output
    assert target.read_text(encoding="utf-8") == printed
    assert run("derive", "x^2", "--wrt", "x", "--format", form).output == printed


def test_an_unknown_ending_is_refused_unless_a_format_is_named(tmp_path):
    assert run("derive", "x^2", "--wrt", "x", "-o", str(tmp_path / "page.xyz")).exit_code == 2
    assert run("derive", "x^2", "--wrt", "x", "-o", str(tmp_path / "page.xyz"), "--format", "md").exit_code == 0


def test_rules_prints_one_rule_and_its_mistakes():
    printed = run("rules", "quotient rule").output
    assert printed.startswith("quotient rule\n")
    assert printed.count("Wrong: ") == 6


def test_rules_as_data():
    found = json.loads(run("rules", "sums", "--json").output)
    assert found["schema"] == "symderiv/rules/1"
    assert found["blocks"]


def test_an_unknown_rule_names_the_nearest_ones():
    done = run("rules", "prodct rule")
    assert done.exit_code == 2
    assert "did you mean “product rule”" in done.output


def test_a_sheet_as_data_has_its_blocks_and_its_problems():
    found = json.loads(run("sheet", "softmax/softmax", "--json").output)
    assert found["problems"] == ["softmax/softmax"]
    assert found["blocks"][-1]["summary"] == ["Rules used"]
