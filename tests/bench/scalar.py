"""How long the scalar derivations of battery G take beside bare `sympy.diff`.

For each problem, in one run and taking turns: `sympy.diff`; the derivation with the LaTeX of every step and of every line
of the page; the same with every step verified at points. Times are of the process, in symbols that were never seen
before; of some rounds the least counts. The collector of cyclic garbage runs between rounds only (as with `timeit`, for
all alike). The last rows give ratios: of the totals, and the geometric mean and the worst of the problems.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from math import exp, inf, log
from pathlib import Path
from time import process_time
from typing import Any

import sympy

from symderiv.deriving.derivation import Derivation
from symderiv.deriving.entries import Entries
from symderiv.deriving.verifying import Verifier
from symderiv.pages.layout import Layout
from symderiv.term.build import ZERO, partial, relation
from symderiv.term.kinds import Term
from symderiv.term.sympy_door import from_sympy
from symderiv.writers.latex_formula import Latex

BATTERY = Path(__file__).parents[1] / "data" / "cases" / "battery_scalar24.jsonl"
ROUNDS = 7

_new = count()


@dataclass(frozen=True)
class Case:
    """One problem as Terms."""

    body: Term
    variable: Term
    given: tuple[Term, ...]


@dataclass(frozen=True)
class Times:
    """Seconds of one problem: bare `sympy.diff`, steps with LaTeX, and the same with every step verified."""

    peer: float
    derived: float
    verified: float

    @property
    def ratios(self) -> tuple[float, float]:
        """Ours over the peer's, unverified and verified."""
        return self.derived / self.peer, self.verified / self.peer


def problems() -> dict[str, dict[str, str]]:
    """The rows of battery G by their ids."""
    rows = [json.loads(line) for line in BATTERY.read_text().splitlines()]
    return {row["id"]: row for row in rows}


def fresh(row: dict[str, str]) -> tuple[Any, Any]:
    """The expression and the variable of a problem in symbols that no cache has seen."""
    expression, number = sympy.parse_expr(row["sympy"]), next(_new)
    new = {old: sympy.Symbol(f"{old.name}_{number}", positive=True) for old in expression.free_symbols}
    return expression.xreplace(new), new[sympy.Symbol(row["wrt"].lstrip("\\"))]


def stated(row: dict[str, str]) -> Case:
    """The same as Terms, again in new symbols; every letter is positive."""
    expression, symbol = fresh(row)
    body = from_sympy(expression)
    given = tuple(relation(">", letter, ZERO) for letter in sorted(body.free, key=repr))
    return Case(body, from_sympy(symbol), given)


def peer(expression: Any, symbol: Any) -> object:
    """What we are measured against: the derivative alone."""
    return expression.diff(symbol)


def derived(case: Case) -> Derivation:
    """Every step before and after, and every line of the page, in LaTeX."""
    derivation = Entries(case.given).derive(partial(case.body, case.variable, "d"))
    layout, latex = Layout(), Latex()
    for step in derivation.steps:
        latex(layout(step.before))
        latex(layout(step.after))
    for line in derivation.lines():
        latex(layout(line.term))
    return derivation


def verified(case: Case) -> object:
    """The same, with what the referee finds at points about every step, those of asides too."""
    waiting, found = [derived(case)], []
    while waiting:
        derivation = waiting.pop()
        found += Verifier(derivation).all(prove=False)
        waiting += derivation.asides
    return found


def seconds(work: Callable[..., object], *given: object) -> float:
    """The time of the process for one call."""
    begin = process_time()
    work(*given)
    return process_time() - begin


def measured(rows: dict[str, dict[str, str]], rounds: int = ROUNDS) -> dict[str, Times]:
    """The least times of each problem over some rounds, after one round that warms the process."""
    least: dict[str, tuple[float, ...]] = dict.fromkeys(rows, (inf,) * 3)
    for turn in range(rounds + 1):
        gc.collect()
        gc.disable()
        for which, row in rows.items():
            now = seconds(peer, *fresh(row)), seconds(derived, stated(row)), seconds(verified, stated(row))
            if turn:
                least[which] = tuple(map(min, least[which], now))
        gc.enable()
    return {which: Times(*times) for which, times in least.items()}


def summary(found: dict[str, Times]) -> list[tuple[str, float, float]]:
    """Ratios of the totals, geometric means and worst, unverified and verified."""
    peers = sum(times.peer for times in found.values())
    ratios = list(zip(*(times.ratios for times in found.values()), strict=True))
    totals = sum(times.derived for times in found.values()), sum(times.verified for times in found.values())
    return [
        ("total", totals[0] / peers, totals[1] / peers),
        ("geometric mean", *(exp(sum(map(log, column)) / len(column)) for column in ratios)),
        ("worst", *(max(column) for column in ratios)),
    ]


def table(found: dict[str, Times]) -> str:
    """A row a problem in milliseconds, then the summary."""
    lines = [f"{'ms':15}{'sympy.diff':>12}{'derived':>10}{'verified':>10}{'ratio':>9}{'ratio':>9}"]
    for which, times in found.items():
        own = [1000 * value for value in (times.peer, times.derived, times.verified)]
        lines.append(f"{which:15}{own[0]:12.2f}{own[1]:10.2f}{own[2]:10.2f}{times.ratios[0]:9.3f}{times.ratios[1]:9.3f}")
    lines += [f"{what:47}{plain:9.3f}{checked:9.3f}" for what, plain, checked in summary(found)]
    return "\n".join(lines)
