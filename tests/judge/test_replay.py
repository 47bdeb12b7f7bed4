"""A wrong line carries what it takes to see that it is wrong: its witness replays, or it names a place and both shapes."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any, NamedTuple

import bench.replaying
import pytest
from bench.drawing import rows
from bench.replay import Script, fate, of_attempts, of_batteries, of_cases, of_mutations, wrongs

import symderiv as sd

from .marked import ARRAYS, MEAN, SOFTMAX

BESSEL = next(case["given"] for case in rows("battery_derivatives") if case["id"] == "A51")
SIGMA = (r"\sigma(t) = \frac{1}{1 + e^{-t}}",)


class Row(NamedTuple):
    """A wrong line, what is given, and the lines before it."""

    line: str
    given: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


REPLAYED = [
    Row(r"\frac{d}{dx} x^3 = 2x^2"),
    Row(r"\frac{d^2}{dx^2} x^4 = 4x^2"),
    Row(r"\frac{\partial^2}{\partial x \partial y} x^2 y^2 = 2xy"),
    Row(r"\frac{d}{dx} \frac{\sin x}{x} = \frac{x\cos x - \sin x}{x}", ("x > 0",)),
    Row(r"\frac{d}{dx} \sqrt{x} = \frac{1}{\sqrt{x}}", ("x > 0",)),
    Row(r"\frac{d}{dx} a^x = a^x", ("a > 0",)),
    Row(r"\ln(a+b) = \ln a + \ln b", ("a > 0", "b > 0")),
    Row(r"\frac{d}{dx} \operatorname{arsinh} x = \frac{1}{1+x^2}"),
    Row(r"\frac{d}{dx} \operatorname{arcsec} x = \frac{1}{x^2}", ("x > 1",)),
    Row(r"\frac{d}{dx} |x| = x"),
    Row(r"\frac{d}{dx} \operatorname{erf}(x) = e^{-x^2}", ("0 < x < 1",)),
    Row(r"\frac{d}{dx} \int_0^x e^{-t^2} \, dt = -e^{-x^2}", ("0 < x < 1",)),
    Row(r"\frac{d}{dx} \sigma(x) = \sigma(x)(1+\sigma(x))", SIGMA),
    Row(r"f'(2) = 5", (), ("f(x) = x^3",)),
    Row(r"\frac{dy}{dx} = \cos u", (), ("u = x^2", r"y = \sin u")),
    Row(r"\frac{2}{3} = 0.666"),
    Row(r"\frac{\partial}{\partial x} x^\top A x = 2 A x", ARRAYS),
    Row(r"\frac{\partial}{\partial x} \|x\| = 2x", ARRAYS),
    Row(r"\frac{\partial}{\partial X} \det X = X^{-\top}", ARRAYS),
    Row(r"\frac{\partial}{\partial X} \log\det X = X^{-1}", (*ARRAYS, r"\det X > 0")),
    Row(r"\frac{\partial}{\partial X} \operatorname{tr}(A X^{-1} B) = -X^{-1} B A X^{-1}", ARRAYS),
    Row(r"\frac{\partial}{\partial x} A x = A^\top", ARRAYS),
    Row(r"(AB)^{-1} = A^{-1} B^{-1}", ARRAYS),
    Row(r"A \otimes B = B \otimes A", ARRAYS),
    Row(r"\operatorname{diag}(x) a = x^\top a x", ARRAYS),
    Row(r"\operatorname{vec}(A X B) = (A^\top \otimes B) \operatorname{vec}(X)", ARRAYS),
    Row(r"(I + A) x = A x", ARRAYS),
    Row(r"\frac{\partial}{\partial x} \mathbf{1}^\top \exp(x) = x", ARRAYS),
    Row(r"\frac{\partial s_i}{\partial z_j} = s_i(1-s_j)", SOFTMAX),
    Row(r"\frac{\partial L}{\partial w} = -\frac1n \sum_{i=1}^n (y_i - w x_i) x_i", MEAN),
    Row(r"\frac{\partial}{\partial X_{ij}} \sum_k X_{ik}^2 = 2 X_{ji}", (*ARRAYS, "i, j, k are indices")),
    Row(r"\frac{\partial}{\partial X_{ij}} \sum_{k,l} X_{kl}^2 = X_{ij}", (*ARRAYS, "i, j, k, l are indices")),
    Row(r"\frac{\partial}{\partial x_i} \prod_{k=1}^n x_k = x_i", (*ARRAYS, "i, k are indices", r"n \in \mathbb{N}")),
    Row(r"\frac{d}{dx} \log_{10} x = \frac{1}{x}", ("x > 0",)),
    Row(r"\frac{\partial}{\partial x} J_0(x) = -J_1(x) + x", tuple(BESSEL)),
    Row(r"\frac{d}{dx} f(x)^2 = 2 f(x)", (r"f \colon \mathbb{R} \to \mathbb{R}",)),
    Row(r"\nabla_x f(Ax) = A \nabla f(Ax)", (*ARRAYS, r"f \colon \mathbb{R}^n \to \mathbb{R}")),
    Row(r"g'(t) = -t", (), (r"g(t) = \exp(t)",)),
    Row(r"d \operatorname{tr}(X^\top X) = \operatorname{tr}(X^\top dX)", ARRAYS),
    Row(
        r"\frac{d}{dx} \max(0, x) = \begin{cases} 2, & x > 0 \\ 0, & x < 0 \end{cases}",
    ),
    Row(r"\sum_{i=0}^{n-1} x_i = 2 x_0", (*ARRAYS, "indices start at 0", r"n \in \mathbb{N}")),
    Row("3 < 2"),
    Row(r"\frac{d}{dx} \tanh(3x) = -3(1 - \tanh^2(3x))"),
]

#: The place of a clash, and the shapes of both parts there.
SHAPES = [
    (Row(r"\frac{\partial s}{\partial z} = s \odot (1-s)", SOFTMAX), "=", ["n", "n"], ["n"]),
    (Row(r"\frac{\partial}{\partial x} \|Ax\|^2 = 2 (A x) A", ARRAYS), "*", ["n"], ["n", "n"]),
    (Row(r"x + b = a", ARRAYS), "+", ["n"], ["m"]),
]


def script(row: Row) -> Script:
    return Script("", [*row.before, row.line], list(row.given))


@pytest.mark.parametrize("row", REPLAYED, ids=lambda row: row.line)
def test_a_witness_replays(row: Row) -> None:
    found = wrongs(script(row))
    assert [wrong.line for wrong in found] == [row.line]
    assert found[0].fate == "replays", f"{row.line}\n{json.dumps(found[0].evidence, ensure_ascii=False)}"


@pytest.mark.parametrize(("row", "head", "left", "right"), SHAPES, ids=lambda value: getattr(value, "line", None))
def test_a_clash_names_the_place_and_both_shapes(row: Row, head: str, left: list[str], right: list[str]) -> None:
    (wrong,) = wrongs(script(row))
    witness = wrong.evidence["witness"]
    assert wrong.fate == "shapes", witness
    assert (witness["place"][0], witness["left_shape"], witness["right_shape"]) == (head, left, right), witness


def witness(line: str, *given: str) -> dict[str, Any]:
    found = json.loads(sd.check([line], given=given).write("json"))["lines"][0]["evidence"]["witness"]
    return dict(found)


@pytest.mark.parametrize("key", ["left_value", "right_value"])
def test_another_value_is_seen(key: str) -> None:
    true = witness(r"\frac{d}{dx} x^3 = 2x^2")
    assert fate({"witness": true}) == "replays"
    assert fate({"witness": true | {key: "17.5"}}) != "replays"


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_side_that_is_another_term_is_seen(side: str) -> None:
    true = witness(r"\frac{\partial}{\partial x} x^\top A x = 2 A x", *ARRAYS)
    assert fate({"witness": true}) == "replays"
    assert fate({"witness": true | {side: ["*", 3, true[side]]}}) != "replays"


@pytest.mark.parametrize("letter", ["A", "x"])
def test_a_letter_without_a_value_is_seen(letter: str) -> None:
    true = witness(r"\frac{\partial}{\partial x} x^\top A x = 2 A x", *ARRAYS)
    letters = {name: value for name, value in true["letters"].items() if name != letter}
    assert "not worked out" in fate({"witness": true | {"letters": letters}})


def test_who_replays_is_someone_else() -> None:
    source = Path(bench.replaying.__file__).read_text(encoding="utf-8")
    assert "symderiv" not in source
    assert source.count("\n") < 120


@pytest.mark.slow
def test_nearly_every_wrong_line_replays() -> None:
    batteries = random.Random(7).sample(list(of_batteries()), 120)
    scripts = [*list(of_cases())[:40], *batteries, *of_attempts(), *of_mutations(100, 7)]
    found = []
    for each in scripts:
        try:
            found += wrongs(each)
        except sd.SymderivError:
            continue
    other = [f"{wrong.about}: {wrong.line}: {wrong.fate}" for wrong in found if not wrong.good]
    assert len(found) > 250 and not other, "\n".join(other)
