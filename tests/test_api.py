"""The objects of the contract: results against SymPy and NumPy, views of a derivation, and bad input refused by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp

import symderiv as sd

x, y, a = sp.symbols("x y a", real=True)
p = sp.Symbol("p", positive=True)
n = sp.Symbol("n", integer=True, positive=True)
A, V = sp.MatrixSymbol("A", 3, 3), sp.MatrixSymbol("v", 3, 1)


# --- results


SCALARS: list[tuple[Any, Any]] = [
    (x**3 - 2 * x + 1, x),
    (sp.sin(x) * sp.exp(x), x),
    (sp.exp(-(x**2) / 2), x),
    (sp.log(1 + sp.exp(x)), x),
    (sp.atan(x / a), x),
    (p**p, p),
    (sp.sqrt(1 + x**2) / (1 + x), x),
    (sp.tanh(3 * x) ** 2, x),
    (sp.cos(x * y) / y, y),
    (sp.log(p, 10), p),
    (sd.sigmoid(a * x), x),
    (sd.softplus(x) * x, x),
    (sp.erf(x) * x, x),
    (sp.Function("f")(x) * sp.Function("g")(x), x),
    (sp.Function("f")(x**2), x),
    (sp.Integer(7), x),
]


@pytest.mark.parametrize(("expr", "by"), SCALARS, ids=str)
def test_the_result_is_sympys_own_derivative(expr: Any, by: Any) -> None:
    difference = sd.derive(expr, by).result - sp.diff(expr, by)
    assert sp.simplify(difference.doit()) == 0


def test_several_variables_in_their_order() -> None:
    assert sd.derive(x**2 * y, (y, x)).result == (x**2, 2 * x * y)
    assert sd.derive("x^2 y", ["y", "x"]).evaluate({"x": 2, "y": 3}) == (4.0, 12.0)


@pytest.mark.parametrize(("expr", "by"), [(x**2 * y, "y"), ("x^2 y", y), (x**2 * y, y), ("x^2 y", "y")], ids=str)
def test_either_door_takes_names_of_both(expr: Any, by: Any) -> None:
    assert sd.derive(expr, by).agrees_with("x^2").kind == "proved"


M = np.array([[1.0, 0.5, -0.3], [0.2, -1.2, 0.7], [0.4, 0.1, 0.9]])
W, B = np.array([0.3, -0.7, 1.1]), np.array([1.0, -2.0, 0.5])
ARRAYS = [r"A \in \mathbb{R}^{3 \times 3}", r"x, b \in \mathbb{R}^3", r"\lambda \in \mathbb{R}"]
GRADIENTS: list[tuple[str, Callable[[Any], Any]]] = [
    (r"\|A x - b\|^2", lambda w: np.sum((M @ w - B) ** 2)),
    (r"x^\top A x", lambda w: w @ M @ w),
    (r"\sum_i \log(1 + e^{x_i})", lambda w: np.sum(np.log1p(np.exp(w)))),
    (r"\log \sum_i e^{x_i}", lambda w: np.log(np.sum(np.exp(w)))),
    (r"\lambda \|x\|^2 + b^\top x", lambda w: 0.1 * np.sum(w**2) + B @ w),
    (r"\sum_i \sigma(x_i) b_i", lambda w: np.sum(B / (1 + np.exp(-w)))),
]


@pytest.mark.parametrize(("formula", "value"), GRADIENTS, ids=[formula for formula, _ in GRADIENTS])
def test_evaluate_agrees_with_differences_in_numpy(formula: str, value: Callable[[Any], Any]) -> None:
    known = {"A": M, "x": W, "b": B, r"\lambda": 0.1}
    found = sd.derive(formula, "x", ARRAYS).evaluate({name: number for name, number in known.items() if name in formula})
    step = 1e-6
    differences = [(value(W + step * e) - value(W - step * e)) / (2 * step) for e in np.eye(3)]
    assert found.shape == W.shape
    assert np.allclose(found, differences, atol=1e-7)


def test_evaluate_takes_sympy_symbols() -> None:
    assert sd.derive(x**2 * y, x).evaluate({x: 2, y: sp.Rational(1, 2)}) == 2.0


@pytest.mark.parametrize(
    ("other", "kind"), [("2x", "proved"), (2 * x, "proved"), ("x + x", "proved"), ("3x", "refuted"), ("x^2", "refuted")]
)
def test_agrees_with(other: Any, kind: str) -> None:
    assert sd.derive(x**2, x).agrees_with(other).kind == kind


# --- views


def test_steps_hold_what_changed_and_why() -> None:
    derivation = sd.derive(r"x^2 \sin x", "x")
    assert [step.rule for step in derivation.steps][:2] == ["product rule", "power rule"]
    for step in derivation.steps:
        assert step.evidence.kind in ("proved", "agrees") and step.why and step.before.latex() and step.after.latex()
        assert isinstance(step.place, tuple)
    first = derivation.steps[0].after.sympy()
    assert sp.simplify(first.doit() - sp.diff(x**2 * sp.sin(x), x)).subs(x, 2) == 0 or first.free_symbols


def test_a_point_is_shown_with_its_value() -> None:
    text = sd.derive("x^2 y", "x", at={"x": 2, "y": "0.5"}).text()
    assert "2 · 2 · 0.5" in text and "2" in text.splitlines()[-3]


def test_every_format() -> None:
    derivation = sd.derive(r"\log(1 + e^x)", "x")
    assert r"\frac{e^x}{1 + e^x}" in derivation.latex() and r"\frac{e^x}{1 + e^x}" in derivation.markdown()
    assert derivation.mathml().startswith("<math") and "<mfrac>" in derivation.mathml()
    assert derivation.html().startswith("<!doctype html>") and "<math" in derivation.html()
    assert "e^x/(1 + e^x)" in derivation.text()
    assert derivation._repr_latex_() == r"$\displaystyle \frac{e^x}{1 + e^x}$"
    assert derivation._repr_html_().startswith("<div>") and "e^x" in derivation._repr_html_()
    assert {"text/plain", "text/latex", "text/html"} <= set(derivation._repr_mimebundle_())


def test_to_dict_is_plain_data() -> None:
    data = sd.derive(r"\log x", "x").to_dict()
    assert json.loads(json.dumps(data)) == data
    assert (data["schema"], data["result"], data["conditions"]) == ("symderiv/derive/1", [r"\frac{1}{x}"], ["x > 0"])
    assert {"before", "after", "place", "rule", "why", "evidence", "conditions"} <= set(data["steps"][0])


@pytest.mark.parametrize("pace", ["brief", "textbook", "every step"])
def test_a_pace_changes_lines_and_no_value(pace: Any) -> None:
    found = sd.derive(r"\frac{x^2 + 1}{x - 1}", "x", pace=pace)
    assert found.result == sd.derive(r"\frac{x^2 + 1}{x - 1}", "x").result
    assert found.text().count("=") >= {"brief": 1, "textbook": 2, "every step": 4}[pace]


def test_same_input_same_bytes() -> None:
    assert sd.derive(r"x^x \sin x", "x").html() == sd.derive(r"x^x \sin x", "x").html()


# --- zeros


@pytest.mark.parametrize(
    "formula",
    [
        r"\sin^2 x + \cos^2 x", r"\log(e^{x}/e^{x})", r"\frac{x}{x}", r"\cosh^2 x - \sinh^2 x", "x - x", r"0 \cdot x",
        r"(x + 1)^2 - x^2 - 2x", r"\arcsin x + \arccos x", r"2^x \cdot 2^{-x}", r"\log(3x) - \log x",
    ],
)  # fmt: skip
def test_a_zero_is_proved(formula: str) -> None:
    derivation = sd.derive(formula, "x")
    assert (derivation.result, derivation.agrees_with("0").kind) == (0, "proved")


# --- bad input


def problem(**changes: Any) -> Any:
    return sd.derive(sd.Problem(**{"title": "A", "f": x**2, "wrt": (x,), **changes}))


MATRIX = [r"A \in \mathbb{R}^{m \times n}", r"x \in \mathbb{R}^k", r"b \in \mathbb{R}^m"]
#: what is done, the code of the error, and words of its message
REFUSED: dict[str, tuple[Callable[[], Any], str, str]] = {
    "a name that does not occur": (lambda: sd.derive("x^2", "q"), "unknown-name", "q does not stand in the formula"),
    "sizes that do not fit": (lambda: sd.derive(r"\|A x - b\|^2", "x", MATRIX), "shape", "m × n and k do not fit"),
    "a matrix plus a vector": (lambda: sd.derive("A + b", "b", MATRIX), "shape", "do not fit"),
    "a function that has no rules here": (lambda: sd.derive(sp.zeta(x), x), "unsupported", "SymPy object zeta"),
    "the imaginary unit": (lambda: sd.derive(sp.I * x, x), "unsupported", "ImaginaryUnit"),
    "no number": (lambda: sd.derive(sp.nan, x), "unsupported", "NaN"),
    "an equation of SymPy": (lambda: sd.derive(sp.Eq(x, 1), x), "unsupported", "expected a formula with a value"),
    "a relation": (lambda: sd.derive("x^2 < 3", "x"), "unsupported", "expected a formula with a value"),
    "a list": (lambda: sd.derive("(x, y)", "x"), "unsupported", "expected a formula with a value"),
    "a gradient without argument": (lambda: sd.derive(r"\nabla f", "x"), "unsupported", "without its argument"),
    "an expression to derive by": (lambda: sd.derive(x**2, x**2), "no-variable", "expected a name"),
    "a number to derive by": (lambda: sd.derive(x**2, 2), "unsupported", "got int"),
    "nothing to derive by": (lambda: sd.derive("x^2"), "no-variable", "derive by what?"),
    "two signs": (lambda: sd.derive("x^2 +* 3", "x"), "unread", "     ^\nsaw '*'"),
    "an empty formula": (lambda: sd.derive("", "x"), "unread", "expected a formula"),
    "an empty name": (lambda: sd.derive("x", ""), "unread", "saw the end"),
    "a bracket never closed": (lambda: sd.derive("(x + 1", "x"), "unread", "expected ')'"),
    "a floor": (lambda: sd.derive(r"\lfloor x \rfloor", "x"), "no-rule", "derivative of “floor”"),
    "code": (lambda: sd.derive("__import__('os')", "x"), "unread", "saw '_'"),
    "a file": (lambda: sd.derive(r"\input{/etc/passwd}", "x"), "unread", r"saw \input"),
    "many signs": (lambda: sd.derive("x+" * 50_000 + "x", "x"), "limit", "100001 characters"),
    "many tokens": (lambda: sd.derive("x+" * 4000 + "x", "x"), "limit", "5000 tokens"),
    "deep brackets": (lambda: sd.derive("(" * 10_000 + "x" + ")" * 10_000, "x"), "limit", "characters"),
    "nested brackets": (lambda: sd.derive("(" * 200 + "x" + ")" * 200, "x"), "limit", "80 deep"),
    "a long number": (lambda: sd.derive("9" * 1_000_000 + "x", "x"), "limit", "characters"),
    "many digits": (lambda: sd.derive("9" * 5000 + "x", "x"), "limit", "5000 digits"),
    "mathematical letters": (lambda: sd.derive("\U0001d465^2", "x"), "unread", "expected mathematics"),
    "right to left": (lambda: sd.derive("x^2 \u202e+ 1", "x"), "unread", "expected mathematics"),
    "a zero byte": (lambda: sd.derive("x^2\x00", "x"), "unread", "expected mathematics"),
    "half a character": (lambda: sd.derive("x^2\ud800", "x"), "unread", "expected mathematics"),
    "another pace": (lambda: sd.derive("x", "x", pace="fast"), "usage", "'textbook'"),  # type: ignore[arg-type]
    "another route": (lambda: sd.derive("x", "x", route="graph"), "usage", "'entries'"),  # type: ignore[arg-type]
    "order three": (lambda: sd.derive("x", "x", order=3), "usage", "expected one of 1, 2"),
    "nothing at all": (lambda: sd.derive(None, "x"), "unsupported", "got NoneType"),
    "a number": (lambda: sd.derive(3, "x"), "unsupported", "got int"),
    "bytes": (lambda: sd.derive(b"x", "x"), "unsupported", "got bytes"),
    "half a condition": (lambda: sd.derive("x", "x", ["x >"]), "unread", "saw the end"),
    "a number as condition": (lambda: sd.derive("x", "x", [3]), "unsupported", "got int"),
    "a value that is a word": (lambda: sd.derive("x^2", "x", at={"x": "abc"}), "value", "got abc"),
    "a value that is no number": (lambda: sd.derive("x^2", "x", at={"x": float("nan")}), "value", "got nan"),
    "a value with many digits": (lambda: sd.derive("x^2", "x", at={"x": "9" * 10_000}), "value", "9…"),
    "a value far too small": (lambda: sd.derive("x^2", "x", at={"x": 1e-300}), "limit", "digits"),
    "a point that is no dict": (lambda: sd.derive("x^2", "x", at=3), "usage", "takes a dict"),  # type: ignore[arg-type]
    "a point outside the domain": (lambda: sd.derive(r"\log x", "x", at={"x": -1}), "value", "where x > 0"),
    "a point at a kink": (lambda: sd.derive(r"\lvert x \rvert", "x", at={"x": 0}), "value", "where x ≠ 0"),
    "a point without a value of y": (lambda: sd.derive("x y", "x", at={"x": 1}).text(), "no-value", "for y"),
    "a value beyond all numbers": (lambda: sd.derive("e^x", "x", at={"x": 1_000_000}).text(), "value", "beyond"),
    "a number missing": (lambda: sd.derive("x y^2", "y").evaluate({"x": 1}), "no-value", "for y"),
    "a word for a number": (lambda: sd.derive("y^2", "y").evaluate({"y": "a"}), "value", "saw 'a'"),
    "nan for a number": (lambda: sd.derive("y^2", "y").evaluate({"y": float("nan")}), "value", "saw nan"),
    "an array too long": (
        lambda: sd.derive(r"x^\top x", "x", [r"x \in \mathbb{R}^2"]).evaluate({"x": [1, 2, 3]}), "shape", "saw 3",
    ),
    "a broken comparison": (lambda: sd.derive("x", "x").agrees_with("2x +* 1"), "unread", "saw '*'"),
    "an unknown problem": (lambda: sd.load("softmax/nothing"), "unknown-problem", "`symderiv problems` lists all"),
    "a path for a problem": (lambda: sd.load("../../etc/passwd"), "unknown-problem", "no problem"),
    "a number for a problem": (lambda: sd.load(3), "unknown-problem", "got int"),  # type: ignore[arg-type]
    "a sheet of nothing known": (lambda: sd.sheet(["nothing"]), "unknown-problem", "no problem"),
    "a sheet of another kind": (lambda: sd.sheet(["softmax"], kind="exam"), "usage", "'solution'"),  # type: ignore[arg-type]
    "a Problem without f": (lambda: problem(f=None), "usage", "got neither"),
    "a Problem whose part is a text": (lambda: problem(let={y: "x^2"}), "unsupported", "the text 'x^2'"),
    "a Problem whose parts are no dict": (lambda: problem(let=3), "usage", "takes a dict"),
    "a Problem written otherwise": (lambda: problem(written="x^3"), "written", "another formula"),
    "an unknown prime": (lambda: problem(primes=("foo",)).text(), "unsupported", "foo"),
    "code in NumPy": (lambda: sd.derive("x^2", "x").function("numpy"), "unsupported", "evaluate"),
    "source in JAX": (lambda: sd.derive("x^2", "x").source("jax"), "unsupported", "evaluate"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_bad_input_is_refused_by_name(what: str) -> None:
    do, code, words = REFUSED[what]
    with pytest.raises(sd.SymderivError) as stop:
        do()
    message = str(stop.value)
    assert (stop.value.code, words in message) == (code, True), message
    assert len(message) < 600 and all(sign.isprintable() or sign == "\n" for sign in message)


#: what looks odd and is fine: the result
TAKEN: dict[str, tuple[Callable[[], Any], str]] = {
    "a declared name that does not occur": (lambda: sd.derive("x^2", "q", [r"q \in \mathbb{R}"]), "0"),
    "a symbol of SymPy that does not occur": (lambda: sd.derive(x**2, y), "0"),
    "a number": (lambda: sd.derive("7", "x"), "0"),
    "Unicode": (lambda: sd.derive("x² + √x", "x"), r"2x + \frac{1}{2\sqrt{x}}"),
    "a tower": (lambda: sd.derive("x^{10^9}", "x"), "10^9 x^{10^9-1}"),
    "a huge power": (lambda: sd.derive("x^{1000000000}", "x"), "1000000000x^{999999999}"),
    "a huge power of a sum": (lambda: sd.derive("(x + 1)^{1000000}", "x"), "1000000(x + 1)^{999999}"),
    "a huge constant": (lambda: sd.derive("2^{1000000000} x", "x"), "2^{1000000000}"),
    "a derivative in it": (lambda: sd.derive(r"\frac{d}{dx} x^3", "x"), "6x"),
    "a condition of SymPy": (lambda: sd.derive(r"\log x", "x", [x > 0]), r"\frac{1}{x}"),
    "one condition": (lambda: sd.derive(r"\log x", "x", "x > 0"), r"\frac{1}{x}"),
    "a variable alone": (lambda: problem(wrt=x), "2x"),
    "words": (lambda: sd.derive("x^2", "x", ["the weather is fine"]), "2x"),
}


@pytest.mark.parametrize("what", TAKEN)
def test_odd_input_that_is_fine(what: str) -> None:
    do, result = TAKEN[what]
    assert do().latex_result == result


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("missing/page.html", "not-writable", "Choose another path"),
        ("folder.html", "not-writable", "Choose another path"),
        ("page.docx", "format", ".html"),
        ("page", "format", ".html"),
        ("zero\0byte.html", "not-writable", "Choose another path"),
    ],
)
def test_a_page_that_cannot_be_written_leaves_nothing(tmp_path: Path, path: str, code: str, words: str) -> None:
    (tmp_path / "folder.html").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(sd.SymderivError, match=words) as stop:
        sd.derive("x^2", "x").page.save(tmp_path / path)
    assert stop.value.code == code
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_that_stands_stays_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "page.html"
    target.write_text("mine", encoding="utf-8")

    def full(self: Path, text: str, **options: Any) -> int:
        with self.open("w", encoding="utf-8") as file:
            file.write(text[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(sd.SymderivError, match="No space left"):
        sd.derive("x^2", "x").page.save(target)
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]
    assert target.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("formula", "by", "expected"),
    [(r"L = \|r\|^2, \quad r = X x - b", "r", "2r"), (r"y z, \quad y = z^2, \ z = \sin w", "z", "3z^2")],
)
def test_derives_by_a_part_that_is_defined_behind_a_comma(formula: str, by: str, expected: str) -> None:
    given = [r"X \in \mathbb{R}^{m \times n}", r"x \in \mathbb{R}^n", r"b \in \mathbb{R}^m"]
    assert sd.derive(formula, by, given).agrees_with(expected).kind == "proved"
