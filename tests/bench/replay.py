r"""Every wrong line replays: its witness, worked out by someone else from the JSON alone, gives two different values.

    PYTHONPATH=tests python -m bench.replay [--count N] [--seed S]

Judged are the derivations of `check.jsonl`, the pairs and the derivatives of the batteries (each false pair, each result
with a sign, a factor or a term too many), the answers to homework likewise, the attempts that stand on the problems of the
library, typical mistakes, and N mutations. Printed are how many are `wrong`, how many of these are about shapes and name a
place and both shapes, how many replay, and every other one with the reason.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from judge.mistakes import MISTAKES

import symderiv as sd
from bench.drawing import FOLDER, OutOfTime, at_most, rows
from bench.mutations import SEED, claims
from bench.replaying import replayed
from symderiv.errors import SymderivError

COUNT, SECONDS = 300, 30
#: How far a value may lie from the one that the witness states, in parts of it, and a difference in parts of the difference.
CLOSE, APART = 1e-5, 0.01


class Script(NamedTuple):
    """Lines with what is known to them; `about` names them, `problem` is a problem of the library."""

    about: str
    lines: list[str]
    given: list[str]
    problem: str | None = None


class Wrong(NamedTuple):
    """A wrong line with its evidence as it stands in the JSON document, and how its evidence fares."""

    about: str
    line: str
    evidence: Any
    fate: str

    @property
    def good(self) -> bool:
        """Whether somebody who has only the document can see that the line is wrong."""
        return self.fate in ("replays", "shapes")


def fate(evidence: Any) -> str:
    """`replays`, `shapes`, or what is the matter with the evidence of a wrong line."""
    witness = (evidence or {}).get("witness")
    if witness is None:
        return "no witness"
    if "left_shape" in witness:
        place = witness.get("place")
        named = place and (witness["left_shape"] != witness["right_shape"] or place[0] == "*")
        return "shapes" if named else f"no place or no two shapes: {json.dumps(witness, ensure_ascii=False)}"
    try:
        found = replayed(witness)
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        StopIteration,
        np.linalg.LinAlgError,
    ) as stop:
        return f"not worked out: {type(stop).__name__} {stop}"
    stated = float(witness["left_value"]), float(witness["right_value"])
    gap = stated[0] - stated[1]
    if not abs(found[0] - found[1] - gap) <= APART * abs(gap):
        return f"not as far apart: {found} for {stated}"
    large = max(map(abs, stated))
    near = all(
        abs(ours - theirs) <= CLOSE * max(abs(theirs), 0.001 * large) for ours, theirs in zip(found, stated, strict=True)
    )
    return "replays" if near else f"other values: {found} for {stated}"


def wrongs(script: Script) -> list[Wrong]:
    """The wrong lines of a script, read from its JSON document, every wrong statement counted."""
    with at_most(SECONDS):
        report = sd.check(script.lines, given=script.given, problem=script.problem)
    found = []
    for line in json.loads(report.write("json"))["lines"]:
        for said in line["statements"]:
            if said["verdict"] == "wrong":
                found.append(Wrong(script.about, line["source"], said["evidence"], fate(said["evidence"])))
    return found


def of_cases() -> Iterator[Script]:
    """The derivations of `check.jsonl`."""
    for case in rows("check"):
        yield Script(case["id"], case["lines"], case["given"])


def of_batteries() -> Iterator[Script]:
    """Pairs that are not equal, and derivatives with another sign, a lost factor or a term too many."""
    for pair in rows("battery_pairs"):
        if not pair["equal"]:
            yield Script(pair["id"], [f"{pair['left']} = {pair['right']}"], pair["given"])
    for name in ("battery_derivatives", "battery_losses"):
        for case in rows(name):
            left, right = (
                rf"\frac{{\partial}}{{\partial {case['wrt']}}} \left({case['latex']}\right)",
                case["expected_latex"],
            )
            for wrong in (rf"-\left({right}\right)", rf"2\left({right}\right)", rf"{right} + {case['wrt']}"):
                yield Script(case["id"], [f"{left} = {wrong}"], case["given"])


def of_attempts() -> Iterator[Script]:
    """The attempts on the problems of the library, and typical mistakes."""
    for entry in sd.problems():
        for attempt in sd.load(entry.id).attempts:
            yield Script(entry.id, [line for line, _ in attempt], [], entry.id)
    for mistake in MISTAKES:
        yield Script(mistake.kind, [mistake.line], list(mistake.given))


def of_homework() -> Iterator[Script]:
    """The answers to homework with a sign or a factor too many."""
    for problem in json.loads((FOLDER.parent / "homework.json").read_text(encoding="utf-8")):
        for answer in (answer for answer in problem["answers"] if "right" in answer):
            for wrong in (rf"-\left({answer['right']}\right)", rf"2\left({answer['right']}\right)"):
                yield Script(problem["id"], [f"{answer['left']} = {wrong}"], answer["given"])


def of_mutations(count: int, seed: int) -> Iterator[Script]:
    """Claims made wrong by a mutation."""
    for claim in claims(count, seed, Counter()):
        if not claim.true:
            yield Script(f"{claim.family}, {claim.manner}", claim.lines, claim.given)


def run(title: str, scripts: Iterable[Script]) -> list[Wrong]:
    """Judge scripts; print the figures and every wrong line that somebody else cannot verify."""
    found, other = list[Wrong](), Counter[str]()
    for script in scripts:
        try:
            found += wrongs(script)
        except OutOfTime:
            other["slow"] += 1
        except SymderivError:
            other["not read"] += 1
    fates = Counter(wrong.fate if wrong.good else "other" for wrong in found)
    print(
        f"{title}: {len(found)} wrong: {fates['shapes']} about shapes, {fates['replays']} replay, {fates['other']} do not",
        end="",
    )
    print(f" ({', '.join(f'{name} {number}' for name, number in other.items())})" if other else "", flush=True)
    for wrong in found:
        if not wrong.good:
            print(f"    {wrong.about}: {wrong.line}\n        {wrong.fate}", flush=True)
    return found


def main() -> None:
    """Print the figures of every source."""
    parser = argparse.ArgumentParser(prog="bench.replay")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    wanted = parser.parse_args()
    sources: dict[str, Callable[[], Iterator[Script]]] = {
        "check.jsonl": of_cases,
        "batteries": of_batteries,
        "attempts and typical mistakes": of_attempts,
        "homework": of_homework,
        "mutations": lambda: of_mutations(wanted.count, wanted.seed),
    }
    found = [wrong for title, source in sources.items() for wrong in run(title, source())]
    fates = Counter(wrong.fate if wrong.good else "other" for wrong in found)
    print(
        f"together: {len(found)} wrong: {fates['shapes']} about shapes, {fates['replays']} replay, {fates['other']} do not"
    )


if __name__ == "__main__":
    main()
