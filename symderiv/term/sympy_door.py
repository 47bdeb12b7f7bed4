"""The door to SymPy: problems come in as SymPy expressions and results go out as such; no string passes it.

SymPy is imported only when an expression goes out; one that comes in has brought it along.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symderiv.errors import SymderivError
from symderiv.term import sympy_arrays, sympy_functions, sympy_scalars
from symderiv.term.build import ZERO, entry, index, relation
from symderiv.term.from_sympy import Reading, Symbols
from symderiv.term.kinds import Term
from symderiv.term.sympy_survey import survey
from symderiv.term.to_sympy import Writing
from symderiv.term.to_sympy_functions import applied
from symderiv.term.to_sympy_kinds import WRITERS

_READERS = {**sympy_scalars.READERS, **sympy_functions.READERS, **sympy_arrays.READERS}
_WRITERS = {**WRITERS, "apply": applied}


def from_sympy(expr: Any, names: Mapping[Any, Term] | None = None) -> Term:
    """The Term of a SymPy expression, in the order in which a person would write it.

    `names` says what a symbol (or another part) of the expression stands for, where that is not a name of its own.
    Raises SymderivError (`unsupported`, `ambiguous-name`, `unknown-name`) and names the part.

    >>> import sympy
    >>> x = sympy.Symbol("x")
    >>> from_sympy(x * sympy.exp(-x) / 2)
    fraction(product(x, power(e, minus(x))), 2)
    """
    return _read(expr, names)[0]


def from_sympy_with_names(expr: Any, names: Mapping[Any, Term] | None = None) -> tuple[Term, Symbols]:
    """The Term, and which SymPy symbol each of its names is: with it `to_sympy` gives the author's own symbols back."""
    return _read(expr, names)


def to_sympy(term: Term, names: Mapping[Term, Any] | None = None) -> Any:
    """The SymPy expression of the same value: a scalar as Expr, a vector (n x 1) or matrix as MatrixExpr.

    `names` says what names are in SymPy, as `from_sympy_with_names` returns it; other names become plain symbols. An array
    that has no SymPy class of its own is a `FunctionMatrix` of its entries, a 1 x 1 product of matrices a `Trace`. Roots are
    SymPy's powers, not real below zero. A named part stands for its definition. Raises SymderivError `unsupported`.

    >>> from symderiv.term.build import E, minus, mul, name
    >>> to_sympy(mul(name("x"), E ** minus(name("x"))))
    x*exp(-x)
    """
    return Writing(_WRITERS, names or {}, names.start if isinstance(names, Symbols) else 1)(term)


def given_of(expr: Any, names: Mapping[Any, Term] | None = None) -> tuple[Term, ...]:
    """What the assumptions of the symbols in an expression say: `x > 0`, `y ≥ 0`, `z ≠ 0`; of an array, of each entry.

    That a symbol is an integer is in its name (`domain`); a symbol without assumptions is a real number.

    >>> import sympy
    >>> given_of(sympy.log(sympy.Symbol("x", positive=True)))
    (relation(('>',), x, 0),)
    """
    symbols = _read(expr, names)[1]
    conditions: list[Term] = []
    for term, symbol in symbols.items():
        sign = next((sign for fact, sign in _ASSUMED if getattr(symbol, fact, None)), None)
        if sign and term.kind == "name" and term.data.domain != "natural":
            conditions.append(relation(sign, _each(term), ZERO))
    return tuple(conditions)


#: SymPy's assumptions, the strongest first, and the sign between a quantity and zero.
_ASSUMED = (
    ("is_positive", ">"),
    ("is_negative", "<"),
    ("is_nonnegative", "≥"),
    ("is_nonpositive", "≤"),
    ("is_nonzero", "≠"),
)


def _each(term: Term) -> Term:
    letters = [index(letter) for letter in "ij"[: len(term.data.shape)]]
    return entry(term, *letters) if letters else term


def _read(expr: Any, names: Mapping[Any, Term] | None) -> tuple[Term, Symbols]:
    if hasattr(expr, "as_immutable"):
        expr = expr.as_immutable()
    if not hasattr(expr, "args"):
        raise SymderivError("unsupported", f"expected a SymPy expression, got {type(expr).__name__}")
    try:
        reading = Reading(_READERS, survey(expr), names or {})
        return reading(expr), reading.symbols
    except RecursionError:
        raise SymderivError("unsupported", "the SymPy expression is nested too deeply to be read") from None
