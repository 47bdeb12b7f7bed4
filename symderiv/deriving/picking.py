"""One entry picked from an array: by a unit vector, or by what is given of the largest entry, `max(z) = z_i`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symderiv.deriving.definitions import folded_places
from symderiv.deriving.derivation import Law, Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.lowering import at_entry
from symderiv.deriving.neat import neat
from symderiv.term.build import ONE, ZERO, delta, meaning_of
from symderiv.term.kinds import Term
from symderiv.term.places import opened

#: Which extreme entry of which array: the meaning of the function, and what it is taken of.
Extreme = tuple[str, Term]


def _extreme(term: Term) -> Extreme | None:
    """What a term says, as `("max", z)`, whatever name it has; None for all else."""
    term = opened(term)
    if term.kind != "apply" or len(term.args) != 2 or term.args[0].kind != "function":
        return None
    meaning = meaning_of(term.args[0])
    return (meaning, term.args[1]) if meaning in ("max", "min") else None


def _told(given: tuple[Term, ...]) -> Iterator[tuple[Term, Extreme, Term]]:
    """The facts of the form `max(z) = z_i`, written either way: the fact, what is extreme, and the entry that it is."""
    for fact in given:
        if fact.kind == "relation" and fact.data == ("=",):
            for left, right in (fact.args, fact.args[::-1]):
                found = _extreme(left)
                if found is not None and right.kind == "entry" and len(right.args) == 2 and right.args[0] is found[1]:
                    yield fact, found, right


def _only_place(fact: Term, extreme: Extreme, known: Term) -> Move:
    """Where z_j would be the largest entry too, j is i, for there is one largest only."""
    array, position = known.args

    def use(term: Term) -> Term | None:
        if term.kind != "cases" or len(term.args) != 3 or (term.args[0], term.args[2]) != (ONE, ZERO):
            return None
        left, right = term.args[1].args[:2]
        is_it = term.args[1].data == ("=",) and _extreme(right) == extreme and left.kind == "entry" and left.args[0] is array
        return delta(position, left.args[1]) if is_it else None

    return Move("given", use, say="this is given", needs=lambda term: (fact,))


def _value(fact: Term, extreme: Extreme, known: Term) -> Move:
    def use(term: Term) -> Term | None:
        return known if _extreme(term) == extreme else None

    return Move("given", use, say="this is given", needs=lambda term: (fact,))


def _picked(term: Term) -> Term | None:
    r"""`e_j^\top v` as `v_j`."""
    if term.kind != "product" or len(term.args) != 2 or term.args[0].kind != "transpose":
        return None
    (unit,), array = term.args[0].args, term.args[1]
    if unit.kind != "entry" or unit.args[0].kind != "identity" or len(unit.args) != 2:
        return None
    return neat(at_entry(array, unit.args[1:], []))


unit_vector_picks = Move(
    "the unit vector picks one entry", _picked, say="all terms of the product but one vanish",
    source="Petersen and Pedersen, The Matrix Cookbook, 2",
)  # fmt: skip


def use_known_places(draft: Draft) -> None:
    """Put in which entry is the largest: `1 if z_j = max(z), else 0` is `δ_ij`."""
    _use(draft, [_only_place(*told) for told in _told(draft.given)])


def pick(draft: Draft) -> None:
    """Write the largest entry as the entry that it is, and what a unit vector picks."""
    _use(draft, [*[_value(*told) for told in _told(draft.given)], unit_vector_picks])


def _use(draft: Draft, laws: Iterable[Law]) -> None:
    for law in laws:
        for place in list(folded_places(draft.term, law)):
            draft.use(law, place)
