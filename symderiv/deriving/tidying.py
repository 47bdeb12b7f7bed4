"""Tidying: the result in the shortest form that a person would write, by laws with names, each at one place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from symderiv.deriving.derivation import Found, Law, Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.monomials import (
    Monomial,
    collected,
    common_factor,
    monomial,
    multiplied_out,
    terms_of,
    total,
    written,
)
from symderiv.deriving.neat import REMEMBERED, neat, value_of
from symderiv.rules.book import identities
from symderiv.term.build import E, mul
from symderiv.term.kinds import Term
from symderiv.term.places import Place, part, put, with_args

#: Kinds through which tidying goes down: the algebra that differentiating has built, not what the person wrote inside.
_OPEN = {"sum", "product", "fraction", "minus", "bigsum", "cases", "power"}

_ALGEBRA = "Apostol, Calculus I, I 3.3"


@lru_cache(maxsize=REMEMBERED)
def cost(term: Term) -> int:
    """How long a formula is to the eye: letters count most, then numerals, fractions, roots and signs."""
    args = term.args
    if term.kind == "number":
        return 3
    if not args or term.kind == "named" or (term.kind == "entry" and not args[0].args):
        return 4
    return _EXTRA.get(term.kind, 0) + sum([cost(arg) for arg in args])


_EXTRA = {"fraction": 2, "root": 1, "power": 0, "minus": 1, "sum": 1, "bigsum": 2}


@lru_cache(maxsize=REMEMBERED)
def _cancelled(term: Term) -> Term | None:
    return _once(term) if _has_bar(term) else None


@lru_cache(maxsize=REMEMBERED)
def _collected(term: Term) -> Term | None:
    return None if _has_bar(term) else _once(term)


def _once(term: Term) -> Term | None:
    """A product or a fraction with each base once."""
    if term.kind not in ("fraction", "product", "power") or not _can_cancel(term):
        return None
    return _new(term, written(monomial(term)))


def _has_bar(term: Term) -> bool:
    """Whether there are factors below a bar, or powers less than one, with which others can cancel."""
    if term.kind in ("product", "minus"):
        return any(map(_has_bar, term.args))
    if term.kind == "power":
        return _has_bar(term.args[0]) or type(value_of(term.args[1])) is not int
    return term.kind in ("fraction", "root")


def _can_cancel(term: Term) -> bool:
    """Whether two factors have the same base, or a fraction stands in a fraction; told without writing anything."""
    bases: set[Term] = set()
    exponentials, meeting = 0, False
    for factor in _factors(term):
        base, depth = factor, 0
        while base.kind in ("power", "root") and value_of(base.args[1]) is not None:
            base, depth = base.args[0], depth + 1
        if depth > 1 or base.kind in ("fraction", "minus", "product") or base in bases:
            return True
        if base.kind == "power":
            scaled = base.args[1].kind in ("minus", "product")
            if base.args[0] is not E or (scaled and depth):
                return True
            exponentials, meeting = exponentials + 1, meeting or scaled
        bases.add(base)
    return meeting and exponentials > 1


def _factors(term: Term) -> tuple[Term, ...]:
    """The factors of a product, of a fraction those above and below the bar."""
    if term.kind == "product":
        return term.args
    if term.kind != "fraction":
        return (term,)
    top, bottom = term.args
    above = top.args if top.kind == "product" else (top,)
    return above + (bottom.args if bottom.kind == "product" else (bottom,))


@lru_cache(maxsize=REMEMBERED)
def _like_terms(term: Term) -> Term | None:
    if term.kind != "sum":
        return None
    monos = terms_of(term)
    return _new(term, total(collected(monos))) if len({mono.key for mono in monos}) < len(monos) else None


@lru_cache(maxsize=REMEMBERED)
def _multiplied_out(term: Term) -> Term | None:
    if term.kind != "sum":
        return None
    expanded = multiplied_out(terms_of(term)) if _holds_bracket(term) else None
    return None if expanded is None else _new(term, total(collected(expanded)))


@lru_cache(maxsize=REMEMBERED)
def _common(term: Term) -> Term | None:
    if term.kind != "sum":
        return None
    monos = collected(terms_of(term))
    factor = common_factor(monos)
    if len(monos) < 2 or not factor.powers:
        return None
    inverse = factor.to(-1)
    inside = total([mono.times(inverse) for mono in monos])
    return _new(term, written(factor.times(Monomial(1, {inside: 1}))) if inside.kind == "sum" else inside)


@lru_cache(maxsize=REMEMBERED)
def _shared(term: Term) -> bool:
    """Whether two terms of a sum have a base in common, above or below a bar."""
    seen: set[Term] = set()
    for mono in terms_of(term):
        if not seen.isdisjoint(mono.powers):
            return True
        seen.update(mono.powers)
    return False


def _new(old: Term, new: Term) -> Term | None:
    new = neat(new)
    return None if new is old else new


cancel = Move(
    "cancelled", _cancelled, say="equal factors above and below cancel, powers of one base are joined", source=_ALGEBRA
)
collect = Move("factors collected", _collected, say="equal factors are written as one power", source=_ALGEBRA)
like_terms = Move("like terms", _like_terms, say="terms that differ in a number only are added", source=_ALGEBRA)
multiply_out = Move(
    "multiplied out", _multiplied_out, say="brackets are multiplied out and like terms added", source=_ALGEBRA
)
factor_out = Move("common factor", _common, say="a factor of every term is written once", source=_ALGEBRA)


def _turned(term: Term) -> Term | None:
    inner = _difference_turned(term.args[0]) if term.kind == "minus" else None
    return None if inner is None else _new(term, inner)


def _difference_turned(term: Term) -> Term | None:
    """`b − a` for `a − b`, also where that is a factor or stands on top of a fraction."""
    if term.kind == "sum" and len(term.args) == 2 and [arg.kind == "minus" for arg in term.args] == [False, True]:
        return term.args[1].args[0] - term.args[0]
    if term.kind in ("product", "fraction", "bigsum"):
        for spot, arg in enumerate(term.args if term.kind == "product" else term.args[:1]):
            if arg.kind in ("sum", "product") and (new := _difference_turned(arg)) is not None:
                return with_args(term, (*term.args[:spot], new, *term.args[spot + 1 :]))
    return None


turn = Move("minus sign into the bracket", _turned, say="−(a − b) is b − a", source=_ALGEBRA, minor=True)

_LAWS: dict[str, tuple[Law, ...]] = {
    "sum": (like_terms, multiply_out, factor_out),
    "minus": (turn,),
    "product": (cancel, collect),
    "fraction": (cancel,),
    "power": (cancel, collect),
}


class Tidy:
    """The search for the shorter form: at each place the laws that make the formula shorter, from the inside outwards."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    def __call__(self, place: Place = ()) -> None:
        """Tidy the line of the draft, or the part of it at a place."""
        before = part(self.draft.term, place)
        after = self._tidied(before, place)
        if after is not before:
            self.draft.term = put(self.draft.term, place, after)

    def _tidied(self, term: Term, place: Place) -> Term:
        if term.kind not in _OPEN or term.moves:
            return term
        args = list(term.args)
        for spot, arg in enumerate(args):
            if arg.kind in _OPEN and not (term.kind == "power" and spot == 1):
                args[spot] = self._argument(term, arg, (*place, spot))
        return self._shortened(with_args(term, tuple(args)), place)

    def _argument(self, term: Term, arg: Term, place: Place) -> Term:
        """A part; the sign of a term in a sum stays where it is."""
        if term.kind == "sum" and arg.kind == "minus":
            return with_args(arg, (self._tidied(arg.args[0], (*place, 0)),))
        return self._tidied(arg, place)

    def _shortened(self, term: Term, place: Place) -> Term:
        for _ in range(4):
            steps = _best(term)
            if not steps:
                break
            for inner, law, before, found in steps:
                term = put(term, inner, self.draft.note(place + inner, law, before, found))
        return term


