"""Carrying out derivatives: the outermost first, one rule at one place, line by line at the pace of a board."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from symderiv.deriving.derivation import Derivation, Found, Law, Move
from symderiv.deriving.draft import RULES_A_LINE, Draft
from symderiv.deriving.gathering import gather
from symderiv.deriving.lowering import lowering_law, needs_lowering
from symderiv.deriving.neat import REMEMBERED
from symderiv.errors import SymderivError
from symderiv.rules import derivatives
from symderiv.rules.book import derivative_rules
from symderiv.rules.matching import moving_letters
from symderiv.term.kinds import Term, make
from symderiv.term.places import Place

#: Finds the derivation that stands beside the page for the derivative of a named part.
Asides = Callable[[Term], Derivation]


def carry_out(draft: Draft, asides: Asides, primes: frozenset[str] = frozenset()) -> None:
    """Carry out every derivative that stands in the draft; lines end where enough has happened.

    `primes` are the known functions whose derivative stays written as `σ'`.
    """
    walk, idle = Walk(draft, asides, primes), 0
    while draft.term.moves:
        before = draft.term
        draft.term = walk.over(before, ())
        idle = idle + 1 if draft.term is before else 0
        if idle > 1:
            raise stuck(before)
        if walk.full or (walk.used and not draft.breaks):
            draft.end_line()
            walk.new_line()
            if gather(draft):
                draft.end_line()


class Walk:
    """Walks over a line and carries out its outermost derivatives, each by one rule, and what is minor in what comes out."""

    def __init__(self, draft: Draft, asides: Asides, primes: frozenset[str]) -> None:
        self.draft = draft
        self.asides = asides
        self.primes = primes
        self.new_line()

    def new_line(self) -> None:
        """A new line has used no rule yet."""
        self.used: set[Law] = set()
        self.full = False

    def over(self, term: Term, place: Place) -> Term:
        """The term with its outermost derivatives carried out by one rule each, as long as the line has room."""
        if not term.moves or self.full:
            return term
        if term.kind == "partial":
            return self._derivative(term, place)
        return _below(term, place, self.over)

    def _derivative(self, term: Term, place: Place) -> Term:
        minor = minor_law(term)
        if minor is not None:
            law, found = minor
            return self._minor(self.draft.note(place, law, term, found), place)
        body = term.args[0]
        if body.moves:
            return make("partial", term.data, (self.over(body, (*place, 0)), term.args[1]))
        aside = None
        if body.kind == "named" or (body.kind == "entry" and body.args[0].kind == "named"):
            aside = self.asides(term)
            law, found = by_aside(aside), (aside.result, ())
        elif needs_lowering(body):
            return self._by_entries(term, place)
        else:
            law, found = self._rule(term)
        if not self._has_room(law):
            return term
        return self._minor(self.draft.note(place, law, term, found, aside), place)

    def _has_room(self, law: Law) -> bool:
        self.full = law not in self.used and len(self.used) == RULES_A_LINE
        if not self.full and not law.minor:
            self.used.add(law)
        return not self.full

    def _by_entries(self, term: Term, place: Place) -> Term:
        body, variable = term.args
        law = lowering_law(body)
        found = law.use(body)
        assert found is not None
        if not self._has_room(law):
            return term
        if found[0] is body:
            raise no_rule(term)
        after = self.draft.note((*place, 0), law, body, found)
        return self._minor(make("partial", term.data, (after, variable)), place)

    def _rule(self, term: Term) -> tuple[Law, Found]:
        for rule in derivative_rules(term.args[0], self.primes):
            found = None if rule.minor else rule.use(term)
            if found is not None:
                return rule, found
        raise no_rule(term)

    def _minor(self, term: Term, place: Place) -> Term:
        """Constants, sums, signs and constant factors do not wait for the next line."""
        if not term.moves:
            return term
        if term.kind != "partial":
            return _below(term, place, self._minor)
        minor = minor_law(term)
        if minor is None:
            return term
        law, found = minor
        return self._minor(self.draft.note(place, law, term, found), place)


def _below(term: Term, place: Place, walk: Callable[[Term, Place], Term]) -> Term:
    """The term with a walk over each child in which a derivative stands."""
    args = tuple([walk(arg, (*place, spot)) if arg.moves else arg for spot, arg in enumerate(term.args)])
    return term if args == term.args else make(term.kind, term.data, args)


@lru_cache(maxsize=REMEMBERED)
def minor_law(term: Term) -> tuple[Law, Found] | None:
    """The minor rule that fits a derivative, and what it puts there."""
    body, variable = term.args
    if moving_letters(variable).isdisjoint(body.free):
        return derivatives.constant, (derivatives.constant.right, ())
    if body is variable:
        return derivatives.variable, (derivatives.variable.right, ())
    if needs_lowering(body):
        return None
    for rule in derivative_rules(body):
        if rule.minor:
            found = rule.use(term)
            if found is not None:
                return rule, found
    return None


def by_aside(aside: Derivation) -> Move:
    """The law of a step whose result stands in a derivation of its own."""
    return Move("aside", lambda term: aside.result if term is aside.start else None, say="derived beside the page")


def stuck(term: Term) -> SymderivError:
    """What is said where a differential stands in a formula that is differentiated: nothing carries it out."""
    return SymderivError(
        "no-rule", f"no rule of the book carries out what is left in {term}; write it without differentials"
    )


def no_rule(term: Term) -> SymderivError:
    """What is said where the book has no rule."""
    body = term.args[0]
    what = body.args[0].data.name.base if body.kind == "apply" and body.args[0].kind == "function" else body.kind
    return SymderivError(
        "no-rule",
        f"no rule of the book gives the derivative of “{what}”. Write it in functions that the book knows, "
        "or add a rule to a chapter in symderiv/rules/.",
    )
