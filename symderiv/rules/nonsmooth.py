"""Functions with kinks: the largest and the smallest entry of a vector, and a maximum without one."""

from __future__ import annotations

from symderiv.rules.letters import column, d, k, letter, matrix
from symderiv.rules.rule import Rule
from symderiv.term.build import ONE, ZERO, apply, bigsum, cases, entry, function, property_of, relation
from symderiv.term.kinds import Term
from symderiv.worth.domain import ALONE

_z, _Z, _a, _b, _l = column("z"), matrix("Z"), letter("a"), letter("b"), letter("l", "index")
absolute, maximum, minimum = (function(name, known=True) for name in ("abs", "max", "min"))
_BOYD = "Boyd and Vandenberghe, Convex Optimization, 3.2.3"


def _of_extreme(name: str, say: str, extreme: Term, where_it_is: Term, *letters: Term) -> Rule:
    found = cases(ONE, relation("=", where_it_is, extreme), ZERO) * d(where_it_is)
    for spot in reversed(letters):
        found = bigsum(found, spot)
    return Rule(name, d(extreme), found, say=say, source=_BOYD, where=(property_of(ALONE, extreme),))


_LARGEST = "only the largest entry moves it; where two are largest there is a kink"
_SMALLEST = "only the smallest entry moves it; where two are smallest there is a kink"
d_largest = _of_extreme("derivative of the largest entry", _LARGEST, apply(maximum, _z), entry(_z, k), k)
d_smallest = _of_extreme("derivative of the smallest entry", _SMALLEST, apply(minimum, _z), entry(_z, k), k)
d_largest_of_matrix = _of_extreme(
    "derivative of the largest entry (matrix)", _LARGEST, apply(maximum, _Z), entry(_Z, k, _l), k, _l
)
d_smallest_of_matrix = _of_extreme(
    "derivative of the smallest entry (matrix)", _SMALLEST, apply(minimum, _Z), entry(_Z, k, _l), k, _l
)
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
