"""Where one statement ends and the next begins."""

from __future__ import annotations

import pytest

from symderiv.errors import SymderivError
from symderiv.reading.joints import Part, parts
from symderiv.reading.tokens import tokens


def split(source: str) -> list[Part]:
    return parts(tokens(source)[:-1])


def spelled(part: Part) -> str:
    return "".join(token.text for token in part.pieces)


#: A line, its statements, and what stands before each.
LINES: dict[str, tuple[str, list[str], list[str]]] = {
    "one": ("a = b", ["a=b"], [""]),
    "a comma": ("a = b, c = d", ["a=b", "c=d"], ["", ","]),
    "a semicolon": ("a = b; c = d", ["a=b", "c=d"], ["", ";"]),
    "a wide space": (r"a = b \quad c = d", ["a=b", "c=d"], ["", " "]),
    "a wide space behind a relation": (r"a = \quad b", ["a=b"], [""]),
    "a comma and a wide space": (r"a = b, \quad c = d", ["a=b", "c=d"], ["", ","]),
    "words": (r"a = b \text{ where } b = 2", ["a=b", "b=2"], ["", "where"]),
    "an arrow": (r"a = b \Rightarrow c = d", ["a=b", "c=d"], ["", "⇒"]),
    "both ways": (r"a = b \iff c = d", ["a=b", "c=d"], ["", "⇔"]),
    "commas inside brackets": ("f(a, b) = 2, c = 1", ["f(a,b)=2", "c=1"], ["", ","]),
    "commas inside a matrix": (r"\begin{pmatrix} 1, 2 \end{pmatrix} = a", ["pmatrix1,2pmatrix=a"], [""]),
    "commas in scripts": (r"A_{i,j} = 1, c = 2", ["A_{i,j}=1", "c=2"], ["", ","]),
    "a full stop": ("a = b.", ["a=b"], [""]),
    "alignment": ("a &= b", ["a=b"], [""]),
    "definitions are no colons": ("y := x, x =: z", ["y:=x", "x=:z"], ["", ","]),
    "commas at the end": ("a = b, ,", ["a=b"], [""]),
}


@pytest.mark.parametrize("label", LINES)
def test_statements(label: str) -> None:
    source, expected, joints = LINES[label]
    found = split(source)
    assert ([spelled(part) for part in found], [part.joint for part in found]) == (expected, joints), source


@pytest.mark.parametrize(
    ("source", "sign"), [("= 2x", "="), ("&= 2x", "="), (r"\approx 0.5", "≈"), (r"&\ge 0", "≥"), ("2x = 3", "")]
)
def test_a_relation_in_front_joins_a_line_to_the_one_above(source: str, sign: str) -> None:
    assert split(source)[0].sign == sign


#: Which statements restrict those behind them, and whether by a colon.
CONDITIONS = {
    r"i \ne j:\quad a = b": [(True, True), (False, False)],
    r"s=1,\ p=0: f = x": [(True, True), (True, True), (False, False)],
    r"G = 0 \iff x = 1": [(True, False), (False, False)],
    r"G = 0 \Rightarrow x = 1": [(True, False), (False, False)],
    r"a = b \Rightarrow c = d": [(False, False), (False, False)],
    r"a = b, c = d": [(False, False), (False, False)],
}


@pytest.mark.parametrize("source", CONDITIONS)
def test_conditions(source: str) -> None:
    assert [(part.conditional, part.colon) for part in split(source)] == CONDITIONS[source]


def test_the_places_of_the_pieces_stay() -> None:
    source = r"a = b, \quad \frac{c}{d} = e"
    for part in split(source):
        assert all(source[token.start : token.end] for token in part.pieces)
    assert source[split(source)[1].pieces[0].start :].startswith(r"\frac")


@pytest.mark.parametrize("source", [",", ";;", r"\quad", "&"])
def test_nothing_between_joints_is_refused(source: str) -> None:
    with pytest.raises(SymderivError) as stop:
        split(source)
    assert stop.value.code == "unread"
