"""`I` and `1` take the size that fits: unknown sizes are found from the shapes that meet in a sum or a product."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.term.build import ONE, Shape
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import substitute
from symderiv.term.shapes import Clash, axes_of, plain, rows_and_columns, shape

#: Kinds whose parts have the same shape, scalars apart.
ALIKE = frozenset("sum hadamard fraction power cases relation".split())


def fit(term: Term, unknown: Iterable[Term], whole: Shape | None = None) -> Term:
    """The term with every unknown size replaced by the one that fits, as far as the term (or the shape of the whole) tells.

    >>> from symderiv.term.build import *
    >>> A, s = name("A", size("n"), size("n")), size("?")
    >>> fit(A + of("identity", s), [s]) is A + of("identity", size("n"))
    True
    """
    loose = set(unknown)
    while loose:
        found = _meeting(term, loose)
        if found is None and whole is not None:
            found = _matched(axes_of(term), whole, loose)
        if found is None:
            break
        term = substitute(term, dict([found]))
        loose.discard(found[0])
    return term


def _meeting(term: Term, loose: set[Term]) -> tuple[Term, Term] | None:
    """The first place, from the inside out, where an unknown size meets another size."""
    for node in subterms(term):
        if node.free.isdisjoint(loose):
            continue
        shapes = [shape(arg) for arg in node.args]
        known = [part for part in shapes if not isinstance(part, Clash)]
        found = None
        if len(known) < len(shapes):
            continue
        if node.kind in ALIKE:
            arrays = [part for part in known if part]
            found = next((m for part in arrays[1:] if (m := _matched(arrays[0], part, loose))), None)
        elif node.kind == "product":
            found = _in_product(known, loose)
        elif node.kind in ("trace", "det", "inverse") and known[0]:
            rows, columns = rows_and_columns(known[0])
            found = _matched((rows,), (columns,), loose)
        if found is not None:
            return found
    return None


def _in_product(shapes: list[Shape], loose: set[Term]) -> tuple[Term, Term] | None:
    before: Shape = ()
    for part in shapes:
        if before and part:
            (rows, inner), (other, columns) = rows_and_columns(before), rows_and_columns(part)
            found = _matched((inner,), (other,), loose)
            if found is not None:
                return found
            before = plain(rows, columns)
        else:
            before = part or before
    return None


def _matched(left: Shape, right: Shape, loose: set[Term]) -> tuple[Term, Term] | None:
    """An unknown size and the size it is, from two shapes that should be equal."""
    if len(left) != len(right):
        return None
    for a, b in zip(left, right, strict=True):
        if a is not b and a in loose and (b is not ONE or len(left) == 1):
            return a, b
        if a is not b and b in loose:
            return b, a
    return None
