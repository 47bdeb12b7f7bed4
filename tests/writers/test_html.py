"""HTML: one file that asks nobody for anything, and shows hostile words as words."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from symderiv.pages.formula import Number, Text
from symderiv.pages.sheet import Derived, Details, Heading, Prose, Row, Sheet
from symderiv.writers import html
from symderiv.writers.mathml import ATTRIBUTES, ELEMENTS

from .pages import HOSTILE, PAGE

HTML_ELEMENTS = frozenset(
    "html head meta title style body main article h1 h2 h3 p div span details summary ul li table thead tbody tr th td "
    "strong code wbr svg title rect polyline polygon circle text".split()
)
HTML_ATTRIBUTES = frozenset(
    "lang charset http-equiv content name class role tabindex scope open viewbox width height x y rx cx cy r points "
    "fill stroke stroke-width stroke-dasharray text-anchor font-size".split()
)


class Elements(HTMLParser):
    """All elements with their attributes, and the text outside of the style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


DOCUMENT = html.standalone(PAGE)


def test_only_known_elements_and_attributes_are_written():
    for tag, attributes in Elements(DOCUMENT).found:
        allowed = ATTRIBUTES if tag in ELEMENTS else HTML_ATTRIBUTES
        assert tag in ELEMENTS | HTML_ELEMENTS, tag
        assert set(attributes) <= allowed, (tag, attributes)


def test_the_policy_allows_one_style_and_nothing_else():
    policy = re.search(r'content="(default-src[^"]*)"', DOCUMENT)[1].replace("&#x27;", "'")
    style = re.search(r"<style>(.*?)</style>", DOCUMENT, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert DOCUMENT.count("<style>") == 1
    assert " style=" not in DOCUMENT


def test_nothing_is_asked_for_from_elsewhere():
    assert not re.search(r"https?:|url\(|@import|src=|href=", DOCUMENT)


def test_hostile_words_come_out_as_words():
    assert "<script" not in DOCUMENT
    shown = "".join(Elements(DOCUMENT).words)
    assert shown.count(HOSTILE) == 8


def test_the_document_says_what_it_is():
    assert DOCUMENT.startswith('<!doctype html>\n<html lang="en">')
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in DOCUMENT
    assert len(re.findall("<h1>", DOCUMENT)) == 1


def test_the_same_sheet_gives_the_same_bytes():
    assert html.standalone(PAGE) == DOCUMENT


def test_a_line_has_its_sign_reason_evidence_and_label():
    words = "".join(Elements(DOCUMENT).words)
    assert "quotient rule proved" in words
    assert "definition of p (1)" in words


def test_words_on_the_left_are_words_that_a_narrow_page_can_break():
    rows = (Row(Text("parameters in total"), "=", Number("3")),)
    assert '<span class="left">parameters in total</span>' in html.fragment(Sheet("t", (Derived(rows),)))


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Heading(1, "a < b"), "<h2>a &lt; b</h2>"),
        (Prose("one\n\ntwo"), "<p>one</p><p>two</p>"),
        (Prose(r"5\$ and $x$"), "<p>5$ and <math"),
        (Details(("more",), ()), '<details class="words"><summary>more</summary></details>'),
        (Details(("more",), (), open=True), "<details open><summary>more</summary></details>"),
    ],
)
def test_blocks_are_elements(block, expected):
    assert expected in html.fragment(Sheet("t", (block,))).replace('open=""', "open")
