r"""Wrong lines made from true ones, and true lines made by rewriting: does `check` refuse the ones and accept the others?

    PYTHONPATH=tests python -m bench.mutations [--count N] [--seed S]

Derivatives of random scalars, gradients of random matrix losses, derivatives with indices, Jacobians and plain
identities are written as one line after the definition. A wrong line comes from a mutation (a sign, a factor, an
exponent, an order, a transpose, a term, an index, a sum, a function, a base, a letter …), a true one from true
rewriting. The labels come from NumPy alone: both sides are recipes worked out in float64, derivatives are difference
quotients at random points and several sizes, vectors are compared up to orientation. What cannot be labelled is
dropped and counted. Printed are wrong lines accepted, true lines refused, undecided ones, and lines per second.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

import symderiv as sd
from bench.changes import MUTATIONS, REWRITES, changed
from bench.drawing import OutOfTime, at_most
from bench.recipes import INVERTIBLE, LETTERS, SIZES, SYMMETRIC, Env, Misfit, Node, Unsure, Writer, letters, parts, worth
from bench.tasks import TASKS, Task

SEED, COUNT, SECONDS = 20260305, 2000, 30
SIGMA = r"\sigma(s) = \frac{1}{1 + e^{-s}}"


@dataclass(frozen=True)
class Claim:
    """Two lines with what is known, how the second was made, and whether it is true."""

    family: str
    manner: str
    lines: list[str]
    given: list[str]
    true: bool
    declared: bool


def points(task: Task, candidate: Node) -> Iterator[Env]:
    """Random arrays of several sizes, every third time near zero, where no exponential hides the rest; and every value of
    the free indices of small ones."""
    names = letters(task.body) | letters(candidate)
    for number, lengths in enumerate((*SIZES, *SIZES[::-1], *SIZES)):
        rng = np.random.default_rng([SEED, number])
        env: Env = dict(lengths)
        for name in sorted(names - set(lengths)):
            axes = LETTERS.get(name)
            if axes is None:
                least, most = (0.02, 0.4) if number % 3 == 2 else (0.2, 1.4)
                env[name] = float(rng.uniform(least, most)) * (1, -1, rng.choice([-1, 1]))[number % 3]
                continue
            width = 0.2 if number % 3 == 2 else 0.6
            found = width * rng.normal(
                size=tuple(lengths[axis] for axis in axes) if len(axes) > 1 else (lengths[axes[0]], 1)
            )
            if name in SYMMETRIC:
                found = found + found.T
            if name in INVERTIBLE:
                found = found * 0.5 + 2 * np.eye(found.shape[0])
            env[name] = found
        spans = [range(lengths[axis]) for _, axis in task.free]
        for values in itertools.islice(itertools.product(*spans), 9):
            yield {**env, **dict(zip((letter for letter, _ in task.free), values, strict=True))}


def truth(task: Task, candidate: Node) -> bool | None:
    """Whether a candidate is worth what the left side is worth; None where that cannot be said."""
    seen = doubts = 0
    with np.errstate(all="ignore"):
        for env in points(task, candidate):
            try:
                expected = task.truth(env)
                found = worth(candidate, env)
            except Misfit:
                return False
            except (Unsure, KeyError, np.linalg.LinAlgError, OverflowError, ZeroDivisionError):
                return None
            if not np.all(np.isfinite(expected)) or not np.all(np.isfinite(found)):
                continue
            one, other = np.asarray(expected, dtype=float), np.asarray(found, dtype=float)
            if one.shape != other.shape:
                if one.shape != other.shape[::-1] or 1 not in one.shape:
                    return False if one.size != other.size else None
                other = other.T
            apart = float(np.abs(one - other).max()) / (1 + float(np.abs(one).max()))
            if apart > 1e-4:
                return False
            doubts += apart > 1e-6
            seen += 1
    return None if doubts or seen < 3 else True


def given(task: Task, candidate: Node, rng: random.Random) -> list[str]:
    """What a reader must know: shapes, properties, index letters, the function σ."""
    names = letters(task.body) | letters(candidate)
    facts = []
    for name in sorted(names):
        axes = LETTERS.get(name)
        if axes is None and name in ("n", "m"):
            facts.append(rf"{name} \in \mathbb{{N}}")
        elif axes is None:
            facts += [rf"{name} \in \mathbb{{R}}"] if task.declared else []
        else:
            facts.append(rf"{name} \in \mathbb{{R}}^{{" + r" \times ".join(axes) + "}")
            facts += [f"{name} is symmetric"] if name in SYMMETRIC else []
            facts += [f"{name} is invertible"] if name in INVERTIBLE else []
    used = {letter for letter, _ in task.free} | {
        letter for node in (task.body, candidate) for _, part in parts(node)
        if part.kind in ("sum", "entry", "delta") for letter in part.data if letter not in ("n", "m")
    }  # fmt: skip
    facts += [f"{', '.join(sorted(used))} are indices"] if len(used) > 1 else [f"{letter} is an index" for letter in used]
    if any(part.kind == "fun" and part.data == "sigma" for node in (task.body, candidate) for _, part in parts(node)):
        facts.append(SIGMA)
    return facts


def claims(count: int, seed: int, dropped: Counter[str]) -> Iterator[Claim]:
    """Lines that are wrong and lines that are true, so many of each; the same for the same seed."""
    rng = random.Random(seed)
    made: Counter[bool] = Counter()
    used: Counter[str] = Counter()
    while min(made[True], made[False]) < count:
        write = Writer.drawn(rng)
        task = rng.choice(TASKS)(rng, write)
        if task is None or truth(task, task.answer) is not True:
            dropped["no true answer" if task else "no task"] += 1
            continue
        for wrong in (False, True, True):
            answer, manner = task.answer, "as derived"
            for _ in range(rng.choice([0, 1, 2, 3]) if not wrong else rng.choice([0, 0, 1])):
                name = rng.choice(list(REWRITES))
                new = changed(answer, REWRITES[name], rng, task)
                answer, manner = (new, name) if new is not None else (answer, manner)
            if wrong:
                fitting = [name for name in MUTATIONS if changed(answer, MUTATIONS[name], rng, task) is not None]
                if not fitting:
                    continue
                name = min(rng.sample(fitting, min(4, len(fitting))), key=lambda name: used[name])
                new = changed(answer, MUTATIONS[name], rng, task)
                if new is None:
                    continue
                answer, manner = new, name
                used[name] += 1
            true = truth(task, answer)
            text = write(answer)
            if true is None or len(text) > 220:
                dropped[f"label of {'mutation' if wrong else 'rewriting'}"] += 1
                continue
            if not wrong and not true:
                dropped["(rewriting that is false, kept)"] += 1
            if made[true] < count:
                made[true] += 1
                form, lines = rng.random(), [task.definition, f"{task.left} = {text}"]
                if form < 0.15:
                    lines = [task.definition, f"{task.left} = {write(task.answer)}", f"= {text}"]
                elif form < 0.25 and task.left != text:
                    lines = [task.definition, f"{task.left} = {write(task.answer)} = {text}"]
                yield Claim(task.family, manner, lines, given(task, answer, rng), true, task.declared)


@dataclass(frozen=True)
class Outcome:
    """What `check` said of a claim: the verdict of its last line, whether a cause was named, and what became of the fix."""

    verdict: str
    say: str = ""
    cause: bool = False
    fix: str | None = None
    fixed: str = ""

    @property
    def right(self) -> bool:
        """Whether the line was accepted."""
        return self.verdict in ("ok", "stated")


def outcome(claim: Claim) -> Outcome:
    """Judge a claim; where it is refused, its fix is judged in its place."""
    try:
        with at_most(SECONDS):
            *before, last = sd.check(claim.lines, given=claim.given).lines
            for line in before:
                if line.verdict not in ("ok", "stated"):
                    return Outcome(f"before it {line.verdict}", line.say)
            if last.verdict == "ok" and last.conditions and not claim.true and not claim.declared:
                return Outcome("under a condition", f"{last.say} {last.conditions}")
            fixed = ""
            if last.verdict == "wrong" and last.fix is not None:
                fixed = sd.check([*claim.lines[:-1], last.fix], given=claim.given).lines[-1].verdict
            return Outcome(last.verdict, f"{last.say} {last.conditions or ''}", last.cause is not None, last.fix, fixed)
    except OutOfTime:
        return Outcome("slow")
    except Exception as stop:  # noqa: BLE001 - a crash of any kind is counted here
        return Outcome("crash", f"{type(stop).__name__}: {str(stop)[:200]}")


def group(claim: Claim, found: Outcome) -> str:
    """What a person wants to see first; the lines before the last are true."""
    if found.verdict in ("before it wrong", "before it follows"):
        return "TRUE REFUSED"
    if found.verdict in ("wrong", "follows"):
        return "TRUE REFUSED" if claim.true else "FIX" if found.fix and found.fixed not in ("ok", "stated") else ""
    if found.right:
        return "" if claim.true else "WRONG ACCEPTED"
    return f"undecided, {'true' if claim.true else 'wrong'}"


def main(arguments: list[str]) -> None:
    """Print every verdict that differs from its label, and the figures."""
    parser = argparse.ArgumentParser(prog="bench.mutations")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    wanted = parser.parse_args(arguments)
    dropped, groups, manners = Counter[str](), Counter[str](), Counter[str]()
    verdicts: Counter[tuple[bool, str]] = Counter()
    spent, causes, fixes, fixed = 0.0, 0, 0, 0
    for claim in claims(wanted.count, wanted.seed, dropped):
        start = time.perf_counter()
        found = outcome(claim)
        spent += time.perf_counter() - start
        verdicts[claim.true, found.verdict] += 1
        if not claim.true:
            manners[claim.manner] += 1
            causes += found.cause
            fixes += found.fix is not None
            fixed += found.fixed in ("ok", "stated")
        title = group(claim, found)
        groups[title.split(",")[0]] += 1
        if title:
            print(f"{title} ({claim.family}, {claim.manner}) {found.verdict}: {claim.lines} {claim.given}")
            print(f"    {found.say[:300]}" + (f" | {found.fix} | {found.fixed}" if title == "FIX" else ""), flush=True)
    for true in (False, True):
        own = {verdict: number for (label, verdict), number in verdicts.items() if label is true}
        kinds = ", ".join(f"{verdict} {number}" for verdict, number in sorted(own.items()))
        print(f"{'true' if true else 'wrong'} lines: {sum(own.values())}: {kinds}")
    refused = verdicts[False, "wrong"]
    print(f"wrong accepted {groups['WRONG ACCEPTED']}, true refused {groups['TRUE REFUSED']}", end=", ")
    print(f"undecided {groups['undecided']}; of {refused} refused wrong lines {causes} have a cause", end=", ")
    print(f"{fixes} a fix, {fixed} a fix that is ok")
    print(f"dropped {sum(dropped.values())}: {', '.join(f'{name} {number}' for name, number in sorted(dropped.items()))}")
    print(", ".join(f"{name} {number}" for name, number in sorted(manners.items())))
    print(f"{verdicts.total() / spent:.0f} lines per second")


if __name__ == "__main__":
    main(sys.argv[1:])
