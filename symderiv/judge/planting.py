"""Misconceptions planted: at each place of each state between a derivative and its value, one false rule."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice

from symderiv.deriving.calculus import minor_law
from symderiv.deriving.differentials import law_for
from symderiv.deriving.lowering import lowered
from symderiv.errors import SymderivError
from symderiv.rules.book import derivative_rules, differential_form, misconceptions
from symderiv.rules.rule import Rule
from symderiv.term.build import at_entry, entry, index, mul, partial
from symderiv.term.kinds import Term, make, subterms
from symderiv.term.places import fresh_index
from symderiv.term.shapes import Clash, shape

#: How deep states are followed, and how many candidates are made of one line.
DEEPEST, MOST = 30, 500
Planted = tuple[Term, Rule]


@lru_cache(maxsize=1)
def _mistakes() -> dict[str, tuple[Rule, ...]]:
    """The misconceptions about derivatives by the kind of what is differentiated, those about formulas by their own kind.

    One about a longer formula says more of it, and stands first.
    """
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in sorted(misconceptions(), key=lambda rule: -len(list(subterms(rule.left)))):
        kind = rule.left.args[0].kind if rule.left.kind in ("partial", "differential") else rule.left.kind
        key = f"{rule.left.kind} {kind}" if rule.left.kind in ("partial", "differential") else kind
        found[key] = (*found.get(key, ()), rule)
    return found


def planted(term: Term) -> Iterator[Planted]:
    """What a term would be worth with one misconception somewhere on the way, and that misconception.

    >>> from symderiv.term.build import *
    >>> x = name("x")
    >>> sorted({rule.kind for _, rule in planted(partial(x ** num(3), x))})
    ['dropped-chain-factor', 'power-or-log-rule']
    """
    yield from islice(chain(_derivatives(term, DEEPEST), _formulas(term)), MOST)


def _derivatives(term: Term, depth: int) -> Iterator[Planted]:
    if not term.moves or depth == 0:
        return
    if term.kind == "partial":
        yield from _here(term)
        after = _one_step(term)
        if after is not None and after is not term:
            yield from _derivatives(after, depth - 1)
        return
    for spot, arg in enumerate(term.args):
        for candidate, rule in _derivatives(arg, depth):
            yield make(term.kind, term.data, (*term.args[:spot], candidate, *term.args[spot + 1 :])), rule


def _here(node: Term) -> Iterator[Planted]:
    """The misconceptions about this very derivative."""
    body, variable = _without_name(node.args[0]), node.args[1]
    for factors, inner in _parted(body, variable):
        here = make("partial", node.data, (inner, variable))
        for rule in _mistakes().get(f"partial {inner.kind}", ()):
            after = rule.apply(here)
            if after is not None:
                yield mul(*factors, after) if factors else after, rule


def _parted(body: Term, variable: Term) -> Iterator[tuple[tuple[Term, ...], Term]]:
    """A body as it stands; a product also without the factors that stand still, and as one factor times the others."""
    yield (), body
    if body.kind != "product":
        return
    still = tuple(arg for arg in body.args if variable not in arg.free)
    moving = tuple(arg for arg in body.args if variable in arg.free)
    if still and moving:
        yield still, make("product", None, moving) if len(moving) > 1 else moving[0]
    if len(moving) > 2:
        yield still, make("product", None, (moving[0], make("product", None, moving[1:])))
        yield still, make("product", None, (make("product", None, moving[:-1]), moving[-1]))


def _without_name(body: Term) -> Term:
    """The definition of a named part; of an entry of one, the entry of its definition."""
    if body.kind == "named":
        return body.args[0]
    if body.kind == "entry" and body.args[0].kind == "named":
        return make("entry", None, (body.args[0].args[0], *body.args[1:]))
    return body


def _one_step(node: Term) -> Term | None:
    """The derivative by one true rule; a named part opened, a formula of arrays by entries."""
    body, variable = node.args
    inside = _without_name(body)
    if inside is not body:
        return None if body is variable else make("partial", node.data, (inside, variable))
    minor = minor_law(node)
    if minor is not None:
        return minor[1][0]
    try:
        after = lowered(body)
    except SymderivError:
        return None
    if after is not None and after is not body:
        return make("partial", node.data, (after, variable))
    for rule in derivative_rules(body):
        found = rule.apply(node)
        if found is not None:
            return found
    return None


def planted_differentials(term: Term) -> Iterator[Planted]:
    """What a differential would be with one misconception on the way; the differentials left stand for themselves."""
    yield from islice(_differentials(term, DEEPEST), MOST)


def _differentials(term: Term, depth: int) -> Iterator[Planted]:
    if not term.moves or depth == 0:
        return
    if term.kind != "differential":
        for spot, arg in enumerate(term.args):
            for candidate, rule in _differentials(arg, depth):
                yield make(term.kind, term.data, (*term.args[:spot], candidate, *term.args[spot + 1 :])), rule
        return
    body, variable = term.args
    if body.kind == "named" and body is not variable:
        yield from _differentials(make("differential", None, (body.args[0], variable)), depth)
        return
    for rule in _mistakes().get(f"differential {body.kind}", ()):
        after = rule.apply(term)
        if after is not None:
            yield after, rule
    for rule in _mistakes().get(f"partial {body.kind}", ()) if shape(body) == () else ():
        after = differential_form(rule).apply(term)
        if after is not None:
            yield after, rule
    if body is not variable:
        try:
            _, (step, _) = law_for(term, variable)
        except SymderivError:
            return
        yield from _differentials(step, depth - 1)


def _formulas(term: Term) -> Iterator[Planted]:
    """Misconceptions about formulas, at each place of a term without derivatives."""
    if term.moves:
        return
    for rule in _mistakes().get(term.kind, ()):
        after = rule.apply(term)
        if after is not None:
            yield after, rule
    for spot, arg in enumerate(term.args):
        for candidate, rule in _formulas(arg):
            yield make(term.kind, term.data, (*term.args[:spot], candidate, *term.args[spot + 1 :])), rule


def by_entries(left: Term, right: Term) -> tuple[Term, Term]:
    """A derivative of arrays and its claimed value, both at an entry with fresh letters; numbers as they are."""
    if left.kind == "named" and left.args[0].kind == "partial":
        left = left.args[0]
    if left.kind != "partial":
        return left, right
    body, variable = left.args
    rows, columns = shape(body), shape(variable)
    if isinstance(rows, Clash) or isinstance(columns, Clash) or not (rows or columns):
        return left, right
    letters: list[Term] = []
    for _ in (*rows, *columns):
        letters.append(fresh_index(index("i"), left.free | right.free | set(letters)))
    inner, outer = letters[: len(rows)], letters[len(rows) :]
    return partial(at_entry(body, *inner), at_entry(variable, *outer), left.data), entry(right, *letters)
