r"""Misconceptions planted on purpose, and errors at random: is the one named, and is the other left without a name?

    PYTHONPATH=tests python -m bench.planted [--count N] [--random N] [--seed S] [--quiet]

Each misconception of the book is planted in turn in examples of its rule with random letters and sizes: alone, times a
number and beside another term, or inside a function; whatever else is to be derived is derived truly. A line counts if the
cause named first is the planted misconception or another one, which then gives the same value. A random error puts another
formula in the place of a part of a true result; no misconception gives its value, and none should be named. Lines that
happen to be true are dropped and counted.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import symderiv as sd
from symderiv.deriving.answer import Routes
from symderiv.deriving.differentials import law_for
from symderiv.deriving.neat import neat
from symderiv.errors import SymderivError
from symderiv.report import latex
from symderiv.rules.book import misconceptions
from symderiv.rules.examples import examples
from symderiv.rules.rule import Rule
from symderiv.term.build import add, apply, fraction, function, mul, name, num, partial, power, size
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import rebuilt, substitute, with_args
from symderiv.term.shapes import Clash, shape

SEED, COUNT, RANDOM = 20261121, 500, 200
NAMES = frozenset(rule.name for rule in misconceptions())
VARIABLES, NUMBERS, COLUMNS, MATRICES, SIZES = "txzsrw", "abcpqh", "uvxyz", "ABCGHPQ", "ndMND"
#: What is right for a line with a misconception, and for one at random.
NAMED = ("the planted one", "one that gives the same value")
FREE = ("no cause", "a change of the formula")
EXCHANGED = ("product", "sum", "apply", "power", "fraction", "number")
SIN, COS = function("sin", known=True), function("cos", known=True)


@dataclass(frozen=True)
class Planted:
    """A false line, what is given, and the misconception that was planted; None for an error at random."""

    line: str
    given: list[str]
    rule: Rule | None = None


def carried_out(term: Term) -> Term:
    """A formula whose derivatives are derived, and whose differentials are those of single letters."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        now = with_args(node, args) if args else node
        if now.kind == "partial" and not now.args[0].moves:
            return Routes(()).answer(*now.args).result
        if now.kind == "differential" and now.args[0] is not now.args[1]:
            return carried_out(law_for(now, now.args[1])[1][0])
        return now

    return rebuilt(term, change)


def renamed(rng: random.Random, *terms: Term) -> list[Term]:
    """Terms with other letters and sizes, the same in all of them; an index and what an integral binds keep theirs."""
    bound = {node.args[1] for term in terms for node in subterms(term) if node.kind == "integral"}
    letters = sorted({leaf for term in terms for leaf in term.free if leaf.kind == "name"} - bound, key=str)
    pools = {pool: rng.sample(pool, len(pool)) for pool in (VARIABLES, NUMBERS, COLUMNS, MATRICES, SIZES)}
    sizes = {size: make_size(rng, pools[SIZES]) for size in sorted({s for x in letters for s in x.data.shape}, key=str)}
    taken = {str(letter) for letter in bound}
    new: dict[Term, Term] = {}
    for letter in letters:
        axes = letter.data.shape
        pool = MATRICES if len(axes) == 2 else COLUMNS if axes else VARIABLES if str(letter) == "t" else NUMBERS
        text = next(text for text in pools[pool] if text not in taken)
        taken.add(text)
        new[letter] = (
            sizes.get(letter, letter)
            if letter in sizes or letter.data.domain == "natural"
            else name(text, *[sizes[axis] for axis in axes])
        )
    return [substitute(term, new) for term in terms]


def make_size(rng: random.Random, letters: list[str]) -> Term:
    """A letter for a length, or a small number."""
    return num(rng.choice((2, 3, 4))) if rng.random() < 0.3 else size(letters.pop())


def surrounded(rng: random.Random, left: Term, right: Term) -> tuple[Term, Term]:
    """A derivative of a number and its claimed value: alone, times a number beside another term, or inside a function."""
    if left.kind != "partial" or left.args[1].kind != "name" or shape(left.args[0]) != () or shape(left.args[1]) != ():
        return left, right
    body, variable = left.args
    match rng.randrange(3):
        case 1:
            factor = num(rng.choice((2, 3, 5)))
            return partial(add(mul(factor, body), power(variable, num(2))), variable), add(
                mul(factor, right), mul(num(2), variable)
            )
        case 2:
            return partial(apply(SIN, body), variable), mul(apply(COS, body), right)
    return left, right


