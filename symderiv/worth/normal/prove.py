"""A proof of equality: the difference of two normal forms is zero, under conditions that are named."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import NamedTuple

from flint import fmpq

from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash, shape
from symderiv.worth.domain import domain, literal_value
from symderiv.worth.normal.applied import APPLIED
from symderiv.worth.normal.changing import rebuilt, substituted
from symderiv.worth.normal.facts import Facts, bound_key, is_positive, knowing, scale_free
from symderiv.worth.normal.forms import FREE_RANGES, ONE, WORK, ZERO, Form
from symderiv.worth.normal.kernel import Kernel, NotNormal, Range
from symderiv.worth.normal.lowering import LOWER, Lowering, Structure
from symderiv.worth.normal.matrices import MATRICES
from symderiv.worth.normal.moving import MOVING
from symderiv.worth.normal.scalars import SCALARS
from symderiv.worth.normal.zero import vanishes
from symderiv.worth.setting import index_letters, position_size

LOWER.update(SCALARS | APPLIED | MATRICES | MOVING)


class Proof(NamedTuple):
    """What a proof took: the relations and properties used; `assumed` are needed by one side only and were not given."""

    conditions: tuple[Term, ...]
    assumed: tuple[Term, ...] = ()


@lru_cache(maxsize=64)
def prover(given: tuple[Term, ...]) -> Prover:
    """The prover under these facts: what they say is worked out once."""
    return Prover(given)


class Prover:
    """Proves equalities under the same `given`."""

    def __init__(self, given: Iterable[Term]) -> None:
        self.given = tuple(given)
        words = [fact for fact in self.given if fact.kind == "property"]
        self.structure = Structure(
            {thing: fact for fact in words if "symmetric" in fact.data for thing in fact.args},
            {thing: fact for fact in words if "diagonal" in fact.data for thing in fact.args},
        )
        FREE_RANGES.clear()
        self.facts = self._facts()

    def prove(self, left: Term, right: Term) -> Proof | None:
        """A proof of `left = right`, or None where the normal form does not give one.

        What both sides need to have a value may be used. A proof that uses what only one side needs has it in `assumed`.
        """
        known = self._copied()
        first = self._attempt(left, right, known)
        if first is None:
            return None
        ours, theirs, zero = first
        if zero:
            return Proof(self._conditions(known, ours, theirs))
        for both in (True, False):
            extra = _needed(ours, theirs, both)
            known = self._copied()
            if not self._extended(known, extra):
                continue
            again = self._attempt(left, right, known)
            if again is not None and again[2]:
                used = self._conditions(known, again[0], again[1])
                return Proof(used) if both else Proof((), used)
        return None

    def _copied(self) -> Facts:
        base = self.facts
        return Facts(dict(base.positive), base.low, base.high, base.shares)

    def _extended(self, known: Facts, extra: list[tuple[Term, Form]]) -> bool:
        """Adds what is not known to be positive already, short forms first; whether there was any."""
        added = False
        for fact, form in sorted(extra, key=lambda pair: (len(pair[1].text), pair[1].text)):
            with knowing(known):
                if not is_positive(form):
                    added = _add_positive(known, fact, form) or added
        known.used.clear()
        return added

    def _attempt(self, left: Term, right: Term, known: Facts) -> tuple[Lowering, Lowering, bool] | None:
        ours, theirs = Lowering(self.structure), Lowering(self.structure)
        with knowing(known):
            try:
                places = self._places(left, right, ours)
                form = self._told_apart(ours.part(left, places, {}) - theirs.part(right, places, {}), known)
                return ours, theirs, all(map(vanishes, _at_numbers(form)))
            except NotNormal:
                return None

    def _told_apart(self, form: Form, known: Facts) -> Form:
        """The form where indices are told apart or put equal by what is given: `i ≠ j`, `i = k`."""
        for fact in self.given:
            if fact.kind == "relation" and len(fact.args) == 2 and all(side.kind == "index" for side in fact.args):
                first, second = (side.data.latex for side in fact.args)
                changed = form
                if fact.data == ("=",):
                    changed = substituted(form, {second: first})
                elif fact.data == ("≠",):
                    changed = rebuilt(form, partial(_never, frozenset((first, second))))
                if changed.text != form.text:
                    known.used[fact] = None
                form = changed
        return form

    def _places(self, left: Term, right: Term, low: Lowering) -> tuple[str, ...]:
        """Letters for the positions of the sides, and the ranges of every free letter."""
        FREE_RANGES.clear()
        WORK[0] = 0
        sizes = shape(left) or shape(right)
        if isinstance(sizes, Clash):
            raise NotNormal("shape")
        places = tuple(f"@{axis}" for axis in range(len(sizes)))
        for place, size in zip(places, sizes, strict=True):
            FREE_RANGES[place] = Range(ONE, low.entry(size, (), {}))
        for letter in dict.fromkeys((*index_letters(left), *index_letters(right))):
            found = position_size(letter, left) or position_size(letter, right)
            if found is not None:
                FREE_RANGES[letter.data.latex] = Range(ONE, low.entry(found, (), {}))
        return places

    def _conditions(self, known: Facts, ours: Lowering, theirs: Lowering) -> tuple[Term, ...]:
        """The facts used, and what one side needs beyond the other to have a value."""
        with knowing(known):
            for side_lowering, beside in ((ours, theirs), (theirs, ours)):
                other = beside.domain
                for key, (fact, form) in list(side_lowering.domain.items()):
                    if key not in other and not is_positive(form) and not _clearly_positive(side_lowering, fact.args[0]):
                        known.used[fact] = None
        order = {fact: place for place, fact in enumerate(self.given)}
        return tuple(sorted(known.used, key=lambda fact: order.get(fact, len(order))))

    def _facts(self) -> Facts:
        found = Facts()
        for letter, words in domain(self.given).properties.items():
            said = next((fact for fact in self.given if letter in fact.free), None)
            shares = any("one" in word or "probability" in word for word in words)
            if said is not None and shares and letter.kind == "name" and len(letter.data.shape) == 1:
                found.shares[letter] = said
        low = Lowering(self.structure)
        for fact in self.given:
            if fact.kind == "relation":
                for op, a, b in zip(fact.data, fact.args, fact.args[1:], strict=False):
                    if op in "<>":
                        _add_bound(found, low, fact, *((a, b) if op == ">" else (b, a)))
        return found


def _clearly_positive(low: Lowering, term: Term) -> bool:
    """Whether every factor of a product or quotient is positive, as it is written."""
    if term.kind in ("product", "fraction") and not index_letters(term):
        return all(_clearly_positive(low, arg) for arg in term.args)
    return not shape(term) and not index_letters(term) and is_positive(low.entry(term, (), {}))


def _never(apart: frozenset[str], factor: Kernel) -> Form | None:
    return ZERO if factor.head == "delta" and factor.letters == apart else None


def _at_numbers(form: Form) -> list[Form]:
    """The form for each value of the free letters that run over a few numbers."""
    forms = [form]
    for letter in sorted(form.letters):
        high = FREE_RANGES[letter].high.number if letter in FREE_RANGES else None
        if high is not None and high * len(forms) <= 16:
            forms = [substituted(one, {letter: place}) for one in forms for place in range(1, int(high.p) + 1)]
    return forms


def _add_bound(found: Facts, low: Lowering, fact: Term, larger: Term, smaller: Term) -> None:
    """Notes that `larger > smaller`."""
    try:
        sides = [_scalar(low, larger), _scalar(low, smaller)]
    except NotNormal:
        return
    _add_positive(found, fact, sides[0] - sides[1])
    for side, other, limits in ((sides[0], smaller, found.low), (sides[1], larger, found.high)):
        single = side.single
        value = literal_value(other)
        if value is not None and single is not None and single[1] == 1 and list(single[0].values()) == [1]:
            limits[bound_key(next(iter(single[0])))] = (fmpq(value.numerator, value.denominator), fact)


def _scalar(low: Lowering, term: Term) -> Form:
    """A scalar, or any entry of an array of which a relation speaks."""
    sizes = shape(term)
    if isinstance(sizes, Clash):
        raise NotNormal("shape")
    return low.entry(term, tuple(f"@{axis}" for axis in range(len(sizes))), {})


def _add_positive(found: Facts, fact: Term, form: Form) -> bool:
    """Notes that a form is positive; whether that is new."""
    single = form.single
    if single is not None and single[1] > 0 and len(single[0]) == 1:
        (factor, to) = next(iter(single[0].items()))
        key = bound_key(factor) if factor.head == "entry" and to == 1 else scale_free(form)
    else:
        key = scale_free(form)
    return form.number is None and found.positive.setdefault(key, fact) is fact


def _needed(ours: Lowering, theirs: Lowering, both: bool) -> list[tuple[Term, Form]]:
    """What must be positive for both sides, or for either, to have a value."""
    one = {key: value for key, value in ours.domain.items() if key[0] == ">"}
    two = {key: value for key, value in theirs.domain.items() if key[0] == ">"}
    chosen = one.keys() & two.keys() if both else one.keys() | two.keys()
    return [one.get(key) or two[key] for key in sorted(chosen)]
