"""What a limit has put into an integrand is written as a person would: `sin(x²)` where it came as `sin(x x)`."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.deriving.draft import Draft
from symderiv.deriving.tidying import Tidy
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import Place

#: The children of a kind that tidying does not look into, since a person wrote them elsewhere.
_CLOSED = {"apply": slice(1, None), "power": slice(1, 2), "root": slice(0, 1), "integral": slice(0, 1)}


def tidy_put_in(draft: Draft) -> None:
    """Tidies arguments, exponents, radicands and integrands, the inner ones first, where an integral was differentiated."""
    if any(node.kind == "integral" for node in subterms(draft.start)):
        for place in list(_closed_places(draft.term)):
            Tidy(draft)(place)


def _closed_places(term: Term) -> Iterator[Place]:
    inside = range(len(term.args))[_CLOSED.get(term.kind, slice(0, 0))]
    for spot, arg in enumerate(term.args):
        if arg.kind != "named":
            for place in _closed_places(arg):
                yield (spot, *place)
        if spot in inside:
            yield (spot,)
