"""Conditions that nobody writes because they hold by their form: `e^x > 0`, `1 + x² ≠ 0`, or because they are given."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from symderiv.deriving.following import follows
from symderiv.deriving.neat import REMEMBERED, value_of
from symderiv.term.build import ONE, TWO, ZERO, entry, meaning_of, relation
from symderiv.term.kinds import Term
from symderiv.term.places import substitute

#: Known functions whose value is positive wherever there is one.
_POSITIVE = {"exp", "sigma", "cosh", "sech", "softplus", "softmax", "Gamma", "erfc"}


@lru_cache(maxsize=REMEMBERED)
def evident(condition: Term, given: tuple[Term, ...]) -> bool:
    """Whether a condition is given or holds by its form; False only means that a reader should see it.

    >>> from symderiv.term.build import E, name
    >>> evident(relation("≠", 1 + E ** name("x"), ZERO), ())
    True
    """
    return condition in given or _by_its_form(condition, given) or follows(condition, given)


def _by_its_form(condition: Term, given: tuple[Term, ...]) -> bool:
    if condition.kind != "relation" or len(condition.args) != 2:
        return False
    left, right = condition.args
    match condition.data[0]:
        case ">" if right is ZERO:
            return positive(left, given)
        case ">" if right.kind == "minus" and positive(right.args[0], given):
            return not_negative(left, given)
        case "≥" if right is ZERO:
            return not_negative(left, given)
        case "≠" if right is ZERO:
            return positive(left, given) or _log_of_other_than_one(left, given)
        case "≠":
            values = value_of(left), value_of(right)
            return None not in values and values[0] != values[1]
    return False


def needed(conditions: Iterable[Term], given: tuple[Term, ...]) -> tuple[Term, ...]:
    """The conditions that a reader should see: each once, without those that the others or what is given make evident.

    >>> from symderiv.term.build import name
    >>> x = name("x")
    >>> needed([relation("≠", x, ZERO), relation(">", x, ZERO)], ())
    (relation(('>',), x, 0),)
    """
    left = list(dict.fromkeys(conditions))
    for condition in tuple(left):
        others = tuple(other for other in left if other is not condition)
        if evident(condition, given + others):
            left.remove(condition)
    return tuple(left)


def _log_of_other_than_one(term: Term, given: tuple[Term, ...]) -> bool:
    """`log x ≠ 0` where `x ≠ 1` is given."""
    if term.kind != "apply" or term.args[0].kind != "function" or meaning_of(term.args[0]) not in ("log", "ln"):
        return False
    return evident(relation("≠", term.args[1], ONE), given)


@lru_cache(maxsize=REMEMBERED)
def positive(term: Term, given: tuple[Term, ...]) -> bool:
    """Whether a term is positive by its form or by what is given."""
    return _positive_form(term, given) or (bool(given) and follows(relation(">", term, ZERO), given))


def _positive_form(term: Term, given: tuple[Term, ...]) -> bool:
    match term.kind:
        case "number":
            return bool(term.data[0] > 0)
        case "constant" | "index":  # positions count from one
            return True
        case "sum" if len(term.args) == 2 and term.args[0] is ONE and term.args[1].kind == "minus":
            return _below_one(term.args[1].args[0], given)
        case "sum":
            return any(positive(arg, given) for arg in term.args) and all(not_negative(arg, given) for arg in term.args)
        case "product" | "fraction":
            return all(positive(arg, given) for arg in term.args)
        case "power" | "root" | "bigsum" | "named":
            return positive(term.args[0], given)
        case "apply":
            return meaning_of(term.args[0]) in _POSITIVE if term.args[0].kind == "function" else False
        case "entry":
            return _entry(term, given)
        case "name":
            return bool(term.data.domain == "natural")
    return False


def _below_one(term: Term, given: tuple[Term, ...]) -> bool:
    """Whether a term is below one by its form: `σ(z)`, `tanh z`, also under a name; `x²` where `−1 < x < 1`."""
    if term.kind == "named" or (term.kind == "entry" and term.args[0].kind == "named"):
        return _below_one(term.args[0], given)
    if term.kind == "power" and term.args[1] is TWO:
        return follows(relation(("<", "<"), -ONE, term.args[0], ONE), given)
    return term.kind == "apply" and term.args[0].kind == "function" and meaning_of(term.args[0]) in ("sigma", "tanh")


def _entry(term: Term, given: tuple[Term, ...]) -> bool:
    array = term.args[0]
    if array.kind == "named" and array.args[0].kind == "stack":
        letters = array.args[0].args[1::2]
        return positive(substitute(array.args[0].args[0], dict(zip(letters, term.args[1:], strict=True))), given)
    if array.kind == "named":
        return positive(entry(array.args[0], *term.args[1:]), given)
    return array.kind == "apply" and positive(array, given)


def not_negative(term: Term, given: tuple[Term, ...]) -> bool:
    """Whether a term is at least zero by its form: a positive one, a square, an absolute value."""
    if positive(term, given) or term is ZERO:
        return True
    if term.kind == "power" and term.args[1] is TWO:
        return True
    if term.kind in ("sum", "product"):
        return all(not_negative(arg, given) for arg in term.args)
    return term.kind == "apply" and term.args[0].kind == "function" and meaning_of(term.args[0]) == "abs"
