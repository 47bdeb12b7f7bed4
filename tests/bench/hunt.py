r"""Random matrix losses against difference quotients: every wrong, crashing, refused and ugly derivative.

    PYTHONPATH=tests python -m bench.hunt [COUNT] [SEED]

Losses come from a grammar of traces, quadratic forms, norms, log determinants of positive definite forms, functions entry by
entry, Hadamard products, products, transposes, inverses and sums over rows of data, in rectangular shapes. Each is written
twice, in LaTeX for `derive` and in NumPy for the quotients.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

import symderiv as sd
from bench.drawing import Numbers, OutOfTime, at_most, close, drawn, of_numpy, quotients
from symderiv.errors import SymderivError
from symderiv.term.kinds import Term, subterms

SEED, COUNT, SECONDS = 20260304, 300, 30
SIZES = {"m": 3, "n": 4, "k": 2, "N": 5}
SHAPES = {
    "X": ("m", "n"), "A": ("m", "n"), "B": ("n", "k"), "C": ("k", "m"), "Q": ("n", "n"), "S": ("n", "n"), "V": ("n", "k"),
    "Z": ("N", "n"), "x": ("n",), "a": ("n",), "c": ("n",), "b": ("m",), "y": ("m",), "u": ("k",), "t": ("N",),
}  # fmt: skip
GIVEN = [
    *(name + r" \in \mathbb{R}^{" + r" \times ".join(shape) + "}" for name, shape in SHAPES.items()),
    r"\lambda > 0", "S is symmetric positive definite", "z_i is row i of Z", "i is an index", r"N \in \mathbb{N}",
    r"\sigma(s) = \frac{1}{1 + e^{-s}}",
]  # fmt: skip
FUNCTIONS = {
    r"\sigma": "(1/(1+np.exp(-({}))))", r"\tanh": "np.tanh({})", r"\exp": "np.exp({})", r"\sin": "np.sin({})",
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A formula in LaTeX and in NumPy; `loose` is 2 for a sum, 1 for a product, 0 for what needs no brackets."""

    latex: str
    numpy: str
    loose: int = 0

    def tight(self, most: int = 0) -> str:
        return rf"({self.latex})" if self.loose > most else self.latex


