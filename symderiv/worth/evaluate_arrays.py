"""What arrays, entries, sums over letters and derivatives by entries are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product as combinations
from operator import add, mul

from symderiv.term.kinds import Term
from symderiv.worth import arrays
from symderiv.worth.arrays import NOUGHT, UNIT, Array, NoValue, Number, Value, each, plain
from symderiv.worth.functions import ENTRYWISE, WHOLE, sqrt
from symderiv.worth.setting import EVERY, LONGEST, Setting


def beside(parts: list[Value], sizes: tuple[int, ...]) -> Array:
    """Derivatives by each entry of an array put together: the shape of the body, then that of the variable."""
    if type(parts[0]) is not Array:
        return Array(sizes, parts)
    rows = zip(*[part.cells for part in parts], strict=True)
    return Array(parts[0].shape + sizes, [cell for row in rows for cell in row])


def _partial(setting: Setting, term: Term) -> Value:
    body, variable = term.args
    if variable.kind != "entry":
        whole = setting.of(variable)
        if type(whole) is not Array:
            return setting.derivative(body, variable, 0)
        entries = setting.entries(len(whole.cells), variable)
        return beside([setting.derivative(body, variable, flat) for flat in entries], whole.shape)
    letter = variable.args[0]
    whole = setting.of(letter)
    start, sizes = place_of(setting, whole, variable)
    if not sizes:
        return setting.derivative(body, letter, start)
    count = arrays.count(sizes)
    return beside([setting.derivative(body, letter, flat) for flat in range(start, start + count)], sizes)


def place_of(setting: Setting, whole: Value, term: Term) -> tuple[int, tuple[int, ...]]:
    """Where an entry begins among the cells of its array, and the sizes of what stands there."""
    sizes = whole.shape if type(whole) is Array else ()
    flat = 0
    positions = term.args[1:]
    axes = sizes + (1,) * (len(positions) - len(sizes))
    for position, size in zip(positions, axes, strict=False):
        place = setting.integer(position) - setting.first
        if not 0 <= place < size:
            raise NoValue("outside", term)
        flat = flat * size + place
    rest = sizes[len(positions) :]
    return flat * arrays.count(rest), rest


def _entry(setting: Setting, term: Term) -> Value:
    whole = setting.of(term.args[0])
    try:
        start, sizes = place_of(setting, whole, term)
    except NoValue as stop:
        if stop.reason == "outside" and setting.zeros_outside and type(whole) is Array:
            rest = whole.shape[len(term.args) - 1 :]
            return Array(rest, [NOUGHT] * arrays.count(rest)) if rest else NOUGHT
        raise
    if type(whole) is not Array:
        return whole
    return whole.cells[start] if not sizes else Array(sizes, whole.cells[start : start + arrays.count(sizes)])


def _differential(setting: Setting, term: Term) -> Value:
    return setting.derivative(term.args[0], term.args[1], EVERY)


def _delta(setting: Setting, term: Term) -> Number:
    return UNIT if setting.integer(term.args[0]) == setting.integer(term.args[1]) else NOUGHT


def _values(setting: Setting, letters: list[Term], ranges: list[range], body: Term) -> Iterator[Value]:
    """The body's value for all values of bound letters, the last one running fastest."""
    before = {letter: setting.indices[letter] for letter in letters if letter in setting.indices}
    known = {letter: setting.ranges[letter] for letter in letters if letter in setting.ranges}
    setting.ranges.update(zip(letters, ranges, strict=True))
    for places in combinations(*ranges):
        setting.indices.update(zip(letters, places, strict=True))
        yield setting.of(body)
    for letter in letters:
        setting.indices.pop(letter, None)
        setting.ranges.pop(letter, None)
    setting.indices.update(before)
    setting.ranges.update(known)


def _range(setting: Setting, term: Term) -> range:
    body, letter, *limits = term.args
    if not limits:
        return setting.range_of(letter, body)
    low, high = (setting.integer(limit) for limit in limits)
    if high - low > LONGEST:
        raise NoValue("size", term)
    return range(low, high + 1)


