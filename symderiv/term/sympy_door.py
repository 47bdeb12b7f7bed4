"""The door to SymPy: problems come in as SymPy expressions and results go out as such; no string passes it.

SymPy is imported only when an expression goes out; one that comes in has brought it along.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symderiv.errors import SymderivError
from symderiv.term import sympy_scalars
from symderiv.term.from_sympy import Facts, Reading, Symbols
from symderiv.term.kinds import Term

_READERS = {**sympy_scalars.READERS}


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


def _read(expr: Any, names: Mapping[Any, Term] | None) -> tuple[Term, Symbols]:
    if not hasattr(expr, "args"):
        raise SymderivError("unsupported", f"expected a SymPy expression, got {type(expr).__name__}")
    reading = Reading(_READERS, Facts(), names or {})
    try:
        return reading(expr), reading.symbols
    except RecursionError:
        raise SymderivError("unsupported", "the SymPy expression is nested too deeply to be read") from None
