r"""Battery B, 40 losses and 7 Jacobians by differentials: right, as short as expected, equal to the route by entries.

    PYTHONPATH=tests python -m bench.losses [ID …]

A row passes where the result by differentials agrees with `expected_numpy` at random arrays of several unequal sizes;
where it has at most 1.25 times the leaves of `expected_latex`; where no `11ᵀ ⊙`, no double transpose and no derivative left
unopened stands in it that the expected form has not; and where both routes are proved equal. The seed is inside.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

import symderiv as sd
from bench.drawing import Numbers, close, declared, drawn, of_numpy, rows, sizes
from symderiv.api import Derivation
from symderiv.errors import SymderivError
from symderiv.reading.expressions import read_expression
from symderiv.term.kinds import Term, leaves, subterms
from symderiv.worth.compare import compare

SEED, WITHIN, SIZES = 20260302, 1.25, 3


@dataclass(frozen=True)
class Row:
    """What became of one loss: `right` None where it was not derived; `faults` are bad forms."""

    id: str
    right: bool | None
    ratio: float = 0.0
    faults: tuple[str, ...] = ()
    routes: str = ""
    seconds: float = 0.0
    result: str = ""

    @property
    def passes(self) -> bool:
        """Whether everything asked of the route by differentials holds."""
        return self.right is True and self.ratio <= WITHIN and not self.faults


def point(case: dict[str, Any], number: int) -> Numbers:
    """Random arrays for everything declared, with sizes that differ, and the sizes by their letters."""
    rng = np.random.default_rng([SEED, number, *case["id"].encode()])
    shapes = declared(case["given"])
    lengths = sizes(list(dict.fromkeys(size for shape in shapes.values() for size in shape)), {}, rng)
    if any("rank" in fact for fact in case["given"]):
        lengths = dict(zip(lengths, sorted(lengths.values(), reverse=next(iter(lengths)) == "m"), strict=True))
    square = {name for fact in case["given"] for name in shapes if rf"\det {name}" in fact}
    found: Numbers = dict(lengths)
    for name, shape in shapes.items():
        found[name] = drawn("inv" if name in square else "normal", rng, tuple(lengths[size] for size in shape))
    return found


def agrees(case: dict[str, Any], found: Derivation) -> bool:
    """Whether the result is `expected_numpy` at random arrays of several sizes."""
    names = declared(case["given"])
    for number in range(SIZES):
        values = point(case, number)
        expected = of_numpy(case["expected_numpy"], values)
        if not close(found.evaluate({name: values[name] for name in names}), expected):
            return False
    return True


def faults(found: Term, expected: Term) -> tuple[str, ...]:
    """Bad forms: what a person would not write, and derivatives that the expected form has opened."""
    seen = []
    for node in subterms(found):
        if node.kind == "transpose" and node.args[0].kind == "transpose":
            seen.append("double transpose")
        if node.kind == "hadamard" and any(_all_ones(arg) for arg in node.args):
            seen.append("11ᵀ ⊙")
    known = {node.kind for node in subterms(expected)}
    left = [node.kind for node in subterms(found) if node.kind in ("prime", "partial")]
    seen += [f"unopened {kind}" for kind in left if kind not in known]
    return tuple(dict.fromkeys(seen))


def _all_ones(term: Term) -> bool:
    if term.kind == "product":
        return all(_all_ones(arg.args[0] if arg.kind == "transpose" else arg) for arg in term.args)
    return term.kind == "ones"


def derived(case: dict[str, Any], route: Any) -> Derivation | None:
    """The derivation of a case by a route, or None where that route refuses it."""
    try:
        found = sd.derive(case["latex"], case["wrt"], case["given"], route=route)
        assert found.answers
    except SymderivError:
        return None
    return found


def judged(case: dict[str, Any]) -> Row:
    """What became of one loss."""
    start = time.perf_counter()
    first = derived(case, "differentials")
    seconds = time.perf_counter() - start
    if first is None:
        return Row(case["id"], None)
    answer = first.answers[0]
    expected = read_expression(case["expected_latex"], first.problem.task.environment)
    ratio = leaves(answer.result) / leaves(expected)
    bad = faults(answer.result, expected)
    return Row(case["id"], agrees(case, first), ratio, bad, routes(case, first), seconds, first.latex_result)


def routes(case: dict[str, Any], first: Derivation) -> str:
    """How both routes compare: the kind of evidence, or that there is none by entries."""
    second = derived(case, "entries")
    if second is None:
        return "no entries"
    one, other = first.answers[0], second.answers[0]
    return compare(one.array(), other.array(), (*one.derivation.given, *one.conditions, *other.conditions)).kind


def main(wanted: list[str]) -> None:
    """Print the table and the figures."""
    found = [judged(case) for case in rows("battery_losses") if not wanted or case["id"] in wanted]
    for row in found:
        mark = "ok " if row.passes else "BAD"
        verdict = {True: "right", False: "WRONG", None: "not derived"}[row.right]
        said = f"{row.result} {'; '.join(row.faults)}"
        print(f"{row.id} {mark} {verdict:6} {row.ratio:5.2f} {row.routes:14} {row.seconds * 1000:5.0f} ms {said}")
    right, wrong = sum(row.right is True for row in found), sum(row.right is False for row in found)
    equal = sum(row.routes == "proved" for row in found)
    ready = sum(row.passes for row in found)
    print(f"right {right} of {len(found)}, wrong {wrong}; print-ready {ready}; routes proved equal {equal}")


if __name__ == "__main__":
    main(sys.argv[1:])
