"""The last step to a form that a person wants: by a rule of the book where one leads there."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.deriving.derivation import Law, Move
from symderiv.deriving.neat import neat
from symderiv.rules.book import true_rules
from symderiv.term.kinds import Term
from symderiv.term.places import Place, part, put


def leading_to(form: Term, term: Term) -> tuple[Law, Place]:
    """The rule that makes the term this form, and where; without one the referee alone compares the two."""
    for place in _places(term):
        before = part(term, place)
        for rule in true_rules():
            after = rule.apply(before) if rule.left.kind == before.kind else None
            if after is not None and neat(put(term, place, after)) is neat(form):
                return rule, place
    return written_as(form), ()


def _places(term: Term) -> Iterator[Place]:
    """Every place of a term, from the outside inwards, named parts not looked into."""
    yield ()
    for spot, arg in enumerate(term.args) if term.kind != "named" else ():
        for place in _places(arg):
            yield (spot, *place)


def written_as(form: Term) -> Law:
    """The same quantity in another form: the referee compares the two."""
    return Move("in another form", lambda term: None if term is form else form, say="the same value, written otherwise")
