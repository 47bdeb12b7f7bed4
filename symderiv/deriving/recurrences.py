"""Recurrences in closed form: the same step taken many times, and the proof by induction that the form is right."""

from __future__ import annotations

from symderiv.deriving.derivation import Derivation
from symderiv.deriving.draft import Draft
from symderiv.deriving.working import worked
from symderiv.rules.recurrences import one_step_more
from symderiv.rules.sums import equal_terms
from symderiv.term.build import ONE, ZERO, add, bigsum, index, mul
from symderiv.term.kinds import Term


def equal_steps(first: Term, step: Term, count: Term, given: tuple[Term, ...] = ()) -> Derivation:
    """What `first` has become after `count` times `step` was added.

    >>> from symderiv.term.build import name, size
    >>> equal_steps(name("a"), name("c"), size("n")).result
    sum(product(n, c), a)
    """
    draft = Draft(add(bigsum(step, index("i"), ONE, count), first), given)
    draft.use(equal_terms, (0,))
    return draft.done()


def induction(first: Term, step: Term, count: Term, given: tuple[Term, ...] = ()) -> tuple[Derivation, Derivation]:
    """The closed form at zero steps is `first`; and what it has at n steps, with one step more, is what it has at n + 1.

    >>> from symderiv.term.build import name, size
    >>> [made.result for made in induction(name("a"), name("c"), size("n"))]
    [a, sum(product(sum(n, 1), c), a)]
    """
    draft = Draft(add(mul(count, step), first, step), given)
    draft.use(one_step_more)
    return worked(add(mul(ZERO, step), first), given), draft.done()
