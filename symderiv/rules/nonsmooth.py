"""Functions with kinks: the largest and the smallest entry of a vector, and a maximum without one."""

from __future__ import annotations

from symderiv.rules.letters import column, d, k, letter
from symderiv.rules.rule import Rule
from symderiv.term.build import ONE, ZERO, apply, bigsum, cases, entry, function, property_of, relation
from symderiv.term.kinds import Term
from symderiv.worth.domain import ALONE

_z, _a, _b = column("z"), letter("a"), letter("b")
absolute, maximum, minimum = (function(name, known=True) for name in ("abs", "max", "min"))
_BOYD = "Boyd and Vandenberghe, Convex Optimization, 3.2.3"


def _of_extreme(name: str, say: str, extreme: Term) -> Rule:
    is_it = cases(ONE, relation("=", entry(_z, k), extreme), ZERO)
    return Rule(
        name, d(extreme), bigsum(is_it * d(entry(_z, k)), k), say=say, source=_BOYD, where=(property_of(ALONE, extreme),)
    )


d_largest = _of_extreme(
    "derivative of the largest entry", "only the largest entry moves it; where two are largest there is a kink",
    apply(maximum, _z),
)  # fmt: skip
d_smallest = _of_extreme(
    "derivative of the smallest entry", "only the smallest entry moves it; where two are smallest there is a kink",
    apply(minimum, _z),
)  # fmt: skip
largest_everywhere = d_largest.mistaken(
    "largest entry differentiated like a sum", bigsum(d(entry(_z, k)), k),
    say="only the entry that is the largest counts, the others have derivative 0", kind="wrong-rule",
)  # fmt: skip

larger_of_two = Rule(
    "maximum without cases", apply(maximum, _a, _b), (_a + _b + apply(absolute, _a - _b)) / 2,
    say="half the sum plus half the distance is the larger of the two", source="Apostol, Calculus I, I 4.8",
)  # fmt: skip
smaller_of_two = Rule(
    "minimum without cases", apply(minimum, _a, _b), (_a + _b - apply(absolute, _a - _b)) / 2,
    say="half the sum less half the distance is the smaller of the two", source="Apostol, Calculus I, I 4.8",
)  # fmt: skip
distance_lost = larger_of_two.mistaken(
    "distance subtracted in the larger of two", (_a + _b - apply(absolute, _a - _b)) / 2,
    say="that is the smaller of the two", kind="sign",
)  # fmt: skip
