"""Every problem of the library: each step replays and is verified, at the pace and in the form of a board."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

import symderiv as sd
from symderiv.deriving.answer import Answer
from symderiv.deriving.derivation import Derivation, replay
from symderiv.deriving.verifying import Verifier
from symderiv.term.build import meaning_of
from symderiv.term.kinds import Term, subterms

IDS = [entry.id for entry in sd.problems()]
HOMEWORK = "000-ex2-1 000-ex2-2 000-ex4-1 000-ex4-2 001-1a 002-2a 002-3a 002-3b 003-1a 003-1b".split()


def derivations(answer: Answer) -> Iterator[Derivation]:
    waiting = [item for item in (answer.derivation, answer.matrix_form) if item is not None]
    while waiting:
        derivation = waiting.pop()
        waiting.extend(derivation.asides)
        yield derivation


@pytest.mark.parametrize("which", IDS)
def test_every_step_replays_and_is_verified(which: str) -> None:
    for answer in sd.load(which).answers:
        for derivation in derivations(answer):
            replay(derivation)
            for step, evidence in zip(derivation.steps, Verifier(derivation).all(), strict=True):
                assert evidence.kind in ("proved", "agrees"), f"{step.law.name}: {step.before} = {step.after}: {evidence}"


@pytest.mark.parametrize("which", IDS)
def test_the_pace_is_that_of_a_board(which: str) -> None:
    for answer in sd.load(which).answers:
        lines = [line for item in (answer.derivation, answer.matrix_form) if item is not None for line in item.lines()]
        assert len(lines) <= 8, [str(line.term) for line in lines]
        for line in lines:
            assert len(line.laws) <= 3, [law.name for law in line.laws]


def shown(which: str) -> Iterator[Term]:
    for answer in sd.load(which).answers:
        for derivation in derivations(answer):
            yield from (line.term for line in derivation.lines())


def is_one(term: Term) -> bool:
    return term.kind == "number" and term.data[0] == 1


def is_nothing(term: Term) -> bool:
    return term.kind == "zeros" or (term.kind == "number" and term.data[0] == 0)


UGLY = {
    "dx/dx": lambda node: node.kind == "partial" and node.args[0] is node.args[1],
    "a factor one": lambda node: node.kind == "product" and any(map(is_one, node.args)),
    "a term zero": lambda node: node.kind == "sum" and any(map(is_nothing, node.args)),
    "a double transpose": lambda node: node.kind == "transpose" and node.args[0].kind == "transpose",
    "a fraction of a fraction": lambda node: node.kind == "fraction" and node.args[0].kind == "fraction",
    "a double minus": lambda node: node.kind == "minus" and node.args[0].kind == "minus",
}


@pytest.mark.parametrize("which", IDS)
def test_no_line_shows_what_nobody_writes(which: str) -> None:
    for term in shown(which):
        for node in subterms(term, into_names=False):
            found = [name for name, look in UGLY.items() if look(node)]
            assert not found, f"{found} in {term}"


@pytest.mark.parametrize("which", IDS)
def test_the_last_line_has_no_derivative_left(which: str) -> None:
    for answer in sd.load(which).answers:
        assert not answer.result.moves, answer.result


@pytest.mark.parametrize("which", IDS)
def test_a_known_derivative_is_opened_unless_a_prime_is_wanted(which: str) -> None:
    problem = sd.load(which)
    for answer in problem.answers:
        primes = {node.args[0] for node in subterms(answer.result, into_names=False) if node.kind == "prime"}
        assert {meaning_of(fn) for fn in primes if fn.data.known} <= set(problem.primes), answer.result


@pytest.mark.parametrize("row", HOMEWORK)
def test_each_homework_row_has_one_problem(row: str) -> None:
    owners = [entry.id for entry in sd.problems() if re.search(rf"\([^)]*\b{row}\b[^)]*\)$", entry.source)]
    assert len(owners) == 1, owners


def test_the_library_is_large_enough() -> None:
    assert len(IDS) >= 18
    assert {entry.family for entry in sd.problems()} >= {"chain_rule", "sigmoid", "softmax", "matrix_calculus"}


def test_same_problems_same_bytes() -> None:
    command = "import symderiv as sd; print(sd.sheet([e.id for e in sd.problems()]).write('html'))"
    runs = [
        subprocess.Popen([sys.executable, "-c", command], env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE)
        for seed in ("1", "2")
    ]
    pages = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert pages[0] == pages[1] and b"<math" in pages[0]
