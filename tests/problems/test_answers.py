"""Every answer that is published for a homework row is found among the results of that problem's own derivation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

import symderiv as sd
from symderiv.pages.assembling import prime_opened
from symderiv.reading import environment, read_expression
from symderiv.reading.declare import extended
from symderiv.reading.environment import Environment
from symderiv.term.build import entry, name, stack
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import opened, rebuilt, substitute, with_args
from symderiv.term.shapes import shape
from symderiv.worth.compare import compare
from symderiv.worth.evidence import Evidence
from symderiv.worth.value import value

ROWS = json.loads((Path(__file__).parent.parent / "data" / "homework.json").read_text(encoding="utf-8"))
#: The problems of each row that stands in the library: their source ends with the ids of the rows.
PROBLEMS: dict[str, list[str]] = {}
for entry_ in sd.problems():
    if ids := re.search(r"\(([^()]*)\)$", entry_.source):
        for row_ in ids[1].split(", "):
            PROBLEMS.setdefault(row_, []).append(entry_.id)
ANSWERS = [
    pytest.param(row["id"], answer, id=f"{row['id']}: {answer['left']}")
    for row in ROWS
    for answer in row["answers"]
    if row["id"] in PROBLEMS and "right" in answer
]


def results(problem: sd.Problem) -> Iterator[Term]:
    """What was found: results by entries and as arrays, asides, named parts, opened derivatives, what a claim is about."""
    if problem.f is not None:
        yield from (part.args[0] for part in problem.task.parts)
        yield problem.task.body
    yield from (prime_opened(known).result for known in problem.primes)
    for derivation in problem.derivations:
        yield derivation.result
        yield from (aside.result for aside in derivation.asides)
    for found in problem.results:
        yield found
        yield from found.args[1:] if found.kind == "relation" else ()


def at_the_point(problem: sd.Problem) -> Iterator[Term]:
    """The results with the data of the problem put in."""
    point = {} if problem.f is None else dict(problem.task.at)
    yield from (substitute(opened(term), point) for term in results(problem))


def numbers(problem: sd.Problem) -> Iterator[float]:
    """The values at the point, unrounded, of results and of every part of them."""
    for term in at_the_point(problem):
        for node in subterms(term):
            if node.kind in ("apply", "sum", "product", "fraction", "minus", "number", "power", "root") and not node.free:
                yield float(value(node, {}))  # type: ignore[arg-type]


def upstream(term: Term) -> Term:
    """The term with every gradient of a quantity without a formula, which comes from elsewhere, as an array of its own."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        unknown = args[0].args[0] if args and args[0].kind == "apply" else None
        if node.kind == "partial" and (args[0].kind == "name" or (unknown is not None and is_of_arrays(unknown))):
            array, places = (args[1].args[0], args[1].args[1:]) if args[1].kind == "entry" else (args[1], ())
            whole = name("upstream", *shape(array))
            return entry(whole, *places) if places else whole
        if node.kind == "apply" and args[0].kind == "prime" and is_of_arrays(args[0].args[0]):
            return name("upstream", *args[0].args[0].data.inputs[args[0].data - 1])
        return with_args(node, args) if args else node

    return rebuilt(term, change)


def is_of_arrays(fn: Term) -> bool:
    """Whether a function is unknown and takes an array."""
    return fn.kind == "function" and not fn.data.known and any(fn.data.inputs)


def spelled(letter: Term) -> str:
    return str(getattr(letter.data, "name", letter.data))


def rank(letter: Term) -> tuple[str, int, bool]:
    natural = letter.kind == "name" and letter.data.domain == "natural"
    return letter.kind, len(letter.data.shape) if letter.kind == "name" else 0, natural


def renamings(term: Term, like: Term) -> Iterator[Term]:
    """The term in the letters of the other: letters spelled alike are the same, the others are matched by their rank."""
    theirs = {spelled(letter): letter for letter in like.free}
    same = {letter: theirs[spelled(letter)] for letter in term.free if spelled(letter) in theirs}
    loose = sorted((letter for letter in term.free if letter not in same), key=spelled)
    open_ones = sorted((letter for letter in like.free if letter not in same.values()), key=spelled)
    for choice in permutations(open_ones, len(loose)) if len(loose) <= len(open_ones) else ():
        pairs = dict(zip(loose, choice, strict=True))
        if all(rank(ours) == rank(other) for ours, other in pairs.items()):
            yield substitute(term, {**same, **pairs})


