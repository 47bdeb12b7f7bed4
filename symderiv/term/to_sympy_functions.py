"""Functions on their way to SymPy: known ones by a table, unknown ones as undefined functions with their derivatives."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from symderiv.term import author
from symderiv.term.kinds import Term
from symderiv.term.shapes import shape
from symderiv.term.sympy_functions import FUNCTIONS
from symderiv.term.sympy_library import library
from symderiv.term.sympy_names import text_of
from symderiv.term.to_sympy import Writing, is_array, unwritable


@lru_cache(maxsize=1)
def _table() -> dict[str, Callable[..., Any]]:
    """The SymPy function behind each known name."""
    sympy = library()
    found = {ours: getattr(author if theirs in author.NAMES else sympy, theirs) for theirs, ours in FUNCTIONS.items()}
    found |= {"exp": sympy.exp, "ln": sympy.log, "max": sympy.Max, "min": sympy.Min}
    found["arccot"] = lambda x: sympy.acot(x) if x.is_positive else sympy.pi / 2 - sympy.atan(x)
    return found


def _logsoftmax(x: Any) -> Any:
    return x - author.logsumexp(x) * library().OneMatrix(*x.shape)


#: Functions of a whole vector.
_WHOLE: dict[str, Callable[[Any], Any]] = {
    "softmax": lambda x: author.softmax(x),
    "logsumexp": lambda x: author.logsumexp(x),
    "logsoftmax": _logsoftmax,
}


def applied(writing: Writing, term: Term, args: list[Any]) -> Any:
    """A function at its arguments; one of numbers is carried out on each entry of an array."""
    fn, arguments = term.args[0], term.args[1:]
    slots: list[int] = []
    while fn.kind == "prime":
        slots.append(fn.data - 1)
        fn = fn.args[0]
    if fn.kind != "function":
        raise unwritable(term, "what is applied is no function")
    signature = fn.data
    which = signature.means or signature.name.base
    if signature.known and which in _WHOLE and not slots and len(arguments) == 1:
        return _WHOLE[which](args[1])
    if signature.inputs:
        return _of_arrays(writing, term, args[1:], slots)
    act = _act(writing, fn, which, term)
    return _entry_by_entry(writing, term, args[1:], lambda *values: _derived(writing, act, list(values), slots))


def _act(writing: Writing, fn: Term, which: str, term: Term) -> Any:
    """The SymPy function of numbers that a function is."""
    sympy = library()
    if fn.args:
        below = writing(fn.args[0])
        return lambda x: sympy.besselj(below, x) if which == "besselj" else sympy.log(x, below)
    if fn.data.known:
        if which not in _table() or (which in ("max", "min") and len(term.args) == 2):
            raise unwritable(term, f"SymPy has no function {which} of this argument")
        return _table()[which]
    return writing.names.get(fn) or sympy.Function(text_of(fn.data.name))


def _entry_by_entry(writing: Writing, term: Term, args: list[Any], act: Callable[..., Any]) -> Any:
    arguments = term.args[1:]
    arrays = [argument for argument in arguments if is_array(argument)]
    if not arrays:
        return act(*args)
    if len(arguments) == 1:
        return writing.each(act, args[0])
    pairs = list(zip(arguments, args, strict=True))
    return writing.entries(term, lambda *p: act(*(writing.cell(t, p) if is_array(t) else arg for t, arg in pairs)))


def _derived(writing: Writing, act: Callable[..., Any], values: list[Any], slots: list[int]) -> Any:
    """The function, or its derivative in some slots, at values: `Derivative` in a symbol, `Subs` at anything else."""
    if not slots:
        return act(*values)
    sympy = library()
    inner, replaced = list(values), dict[Any, Any]()
    for slot in dict.fromkeys(slots):
        value = values[slot]
        others = [other for place, other in enumerate(values) if place != slot]
        if not value.is_Symbol or any(other.has(value) for other in others):
            inner[slot] = writing.dummy("xi")
            replaced[inner[slot]] = value
    called = act(*inner)
    if not isinstance(called, sympy.core.function.AppliedUndef):
        for slot in slots:
            called = called.diff(inner[slot])
        return called.xreplace(replaced)
    derivative = sympy.Derivative(called, *(inner[slot] for slot in slots))
    return sympy.Subs(derivative, tuple(replaced), tuple(replaced.values())) if replaced else derivative


def _of_arrays(writing: Writing, term: Term, args: list[Any], slots: list[int]) -> Any:
    """An unknown function of arrays with a number as its value, and its gradient at an array that has a name."""
    sympy = library()
    fn, arguments = term.args[0], term.args[1:]
    while fn.kind == "prime":
        fn = fn.args[0]
    if fn.data.output or len(slots) > 1:
        raise unwritable(term, "an unknown function whose value is an array")
    act = writing.names.get(fn) or sympy.Function(text_of(fn.data.name))
    if not slots:
        return act(*args)
    at = arguments[slots[0]]
    if at.kind == "named":
        point = sympy.MatrixSymbol(text_of(at.data), *writing.size(at))
    elif at.kind == "name" and getattr(args[slots[0]], "is_symbol", False):
        point = args[slots[0]]
    else:
        raise unwritable(term, "the gradient of an unknown function at an array without a name")
    if shape(at) == ():
        return sympy.Derivative(act(*args), point)
    called = act(*args[: slots[0]], point, *args[slots[0] + 1 :])
    return writing.entries(at, lambda *p: sympy.Derivative(called, point[(*(q - 1 for q in p), 0)[:2]]))
