"""An expectation is linear: members made of expectations are equal where what stands in them is."""

from __future__ import annotations

from symderiv.reading.names import EXPECTATIONS
from symderiv.reading.opaque import OPAQUE
from symderiv.term.build import add, fraction, minus, mul
from symderiv.term.kinds import Term, make


def inside(term: Term) -> Term | None:
    """The term of which a member is the expectation: sums and numbers go into it; None where the member is something else.

    >>> from symderiv.reading.opaque import opaque
    >>> from symderiv.term.build import name
    >>> inside(opaque("E", name("x")) - 2 * opaque("E", name("y")))
    sum(x, minus(product(2, y)))
    """
    parts = [inside(arg) for arg in term.args] if term.kind in ("sum", "minus") else []
    if None in parts:
        return None
    match term.kind:
        case "apply":
            return term.args[1] if _is_expectation(term.args[0]) and len(term.args) == 2 else None
        case "sum":
            return add(*[part for part in parts if part is not None])
        case "minus":
            return None if parts[0] is None else minus(parts[0])
        case "bigsum":
            body = inside(term.args[0])
            return None if body is None else make("bigsum", term.data, (body, *term.args[1:]))
        case "product":
            *factors, last = term.args
            body = inside(last)
            return mul(*factors, body) if body is not None and all(one.kind == "number" for one in factors) else None
        case "fraction":
            body = inside(term.args[0])
            return None if body is None or term.args[1].kind != "number" else fraction(body, term.args[1])
    return None


def _is_expectation(fn: Term) -> bool:
    return fn.kind == "function" and bool(fn.data.means == OPAQUE) and fn.data.name.latex in EXPECTATIONS
