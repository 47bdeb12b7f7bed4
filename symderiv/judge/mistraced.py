"""What is mistaken for a value or an adjoint of a trace: paths lost, signs turned, other bases, other local derivatives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from symderiv.deriving.program import plain
from symderiv.deriving.trace import Share
from symderiv.judge.numbers import BASES
from symderiv.questions.tracing import LOGARITHMS
from symderiv.term.build import E, apply, fraction, function, log_to, minus, mul, num
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import with_args


def summed(terms: list[Term]) -> Term:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def with_value(share: Share) -> Term:
    """A share in which the value that was written for the node stands."""
    assert share.node.local is not None
    return _replaced(share.found, share.node.local, plain(share.node.part))


def put_at(terms: list[Term], place: int, new: Term) -> list[Term]:
    return [*terms[:place], new, *terms[place + 1 :]]


def missing_paths(terms: list[Term]) -> Iterator[list[Term]]:
    """The sums in which shares are missing, the longest first."""
    for count in range(len(terms) - 1, 0, -1):
        yield from map(list, combinations(terms, count))


def _logarithms(term: Term) -> list[Term]:
    return [
        node
        for node in subterms(term, into_names=False)
        if node.kind == "apply" and node.args[0].kind == "function" and node.args[0].data.name.base in LOGARITHMS
    ]


def other_bases(formula: Term) -> Iterator[Term]:
    """The formula with a logarithm to another base than is meant."""
    for call in _logarithms(formula):
        for fn in (function("ln", known=True), *[log_to(num(base)) for base in BASES]):
            other = apply(fn, call.args[1])
            if other is not call:
                yield _replaced(formula, call, other)


def other_factors(share: Share) -> Iterator[Term]:
    """The local derivative with the factor of a base that the value does not have, or without the one that it has."""
    assert share.node.local is not None
    if share.local is None:
        return
    for call in _logarithms(share.node.local.args[0]):
        own = call.args[0].args
        yield mul(share.local, apply(function("ln", known=True), own[0])) if own else share.local
        for base in BASES:
            yield fraction(share.local, apply(function("ln", known=True), num(base)))


def other_signs(formula: Term) -> Iterator[Term]:
    """The formula with one sign turned, or all of it."""
    yield minus(formula)
    if formula.kind == "sum":
        for place, term in enumerate(formula.args):
            turned = term.args[0] if term.kind == "minus" else minus(term)
            yield summed(put_at(list(formula.args), place, turned))
    if formula.kind == "power" and formula.args[0] is E:
        yield E ** minus(formula.args[1])


def other_locals(share: Share) -> Iterator[Term]:
    """What is mistaken for a local derivative: a value, nothing at all, a factor lost, or it is turned over."""
    if share.local is None:
        return
    node = share.node
    letters = [plain(item) for item in node.inputs]
    local = share.local
    assert node.local is not None
    value = node.local.args[0]
    yield from (num(1), *letters, value, num(1) - value)
    yield from (fraction(num(1), letter) for letter in letters)
    yield from (fraction(num(1), local), num(2) * local, fraction(local, num(2)), local * local)
    for letter in letters:
        yield from (mul(local, letter), fraction(local, letter), letter * letter)


def _replaced(term: Term, old: Term, new: Term) -> Term:
    """A term with another part in the place of one, also of a named one."""
    if term is old:
        return new
    return with_args(term, tuple([_replaced(arg, old, new) for arg in term.args])) if term.kind != "named" else term
