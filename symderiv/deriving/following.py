"""Comparisons that follow from given ones: `x ≠ 0` from `x > 1`, `x − 1 ≠ 0` from `x ≠ 1`, `1 − p > 0` from `0 < p < 1`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from symderiv.deriving.monomials import Monomial, Number, collected, monomial, terms_of
from symderiv.deriving.neat import REMEMBERED
from symderiv.term.kinds import Term

#: What is compared: terms with their coefficients, scaled so that these add to one.
Direction = frozenset[tuple[object, Number]]
#: `direction + constant`, and whether it is positive (`>`), at least zero (`≥`) or not zero (`≠`).
Claim = tuple[str, Direction, Number]

#: How a sign is turned so that zero stands on the right; whether the sides change places.
_TURNED = {">": (">", False), "<": (">", True), "≥": ("≥", False), "≤": ("≥", True), "≠": ("≠", False)}

_OPPOSITE = Monomial(-1, {})


def follows(condition: Term, given: tuple[Term, ...]) -> bool:
    """Whether a comparison holds because one of the given ones says so, up to a positive factor and a constant.

    >>> from symderiv.term.build import ONE, ZERO, name, relation
    >>> x = name("x")
    >>> follows(relation("≠", x, ZERO), (relation(">", x, ONE),))
    True
    """
    if condition in given:
        return True
    known = _known(given)
    wanted = claims(condition) if known else ()
    return bool(wanted) and all(any(_enough(claim, fact) for fact in known) for claim in wanted)


@lru_cache(maxsize=256)
def _known(given: tuple[Term, ...]) -> tuple[Claim, ...]:
    return tuple(claim for fact in given for claim in claims(fact))


def _enough(wanted: Claim, fact: Claim) -> bool:
    sign, direction, constant = wanted
    if sign != "≠":
        return _above(wanted, fact)
    opposite = _opposite(direction), -constant
    if fact[0] == "≠":
        return fact[1:] in ((direction, constant), opposite)
    return _above((">", direction, constant), fact) or _above((">", *opposite), fact)


def _above(wanted: Claim, fact: Claim) -> bool:
    """`d + c > 0` follows from `d + c' > 0` where `c ≥ c'`."""
    sign, direction, constant = wanted
    if fact[0] == "≠" or fact[1] != direction:
        return False
    strict = fact[0] == ">" or sign == "≥"
    return constant >= fact[2] if strict else constant > fact[2]


def _opposite(direction: Direction) -> Direction:
    return frozenset((key, -value) for key, value in direction)


@lru_cache(maxsize=REMEMBERED)
def claims(fact: Term) -> tuple[Claim, ...]:
    """What each link of a relation says of the difference of its sides."""
    if fact.kind != "relation" or not set(fact.data) <= set(_TURNED):
        return ()
    return tuple(_claims(fact))


def _claims(fact: Term) -> Iterator[Claim]:
    for spot, written in enumerate(fact.data):
        sign, swapped = _TURNED[written]
        more, less = fact.args[spot], fact.args[spot + 1]
        if swapped:
            more, less = less, more
        terms = collected([*terms_of(more), monomial(less).times(_OPPOSITE)])
        scale = sum([abs(Fraction(mono.coefficient)) for mono in terms if mono.powers])
        if scale:
            unit = Monomial(1 / Fraction(scale), {})
            scaled = [mono.times(unit) for mono in terms]
            direction = frozenset([(mono.key, mono.coefficient) for mono in scaled if mono.powers])
            yield sign, direction, sum([mono.coefficient for mono in scaled if not mono.powers])
