r"""Sets of positions without a formula: an array of zeros and ones, 1 where a position belongs to the set.

`\sum_{(i,j) \in R} x_{ij}` runs over all positions and leaves out those that do not belong; `|R|` is the sum of ones;
`\max_{(i,j) \in R} x_{ij}` takes the smallest value of all where a position does not belong, so none of those counts.
"""

from __future__ import annotations

from symderiv.term.build import ONE, ZERO, apply, bigsum, cases, entry, function, name, relation, stack
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.term.shapes import axes_of

#: A function of all values of an array, and the one that gives what never counts beside them.
OPPOSITE = {"max": "min", "min": "max"}


def set_of_positions(text: str | Name, *shape: Term) -> Term:
    """A set of the positions of an array of this shape; it has a position at least.

    >>> from symderiv.term.build import size
    >>> set_of_positions("R", size("m"), size("n")).data.domain
    'set'
    """
    return name(text, *shape, domain="set")


def is_set(term: Term) -> bool:
    """Whether a term is a set of positions."""
    return term.kind == "name" and bool(term.data.domain == "set")


def belongs(array: Term, *places: Term) -> Term:
    """`(i, j) ∈ R`."""
    return relation("=", entry(array, *places), ONE)


def membership(condition: Term) -> tuple[Term, tuple[Term, ...]] | None:
    """The set and the position of `(i, j) ∈ R`; None for all other relations."""
    if condition.kind != "relation" or condition.data != ("=",) or condition.args[1] is not ONE:
        return None
    left = condition.args[0]
    return (left.args[0], left.args[1:]) if left.kind == "entry" and is_set(left.args[0]) else None


def places_of(condition: Term) -> tuple[Term, ...]:
    """The letters of the position that `(i, j) ∈ R` speaks of; none for all other relations."""
    found = membership(condition)
    return () if found is None else found[1]


def summed(body: Term, array: Term, letters: tuple[Term, ...], over: str = "bigsum") -> Term:
    """A sum, or a product, over the positions that belong to a set."""
    neutral = ZERO if over == "bigsum" else ONE
    body = cases(body, belongs(array, *letters), neutral, written=len(letters))
    for letter in reversed(letters):
        body = bigsum(body, letter, over=over)  # type: ignore[arg-type]
    return body


def extreme(which: str, body: Term, array: Term, letters: tuple[Term, ...]) -> Term:
    """The largest, or the smallest, value at the positions that belong to a set."""
    pairs = [term for pair in zip(letters, axes_of(array), strict=True) for term in pair]
    other = apply(function(OPPOSITE[which], known=True), stack(body, *pairs))
    chosen = cases(body, belongs(array, *letters), other, written=len(letters))
    return apply(function(which, known=True), stack(chosen, *pairs))


def extreme_over(term: Term) -> tuple[Term, Term] | None:
    """What `extreme` is taken of, and where: None for every other term."""
    stacked = term.args[1] if term.kind == "apply" and len(term.args) == 2 else term
    chosen = stacked.args[0] if stacked.kind == "stack" else term
    if chosen.kind != "cases" or len(chosen.args) != 3 or (found := membership(chosen.args[1])) is None:
        return None
    array, letters = found
    which = term.args[0].data.name.base if term.args[0].kind == "function" else ""
    same = which in OPPOSITE and letters == stacked.args[1::2] and extreme(which, chosen.args[0], array, letters) is term
    return (chosen.args[0], chosen.args[1]) if same else None


def counted(term: Term) -> Term | None:
    """The set whose positions a sum of ones counts, `|R|`; None for every other term."""
    inner, letters = term, []
    while inner.kind == "bigsum" and len(inner.args) == 2:
        letters.append(inner.args[1])
        inner = inner.args[0]
    if inner.kind != "cases" or inner.args[0] is not ONE or (found := membership(inner.args[1])) is None:
        return None
    return found[0] if found[1] == tuple(letters) and summed(ONE, *found) is term else None
