"""What each kind of term is worth, one line or a few for each: the referee that knows no rule of differentiation."""

from __future__ import annotations

from collections.abc import Callable
from operator import add, neg

from flint import arb, fmpq

from symderiv.term.build import E as EULER
from symderiv.term.kinds import Term
from symderiv.worth import arrays
from symderiv.worth.arrays import NAN, UNIT, Array, NoValue, Number, Value, count, divide, each, head, matmul
from symderiv.worth.evaluate_arrays import ARRAYS, squared_norm
from symderiv.worth.evaluate_functions import FUNCTIONS
from symderiv.worth.expectations import expectation
from symderiv.worth.functions import degree_root, raise_to, sqrt, whole_power
from symderiv.worth.integrals import integral
from symderiv.worth.limits import limit
from symderiv.worth.setting import EVALUATE, Setting


def _number(setting: Setting, term: Term) -> Number:
    value = term.data[0]
    return arb(value) if isinstance(value, int) else arb(fmpq(value.numerator, value.denominator))


def _constant(setting: Setting, term: Term) -> Number:
    if term.data == "e":
        return UNIT.exp()
    if term.data == "pi":
        return arb.pi()
    raise NoValue("no-value", term)


def _index(setting: Setting, term: Term) -> Number:
    if term not in setting.indices:
        raise NoValue("no-range", term)
    return arb(setting.indices[term])


def _name(setting: Setting, term: Term) -> Value:
    return setting.letter(term)


def _named(setting: Setting, term: Term) -> Value:
    return setting.letter(term) if term in setting.moved else setting.of(term.args[0])


def _sum(setting: Setting, term: Term) -> Value:
    args = term.args
    value = setting.of(args[0])
    for arg in args[1:]:
        other = setting.of(arg)
        if type(value) is Array or type(other) is Array:
            value = each(add, value, other)
        else:
            value = other + value if type(value) is arb else value + other
    return value


def times(value: Value, other: Value) -> Value:
    if type(value) is Array:
        return matmul(value, other) if type(other) is Array else Array(value.shape, [cell * other for cell in value.cells])
    if type(other) is Array:
        return Array(other.shape, [cell * value for cell in other.cells])
    return other * value if type(value) is arb else value * other


def _product(setting: Setting, term: Term) -> Value:
    args = term.args
    value = setting.of(args[0])
    for arg in args[1:]:
        value = times(value, setting.of(arg))
    return value


def _minus(setting: Setting, term: Term) -> Value:
    value = setting.of(term.args[0])
    return each(neg, value) if type(value) is Array else -value


def _fraction(setting: Setting, term: Term) -> Value:
    top, bottom = setting.of(term.args[0]), setting.of(term.args[1])
    if type(top) is Array or type(bottom) is Array:
        return each(divide, top, bottom)
    return divide(top, bottom)


