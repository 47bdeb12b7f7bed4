"""Whether two terms are equal, and how that is known: balls refute, the normal form proves, points agree."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from itertools import product as combinations
from typing import NamedTuple

from flint import arb

from symderiv.term.build import Shape, is_size, relation
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import same
from symderiv.term.shapes import Clash, plain, rows_and_columns, shape
from symderiv.worth.arrays import Array, NoValue
from symderiv.worth.balls import BITS, MOST, NOTHING, SURE, Reading, compared, precision
from symderiv.worth.evaluate import holds
from symderiv.worth.evidence import Agrees, Evidence, Proved, Refuted, Undecided, Witness
from symderiv.worth.normal.prove import prover
from symderiv.worth.points import Point, Points, digest
from symderiv.worth.setting import Setting, index_letters, indices_in, settled
from symderiv.worth.smooth import is_smooth
from symderiv.worth.witness import witness

#: What a reader of two values sees: the share by which they differ, and values that are neither tiny nor huge.
SEEN, TINY, HUGE, HUGEST = 1e-3, 1e-3, 1e4, 1e7
#: How many points beyond the others must agree where a side has kinks or branches: each falls on one side of a kink.
FAR = 24


class Survey(NamedTuple):
    """What some points say: how many count and agree, to how many bits and at which sizes; the first that differs."""

    counted: int
    bits: int
    sizes: list[tuple[tuple[Term, int], ...]]
    differing: tuple[Point, Reading] | None = None


NO_POINT = Undecided("no-point")


class Referee:
    """Compares many terms over the same letters: the points and every value found at them are shared.

    `given` are the relations and properties that declare the domain. Points are drawn from the content of `given` and
    `seed_terms`; those where a seed term has no value are left out while there are others.
    """

    def __init__(self, given: Iterable[Term] = (), seed_terms: Iterable[Term] = (), points: int = 2) -> None:
        self.given = tuple(given)
        self.wanted = points
        seeds = tuple(seed_terms)
        seed = "".join([digest(term) for term in (*self.given, *seeds)])
        self.conditions = [
            fact for fact in self.given if fact.kind == "relation" and "∈" not in fact.data and index_letters(fact)
        ]
        self.points = Points(self.given, seed, _sizes((*self.given, *seeds)))

    def compare(self, left: Term, right: Term, prove: bool = True, plain: bool = False) -> Evidence:
        """Evidence for `left = right` wherever both have a value; with `prove=False` at points only.

        A `plain` refutation is at any point, where nobody will look at it.
        """
        defined = left.kind == "named" and left.args[0] is right
        if left is right or defined or (prove and same(left, right)):
            return Proved("same term")
        clash = fit(left, right)
        if clash is not None:
            return Refuted(clash)
        provable = prove and self.points.declared.first == 1 and not self.points.declared.zeros_outside
        with precision(BITS):
            if provable:
                return self._proved(left, right, plain)
            return self._at_points(left, right, self.wanted, whole=prove and not plain)

    def _proved(self, left: Term, right: Term, plain: bool) -> Evidence:
        """The proof where the normal form gives one; else what the points say, with conditions that would be enough.

        Two formulas without kinks that agree at one point agree almost surely: a proof then spares the other points.
        """
        at_first = 1 if is_smooth(left) and is_smooth(right) else self.wanted
        found = self._at_points(left, right, at_first, whole=not plain)
        if isinstance(found, Refuted):
            return found if plain else self._simplest(left, right, found)
        if found == NO_POINT:
            return found
        proof = prover(self.given).prove(left, right)
        if proof is not None and not proof.assumed:
            return Proved("normal form", proof.conditions)
        if at_first < self.wanted:
            found = self._at_points(left, right, self.wanted, whole=not plain)
        if isinstance(found, Refuted):
            return found if plain else self._simplest(left, right, found)
        return found._replace(conditions=proof.assumed) if proof is not None and isinstance(found, Agrees) else found

    def _simplest(self, left: Term, right: Term, found: Refuted) -> Refuted:
        """The same refutation at a point of small whole numbers, where one separates the sides so that a reader sees it."""
        first: Refuted | None = None
        for point in chain(self.points.of_manner("simple"), self.points.of_manner("unit")):
            try:
                there = self._reading(point, left, right)
            except NoValue:
                continue
            if there.equal is False:
                seen = _is_seen(there.said)
                if first is not None and not seen:
                    continue
                refuted = _refuted(point, left, right, there)
                if seen and _is_tame(point.setting(BITS), left, right):
                    return refuted
                first = first or refuted
        return found if first is None or _shows(found) else first

    def agrees(self, left: Term, right: Term) -> bool:
        """Whether nothing refutes the equality and some point supports it."""
        if left is right:
            return True
        if fit(left, right) is not None:
            return False
        with precision(BITS):
            try:
                survey = self._surveyed(left, right, self.wanted)
            except NoValue:
                return False
        return survey.differing is None and survey.counted > 0

    def _at_points(self, left: Term, right: Term, wanted: int, whole: bool = True) -> Evidence:
        """What so many points say; a refutation where nobody will look at it is not `whole`."""
        try:
            survey = self._surveyed(left, right, wanted)
        except NoValue as stop:
            return Undecided(stop.reason, stop.where if isinstance(stop.where, Term) else None)
        if survey.differing is not None:
            point, found = survey.differing
            return _refuted(point, left, right, found, whole)
        return Agrees(survey.counted, survey.bits, tuple(dict.fromkeys(survey.sizes))) if survey.counted else NO_POINT

    def _surveyed(self, left: Term, right: Term, wanted: int) -> Survey:
        """The points, until one tells the sides apart or so many agree."""
        sizes: list[tuple[tuple[Term, int], ...]] = []
        counted, bits, blurred = 0, MOST, list[Point]()
        points = iter(self.points)
        if not (is_smooth(left) and is_smooth(right)):
            wanted, points = wanted + FAR, chain(self.points.of_manner("far", most=FAR), points)
        for point in points:
            found = self._reading(point, left, right)
            if found.equal is None:
                continue
            if not found.equal:
                return Survey(counted, bits, sizes, (point, found))
            counted, bits = counted + 1, min(bits, found.bits)
            if found.near_zero:
                blurred.append(point)
            if point.sizes:
                sizes.append(point.size_values())
            if counted >= wanted:
                break
        if counted and len(blurred) == counted:
            found = self._magnified(blurred[0], left, right)
            if found.equal is False:
                return Survey(counted, bits, sizes, (blurred[0], found))
        return Survey(counted, bits, sizes)

    def _magnified(self, point: Point, left: Term, right: Term) -> Reading:
        """What a point says in the smallest balls: values far below 1, as where a sigmoid is flat, are told apart."""
        with precision(MOST):
            return self._over_indices(point.setting(MOST), left, right)

    def _reading(self, point: Point, left: Term, right: Term) -> Reading:
        """What one point says, at twice the precision as long as the balls are too wide to tell."""
        bits = BITS
        while True:
            found = self._over_indices(point.setting(bits), left, right)
            if found.equal is not True or found.bits >= SURE or bits >= MOST:
                return found if found.equal is False or found.bits >= SURE else NOTHING
            bits *= 2
            with precision(bits):
                found = self._over_indices(point.setting(bits), left, right)

    def _over_indices(self, setting: Setting, left: Term, right: Term) -> Reading:
        letters = indices_in(left.free)
        others = () if right.free is left.free else indices_in(right.free)
        if others:
            letters = tuple(dict.fromkeys(letters + others))
        if not letters:
            return compared(setting, left, right)
        claim = relation("=", left, right)
        ranges = [setting.range_of(letter, claim) for letter in letters]
        least, counted, near_zero = MOST, False, False
        setting.ranges.update(zip(letters, ranges, strict=True))
        for places in combinations(*ranges):
            setting.indices.update(zip(letters, places, strict=True))
            try:
                if not all(holds(setting, fact) for fact in self.conditions if set(index_letters(fact)) <= set(letters)):
                    continue
                found = compared(setting, left, right)
            finally:
                for letter in letters:
                    setting.indices.pop(letter, None)
            if found.equal is False:
                return Reading(False, 0, tuple(zip(letters, places, strict=True)), found.entry, found.values)
            if found.equal:
                least, counted, near_zero = min(least, found.bits), True, near_zero or found.near_zero
        return Reading(True, least, near_zero=near_zero) if counted else NOTHING


def _sizes(terms: tuple[Term, ...]) -> list[Term]:
    """The letters for natural numbers in terms, in the order in which they stand, those of shapes too."""
    found: dict[Term, None] = {}
    for term in terms:
        if not any(_is_sized(letter) for letter in term.free):
            continue
        for node in subterms(term):
            if node.kind == "name":
                sizes = [letter for size in node.data.shape for letter in subterms(size)]
                for letter in (*sizes, node):
                    if is_size(letter) and not letter.data.shape:
                        found[letter] = None
    return list(found)


def _is_sized(letter: Term) -> bool:
    return is_size(letter) or (letter.kind == "name" and bool(letter.data.shape))


def fit(left: Term, right: Term) -> Clash | None:
    """The clash of two sides that cannot be equal because of their shapes, inside a side or between them."""
    if left.scalars and right.scalars:
        return None
    ours, theirs = shape(left), shape(right)
    if isinstance(ours, Clash):
        return ours
    if isinstance(theirs, Clash):
        return theirs
    if _is_zero(left) or _is_zero(right) or _known(ours) == _known(theirs):
        return None
    if len(_known(ours)) == len(_known(theirs)) and any(size.args for size in (*ours, *theirs)):
        return None
    return Clash(relation("=", left, right), ours, theirs)


def _known(sizes: Shape) -> Shape:
    return plain(*rows_and_columns(sizes)) if len(sizes) <= 2 else sizes


def _is_zero(term: Term) -> bool:
    return term.kind == "number" and term.data[0] == 0


def related(left: Term, sign: str, right: Term) -> Evidence:
    """Whether a relation between two numbers holds.

    >>> from symderiv.term.build import num
    >>> related(num(3), "<", num(2)).kind
    'refuted'
    """
    setting = settled({})
    with precision(BITS):
        try:
            ours, theirs = setting.of(left), setting.of(right)
            truth = holds(setting, relation(sign, left, right))
        except NoValue as stop:
            return Undecided(stop.reason)
        if truth is None and isinstance(same_value := compare(left, right), Proved):
            if sign in ("≤", "≥", "="):
                return same_value
            truth = False
        if truth:
            return Agrees(1, BITS)
        finite = type(ours) is arb and type(theirs) is arb and ours.is_finite() and theirs.is_finite()
        if truth is None or not finite:
            return Undecided("no-value")
        values = ours.str(20, radius=False), theirs.str(20, radius=False)
    return Refuted(Witness(left, right, (), (), (), *values))


def _is_seen(values: tuple[str, str]) -> bool:
    """Whether two values differ in their first digits, and are neither tiny nor huge."""
    left, right = map(float, values)
    largest = max(abs(left), abs(right))
    return SEEN * largest <= abs(left - right) and TINY <= largest <= HUGE


def _shows(refuted: Refuted) -> bool:
    """Whether a reader sees from a refutation that two sides differ."""
    found = refuted.witness
    return isinstance(found, Clash) or _is_seen((found.left_value, found.right_value))


def _is_tame(setting: Setting, *sides: Term) -> bool:
    """Whether what is differentiated has a value, and none so huge that a difference quotient loses its digits."""
    bodies = {node.args[0] for side in sides for node in subterms(side) if node.kind == "partial"}
    for body in bodies:
        try:
            value = setting.of(body)
        except NoValue:
            continue
        cells = value.cells if type(value) is Array else [value]
        if any(type(cell) is arb and not (cell.is_finite() and abs(cell) < HUGEST) for cell in cells):
            return False
    return True


def _refuted(point: Point, left: Term, right: Term, found: Reading, whole: bool = True) -> Refuted:
    """A refutation; where nobody will look at it, without what unknown functions are at its point."""
    return Refuted(witness(point, BITS, (left, right), found.indices, found.entry, found.said, whole))


def compare(left: Term, right: Term, given: Iterable[Term] = (), plain: bool = False) -> Evidence:
    """Evidence for `left = right` under `given`: Proved, Agrees, Refuted (where nobody looks at it, `plain`) or Undecided.

    >>> from symderiv.term.build import *
    >>> x = name("x")
    >>> compare((x + 1) ** 2, x**2 + 1).kind
    'refuted'
    """
    return Referee(given, (left, right), points=3).compare(left, right, plain=plain)
