"""The page in Chromium: on a phone a wide formula scrolls in its row and never moves the page."""

import html as entities
import json
import re
import shutil
import subprocess

import pytest

import symderiv
from symderiv.pages.rulebook import rulebook
from symderiv.pages.sheet import Sheet
from symderiv.writers import html

from .pages import PAGE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: Opens everything that unfolds, then says how wide the page is and what sticks out of it.
LOOK = """
const page = frame.contentDocument;
for (const details of page.querySelectorAll("details")) details.open = true;
const wide = frame.clientWidth;
const scrolls = (node) => node && (getComputedStyle(node).overflowX === "auto" || scrolls(node.parentElement));
const out = [...page.querySelectorAll("main *")].filter((node) =>
  node.getBoundingClientRect().right > wide + 1 && !scrolls(node.parentElement) && !scrolls(node));
const told = out.map((node) => node.outerHTML.slice(0, 200));
const cut = [...page.querySelectorAll(".right, .right *")].filter((node) =>
  getComputedStyle(node).overflowX === "auto" && node.scrollWidth > node.clientWidth + 1);
found.textContent = JSON.stringify(
  {wide: page.documentElement.scrollWidth, out: told, cut: cut.map((node) => node.outerHTML.slice(0, 200))});
"""


def looked_at(document, width, folder):
    """What Chromium says of a document in a window of so many pixels."""
    shell = (
        f'<!doctype html><pre id="found"></pre><iframe id="frame" style="width:{width}px;height:800px;border:0" '
        f'srcdoc="{entities.escape(document)}"></iframe><script>frame.onload = () => {{ {LOOK} }};</script>'
    )
    (folder / "shell.html").write_text(shell, encoding="utf-8")
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", f"--user-data-dir={folder / 'profile'}", "--dump-dom",
        "--virtual-time-budget=20000", (folder / "shell.html").as_uri(),
    ]  # fmt: skip
    dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    return json.loads(entities.unescape(re.search(r'<pre id="found">(.*?)</pre>', dom, re.DOTALL)[1]))


PAGES = {
    "a page with everything": lambda: PAGE,
    "the library": lambda: symderiv.sheet([entry.id for entry in symderiv.problems()], kind="grader").page,
    "the rule book": rulebook,
}
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize("width", [400, 900])
@pytest.mark.parametrize("page", PAGES)
def test_no_formula_moves_the_page(page, width, tmp_path):
    found = looked_at(html.standalone(PAGES[page]()), width, tmp_path)
    assert found["out"] == []
    assert found["wide"] <= width


@pytest.mark.browser
@needs_browser
def test_no_short_line_is_cut_where_there_is_room(tmp_path):
    page = symderiv.sheet(["convolution/unknown_filter", "convolution/pooling_over_a_window"]).page
    assert looked_at(html.standalone(page), 900, tmp_path)["cut"] == []


@pytest.mark.browser
@needs_browser
def test_a_page_that_is_too_wide_would_be_found(tmp_path):
    document = html.standalone(Sheet("wide", PAGE.blocks)).replace(
        "<h1>", '<h1><span class="label">' + "x" * 200 + "</span>"
    )
    document = re.sub(r"<style>.*?</style>", "", document, flags=re.DOTALL)
    assert looked_at(document, 400, tmp_path)["wide"] > 400