def _power(setting: Setting, term: Term) -> Value:
    base, exponent = term.args
    if base is EULER:
        raised = setting.of(exponent)
        return each(lambda x: x.exp(), raised) if type(raised) is Array else raised.exp()
    if base.kind == "norm" and exponent.kind == "number" and exponent.data[0] % 2 == 0:
        square = squared_norm(setting, base)
        if square is not None:
            return whole_power(square, int(exponent.data[0]) // 2)
    value = setting.of(base)
    if type(value) is Array:
        if len(value.shape) == 2 and value.shape[0] == value.shape[1]:
            return _matrix_power(value, setting.integer(exponent))
        return each(raise_to, value, setting.of(exponent))
    if exponent.kind == "number" and exponent.data[0].denominator == 1:
        return whole_power(value, int(exponent.data[0]))
    return each(raise_to, value, setting.of(exponent))


def _matrix_power(value: Array, exponent: int) -> Value:
    if exponent < 0:
        return _matrix_power(arrays.inverse(value), -exponent)
    result, square = arrays.identity(value.shape[0]), value
    while exponent:
        result = matmul(result, square) if exponent % 2 else result
        exponent //= 2
        square = matmul(square, square) if exponent else square
    return result


def _root(setting: Setting, term: Term) -> Value:
    radicand, degree = setting.of(term.args[0]), term.args[1]
    if degree.kind == "number" and degree.data[0] == 2:
        return each(sqrt, radicand)
    return each(degree_root, radicand, setting.of(degree))


def _tuple(setting: Setting, term: Term) -> Value:
    cells: list[Number] = []
    for arg in term.args:
        value = setting.of(arg)
        cells.extend(value.cells if type(value) is Array else [value])
    return Array((len(cells),), cells)


def _at(setting: Setting, term: Term) -> Value:
    body, *pairs = term.args
    letters, values = tuple(pairs[::2]), tuple(pairs[1::2])
    now = tuple(sorted(setting.indices.items(), key=repr))
    return setting.at((*setting.steps, (letters, values, now)), setting.length).of(body)


def _cases(setting: Setting, term: Term) -> Value:
    """The first value whose condition holds; where conditions are about arrays, at each entry."""
    args = term.args
    shaped = [value for condition in args[1::2] for value in map(setting.of, condition.args) if type(value) is Array]
    if shaped:
        return _cases_by_entry(setting, term, shaped[0].shape)
    for place in range(0, len(args) - 1, 2):
        truth = holds(setting, args[place + 1])
        if truth is None:
            return NAN
        if truth:
            return setting.of(args[place])
    return setting.of(args[-1]) if len(args) % 2 else NAN


def _cases_by_entry(setting: Setting, term: Term, shape: tuple[int, ...]) -> Array:
    args, size = term.args, count(shape)
    values = [_cells(setting.of(value), size) for value in args[::2]]
    truths = [_truths(setting, condition, size) for condition in args[1::2]]
    cells: list[Number] = []
    for place in range(size):
        said = [truth[place] for truth in truths]
        first = next((number for number, truth in enumerate(said) if truth is not False), len(said))
        known = first < len(values) and (first == len(said) or said[first] is True)
        cells.append(values[first][place] if known else NAN)
    return Array(shape, cells)


def _cells(value: Value, size: int) -> list[Number]:
    return value.cells if type(value) is Array else [value] * size


def _truths(setting: Setting, condition: Term, size: int) -> list[bool | None]:
    """Whether a relation holds at each entry."""
    sides = [_cells(setting.of(side), size) for side in condition.args]
    found: list[bool | None] = []
    for numbers in zip(*sides, strict=True):
        pairs = zip(condition.data, numbers, numbers[1:], strict=False)
        said = [_compared(op, _difference(left, right)) for op, left, right in pairs]
        found.append(False if False in said else None if None in said else True)
    return found


_COMPARED: dict[str, Callable[[bool, bool], bool]] = {
    "=": lambda below, equal: equal,
    "≠": lambda below, equal: not equal,
    "<": lambda below, equal: below and not equal,
    ">": lambda below, equal: not below and not equal,
    "≤": lambda below, equal: below or equal,
    "≥": lambda below, equal: not below,
}


def holds(setting: Setting, condition: Term) -> bool | None:
    """Whether a relation holds in a setting, entry by entry; None where the balls do not tell or something moves there."""
    if condition.kind != "relation" or any(op not in _COMPARED for op in condition.data):
        raise NoValue("no-value", condition)
    sides = [setting.of(side) for side in condition.args]
    for op, left, right in zip(condition.data, sides, sides[1:], strict=False):
        difference = each(_difference, left, right)
        for number in difference.cells if type(difference) is Array else [difference]:
            truth = _compared(op, number)
            if not truth:
                return truth
    return True


def _difference(left: Number, right: Number) -> Number:
    """The difference of two numbers, which is exactly zero where both are one and the same: an entry and the maximum."""
    return arb(0) if left is right and head(left).is_finite() else left - right


def _compared(op: str, difference: Number) -> bool | None:
    middle = head(difference)
    if not middle.is_finite():
        return None
    if middle < 0 or middle > 0:
        return _COMPARED[op](bool(middle < 0), False)
    if type(difference) is arb and middle == 0:
        return _COMPARED[op](False, True)
    return None


EVALUATE.update(
    {
        **ARRAYS,
        **FUNCTIONS,
        "integral": integral,
        "limit": limit,
        "expectation": expectation,
        "number": _number,
        "constant": _constant,
        "index": _index,
        "name": _name,
        "named": _named,
        "sum": _sum,
        "product": _product,
        "minus": _minus,
        "fraction": _fraction,
        "power": _power,
        "root": _root,
        "cases": _cases,
        "at": _at,
        "tuple": _tuple,
    }
)
