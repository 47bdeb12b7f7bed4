"""Templates stand for their instances, one for each value of a letter that stands in scripts only."""

from __future__ import annotations

import pytest

from symderiv.reading import environment
from symderiv.reading.heads import label
from symderiv.reading.joints import parts
from symderiv.reading.templates import MOST, instances, numbered, restricted, templates_of
from symderiv.reading.tokens import tokens

LETTERS = {"t": (1, 2), "l": (1, 2)}

MADE = {
    r"h_t = h_{t-1}": ["h_1=h_0", "h_2=h_1"],
    r"h_{t+1} = h_t": ["h_2=h_1", "h_3=h_2"],
    r"h_{t} = 1": ["h_1=1", "h_2=1"],
    r"z^l = w^l a^{l-1}": ["z^1=w^1a^0", "z^2=w^2a^1"],
    r"z^{l+1}_t = 1": ["z^2_1=1", "z^3_1=1", "z^2_2=1", "z^3_2=1"],
    r"x_{ti} = 1": ["x_{1i}=1", "x_{2i}=1"],
    r"h_t = t h_{t-1}": ["h_t=th_{t-1}"],
    "a = b": ["a=b"],
    "t = 1": ["t=1"],
}


@pytest.mark.parametrize("source", MADE)
def test_instances(source: str) -> None:
    made = instances(tokens(source)[:-1], LETTERS)
    found = ["".join(token.text for token in one) for one in made]
    assert sorted(found) == sorted(MADE[source])


def test_without_such_letters_a_statement_stays() -> None:
    pieces = tokens(r"h_t = h_{t-1}")[:-1]
    assert instances(pieces, {}) == [pieces]


def test_instances_point_into_the_source() -> None:
    source = r"h_t = \tanh(w h_{t-1})"
    for one in instances(tokens(source)[:-1], LETTERS):
        assert all(0 <= token.start < token.end <= len(source) for token in one)


GIVEN = {
    r"t \in \{1, 2, 3\}": {"t": (1, 2, 3)},
    r"y \in \{-1, 1\}": {},
    r"q \in \{0.5, 1\}": {},
    r"x \in \mathbb{R}^n": {},
    "x > 0": {},
}


@pytest.mark.parametrize("fact", GIVEN)
def test_letters_that_are_one_of_some_whole_numbers(fact: str) -> None:
    assert numbered(environment([fact]).given) == GIVEN[fact]


def test_there_are_never_too_many() -> None:
    pieces = tokens("h_{t l} = 1")[:-1]
    many = {"t": tuple(range(100)), "l": tuple(range(100))}
    assert len(instances(pieces, many)) <= MOST


#: A name, its formula, another name, and the value of the letter under which the first is the second.
NUMBERS = [
    ("m_t", "g_t", "m_3", 3),
    ("m_{t+1}", "g_t", "m_3", 2),
    ("m_{t-1}", "g_t", "m_3", 4),
    ("w^{(t+1)}", "w^{(t)}", "w^{(3)}", 2),
    ("w^{(t+1)}", "w^{(t)}", "w^{[3]}", None),
    ("a_j^l", "w_j^l", "a_j^2", 2),
    ("a_j^l", "w_j^l", "a_k^2", None),
    ("m_t", "g_t", "n_3", None),
    ("m_t", "g_t", "m_s", None),
    ("m_{t+2}", "g_t", "m_1", None),
]


@pytest.mark.parametrize(("own", "right", "other", "value"), NUMBERS)
def test_the_value_of_the_letter(own: str, right: str, other: str, value: int | None) -> None:
    wanted, another = (label(tokens(text)[:-1]) for text in (own, other))
    assert wanted is not None and another is not None
    made = templates_of("", wanted, tokens(right)[:-1])
    assert made and {one.number(another) for one in made} - {None} == {value} - {None}


NONE = {
    "a letter that counts nothing": ("z_f", "w_f x"),
    "a letter that stands nowhere else": ("y_t", "2x"),
    "a number of its own": (r"R_n", r"\frac1n \sum_{i=1}^n x_i"),
    "a letter that is summed over": (r"s_i", r"\sum_i x_i"),
    "a letter that is differentiated by": (r"g_t", r"\frac{d f_t}{d t}"),
}


@pytest.mark.parametrize("title", NONE)
def test_what_is_no_template(title: str) -> None:
    own, right = (tokens(text)[:-1] for text in NONE[title])
    wanted = label(own)
    assert wanted is not None and templates_of("", wanted, right) == []


RESTRICTED = {"l = 1": True, r"1 \le l \le 3": True, r"l \ge 1": False, r"l = 1, 2, \dots": False, "w_l = 3": False}


@pytest.mark.parametrize("words", RESTRICTED)
def test_a_line_for_some_values_of_the_letter(words: str) -> None:
    found = [part.pieces for part in parts(tokens(words)[:-1])]
    assert restricted("l", found) == RESTRICTED[words]
