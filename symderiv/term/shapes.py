"""The shape of a term, asked and never enforced: a tuple of sizes, or a Clash that says which two shapes do not fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from symderiv.term.build import ONE, Shape
from symderiv.term.kinds import Term, make, subterms

#: Known functions that take a whole vector; all others act on each entry.
WHOLE = {"softmax": "vector", "logsoftmax": "vector", "logsumexp": "scalar", "vec": "vec", "max": "many", "min": "many"}


@dataclass(frozen=True, slots=True)
class Clash:
    """Two parts that do not fit: the term where they meet, and their shapes."""

    where: Term
    left: Shape
    right: Shape


def shape(term: Term) -> Shape | Clash:
    """`()` for a scalar, `(n,)` for a column, `(m, n)` for a matrix; a Clash where two parts do not fit.

    A 1 x 1 matrix is a scalar. Sizes are terms, compared as they stand.

    >>> from symderiv.term.build import *
    >>> n, m = size("n"), size("m")
    >>> shape(mul(name("A", m, n), name("x", n))) == (m,)
    True
    """
    if term.scalars:
        return ()
    if term.known_shape is None:
        if any(arg.known_shape is None and not arg.scalars for arg in term.args):
            for node in subterms(term):
                if node.known_shape is None:
                    object.__setattr__(node, "known_shape", _shape(node))
        else:
            object.__setattr__(term, "known_shape", _shape(term))
    known: Shape | Clash = term.known_shape
    return known


def axes_of(term: Term) -> Shape:
    """The sizes of the axes of a term; none where two of its parts do not fit."""
    found = shape(term)
    return () if isinstance(found, Clash) else found


def is_scalar(term: Term) -> bool:
    """Whether the term is one number."""
    return shape(term) == ()


def rows_and_columns(sizes: Shape) -> tuple[Term, Term]:
    """A shape as a matrix has it: a scalar is 1 x 1, a column n x 1."""
    if len(sizes) == 2:
        return sizes[0], sizes[1]
    return (sizes[0] if sizes else ONE), ONE


def plain(rows: Term, columns: Term) -> Shape:
    """The shape of a matrix with these sizes, a column or a scalar where they are 1."""
    if columns is ONE:
        return () if rows is ONE else (rows,)
    return (rows, columns)


def _shape(term: Term) -> Shape | Clash:
    shapes = [() if arg.scalars else arg.known_shape for arg in term.args]
    for found in shapes:
        if isinstance(found, Clash):
            return found
    rule = _RULES.get(term.kind)
    return rule(term, shapes) if rule else ()


def _together(term: Term, shapes: list[Shape]) -> Shape | Clash:
    """Entry by entry, a scalar standing for an array of its own value; zero fits everywhere."""
    found: Shape = ()
    for part in shapes:
        if part and found and part != found:
            return Clash(term, found, part)
        found = part or found
    return found


def _product(term: Term, shapes: list[Shape]) -> Shape | Clash:
    found: Shape = ()
    for part in shapes:
        if part and found:
            (rows, inner), (other, columns) = rows_and_columns(found), rows_and_columns(part)
            if inner is not other:
                return Clash(term, found, part)
            found = plain(rows, columns)
        else:
            found = part or found
    return found


def _apply(term: Term, shapes: list[Shape]) -> Shape | Clash:
    fn, arguments = term.args[0], shapes[1:]
    slots: list[int] = []
    while fn.kind == "prime":
        slots.append(fn.data)
        fn = fn.args[0]
    if fn.kind != "function":
        return _together(term, arguments)
    signature = fn.data
    if signature.inputs:
        for got, expected in zip(arguments, signature.inputs, strict=False):
            if got != expected:
                return Clash(term, got, expected)
        found: Shape = signature.output
        for slot in reversed(slots):
            found = found + signature.inputs[slot - 1]
        return found
    how = WHOLE.get(signature.means or signature.name.base) if signature.known else None
    if how == "scalar" or (how == "many" and len(arguments) == 1):
        return ()
    if how == "vec":
        rows, columns = rows_and_columns(arguments[0])
        return (_times(rows, columns),)
    return _together(term, arguments)


def _power(term: Term, shapes: list[Shape]) -> Shape | Clash:
    return _together(term, shapes)


def _entry(term: Term, shapes: list[Shape]) -> Shape | Clash:
    return shapes[0][len(term.args) - 1 :]


def _square(term: Term, shapes: list[Shape]) -> Shape | Clash:
    rows, columns = rows_and_columns(shapes[0])
    return shapes[0] if rows is columns else Clash(term, shapes[0], (columns, rows))


def _trace(term: Term, shapes: list[Shape]) -> Shape | Clash:
    found = _square(term, shapes)
    return found if isinstance(found, Clash) else ()


def _transpose(term: Term, shapes: list[Shape]) -> Shape:
    rows, columns = rows_and_columns(shapes[0])
    return plain(columns, rows)


def _kron(term: Term, shapes: list[Shape]) -> Shape:
    if not any(shapes):
        return ()
    (a, b), (c, d) = rows_and_columns(shapes[0]), rows_and_columns(shapes[1])
    return plain(_times(a, c), _times(b, d))


def _times(a: Term, b: Term) -> Term:
    """The product of two sizes in one form, whatever the order: `q·m` is `m·q`, and numbers are multiplied out."""
    factors = [part for size in (a, b) for part in (size.args if size.kind == "product" else (size,))]
    number = prod(part.data[0] for part in factors if part.kind == "number")
    letters = sorted((part for part in factors if part.kind != "number"), key=str)
    parts = ([make("number", (number, None), ())] if number != 1 or not letters else []) + letters
    return make("product", None, tuple(parts)) if len(parts) > 1 else parts[0]


def _partial(term: Term, shapes: list[Shape]) -> Shape:
    return shapes[0] + shapes[1]


def _literal(term: Term, shapes: list[Shape]) -> Shape:
    rows, columns = (make("number", (count, None), ()) for count in term.data)
    return plain(rows, columns)


_RULES: dict[str, Callable[[Term, list[Shape]], Shape | Clash]] = {
    "name": lambda term, _: term.data.shape,
    "sum": _together,
    "minus": _together,
    "hadamard": _together,
    "fraction": _together,
    "power": _power,
    "root": _together,
    "product": _product,
    "apply": _apply,
    "entry": _entry,
    "stack": lambda term, _: term.args[2::2],
    "bigsum": lambda _, shapes: shapes[0],
    "bigproduct": lambda _, shapes: shapes[0],
    "integral": lambda _, shapes: shapes[0],
    "limit": lambda _, shapes: shapes[0],
    "expectation": lambda _, shapes: shapes[0],
    "transpose": _transpose,
    "inverse": _square,
    "trace": _trace,
    "det": _trace,
    "diag": lambda _, shapes: (shapes[0][0], shapes[0][0]) if shapes[0] else (),
    "diagonal": lambda _, shapes: shapes[0][:1],
    "identity": lambda term, _: (term.args[0], term.args[0]),
    "ones": lambda term, _: plain(*rows_and_columns(term.args)),
    "zeros": lambda term, _: plain(*rows_and_columns(term.args)),
    "kron": _kron,
    "literal": _literal,
    "partial": _partial,
    "differential": lambda _, shapes: shapes[0],
    "named": lambda _, shapes: shapes[0],
    "cases": _together,
    "relation": _together,
    "at": lambda _, shapes: shapes[0],
    "letter": lambda term, _: term.data.shape,
}