def given(terms: list[Term], conditions: list[Term]) -> list[str]:
    """What a reader must know of the letters."""
    facts = {}
    nodes = [node for term in terms for node in subterms(term)]
    for node in nodes:
        if node.kind == "name" and node.data.domain == "natural":
            facts[node] = rf"{latex(node)} \in \mathbb{{N}}"
        elif node.kind == "name" and node.data.shape:
            facts[node] = rf"{latex(node)} \in \mathbb{{R}}^{{" + r" \times ".join(map(latex, node.data.shape)) + "}"
        elif node.kind == "name":
            facts[node] = f"{latex(node)} > 0"
        elif node.kind == "index":
            facts[node] = f"{latex(node)} is an index"
        elif node.kind == "apply" and node.args[0].kind == "function" and not node.args[0].data.known:
            fn = node.args[0]
            source = [f"^{{{latex(*axes)}}}" if axes else "" for axes in fn.data.inputs or [()] * (len(node.args) - 1)]
            domain = r" \times ".join(r"\mathbb{R}" + power for power in source)
            facts[fn] = rf"{latex(fn)} \colon {domain} \to \mathbb{{R}}"
        elif node.kind == "function" and node.data.name.base == "W":
            facts[node] = "W is the principal branch of the Lambert function"
        elif node.kind == "function" and node.args:
            order = latex(node.args[0])
            facts[node] = f"J_{order} is the Bessel function of the first kind of order {order}"
    bound = {node.args[1] for node in nodes if node.kind == "integral"}
    return [fact for node, fact in facts.items() if node not in bound] + [latex(fact) for fact in conditions]


def planted(seed: int, dropped: Counter[str]) -> Iterator[Planted]:
    """Lines with a misconception each, every one of the book in turn."""
    rng = random.Random(seed)
    rules = misconceptions()
    for turn in itertools.count():
        rule = rules[turn % len(rules)]
        example = rng.choice(examples(rule, 6))
        try:
            left, right, *conditions = renamed(rng, example.left, carried_out(example.right), *example.conditions)
            left, right = surrounded(rng, left, right)
            line = f"{latex(left)} = {latex(neat(right))}"
            facts = given([left, right], conditions)
        except SymderivError as stop:
            dropped[f"not written: {stop.code}"] += 1
            continue
        if isinstance(shape(right), Clash):
            dropped["no shape"] += 1
            continue
        yield Planted(line, facts, rule)


def at_random(seed: int, dropped: Counter[str]) -> Iterator[Planted]:
    """Lines in which a part of a true result is another formula, drawn so that no misconception gives it."""
    rng = random.Random(seed)
    rules = [rule.distorts for rule in misconceptions() if rule.distorts is not None and rule.left.kind == "partial"]
    for turn in itertools.count():
        rule = rules[turn % len(rules)]
        example = rng.choice(examples(rule, 6))
        left, right, *conditions = renamed(rng, example.left, carried_out(example.right), *example.conditions)
        spots = [
            node
            for node in subterms(right)
            if shape(node) == () and node.kind in EXCHANGED and not any(leaf.kind == "index" for leaf in node.free)
        ]
        if not spots:
            dropped["nothing to exchange"] += 1
            continue
        odd = fraction(num(rng.choice((7, 11, 13, 17))), num(rng.choice((5, 9, 19))))
        letters = sorted((leaf for leaf in left.free if leaf.kind == "name" and not leaf.data.shape), key=str) or [odd]
        other = add(mul(odd, apply(COS, mul(odd, rng.choice(letters)))), num(rng.choice((3, 6, 8))))
        spot = rng.choice(spots)
        wrong = rebuilt(
            right,
            lambda node, args, spot=spot, other=other: other if node is spot else with_args(node, args) if args else node,
        )
        yield Planted(f"{latex(left)} = {latex(wrong)}", given([left, wrong], conditions))


def run(lines: Iterator[Planted], count: int, title: str, dropped: Counter[str], show: bool) -> Counter[str]:
    """Judge the lines; print what was not named as planted, and the figures."""
    found: Counter[str] = Counter()
    for made in lines:
        (line,) = sd.check([made.line], given=made.given).lines
        if line.verdict != "wrong":
            outcome = line.verdict
        elif line.cause is None:
            outcome = FREE[0]
        elif made.rule is not None and line.cause.name == made.rule.name:
            outcome = NAMED[0]
        elif line.cause.name in NAMES:
            outcome = NAMED[1]
        else:
            outcome = FREE[1]
        if line.verdict == "ok" or (made.rule is None and line.verdict != "wrong"):
            dropped[f"{line.verdict}, {title}"] += 1
            continue
        found[outcome] += 1
        if show and outcome not in (NAMED if made.rule is not None else FREE):
            wanted = made.rule.name if made.rule is not None else "at random"
            print(f"{outcome} ({wanted}): {line.cause.name if line.cause else line.say[:80]}")
            print(f"    {made.line}  {made.given}")
        if found.total() == count:
            break
    print(f"{title}: {dict(found)}", flush=True)
    return found


def main(arguments: list[str]) -> None:
    """Print both figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--random", type=int, default=RANDOM)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--quiet", action="store_true")
    wanted = parser.parse_args(arguments)
    dropped: Counter[str] = Counter()
    lines = planted(wanted.seed, dropped)
    found = run(lines, wanted.count, "planted", dropped, not wanted.quiet)
    named = sum(found[outcome] for outcome in NAMED)
    print(f"named: {named} of {found.total()} ({100 * named / found.total():.1f} %)")
    odd = run(at_random(wanted.seed, dropped), wanted.random, "at random", dropped, not wanted.quiet)
    free = sum(odd[outcome] for outcome in FREE)
    print(f"without a misconception's name: {free} of {odd.total()}; without any {odd[FREE[0]]}; dropped {dict(dropped)}")


if __name__ == "__main__":
    main(sys.argv[1:])
