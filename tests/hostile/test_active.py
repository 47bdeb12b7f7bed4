r"""Nothing of a person is active in any output: no script in a page, no `\input` in a document, no command to a machine."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from hostile.attacks import ATTACKS, CANARY, OWNED, PLACES, active, document, lines
from symderiv.errors import SymderivError
from symderiv.report import Report, check

#: Everything that a page consists of; none of these loads or runs anything.
ELEMENTS = frozenset(
    (
        "html head meta title style body main article section header h1 h2 h3 h4 h5 h6 p div span strong em b i "
        "code pre ul ol li details summary table thead tbody tr th td wbr br hr blockquote del s math mrow mi mo "
        "mn mtext ms mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mpadded "
        "mphantom menclose mstyle semantics"
    ).split()
)
ACTIVE_ATTRIBUTES = re.compile(r"on\w+|(?:xlink:)?href|src\w*|action|formaction|style|data|poster|background|is|autofocus")
CONTROL = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
CASES = [(family, attack) for family, attacks in ATTACKS.items() for attack in attacks]
each_attack = pytest.mark.parametrize(("family", "attack"), CASES, ids=lambda text: ascii(text)[:40])


def rendered(markdown: str) -> str:
    """Markdown as a host renders it that lets elements through."""
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))


class Page(HTMLParser):
    """What a browser would see in a page."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}

    @property
    def active(self) -> list[str]:
        named = {name for name in self.attributes if ACTIVE_ATTRIBUTES.fullmatch(name)}
        return sorted((self.elements - ELEMENTS) | named)


@cache
def reports(attack: str) -> list[Report]:
    """An attack in lines, in a document, and in what is given, where it may be refused."""
    found = [check(lines(attack)), check(document((attack,)), format="md")]
    for given in (f"The sun said {attack}", rf"y_{{\text{{{attack}}}}} = x"):
        with suppress(SymderivError):
            found.append(check(["y = x"], given=(given,)))
    return found


# --- in everyday tests: what the pages say


@each_attack
def test_a_page_has_only_elements_that_do_nothing(family: str, attack: str) -> None:
    for report in reports(attack):
        page = report.html()
        assert Page(page).active == []
        assert page.count("<style>") == page.count("</style>") == 1
        assert Page(report._repr_html_()).active == []


@each_attack
def test_markdown_has_no_element_of_a_person(family: str, attack: str) -> None:
    for report in reports(attack):
        assert Page(rendered(report.markdown())).active == []


@each_attack
def test_a_document_has_no_command_of_a_person(family: str, attack: str) -> None:
    for report in reports(attack):
        body = report.latex().partition("\\begin{document}")[2]
        assert active(body) == []
        assert body.count("\\end{document}") == 1


@each_attack
def test_no_formula_of_a_page_has_a_command_of_a_person(family: str, attack: str) -> None:
    """Where a browser sets formulas between dollars, `\\href` is a link."""
    for report in reports(attack):
        outside = re.sub(r"(?ms)^(`{3,})$.*?^\1$", "", report.markdown())
        for formula in re.findall(r"\$\$\n(.+?)\n\$\$|(?<![>\\])\$([^$\n]+)\$", outside, re.DOTALL):
            assert active("".join(formula)) == []
        for formula in re.findall(r"\$[^$<]*\$", report._repr_html_()):
            assert active(formula) == []


@each_attack
def test_what_is_right_in_place_of_a_line_is_not_active(family: str, attack: str) -> None:
    """A reading is shown as a formula by whoever asks for it."""
    for line in (line for report in reports(attack) for line in report.lines if line.reading != line.source):
        assert active(line.reading) == []


@each_attack
def test_a_build_machine_is_told_nothing_by_a_person(family: str, attack: str) -> None:
    for report in reports(attack):
        count = len(report.diagnostics)
        for name in ("a.tex", "a\n::error::b,c:d%.tex"):
            commands = report.write("github", name).splitlines()
            assert len(commands) == count
            assert all(re.fullmatch(r"::(?:error|warning) file=[^,:]*,line=\d+::.*", command) for command in commands)
            results = json.loads(report.write("sarif", name))["runs"][0]["results"]
            assert len(results) == count and all("\n" not in row["message"]["text"] for row in results)
        assert len(report.write("gcc", "a.tex").splitlines()) == count


