r"""Forty lines that are true under one condition only: is it shown with the line, or said where the letter was declared?

    PYTHONPATH=tests python -m bench.conditions [--quiet]

A line that has no value without its condition is `ok` with the condition, also for a declared letter; a usual condition
of a letter that nobody declared likewise; a declared letter has no other properties than those declared, so that its line
is `wrong` and the condition is said. NumPy confirms each label: at random points where the condition holds the two sides
agree, at points where it fails they differ or have no value; derivatives are difference quotients.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

import symderiv as sd
from bench.drawing import drawn, quotients

SEED, DRAWS, LENGTH = 20260402, 6, 3


@dataclass(frozen=True)
class Conditional:
    """A line, the condition under which alone it is true, and both sides in NumPy over the letters."""

    line: str
    condition: str
    letters: str
    holds: str
    fails: str
    left: str
    right: str
    given: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    verdict: str = "ok"

    @property
    def lines(self) -> list[str]:
        """What stands before the line, and the line."""
        return [*self.before, self.line]

    @property
    def conditions(self) -> list[list[str]]:
        """The conditions that must be shown, each in the spellings that mean the same."""
        return [one.split(" or ") for one in self.condition.split(" and ")]


R, V, M = r"\in \mathbb{R}", r"\in \mathbb{R}^n", r"\in \mathbb{R}^{n \times n}"
XV, SOFTMAX = (f"x {V}",), (f"z {V}", r"s = \operatorname{softmax}(z)", "i, j, k are indices")
CROSS, QUADRATIC = r"L = -\sum_i y_i \log s_i", r"f = \frac12 x^\top K x - b^\top x"
ENTROPY, TOLD = "-np.sum(y * np.log(soft(z)))", r"\sum_k y_k = 1"
SPREAD = (f"x {V}", r"\mu \in \mathbb{R}", "i is an index", r"n \in \mathbb{N}")
MOMENT = r"J = \sum_{i=1}^n p_i (x_i - \mu)^2"


def _symmetric(letter: str) -> str:
    return rf"{letter} \text{{ is symmetric}}"


#: No value without the condition: a logarithm, a root, a denominator, an inverse.
VALUE = [
    Conditional(r"\frac{d}{dx} \ln x = \frac1x", "x > 0", "x", "x pos", "x neg", "d(np.log, x)", "1/x"),
    Conditional(r"\ln x^2 = 2 \ln x", "x > 0", "x", "x pos", "x neg", "np.log(x**2)", "2*np.log(x)", (f"x {R}",)),
    Conditional(r"\ln(ab) = \ln a + \ln b", "a > 0 and b > 0", "a b", "a pos, b pos", "a neg, b neg",
                "np.log(a*b)", "np.log(a) + np.log(b)", (f"a {R}", f"b {R}")),
    Conditional(r"\ln \frac{a}{b} = \ln a - \ln b", "a > 0 and b > 0", "a b", "a pos, b pos", "a neg, b neg",
                "np.log(a/b)", "np.log(a) - np.log(b)"),
    Conditional(r"\frac{d}{dx} \sqrt{x} = \frac{1}{2 \sqrt{x}}", r"x > 0 or \sqrt{x} \ne 0", "x", "x pos", "x neg",
                "d(np.sqrt, x)", "1/(2*np.sqrt(x))"),
    Conditional(r"\frac{x^2}{x} = x", r"x \ne 0", "x", "x normal", "x zero", "x**2/x", "x"),
    Conditional(r"\frac{x^2 - 1}{x - 1} = x + 1", r"x - 1 \ne 0 or x \ne 1", "x", "x normal", "x one",
                "(x**2 - 1)/(x - 1)", "x + 1"),
    Conditional(r"\frac{d}{dx} \frac1x = -\frac{1}{x^2}", r"x \ne 0", "x", "x apart", "x zero",
                "d(lambda x: 1/x, x)", "-1/x**2", (f"x {R}",)),
    Conditional(r"\frac{d}{dx} \log_{10} x = \frac{1}{x \ln 10}", "x > 0", "x", "x pos", "x neg",
                "d(np.log10, x)", "1/(x*np.log(10))"),
    Conditional(r"\frac{d}{dx} x^x = x^x (\ln x + 1)", "x > 0", "x", "x pos", "x neg",
                "d(lambda x: x**x, x)", "x**x*(np.log(x) + 1)"),
    Conditional(r"\frac{d}{dx} a^x = a^x \ln a", "a > 0", "a x", "a pos", "a neg", "d(lambda x: a**x, x)", "a**x*np.log(a)"),
    Conditional(r"\frac{d}{dx} \ln(1 - x) = -\frac{1}{1 - x}", "1 - x > 0 or x < 1", "x", "x unit", "x large",
                "d(lambda x: np.log(1 - x), x)", "-1/(1 - x)", (f"x {R}",)),
    Conditional(r"\frac{d}{dx} \ln(ax + b) = \frac{a}{ax + b}", "a x + b > 0", "a b x", "a pos, b pos, x pos",
                "a neg, b neg, x pos", "d(lambda x: np.log(a*x + b), x)", "a/(a*x + b)"),
    Conditional(r"\frac{\partial}{\partial x} \ln(c^\top x) = \frac{c}{c^\top x}", r"c^\top x > 0", "c:n x:n",
                "c pos, x pos", "c neg, x pos", "d(lambda x: np.log(c @ x), x)", "c/(c @ x)", (*XV, f"c {V}")),
    Conditional(r"\nabla_x \|x\| = \frac{x}{\|x\|}", r"\lVert x \rVert_2 \ne 0 or x \ne 0", "x:n", "x normal", "x zero",
                "d(np.linalg.norm, x)", "x/np.linalg.norm(x)", XV),
    Conditional(r"\frac{d}{dx} \sqrt{x^4} = 2x \cdot \frac{x^2}{x^2}", r"x \ne 0", "x", "x apart", "x zero",
                "d(lambda x: np.sqrt(x**4), x)", "2*x*x**2/x**2"),
    Conditional("X X^{-1} = I", r"\det X \ne 0", "X:nn", "X inv", "X singular", "X @ inv(X)", "np.eye(3)", (f"X {M}",)),
    Conditional(r"(AB)^{-1} = B^{-1} A^{-1}", r"\det A \ne 0 and \det B \ne 0", "A:nn B:nn", "A inv, B inv",
                "A singular, B inv", "inv(A @ B)", "inv(B) @ inv(A)", (f"A {M}", f"B {M}")),
    Conditional(r"\frac{\partial}{\partial X} a^\top X^{-1} b = -X^{-\top} a b^\top X^{-\top}", r"\det X \ne 0",
                "X:nn a:n b:n", "X inv", "X singular", "d(lambda X: a @ inv(X) @ b, X)",
                "-inv(X).T @ np.outer(a, b) @ inv(X).T", (f"X {M}", f"a {V}", f"b {V}")),
    Conditional(r"\frac{\partial}{\partial X} \operatorname{tr} X^{-1} = -X^{-\top} X^{-\top}", r"\det X \ne 0", "X:nn",
                "X inv", "X singular", "d(lambda X: np.trace(inv(X)), X)", "-inv(X).T @ inv(X).T", (f"X {M}",)),
    Conditional(r"\frac{\partial}{\partial X} \ln \det X = X^{-\top}", r"\det X > 0", "X:nn", "X inv", "X turned",
                "d(lambda X: np.log(np.linalg.det(X)), X)", "inv(X).T", (f"X {M}",)),
]  # fmt: skip

#: A usual condition of a letter that nobody declared.
USUAL = [
    Conditional(r"\sqrt{x^2} = x", "x > 0", "x", "x pos", "x neg", "np.sqrt(x**2)", "x"),
    Conditional(r"\frac{d}{dx} |x| = 1", "x > 0", "x", "x pos", "x neg", "d(np.abs, x)", "1"),
    Conditional(r"\sqrt{a^2 b} = a \sqrt{b}", "a > 0", "a b", "a pos, b pos", "a neg, b pos", "np.sqrt(a**2*b)",
                "a*np.sqrt(b)"),
    Conditional(r"\frac{\partial L}{\partial z_j} = s_j - y_j", TOLD, "y:n z:n", "y prob", "y pos",
                f"d(lambda z: {ENTROPY}, z)", "soft(z) - y", SOFTMAX, (CROSS,)),
    Conditional(r"\frac{\partial L}{\partial z} = s - y", TOLD, "y:n z:n", "y prob", "y pos",
                f"d(lambda z: {ENTROPY}, z)", "soft(z) - y", SOFTMAX, (CROSS,)),
    Conditional(r"\frac{\partial J}{\partial \mu} = 2\mu - 2 \sum_{i=1}^n p_i x_i", r"\sum_k p_k = 1", "p:n x:n mu",
                "p prob", "p pos", "d(lambda mu: np.sum(p*(x - mu)**2), mu)", "2*mu - 2*np.sum(p*x)", SPREAD, (MOMENT,)),
    Conditional(r"\nabla_x f = K x - b", _symmetric("K"), "K:nn b:n x:n", "K sym", "K normal",
                "d(lambda x: x @ K @ x/2 - b @ x, x)", "K @ x - b", (*XV, f"b {V}"), (QUADRATIC,)),
    Conditional(r"\operatorname{tr}(K^2) = \|K\|_F^2", _symmetric("K"), "K:nn", "K sym", "K normal",
                "np.trace(K @ K)", "np.sum(K**2)"),
    Conditional(r"\frac{\partial}{\partial x} x^\top K x = 2 K x", _symmetric("K"), "K:nn x:n", "K sym", "K normal",
                "d(lambda x: x @ K @ x, x)", "2*K @ x", XV),
]  # fmt: skip

#: The same of a letter that was declared.
DECLARED = [
    Conditional(r"\sqrt{x^2} = x", "x > 0", "x", "x pos", "x neg", "np.sqrt(x**2)", "x", (f"x {R}",)),
    Conditional(r"\frac{d}{dx} |x| = 1", "x > 0", "x", "x pos", "x neg", "d(np.abs, x)", "1", (f"x {R}",)),
    Conditional(r"\sqrt{a^2 b} = a \sqrt{b}", "a > 0", "a b", "a pos, b pos", "a neg, b pos", "np.sqrt(a**2*b)",
                "a*np.sqrt(b)", (f"a {R}", "b > 0")),
    Conditional(r"\frac{\partial L}{\partial z_j} = s_j - y_j", TOLD, "y:n z:n", "y prob", "y pos",
                f"d(lambda z: {ENTROPY}, z)", "soft(z) - y", (*SOFTMAX, f"y {V}"), (CROSS,)),
    Conditional(r"\frac{\partial J}{\partial \mu} = 2\mu - 2 \sum_{i=1}^n p_i x_i", r"\sum_k p_k = 1", "p:n x:n mu",
                "p prob", "p pos", "d(lambda mu: np.sum(p*(x - mu)**2), mu)", "2*mu - 2*np.sum(p*x)", (*SPREAD, f"p {V}"),
                (MOMENT,)),
    Conditional(r"\nabla_x f = K x - b", _symmetric("K"), "K:nn b:n x:n", "K sym", "K normal",
                "d(lambda x: x @ K @ x/2 - b @ x, x)", "K @ x - b", (*XV, f"b {V}", f"K {M}"), (QUADRATIC,)),
    Conditional(r"\operatorname{tr}(K^2) = \|K\|_F^2", _symmetric("K"), "K:nn", "K sym", "K normal",
                "np.trace(K @ K)", "np.sum(K**2)", (f"K {M}",)),
    Conditional(r"\frac{\partial}{\partial X} \ln \det X = X^{-1}", _symmetric("X"), "X:nn", "X spd", "X inv",
                "d(lambda X: np.log(np.linalg.det(X)), X)", "inv(X)", (f"X {M}", r"\det X > 0")),
    Conditional(r"A^\top A = A^2", _symmetric("A"), "A:nn", "A sym", "A normal", "A.T @ A", "A @ A", (f"A {M}",)),
    Conditional(r"\|x\|_1 = \sum_i x_i", "x_k > 0", "x:n", "x pos", "x normal", "np.sum(np.abs(x))", "np.sum(x)",
                (*XV, "i is an index")),
]  # fmt: skip
DECLARED = [Conditional(**{**vars(case), "verdict": "wrong"}) for case in DECLARED]
CASES = [*VALUE, *USUAL, *DECLARED]


# -------------------------------------------------------------------------------------------------------- the referee

#: Ways to draw a letter besides those of `bench.drawing`.
_MORE: Mapping[str, Callable[[np.random.Generator, tuple[int, ...]], Any]] = {
    "neg": lambda rng, shape: -rng.uniform(0.4, 2.2, shape),
    "large": lambda rng, shape: rng.uniform(1.2, 3, shape),
    "zero": lambda rng, shape: np.zeros(shape),
    "one": lambda rng, shape: np.ones(shape),
    "singular": lambda rng, shape: np.zeros(shape),
    "turned": lambda rng, shape: (
        (rng.normal(size=shape) * 0.2 + np.eye(shape[0])) @ np.diag([-1.0, *[1.0] * (shape[0] - 1)])
    ),
}


def _inverse(matrix: Any) -> Any:
    return np.linalg.inv(matrix) if np.linalg.matrix_rank(matrix) == matrix.shape[0] else np.full(matrix.shape, np.nan)


def _soft(z: Any) -> Any:
    return np.exp(z) / np.exp(z).sum()


def _point(case: Conditional, manners: str, number: int) -> SimpleNamespace:
    rng = np.random.default_rng([SEED, number])
    told = dict(entry.strip().split() for entry in manners.split(","))
    found: dict[str, Any] = {}
    for letter in case.letters.split():
        name, _, axes = letter.partition(":")
        shape, manner = (LENGTH,) * len(axes), told.get(name, "normal")
        found[name] = _MORE[manner](rng, shape) if manner in _MORE else drawn(manner, rng, shape)
    return SimpleNamespace(**found)


def _agree(case: Conditional, manners: str, number: int) -> bool:
    """Whether both sides have a value at a random point, and the same."""
    names = {"np": np, "d": quotients, "inv": _inverse, "soft": _soft, **vars(_point(case, manners, number))}
    with np.errstate(all="ignore"):
        left, right = (np.asarray(eval(side, names), dtype=float) for side in (case.left, case.right))
    return bool(np.isfinite(left).all() and np.isfinite(right).all() and np.allclose(left, right, rtol=1e-5, atol=1e-6))


def confirmed(case: Conditional) -> bool:
    """Whether NumPy finds the line true where the condition holds, and not where it fails."""
    return all(_agree(case, case.holds, number) for number in range(DRAWS)) and not any(
        _agree(case, case.fails, number) for number in range(DRAWS)
    )


# --------------------------------------------------------------------------------------------------------- judgement


def fault(case: Conditional) -> str:
    """What `check` says otherwise than it should; empty where the verdict is right and the condition shown."""
    *before, last = sd.check(case.lines, given=case.given).lines
    shown = f"{last.verdict} {list(last.conditions)} {last.say}"
    if any(line.verdict not in ("ok", "stated") for line in before) or last.verdict != case.verdict:
        return f"{case.verdict} expected: {' '.join(line.verdict for line in before)} {shown}"
    if case.verdict == "ok":
        found = [_spelled(one) for one in last.conditions]
        missing = [ways for ways in case.conditions if not any(_spelled(way) in found for way in ways)]
        return f"{missing} not shown: {shown}" if missing else ""
    missing = [ways for ways in case.conditions if not any(_said(way) in _spelled(last.say) for way in ways)]
    return f"{missing} not said: {shown}" if missing else ""


def _spelled(text: str) -> str:
    """A condition with its bound or free index called k, and without spaces."""
    return re.sub(r"_\{?[a-z]\}?(?![a-z])", "_k", text).replace(" ", "")


def _said(condition: str) -> str:
    """A condition as it stands in a sentence of text."""
    return _spelled(re.sub(r"\\text\{([^}]*)\}", r"\1", condition).replace(r"\sum", "Σ"))


def main(arguments: list[str]) -> None:
    """Print the lines that fail, and the figure."""
    found = [(case, fault(case)) for case in CASES]
    for case, why in found:
        if not confirmed(case):
            print(f"NumPy does not confirm {case.line} under {case.condition}")
        if why and "--quiet" not in arguments:
            print(f"{' ; '.join(case.lines)}  given {list(case.given)}\n    {why}")
    for title, cases in (("no value without it", VALUE), ("usual, nobody declared", USUAL), ("declared", DECLARED)):
        print(f"{title}: {sum(not why for case, why in found if case in cases)} of {len(cases)}")
    print(f"shown or said: {sum(not why for _, why in found)} of {len(found)}")


if __name__ == "__main__":
    main(sys.argv[1:])
