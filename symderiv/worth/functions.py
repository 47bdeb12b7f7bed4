"""The functions everybody knows by name, in balls and in truncated power series alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from flint import arb, arb_series

from symderiv.worth.arrays import (
    NAN,
    NOUGHT,
    UNIT,
    Array,
    NoValue,
    Number,
    Value,
    divide,
    head,
    plain,
    rows_columns,
    total,
    transpose,
    whole,
)

HALF = arb(0.5)
#: Whole exponents over this are raised to like any other number.
LARGEST = 10**6


def negative(x: Number) -> bool | None:
    """Whether a number is below zero; None where it may be zero and moves, or where the ball does not tell."""
    middle = head(x)
    if middle < 0:
        return True
    if middle > 0 or (type(x) is arb and middle == 0):
        return False
    return None


def _abs(x: Number) -> Number:
    below = negative(x)
    return NAN if below is None else -x if below else x


def _sign(x: Number) -> Number:
    below = negative(x)
    if below is None:
        return NAN
    return -UNIT if below else NOUGHT if head(x) == 0 else UNIT


def _relu(x: Number) -> Number:
    below = negative(x)
    return NAN if below is None else NOUGHT if below else x


def _floor(x: Number) -> Number:
    """The whole part; not a number where a ball does not tell it."""
    below = head(x).floor()
    return below if below.is_integer() and (type(x) is arb or not head(x).is_integer()) else NAN


def _ceil(x: Number) -> Number:
    return -_floor(-x)


def _larger(x: Number, y: Number) -> Number:
    below = negative(x - y)
    return NAN if below is None else y if below else x


def _smaller(x: Number, y: Number) -> Number:
    below = negative(x - y)
    return NAN if below is None else x if below else y


def invert(x: Number) -> Number:
    """1/x."""
    return divide(UNIT, x)


def sqrt(x: Number) -> Number:
    """The root of a number that is not negative; at zero only where nothing moves."""
    return x.sqrt() if type(x) is arb or head(x) > 0 else NAN


def _cosh(x: Number) -> Number:
    e = x.exp()
    return (e + invert(e)) * HALF


def _sinh(x: Number) -> Number:
    e = x.exp()
    return (e - invert(e)) * HALF


def _tanh(x: Number) -> Number:
    e = (x * 2).exp()
    return divide(e - 1, e + 1)


def _arcosh(x: Number) -> Number:
    return (x + sqrt(x - 1) * sqrt(x + 1)).log()


def _acos(x: Number) -> Number:
    return x.acos() if abs(head(x)) < 1 or (type(x) is arb and abs(x) <= 1) else NAN


def _asin(x: Number) -> Number:
    return x.asin() if abs(head(x)) < 1 or (type(x) is arb and abs(x) <= 1) else NAN


def _digamma(x: Number) -> Number:
    """ψ of a ball; of a series by ψ = Γ'/Γ expanded at its constant part and composed with the rest."""
    if type(x) is arb:
        return x.digamma()
    length = x.prec
    local = arb_series([x[0], 1], prec=length + 1).gamma()
    if not abs(local[0]) > 0:
        return NAN
    psi = (local.derivative() / local).coeffs()
    step, result = x - x[0], arb_series([psi[-1]], prec=length)
    for coefficient in reversed(psi[:-1]):
        result = result * step + coefficient
    return result


def gamma(x: Number) -> Number:
    """Γ, not a number at its poles."""
    return x.gamma()


#: Functions of one number, by name.
ENTRYWISE: dict[str, Callable[[Number], Number]] = {
    "exp": lambda x: x.exp(),
    "log": lambda x: x.log(),
    "ln": lambda x: x.log(),
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "tan": lambda x: divide(x.sin(), x.cos()),
    "cot": lambda x: divide(x.cos(), x.sin()),
    "sec": lambda x: invert(x.cos()),
    "csc": lambda x: invert(x.sin()),
    "arcsin": _asin,
    "arccos": _acos,
    "arctan": lambda x: x.atan(),
    "arccot": lambda x: arb.pi() * HALF - x.atan(),
    "arcsec": lambda x: _acos(invert(x)),
    "arccsc": lambda x: _asin(invert(x)),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "coth": lambda x: invert(_tanh(x)),
    "sech": lambda x: invert(_cosh(x)),
    "csch": lambda x: invert(_sinh(x)),
    "arsinh": lambda x: (x + (x * x + 1).sqrt()).log(),
    "arcosh": _arcosh,
    "artanh": lambda x: divide(x + 1, 1 - x).log() * HALF,
    "abs": _abs,
    "sign": _sign,
    "erf": lambda x: x.erf(),
    "Gamma": gamma,
    "factorial": lambda x: gamma(x + 1),
    "digamma": _digamma,
    "sigma": lambda x: invert((-x).exp() + 1),
    "relu": _relu,
    "floor": _floor,
    "ceil": _ceil,
    "softplus": lambda x: (x.exp() + 1).log(),
}


def _vector(value: Value) -> Array:
    if type(value) is Array and 1 in rows_columns(value):
        return value
    raise NoValue("vector")


def _softmax(value: Value) -> Value:
    found = _vector(value)
    powers = [cell.exp() for cell in found.cells]
    below = total(powers)
    return Array(found.shape, [divide(top, below) for top in powers])


def _logsumexp(value: Value) -> Number:
    return total([cell.exp() for cell in _vector(value).cells]).log()


def _logsoftmax(value: Value) -> Value:
    below = _logsumexp(value)
    return Array(value.shape, [cell - below for cell in value.cells])


def _vec(value: Value) -> Value:
    turned = transpose(value)
    return plain(len(turned.cells), 1, turned.cells) if type(turned) is Array else turned


#: Functions of a whole array.
WHOLE: dict[str, Callable[[Value], Value]] = {
    "softmax": _softmax,
    "logsoftmax": _logsoftmax,
    "logsumexp": _logsumexp,
    "vec": _vec,
    "max": lambda value: reduce(_larger, value.cells) if type(value) is Array else value,
    "min": lambda value: reduce(_smaller, value.cells) if type(value) is Array else value,
}

#: Functions of several numbers.
SEVERAL: dict[str, Callable[[Number, Number], Number]] = {"max": _larger, "min": _smaller}


def whole_power(base: Number, times: int) -> Number:
    """A natural power; of a ball over zero too, where flint's own power does not tell."""
    if times == 2:
        return base * base
    found = base**times
    if type(base) is arb and not found.is_finite() and base.is_finite():
        found = UNIT
        for digit in bin(times)[2:]:
            found = found * found * base if digit == "1" else found * found
    return found


def raise_to(base: Number, exponent: Number) -> Number:
    """A power of numbers: with a whole exponent for every base, else for positive ones only."""
    middle = head(base)
    if type(exponent) is arb and exponent.is_integer() and abs(exponent) < LARGEST:
        times = whole(exponent)
        return whole_power(base, times) if times >= 0 else invert(whole_power(base, -times))
    if middle > 0:
        return base**exponent
    return NOUGHT if type(base) is arb and base == 0 and exponent > 0 else NAN


def degree_root(base: Number, degree: Number) -> Number:
    """A root: the real one of a negative number where the degree is odd."""
    if type(degree) is arb and degree.is_integer() and abs(degree) < LARGEST and whole(degree) % 2 and head(base) < 0:
        return -((-base) ** invert(degree))
    return raise_to(base, invert(degree))
