"""The page description: what an author's texts become."""

from __future__ import annotations

import json

import pytest

import symderiv as sd
from symderiv.pages.sheet import Prose
from symderiv.questions.remark import Remark


def test_an_author_s_line_breaks_are_spaces() -> None:
    assert Prose("Let $x$ be  a number,\n        counted\tfrom 1.\n").text == "Let $x$ be a number, counted from 1."
    assert Prose("\n  One\n  paragraph.\n  \n  Another.").text == "One paragraph.\n\nAnother."


@pytest.mark.parametrize("form", ["html", "latex", "markdown", "text", "json"])
def test_no_runs_of_spaces_in_what_is_said(form: str) -> None:
    said = "A layer takes\n            the map,\n            counted from 1."
    page = sd.sheet([sd.Problem("A layer", statement=said, asks=(Remark(said),))]).write(form)
    page = json.dumps(json.loads(page)) if form == "json" else page
    assert page.count("A layer takes the map, counted from 1.") == 2
