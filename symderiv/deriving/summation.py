"""Sums in a result: factors come out, deltas pick their term, and what is given about a sum is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from symderiv.deriving.derivation import Law, Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.monomials import Monomial, monomial, written
from symderiv.deriving.neat import REMEMBERED, neat, numeral, value_of
from symderiv.deriving.shifting import shifts
from symderiv.deriving.tiling import tiling
from symderiv.rules import sums
from symderiv.term.build import ONE, add, bigsum, entry, index, minus, mul
from symderiv.term.kinds import Term, make, subterms
from symderiv.term.places import Place, fresh_index, part, put, same, substitute
from symderiv.worth.compare import compare


def _factor(body: Term, wanted: Callable[[Term], bool]) -> Place | None:
    """Where a factor of this kind stands, above the bars of the body."""
    if wanted(body):
        return ()
    for spot in range(len(body.args)) if body.kind == "product" else (0,) if body.kind in ("fraction", "minus") else ():
        place = _factor(body.args[spot], wanted)
        if place is not None:
            return (spot, *place)
    return None


def _distributed(term: Term) -> Term | None:
    """`Σ a (δ + b) / c` as `Σ a δ / c + Σ a b / c`, so that the delta finds its sum."""
    body = term.args[0]
    place = _factor(body, lambda factor: factor.kind == "sum" and _holds_delta(factor))
    if not place:
        return None
    pieces = []
    for piece in part(body, place).args:
        bare = piece.args[0] if piece.kind == "minus" else piece
        whole = make("bigsum", None, (put(body, place, bare), *term.args[1:]))
        pieces.append(minus(whole) if piece.kind == "minus" else whole)
    return add(*pieces)


def _holds_delta(term: Term) -> bool:
    return any(node.kind == "delta" for node in subterms(term))


def _delta_in_front(term: Term) -> Term | None:
    """`Σ a δ / c` as `Σ δ (a / c)`: a delta of this sum first, else one that goes on to a sum around it."""
    body, letter = term.args[:2]
    place = _factor(body, lambda factor: factor.kind == "delta" and letter in factor.free)
    place = _factor(body, lambda factor: factor.kind == "delta") if place is None else place
    if place is None or len(place) < 2 - (body.kind != "product"):
        return None
    rest = neat(put(body, place, ONE))
    factors = rest.args if rest.kind == "product" else (rest,)
    return make("bigsum", None, (mul(part(body, place), *factors), *term.args[1:]))


distribute = Move("multiplied out under the sum", _distributed, say="a bracket with a delta is multiplied out")

delta_in_front = Move("delta in front", _delta_in_front, say="the delta is a factor of the quotient", minor=True)

_FACTORS = (sums.first_factor, sums.last_factor, sums.free_factor)

#: In this order, so that a delta finds its sum alone with what it picks from.
_LAWS = (
    sums.minus_out,
    *_FACTORS,
    delta_in_front,
    sums.delta_picks,
    sums.delta_minus_picks,
    distribute,
    sums.split,
    sums.empty_first_term,
    sums.equal_terms,
)


def collapse(draft: Draft) -> None:
    """Carry out every sum that a delta decides, from the inside outwards."""
    laws: tuple[Law, ...] = (*_LAWS, *shifts(draft.given), *tiling(draft.start, draft.given))
    while _one_sum(draft, laws) or draft.write_neatly():
        pass


def _one_sum(draft: Draft, laws: tuple[Law, ...]) -> bool:
    line = draft.term
    places = sum_places(line)
    return any(draft.use(law, place) for place in places for law in _laws_for(laws, part(line, place), line.free))


@lru_cache(maxsize=REMEMBERED)
def has_sum(term: Term) -> bool:
    """Whether a sum over an index stands in a term, named parts not looked into."""
    if term.kind == "bigsum" or term.kind == "named":
        return term.kind == "bigsum"
    return any(has_sum(arg) for arg in term.args)


def sum_places(term: Term) -> Iterator[Place]:
    """The places of the sums, inner ones first."""
    if not has_sum(term):
        return
    for spot, arg in enumerate(term.args):
        for place in sum_places(arg):
            yield (spot, *place)
    if term.kind == "bigsum":
        yield ()


def _laws_for(laws: tuple[Law, ...], term: Term, free: frozenset[Term]) -> Iterator[Law]:
    """The laws that may be used on a sum in a line with these free letters, those that would not end left out.

    A sum is taken apart for a delta that it or a sum around it will use up.
    """
    body, letter = term.args[0], term.args[1]
    for law in laws:
        if law in _FACTORS and (body.kind != "product" or letter not in body.free):
            continue
        if law in (distribute, sums.split) and not _has_delta(body, letter, free):
            continue
        yield law


def _has_delta(body: Term, letter: Term, free: frozenset[Term]) -> bool:
    return any(node.kind == "delta" and (letter in node.free or not node.free <= free) for node in subterms(body))


def known_sums(given: tuple[Term, ...]) -> Iterator[Move]:
    """Laws from what is given: `Σ_k y_k = 1`, a probability vector, a one-hot vector."""
    for fact in given:
        if fact.kind == "relation" and fact.data == ("=",) and fact.args[0].kind == "bigsum":
            yield _given(fact, fact.args[0], fact.args[1])
        elif fact.kind == "property" and fact.data in ("one-hot", "probability"):
            array = fact.args[0]
            letter = fresh_index(index("k"), array.free) if index("k") in array.free else index("k")
            yield _given(fact, bigsum(entry(array, letter), letter), ONE)


def _given(fact: Term, left: Term, right: Term) -> Move:
    def use(term: Term) -> Term | None:
        if term.kind != "bigsum":
            return None
        return right if same(bigsum(*term.args[:2]), bigsum(*left.args[:2])) else None

    return Move("given", use, say="this is given", needs=lambda term: (fact,))


def use_known_sums(draft: Draft) -> None:
    """Put in what is given about a sum."""
    for law in known_sums(draft.given):
        for place in list(sum_places(draft.term)):
            draft.use(law, place)


def join_equal_sums(draft: Draft) -> None:
    """Two sums with the same terms are twice one of them, or nothing; the letter that runs does not matter."""
    law = Move("equal sums", lambda term: _joined(term, draft.given), say="both sums have the same terms, so they are one")
    for place in [place for place in _places(draft.term, "sum") if len(part(draft.term, place).args) > 1]:
        while part(draft.term, place).kind == "sum" and draft.use(law, place):
            pass


def _places(term: Term, kind: str) -> Iterator[Place]:
    """The places of a kind that is open to the eye: not below a name, a sum sign or a function."""
    if term.kind == kind:
        yield ()
    for spot, arg in enumerate(term.args) if term.kind in ("sum", "product", "fraction", "minus") else ():
        for place in _places(arg, kind):
            yield (spot, *place)


def _joined(term: Term, given: tuple[Term, ...]) -> Term | None:
    """A sum of terms, two of them numbers times sums over the same range, with these two made one."""
    counted = {spot: found for spot, arg in enumerate(term.args) if (found := _counted(arg)) is not None}
    for first, second in combinations(counted, 2):
        (number, one), (other, two) = counted[first], counted[second]
        if one.args[2:] != two.args[2:] or len(list(subterms(one))) != len(list(subterms(two))):
            continue
        body = substitute(two.args[0], {two.args[1]: one.args[1]})
        for sign in (1, -1):
            if compare(one.args[0], body if sign > 0 else minus(body), given).kind == "proved":
                others = [arg for spot, arg in enumerate(term.args) if spot not in (first, second)]
                return neat(add(*others[:first], _times(number + sign * other, one), *others[first:]))
    return None


def _counted(term: Term) -> tuple[Fraction, Term] | None:
    """A number and the sum that it multiplies; None for anything else."""
    if term.kind == "minus":
        found = _counted(term.args[0])
        return None if found is None else (-found[0], found[1])
    if term.kind == "product" and len(term.args) == 2 and (number := value_of(term.args[0])) is not None:
        return (Fraction(number), term.args[1]) if term.args[1].kind == "bigsum" else None
    return (Fraction(1), term) if term.kind == "bigsum" else None


def _times(number: Fraction, term: Term) -> Term:
    """A sum so many times, the numbers in its terms taken out of it."""
    inner = monomial(term.args[0])
    body = written(Monomial(1, inner.powers)) if inner.coefficient != 1 else term.args[0]
    size = number * Fraction(inner.coefficient)
    whole = mul(numeral(abs(size)), make("bigsum", None, (body, *term.args[1:])))
    return minus(whole) if size < 0 else whole
