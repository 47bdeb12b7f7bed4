"""A Term as a SymPy expression of the same value: scalars as Expr, arrays as MatrixExpr. SymPy may rearrange what it gets.

Built node by node from SymPy objects; no text is ever read by SymPy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symderiv.errors import SymderivError
from symderiv.term.kinds import Term, subterms
from symderiv.term.shapes import Clash, axes_of, rows_and_columns, shape
from symderiv.term.sympy_library import library

#: SymPy numbers the bound variables that it makes from a random start below this.
_FIRST_DUMMY = 10**9

Writer = Callable[["Writing", Term, list[Any]], Any]


class Writing:
    """One term on its way to SymPy: `writing(term)`; `names` says what names are, `start` what array entries count from."""

    def __init__(self, writers: Mapping[str, Writer], names: Mapping[Term, Any], start: int) -> None:
        self.writers = writers
        self.names = names
        self.start = start
        self.memo: dict[Term, Any] = {}
        self._made = 0

    def dummy(self, text: str) -> Any:
        """A new bound variable; the same one each time the same term goes out, so that results compare equal."""
        self._made += 1
        return library().Dummy(text, dummy_index=_FIRST_DUMMY + self._made)

    def each(self, act: Callable[[Any], Any], array: Any) -> Any:
        """A function carried out on each entry of a matrix."""
        entry = self.dummy("d")
        return array.applyfunc(library().Lambda(entry, act(entry)))

    def __call__(self, term: Term) -> Any:
        for node in subterms(term):
            if node not in self.memo:
                self.memo[node] = self._written(node)
        return self.memo[term]

    def _written(self, node: Term) -> Any:
        given = self.names.get(node)
        if given is not None:
            return self._array(node, given) if type(given).__name__ == "IndexedBase" else given
        if isinstance(shape(node), Clash):
            raise unwritable(node, "its parts have shapes that do not fit")
        writer = self.writers.get(node.kind)
        if writer is None:
            raise unwritable(node, "it has no counterpart there")
        return writer(self, node, [self.memo[arg] for arg in node.args])

    def _array(self, node: Term, base: Any) -> Any:
        """The author's IndexedBase as a matrix, for where the whole array is meant."""
        return self.entries(node, lambda *positions: base[tuple(p - 1 + self.start for p in positions)])

    def size(self, term: Term) -> tuple[Any, Any]:
        """Rows and columns of a term, as SymPy expressions."""
        found = shape(term)
        if isinstance(found, Clash) or len(found) > 2:
            raise unwritable(term, "an array with more than two indices has no counterpart")
        rows, columns = rows_and_columns(found)
        return self(rows), self(columns)

    def entries(self, term: Term, cell: Callable[..., Any]) -> Any:
        """The matrix with these entries, `cell` taking positions that count from 1, as many as the term has indices."""
        sympy = library()
        rows, columns = self.size(term)
        i, j = self.dummy("i"), self.dummy("j")
        positions = (i + 1, j + 1)[: indices(term)]
        return sympy.FunctionMatrix(rows, columns, sympy.Lambda((i, j), cell(*positions)))

    def _apart(self, expr: Any, arriving: set[Any]) -> Any:
        """The expression with new bound variables in sums that bind one of the arriving symbols: SymPy would capture it."""
        sums = (library().Sum, library().Product)
        if not any(arriving & set(part.variables) for part in expr.atoms(*sums)):
            return expr

        def renamed(part: Any) -> Any:
            body, limits = part.function, list(part.limits)
            for k, (letter, *ends) in enumerate(limits):
                if letter in arriving:
                    new = {letter: self.dummy(letter.name)}
                    body = body.xreplace(new)
                    limits[: k + 1] = [inner.xreplace(new) for inner in limits[:k]] + [(new[letter], *ends)]
            return part.func(body, *limits)

        return expr.replace(lambda part: isinstance(part, sums), renamed)

    def cell(self, array: Term, positions: tuple[Any, ...]) -> Any:
        """An entry of an array at positions that count from 1; of a scalar its value."""
        base: Any = self.names.get(array)
        if type(base).__name__ == "IndexedBase":
            return base[tuple(position - 1 + self.start for position in positions)]
        matrix = self(array)
        there = {letter for position in map(library().sympify, positions) for letter in position.free_symbols}
        matrix = self._apart(matrix, there)
        places = [position - 1 for position in positions]
        return matrix[tuple(places + [0] * (2 - len(places)))] if places else matrix


def unwritable(term: Term, why: str) -> SymderivError:
    """The refusal of a term that SymPy has no object for."""
    return SymderivError("unsupported", f"cannot give this {term.kind} to SymPy: {why}")


def indices(term: Term) -> int:
    """How many indices an entry of the term has."""
    return len(axes_of(term))


def is_array(term: Term) -> bool:
    """Whether a term is a vector or a matrix."""
    return shape(term) != ()
