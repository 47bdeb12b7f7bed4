"""Markdown: formulas survive a reader that knows no mathematics, and words are words."""

import re
from html import unescape

import pytest
from markdown_it import MarkdownIt

from symderiv.pages.layout import layout
from symderiv.pages.sheet import Derived, Details, Display, Facts, Heading, Note, Paragraph, Prose, Sheet, Table
from symderiv.term.build import entry, index, mul, name, size
from symderiv.writers import markdown

from .pages import HOSTILE, ODD, PAGE, SOFTMAX, row

TEXT = markdown.standalone(PAGE)
FORMULA = re.compile(r"\$\$\n(.+?)\n\$\$|(?<!>)\$([^$\n]+)\$", re.DOTALL)
x = name("x")
A, i, j = name("A", size("n"), size("n")), index("i"), index("j")


def rendered(text):
    """The text as a host renders it that knows Markdown with tables and nothing of mathematics."""
    return MarkdownIt("commonmark").enable("table").render(text)


def shown(text):
    return unescape(re.sub(r"</?(?:span|p|strong|summary|details|h\d|li|ul|blockquote)[^>]*>", "", rendered(text)))


def test_markdown_leaves_every_formula_as_it_is():
    found = [display or inline for display, inline in FORMULA.findall(TEXT)]
    assert len(found) > 20
    page = shown(TEXT)
    for formula in found:
        assert formula in page, formula


def test_no_formula_begins_emphasis_a_link_or_code():
    indexed = layout(entry(mul(A, A), i, j))
    text = markdown.standalone(Sheet("", (Paragraph((indexed, " and ", indexed)), SOFTMAX, ODD)))
    assert not re.search(r"<(em|strong|a|code|del)\b", rendered(text))


@pytest.mark.parametrize(
    ("latex", "same"),
    [
        (r"a \\ b", r"a \cr b"),
        (r"\{x\}_i", r"\lbrace x\rbrace _ i"),
        (r"\hat{y}_{ij} x_{ij}", r"\hat{y}_ {ij} x_{ij}"),
        (r"x<y>z", r"x\lt y\gt z"),
        (r"w^* \, u", r"w^\ast \thinspace u"),
        (r"[a](b)", r"[a] (b)"),
        (r"\rVert_2", r"\rVert_2"),
    ],
)
def test_tex_that_markdown_would_change_is_written_otherwise(latex, same):
    assert markdown.safe(latex) == same


@pytest.mark.parametrize(
    "words", ["a_b_c *d* `e` [f](g)", "1. one", "- item", "# head", "<b>x</b> &amp; $x$", HOSTILE, "~~no~~"]
)
def test_words_are_words(words):
    page = rendered(markdown.standalone(Sheet("", (Paragraph((words,)),))))
    assert re.fullmatch(r"<p>(?:[^<]|</?span>)*</p>\n", page), page
    assert unescape(re.sub(r"<[^>]*>", "", page)).strip() == words


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Heading(1, "Part"), "## Part"),
        (Prose("Let $x > 0$ be\n5\\$."), "Let $x \\gt 0$ be 5<span>$</span>."),
        (Prose(r"$\input{x}$"), r"`\input{x}`"),
        (Display(layout(x + 1)), "$$\nx + 1\n$$"),
        (Facts((layout(x), "any"), lead="where"), "*where* $x$\u2003any"),
        (Note("wrong", ("no",)), "> **Wrong:** no"),
        (Table(("a", "b"), (("1", layout(x)),)), "| a | b |\n| --- | --- |\n| 1 | $x$ |"),
        (Details(("more",), (Heading(2, "in"),)), "<details>\n<summary>more</summary>\n\n### in\n\n</details>"),
        (Details(("aside: ", layout(x)), ()), "aside: $x$\n\n<details>\n<summary>the steps</summary>\n\n</details>"),
        (
            Derived((row(x, x + 1, "a_b of ", layout(x), label="1"),)),
            "$$\n\\begin{aligned}\nx & = x + 1 && \\text{a＿b of }{x}\\text{\u2003(1)}\n\\end{aligned}\n$$",
        ),
    ],
)
def test_blocks_are_written(block, expected):
    assert markdown.standalone(Sheet("", (block,))) == expected + "\n"


def test_the_same_sheet_gives_the_same_bytes():
    assert markdown.standalone(PAGE) == TEXT
