"""Problems as a sheet: what is asked, what is known, each derivation, its matrix form and values, and the source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from symderiv.deriving.derivation import Derivation, Pace
from symderiv.deriving.draft import Draft
from symderiv.errors import SymderivError
from symderiv.pages import rulebook, telling
from symderiv.pages.derived import Page, layout_words
from symderiv.pages.graphs import graph_blocks
from symderiv.pages.marks import mostly_agree, without_agreement
from symderiv.pages.parts import part_blocks
from symderiv.pages.sheet import Block, Derived, Details, Facts, Heading, Paragraph, Piece, Prose, Sheet
from symderiv.problem import Problem
from symderiv.rules import learning
from symderiv.term.build import apply, function, name, prime, relation
from symderiv.term.kinds import Term, subterms
from symderiv.worth.evidence import Evidence

Kind = Literal["question", "solution", "grader"]


def sheet(problems: Sequence[Problem], kind: Kind = "solution", pace: Pace = "textbook", title: str = "") -> Sheet:
    """The page of one problem or of several; a question has no solution, a grader's sheet shows every step.

    >>> from symderiv.term.build import name
    >>> sheet([Problem("A square", f="x^2", wrt=("x",))]).title
    'A square'
    """
    alone = len(problems) == 1
    blocks: list[Block] = []
    pages: list[Page] = []
    for problem in problems:
        if not alone:
            blocks.append(Heading(1, problem.title))
        page = Page(pace, open_steps=kind == "grader")
        pages.append(page)
        shown = problem_blocks(problem, kind, page)
        if kind != "grader" and mostly_agree(page.evidence):
            shown = without_agreement(shown, page.evidence)
            shown += [] if alone else _verified(page.evidence)
        blocks += shown
    blocks += _end(pages)
    return Sheet(title or (problems[0].title if alone else telling.ANSWERS), tuple(blocks))


def problem_blocks(problem: Problem, kind: Kind, page: Page) -> list[Block]:
    """The blocks of one problem under its title."""
    blocks: list[Block] = []
    if problem.statement:
        blocks.append(Prose(problem.statement))
    if problem.graphs:
        return [*blocks, *graph_blocks(problem.graphs)]
    if problem.f is not None:
        blocks += page.definitions(problem.task.parts)
    if kind != "question":
        blocks += _solution(problem, page)
    if problem.source:
        blocks.append(Paragraph((f"{telling.SOURCE}: {problem.source}",)))
    return blocks


def _solution(problem: Problem, page: Page) -> list[Block]:
    blocks = _derivatives(problem, page) if problem.f is not None else []
    for part in problem.parts:
        blocks += part_blocks(part, page)
    return blocks


def _derivatives(problem: Problem, page: Page) -> list[Block]:
    task = problem.task
    point = dict(task.at)
    blocks: list[Block] = []
    if problem.value or not problem.answers:
        whole = task.body.args[0] if task.body.kind == "named" else task.body
        blocks += page.value(task.body, whole, point, task.given, worked=True)
    for answer in problem.answers:
        blocks += page.answer(answer)
        if point:
            blocks += page.value(answer.derivation.start, answer.result, point, task.given)
    blocks += _primes(problem, page)
    blocks += page.conditions(problem.answers)
    blocks += _footer(problem)
    return blocks


def _primes(problem: Problem, page: Page) -> list[Block]:
    """What a derivative that stays written with a prime stands for."""
    blocks: list[Block] = []
    for known in problem.primes:
        opened = prime_opened(known)
        fact = page.layout(relation("=", opened.start, opened.result))
        blocks.append(Details((f"{telling.WHERE} ", fact), (Derived(page.rows(opened)),)))
    return blocks


def prime_opened(known: str) -> Derivation:
    """`σ'(t) = σ(t)(1 − σ(t))`, derived by the rule of the book."""
    start = apply(prime(function(known, known=True)), name("t"))
    draft = Draft(start)
    if not any(draft.use(rule) for rule in (learning.sigma_prime,)):
        raise SymderivError("unsupported", f"no rule opens the derivative of {known}; leave it out of `primes`")
    return draft.done()


def _footer(problem: Problem) -> list[Block]:
    facts: list[Piece] = list(dict.fromkeys(words for answer in problem.answers if (words := layout_words(answer))))
    facts += [telling.unit_vector(vector) for vector in _unit_vectors(problem)]
    sizes = telling.sizes(tuple(answer.goal for answer in problem.answers))
    facts += [sizes] if sizes else []
    return [Facts(tuple(facts))] if facts else []


def _unit_vectors(problem: Problem) -> list[Term]:
    """The unit vectors in the results."""
    found = dict.fromkeys(node for answer in problem.answers for node in subterms(answer.result))
    return [node for node in found if node.kind == "entry" and node.args[0].kind == "identity" and len(node.args) == 2]


def _end(pages: Sequence[Page]) -> list[Block]:
    """How far the lines of the sheet were verified, and the rules that they used."""
    found = [item for page in pages for item in page.evidence]
    return [*_verified(found), *rulebook.used(law for page in pages for law in page.laws)]


def _verified(found: Sequence[Evidence]) -> list[Block]:
    lines = telling.verified(found)
    return [Facts((lines,))] if lines else []
