r"""Scripts of several derivations with one to three independent errors planted: is their number told exactly?

    PYTHONPATH=tests python -m bench.errors [--count N] [--seed S] [--quiet]

A script has two or three derivations: chains of a derivative and its rewritings, gradients of small networks of numbers
or of arrays, least squares, the chain rule over two functions, numbers in place. An error is a mutation in one line; what
is computed from it below goes on from the wrong value, as a person's would, and is to be `follows`. A line is planted only
where NumPy finds it false, and different from what the lines above would give, so that errors are independent; every other
line is labelled by NumPy too (true: `ok`; false: `follows`). Printed are the scripts whose number of `wrong` lines is not
the number planted, and in how many the number, and every verdict, is exact.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

import symderiv as sd
from bench.changes import MUTATIONS, REWRITES, changed
from bench.drawing import quotients
from bench.mutations import given, points, truth
from bench.recipes import (
    ONE,
    Env,
    Misfit,
    Node,
    Unsure,
    Writer,
    add,
    fun,
    had,
    letters,
    mul,
    neg,
    num,
    power,
    slope,
    turned,
    var,
    worth,
)
from bench.tasks import TASKS, Scalars, Task

SEED, COUNT, LONGEST = 20260403, 200, 160
Definitions = dict[str, Node]


class Redraw(Exception):
    """A derivation that cannot be labelled for certain, or in which no error can be planted."""


@dataclass(frozen=True)
class Script:
    """Lines with the verdict that each is to have, and what is known; the errors are the lines labelled `wrong`."""

    lines: list[str]
    labels: list[str]
    given: list[str]
    manners: list[str]

    @property
    def planted(self) -> int:
        """How many errors there are."""
        return self.labels.count("wrong")


@dataclass
class Pen:
    """Writes a derivation line by line, planting errors in the lines whose numbers are in `slots`."""

    rng: random.Random
    slots: set[int]
    write: Writer
    lines: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    facts: dict[str, None] = field(default_factory=dict)
    manners: list[str] = field(default_factory=list)
    claims: int = 0

    @property
    def defined(self) -> set[str]:
        """The names that it defines."""
        told = [line for line, label in zip(self.lines, self.labels, strict=True) if label == "stated"]
        return {re.split(r" = |\(|_", line)[0] for line in told}

    @property
    def letters(self) -> set[str]:
        """The letters that it takes as declared."""
        return {fact.split(r" \in ")[0] for fact in self.facts if r" \in " in fact}

    @property
    def indices(self) -> set[str]:
        """The letters that count."""
        told = [re.match(r"(.*) (?:is an index|are indices)$", fact) for fact in self.facts]
        return {letter for words in told if words for letter in words[1].split(", ")}

    def define(self, text: str) -> None:
        """A line that claims nothing."""
        self.lines.append(text)
        self.labels.append("stated")

    def claim(self, left: str, node: Node, task: Task, inside: Definitions, before: Node | None = None) -> Node:
        """A line `left = node`, true or going on from what is wrong above, or with an error; what it now says."""
        here = replace(task, answer=node)
        plants = self.claims in self.slots
        self.claims += 1
        label = "wrong"
        if plants:
            node = self._mutated(node, here, inside, before)
        else:
            told = opened(node, inside)
            true = truth(task, told)
            if true is None or same(told, told, task) is None:
                raise Redraw
            label = "ok" if true else "follows"
        text = f"{left} = {self.write(node)}"
        if len(text) > LONGEST:
            raise Redraw
        self.lines.append(text)
        self.labels.append(label)
        self.facts.update(dict.fromkeys(given(here, opened(node, inside), self.rng)))
        return node

    def _mutated(self, node: Node, task: Task, inside: Definitions, before: Node | None) -> Node:
        """The line with an error: false, and something else than the lines above would give."""
        names = list(MUTATIONS)
        self.rng.shuffle(names)
        for name in names:
            new = changed(node, MUTATIONS[name], self.rng, task)
            if new is None or self.write(new) == self.write(node):
                continue
            told = opened(new, inside)
            others = [opened(other, inside) for other in (node, before) if other is not None]
            if truth(task, told) is False and all(same(told, other, task) is False for other in others):
                self.manners.append(name)
                return new
        raise Redraw


def opened(node: Node, inside: Definitions) -> Node:
    """The recipe with defined names written out."""
    if node.kind == "var" and node.data in inside:
        return opened(inside[node.data], inside)
    return Node(node.kind, tuple(opened(arg, inside) for arg in node.args), node.data)


def same(one: Node, other: Node, task: Task) -> bool | None:
    """Whether two recipes have the same value, vectors up to orientation; None where one of them has no certain one."""
    with np.errstate(all="ignore"):
        for env in points(replace(task, body=Node("both", (task.body, other))), one):
            try:
                left, right = (np.asarray(worth(node, env), dtype=float) for node in (one, other))
            except (Misfit, Unsure, OverflowError, ZeroDivisionError, np.linalg.LinAlgError):
                return None
            if not (np.isfinite(left).all() and np.isfinite(right).all()):
                continue
            if left.shape == right.shape[::-1] and 1 in left.shape:
                right = right.T
            if left.shape != right.shape or not np.allclose(left, right, rtol=1e-4, atol=1e-6):
                return False
    return True


def slope_by(body: Node, by: str, inside: Definitions) -> Callable[[Env], object]:
    """The derivative of a body by a letter or by a defined name, what is computed from that name following."""
    rest = {name: node for name, node in inside.items() if name != by}
    whole, start = opened(body, rest), opened(var(by), inside)

    def by_quotients(env: Env) -> object:
        at = worth(start, env)
        found = quotients(lambda now: worth(whole, {**env, by: now if np.ndim(now) else float(now)}), at)
        return found if np.ndim(found) else float(found)

    return by_quotients


# ------------------------------------------------------------------------------------------------------- derivations


def chain(pen: Pen) -> None:
    """A definition, its derivative, and the derivative rewritten: `L = …`, `∂L/∂x = …`, `= …`, `= …`."""
    task = pen.rng.choice(TASKS)(pen.rng, pen.write)
    if task is None or not task.declared or truth(task, task.answer) is not True:
        raise Redraw
    pen.define(task.definition)
    pen.facts.update(dict.fromkeys(given(task, task.answer, pen.rng)))
    node = pen.claim(task.left, task.answer, task, {})
    for _ in range(pen.rng.choice([0, 1, 1, 2])):
        names = list(REWRITES)
        pen.rng.shuffle(names)
        found = next((new for name in names if (new := _rewritten(node, name, task, pen)) is not None), None)
        if found is None:
            return
        node = pen.claim("", found, task, {}, before=node)


def _rewritten(node: Node, name: str, task: Task, pen: Pen) -> Node | None:
    new = changed(node, REWRITES[name], pen.rng, replace(task, answer=node))
    if new is None or pen.write(new) == pen.write(node):
        return None
    return new if same(new, node, task) else None


def numbers_network(pen: Pen) -> None:
    """Backpropagation through two layers of numbers."""
    q, mu, kappa, gamma, eta, goal = (var(name) for name in ("q", r"\mu", r"\kappa", r"\gamma", r"\eta", "g"))
    s, h, o = var("s"), var("h"), var("o")
    act = pen.rng.choice(["sigma", "tanh", "sin"])
    inside = {"s": add(mul(mu, q), gamma), "h": fun(act, s), "o": add(mul(kappa, h), eta)}
    loss = pen.rng.choice([mul(num("1/2"), power(add(o, neg(goal)), 2)), power(add(o, neg(goal)), 2)])
    for name, node in inside.items():
        pen.define(f"{name} = {pen.write(node)}")
    pen.define(f"E = {pen.write(loss)}")
    bend = {"sigma": mul(h, add(ONE, neg(h))), "tanh": add(ONE, neg(power(h, 2))), "sin": fun("cos", s)}[act]

    def claim(by: str, node: Node) -> Node:
        task = Task("network", "", "", node, opened(loss, inside), slope_by(loss, by, inside))
        return pen.claim(rf"\frac{{\partial E}}{{\partial {by}}}", node, task, inside)

    at_o = claim("o", slope(loss, "o"))
    if pen.rng.random() < 0.7:
        claim(r"\kappa", mul(at_o, h))
    at_h = claim("h", mul(at_o, kappa))
    at_s = claim("s", mul(at_h, bend))
    claim(r"\mu", mul(at_s, q))
    if pen.rng.random() < 0.5:
        claim("q", mul(at_s, mu))


def arrays_network(pen: Pen) -> None:
    """Backpropagation through a layer of arrays."""
    z, p, y, W, c, w = (var(name) for name in "z p y W c w".split())
    act = pen.rng.choice(["sigma", "tanh", "exp"])
    inside = {"z": add(mul(turned(W), y), c), "p": fun(act, z)}
    loss = mul(num("1/2"), Node("normsq", (add(p, neg(w)),), "v"))
    for name, node in inside.items():
        pen.define(f"{name} = {pen.write(node)}")
    pen.define(f"J = {pen.write(loss)}")
    bend = {"sigma": had(p, add(ONE, neg(p))), "tanh": add(ONE, neg(had(p, p))), "exp": p}[act]

    def claim(by: str, node: Node) -> Node:
        task = Task("network", "", "", node, opened(loss, inside), slope_by(loss, by, inside))
        return pen.claim(rf"\frac{{\partial J}}{{\partial {by}}}", node, task, inside)

    at_p = claim("p", add(p, neg(w)))
    at_z = claim("z", had(at_p, bend))
    claim("W", mul(y, turned(at_z)))
    if pen.rng.random() < 0.6:
        claim("y", mul(W, at_z))
    if pen.rng.random() < 0.5:
        claim("c", at_z)


def readout(pen: Pen) -> None:
    """Backpropagation through a layer of arrays and a number read out of it."""
    z, p, y, W, c, w, u = (var(name) for name in "z p y W c w u".split())
    goal, bias = var(r"\alpha"), var(r"\beta")
    act = pen.rng.choice(["sigma", "tanh", "exp"])
    inside = {"z": add(mul(turned(W), y), c), "p": fun(act, z), "u": add(mul(turned(w), p), bias)}
    loss = mul(num("1/2"), power(add(u, neg(goal)), 2))
    for name, node in inside.items():
        pen.define(f"{name} = {pen.write(node)}")
    pen.define(f"Q = {pen.write(loss)}")
    bend = {"sigma": had(p, add(ONE, neg(p))), "tanh": add(ONE, neg(had(p, p))), "exp": p}[act]

    def claim(by: str, node: Node) -> Node:
        task = Task("readout", "", "", node, opened(loss, inside), slope_by(loss, by, inside))
        return pen.claim(rf"\frac{{\partial Q}}{{\partial {by}}}", node, task, inside)

    at_u = claim("u", slope(loss, "u"))
    claim("w", mul(at_u, p))
    at_p = claim("p", mul(at_u, w))
    if pen.rng.random() < 0.5:
        claim(r"\beta", at_u)
    at_z = claim("z", had(at_p, bend))
    claim("W", mul(y, turned(at_z)))


def least_squares(pen: Pen) -> None:
    """The residual of a linear model, a penalty, and both gradients: `b = Xw − y`, `f = bᵀb + αwᵀw`."""
    X, w, y, b, penalty = (var(name) for name in ("X", "w", "y", "b", r"\alpha"))
    inside = {"b": add(mul(X, w), neg(y))}
    weight = pen.rng.choice([ONE, num("1/2")])
    loss = add(mul(weight, turned(b), b), mul(weight, penalty, turned(w), w))
    pen.define(f"b = {pen.write(inside['b'])}")
    pen.define(f"f = {pen.write(loss)}")

    def claim(by: str, node: Node) -> Node:
        task = Task("least squares", "", "", node, opened(loss, inside), slope_by(loss, by, inside))
        return pen.claim(rf"\nabla_{by} f", node, task, inside)

    at_b = claim("b", mul(num(2), weight, b))
    at_w = claim("w", add(mul(turned(X), at_b), mul(num(2), weight, penalty, w)))
    task = Task("least squares", "", "", at_w, opened(loss, inside), slope_by(loss, "w", inside))
    pen.claim("", opened(at_w, inside), task, inside, before=at_w)
    claim("y", neg(at_b))


def composition(pen: Pen) -> None:
    """The chain rule over two functions: each derivative, and their product."""
    drawn = Scalars(pen.rng)
    inner, by = drawn.total(1), drawn.by
    if by not in letters(inner):
        raise Redraw
    phi = var(r"\phi")
    outer = pen.rng.choice([power(phi, 3), fun("sin", phi), fun("exp", phi), fun("tanh", phi), power(add(ONE, phi), 2)])
    inside = {r"\phi": inner}
    pen.define(rf"\phi = {pen.write(inner)}")
    pen.define(rf"\psi = {pen.write(outer)}")

    def claim(of: str, body: Node, at: str, node: Node) -> Node:
        task = Task("composition", "", "", node, opened(body, inside), slope_by(body, at, inside))
        return pen.claim(rf"\frac{{d{of}}}{{d{at}}}", node, task, inside)

    first = claim(r"\psi", outer, r"\phi", slope(outer, r"\phi"))
    second = claim(r"\phi", inner, by, slope(inner, by))
    claim(r"\psi", outer, by, mul(first, second))


def in_numbers(pen: Pen) -> None:
    """Numbers in place: each value is computed from those written above."""
    rho, tau = pen.rng.randint(2, 6), pen.rng.randint(2, 6)
    more, less = pen.rng.randint(1, 5), pen.rng.randint(1, 5)
    pen.define(rf"\rho = {rho}, \quad \tau = {tau}")
    written: dict[str, int] = {}
    true: dict[str, int] = {}

    def claim(name: str, left: str, now: int, right: int) -> None:
        plants = pen.claims in pen.slots
        pen.claims += 1
        if plants:
            wrong = [now + step for step in (-3, -2, -1, 1, 2, 3) if now + step not in (right, now)]
            now = pen.rng.choice(wrong)
            pen.manners.append("arithmetic")
        written[name], true[name] = now, right
        pen.lines.append(f"{left} = {now}")
        pen.labels.append("wrong" if plants else "ok" if now == right else "follows")

    pen.define(rf"\omega = \rho \tau + {more}")
    value = rho * tau + more
    claim("omega", r"\omega", value, value)
    pen.define(rf"\xi = \omega^2 - {less} \rho")
    claim("xi", r"\xi", written["omega"] ** 2 - less * rho, true["omega"] ** 2 - less * rho)
    claim("slope", r"\frac{d\xi}{d\omega}", 2 * written["omega"], 2 * true["omega"])
    claim("last", rf"\xi + {more}", written["xi"] + more, true["xi"] + more)


KINDS = (*[chain] * 5, numbers_network, arrays_network, readout, least_squares, composition, in_numbers)


# ------------------------------------------------------------------------------------------------------------ scripts


def _stands_alone(pens: list[Pen]) -> bool:
    """Whether no derivation defines a name, or counts by a letter, that another one uses otherwise."""
    for pen in pens:
        for other in pens:
            if pen is not other and (pen.defined & (other.defined | other.letters) or pen.indices & other.letters):
                return False
    return True


def _derivation(rng: random.Random, errors: int) -> Pen:
    """A derivation with so many errors."""
    while True:
        write = replace(Writer.drawn(rng), dots=False)
        slots = set(rng.sample(range(4), errors))
        pen = Pen(rng, slots, write)
        try:
            rng.choice(KINDS)(pen)
        except (Redraw, Misfit, Unsure):
            continue
        if pen.labels.count("wrong") == errors:
            return pen


def scripts(count: int, seed: int) -> Iterator[Script]:
    """So many scripts with one to three errors each; the same for the same seed."""
    rng = random.Random(seed)
    made = 0
    while made < count:
        total, parts = rng.choice([1, 2, 2, 3, 3]), rng.choice([2, 2, 3])
        shares = [0] * parts
        for _ in range(total):
            shares[rng.randrange(parts)] += 1
        if max(shares) > 2:
            continue
        pens = [_derivation(rng, share) for share in shares]
        if not _stands_alone(pens):
            continue
        facts = dict.fromkeys(fact for pen in pens for fact in pen.facts)
        made += 1
        yield Script(
            [line for pen in pens for line in pen.lines],
            [label for pen in pens for label in pen.labels],
            list(facts),
            [manner for pen in pens for manner in pen.manners],
        )


def judged(script: Script) -> Any:
    """What `check` says of a script."""
    return sd.check(script.lines, given=script.given)


def shown(script: Script, report: Any) -> str:
    """A script with its labels, verdicts and words, line by line."""
    rows = zip(script.labels, report.lines, strict=True)
    marked = [f"  {' ' if _fits(label, line.verdict) else '*'} {label:8}{line.verdict:8}{line.source}"
              + ("" if _fits(label, line.verdict) else f"   [{line.say[:160]}]") for label, line in rows]  # fmt: skip
    return "\n".join([f"planted {script.planted} ({', '.join(script.manners)}), given {script.given}", *marked])


def _fits(label: str, verdict: str) -> bool:
    return verdict == label or (label == "ok" and verdict == "stated") or (label == "stated" and verdict == "ok")


def is_exact(script: Script, report: Any) -> bool:
    """Whether as many lines are called wrong as errors were planted."""
    return [line.verdict for line in report.lines].count("wrong") == script.planted


def main(arguments: list[str]) -> None:
    """Print the scripts whose number of errors is told otherwise, and the figures."""
    parser = argparse.ArgumentParser(prog="bench.errors")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--quiet", action="store_true")
    wanted = parser.parse_args(arguments)
    exact = whole = 0
    lines: Counter[tuple[str, str]] = Counter()
    for script in scripts(wanted.count, wanted.seed):
        report = judged(script)
        lines.update((label, line.verdict) for label, line in zip(script.labels, report.lines, strict=True))
        fits = all(_fits(label, line.verdict) for label, line in zip(script.labels, report.lines, strict=True))
        exact += is_exact(script, report)
        whole += fits
        if not wanted.quiet and not (fits and is_exact(script, report)):
            print(f"{'verdicts' if is_exact(script, report) else 'NUMBER'}: {shown(script, report)}", flush=True)
    print(", ".join(f"{label} -> {verdict} {number}" for (label, verdict), number in sorted(lines.items())))
    print(f"number of errors exact: {exact} of {wanted.count}; every verdict as labelled: {whole}")


if __name__ == "__main__":
    main(sys.argv[1:])