class Grammar:
    """Draws formulas of a shape; `depth` is how much may still be nested."""

    def __init__(self, rng: random.Random, variable: str) -> None:
        self.rng = rng
        self.variable = variable

    def _letter(self, shape: tuple[str, ...]) -> Written | None:
        names = [name for name, known in SHAPES.items() if known == shape and name not in "SZt"]
        if self.variable in names and self.rng.random() < 0.5:
            return Written(self.variable, self.variable)
        return Written(*[self.rng.choice(names)] * 2) if names else None

    def vector(self, size: str, depth: int) -> Written:
        """A column of a size."""
        letter = self._letter((size,))
        if letter is None or (depth > 0 and self.rng.random() < 0.75):
            ways = [self._applied_vector, self._added_vector, self._of_entries, self._entrywise, self._applied_vector]
            return self.rng.choice(ways)(size, depth - 1)
        return letter

    def _applied_vector(self, size: str, depth: int) -> Written:
        other = self.rng.choice(["m", "n", "k"])
        matrix, vector = self.matrix(size, other, depth), self.vector(other, depth)
        return Written(f"{matrix.tight(1)} {vector.tight(1)}", f"(({matrix.numpy})@({vector.numpy}))", 1)

    def _added_vector(self, size: str, depth: int) -> Written:
        return self._added(self.vector(size, depth), self.vector(size, depth))

    def _added(self, first: Written, second: Written) -> Written:
        sign = "+" if first == second else self.rng.choice("+-")
        return Written(f"{first.latex} {sign} {second.tight(1)}", f"(({first.numpy}){sign}({second.numpy}))", 2)

    def _of_entries(self, size: str, depth: int) -> Written:
        return self._function(self.vector(size, depth))

    def _function(self, inner: Written) -> Written:
        name = self.rng.choice(list(FUNCTIONS))
        return Written(f"{name}({inner.latex})", FUNCTIONS[name].format(inner.numpy))

    def _entrywise(self, size: str, depth: int) -> Written:
        first, second = self.vector(size, depth), self.vector(size, depth)
        return Written(rf"({first.tight()} \odot {second.tight()})", f"(({first.numpy})*({second.numpy}))")

    def matrix(self, rows: str, columns: str, depth: int) -> Written:
        """A matrix of a shape."""
        letter = self._letter((rows, columns))
        if letter is not None and (depth <= 0 or self.rng.random() < 0.4):
            return letter
        flipped = self._letter((columns, rows))
        if flipped is not None and (depth <= 0 or self.rng.random() < 0.5):
            return Written(rf"{flipped.latex}^\top", f"{flipped.numpy}.T")
        ways: list[Callable[[str, str, int], Written]] = [self._outer, self._times, self._transposed, self._added_matrix]
        ways += [self._function_matrix, self._hadamard_matrix]
        if rows == columns == "n":
            ways += [self._inverse, self._inverse, self._diagonal]
        return (self._outer if depth <= 0 else self.rng.choice(ways))(rows, columns, depth - 1)

    def _outer(self, rows: str, columns: str, depth: int) -> Written:
        first, second = self.vector(rows, depth), self.vector(columns, depth)
        return Written(rf"{first.tight()} {second.tight()}^\top", f"np.outer({first.numpy},{second.numpy})", 1)

    def _times(self, rows: str, columns: str, depth: int) -> Written:
        other = self.rng.choice(["m", "n", "k"])
        first, second = self.matrix(rows, other, depth), self.matrix(other, columns, depth)
        return Written(f"{first.tight(1)} {second.tight(1)}", f"(({first.numpy})@({second.numpy}))", 1)

    def _transposed(self, rows: str, columns: str, depth: int) -> Written:
        inner = self.matrix(columns, rows, depth)
        tight = f"({inner.latex})" if inner.loose or "^" in inner.latex else inner.latex
        return Written(rf"{tight}^\top", f"({inner.numpy}).T")

    def _added_matrix(self, rows: str, columns: str, depth: int) -> Written:
        return self._added(self.matrix(rows, columns, depth), self.matrix(rows, columns, depth))

    def _function_matrix(self, rows: str, columns: str, depth: int) -> Written:
        return self._function(self.matrix(rows, columns, depth))

    def _hadamard_matrix(self, rows: str, columns: str, depth: int) -> Written:
        first, second = self.matrix(rows, columns, depth), self.matrix(rows, columns, depth)
        return Written(rf"({first.tight()} \odot {second.tight()})", f"(({first.numpy})*({second.numpy}))")

    def _definite(self, depth: int) -> Written:
        inner = self.matrix(self.rng.choice(["m", "k"]), "n", min(depth, 0))
        tight = f"({inner.latex})" if inner.loose or "^" in inner.latex else inner.latex
        return Written(rf"S + {tight}^\top {tight}", f"(S+({inner.numpy}).T@({inner.numpy}))", 2)

    def _inverse(self, rows: str, columns: str, depth: int) -> Written:
        inner = self._definite(depth)
        return Written(f"({inner.latex})^{{-1}}", f"np.linalg.inv({inner.numpy})")

    def _diagonal(self, rows: str, columns: str, depth: int) -> Written:
        inner = self.vector("n", depth)
        return Written(rf"\operatorname{{diag}}({inner.latex})", f"np.diag({inner.numpy})")

    def scalar(self, depth: int) -> Written:
        """A number."""
        ways = [
            self._inner, self._quadratic, self._square, self._norm, self._frobenius, self._trace, self._log_det,
            self._total, self._log_sum, self._rows,
        ]  # fmt: skip
        if depth > 1:
            ways += [self._sum, self._sum, self._scaled, self._bent, self._ratio, self._multiplied]
        return self.rng.choice(ways)(depth - 1)

    def _inner(self, depth: int) -> Written:
        size = self.rng.choice(["m", "n", "k"])
        first, second = self.vector(size, depth), self.vector(size, depth)
        return Written(rf"{first.tight()}^\top {second.tight(1)}", f"(({first.numpy})@({second.numpy}))", 1)

    def _quadratic(self, depth: int) -> Written:
        size = self.rng.choice(["m", "n", "k"])
        side, middle = self.vector(size, depth - 1), self.matrix(size, size, depth)
        latex = rf"{side.tight()}^\top {middle.tight(1)} {side.tight(1)}"
        return Written(latex, f"(({side.numpy})@({middle.numpy})@({side.numpy}))", 1)

    def _square(self, depth: int) -> Written:
        inner = self.vector(self.rng.choice(["m", "n", "k"]), depth)
        return Written(rf"\|{inner.latex}\|^2", f"(({inner.numpy})**2).sum()")

    def _norm(self, depth: int) -> Written:
        inner = self.vector(self.rng.choice(["m", "n", "k"]), depth)
        return Written(rf"\|{inner.latex}\|", f"np.sqrt((({inner.numpy})**2).sum())")

    def _frobenius(self, depth: int) -> Written:
        inner = self.matrix(*self.rng.choice([("m", "n"), ("n", "k"), ("m", "k")]), depth)
        return Written(rf"\|{inner.latex}\|_F^2", f"(({inner.numpy})**2).sum()")

    def _trace(self, depth: int) -> Written:
        size = self.rng.choice(["m", "n", "k"])
        inner = self.matrix(size, size, depth)
        return Written(rf"\operatorname{{tr}}({inner.latex})", f"np.trace({inner.numpy})")

    def _log_det(self, depth: int) -> Written:
        inner = self._definite(depth)
        return Written(rf"\log\det({inner.latex})", f"np.linalg.slogdet({inner.numpy})[1]", 1)

    def _total(self, depth: int) -> Written:
        inner = self._function(self.vector(self.rng.choice(["m", "n", "k"]), depth))
        return Written(rf"\mathbf{{1}}^\top {inner.latex}", f"({inner.numpy}).sum()", 1)

    def _log_sum(self, depth: int) -> Written:
        inner = self.vector(self.rng.choice(["m", "n"]), depth)
        return Written(rf"\log(\mathbf{{1}}^\top \exp({inner.latex}))", f"np.log(np.exp({inner.numpy}).sum())")

    def _rows(self, depth: int) -> Written:
        inner = self.vector("n", min(depth, 1))
        score, scores = rf"{inner.tight()}^\top z_i", f"(Z@({inner.numpy}))"
        latex, numpy = self.rng.choice([
            (rf"\sum_i (t_i - {score})^2", f"((t-{scores})**2).sum()"),
            (rf"\frac{{1}}{{N}} \sum_i \log(1 + e^{{-t_i {score}}})", f"np.log(1+np.exp(-t*{scores})).mean()"),
            (rf"\sum_i \sigma({score})", f"(1/(1+np.exp(-{scores}))).sum()"),
            (rf"\frac{{1}}{{2N}} \|Z {inner.tight(1)} - t\|^2", f"(({scores}-t)**2).sum()/(2*t.size)"),
        ])  # fmt: skip
        return Written(latex, numpy, 1)

    def _sum(self, depth: int) -> Written:
        return self._added(self.scalar(depth), self.scalar(depth))

    def _scaled(self, depth: int) -> Written:
        inner = self.scalar(depth)
        latex, numpy = self.rng.choice(
            [(r"\frac{1}{2}", "0.5"), (r"\lambda", "lam"), ("3", "3"), (r"\frac{\lambda}{2}", "lam/2")]
        )
        return Written(f"{latex} {inner.tight(1)}", f"{numpy}*({inner.numpy})", 1)

    def _multiplied(self, depth: int) -> Written:
        first, second = self.scalar(depth), self.scalar(depth)
        return Written(f"({first.latex}) ({second.latex})", f"({first.numpy})*({second.numpy})", 1)

    def _bent(self, depth: int) -> Written:
        inner = self.scalar(depth)
        latex, numpy = self.rng.choice([
            (r"\exp(-{})", "np.exp(-({}))"), (r"\log(1 + ({})^2)", "np.log(1+({})**2)"), (r"({})^2", "({})**2"),
            (r"\sigma({})", FUNCTIONS[r"\sigma"]), (r"\sqrt{{1 + ({})^2}}", "np.sqrt(1+({})**2)"),
        ])  # fmt: skip
        text = inner.tight(1) if "-" in latex else inner.latex
        return Written(latex.format(text), numpy.format(inner.numpy))

    def _ratio(self, depth: int) -> Written:
        top, below = self.scalar(depth), self.vector(self.rng.choice(["m", "n"]), depth - 1)
        return Written(rf"\frac{{{top.latex}}}{{1 + \|{below.latex}\|^2}}", f"({top.numpy})/(1+(({below.numpy})**2).sum())")


