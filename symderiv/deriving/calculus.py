"""Carrying out derivatives: the outermost first, one rule at one place, line by line at the pace of a board."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symderiv.deriving.derivation import Derivation, Law, Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.lowering import lowering_law, needs_lowering
from symderiv.errors import SymderivError
from symderiv.rules import derivatives
from symderiv.rules.book import derivative_rules
from symderiv.rules.matching import moving_letters
from symderiv.term.kinds import Term
from symderiv.term.places import Place, part

#: How many different rules a line of the page may hide, minor ones apart.
RULES_A_LINE = 3

#: Finds the derivation that stands beside the page for the derivative of a named part.
Asides = Callable[[Term], Derivation]


def carry_out(draft: Draft, asides: Asides, primes: frozenset[str] = frozenset()) -> None:
    """Carry out every derivative that stands in the draft; lines end where enough has happened.

    `primes` are the known functions whose derivative stays written as `σ'`.
    """
    used: dict[Law, None] = {}
    first = True
    while spots := list(outermost(draft.term)):
        for place in spots:
            law, inside, aside = choose(part(draft.term, place), asides, primes)
            if not law.minor and law not in used and len(used) == RULES_A_LINE:
                draft.end_line()
                used.clear()
                break
            before = part(draft.term, place + inside)
            draft.step(place + inside, law, before, _applied(law, before), aside)
            if not law.minor:
                used[law] = None
            _carry_out_minor(draft, place)
        if first and used:
            draft.end_line()
            used.clear()
            first = False


def _carry_out_minor(draft: Draft, place: Place) -> None:
    """Constants, sums, signs and constant factors do not wait for the next line."""
    waiting = [place]
    while waiting:
        here = waiting.pop()
        for inner in list(outermost(part(draft.term, here))):
            spot = here + inner
            term = part(draft.term, spot)
            law = minor_law(term)
            if law is not None:
                draft.step(spot, law, term, _applied(law, term))
                waiting.append(spot)


def outermost(term: Term) -> Iterator[Place]:
    """The places of the derivatives that stand in no other derivative, from left to right."""
    if not term.moves:
        return
    if term.kind == "partial":
        yield ()
        return
    for step, arg in enumerate(term.args):
        if arg.moves:
            for place in outermost(arg):
                yield (step, *place)


def minor_law(term: Term) -> Law | None:
    """The minor rule that fits a derivative, if one does."""
    body, variable = term.args
    if moving_letters(variable).isdisjoint(body.free):
        return derivatives.constant
    if body is variable:
        return derivatives.variable
    if needs_lowering(body):
        return None
    for rule in derivative_rules(body):
        if rule.minor and rule.apply(term) is not None:
            return rule
    return None


def _applied(law: Law, term: Term) -> Term:
    after = law.apply(term)
    assert after is not None, f"{law.name} was chosen and does not fit {term}"
    return after


def choose(term: Term, asides: Asides, primes: frozenset[str]) -> tuple[Law, Place, Derivation | None]:
    """The law for a derivative, where in it the law applies, and the derivation beside the page that it refers to."""
    law = minor_law(term)
    if law is not None:
        return law, (), None
    body = term.args[0]
    if body.moves or body.kind == "named" or (body.kind == "entry" and body.args[0].kind == "named"):
        aside = asides(term)
        return by_aside(aside), (), aside
    if needs_lowering(body):
        return lowering_law(body), (0,), None
    for rule in derivative_rules(body, primes):
        if rule.apply(term) is not None:
            return rule, (), None
    raise no_rule(term)


def by_aside(aside: Derivation) -> Move:
    """The law of a step whose result stands in a derivation of its own."""
    return Move("aside", lambda term: aside.result if term is aside.start else None, say="derived beside the page")


def no_rule(term: Term) -> SymderivError:
    """What is said where the book has no rule."""
    body = term.args[0]
    what = body.args[0].data.name.base if body.kind == "apply" and body.args[0].kind == "function" else body.kind
    return SymderivError(
        "no-rule",
        f"no rule of the book gives the derivative of “{what}”. Write it in functions that the book knows, "
        "or add a rule to a chapter in symderiv/rules/.",
    )