def test_the_name_of_a_file_adds_no_line() -> None:
    assert len(check(["y = +*"]).write("gcc", "a\n::error::b.tex").splitlines()) == 1


@each_attack
def test_nothing_reaches_a_terminal_that_it_would_act_on(family: str, attack: str) -> None:
    for report in reports(attack):
        pages = {form: report.write(form, "a.tex") for form in ("text", "html", "md", "tex", "github", "gcc")}
        assert {
            form: sorted(set(map(ascii, CONTROL.findall(page)))) for form, page in pages.items() if CONTROL.search(page)
        } == {}


# --- tried in a browser and in a compiler

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")


def browsed(page: str, folder: Path) -> str:
    """What Chromium makes of a page."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        f"--user-data-dir={folder / 'profile'}", "--dump-dom", "--virtual-time-budget=5000", (folder / "page.html").as_uri(),
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout


def title(dom: str) -> str:
    found = re.search(r"<title>(.*?)</title>", dom)
    assert found is not None, dom[:500]
    return found[1]


def inside(fragment: str) -> str:
    """A fragment in a page that allows scripts, as a notebook does."""
    return f"<!doctype html><html><head><meta charset='utf-8'><title>quiet</title></head><body>{fragment}</body></html>"


def without_policy(page: str) -> str:
    """A page whose own rule against scripts is gone, so that only its escaping is left."""
    return re.sub(r"<meta http-equiv[^>]*>", "", page)


FORMS: dict[str, Callable[[Report], str]] = {
    "the page": lambda report: report.html(),
    "the page without its policy": lambda report: without_policy(report.html()),
    "a cell of a notebook": lambda report: inside(report._repr_html_()),
    "markdown as a host renders it": lambda report: inside(rendered(report.markdown())),
}


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize("family", ATTACKS)
@pytest.mark.parametrize("form", FORMS)
def test_no_script_runs_in_a_browser(form: str, family: str, tmp_path: Path) -> None:
    report = check([line for attack in ATTACKS[family] for line in lines(attack)])
    assert title(browsed(FORMS[form](report), tmp_path)) in ("Marked script", "quiet")


@pytest.mark.browser
@needs_browser
def test_a_script_that_runs_would_be_found(tmp_path: Path) -> None:
    assert title(browsed(inside(f"<script>document.title='{OWNED}'</script>"), tmp_path)) == OWNED


def compiled(latex: str, folder: Path) -> tuple[str, int]:
    """The log of a compiler that is allowed everything, beside a file that it must not read; and its status."""
    (folder / "canary.tex").write_text(f"\\typeout{{{CANARY}}}\\immediate\\write18{{touch {OWNED}}}", encoding="utf-8")
    (folder / "page.tex").write_text(latex, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-shell-escape", "page.tex"]
    run = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False)
    return run.stdout.decode("latin-1"), run.returncode


@pytest.mark.tex
@needs_tex
@pytest.mark.parametrize("place", PLACES)
def test_no_command_runs_in_a_compiler(place: str, tmp_path: Path) -> None:
    written = [place.replace("@", attack) for _, attack in CASES]
    log, status = compiled(
        check([said for line in written for said in (line, line.replace(" = x", " = 2x"))]).latex(), tmp_path
    )
    assert CANARY not in log
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix not in (".aux", ".log", ".pdf")) == [
        "canary.tex",
        "page.tex",
    ]
    assert status == 0, log[-2000:]


@pytest.mark.tex
@needs_tex
def test_a_command_that_runs_would_be_found(tmp_path: Path) -> None:
    log, _ = compiled("\\documentclass{article}\\begin{document}\\input{canary}x\\end{document}", tmp_path)
    assert CANARY in log and (tmp_path / OWNED).exists()