#: Each problem is derived once for all the answers of its rows.
loaded = cache(sd.load)


def test_every_row_of_the_homework_stands_in_the_library() -> None:
    rows = [row["id"] for row in ROWS]
    assert len(rows) == 54
    assert [row for row in rows if row not in PROBLEMS] == []
    assert [row for row in PROBLEMS if row not in rows] == []


@pytest.mark.parametrize(("row", "answer"), ANSWERS)
def test_the_answer_is_among_the_results(row: str, answer: dict[str, str]) -> None:
    tried = []
    for problem in map(loaded, PROBLEMS[row]):
        for result, kind in compared_with_results(problem, answer):
            tried.append((result, kind))
            if kind in ("proved", "agrees"):
                return
    raise AssertionError(f"{answer['right']} is not among the results: {tried}")


def compared_with_results(problem: sd.Problem, answer: dict[str, str]) -> Iterator[tuple[Term | float, str]]:
    """Each result of a problem with the evidence that it is the answer: of a number, that it rounds to it."""
    right = answer["right"]
    if re.fullmatch(r"-?\d+(\.\d+)?", right):
        digits = len(right.partition(".")[2])
        for number in numbers(problem):
            yield number, "agrees" if abs(number - float(right)) <= 0.500001 * 10**-digits else "refuted"
        return
    for wanted, given in readings(problem, answer):
        for result in (*results(problem), *at_the_point(problem)):
            for renamed in renamings(upstream(opened(result)), wanted):
                yield renamed, compared(renamed, wanted, given, ranges(problem)).kind


def ranges(problem: sd.Problem) -> dict[Term, Term]:
    """How far the letters run that number the entries of what is differentiated by: `k` of `w_k` may stand nowhere else."""
    entries = [node for made in problem.derivations for node in subterms(made.start) if node.kind == "entry"]
    return {
        letter: size
        for node in entries
        for letter, size in zip(node.args[1:], shape(node.args[0]), strict=False)  # type: ignore[arg-type]
        if letter.kind == "index"
    }


def compared(left: Term, right: Term, given: tuple[Term, ...], runs: dict[Term, Term]) -> Evidence:
    """Evidence for one entry, or for all entries where only those say how far a letter runs."""
    found = compare(left, right, given)
    letters = [letter for letter in runs if letter in left.free | right.free]
    if found.kind != "undecided" or not letters:
        return found
    pairs = [term for letter in letters for term in (letter, runs[letter])]
    return compare(stack(left, *pairs), stack(right, *pairs), given)


def readings(problem: sd.Problem, answer: dict[str, str]) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    """The answer as its own `given` declares its letters, and as ours does, which may say more of their shapes.

    Of conditions that no point is found for, as those on the data of a table, none is used.
    """
    with suppress(sd.SymderivError):
        known = environment(facts(answer["given"]))
        told = [fact for fact in known.given if not (fact.kind == "relation" and fact.args[0].kind == "partial")]
        yield upstream(opened(read_expression(answer["right"], known))), (*told, *problem.facts)
        yield opened(read_expression(answer["right"], known)), ()
    with suppress(sd.SymderivError):
        yield upstream(opened(read_expression(answer["right"], problem.environment))), problem.facts
    with suppress(sd.SymderivError):
        yield upstream(opened(read_expression(answer["right"], together(problem, answer["given"])))), problem.facts


def together(problem: sd.Problem, given: list[str]) -> Environment:
    """What our problem knows, and what the answer's `given` defines besides: `p = \\lceil i/2 \\rceil` of our position i."""
    known = extended(problem.environment, [f"{letter} is an index" for letter in ranges(problem)])
    for fact in given:
        with suppress(sd.SymderivError):
            more = extended(known, [fact])
            if len(more.definitions) > len(known.definitions) and len(more.quantities) > len(known.quantities):
                known = more
    return known


def facts(given: list[str]) -> list[str]:
    """What is given without the lines that only a person reads (“… counted forward”)."""

    def is_read(*together: str) -> bool:
        try:
            environment(together)
        except sd.SymderivError:
            return False
        return True

    return given if is_read(*given) else [fact for fact in given if is_read(fact)]
