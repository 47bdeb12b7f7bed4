"""Indicators, 1 where a comparison holds and 0 elsewhere: the complement, and comparisons of whole numbers."""

from __future__ import annotations

from symderiv.deriving.derivation import Move
from symderiv.deriving.neat import value_of
from symderiv.deriving.shifting import plain_position
from symderiv.term.build import ONE, ZERO, cases, relation
from symderiv.term.kinds import Term

#: The comparison that holds exactly where another one does not.
OPPOSITE = {"≤": ">", ">": "≤", "<": "≥", "≥": "<", "=": "≠", "≠": "="}


def _compared(term: Term) -> Term | None:
    """The comparison of an indicator."""
    if term.kind != "cases" or len(term.args) != 3 or (term.args[0], term.args[2]) != (ONE, ZERO):
        return None
    fact = term.args[1]
    return fact if fact.kind == "relation" and len(fact.data) == 1 and fact.data[0] in OPPOSITE else None


def _complement(term: Term) -> Term | None:
    """`1 − 1[a ≤ b]` as `1[a > b]`."""
    if term.kind != "sum" or len(term.args) != 2 or term.args[0] is not ONE or term.args[1].kind != "minus":
        return None
    held = term.args[1].args[0]
    fact = _compared(held)
    if fact is None:
        return None
    return cases(ONE, relation(OPPOSITE[fact.data[0]], *fact.args), ZERO, written=held.data)


def _next_whole(term: Term) -> Term | None:
    """`1[R > k − 1]` as `1[R ≥ k]`, where both sides are whole numbers."""
    fact = _compared(term)
    if fact is None or fact.data != (">",) or not all(map(is_whole, fact.args)):
        return None
    return cases(ONE, relation("≥", fact.args[0], plain_position(fact.args[1] + ONE)), ZERO, written=term.data)


def is_whole(term: Term) -> bool:
    """Whether a term is a whole number whatever its letters are: a count, an index, and what is made of them by + − ·.

    >>> from symderiv.term.build import index, name
    >>> i = index("i")
    >>> is_whole(2 * i - 1), is_whole(i / 2), is_whole(name("x"))
    (True, False, False)
    """
    match term.kind:
        case "number":
            return isinstance(value_of(term), int)
        case "index" | "size":
            return True
        case "name":
            return term.data.domain in ("natural", "integer")
        case "named":
            return is_whole(term.args[0])
        case "entry":
            array = term.args[0].args[0] if term.args[0].kind == "named" else term.args[0]
            return is_whole(array.args[0] if array.kind == "stack" else array)
        case "bigsum":
            return is_whole(term.args[0])
        case "cases":
            return all(map(is_whole, (term.args if len(term.args) % 2 else (*term.args, ZERO))[::2]))
        case "sum" | "product" | "minus":
            return all(map(is_whole, term.args))
    return False


complement = Move("complement", _complement, say="an indicator is 0 exactly where that of the opposite is 1")
next_whole = Move("whole numbers", _next_whole, say="a whole number above k − 1 is at least k")
