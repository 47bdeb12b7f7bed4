"""A SymPy expression read as a Term: one reader for each SymPy class, found by the class's name.

Classes are known by name, so that this file needs no SymPy to be imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from symderiv.errors import SymderivError
from symderiv.term.build import index, name, size
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.term.order import Order
from symderiv.term.places import fresh_index
from symderiv.term.sympy_names import name_of

Reader = Callable[["Reading", Any], Term]

_OWN = ("sympy.", "symderiv.")


@dataclass(slots=True)
class Facts:
    """What a look over the whole expression tells about its letters, before any of it is read.

    `letters` stand at positions of arrays, `sizes` in shapes and limits; `moved` letters count from 0 in SymPy and from 1
    here; `shapes` belong to arrays that declare none; `start` is what `IndexedBase` entries count from.
    """

    letters: set[Any] = field(default_factory=set)
    sizes: set[Any] = field(default_factory=set)
    moved: set[Any] = field(default_factory=set)
    shapes: dict[Any, list[Any]] = field(default_factory=dict)
    start: int = 1


class Symbols(dict[Term, Any]):
    """Which of the author's SymPy symbols each name stands for, with their assumptions.

    `start` is what the entries of an `IndexedBase` count from in the author's expression.
    """

    start: int = 1


class Reading:
    """One expression being read: `reading(part)` is the Term of a part, and every part is read once."""

    def __init__(self, readers: Mapping[str, Reader], facts: Facts, known: Mapping[Any, Term]) -> None:
        self.readers = readers
        self.facts = facts
        self.memo: dict[Any, Term] = dict(known)
        self.symbols = Symbols()
        self.symbols.start = facts.start
        self.order = Order()
        self.owners: dict[tuple[str, Name], Any] = {}
        self._by_class: dict[type, Reader] = {}

    def __call__(self, expr: Any) -> Term:
        term = self.memo.get(expr)
        if term is None:
            cls = type(expr)
            reader = self._by_class.get(cls)
            if reader is None:
                reader = self._by_class[cls] = self._reader(cls, expr)
            term = self.memo[expr] = reader(self, expr)
        return term

    def _reader(self, cls: type, expr: Any) -> Reader:
        for ancestor in cls.__mro__:
            if ancestor.__module__.startswith(_OWN) and ancestor.__name__ in self.readers:
                return self.readers[ancestor.__name__]
        raise unsupported(expr)

    def symbol(self, expr: Any) -> Term:
        """A symbol: a size, an index letter or a quantity, as its use in the whole expression tells."""
        if expr in self.facts.sizes:
            return self.owned(size(name_of(expr.name)), expr)
        if expr in self.facts.letters:
            letter = self.owned(index(name_of(expr.name)), expr)
            return letter - 1 if expr in self.facts.moved else letter
        if expr.is_commutative is False:
            raise unsupported(expr, "a symbol that does not commute: use a MatrixSymbol with its sizes")
        if expr.is_extended_real is False:
            raise unsupported(expr, "a symbol that is not real: derivatives are taken over the real numbers")
        domain = ("natural" if expr.is_positive else "integer") if expr.is_integer else "real"
        return self.owned(name(name_of(expr.name), domain=domain), expr)

    def owned(self, term: Term, expr: Any) -> Term:
        """The name as the name of this SymPy symbol, which no other symbol of the expression may have."""
        written = term.data if isinstance(term.data, Name) else term.data.name
        owner = self.owners.setdefault(("function" if term.kind == "function" else "letter", written), expr)
        if owner is not expr and owner != expr:
            raise SymderivError(
                "ambiguous-name",
                f"two different SymPy symbols ({type(owner).__name__} and {type(expr).__name__}, or two with other "
                f"assumptions) would both be written {written.latex}: use one symbol, or rename one",
            )
        self.symbols[term] = expr
        return term

    def bound(self, letter: Any) -> Term:
        """The index letter of a sum; it moves out of the way of another symbol that is written the same."""
        term = index(name_of(letter.name if hasattr(letter, "name") else str(letter)))
        owner = self.owners.setdefault(("letter", term.data), letter)
        if owner != letter:
            term = fresh_index(term, {name(written) for _, written in self.owners})
            self.owners["letter", term.data] = letter
        return term

    def within(self, meanings: Mapping[Any, Term], expr: Any) -> Term:
        """A part in which some symbols mean something else, as under a sum that binds a letter."""
        outside = self.memo
        self.memo = {**{key: term for key, term in outside.items() if not key.args}, **meanings}
        try:
            return self(expr)
        finally:
            self.memo = outside


def unsupported(expr: Any, why: str = "") -> SymderivError:
    """The refusal of a SymPy object: what it is, where, and what to do."""
    cls = type(expr).__name__
    shown = str(expr)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    what = why or "it has no counterpart here"
    return SymderivError(
        "unsupported",
        f"cannot read the SymPy object {cls} in `{shown}`: {what}. Write it with elementary functions, sums, "
        "Piecewise, Function('f') or matrix expressions",
    )