def losses(count: int, seed: int) -> Iterator[tuple[str, Written]]:
    """Losses in which the variable stands, with the variable; the same for the same seed."""
    rng, seen = random.Random(seed), set[str]()
    while len(seen) < count:
        variable = rng.choice(["x", "X", "x", "X", "V", "S"])
        loss = Grammar(rng, variable).scalar(rng.choice([1, 2, 2, 3]))
        if variable in loss.latex.replace(r"\exp", "") and loss.latex not in seen and len(loss.latex) < 260:
            seen.add(loss.latex)
            yield variable, loss


def point(rng: np.random.Generator) -> Numbers:
    """Arrays for every letter, moderate so that exponentials stay small."""
    values: Numbers = {
        name: drawn("spd" if name == "S" else "normal", rng, tuple(SIZES[size] for size in shape))
        for name, shape in SHAPES.items()
    }
    return {name: value if name == "S" else 0.5 * value for name, value in values.items()} | {"lam": 0.7}


def ugly(result: Term) -> list[str]:
    """What a person would not write."""
    seen: list[str] = []
    for node in subterms(result):
        kinds = [arg.kind for arg in node.args]
        if node.kind in ("transpose", "minus", "inverse") and kinds[0] == node.kind:
            seen.append(f"double {node.kind}")
        if node.kind == "transpose" and kinds[0] in ("sum", "product", "minus", "hadamard"):
            seen.append(f"transpose of a {kinds[0]}")
        if node.kind == "product" and any(arg.kind == "number" and arg.data[0] == 1 for arg in node.args):
            seen.append("1 times")
        if node.kind == "product" and sum(arg.kind in ("number", "minus") for arg in node.args) > 1:
            seen.append("several numbers or signs in a product")
        below = [inner for arg in node.args for inner in subterms(arg, into_names=False)] if node.kind == "fraction" else []
        if any(inner.kind == "fraction" for inner in below):
            seen.append("nested fraction")
        if node.kind == "sum" and len({_bare(arg) for arg in node.args}) < len(node.args):
            seen.append("like terms not collected")
        if node.kind == "hadamard" and any(arg.kind == "ones" for arg in node.args):
            seen.append("ones ⊙")
        if node.kind == "product" and "bigsum" not in kinds and kinds.count("fraction") > 1:
            seen.append("several fractions in a product")
        if node.kind in ("partial", "differential", "delta", "stack"):
            seen.append(f"{node.kind} left")
        if node.kind == "named" and node.data.latex in ("e", "d", "i", "N", "T", "I"):
            seen.append(f"a part named {node.data.latex}")
    return list(dict.fromkeys(seen))


