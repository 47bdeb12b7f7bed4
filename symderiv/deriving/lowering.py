"""Lowering: a formula in vectors and matrices written by entries, `(Ax)_i = Σ_k A_ik x_k`."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.deriving.derivation import Move
from symderiv.errors import SymderivError
from symderiv.term.build import (
    ONE,
    TWO,
    ZERO,
    apply,
    bigsum,
    delta,
    entry,
    fraction,
    index,
    meaning_of,
    mul,
    of,
    power,
    root,
)
from symderiv.term.kinds import Term, make, subterms
from symderiv.term.places import fresh_index, same, substitute
from symderiv.term.shapes import WHOLE, Clash, shape

Indices = tuple[Term, ...]

#: Arrays whose entries are written with the array's own letter.
_ATOMS = {"name", "named", "inverse", "letter"}


def needs_lowering(body: Term) -> bool:
    """Whether a scalar is made of arrays in a way that only entries show: `xᵀAx`, `‖x‖`, `tr A`, `(Ax + b)_i`."""
    kind = body.kind
    if kind == "product":
        return any(shape(factor) != () for factor in body.args)
    if kind == "power":
        return body.args[0].kind == "norm"
    if kind == "entry":
        return not _is_atom(body.args[0]) or _is_row_function(body.args[0])
    return kind in ("norm", "trace")


def _is_atom(array: Term) -> bool:
    if array.kind == "apply":
        fn = array.args[0]
        return fn.kind != "function" or bool(fn.data.inputs) or meaning_of(fn) in WHOLE
    return array.kind in _ATOMS


def _is_row_function(array: Term) -> bool:
    """Softmax of a row `xW + b`, which is that of the column, entry by entry."""
    sizes = shape(array)
    return array.kind == "apply" and isinstance(sizes, tuple) and len(sizes) == 2 and sizes[0] is ONE


def lowered(term: Term) -> Term | None:
    """A scalar with its arrays written by entries; None if it has none.

    >>> from symderiv.term.build import name, of, size
    >>> x = name("x", size("n"))
    >>> lowered(mul(of("transpose", x), x))
    bigsum(power(entry(x, k), 2), k)
    """
    if not needs_lowering(term):
        return None
    sizes = shape(term)
    if isinstance(sizes, Clash):
        raise clash(sizes)
    return at_entry(term, (), [letter for letter in term.free if letter.kind == "index"])


def clash(found: Clash) -> SymderivError:
    """Two parts that do not fit."""
    return SymderivError(
        "shape",
        f"shapes {_words(found.left)} and {_words(found.right)} do not fit in {found.where}; check the order of the factors",
    )


def _words(sizes: tuple[Term, ...]) -> str:
    return " × ".join(map(str, sizes)) or "scalar"


def at_entry(term: Term, where: Indices, taken: list[Term]) -> Term:
    """The entry of an array at these indices (of a scalar: the scalar by entries)."""
    rule = _AT.get(term.kind)
    if rule is not None:
        return rule(term, where, taken)
    if shape(term) == () and not where:
        return term
    if _is_atom(term):
        return entry(term, *where) if where else term
    raise SymderivError("no-rule", f"the entries of {term.kind} {term} have no formula by entries; use the other route")


def _fresh(term: Term, where: Indices, taken: list[Term], like: str = "h") -> Term:
    used = term.free.union(*(position.free for position in where), taken)
    letter = fresh_index(index(like), used | set(taken))
    taken.append(letter)
    return letter


def _each(term: Term, where: Indices, taken: list[Term]) -> Term:
    """Sums, signs and products entry by entry; a scalar among arrays stands for itself."""
    args = [at_entry(arg, where if shape(arg) else (), taken) for arg in term.args]
    return make("product" if term.kind == "hadamard" else term.kind, term.data, tuple(args))


def _product(term: Term, where: Indices, taken: list[Term]) -> Term:
    factors: list[Term] = []
    arrays: list[Term] = []
    left: Term | None = where[0] if where else None
    for factor in blocks(term.args):
        if isinstance(factor, list):
            arrays.extend(factor)
            factors.extend(_chain(factor, left, where[-1] if len(where) == 2 else None, taken, term))
        else:
            factors.append(at_entry(factor, (), taken))
    return _summed(factors, taken, term, where)


def blocks(args: Indices) -> list[Term | list[Term]]:
    """Scalar factors one by one, and the arrays between them as chains that multiply to a scalar or to the result."""
    found: list[Term | list[Term]] = []
    chain: list[Term] = []
    for arg in args:
        sizes = shape(arg)
        if sizes == ():
            found.append(arg)
            continue
        chain.append(arg)
        if shape(mul(*chain)) == ():
            found.append(chain)
            chain = []
    if chain:
        found.append(chain)
    return found


def _chain(chain: list[Term], left: Term | None, right: Term | None, taken: list[Term], whole: Term) -> list[Term]:
    factors: list[Term] = []
    scalar = shape(mul(*chain)) == ()
    position = None if scalar else left
    for place, array in enumerate(chain):
        sizes = shape(array)
        assert isinstance(sizes, tuple)
        last = place == len(chain) - 1
        if len(sizes) == 1:
            inner = position if position is not None else _fresh(whole, (), taken)
            factors.append(at_entry(array, (inner,), taken))
            position = None
        elif sizes[0] is ONE:
            column = right if last and not scalar and right is not None else _fresh(whole, (), taken)
            factors.append(at_entry(array, (ONE, column), taken))
            position = column
        else:
            row = position if position is not None else _fresh(whole, (), taken)
            column = right if last and right is not None else _fresh(whole, (), taken)
            factors.append(at_entry(array, (row, column), taken))
            position = column
    return factors


def _summed(factors: list[Term], taken: list[Term], term: Term, where: Indices) -> Term:
    body = mul(*_squared(factors))
    free = term.free.union(*(position.free for position in where))
    for letter in [letter for letter in reversed(taken) if letter in body.free and letter not in free]:
        body = bigsum(body, letter)
    return body


def _squared(factors: list[Term]) -> list[Term]:
    """`r_k r_k` as `r_k²`; two sums that differ in their own letters only are one sum."""
    found: list[Term] = []
    for factor in factors:
        spot = next((spot for spot, other in enumerate(found) if same(factor, other)), None)
        if spot is None or factor.kind == "number":
            found.append(factor)
        else:
            found[spot] = power(factor, TWO)
    return found


def _transpose(term: Term, where: Indices, taken: list[Term]) -> Term:
    array = term.args[0]
    if not where:
        return at_entry(array, (), taken)
    if len(where) == 1:
        return at_entry(array, (ONE, *where), taken)
    return at_entry(array, where[1:] if shape(array) == shape(array)[:1] else where[::-1], taken)  # type: ignore[index]


def _trace(term: Term, where: Indices, taken: list[Term]) -> Term:
    if term.args[0].kind == "kron":
        return mul(*[at_entry(of("trace", factor), (), taken) for factor in term.args[0].args])
    letter = _fresh(term, where, taken)
    return bigsum(at_entry(term.args[0], (letter, letter), taken), letter)


def _norm(term: Term, where: Indices, taken: list[Term]) -> Term:
    return root(_squares(term.args[0], taken)) if term.data in ("2", "F") else at_entry_unknown(term)


def at_entry_unknown(term: Term) -> Term:
    """A norm that has no formula by entries."""
    raise SymderivError("no-rule", f"the norm {term} is not differentiated by entries; write it out, or use ‖·‖₂")


def _squares(array: Term, taken: list[Term]) -> Term:
    sizes = shape(array)
    assert isinstance(sizes, tuple)
    letters = tuple(_fresh(array, (), taken) for size in sizes)
    body = power(at_entry(array, letters, taken), TWO)
    for letter in reversed(letters):
        body = bigsum(body, letter)
    return body


def _power(term: Term, where: Indices, taken: list[Term]) -> Term:
    base, exponent = term.args
    if base.kind == "norm" and exponent is TWO and base.data in ("2", "F"):
        return _squares(base.args[0], taken)
    sizes = shape(base)
    if isinstance(sizes, tuple) and len(sizes) == 2:
        if exponent.kind == "number":
            return at_entry(mul(*[base] * int(exponent.data[0])), where, taken)
        raise SymderivError("no-rule", f"the power {term} of a matrix has no formula by entries")
    return power(
        at_entry(base, where if shape(base) else (), taken), at_entry(exponent, where if shape(exponent) else (), taken)
    )


def _apply(term: Term, where: Indices, taken: list[Term]) -> Term:
    if not where:
        return term
    if _is_row_function(term) and _is_atom(term):
        return entry(apply(term.args[0], of("transpose", term.args[1])), where[-1])
    if _is_atom(term):
        return entry(term, *where)
    arguments = [at_entry(arg, where if shape(arg) else (), taken) for arg in term.args[1:]]
    return apply(term.args[0], *arguments)


def _diag(term: Term, where: Indices, taken: list[Term]) -> Term:
    i, j = where
    return mul(at_entry(term.args[0], (i,), taken), delta(i, j))


def _stack(term: Term, where: Indices, taken: list[Term]) -> Term:
    return substitute(term.args[0], dict(zip(term.args[1::2], where, strict=True)))


def _literal(term: Term, where: Indices, taken: list[Term]) -> Term:
    if all(position.kind == "number" for position in where):
        row, column = (int(where[0].data[0]), int(where[1].data[0]) if len(where) == 2 else 1)
        cell: Term = term.args[(row - 1) * term.data[1] + column - 1]
        return cell
    return entry(term, *where)


def _partial(term: Term, where: Indices, taken: list[Term]) -> Term:
    body, variable = term.args
    sizes = shape(body)
    assert isinstance(sizes, tuple)
    inner, outer = where[: len(sizes)], where[len(sizes) :]
    return make("partial", term.data, (at_entry(body, inner, taken), entry(variable, *outer) if outer else variable))


def _entry(term: Term, where: Indices, taken: list[Term]) -> Term:
    return at_entry(term.args[0], (*term.args[1:], *where), taken)


def _scalar_function(term: Term, where: Indices, taken: list[Term]) -> Term:
    return make(term.kind, term.data, (at_entry(term.args[0], where, taken), *term.args[1:]))


_AT: dict[str, Callable[[Term, Indices, list[Term]], Term]] = {
    "sum": _each,
    "minus": _each,
    "hadamard": _each,
    "product": _product,
    "fraction": lambda term, where, taken: fraction(
        at_entry(term.args[0], where if shape(term.args[0]) else (), taken),
        at_entry(term.args[1], where if shape(term.args[1]) else (), taken),
    ),
    "power": _power,
    "root": _scalar_function,
    "apply": _apply,
    "transpose": _transpose,
    "trace": _trace,
    "norm": _norm,
    "diag": _diag,
    "diagonal": lambda term, where, taken: at_entry(term.args[0], where * 2, taken),
    "identity": lambda term, where, taken: delta(*where),
    "ones": lambda term, where, taken: ONE,
    "zeros": lambda term, where, taken: ZERO,
    "stack": _stack,
    "literal": _literal,
    "partial": _partial,
    "entry": _entry,
}

_COOKBOOK = "Petersen and Pedersen, The Matrix Cookbook, 2"
by_entries = Move("by entries", lowered, say="a product of arrays is a sum over its entries", source=_COOKBOOK)
entrywise = Move("entry by entry", lowered, say="the entry of a sum or of a function", source=_COOKBOOK, minor=True)


def lowering_law(body: Term) -> Move:
    """The law that writes this body by entries; where no sum comes in, nobody gives it a line of its own."""
    after = lowered(body)
    sums = after is not None and any(node.kind == "bigsum" for node in subterms(after, into_names=False))
    return by_entries if sums else entrywise
