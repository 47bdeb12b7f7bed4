"""SymPy's functions and their derivatives, and the terms that they are."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from symderiv.term.build import E, apply, at, bessel, function, integral, name, partial, power, prime
from symderiv.term.from_sympy import Reader, Reading, unsupported
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import fresh_letter, substitute
from symderiv.term.shapes import axes_of, shape
from symderiv.term.sympy_library import library
from symderiv.term.sympy_names import name_of

#: SymPy's class and our name of the function.
FUNCTIONS = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc",
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asec": "arcsec", "acsc": "arccsc",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "coth": "coth", "sech": "sech", "csch": "csch",
    "asinh": "arsinh", "acosh": "arcosh", "atanh": "artanh", "acoth": "arcoth", "asech": "arsech", "acsch": "arcsch",
    "erfc": "erfc", "Heaviside": "heaviside", "LambertW": "lambertw",
    "log": "log", "Abs": "abs", "sign": "sign", "erf": "erf", "floor": "floor", "ceiling": "ceil",
    "gamma": "Gamma", "digamma": "digamma",
    "sigmoid": "sigma", "softplus": "softplus", "relu": "relu",
}  # fmt: skip


def known(which: str) -> Term:
    """A function of the table of known ones."""
    return function(which, known=True)


def _known(which: str) -> Reader:
    fn = known(which)

    def read(reading: Reading, expr: Any) -> Term:
        return apply(fn, argument(reading, expr))

    return read


def argument(reading: Reading, expr: Any) -> Term:
    """What a scalar function is applied to; a matrix is refused, since entry by entry is not what SymPy means."""
    inner = expr.args[0]
    term = reading(inner)
    if inner.is_Matrix and shape(term) != ():
        raise unsupported(expr, "a function of a matrix: entry by entry it is written `.applyfunc(…)`")
    return term


def _exp(reading: Reading, expr: Any) -> Term:
    return power(E, argument(reading, expr))


def _acot(reading: Reading, expr: Any) -> Term:
    """SymPy's acot is odd; the one of textbooks has values in (0, π). They agree where the argument is positive."""
    inner = expr.args[0]
    return apply(known("arccot"), reading(inner)) if inner.is_positive else apply(known("arctan"), reading(1 / inner))


def _many(which: str) -> Reader:
    fn = known(which)

    def read(reading: Reading, expr: Any) -> Term:
        return apply(fn, *reading.order.factors([reading(arg) for arg in expr.args]))

    return read


def _polygamma(reading: Reading, expr: Any) -> Term:
    order, argument = expr.args
    if not order.is_Integer or order < 0:
        raise unsupported(expr, "of the polygamma functions digamma and its derivatives are known")
    fn = known("digamma")
    for _ in range(int(order)):
        fn = prime(fn)
    return apply(fn, reading(argument))


def _besselj(reading: Reading, expr: Any) -> Term:
    order, argument = expr.args
    return apply(bessel(reading(order)), reading(argument))


def _principal(reading: Reading, expr: Any) -> Term:
    if len(expr.args) == 2 and expr.args[1] != 0:
        raise unsupported(expr, "of Lambert's function only the principal branch is known")
    return apply(known("lambertw"), argument(reading, expr))


def _step(reading: Reading, expr: Any) -> Term:
    if expr.args[1:] not in ((), (library().Rational(1, 2),)):
        raise unsupported(expr, "the unit step has no value of its own at zero here")
    return apply(known("heaviside"), argument(reading, expr))


def _undefined(reading: Reading, expr: Any) -> Term:
    arguments = [reading(arg) for arg in expr.args]
    return apply(_function(reading, expr.func, arguments), *arguments)


def _function(reading: Reading, fn: Any, arguments: list[Term]) -> Term:
    written = name_of(fn.__name__)
    inputs = tuple(axes_of(argument) for argument in arguments)
    if not any(inputs):
        return reading.owned(function(written), fn)
    return reading.owned(function(written, inputs=inputs), fn)


def _derivative(reading: Reading, expr: Any) -> Term:
    body, changes = expr.args[0], expr.args[1:]
    term = reading(body)
    style = "d" if len(body.free_symbols) == 1 else "∂"
    for variable, count in changes:
        if not count.is_Integer:
            raise unsupported(expr, "the order of a derivative must be a number")
        for _ in range(int(count)):
            term = _derived(reading, expr, term, reading(variable), style)
    return term


def _derived(reading: Reading, expr: Any, body: Term, variable: Term, style: Any) -> Term:
    """One derivative: `f'(x)` of an unknown function in its own argument, else left to be carried out."""
    if body.kind == "apply" and _only_argument(body, variable):
        fn, arguments = body.args[0], body.args[1:]
        return apply(prime(fn, arguments.index(variable) + 1), *arguments)
    if variable.kind not in ("name", "named", "entry"):
        raise unsupported(expr, "a derivative is taken by a symbol or an entry of an array")
    return partial(body, variable, style)


def _only_argument(call: Term, variable: Term) -> bool:
    """Whether an unknown function has the variable as one argument, and the variable stands nowhere else in the call."""
    fn, arguments = call.args[0], call.args[1:]
    while fn.kind == "prime":
        fn = fn.args[0]
    others = [arg for arg in arguments if arg is not variable]
    return (
        not fn.data.known and len(others) == len(arguments) - 1 and not any(variable in subterms(other) for other in others)
    )


def _replaced(reading: Reading, expr: Any) -> Term:
    body, names, values = expr.args
    points = [reading(value) for value in values]
    stands = [name(f"#{slot}") for slot in range(len(points))]
    with ExitStack() as scope:
        for old, stand in zip(names, stands, strict=True):
            scope.enter_context(reading.binding(old, stand))
        inner = reading(body)
    if not inner.moves:
        return substitute(inner, dict(zip(stands, points, strict=True)))
    inner, olds = reading(body), [reading(old) for old in names]
    return at(inner, *(term for pair in zip(olds, points, strict=True) for term in pair))


def _integral(reading: Reading, expr: Any) -> Term:
    """The last limit is the outermost integral; the limits of an inner one may hold an outer letter."""
    return _over(reading, expr, expr.args[0], expr.args[1:])


def _over(reading: Reading, expr: Any, body: Any, limits: Any) -> Term:
    if not limits:
        return reading(body)
    *inner, (symbol, *ends) = limits
    if len(ends) != 2:
        raise unsupported(expr, "an integral needs both of its limits")
    low, high = map(reading, ends)
    letter, taken = name(name_of(symbol.name)), {name(name_of(other.name)) for other in body.free_symbols - {symbol}}
    letter = fresh_letter(letter, taken) if letter in taken else letter
    with reading.binding(symbol, letter):
        return integral(_over(reading, expr, body, inner), letter, low, high)


READERS: dict[str, Reader] = {
    "Integral": _integral,
    "exp": _exp,
    "acot": _acot,
    "Max": _many("max"),
    "Min": _many("min"),
    "polygamma": _polygamma,
    "besselj": _besselj,
    "AppliedUndef": _undefined,
    "Derivative": _derivative,
    "Subs": _replaced,
    **{cls: _known(which) for cls, which in FUNCTIONS.items()},
    "LambertW": _principal,
    "Heaviside": _step,
}