def _bare(term: Term) -> Term | tuple[Term, ...]:
    while term.kind == "minus":
        term = term.args[0]
    if term.kind == "product":
        return tuple(arg for arg in term.args if arg.kind != "number")
    return (term,)


def judged(variable: str, loss: Written) -> tuple[str, str, str]:
    """What became of a loss: a kind, its cause, and the result."""
    values = point(np.random.default_rng(SEED))
    with np.errstate(all="ignore"):
        expected = quotients(lambda at: of_numpy(loss.numpy, {**values, variable: at}), values[variable])
    if not np.all(np.isfinite(expected)) or np.abs(expected).max() > 1e6:
        return "left out", "", ""
    said = ""
    try:
        with at_most(SECONDS):
            given = [*GIVEN, "the entries of S are independent"] if variable == "S" else GIVEN
            found = sd.derive(loss.latex, variable, given)
            said = found.latex_result
            got = found.evaluate({(r"\lambda" if name == "lam" else name): value for name, value in values.items()})
            weak = sorted({step.evidence.kind for step in found.steps} - {"proved"})
    except SymderivError as stop:
        return "refused", f"{stop.code}: {str(stop).splitlines()[0][:140]}", said
    except OutOfTime:
        return "slow", f"more than {SECONDS} s", said
    except Exception as stop:  # noqa: BLE001 - a crash of any kind is what is looked for
        return "crash", f"{type(stop).__name__}: {str(stop)[:140]}", said
    if not close(got, expected, 1e-5):
        return "wrong", f"shape {np.shape(got)}", said
    faults = ugly(found.answers[0].result) + [f"steps {kind}" for kind in weak]
    if found.answers[0].matrix_form is None:
        faults.append("no matrix form")
    return ("ugly", "; ".join(faults), said) if faults else ("right", "", said)


def main(arguments: list[str]) -> None:
    """Print the counts, and for each kind and cause how many there are with the smallest example."""
    count = int(arguments[0]) if arguments else COUNT
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    causes: dict[tuple[str, str], list[tuple[str, Written, str]]] = defaultdict(list)
    kinds: Counter[str] = Counter()
    for variable, loss in losses(count, seed):
        kind, cause, said = judged(variable, loss)
        kinds[kind] += 1
        for part in cause.split("; ") if kind == "ugly" else [cause]:
            causes[kind, part].append((variable, loss, said))
    for (kind, cause), found in sorted(causes.items(), key=lambda item: (item[0][0], -len(item[1]))):
        if kind not in ("right", "left out"):
            smallest = sorted(found, key=lambda item: len(item[1].latex) + len(item[2]))[: 1 if kind == "ugly" else 3]
            print(f"{kind} ({len(found)}) {cause}")
            for variable, loss, said in smallest:
                print(f"    by {variable}: {loss.latex}\n        {said}")
    print(", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items())))


if __name__ == "__main__":
    main(sys.argv[1:])
