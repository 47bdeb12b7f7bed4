"""The rule book as a page: every rule with its line, example and source, and each mistake with a point that shows it."""

import pytest

from symderiv.deriving.derivation import Move
from symderiv.errors import SymderivError
from symderiv.pages.rulebook import line_of, rulebook, used
from symderiv.pages.sheet import Details, Display, Heading, Note, Paragraph
from symderiv.pages.telling import sentence
from symderiv.rules.book import misconceptions, true_rules
from symderiv.rules.derivatives import product_rule, quotient_rule
from symderiv.rules.sums import equal_terms
from symderiv.writers.text import standalone
from symderiv.writers.text_formula import formula

BOOK = rulebook()


def headings(sheet, level):
    return [block.text for block in sheet.blocks if isinstance(block, Heading) and block.level == level]


def test_every_rule_stands_in_the_book_once_and_has_its_line_and_example():
    assert headings(BOOK, 2) == [rule.name for rule in true_rules()]
    shown = [formula(block.formula) for block in BOOK.blocks if isinstance(block, Display)]
    assert shown[::2] == [formula(line_of(rule)) for rule in true_rules()]
    assert (
        sum(isinstance(block, Paragraph) and block.pieces == ("Example:",) for block in BOOK.blocks)
        == len(shown[1::2])
        == len(shown[::2])
    )


def test_every_mistake_stands_beside_its_rule_with_a_point_that_shows_it():
    notes = [block for block in BOOK.blocks if isinstance(block, Note) and block.kind == "wrong"]
    assert len(notes) == len(misconceptions())
    for note in notes:
        assert note.pieces[-1].endswith(".")
        assert "the same shape" in note.pieces[-1] or ", not " in note.pieces[-1]


def test_the_page_of_a_rule_reads_like_a_book():
    page = standalone(rulebook("Quotient rule"))
    assert "∂/∂x (f/g) = (∂f/∂x · g − f · ∂g/∂x)/g²" in page
    assert "This needs g ≠ 0" in page
    assert "Wrong: ∂/∂x (f/g) = (∂f/∂x · g + f · ∂g/∂x)/g² (plus in the quotient rule)." in page


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("sums", "the delta picks one term"),
        ("plus in the quotient rule", "quotient rule"),
    ],
)
def test_a_chapter_or_a_mistake_finds_its_rules(name, titles):
    assert titles in standalone(rulebook(name))


def test_an_unknown_name_is_told_the_nearest_ones():
    with pytest.raises(SymderivError, match="did you mean “quotient rule”") as error:
        rulebook("quotiont rule")
    assert error.value.code == "unknown-rule"


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (product_rule, "∂/∂x (P u S) = P · ∂u/∂x · S + …"),
        (equal_terms, "Σ_{k=1}^n c = n c"),
    ],
)
def test_a_rule_is_typeset_in_its_own_letters(rule, line):
    assert formula(line_of(rule)) == line


@pytest.mark.parametrize(
    ("say", "told"),
    [
        ("a factor stays", "A factor stays."),
        ("as for numbers; the rest", "As for numbers; the rest."),
        ("σ' = σ(1 − σ)", "σ' = σ(1 − σ)."),
        ("dp = dz", "dp = dz."),
        ("n times the term", "n times the term."),
    ],
)
def test_a_sentence_begins_as_sentences_do(say, told):
    assert sentence(say) == told


def test_a_sheet_lists_each_rule_that_it_used_once():
    plain = Move("definition", lambda term: None, "the named part is written out")
    (details,) = used([quotient_rule, plain, product_rule, quotient_rule])
    assert isinstance(details, Details)
    assert not details.open
    assert [block.text for block in details.blocks if isinstance(block, Heading)] == ["quotient rule", "product rule"]


def test_a_sheet_without_rules_has_no_such_list():
    assert used([]) == ()
