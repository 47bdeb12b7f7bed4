"""A SymPy expression read as a Term: one reader for each SymPy class, found by the class's name.

Classes are known by name, so that this file needs no SymPy to be imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal

from symderiv.errors import SymderivError
from symderiv.term.build import index, name, size
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.term.order import Order
from symderiv.term.places import fresh_index
from symderiv.term.sympy_names import name_of
from symderiv.term.sympy_survey import Facts, letters_of

Reader = Callable[["Reading", Any], Term]

#: Readers of SymPy's own classes met so far; the classes of undefined functions come and go and are not kept.
_by_class: dict[type, Reader] = {}
_OWN = ("sympy.", "symderiv.")


class Symbols(dict[Term, Any]):
    """What each name is in the author's SymPy: a symbol with its assumptions, an array, a function.

    A free index letter that counts from 0 there is that symbol plus one. `start` is what the entries of an `IndexedBase`
    count from in the author's expression.
    """

    start: int = 1


class Reading:
    """One expression being read: `reading(part)` is the Term of a part, and every part is read once."""

    def __init__(self, readers: Mapping[str, Reader], facts: Facts, known: Mapping[Any, Term]) -> None:
        self.readers = readers
        self.facts = facts
        self.meanings: Mapping[Any, Term] = known
        self.memo: dict[Any, Term] = dict(known)
        self.bound_letters: dict[Any, Term] = {}
        self.symbols = Symbols()
        self.symbols.start = facts.start
        self.order = Order()
        self.owners: dict[tuple[str, Name], Any] = {}

    def __call__(self, expr: Any) -> Term:
        term = self.memo.get(expr)
        if term is None:
            cls = type(expr)
            reader = _by_class.get(cls) or self._reader(cls, expr)
            term = self.memo[expr] = reader(self, expr)
        return term

    def _reader(self, cls: type, expr: Any) -> Reader:
        for ancestor in cls.__mro__:
            if (ancestor.__module__ or "").startswith(_OWN) and ancestor.__name__ in self.readers:
                reader = self.readers[ancestor.__name__]
                if (cls.__module__ or "").startswith(_OWN):
                    _by_class[cls] = reader
                return reader
        raise unsupported(expr)

    def symbol(self, expr: Any) -> Term:
        """A symbol: a size, an index letter or a quantity, as its use in the whole expression tells."""
        facts = self.facts
        if facts.sizes and expr in facts.sizes:
            return self.owned(size(name_of(expr.name)), expr)
        if facts.letters and expr in facts.letters:
            return self._counted(expr, self.letter(expr))
        assumed = expr.assumptions0
        if not assumed.get("commutative", True):
            raise unsupported(expr, "a symbol that does not commute: use a MatrixSymbol with its sizes")
        if not assumed.get("extended_real", True):
            raise unsupported(expr, "a symbol that is not real: derivatives are taken over the real numbers")
        domain: Literal["real", "natural", "integer"] = "real"
        if assumed.get("integer"):
            domain = "natural" if assumed.get("positive") else "integer"
        return self.owned(name(name_of(expr.name), domain=domain), expr)

    def letter(self, symbol: Any) -> Term:
        """The index letter that a symbol is here, bound or free."""
        bound = self.bound_letters.get(symbol)
        if bound is None:
            bound = self.owned(index(name_of(_text(symbol))), symbol)
            self.symbols[bound] = symbol + 1 if symbol in self.facts.moved else symbol
        return bound

    def _counted(self, symbol: Any, letter: Term) -> Term:
        """What an index symbol is worth: one less than the letter where SymPy counts from 0."""
        return letter - 1 if symbol in self.facts.moved else letter

    def position(self, expr: Any, start: int) -> Term:
        """A position that SymPy counts from `start`, counted from 1."""
        facts = self.facts
        if expr in facts.letters and (expr in facts.moved) == (start == 0):
            return self.letter(expr)
        moved = {letter: letter - 1 for letter in letters_of(expr) if letter in facts.moved}
        outside = self.memo
        self.memo = {**self.meanings, **{letter: self.letter(letter) for letter in moved}}
        try:
            return self(expr.xreplace(moved) + (1 - start))
        finally:
            self.memo = outside

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

    def fresh(self, symbol: Any, body: Any) -> Term:
        """The index letter of a sum over `body`; it moves out of the way of whatever else is written the same there."""
        letter = index(name_of(_text(symbol)))
        if type(symbol).__name__ == "Dummy":
            letter = index(letter.data.base)
        taken = set(self.bound_letters.values())
        for other in body.free_symbols:
            if other != symbol and (other.is_Symbol or type(other).__name__ == "Idx"):
                taken.add(index(name_of(_text(other))))
        return fresh_index(letter, taken) if letter in taken else letter

    @contextmanager
    def binding(self, symbol: Any, term: Term) -> Iterator[None]:
        """A part in which a symbol means this term, as under a sum that binds it."""
        outside = self.memo, self.meanings, self.bound_letters
        value = term
        if term.kind == "index":
            self.bound_letters = {**self.bound_letters, symbol: term}
            value = self._counted(symbol, term)
        self.meanings = {**self.meanings, symbol: value}
        self.memo = dict(self.meanings)
        try:
            yield
        finally:
            self.memo, self.meanings, self.bound_letters = outside


def _text(symbol: Any) -> str:
    return str(symbol.name)


_ADVICE = (
    "it has no counterpart here; write it with elementary functions, sums, Piecewise, Function('f') or matrix expressions"
)


def unsupported(expr: Any, why: str = _ADVICE) -> SymderivError:
    """The refusal of a SymPy object: what it is, where, and what to do."""
    shown = str(expr)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    return SymderivError("unsupported", f"cannot read the SymPy object {type(expr).__name__} in `{shown}`: {why}")
