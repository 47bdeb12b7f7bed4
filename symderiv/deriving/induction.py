"""Induction over a recurrence: the start, and the step from t − 1 to t, each a chain of equal terms."""

from __future__ import annotations

from symderiv.deriving.definitions import folded_places, unfolding
from symderiv.deriving.derivation import Derivation, Law, Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.neat import neat
from symderiv.deriving.tidying import factor_out, like_terms
from symderiv.deriving.wanted import written_as
from symderiv.term.build import bigsum, mul, power
from symderiv.term.kinds import Term
from symderiv.term.places import part, rebuilt, same, substitute, with_args

_GRAHAM = "Graham, Knuth, Patashnik, Concrete Mathematics, 2.3"


def start(first: Term, claim: Term, given: tuple[Term, ...] = ()) -> Derivation:
    """The first member, a named part, and what the claim says of it."""
    draft = Draft(first, given)
    draft.use(Move("the recurrence starts there", lambda term: first.args[0], say="the first member is given"))
    draft.end_line()
    name = "empty sum" if any(node.kind == "bigsum" for node in (claim, *claim.args)) else "the claim for the start"
    draft.use(Move(name, lambda term: claim, say="a sum of no terms is zero"))
    return Derivation(draft.start, tuple(draft.steps), (1, 2), (first.args[0], claim), given)


def step(member: Term, before: Term, claim: Term, given: tuple[Term, ...] = ()) -> Derivation:
    """The member by its recurrence, the one before it by the claim, then what brings it to the form of the claim."""
    draft = Draft(member, given)
    draft.use(unfolding(member))
    draft.end_line()
    hypothesis = Move(
        "the claim for the one before", lambda term: before.args[0] if term is before else None, say="supposed"
    )
    _everywhere(draft, hypothesis)
    draft.end_line()
    for law in (into_the_sum, factor_out, last_term):
        _everywhere(draft, law)
        draft.end_line()
    if not same(draft.term, claim):
        draft.use(written_as(claim))
    return draft.done()


def _everywhere(draft: Draft, law: Law) -> None:
    for place in list(folded_places(draft.term, law)):
        if law.use(part(draft.term, place)) is not None:
            draft.use(law, place)


def _into_the_sum(term: Term) -> Term | None:
    """`q Σ_s q^{n−s} f_s` as `Σ_s q^{n+1−s} f_s`: a factor joins the power that stands under the sum."""
    if term.kind != "product":
        return None
    sums = [factor for factor in term.args if factor.kind == "bigsum"]
    if len(sums) != 1:
        return None
    body, *rest = sums[0].args
    for inner in body.args if body.kind == "product" else (body,):
        if inner.kind == "power" and inner.args[0] in term.args and rest[0] not in inner.args[0].free:
            raised = power(inner.args[0], _added(inner.args[1] + 1))
            inside = raised if body is inner else mul(*[raised if arg is inner else arg for arg in body.args])
            others = [factor for factor in term.args if factor is not sums[0]]
            others.remove(inner.args[0])
            return mul(*others, bigsum(inside, *rest))
    return None


def _last_term(term: Term) -> Term | None:
    """`Σ_{s=a}^{n−1} f_s + f_n` as `Σ_{s=a}^n f_s`."""
    if term.kind != "sum":
        return None
    for total in term.args:
        if total.kind != "bigsum" or len(total.args) != 4:
            continue
        body, letter, low, high = total.args
        following = _added(high + 1)
        last = neat(_with_numbers_added(substitute(body, {letter: following})))
        others = [arg for arg in term.args if arg is not total]
        if last in others:
            others.remove(last)
            joined = bigsum(body, letter, low, following)
            return joined if not others else joined + neat(_total(others))
    return None


def _total(terms: list[Term]) -> Term:
    found = terms[0]
    for term in terms[1:]:
        found = found + term
    return found


def _with_numbers_added(term: Term) -> Term:
    def change(node: Term, args: tuple[Term, ...]) -> Term:
        return _added(with_args(node, args)) if node.kind == "sum" else with_args(node, args)

    return rebuilt(term, change)


def _added(term: Term) -> Term:
    """A sum with its numbers and like terms added: `t − 1 − s + 1` is `t − s`."""
    found = neat(term)
    after = like_terms.use(found)
    return found if after is None else after[0]


into_the_sum = Move(
    "factor into the sum", _into_the_sum, say="a factor of a sum is one of each of its terms", source=_GRAHAM
)
last_term = Move(
    "last term of the sum", _last_term, say="a sum up to n is the sum up to n − 1 and the last term", source=_GRAHAM
)
