"""Names of results: what a person calls a quantity is known to the judge, with the value that the answer derives."""

from __future__ import annotations

import pytest

import symderiv as sd
from symderiv.asked import known_to
from symderiv.questions.layers import Conv, Pool
from symderiv.questions.network import Network
from symderiv.questions.tree import Tree

NAMED = sd.Problem(
    "Two layers",
    asks=(Network((8, 8, 3), (Conv("conv", 4, 3), Pool("pool", 2)), kernels=True, drawn=False),),
    names={
        r"\text{kernel}": ("conv: kernel", "pool: kernel"),
        r"\#\text{weights}": "conv: parameters",
        r"\text{map}": r"\text{conv: width and height} \times \text{conv: width and height}",
        "P": "parameters in total",
    },
)
TREE = sd.Problem(
    "A tree", asks=(Tree(("A", "y"), {"x_1": (0, 0), "x_2": (1, 1)}, "y"),), names={r"\mathrm{Ent}(S)": "H(S)"}
)

LINES = [
    (NAMED, r"\#\text{weights} = 112", "ok"),
    (NAMED, r"\#\text{weights}: 111", "wrong"),
    (NAMED, r"P = 4 \cdot (27 + 1)", "ok"),
    (NAMED, r"P = 4 \cdot 27", "wrong"),
    (NAMED, r"\text{so the map is }6 \times 6", "ok"),
    (NAMED, r"\text{so the map is }8 \times 8", "wrong"),
    (NAMED, r"\text{map }36", "ok"),
    (NAMED, r"\text{it gives a }6 \times 6\text{ map}", "ok"),
    (NAMED, r"\text{it gives a }(6+1) \times 6\text{ map}", "wrong"),
    (NAMED, r"\text{kernel} = 3 \times 3 \times 3", "ok"),
    (NAMED, r"\text{kernel} = 2 \times 2", "ok"),
    (NAMED, r"\text{kernel} = 3 \times 3", "wrong"),
    (NAMED, r"6 \times 6\text{ pixels}", "stated"),
    (TREE, r"\mathrm{Ent}(S) = 1", "ok"),
    (TREE, r"\mathrm{Ent}(S) = 0", "wrong"),
]


@pytest.mark.parametrize(("problem", "line", "verdict"), LINES)
def test_a_value_beside_a_name_is_a_claim(problem: sd.Problem, line: str, verdict: str) -> None:
    (found,) = sd.check([line], problem=problem).lines
    assert found.verdict == verdict, found.say


def test_without_the_problem_the_same_words_claim_nothing() -> None:
    assert [line.verdict for line in sd.check([r"\text{map }36", r"\text{kernel} = 9"]).lines] == ["stated", "stated"]


def test_of_several_results_none_is_that() -> None:
    (found,) = sd.check([r"\text{kernel} = 10"], problem=NAMED).lines
    assert found.say == "None of the results that are called kernel here is that: 27, 4."
    assert found.fix is None
    assert "kernel =" not in sd.check([r"\text{kernel} = 10"], problem=NAMED).text().partition("How I understood you")[2]


def test_what_one_line_meant_by_a_name_the_next_need_not_mean() -> None:
    lines = sd.check([r"\text{kernel} = 4", r"\text{kernel} = 27", r"\text{kernel} = 4"], problem=NAMED).lines
    assert [line.verdict for line in lines] == ["ok", "ok", "ok"]


def test_what_is_given_besides_holds() -> None:
    lines = sd.check(["P = 7"], given=["P = 7"], problem=NAMED).lines
    assert [line.verdict for line in lines] == ["ok"]


def test_a_result_that_the_answer_does_not_have_is_refused() -> None:
    problem = sd.Problem("", asks=NAMED.asks, names={"P": "conv: parameter"})
    with pytest.raises(sd.SymderivError, match="write one of them, as “conv: parameters”"):
        sd.check(["P = 1"], problem=problem)


def test_a_number_written_down_is_no_result() -> None:
    with pytest.raises(sd.SymderivError, match="no result of the answer"):
        sd.check(["P = 1"], problem=sd.Problem("", asks=NAMED.asks, names={"P": "112"}))


@pytest.mark.parametrize("which", [entry.id for entry in sd.problems() if sd.load(entry.id).names])
def test_every_name_of_the_library_stands_for_a_result(which: str) -> None:
    """A result that is not there would be refused."""
    problem = sd.load(which)
    known = known_to(problem)
    assert len(known.definitions) + len(known.given) >= len(problem.names)
