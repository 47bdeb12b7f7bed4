"""Term: what stands on the paper, in written order. Same term, same object; building one evaluates nothing."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Literal

Kind = Literal[
    "number", "constant", "name", "index", "function", "letter",
    "sum", "product", "minus", "fraction", "power", "root", "apply", "prime",
    "entry", "delta", "bigsum", "bigproduct", "stack", "integral", "limit", "expectation",
    "transpose", "inverse", "trace", "det", "diag", "diagonal", "identity", "ones", "zeros",
    "hadamard", "kron", "norm", "literal",
    "partial", "differential", "named", "cases", "relation", "property", "at", "tuple",
]  # fmt: skip

#: The data of a tuple whose members stand in no order.
SET = "set"

#: Kinds that bind letters: an integral and a limit a name, an expectation its random names, the others indices; and where
#: these stand among the children.
BINDERS: dict[str, slice] = {
    "bigsum": slice(1, 2),
    "bigproduct": slice(1, 2),
    "stack": slice(1, None, 2),
    "integral": slice(1, 2),
    "limit": slice(1, 2),
    "expectation": slice(1, None, 3),
}


def bound_places(kind: str, args: tuple[Term, ...]) -> range:
    """Where the letters that a binder binds stand among its children; a limit beside them may hold the same letter, free."""
    return range(len(args))[BINDERS[kind]]


NOTHING: frozenset[Term] = frozenset()


class _Node:
    """A term while it is being made: the same slots, still open."""

    __slots__ = ("__weakref__", "args", "data", "free", "kind", "known_shape", "moves", "scalars")

    kind: Kind
    data: Any
    args: tuple[Term, ...]
    free: frozenset[Term]
    moves: bool
    scalars: bool
    known_shape: Any

    def __init__(self, kind: Kind, data: Any, args: tuple[Term, ...]) -> None:
        """What is known from the children: which letters are free, whether a derivative stands in it or an array."""
        self.kind = kind
        self.data = data
        self.args = args
        self.known_shape = None
        free, moves, scalars = NOTHING, False, True
        for arg in args:
            letters = arg.free
            if letters is not free:
                if free <= letters:
                    free = letters
                elif not letters <= free:
                    free = free | letters
            moves = moves or arg.moves
            scalars = scalars and arg.scalars
        self.free = free
        self.moves = moves
        self.scalars = scalars
        special = _SPECIAL.get(kind)
        if special is not None:
            special(self)


class Term(_Node):
    """A node of a formula: `kind`, children `args`, and `data` that is not a Term (a name, a numeral, a sign).

    Terms are immutable and hash-consed, so equality is identity and hashing is free. Known from construction:
    `free`, the names and index letters that occur free (a named part has its own name and its definition's letters), and
    `moves`, whether a derivative that is not carried out stands in it; `scalars`, whether it is made of numbers only,
    without an array anywhere.
    """

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Term is immutable")

    def __reduce__(self) -> tuple[Any, ...]:
        return make, (self.kind, self.data, self.args)

    def __add__(self, other: Term | int) -> Term:
        return make("sum", None, (*_parts(self, "sum"), as_term(other)))

    def __radd__(self, other: int) -> Term:
        return make("sum", None, (as_term(other), self))

    def __sub__(self, other: Term | int) -> Term:
        return make("sum", None, (*_parts(self, "sum"), -as_term(other)))

    def __rsub__(self, other: int) -> Term:
        return make("sum", None, (as_term(other), -self))

    def __mul__(self, other: Term | int) -> Term:
        return make("product", None, (*_parts(self, "product"), as_term(other)))

    def __rmul__(self, other: int) -> Term:
        return make("product", None, (as_term(other), self))

    def __truediv__(self, other: Term | int) -> Term:
        return make("fraction", None, (self, as_term(other)))

    def __rtruediv__(self, other: int) -> Term:
        return make("fraction", None, (as_term(other), self))

    def __pow__(self, other: Term | int) -> Term:
        return make("power", None, (self, as_term(other)))

    def __rpow__(self, other: int) -> Term:
        return make("power", None, (as_term(other), self))

    def __neg__(self) -> Term:
        return make("minus", None, (self,))

    def __repr__(self) -> str:
        written = getattr(self.data, "name", self.data)
        if self.kind == "number":
            written = self.data[1] or self.data[0]
        if not self.args or self.kind == "named":
            return str(written)
        inner = [str(written)] * (written is not None) + [repr(arg) for arg in self.args]
        return f"{self.kind}({', '.join(inner)})"


def as_term(value: Term | int) -> Term:
    """An integer as a term (a negative one with its minus sign); a Term as it is."""
    if isinstance(value, Term):
        return value
    return make("number", (value, None), ()) if value >= 0 else make("minus", None, (as_term(-value),))


def _parts(term: Term, kind: Kind) -> tuple[Term, ...]:
    """`a + b + c` is one sum of three terms, as on paper, though Python adds two at a time."""
    return term.args if term.kind == kind else (term,)


class _Interned(weakref.ref):  # type: ignore[type-arg]
    """A weak reference that knows its place in the table, so that a dead term leaves it."""

    __slots__ = ("key",)

    key: tuple[Any, ...]


_table: dict[tuple[Any, ...], _Interned] = {}


def _forget(dead: _Interned) -> None:
    if _table.get(dead.key) is dead:
        del _table[dead.key]


def make(kind: Kind, data: Any, args: tuple[Term, ...]) -> Term:
    """The one term of this kind, data and children. Prefer the constructors in `build`, which say what goes where."""
    key = (kind, data, args)
    known = _table.get(key)
    if known is not None:
        term: Term | None = known()
        if term is not None:
            return term
    node = _Node(kind, data, args)
    node.__class__ = Term
    entry = _Interned(node, _forget)
    entry.key = key
    _table[key] = entry
    return node  # type: ignore[return-value]


def _is_letter(node: _Node) -> None:
    node.free = frozenset((node,))  # type: ignore[arg-type]
    node.scalars = not getattr(node.data, "shape", ())


def _is_rule_letter(node: _Node) -> None:
    node.scalars = not node.data.shape


def _is_function(node: _Node) -> None:
    node.scalars = node.scalars and not any(node.data.inputs) and not node.data.output


def _is_array(node: _Node) -> None:
    node.scalars = False


def _is_named(node: _Node) -> None:
    node.free, node.moves = node.free | {node}, False  # type: ignore[arg-type]


def _is_derivative(node: _Node) -> None:
    node.moves = True


def _is_binder(node: _Node) -> None:
    args = node.args
    places = bound_places(node.kind, args)
    outside = [arg.free for place, arg in enumerate(args) if place and place not in places]
    node.free = args[0].free.difference(args[BINDERS[node.kind]]).union(*outside)
    node.scalars = node.scalars and node.kind != "stack"


_SPECIAL: dict[str, Callable[[_Node], None]] = {
    "name": _is_letter,
    "index": _is_letter,
    "named": _is_named,
    "letter": _is_rule_letter,
    "function": _is_function,
    **dict.fromkeys(("identity", "ones", "zeros", "literal", "diag"), _is_array),
    "partial": _is_derivative,
    "differential": _is_derivative,
    **dict.fromkeys(BINDERS, _is_binder),
}


def subterms(term: Term, into_names: bool = True) -> Iterator[Term]:
    """Every different subterm once, children before parents, without recursion; the inside of named parts on request."""
    return iter(_listed(term, into_names or not any(leaf.kind == "named" for leaf in term.free)))


@lru_cache(maxsize=256)
def _listed(term: Term, into_names: bool) -> tuple[Term, ...]:
    """The subterms in their order: many questions are asked of the same few terms, one after the other."""
    found: dict[Term, None] = {}
    seen: set[Term] = set()
    stack = [term]
    while stack:
        node = stack[-1]
        if node in found:
            stack.pop()
        elif node in seen or not node.args or (node.kind == "named" and not into_names):
            found[stack.pop()] = None
        else:
            seen.add(node)
            stack.extend([arg for arg in reversed(node.args) if arg not in seen and arg not in found])
    return tuple(found)


def leaves(term: Term) -> int:
    """How many leaves the formula has when it is written out, a measure of its length on paper.

    A named part and an entry of a name count as one leaf: that is how much the eye has to read.
    """
    counts: dict[Term, int] = {}
    for node in subterms(term):
        if not node.args or node.kind == "named" or (node.kind == "entry" and not node.args[0].args):
            counts[node] = 1
        else:
            counts[node] = sum(counts[arg] for arg in node.args)
    return counts[term]