def _bigsum(setting: Setting, term: Term) -> Value:
    result: Value = NOUGHT
    for value in _values(setting, [term.args[1]], [_range(setting, term)], term.args[0]):
        result = each(add, value, result)
    return result


def _bigproduct(setting: Setting, term: Term) -> Value:
    result: Value = UNIT
    for value in _values(setting, [term.args[1]], [_range(setting, term)], term.args[0]):
        result = each(mul, value, result)
    return result


def _stack(setting: Setting, term: Term) -> Value:
    letters, sizes = list(term.args[1::2]), [setting.integer(size) for size in term.args[2::2]]
    ranges = [range(setting.first, size + setting.first) for size in sizes]
    return Array(tuple(sizes), list(_values(setting, letters, ranges, term.args[0])))


def _of_array(operation: Callable[[Value], Value]) -> Callable[[Setting, Term], Value]:
    return lambda setting, term: operation(setting.of(term.args[0]))


def _filled(number: Number) -> Callable[[Setting, Term], Value]:
    def fill(setting: Setting, term: Term) -> Value:
        sizes = [setting.integer(size) for size in term.args]
        rows, columns = sizes if len(sizes) == 2 else (*sizes, 1)
        return plain(rows, columns, [number] * (rows * columns))

    return fill


def _folded(operation: Callable[[Value, Value], Value]) -> Callable[[Setting, Term], Value]:
    def fold(setting: Setting, term: Term) -> Value:
        value = setting.of(term.args[0])
        for arg in term.args[1:]:
            value = operation(value, setting.of(arg))
        return value

    return fold


def squared_norm(setting: Setting, term: Term) -> Number | None:
    """The square of a Euclidean or Frobenius norm: smooth where the norm has a kink, at zero. None for another norm."""
    value = setting.of(term.args[0])
    cells = value.cells if type(value) is Array else [value]
    if term.data == "F" or (term.data == "2" and (type(value) is not Array or 1 in arrays.rows_columns(value))):
        return arrays.dot(cells, cells)
    return None


def _norm(setting: Setting, term: Term) -> Number:
    square = squared_norm(setting, term)
    if square is not None:
        return sqrt(square)
    value = setting.of(term.args[0])
    cells = value.cells if type(value) is Array else [value]
    vector = type(value) is not Array or 1 in arrays.rows_columns(value)
    if term.data == "1" and vector:
        return arrays.total([ENTRYWISE["abs"](cell) for cell in cells])
    if term.data == "inf" and vector:
        return WHOLE["max"](each(ENTRYWISE["abs"], value))
    raise NoValue("no-value", term)


def _literal(setting: Setting, term: Term) -> Value:
    rows, columns = term.data
    cells = [setting.of(cell) for cell in term.args]
    if any(type(cell) is Array for cell in cells):
        raise NoValue("shape", term)
    return plain(rows, columns, cells)


ARRAYS: dict[str, Callable[[Setting, Term], Value]] = {
    "entry": _entry,
    "delta": _delta,
    "bigsum": _bigsum,
    "bigproduct": _bigproduct,
    "stack": _stack,
    "transpose": _of_array(arrays.transpose),
    "inverse": _of_array(arrays.inverse),
    "trace": _of_array(arrays.trace),
    "det": _of_array(arrays.det),
    "diag": _of_array(arrays.diag),
    "diagonal": _of_array(arrays.diagonal),
    "identity": lambda setting, term: arrays.identity(setting.integer(term.args[0])),
    "ones": _filled(UNIT),
    "zeros": _filled(NOUGHT),
    "hadamard": _folded(lambda a, b: each(mul, a, b)),
    "kron": _folded(arrays.kron),
    "norm": _norm,
    "literal": _literal,
    "partial": _partial,
    "differential": _differential,
}
