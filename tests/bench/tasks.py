r"""Random tasks for `bench.mutations`: a definition, what is asked of it, and a true answer, in LaTeX and in NumPy."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bench.drawing import quotients
from bench.recipes import (
    EYE,
    LETTERS,
    ONE,
    Env,
    Node,
    Unsure,
    Writer,
    add,
    bent,
    div,
    fun,
    gradient,
    had,
    letters,
    mul,
    neg,
    num,
    parts,
    power,
    slope,
    turned,
    var,
    worth,
)

NUMBERS = ("u", "v", "r", r"\alpha", r"\beta", r"\theta")
INDICES = ("i", "j", "k", "l")


@dataclass(frozen=True)
class Task:
    """A definition, what is asked of it, and a true answer; `truth` says by NumPy what the left side is worth."""

    family: str
    definition: str
    left: str
    answer: Node
    body: Node
    truth: Callable[[Env], object]
    free: tuple[tuple[str, str], ...] = ()
    declared: bool = True


class Scalars:
    """Random functions of one letter."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.by, *self.others = rng.sample(NUMBERS, 3)

    def leaf(self) -> Node:
        return var(self.by) if self.rng.random() < 0.75 else var(self.rng.choice(self.others))

    def small(self) -> Node:
        """What stands inside a function."""
        x = var(self.by)
        return self.rng.choice(
            [x, mul(num(self.rng.randint(2, 5)), x), power(x, 2), mul(var(self.others[0]), x), add(x, num(1)), neg(x),
             mul(x, x, x), add(power(x, 2), neg(x)), div(x, num(2))]
        )  # fmt: skip

    def term(self, depth: int) -> Node:
        pick = self.rng.randrange(9)
        if depth <= 0 or pick == 0:
            return self.rng.choice([self.leaf(), power(var(self.by), self.rng.randint(2, 5)), self.called(0)])
        if pick <= 3:
            return mul(*self._distinct(depth))
        if pick == 4:
            return div(self.term(depth - 1), add(ONE, power(self.small(), 2)))
        if pick == 5:
            return power(self.called(depth - 1), self.rng.choice([2, 3]))
        if pick == 6:
            return mul(num(self.rng.choice([2, 3, 5, "1/2"])), self.term(depth - 1))
        if pick == 7:
            return power(add(ONE, power(self.small(), 2)), self.rng.choice(["1/2", -1, -2, 2]))
        return self.called(depth)

    def _distinct(self, depth: int) -> list[Node]:
        return list(dict.fromkeys([self.term(depth - 1), self.called(depth - 1)]))

    def called(self, depth: int) -> Node:
        name = self.rng.choice(["sin", "cos", "exp", "ln", "tanh", "sigma"])
        if self.rng.random() < 0.06:
            return self.rng.choice(
                [fun("abs", self.leaf()), fun("ln", fun("abs", var(self.by))), power(power(self.leaf(), 2), "1/2")]
            )
        inner = self.small() if depth <= 1 else self.total(1)
        return fun(name, add(num(self.rng.randint(1, 3)), power(inner, 2)) if name == "ln" else inner)

    def total(self, depth: int) -> Node:
        return add(*[self.rng.choice([neg, lambda t: t])(self.term(depth)) for _ in range(self.rng.choice([1, 2, 2, 3]))])


def scalar_task(rng: random.Random, write: Writer) -> Task | None:
    """A derivative, a second derivative or an identity of a random function."""
    drawn = Scalars(rng)
    body, by = drawn.total(rng.choice([1, 1, 2])), drawn.by
    if by not in letters(body):
        return None
    name = rng.choice("fgy")
    declared = rng.random() < 0.75
    where = f"{name}({by})" if letters(body) == {by} and rng.random() < 0.5 else name
    lefts = [rf"\frac{{d{name}}}{{d{by}}}", rf"\frac{{\partial {name}}}{{\partial {by}}}"]
    lefts = lefts if declared else lefts[:1] if letters(body) == {by} else lefts[1:]
    if where != name:
        lefts.append(f"{name}'({by})")
    definition, first = f"{where} = {write(body)}", slope(body, by)
    pick = rng.random()
    if pick < 0.15:
        return Task("identity", definition, where, body, body, lambda env: worth(body, env), declared=declared)
    if pick < 0.25 and where != name:
        second = slope(first, by)
        return Task("second", definition, f"{name}''({by})", second, body, _quotient(first, by), declared=declared)
    if pick < 0.35:
        left = rf"\frac{{d}}{{d{by}}} {write._in_brackets(write(body))}"
        return Task("operator", f"{name}_0 = {write(body)}", left, first, body, _quotient(body, by), declared=declared)
    return Task("scalar", definition, rng.choice(lefts), first, body, _quotient(body, by), declared=declared)


def _quotient(body: Node, by: str) -> Callable[[Env], object]:
    def truth(env: Env) -> object:
        found = quotients(lambda at: worth(body, {**env, by: at if np.ndim(at) else float(at)}), env[by])
        return found if np.ndim(found) else float(found)

    return truth