def tidy(draft: Draft, places: Iterable[Place] = ((),)) -> None:
    """Tidy the line, or the parts at these places, on a new line if there is too much to do beside what was done."""
    trial = Draft(draft.term, draft.given)
    for place in places:
        Tidy(trial)(place)
    draft.follow(trial)


#: Steps inside a term: where, by which law, what was there, what was found.
_Steps = list[tuple[Place, Law, Term, Found]]


@lru_cache(maxsize=REMEMBERED)
def _best(term: Term) -> _Steps:
    """The steps that shorten a term most, or none."""
    if not _promising(term):
        return []
    best: _Steps = []
    least = cost(term)
    for steps in _ways(term):
        weight = cost(_after(term, steps)) + _reluctance(steps)
        if weight < least:
            best, least = steps, weight
    return best


def _promising(term: Term) -> bool:
    """Whether any way may fit: told at a glance, since most parts are as short as they can be."""
    kind = term.kind
    if kind == "sum":
        if _shared(term):
            return True
        return any(_holds_sum(arg) for arg in term.args) and (
            _holds_bracket(term) or _all_over_bars(term) or bool(identities(term))
        )
    if kind == "minus":
        return term.args[0].kind in ("sum", "product", "fraction", "bigsum")
    return _cancels(term) or bool(identities(term)) or any(_opens(node, term) for _, node in _sums_in(term))


def _after(term: Term, steps: _Steps) -> Term:
    for place, _, _, found in steps:
        term = put(term, place, found[0])
    return term


def _reluctance(steps: _Steps) -> int:
    """A person multiplies out only where that saves a factor, and leaves a plain letter in its terms."""
    total = 0
    for _, law, _, found in steps:
        after = found[0]
        if law is multiply_out:
            total += 3
        elif law is factor_out and len(steps) == 1 and after.kind == "product":
            total += 4 * all(_is_letter(factor) for factor in after.args if factor.kind != "sum")
    return total


