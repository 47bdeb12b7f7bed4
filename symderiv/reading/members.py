"""Names that the formulas of `given` bring with them: entries of a matrix, arrays that carry a label."""

from __future__ import annotations

import re

from symderiv.reading.definitions import definition
from symderiv.reading.draft import Draft
from symderiv.reading.formula import Formula
from symderiv.reading.guesses import bound_letters
from symderiv.reading.heads import labels
from symderiv.term.build import name, size
from symderiv.term.names import Name

#: A small letter with two positions below it.
_TWO_BELOW = re.compile(r"(?<![A-Za-z\\])(?:d|\\partial )?([a-z])_\{\s*[^{},]+,[^{},]+\}")


def entries_in_small_letters(draft: Draft, formulas: list[Formula]) -> None:
    """`x_{i,j}` is an entry of a matrix X where only X is declared."""
    for source in dict.fromkeys(formula.source for formula in formulas):
        for small in _TWO_BELOW.findall(source):
            whole = draft.quantities.get(small.upper())
            if whole is not None and whole.kind == "name" and len(whole.data.shape) == 2 and small not in draft.quantities:
                draft.stacks.setdefault(small, whole)


def labelled_arrays(draft: Draft, formulas: list[Formula]) -> None:
    r"""`\sum_i w_i^f c_i` with a w that carries a label is a sum over the entries of
    `w^f`, where a defined name has that label too."""
    heads = {found.head.label for one in formulas if (found := definition(one.source, one.pieces)) is not None}
    defined = {one.key for one in heads} | {one._replace(below=()).key for one in heads}
    raised = {piece.text for one in heads for piece in one.above if piece.kind == "letter" and len(one.above) == 1}
    for formula in formulas:
        bound = bound_letters(tuple(formula.pieces))
        for item in labels(formula.pieces).values():
            whole, place = item._replace(below=()), item.below[0] if len(item.below) == 1 else None
            said = len(item.above) == 1 and item.above[0].text in raised
            if place is None or not said or place.text not in bound or whole.key in defined | draft.quantities.keys():
                continue
            draft.quantities[whole.key] = name(whole.name, size(Name("n", sub=place.text)))
