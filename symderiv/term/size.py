"""Size: whether a formula can be written out at all, counted without doing so."""

from __future__ import annotations

from symderiv.errors import SymderivError
from symderiv.term.kinds import Term, subterms

#: More leaves than this are not written out, nor more than this many brackets inside each other.
LEAVES, DEPTH = 3000, 60


def is_large(term: Term, most: int = LEAVES, deepest: int = DEPTH, into_names: bool = True) -> bool:
    """Whether a formula is too long or too deep to be written out, its definitions put in unless `into_names` is False.

    >>> from symderiv.term.build import name
    >>> x = name("x")
    >>> for _ in range(40):
    ...     x = x * x
    >>> is_large(x)
    True
    """
    leaves: dict[Term, int] = {}
    depth: dict[Term, int] = {}
    for node in subterms(term, into_names):
        args = node.args if into_names or node.kind != "named" else ()
        leaves[node] = sum([leaves[arg] for arg in args]) or 1
        depth[node] = 1 + max([depth[arg] for arg in args], default=0)
        if leaves[node] > most or depth[node] > deepest:
            return True
    return False


def too_large(what: str) -> SymderivError:
    """The refusal to write out what would not fit on any page."""
    return SymderivError(
        "too-large",
        f"{what} is too long to be written out; use the named derivation: the page shows its steps, `.steps` gives all of "
        "them, and `.evaluate` works through them.",
    )
