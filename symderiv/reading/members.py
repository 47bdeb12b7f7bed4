"""Names that the formulas of `given` bring with them: entries of a matrix, arrays that carry a label, adjoints."""

from __future__ import annotations

from itertools import pairwise

from symderiv.reading.definitions import definition
from symderiv.reading.draft import Draft
from symderiv.reading.formula import Formula
from symderiv.reading.guesses import bound_letters
from symderiv.reading.heads import labels
from symderiv.term.build import name, size
from symderiv.term.names import Name


def entries_of_matrices(draft: Draft, formulas: list[Formula]) -> None:
    """`x_{ij}` beside a matrix X is its entry, where x is nothing else."""
    for formula in formulas:
        for item in labels(formula.pieces).values():
            matrix = draft.quantities.get(item.letter.upper())
            lower = item.letter.islower() and item.letter not in draft.quantities
            places = [piece for piece in item.below if piece.kind in ("letter", "number")]
            if lower and matrix is not None and matrix.kind == "name" and len(matrix.data.shape) == 2 and len(places) > 1:
                draft.stacks.setdefault(item.letter, matrix)


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


def adjoint(formula: Formula) -> str:
    r"""The name `dy` where `dy = \frac{\partial L}{\partial y}` says what it is."""
    found = definition(formula.source, formula.pieces)
    first = formula.pieces[:2]
    if (
        found is None
        or len(found.right) < 2
        or [piece.kind for piece in first] != ["letter", "letter"]
        or first[0].text != "d"
    ):
        return ""
    slopes = found.right[0].kind == "frac" and any(
        one.kind == "∂" and two.text == first[1].text for one, two in pairwise(found.right)
    )
    return "d" + first[1].text if slopes else ""
