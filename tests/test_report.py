"""The report of `sd.check`: its fields, its formats, its errors, and that nothing in a source is ever active."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import symderiv as sd
from symderiv.errors import SymderivError
from symderiv.report import FORMATS, Report, check

SCRIPT = [
    r"y = x^3",
    r"\frac{dy}{dx} = 2x^2",
    r"= 2 x \cdot x",
    r"\frac{dy}{dx} = q",
    r"y = +* 2",
    r"\cancel{y = 1}",
    "y = x x x",
]
VERDICTS = ["stated", "wrong", "follows", "unknown", "unread", "skipped", "ok"]
FORMS = ("text", "html", "md", "tex", "json", "github", "sarif", "gcc")


@pytest.fixture(scope="module")
def report() -> Report:
    return check(SCRIPT)


def test_one_entry_a_line(report: Report) -> None:
    assert [line.source for line in report.lines] == SCRIPT
    assert [line.verdict for line in report.lines] == VERDICTS
    assert [line.span for line in report.lines] == [(0, len(line)) for line in SCRIPT]


def test_the_sum(report: Report) -> None:
    assert (report.ok, report.first_wrong) == (False, 1)
    assert (check(SCRIPT[:1]).ok, check(SCRIPT[:1]).first_wrong) == (True, None)
    assert [check([SCRIPT[0], line]).ok for line in SCRIPT[3:]] == [False, False, True, True]


def test_every_field_of_a_line(report: Report) -> None:
    stated, wrong, follows, unknown, unread, skipped, ok = report.lines
    assert wrong.evidence is not None and wrong.evidence.kind == "refuted"
    assert wrong.cause is not None and wrong.cause.kind == "constant-factor" and wrong.cause.name
    assert wrong.fix == r"\frac{dy}{dx} = 3x^2" and "3x^2" not in wrong.reading
    assert [line.fix for line in (stated, follows, unknown, unread, skipped, ok)] == [None] * 6
    assert [line.cause for line in (stated, follows, unknown, unread, skipped, ok)] == [None] * 6
    assert unknown.missing == ("q",) and "q" in unknown.say
    assert "*" in unread.say and unread.reading == ""
    assert ok.evidence is not None and ok.evidence.kind == "proved"
    assert [bool(line.say) for line in report.lines] == [True] * 5 + [False, True]
    assert all(len(line.statements) == 1 for line in (stated, wrong, follows, unknown, ok))


#: What a reading keeps: letters, digits, operators, primes, transposes and relations, in order.
READ = {
    r"y = x^2 \sin x": r"y = x^2 \sin x",
    r"\frac{dy}{dx} = \tfrac{1}{2} x": r"\frac{dy}{dx} = \frac{1}{2} x",
    r"a + b - c = d": "a + b - c = d",
    r"u = w^2, \quad w = 3": r"u = w^2, \quad w = 3",
    r"f = \sum_{i<j} x_i x_j": r"f = \sum_{i < j} x_i x_j",
    r"f = \sum_i \sum_{j \ne i} x_i x_j": r"f = \sum_i \sum_{j \ne i} x_i x_j",
    r"f_j = \sum_{i \ne j} x_i x_j": r"f_j = \sum_{i \ne j} x_i x_j",
    r"g = \mathbb{1}(z > 0)": r"g = \mathbb{1}[z > 0]",
    r"g = \begin{cases} 1 & z > 0 \\ 0 & \text{otherwise} \end{cases}": (
        r"g = \begin{cases} 1 & \text{if } z > 0 \\ 0 & \text{otherwise} \end{cases}"
    ),
    r"\nabla f(z) = 2 z": r"\nabla f(z) = 2z",
    r"\nabla^2 f(z) = 2": r"\nabla^2 f(z) = 2",
    r"\nabla_z^2 h = 2": r"\nabla_z^2 h = 2",
    r"b_l' = b_l - 1": "b'_l = b_l - 1",
    r"x = [x_1, \ldots, x_n]^\top": r"x = [x_1, \dots, x_n]^\top",
    r"x = [x_1, x_2, \ldots, x_n]^T": r"x = [x_1, x_2, \dots, x_n]^\top",
    r"w \gets w - \eta g": r"w \gets w - \eta g",
    r"y = \frac{d u}{\partial x} + 1": r"y = \frac{du}{\partial x} + 1",
    r"v = w - \eta \nabla C": r"v = w - \eta \nabla C",
    r"H = \nabla^2 f": r"H = \nabla^2 f",
    r"y = \operatorname{sgn}(w) + \mbox{arctanh}(w)": r"y = \operatorname{sgn}(w) + \operatorname{arctanh}(w)",
    r"y = batch\_size^2": r"y = \text{batch\_size}^2",
    r"y = \text{loss} + 1": r"y = \text{loss} + 1",
    r"y = \frac{\text{loss}}{n}": r"y = \frac{\text{loss}}{n}",
    r"P(y_i | x) = \frac{e^{f_{y_i}}}{\sum_j e^{f_j}}": r"P(y_i | x) = \frac{e^{f_{y_i}}}{\sum_j e^{f_j}}",
    r"h(x_i) = w x_i^2 + b": r"h(x_i) = w x_i^2 + b",
    r"\underset{W}{\operatorname{arg\,max}}\, f(W)": r"\underset{W}{\operatorname{arg\,max}}\, f(W)",
    r"w = \arg\min_v f(v)": r"w = \arg\min_v f(v)",
}


@pytest.mark.parametrize("source", READ)
def test_how_a_line_was_read(source: str) -> None:
    assert check([source]).lines[0].reading == READ[source]


FIELDS = {"source", "span", "verdict", "evidence", "cause", "say", "fix", "conditions", "reading", "missing", "statements"}


def test_the_report_as_data(report: Report) -> None:
    data = json.loads(json.dumps(report.to_dict(), allow_nan=False))
    assert json.loads(report.write("json")) == data
    assert (data["schema"], data["ok"], data["first_wrong"]) == ("symderiv/check/1", False, 1)
    assert set(data) >= {"lines", "assumed", "notes"}
    assert all(set(line) >= FIELDS for line in data["lines"])
    assert [line["verdict"] for line in data["lines"]] == VERDICTS
    assert set(data["lines"][1]["cause"]) >= {"name", "kind"}
    assert data["lines"][0]["cause"] is None and data["lines"][0]["evidence"] is None


def witness(lines: list[str], given: tuple[str, ...] = ()) -> dict[str, Any]:
    data = json.loads(json.dumps(check(lines, given).to_dict()))
    return dict(data["lines"][data["first_wrong"]]["evidence"]["witness"])


def test_a_witness_can_be_computed_again() -> None:
    """d(x³)/dx = 2x²: the undifferentiated quantity, the point, and both values."""
    found = witness(SCRIPT)
    x = float(found["letters"]["x"])
    assert found["left"][0] == "partial" and "x" in found["left"]
    assert found["right"] == ["*", 2, ["^", "x", 2]]
    assert float(found["left_value"]) == pytest.approx(3 * x**2)
    assert float(found["right_value"]) == pytest.approx(2 * x**2)


def test_a_witness_of_arrays() -> None:
    found = witness(
        [r"\frac{\partial}{\partial v} v^\top A v = 2 A v"], (r"v \in \mathbb{R}^n", r"A \in \mathbb{R}^{n \times n}")
    )
    A, v, (row, *_) = found["letters"]["A"], found["letters"]["v"], found["entry"]
    numbers = [[float(cell) for cell in line] for line in A]
    vector = [float(cell[0] if isinstance(cell, list) else cell) for cell in v]
    size = range(len(vector))
    assert float(found["right_value"]) == pytest.approx(2 * sum(numbers[row - 1][k] * vector[k] for k in size))
    both = sum((numbers[row - 1][k] + numbers[k][row - 1]) * vector[k] for k in size)
    assert float(found["left_value"]) == pytest.approx(both)


def test_a_clash_of_shapes_has_no_values() -> None:
    found = witness(["z = W v", "z = v^T W"], (r"v \in \mathbb{R}^n", r"W \in \mathbb{R}^{m \times n}"))
    assert {"place", "left_shape", "right_shape"} <= set(found)
    assert found["left_shape"] != found["right_shape"]


# --- what is given, problems, documents


def test_what_is_given_counts() -> None:
    line = [r"\frac{\partial}{\partial x} x^\top A x = 2Ax"]
    shapes = [r"x \in \mathbb{R}^n", r"A \in \mathbb{R}^{n \times n}"]
    assert check(line, shapes).lines[0].verdict == "wrong"
    assert check(line, [*shapes, "A is symmetric"]).lines[0].verdict == "ok"


def test_words_that_bind_nothing_are_kept() -> None:
    assert check(["y = x"], ["The sun is warm"]).notes == ("The sun is warm",)
    assert check(["y = x"]).notes == check(["y = x"]).assumed == ()


def test_a_problem_is_known_to_its_derivation() -> None:
    name = next(entry.id for entry in sd.problems())
    by_id, by_object = check(["q = 1"], problem=name), check(["q = 1"], problem=sd.load(name))
    assert by_id.environment == by_object.environment
    assert set(by_id.environment.quantities) > {"q"}


ERRORS: dict[str, tuple[dict[str, Any], str]] = {
    "a format that nobody reads": ({"format": "docx"}, "usage"),
    "a problem that is not there": ({"problem": "no/such"}, "unknown-problem"),
    "a fact that cannot be read": ({"given": ["x +* 3"]}, "unread"),
}


@pytest.mark.parametrize("label", ERRORS)
def test_errors_say_what_to_do(label: str) -> None:
    options, code = ERRORS[label]
    with pytest.raises(SymderivError) as stop:
        check(["y = x"], **options)
    assert stop.value.code == code and str(stop.value)


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_of_document(form: str) -> None:
    text = "$y = x^2$ and $y = x x$"
    if FORMATS[form] == "notebook":
        text = json.dumps({"cells": [{"cell_type": "markdown", "source": text}]})
    assert [line.verdict for line in check(text, format=form).lines] == ["stated", "ok"]


def test_nothing_to_judge() -> None:
    for empty in ("", [], "\n"):
        report = check(empty)
        assert (report.ok, report.first_wrong, report.lines) == (True, None, ())
        assert "nothing to judge" in report.text()


# --- pages


def test_every_format_holds_every_line(report: Report) -> None:
    for page in (report.text(), report.markdown()):
        assert all(source in page for source in SCRIPT)
    assert report.text().count("✗ wrong") == 1
    assert report.html().startswith("<!doctype html>") and report.html().count('class="marked') == len(SCRIPT)
    assert report.latex().count(r"\begin{document}") == report.latex().count(r"\end{document}") == 1
    assert "first wrong" in report._repr_html_() and "<!doctype" not in report._repr_html_()


def test_a_page_says_it_with_a_word_and_names_the_first_wrong_line(report: Report) -> None:
    for page in (report.text(), report.markdown(), report.html(), report.latex()):
        assert "Line 2 is the first wrong one" in page
        assert all(word in page for word in ("stated", "wrong", "follows", "skipped"))


def test_files_by_their_ending(report: Report, tmp_path: Path) -> None:
    starts = {"a.html": "<!doctype html>", "a.md": "# ", "a.txt": "Marked script", "a.json": "{", "a.tex": "\\"}
    for name, start in starts.items():
        report.save(str(tmp_path / name))
        assert (tmp_path / name).read_text(encoding="utf-8").lstrip("% \n").startswith(start), name
    report.save(str(tmp_path / "a.anything"), "gcc")
    assert "error" in (tmp_path / "a.anything").read_text(encoding="utf-8")
    with pytest.raises(SymderivError) as stop:
        report.save(str(tmp_path / "missing" / "a.html"))
    assert stop.value.code == "not-writable"


# --- hostile sources

HOSTILE = [
    "<script>alert(1)</script>",
    r"y = \text{<script>alert(1)</script>}",
    r"y = \text{<img src=x onerror=alert(1)>}",
    r"\input{/etc/passwd}",
    r"\write18{ls}",
    r"\href{javascript:alert(1)}{x} = 2",
    "y = x^2 % </script><img src=x onerror=alert(1)>",
    "```\n</pre><script>",
    r"\end{document} \newcommand{\x}{2}",
    r"\def\x{\x}\x = 1",
    "a:b\n::error::x",
    "::error file=a::b",
    "&lt;b&gt; = <b>x</b>",
    "]]></script>",
    "$$ $ $$",
    "(" * 400 + ")" * 400,
    "{" * 400,
    r"\frac" * 300,
    "-" * 400 + "x",
    r"\begin{cases}" * 200,
    "= " * 300,
    ", " * 200,
    r"\hat" * 400 + "x",
    "f" + "(x" * 300,
    "\x00\x1b[31mred",
]
ACTIVE = {
    "html": re.compile(r"<(?:script|img|iframe|object|b>)|<[^>]*\son\w+=|href\s*=\s*[\"']?javascript", re.IGNORECASE),
    "tex": re.compile(r"(?<!\\)\\(?:input|include|write|def|newcommand\{\\x|openin)\b"),
}


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: repr(source[:24]))
@pytest.mark.parametrize("wrap", ["alone", "between lines", "a document"])
def test_nothing_in_a_source_is_active(source: str, wrap: str) -> None:
    lines: Any = {"alone": [source], "between lines": ["y = x^2", source, r"\frac{dy}{dx} = 2x"], "a document": source}[wrap]
    report = check(lines)
    page = report.html().split("</style>")[-1]
    assert not ACTIVE["html"].search(page), page
    latex = report.latex().split(r"\begin{document}")[-1]
    assert not ACTIVE["tex"].search(latex), latex
    assert latex.count(r"\end{document}") == 1
    json.loads(report.write("json"))
    json.loads(report.write("sarif", "a.tex"))
    for form, start in (("gcc", "a.tex:"), ("github", "::")):
        assert all(line.startswith(start) for line in report.write(form, "a.tex").splitlines()), form


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: repr(source[:24]))
def test_the_lines_after_a_hostile_one_are_judged(source: str) -> None:
    report = check(["y = x^2", source, r"\frac{dy}{dx} = 2x", r"\frac{dy}{dx} = 3x"])
    assert [line.verdict for line in report.lines][2:] == ["ok", "wrong"]
    assert report.lines[1].source == source


def test_a_block_of_code_is_not_left() -> None:
    """Backticks in a source do not close the block of code that it stands in."""
    page = check(["```\n# heading"]).markdown()
    fence = re.search(r"^(`{4,})$", page, re.MULTILINE)
    assert fence is not None and page.count(fence[1]) == 2