def _is_letter(factor: Term) -> bool:
    base = factor.args[0] if factor.kind == "power" else factor
    return base.kind in ("name", "number")


def _ways(term: Term) -> list[_Steps]:
    """The ways that a person would try on a term of this kind."""
    ways: list[_Steps] = []
    for law in (*_LAWS.get(term.kind, ()), *identities(term)):
        found = law.use(term) if _fits(law, term) else None
        if found is not None:
            ways.append([((), law, term, found)])
    return ways + (_after_common_factor(term) if term.kind == "sum" else _through_a_factor(term))


def _fits(law: Law, term: Term) -> bool:
    """Whether a law may shorten a term: terms are brought to one bar only if they share a factor or each has a bar."""
    if law is factor_out:
        return _shared(term) or _all_over_bars(term)
    return law not in (cancel, collect) or _cancels(term)


def _cancels(term: Term) -> bool:
    """Whether cancelling may shorten a term: a fraction beside factors that it has nothing in common with stays."""
    if not _can_cancel(term):
        return False
    bars = [factor for factor in term.args if factor.kind == "fraction"] if term.kind == "product" else ()
    if len(bars) != 1 or any(factor.kind in ("minus", "product") for factor in term.args):
        return True
    factors = [*(factor for factor in term.args if factor is not bars[0]), *_factors(bars[0])]
    return not all(map(_is_plain, factors)) or _can_cancel(mul(*factors))


def _is_plain(factor: Term) -> bool:
    """Whether a factor looks the same above and below a bar: no number that could cancel, no exponent with a sign or bar."""
    return factor.kind != "number" and not (factor.kind == "power" and factor.args[1].kind in ("minus", "fraction"))


def _all_over_bars(term: Term) -> bool:
    """Whether each term of a sum has something under a bar."""
    return all(any(exponent < 0 for exponent in mono.powers.values()) for mono in terms_of(term))


def _after_common_factor(term: Term) -> list[_Steps]:
    """A common factor first, then the bracket multiplied out."""
    found = factor_out.use(term) if _shared(term) else None
    if found is None:
        return []
    first: _Steps = [((), factor_out, term, found)]
    for place, node in _sums_in(found[0]):
        for law in (multiply_out, like_terms):
            inner = law.use(node)
            if inner is not None:
                return [_finished([*first, (place, law, node, inner)], term)]
    return []


def _through_a_factor(term: Term) -> list[_Steps]:
    """A sum that is a factor is brought to one fraction, so that something cancels; or multiplied out."""
    ways: list[_Steps] = []
    for place, node in _sums_in(term):
        for law in (factor_out, multiply_out):
            fits = _holds_bracket(node) if law is multiply_out else _meets(node, term)
            found = law.use(node) if fits else None
            if found is not None:
                ways.append(_finished([(place, law, node, found)], term))
    return ways


def _opens(node: Term, term: Term) -> bool:
    """Whether a sum in a term may be multiplied out or brought to one fraction that meets what stands beside it."""
    return _holds_bracket(node) or _meets(node, term)


def _meets(node: Term, term: Term) -> bool:
    """Whether one fraction for a sum could let something cancel: its terms share a base, or the factors beside it do."""
    if _shared(node):
        return True
    below = _below(node)
    return bool(below) and not below.isdisjoint(monomial(term).powers)


@lru_cache(maxsize=REMEMBERED)
def _below(node: Term) -> frozenset[Term]:
    """The bases under a bar in the terms of a sum."""
    return frozenset(base for mono in terms_of(node) for base, exponent in mono.powers.items() if exponent < 0)


@lru_cache(maxsize=REMEMBERED)
def _holds_bracket(node: Term) -> bool:
    """Whether a sum is a factor in a term of a sum."""
    return any(base.kind == "sum" and exponent > 0 for mono in terms_of(node) for base, exponent in mono.powers.items())


def _finished(steps: _Steps, term: Term) -> _Steps:
    """What then cancels is cancelled."""
    term = _after(term, steps)
    law = cancel if _has_bar(term) else collect
    found = law.use(term)
    return steps if found is None else [*steps, ((), law, term, found)]


def _holds_sum(term: Term) -> bool:
    return term.kind == "sum" or any(arg.kind in ("sum", "product", "fraction") and _holds_sum(arg) for arg in term.args)


def _sums_in(term: Term) -> list[tuple[Place, Term]]:
    """The sums that are factors, above or below the bar."""
    found: list[tuple[Place, Term]] = []
    for spot, arg in enumerate(term.args):
        if arg.kind == "sum":
            found.append(((spot,), arg))
        elif arg.kind in ("product", "fraction", "minus", "power"):
            found.extend(((spot, *place), node) for place, node in _sums_in(arg))
    return found
