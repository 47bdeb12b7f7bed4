"""What an attempt on a problem may use: all that the problem says, and its results under the names that people write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symderiv.problem import Problem
from symderiv.questions.called import by_words, naming, valuing
from symderiv.reading.declare import extended
from symderiv.reading.environment import Environment


def known_to(problem: Problem, given: Iterable[Any] = ()) -> Environment:
    """What is known to a derivation of a problem: letters, parts, nodes of its graph, its results by their names.

    `given` is said besides, and holds where it says something else.
    """
    known, task = problem.environment, None if problem.f is None else problem.task
    if task is None:
        known = extended(known, [part for trace in problem.traces[:1] for part in trace.said])
    else:
        parts = [part for part in reversed(task.parts) if part not in known.definitions]
        known = extended(known, (*parts, *[fact for fact in task.given if fact not in known.given]))
    results = by_words(problem.parts) if problem.names else {}
    return valuing(extended(naming(known, problem.names, results), given), problem.names, results)
