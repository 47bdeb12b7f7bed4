"""What a person does between the rules: gather the terms of one derivative, and drop a name that saves nothing."""

from __future__ import annotations

from symderiv.deriving.definitions import folded_places, unfolding
from symderiv.deriving.derivation import Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.neat import neat
from symderiv.deriving.tidying import Tidy, cost, like_terms
from symderiv.term.build import add, minus, mul
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import Place, part
from symderiv.term.shapes import shape

_ALGEBRA = "Apostol, Calculus I, I 3.3"


def _gathered(term: Term) -> Term | None:
    """`(u − c) u' + (u + c) u'` as `((u − c) + (u + c)) u'`."""
    if term.kind != "sum":
        return None
    for shared in _factors(term.args[0]):
        if shared.kind == "partial" and all(_factors(arg).count(shared) == 1 for arg in term.args):
            return neat(mul(add(*[_without(arg, shared) for arg in term.args]), shared))
    return None


def _factors(term: Term) -> tuple[Term, ...]:
    term = term.args[0] if term.kind == "minus" else term
    return term.args if term.kind == "product" else (term,)


def _without(term: Term, factor: Term) -> Term:
    rest = mul(*[other for other in _factors(term) if other is not factor])
    return minus(rest) if term.kind == "minus" else rest


gather_derivative = Move("common factor", _gathered, say="a derivative in every term is written once", source=_ALGEBRA)


def gather(draft: Draft) -> bool:
    """Write a derivative that is a factor of every term once, `(u − c) u' + (u + c) u' = 2u u'`; whether that was done."""
    place: Place = ()
    while part(draft.term, place).kind in ("minus", "bigsum"):
        place = (*place, 0)
    if not draft.use(gather_derivative, place):
        return False
    gathered = part(draft.term, place)
    for spot, factor in enumerate(gathered.args):
        if factor.kind == "sum" and draft.use(like_terms, (*place, spot)):
            break
    return True


def write_out_idle_names(draft: Draft, kept: Term) -> None:
    """Open a scalar part whose name does not shorten the result: `4u` with `u = 2x` is `8x`.

    `kept` is what is differentiated by: a part that is held fixed under its name.
    """
    for named in [node for node in subterms(draft.term, into_names=False) if node.kind == "named" and node is not kept]:
        rule = unfolding(named)
        places = list(folded_places(draft.term, rule)) if shape(named) == () else []
        trial = Draft(draft.term, draft.given)
        for place in places:
            trial.use(rule, place)
        Tidy(trial)()
        trial.write_neatly()
        if places and cost(trial.term) <= cost(draft.term) and not any(True for _ in folded_places(trial.term, rule)):
            draft.follow(trial)
