r"""Real derivatives from the literature: does `derive` agree with the published result at random arrays?

    PYTHONPATH=tests python -m bench.derive_cases [--variants] [ID …]

Every case is derived through the public API from its `given`, evaluated at arrays drawn as its `sampling` says, and
compared with `expected_numpy`, which difference quotients of `objective_numpy` check first. A case agrees, is silently
wrong, is refused by name (a SymderivError with its code), or crashes. With `--variants` also three spellings of all cases:
every letter renamed, commuting terms swapped, `\top` and `T` exchanged for a prime. The seed is inside.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

import symderiv as sd
from bench.drawing import Numbers, OutOfTime, at_most, close, drawn, of_numpy, quotients, rows, sizes
from bench.respelling import VARIANTS
from symderiv.errors import SymderivError

SEED, TRIALS, SECONDS = 20260301, 2, 60


@dataclass(frozen=True)
class Verdict:
    """What became of a case: `agrees`, `wrong`, `refused`, `crash`, `slow`, or `referee` where the case itself fails."""

    kind: str
    say: str = ""
    result: str = ""


def point(case: dict[str, Any], rng: np.random.Generator) -> Numbers:
    """Arrays by their names in `shapes`, and the sizes by theirs."""
    letters = dict.fromkeys(size for shape in case["shapes"].values() for size in shape if isinstance(size, str))
    lengths = sizes(list(letters), case["dims"], rng)
    found: Numbers = dict(lengths)
    for array, shape in case["shapes"].items():
        count = tuple(lengths.get(size, size) for size in shape)
        found[array] = drawn(case["sampling"].get(array, "normal"), rng, count)
    return found


def with_definitions(case: dict[str, Any], values: Numbers) -> Numbers:
    found = dict(values)
    for name, text in case["defs_numpy"]:
        found[name] = of_numpy(text, found)
    return found


def objective(case: dict[str, Any], values: Numbers) -> Callable[[Any], Any]:
    """The function of the case in its variable, everything else at `values`."""
    variable = case["wrt_name"]
    return lambda at: of_numpy(case["objective_numpy"], with_definitions(case, {**values, variable: _plain(at)}))


def _plain(at: Any) -> Any:
    return at if np.ndim(at) else float(at)


def by_quotients(case: dict[str, Any], values: Numbers) -> Any:
    """The derivative in the layout of the case, by difference quotients."""
    function, at = objective(case, values), values[case["wrt_name"]]
    if case["order"] == 2:
        other = case.get("wrt2", case["wrt_name"])
        return quotients(lambda moved: quotients(function, moved, 2e-4), values[other], 2e-4)
    found = quotients(function, at)
    if case["layout"] == "denominator":
        return np.moveaxis(found, -1, 0)
    if case["layout"] == "vec-numerator":
        axes = np.ndim(function(at))
        rows_, columns = found.shape[:axes], found.shape[axes:]
        return (
            found.reshape(rows_ + columns)
            .transpose(*reversed(range(axes)), *reversed(range(axes, found.ndim)))
            .reshape(int(np.prod(rows_)), int(np.prod(columns)))
        )
    return found


def referee(case: dict[str, Any], rng: np.random.Generator) -> tuple[Numbers, Any] | None:
    """A point at which the published result and difference quotients agree."""
    tolerance = 2e-4 if case["order"] == 2 else 1e-5
    for _ in range(20):
        values = point(case, rng)
        with np.errstate(all="ignore"):
            expected = of_numpy(case["expected_numpy"], with_definitions(case, values))
            if np.all(np.isfinite(expected)) and close(by_quotients(case, values), expected, tolerance):
                return values, expected
    return None


def judged(case: dict[str, Any], rng: np.random.Generator) -> Verdict:
    """The verdict on a case."""
    points = [referee(case, rng) for _ in range(TRIALS)]
    if None in points:
        return Verdict("referee", "expected_numpy and difference quotients differ")
    said = ""
    try:
        with at_most(SECONDS):
            found = sd.derive(case["expression_latex"], case["wrt"], case["given"], order=case["order"])
            said = found.latex_result
            for values, expected in filter(None, points):
                arrays = {case["symbols"][name]: values[name] for name in case["shapes"]}
                got = found.evaluate(arrays)
                if not close(got, expected):
                    return Verdict("wrong", f"shape {np.shape(got)} for {np.shape(expected)}", said)
    except SymderivError as stop:
        return Verdict("refused", f"{stop.code}: {stop}".split("\n")[0], said)
    except OutOfTime:
        return Verdict("slow", f"more than {SECONDS} s", said)
    except Exception as stop:  # noqa: BLE001 - a crash of any kind is what is counted here
        return Verdict("crash", f"{type(stop).__name__}: {stop}", said)
    return Verdict("agrees", "", said)


def run(cases: list[dict[str, Any]], title: str, show: bool = True) -> dict[str, Verdict]:
    """Judge cases and print what did not agree."""
    found: dict[str, Verdict] = {}
    for case in cases:
        found[case["id"]] = verdict = judged(case, np.random.default_rng([SEED, int(case["id"][1:])]))
        if show and (verdict.kind != "agrees" or len(cases) < 12):
            said = f"{verdict.result[:80]} {verdict.say[:150]}"
            print(f"{case['id']} {verdict.kind:8} {case['expression_latex'][:60]:60} {said}")
    counts = Counter(verdict.kind for verdict in found.values())
    others = ", ".join(f"{kind} {number}" for kind, number in sorted(counts.items()))
    print(f"{title}: {counts['agrees']} of {len(cases)} agree; {others}", flush=True)
    return found


def main(arguments: list[str]) -> None:
    wanted = [word for word in arguments if not word.startswith("--")]
    cases = [case for case in rows("derive") if not wanted or case["id"] in wanted]
    plain = run(cases, "as published")
    if "--variants" not in arguments:
        return
    for title, respelled in VARIANTS.items():
        print()
        new = run([respelled(case) for case in cases], title, show=False)
        for case in cases:
            before, after = plain[case["id"]], new[case["id"]]
            if before.kind != after.kind:
                other = respelled(case)
                print(f"{case['id']} {before.kind} -> {after.kind}: {other['expression_latex']} {other['given']}")
                print(f"    {after.result} {after.say[:200]}")


if __name__ == "__main__":
    main(sys.argv[1:])
