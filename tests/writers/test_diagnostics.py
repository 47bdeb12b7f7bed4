"""What other programs read: one record for each line that is not right, safe against every name and every word."""

from __future__ import annotations

import json
import re

import pytest

from symderiv.report import check
from symderiv.writers.diagnostics import FORMATS, Diagnostic, gcc, github, sarif

WRONG = Diagnostic(2, (0, 5), "wrong", "The sides differ.", "sign")
OPEN = Diagnostic(4, (0, 5), "unknown", "Not decided\nwithout q: 100%, no")


def test_levels() -> None:
    found = [Diagnostic(1, (0, 1), verdict, "").level for verdict in ("wrong", "follows", "unknown", "unread")]
    assert found == ["error", "warning", "warning", "warning"]


def test_as_compilers_write() -> None:
    assert gcc([WRONG, OPEN], "a.tex").splitlines() == [
        "a.tex:2: error: The sides differ. [sign]",
        "a.tex:4: warning: Not decided without q: 100%, no",
    ]


def test_workflow_commands() -> None:
    assert github([WRONG, OPEN], "a.tex").splitlines() == [
        "::error file=a.tex,line=2::The sides differ.",
        "::warning file=a.tex,line=4::Not decided without q: 100%25, no",
    ]


@pytest.mark.parametrize("name", ["a,b.tex", "C:a.tex", "a%b.tex", "a\n::error::b.tex"])
def test_a_name_cannot_leave_its_field(name: str) -> None:
    (line,) = github([WRONG], name).splitlines()
    found = re.fullmatch(r"::error file=([^,:\n]*),line=2::The sides differ\.", line)
    assert found is not None, line


def test_sarif() -> None:
    data = json.loads(sarif([WRONG, OPEN, WRONG], "a.tex"))
    assert data["version"] == "2.1.0" and "sarif" in data["$schema"]
    (run,) = data["runs"]
    assert run["tool"]["driver"]["name"] == "symderiv"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["sign", "unknown"], "each rule once"
    assert [row["ruleId"] for row in run["results"]] == ["sign", "unknown", "sign"]
    assert [row["level"] for row in run["results"]] == ["error", "warning", "error"]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("a.tex", 4)
    assert run["results"][1]["message"]["text"] == "Not decided without q: 100%, no"


@pytest.mark.parametrize("form", ["gcc", "github"])
def test_nothing_to_say(form: str) -> None:
    assert FORMATS[form]([], "a.tex") == ""


def test_nothing_to_say_is_still_a_document() -> None:
    assert json.loads(sarif([], "a.tex"))["runs"][0]["results"] == []


def test_the_lines_of_a_report_that_are_not_right() -> None:
    report = check([r"y = x^3", r"\frac{dy}{dx} = 2x^2", "= 2 x x", r"\frac{dy}{dx} = q", "y = +*", r"\cancel{y = 1}"])
    assert [(item.line, item.verdict) for item in report.diagnostics] == [
        (2, "wrong"),
        (3, "follows"),
        (4, "unknown"),
        (5, "unread"),
    ]
    assert report.diagnostics[0].kind == "constant-factor"
    assert all("\n" not in item.words and item.words for item in report.diagnostics)
    assert report.write("gcc", "a.tex") == gcc(report.diagnostics, "a.tex")
