r"""A hundred derivatives that are matrices, in every layout: right as asked, right in the other layout, a factor turned.

    PYTHONPATH=tests python -m bench.layouts [--quiet]

Each derivative is judged under `numerator layout`, `denominator layout`, `index layout` and with none said: the form that
is right there is to be ok; its transpose, where that is another matrix, wrong with a cause that says so and words that
name a layout in which it is right; a form with one factor turned wrong as a transposed factor. What is right is said by
difference quotients of recipes in NumPy, at several sizes; the table below is checked by them too. Printed are the cases
that fail with what was said, and how many derivatives are told rightly, in all layouts and in each.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

import symderiv as sd
from bench import recipes
from bench.drawing import quotients
from bench.recipes import (
    INVERTIBLE,
    LETTERS,
    SIZES,
    SYMMETRIC,
    Env,
    Misfit,
    Node,
    Unsure,
    Writer,
    is_array,
    letters,
    parts,
    put,
)

SEED = 20260401
NUMERATOR, DENOMINATOR, INDEX, UNSAID = "numerator layout", "denominator layout", "index layout", ""
LAYOUTS = (NUMERATOR, DENOMINATOR, INDEX, UNSAID)
SIGMA = r"\sigma(s) = \frac{1}{1 + e^{-s}}"


# ------------------------------------------------------------------------------------------------- formulas as Python


@dataclass(frozen=True)
class Formula:
    """A recipe that Python's operators build: `@` is the product of arrays, `*` the entrywise one or a number's."""

    node: Node

    def __matmul__(self, other: Formula) -> Formula:
        return Formula(_product(self.node, other.node))

    def __mul__(self, other: Formula | int) -> Formula:
        entrywise = isinstance(other, Formula) and is_array(self.node) and is_array(other.node)
        return Formula((recipes.had if entrywise else _product)(self.node, _node(other)))

    def __rmul__(self, other: int) -> Formula:
        return Formula(_product(_node(other), self.node))

    def __add__(self, other: Formula | int) -> Formula:
        return Formula(recipes.add(self.node, _node(other)))

    def __radd__(self, other: int) -> Formula:
        return Formula(recipes.add(_node(other), self.node))

    def __sub__(self, other: Formula | int) -> Formula:
        return Formula(recipes.add(self.node, recipes.neg(_node(other))))

    def __rsub__(self, other: int) -> Formula:
        return Formula(recipes.add(_node(other), recipes.neg(self.node)))

    def __neg__(self) -> Formula:
        return Formula(recipes.neg(self.node))

    def __truediv__(self, other: Formula) -> Formula:
        return Formula(recipes.div(self.node, other.node))

    def __rtruediv__(self, other: int) -> Formula:
        return Formula(recipes.div(_node(other), self.node))

    def __pow__(self, other: int) -> Formula:
        return Formula(recipes.power(self.node, other))

    @property
    def T(self) -> Formula:
        """The transpose."""
        return Formula(recipes.turned(self.node))

    @property
    def inv(self) -> Formula:
        """The inverse."""
        return Formula(Node("inv", (self.node,)))


def _node(value: Formula | int) -> Node:
    return value.node if isinstance(value, Formula) else recipes.num(value)


def _product(*args: Node) -> Node:
    """A product in which a number made of arrays, `cᵀx`, stays in its brackets."""
    signs = sum(arg.kind == "neg" for arg in args)
    bare = [arg.args[0] if arg.kind == "neg" else arg for arg in args]
    flat = [inner for arg in bare for inner in (arg.args if arg.kind == "mul" and is_array(arg) else (arg,))]
    flat = sorted(flat, key=lambda arg: arg.kind != "num")
    found = Node("mul", tuple(flat))
    return recipes.neg(found) if signs % 2 else found


def _called(name: str) -> Callable[[Formula], Formula]:
    return lambda arg: Formula(recipes.fun(name, arg.node))


def _of(kind: str, data: str | None = None) -> Callable[[Formula], Formula]:
    return lambda arg: Formula(Node(kind, (arg.node,), data))


sin, cos, tanh, exp, ln = (_called(name) for name in ("sin", "cos", "tanh", "exp", "ln"))
sigma, softmax = _called("sigma"), _called("softmax")
diag, tr, logdet, norm = _of("diag"), _of("tr"), _of("logdet"), _of("norm")
square, frobenius = _of("normsq", "v"), _of("normsq", "F")
x, c, w, b, y, t, A, B, C, S, W, X = (Formula(recipes.var(letter)) for letter in "x c w b y t A B C S W X".split())
a = Formula(recipes.var(r"\alpha"))
I, ones = Formula(recipes.EYE), Formula(Node("ones", data="m"))  # noqa: E741 - the identity
half = Formula(recipes.num("1/2"))


def slope(of: Formula) -> Formula:
    """The derivative of tanh, where tanh itself is known."""
    return 1 - of * of


def logistic(of: Formula) -> Formula:
    """The derivative of σ, where σ itself is known."""
    return of * (1 - of)


def spread(of: Formula) -> Formula:
    """The Jacobian of softmax, where softmax itself is known."""
    return diag(of) - of @ of.T


# ---------------------------------------------------------------------------------------------------------- the table

#: y = f(x): f, by which letter, and the matrix with a row for each output.
JACOBIANS: list[tuple[Formula, Formula, Formula]] = [
    (W @ x, x, W),
    (W @ x + b, x, W),
    (A.T @ y, y, A.T),
    (B @ x, x, B),
    (B.T @ x, x, B.T),
    (C @ B @ x, x, C @ B),
    (A @ B @ x, x, A @ B),
    (A @ (B @ x - c), x, A @ B),
    (W @ x - A @ x, x, W - A),
    ((B + C) @ x, x, B + C),
    (B.inv @ x, x, B.inv),
    (A @ B.inv @ x, x, A @ B.inv),
    (B @ x + C.T @ x, x, B + C.T),
    (W.T @ A @ x, x, W.T @ A),
    (3 * A @ x - W @ x, x, 3 * A - W),
    (a * x + B @ x, x, a * I + B),
    (x - B @ x, x, I - B),
    (B @ B @ x, x, B @ B),
    (X @ C.T @ x, x, X @ C.T),
    (A.T @ (W @ x - y), x, A.T @ W),
    (A.T @ (y - t), y, A.T),
    (A @ (x - w), w, -A),
    (C @ S @ x, x, C @ S),
    (W.T @ W @ x, x, W.T @ W),
    (tanh(x), x, diag(slope(tanh(x)))),
    (exp(x), x, diag(exp(x))),
    (x * x, x, 2 * diag(x)),
    (c * x, x, diag(c)),
    (tanh(W @ x + b), x, diag(slope(tanh(W @ x + b))) @ W),
    (sigma(W @ x + b), x, diag(logistic(sigma(W @ x + b))) @ W),
    (sin(B @ x), x, diag(cos(B @ x)) @ B),
    (exp(B @ x), x, diag(exp(B @ x)) @ B),
    (cos(W @ x), x, -diag(sin(W @ x)) @ W),
    (exp(W.T @ y), y, diag(exp(W.T @ y)) @ W.T),
    (A @ tanh(x), x, A @ diag(slope(tanh(x)))),
    (A @ sigma(x), x, A @ diag(logistic(sigma(x)))),
    (A @ exp(x), x, A @ diag(exp(x))),
    (A @ sin(B @ x), x, A @ diag(cos(B @ x)) @ B),
    (A @ tanh(B @ x + c), x, A @ diag(slope(tanh(B @ x + c))) @ B),
    (B @ tanh(C @ x), x, B @ diag(slope(tanh(C @ x))) @ C),
    (A.T @ sigma(W @ x), x, A.T @ diag(logistic(sigma(W @ x))) @ W),
    (sin(B @ tanh(x)), x, diag(cos(B @ tanh(x))) @ B @ diag(slope(tanh(x)))),
    (c * (B @ x), x, diag(c) @ B),
    (x * (B @ x), x, diag(B @ x) + diag(x) @ B),
    ((B @ x) * (C @ x), x, diag(B @ x) @ C + diag(C @ x) @ B),
    ((W @ x) * (A @ x), x, diag(W @ x) @ A + diag(A @ x) @ W),
    ((W @ x) * b, x, diag(b) @ W),
    (B @ (x * x), x, 2 * B @ diag(x)),
    (B @ (c * x), x, B @ diag(c)),
    (A @ (x * x), x, 2 * A @ diag(x)),
    (c * exp(B @ x), x, diag(c) @ diag(exp(B @ x)) @ B),
    (x @ x.T @ x, x, (x.T @ x) @ I + 2 * x @ x.T),
    ((c.T @ x) @ x, x, (c.T @ x) @ I + x @ c.T),
    ((x.T @ x) @ c, x, 2 * c @ x.T),
    ((c.T @ x) @ w, x, w @ c.T),
    ((c.T @ x) @ b, x, b @ c.T),
    ((x.T @ B @ x) @ c, x, c @ x.T @ (B + B.T)),
    ((x.T @ x) @ B @ x, x, (x.T @ x) @ B + 2 * B @ x @ x.T),
    ((c.T @ x) @ W @ x, x, (c.T @ x) @ W + W @ x @ c.T),
    (exp(c.T @ x) @ w, x, exp(c.T @ x) @ w @ c.T),
    (sin(c.T @ x) @ b, x, cos(c.T @ x) @ b @ c.T),
    (x / norm(x), x, I / norm(x) - (x @ x.T) / norm(x) ** 3),
    ((W @ x) / (1 + x.T @ x), x, W / (1 + x.T @ x) - (2 * W @ x @ x.T) / (1 + x.T @ x) ** 2),
    (ln(1 + x.T @ x) @ c, x, (2 / (1 + x.T @ x)) @ c @ x.T),
    (norm(x) @ c, x, (c @ x.T) / norm(x)),
    (softmax(x), x, spread(softmax(x))),
    (softmax(B @ x), x, spread(softmax(B @ x)) @ B),
    (softmax(W @ x + b), x, spread(softmax(W @ x + b)) @ W),
    (A @ softmax(x), x, A @ spread(softmax(x))),
    (B @ softmax(C @ x), x, B @ spread(softmax(C @ x)) @ C),
    (c * softmax(x), x, diag(c) @ spread(softmax(x))),
]  # fmt: skip

#: L = f(W): f, by which matrix, and the gradient in the shape of that matrix.
GRADIENTS: list[tuple[Formula, Formula, Formula]] = [
    (b.T @ W @ x, W, b @ x.T),
    (x.T @ B @ w, B, x @ w.T),
    (x.T @ B.T @ w, B, w @ x.T),
    (x.T @ B @ x, B, x @ x.T),
    (tr(A.T @ W), W, A),
    (tr(C @ B), B, C.T),
    (tr(B @ C @ B), B, B.T @ C.T + C.T @ B.T),
    (frobenius(W), W, 2 * W),
    (square(W @ x - y), W, 2 * (W @ x - y) @ x.T),
    (half @ square(W @ x + b), W, (W @ x + b) @ x.T),
    (logdet(B), B, B.inv.T),
    (c.T @ B.inv @ w, B, -B.inv.T @ c @ w.T @ B.inv.T),
    (tr(C @ B.inv), B, -B.inv.T @ C.T @ B.inv.T),
    (frobenius(A @ B), B, 2 * A.T @ A @ B),
    (half @ frobenius(A @ B - W), B, A.T @ (A @ B - W)),
    (exp(b.T @ W @ x), W, exp(b.T @ W @ x) @ b @ x.T),
    (sin(x.T @ B @ w), B, cos(x.T @ B @ w) @ x @ w.T),
    (ones.T @ tanh(W @ x), W, slope(tanh(W @ x)) @ x.T),
    (b.T @ sigma(W @ x), W, (b * logistic(sigma(W @ x))) @ x.T),
    (tr(A @ B @ W.T), B, A.T @ W),
    (b.T @ W @ B @ x, B, W.T @ b @ x.T),
]  # fmt: skip

#: Y = f(α): f, by α, and the derivative in the shape of f.
CURVES: list[tuple[Formula, Formula, Formula]] = [
    (exp(a) @ B, a, exp(a) @ B),
    (a @ A + a**2 @ W, a, A + 2 * a @ W),
    (sin(a) @ A.T, a, cos(a) @ A.T),
    ((B + a @ I).inv, a, -(B + a @ I).inv @ (B + a @ I).inv),
    (exp(2 * a) @ x @ b.T, a, 2 * exp(2 * a) @ x @ b.T),
]  # fmt: skip

#: L = f(v, x): f, the letter of the rows, the letter of the columns, and ∂²L / ∂v ∂xᵀ, which says itself what its rows are.
SECONDS: list[tuple[Formula, Formula, Formula, Formula]] = [
    (b.T @ W @ x, b, x, W),
    (w.T @ B @ x, w, x, B),
    (half @ square(W @ x - y), y, x, -W),
]  # fmt: skip


@dataclass(frozen=True)
class Derivative:
    """What is differentiated, by what, and the true matrix with its rows as difference quotients put them."""

    body: Node
    by: str
    answer: Node
    kind: str
    rows: str = ""

    @property
    def definition(self) -> str:
        """What is differentiated, with its name."""
        return f"{_NAMES[self.kind]} = {write(self.body)}"

    @property
    def left(self) -> str:
        """The derivative as it is asked for."""
        if self.kind == "second":
            return rf"\frac{{\partial^2 L}}{{\partial {self.rows} \partial {self.by}^\top}}"
        return rf"\frac{{\partial {_NAMES[self.kind]}}}{{\partial {self.by}}}"

    def is_turned(self, layout: str) -> bool:
        """Whether a layout asks for the transpose of what the table says."""
        return (layout == NUMERATOR and self.kind == "gradient") or (
            layout == DENOMINATOR and self.kind in ("jacobian", "curve")
        )

    def quotient(self, env: Env) -> Any:
        """The matrix by difference quotients, with its rows as the table has them."""
        at = env[self.by]

        def moved(body: Node, by: str, now: Any, around: Env) -> Any:
            return worth(body, {**around, by: np.reshape(now, np.shape(around[by])) if np.ndim(around[by]) else float(now)})

        if self.kind == "jacobian":
            return quotients(lambda now: np.reshape(moved(self.body, self.by, now, env), -1), at[:, 0])
        if self.kind == "second":
            inner = env[self.rows]

            def gradient(now: Any) -> Any:
                here = {**env, self.by: np.reshape(now, at.shape)}
                return quotients(lambda then: moved(self.body, self.rows, then, here), inner[:, 0], 1e-3)

            return quotients(gradient, at[:, 0], 1e-3)
        return quotients(lambda now: moved(self.body, self.by, now, env), at)


_NAMES = {"jacobian": "h", "gradient": "L", "curve": "Y", "second": "L"}


def derivatives() -> list[Derivative]:
    """The table, one derivative a row."""
    tables = (("jacobian", JACOBIANS), ("gradient", GRADIENTS), ("curve", CURVES))
    found = [Derivative(body.node, by.node.data, answer.node, kind) for kind, rows in tables for body, by, answer in rows]
    return found + [Derivative(f.node, by.node.data, answer.node, "second", of.node.data) for f, of, by, answer in SECONDS]


# -------------------------------------------------------------------------------------------------------- the referee


class _Writer(Writer):
    def _call(self, node: Node) -> str:
        if node.data == "softmax":
            return rf"\operatorname{{softmax}}({self(node.args[0])})"
        return super()._call(node)


write = _Writer(euler=False)


def worth(node: Node, env: Env) -> Any:
    """The value of a recipe in NumPy."""
    return recipes.worth(_plain(node), env)


@cache
def _plain(node: Node) -> Node:
    """The recipe with softmax written out."""
    args = tuple(_plain(arg) for arg in node.args)
    if node.kind == "fun" and node.data == "softmax":
        raised = recipes.fun("exp", args[0])
        axis = recipes.size(args[0])[0]
        return recipes.div(raised, recipes.mul(recipes.turned(Node("ones", data=axis)), raised))
    return Node(node.kind, args, node.data)


def points(names: set[str]) -> Iterator[Env]:
    """Random arrays of several sizes."""
    for number, lengths in enumerate((*SIZES, *SIZES)):
        rng = np.random.default_rng([SEED, number])
        env: Env = dict(lengths)
        for name in sorted(names):
            axes = LETTERS.get(name)
            if axes is None:
                env[name] = float(rng.uniform(0.3, 1.2))
                continue
            shape = tuple(lengths[axis] for axis in axes)
            found = 0.6 * rng.normal(size=shape if len(shape) > 1 else (*shape, 1))
            found = found + found.T if name in SYMMETRIC else found
            env[name] = found * 0.5 + 2 * np.eye(shape[0]) if name in INVERTIBLE else found
        yield env


def is_right(asked: Derivative, candidate: Node, layout: str) -> bool | None:
    """Whether a form is the derivative in a layout, by difference quotients; None where it has no certain meaning."""
    for env in points(letters(asked.body) | letters(candidate)):
        expected = asked.quotient(env)
        expected = expected.T if asked.is_turned(layout) else expected
        try:
            found = worth(candidate, env)
        except Misfit:
            return False
        except Unsure:
            return None
        if np.shape(found) != expected.shape or not np.allclose(found, expected, rtol=1e-4, atol=1e-5):
            return False
    return True


# ---------------------------------------------------------------------------------------------------------- the cases


def transposed(node: Node) -> Node:
    """The transpose as people write it: the factors in reverse, each turned."""
    match node.kind:
        case "mul":
            numbers = [arg for arg in node.args if not is_array(arg)]
            return Node("mul", (*numbers, *(transposed(arg) for arg in reversed(node.args) if is_array(arg))))
        case "add" | "had" if is_array(node):
            return Node(node.kind, tuple(transposed(arg) for arg in node.args))
        case "neg":
            return recipes.neg(transposed(node.args[0]))
        case "div":
            return recipes.div(transposed(node.args[0]), node.args[1])
        case "diag":
            return node
    return recipes.turned(node)


def with_a_factor_turned(node: Node) -> Iterator[Node]:
    """The forms in which one factor is turned: a transpose lost or added at a letter or an inverse, in no argument."""
    for place, part in parts(node):
        if any(_at(node, place[:depth]).kind == "fun" for depth in range(len(place))):
            continue
        if part.kind == "T" and part.args[0].kind in ("var", "inv"):
            yield put(node, place, part.args[0])
        inside = place and _at(node, place[:-1]).kind == "T"
        if part.kind in ("var", "inv") and is_array(part) and not inside and part.data not in SYMMETRIC:
            yield put(node, place, recipes.turned(part))


def _at(node: Node, place: tuple[int, ...]) -> Node:
    for spot in place:
        node = node.args[spot]
    return node


@dataclass(frozen=True)
class Case:
    """A derivative with a value for it in a layout, and what is to be said: in which layouts the form is right."""

    number: int
    manner: str
    layout: str
    lines: tuple[str, str]
    given: tuple[str, ...]
    right_in: frozenset[str]

    @property
    def true(self) -> bool:
        """Whether the form is right in the layout that is asked for."""
        return self.layout in self.right_in

    def fault(self) -> str:
        """What `check` says otherwise than it should; empty where all is said rightly."""
        line = sd.check(list(self.lines), given=self.given).lines[-1]
        kind = line.cause.kind if line.cause is not None else "no cause"
        if line.verdict != ("ok" if self.true else "wrong"):
            return f"{'true' if self.true else 'false'} but {line.verdict} [{kind}] {line.say}"
        if self.true:
            return ""
        if self.right_in or self.manner == "turned whole":
            if kind not in ("gradient-layout", "transposed-factor"):
                return f"right in {_listed(self.right_in)}, cause {kind}: {line.say}"
            if self.right_in and not any(name in line.say for name in self.right_in if name):
                return f"right in {_listed(self.right_in)}, not said: {line.say}"
            return ""
        return "" if kind == "transposed-factor" else f"a factor turned, cause {kind}: {line.say}"


def _listed(layouts: frozenset[str]) -> str:
    return ", ".join(sorted(layout for layout in layouts if layout)) or "no layout"


def cases(every: int = 1) -> list[Case]:
    """Three forms of each derivative in each layout; of every so-manieth derivative only, if that is said."""
    rng = random.Random(SEED)
    found: list[Case] = []
    for number, asked in enumerate(derivatives()):
        turned = list(with_a_factor_turned(asked.answer))
        rng.shuffle(turned)
        if number % every:
            continue
        plain = {layout for layout in LAYOUTS if is_right(asked, asked.answer, layout)}
        assert plain >= {layout for layout in LAYOUTS if not asked.is_turned(layout)}, (
            f"{asked.left} = {write(asked.answer)}"
        )
        other = transposed(asked.answer)
        other_in = {layout for layout in LAYOUTS if is_right(asked, other, layout)}
        for layout in LAYOUTS:
            forms = [("as in the table", asked.answer, plain), ("turned whole", other, other_in)]
            base = turned if not asked.is_turned(layout) else list(with_a_factor_turned(other))
            base = [form for form in base if write(form) not in (write(asked.answer), write(other))]
            wrong = next((form for form in base if is_right(asked, form, layout) is False), None)
            if wrong is not None:
                forms.append(("a factor turned", wrong, {name for name in LAYOUTS if is_right(asked, wrong, name)}))
            for manner, form, right_in in forms:
                lines = asked.definition, f"{asked.left} = {write(form)}"
                said = (*given(asked, form), *([layout] if layout else []))
                found.append(Case(number, manner, layout, lines, said, frozenset(right_in)))
    return found


def given(asked: Derivative, form: Node) -> tuple[str, ...]:
    """The shapes and properties of the letters."""
    facts = []
    for name in sorted(letters(asked.body) | letters(form)):
        axes = r" \times ".join(LETTERS.get(name, ()))
        facts.append(rf"{name} \in \mathbb{{R}}" + (f"^{{{axes}}}" if axes else ""))
        facts += [f"{name} is symmetric"] if name in SYMMETRIC else [f"{name} is invertible"] if name in INVERTIBLE else []
    return (*facts, SIGMA) if any(part.data == "sigma" for _, part in parts(asked.body)) else tuple(facts)


def judged(every: int = 1) -> list[tuple[Case, str]]:
    """Every case with what is said wrongly of it."""
    return [(case, case.fault()) for case in cases(every)]


def main(arguments: list[str]) -> None:
    """Print the cases that fail, and the figures."""
    found = judged()
    failed = {(case.number, case.layout) for case, fault in found if fault}
    kinds: Counter[str] = Counter()
    for case, fault in found:
        if fault:
            kinds[f"{case.manner}: {fault.split(':')[0].split(' [')[0]}"] += 1
            if "--quiet" not in arguments:
                print(f"{case.number} {case.layout or 'none said'}, {case.manner}: {' ; '.join(case.lines)}\n    {fault}")
    for layout in LAYOUTS:
        right = sum((number, layout) not in failed for number in range(len(derivatives())))
        print(f"{layout or 'no layout said'}: {right} of {len(derivatives())} derivatives told rightly")
    right = len(derivatives()) - len({number for number, _ in failed})
    print(f"told rightly in all layouts: {right} of {len(derivatives())}; lines: {len(found)}, failed {sum(kinds.values())}")
    print("\n".join(f"{count:5} {kind}" for kind, count in kinds.most_common()))


if __name__ == "__main__":
    main(sys.argv[1:])
