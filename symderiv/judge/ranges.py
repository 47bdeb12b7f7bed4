"""Ranges: an index that would have to run over two different lengths does not fit, as shapes do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symderiv.term.kinds import Term, subterms
from symderiv.term.shapes import Clash, shape
from symderiv.worth.setting import where_free


def index_clash(*sides: Term) -> Clash | None:
    """The place where an index runs over another length than at a place before it; None where all fit.

    >>> from symderiv.term.build import *
    >>> m, n, i, j = size("m"), size("n"), index("i"), index("j")
    >>> A, x = name("A", m, n), name("x", n)
    >>> index_clash(entry(x, j), bigsum(entry(A, j, i), i)).where
    entry(A, j, i)
    >>> index_clash(entry(x, j), bigsum(entry(A, i, j), i)) is None
    True
    """
    letters = dict.fromkeys(leaf for side in sides for leaf in side.free if leaf.kind == "index")
    for letter in letters:
        found = _clash(letter, sides)
        if found is not None:
            return found
    sums = (node for side in sides for node in subterms(side) if node.kind == "bigsum" and len(node.args) == 2)
    return next((found for node in sums if (found := _clash(node.args[1], node.args[:1])) is not None), None)


def _clash(letter: Term, scopes: Iterable[Term]) -> Clash | None:
    first: Term | None = None
    for length, where in _lengths(letter, scopes):
        if first is None:
            first = length
        elif length.kind == first.kind and length is not first:
            return Clash(where, (first,), (length,))
    return None


def _lengths(letter: Term, scopes: Iterable[Term]) -> Iterator[tuple[Term, Term]]:
    """The lengths over which a letter runs alone at a place of an array: those that are a letter or a number."""
    for scope in scopes:
        for node in where_free(letter, scope):
            sizes = shape(node.args[0]) if node.kind == "entry" else ()
            if isinstance(sizes, Clash):
                continue
            for size, position in zip(sizes, node.args[1:], strict=False):
                if position is letter and size.kind in ("name", "number"):
                    yield size, node
