"""Output of a notebook cell: only elements that a sanitiser lets through, dollars only around formulas, not too much."""

import re
from html.parser import HTMLParser

import pytest

from symderiv.pages.layout import layout
from symderiv.pages.sheet import Details, Display, Heading, Paragraph, Prose, Sheet
from symderiv.term.build import name, relation
from symderiv.writers.output import CAP, CUT, fragment

from .pages import HOSTILE, PAGE

#: What JupyterLab's sanitiser keeps, as far as it is used.
KEPT = frozenset("div p h2 h3 h4 h5 h6 span em strong code blockquote table thead tbody tr th td details summary".split())
x = name("x")
TEXT = fragment(PAGE)


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found, self.words = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def test_only_elements_that_are_kept_without_style_class_or_script():
    for tag, attributes in Elements(TEXT).found:
        assert tag in KEPT
        assert set(attributes) <= {"open"}


def test_dollars_stand_around_formulas_in_pairs_and_alone_only_apart():
    for words in Elements(TEXT).words:
        assert words == "$" or words.count("$") % 2 == 0, words


def test_hostile_words_are_words():
    assert "<script" not in TEXT
    assert "".join(Elements(TEXT).words).count(HOSTILE) == 6


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Heading(1, "a < b"), "<h3>a &lt; b</h3>"),
        (
            Prose(r"It is $x < 1$, 5\$ or \(y\)."),
            r"<p>It is $x &lt; 1$, 5<span>$</span> or <span>\</span>(y<span>\</span>).</p>",
        ),
        (Prose(r"$\input{x}$"), r"<p><code>\input{x}</code></p>"),
        (Display(layout(relation("<", x, x + 1))), r"<p>$\displaystyle x &lt; x + 1$</p>"),
        (Details(("more ", layout(x)), ()), "<details><summary>more $x$</summary></details>"),
    ],
)
def test_blocks_are_elements(block, expected):
    assert fragment(Sheet("", (block,))) == f"<div>{expected}</div>"


def test_a_long_page_is_cut_and_says_so():
    blocks = tuple(Paragraph((f"{number} " + "word " * 400,)) for number in range(200))
    made = fragment(Sheet("long", blocks))
    assert len(made) < CAP + 500
    assert made.endswith(f"<p><em>{CUT}</em></p></div>")
    assert re.search(r"<p>0 word", made)
    assert CUT not in TEXT
