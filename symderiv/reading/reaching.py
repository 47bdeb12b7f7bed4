"""A name that is defined later reaches back: what was defined with the bare name is defined with what it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symderiv.reading.draft import Draft
from symderiv.reading.environment import Macro
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.term.places import rebuilt, with_args


def reach_back(draft: Draft, parts: Mapping[Name, Term]) -> None:
    """Put newly defined parts in the place of their bare names in everything that is known."""
    change = _changing(parts)
    for key, term in list(draft.quantities.items()):
        if term.kind == "named" and term not in parts.values():
            draft.quantities[key] = change(term)
    for key, function in list(draft.functions.items()):
        if isinstance(function, Macro):
            value = None if function.value is None else change(function.value)
            draft.functions[key] = Macro(function.parameters, change(function.body), value)
    draft.definitions[:] = [term if term in parts.values() else change(term) for term in draft.definitions]
    draft.given[:] = [change(term) for term in draft.given]


def reached(term: Term, parts: Mapping[Name, Term]) -> Term:
    """A term that was read before these parts were defined, with them in it."""
    return _changing(parts)(term)


def _changing(parts: Mapping[Name, Term]) -> Callable[[Term], Term]:
    def change(node: Term, args: tuple[Term, ...]) -> Term:
        new = with_args(node, args) if args else node
        if new.kind == "name" and new.data.name in parts:
            return parts[new.data.name]
        return new

    def replaced(term: Term) -> Term:
        names = {leaf.data.name for leaf in term.free if leaf.kind == "name"}
        return term if names.isdisjoint(parts) else rebuilt(term, change)

    return replaced