class Matrices:
    """Random losses of a column or a matrix."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.by = rng.choice(["x", "x", "X", "X", "B", "W", "w"])

    def letter(self, axes: tuple[str, ...]) -> Node | None:
        names = [name for name, own in LETTERS.items() if own == axes and name != "p"]
        if self.by in names and self.rng.random() < 0.6:
            return var(self.by)
        return var(self.rng.choice(names)) if names else None

    def column(self, length: str, depth: int) -> Node:
        pick = self.rng.randrange(6) if depth > 0 else 0
        if pick in (0, 1):
            return self.letter((length,)) or mul(self.matrix("m", length, 0), self.column(length, 0))
        other = self.rng.choice("nm")
        if pick in (2, 3):
            return mul(self.matrix(length, other, depth - 1), self.column(other, depth - 1))
        if pick == 4:
            one, two = self.column(length, depth - 1), self.column(length, depth - 1)
            return add(one, neg(two) if self.rng.random() < 0.6 else two) if one != two else one
        return fun(self.rng.choice(["tanh", "sigma", "sin", "exp"]), self.column(length, depth - 1))

    def matrix(self, rows: str, columns: str, depth: int) -> Node:
        found, other = self.letter((rows, columns)), self.letter((columns, rows))
        pick = self.rng.randrange(6) if depth > 0 else 0
        if pick <= 2 and (found or other):
            return turned(other) if other and (not found or self.rng.random() < 0.4) else found  # type: ignore[return-value]
        if pick == 3 and rows == columns == "n":
            return Node("inv", (var("B"),))
        if pick == 4 and found:
            return had(found, self.matrix(rows, columns, 0))
        middle = self.rng.choice("nm") if rows == columns else "n"
        if rows == columns == "m":
            middle = "n"
        return mul(self.matrix(rows, middle, depth - 1), self.matrix(middle, columns, depth - 1))

    def loss(self, depth: int) -> Node:
        rng, n = self.rng, self.rng.choice("nm")
        pick = rng.randrange(8)
        if pick == 0:
            return mul(turned(self.column(n, depth)), self.column(n, depth))
        if pick == 1:
            side = self.column("n", depth - 1)
            return mul(turned(side), self.matrix("n", "n", depth - 1), side)
        if pick in (2, 3):
            return mul(num(rng.choice([1, "1/2"])), Node("normsq", (self.column(n, depth),), "v"))
        if pick == 4:
            return Node("normsq", (self.matrix("m", "n", depth),), "F")
        if pick == 5:
            return Node("tr", (mul(self.matrix("n", "m", depth), self.matrix("m", "n", depth - 1)),))
        if pick == 6:
            return Node("tr", (mul(self.matrix("n", "n", depth), self.matrix("n", "n", depth - 1)),))
        inner = self.column(n, depth)
        return mul(turned(Node("ones", data=n)), fun(rng.choice(["exp", "tanh", "sigma"]), inner))

    def total(self) -> Node:
        first = self.loss(self.rng.choice([1, 1, 2]))
        pick = self.rng.random()
        if pick < 0.2:
            second = Node("normsq", (var(self.by),), "v" if len(LETTERS[self.by]) == 1 else "F")
            return add(first, mul(var(r"\beta"), second))
        if pick < 0.3:
            return add(first, self.loss(1))
        if pick < 0.36 and self.by == "B":
            return add(first, neg(Node("logdet", (var("B"),))))
        return fun(self.rng.choice(["sigma", "exp"]), first) if pick < 0.42 else first


def gradient_task(rng: random.Random, write: Writer) -> Task | None:
    """The gradient of a random loss, or an identity for it."""
    drawn = Matrices(rng)
    body, by = drawn.total(), drawn.by
    if by not in letters(body) or len(write(body)) > 110:
        return None
    left = rng.choice([rf"\nabla_{by} L", rf"\frac{{\partial L}}{{\partial {by}}}"])
    if rng.random() < 0.12:
        return Task("array identity", f"L = {write(body)}", "L", body, body, lambda env: worth(body, env))
    try:
        answer = gradient(body, by)
    except Unsure:
        return None
    return Task("gradient", f"L = {write(body)}", left, answer, body, _quotient(body, by))


def entry(name: str, *places: str) -> Node:
    return Node("entry", (var(name),), places)


def summed(letter: str, axis: str, body: Node) -> Node:
    return Node("sum", (body,), (letter, axis))


def index_task(rng: random.Random, write: Writer) -> Task | None:
    """A derivative with indices."""
    i, j, k, q = rng.sample(INDICES, 4)
    x, c, delta = "x", "c", Node("delta", data=(i, k))
    name = rng.choice(["sin", "tanh", "exp", "sigma"])
    pick = rng.randrange(9)
    frac = r"\frac{{\partial {}}}{{\partial {}}}"
    if pick == 0:
        inner = rng.choice([entry(x, i), mul(entry(c, i), entry(x, i))])
        body = summed(i, "n", mul(entry(c, i), fun(name, inner)))
        at = renamed(inner, i, k)
        answer = mul(entry(c, k), bent(name, at), *([entry(c, k)] if at.kind == "mul" else []))
        return _indexed("L", (), body, x, (k,), answer, write, frac)
    if pick == 1:
        body = summed(i, "m", summed(j, "n", mul(entry("A", i, j), entry("y", i), entry(x, j))))
        answer = summed(i, "m", mul(entry("A", i, k), entry("y", i)))
        return _indexed("L", (), body, x, (k,), answer, write, frac)
    if pick == 2:
        body = summed(i, "n", summed(j, "n", mul(entry("C", i, j), entry(x, i), entry(x, j))))
        answer = summed(j, "n", mul(add(entry("C", k, j), entry("C", j, k)), entry(x, j)))
        return _indexed("L", (), body, x, (k,), answer, write, frac)
    if pick == 3:
        body = add(summed(j, "n", mul(entry("W", i, j), entry(x, j))), entry("b", i))
        return _indexed("r", (i,), body, "W", (k, q), mul(delta, entry(x, q)), write, frac)
    if pick == 4:
        residual = add(summed(j, "n", mul(entry("W", i, j), entry(x, j))), neg(entry("t", i)))
        body = mul(num("1/2"), summed(i, "m", power(residual, 2)))
        answer = mul(renamed(residual, i, k), entry(x, q))
        return _indexed("L", (), body, "W", (k, q), answer, write, frac)
    if pick == 5:
        total = summed(j, "n", fun("exp", entry("z", j)))
        body = div(fun("exp", entry("z", i)), total)
        other = div(fun("exp", entry("z", k)), total)
        return _indexed("p", (i,), body, "z", (k,), mul(body, add(delta, neg(other))), write, frac)
    if pick == 6:
        body = fun(name, entry(x, i))
        return _indexed("r", (i,), body, x, (k,), mul(delta, bent(name, entry(x, i))), write, frac)
    if pick == 7:
        inner = summed(j, "n", mul(entry("W", i, j), entry(x, j)))
        answer = mul(bent(name, inner), entry("W", i, k))
        return _indexed("r", (i,), fun(name, inner), x, (k,), answer, write, frac)
    mean = div(summed(j, "n", entry(x, j)), Node("size", data="n"))
    body = add(entry(x, i), neg(mean))
    return _indexed("r", (i,), body, x, (k,), add(delta, neg(div(ONE, Node("size", data="n")))), write, frac)


def renamed(node: Node, old: str, new: str) -> Node:
    data = tuple(new if letter == old else letter for letter in node.data) if isinstance(node.data, tuple) else node.data
    return Node(node.kind, tuple(renamed(arg, old, new) for arg in node.args), data)


def _indexed(
    name: str, own: tuple[str, ...], body: Node, by: str, places: tuple[str, ...], answer: Node, write: Writer, frac: str
) -> Task:
    axes = {**dict(zip(places, LETTERS[by], strict=True)), **dict.fromkeys(own, _axis(body, own))}

    def truth(env: Env) -> float:
        at = tuple(env[place] for place in places)
        spot = (*at, 0) if len(at) == 1 else at

        def moved(step: float) -> float:
            array = env[by].copy()
            array[spot] += step
            return worth(body, {**env, by: array})

        return (moved(1e-5) - moved(-1e-5)) / 2e-5

    shown = name + (f"_{{{' '.join(own)}}}" if own else "")
    left = frac.format(shown, write(entry(by, *places)))
    return Task("index", f"{shown} = {write(body)}", left, answer, body, truth, tuple(axes.items()))


def _axis(body: Node, own: tuple[str, ...]) -> str:
    """The axis over which the free index of a definition runs."""
    for _, part in parts(body):
        if part.kind == "entry" and own and own[0] in part.data:
            return LETTERS[part.args[0].data][part.data.index(own[0])]
    return "n"


def jacobian_task(rng: random.Random, write: Writer) -> Task | None:
    """The Jacobian of a column by a column."""
    x, name = var("x"), rng.choice(["tanh", "sigma", "sin", "exp"])
    inner = add(mul(var("W"), x), var("b"))
    pick = rng.randrange(4)
    if pick == 0:
        body, answer = fun(name, inner), mul(Node("diag", (bent(name, inner, had),)), var("W"))
    elif pick == 1:
        body = mul(x, turned(x), x)
        answer = add(mul(turned(x), x, EYE), mul(num(2), x, turned(x)))
    elif pick == 2:
        body, answer = mul(var("A"), fun(name, x)), mul(var("A"), Node("diag", (bent(name, x, had),)))
    else:
        body = mul(var("A"), add(mul(var("B"), x), neg(var("c"))))
        answer = mul(var("A"), var("B"))

    def truth(env: Env) -> object:
        return quotients(lambda at: np.reshape(worth(body, {**env, "x": at.reshape(-1, 1)}), -1), env["x"][:, 0])

    return Task("jacobian", f"h = {write(body)}", r"\frac{\partial h}{\partial x}", answer, body, truth)


TASKS = (scalar_task, scalar_task, gradient_task, gradient_task, gradient_task, index_task, jacobian_task)
