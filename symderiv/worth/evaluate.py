"""What each kind of term is worth, one line or a few for each: the referee that knows no rule of differentiation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product as combinations
from operator import add, mul, neg

from flint import arb, arb_series, fmpq

from symderiv.term.build import E as EULER
from symderiv.term.build import Signature
from symderiv.term.kinds import Term
from symderiv.worth import arrays
from symderiv.worth.arrays import NAN, NOUGHT, UNIT, Array, NoValue, Number, Value, divide, each, head, matmul, plain
from symderiv.worth.functions import ENTRYWISE, SEVERAL, WHOLE, degree_root, raise_to, sqrt
from symderiv.worth.setting import EVALUATE, EVERY, LONGEST, Setting
from symderiv.worth.unknown import call, linear_part, smooth


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


def _times(value: Value, other: Value) -> Value:
    if type(value) is Array:
        return matmul(value, other) if type(other) is Array else Array(value.shape, [cell * other for cell in value.cells])
    if type(other) is Array:
        return Array(other.shape, [cell * value for cell in other.cells])
    return other * value if type(value) is arb else value * other


def _product(setting: Setting, term: Term) -> Value:
    args = term.args
    value = setting.of(args[0])
    for arg in args[1:]:
        value = _times(value, setting.of(arg))
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
    value = setting.of(base)
    if type(value) is Array:
        if len(value.shape) == 2 and value.shape[0] == value.shape[1]:
            return _matrix_power(value, setting.integer(exponent))
        return each(raise_to, value, setting.of(exponent))
    if exponent.kind == "number" and exponent.data[0].denominator == 1:
        return value ** int(exponent.data[0])
    return each(raise_to, value, setting.of(exponent))


def _matrix_power(value: Array, exponent: int) -> Value:
    if exponent < 0:
        return _matrix_power(arrays.inverse(value), -exponent)
    result = arrays.identity(value.shape[0])
    for _ in range(exponent):
        result = matmul(result, value)
    return result


def _root(setting: Setting, term: Term) -> Value:
    radicand, degree = setting.of(term.args[0]), term.args[1]
    if degree.kind == "number" and degree.data[0] == 2:
        return each(sqrt, radicand)
    return each(degree_root, radicand, setting.of(degree))


def _apply(setting: Setting, term: Term) -> Value:
    fn = term.args[0]
    if fn.kind == "prime":
        return _primed(setting, term)
    return _carried_out(setting, fn, [setting.of(arg) for arg in term.args[1:]])


def _carried_out(setting: Setting, fn: Term, values: list[Value]) -> Value:
    """The value of a function, known or unknown, at values."""
    if fn.kind != "function":
        raise NoValue("no-value", fn)
    signature: Signature = fn.data
    base = signature.name.base
    if not signature.known:
        return _unknown(setting, fn, values)
    if fn.args:
        below = setting.of(fn.args[0]).log()
        return each(lambda x: divide(x.log(), below), values[0])
    if len(values) == 1:
        if base in ENTRYWISE:
            return each(ENTRYWISE[base], values[0])
        if base in WHOLE:
            return WHOLE[base](values[0])
    elif base in SEVERAL:
        value = values[0]
        for other in values[1:]:
            value = each(SEVERAL[base], value, other)
        return value
    raise NoValue("no-value", fn)


def _unknown(setting: Setting, fn: Term, values: list[Value]) -> Value:
    signature: Signature = fn.data
    if signature.inputs:
        return call(signature, values, tuple(setting.integer(size) for size in signature.output))
    name = repr((signature.name, len(values)))
    return each(lambda *numbers: smooth(name, list(numbers)), *values)


def _primed(setting: Setting, term: Term) -> Value:
    """A function's derivative at arguments: one more ε for each prime, the innermost prime taken first."""
    fn, slots = term.args[0], list[int]()
    while fn.kind == "prime":
        slots.append(fn.data - 1)
        fn = fn.args[0]
    deeper = setting.longer(len(slots))
    values = [deeper.of(arg) for arg in term.args[1:]]
    if fn.data.inputs:
        return _slots_moved(setting, fn, values, slots)
    return each(lambda *numbers: _slots_moved(setting, fn, list(numbers), slots), *values)


def _slots_moved(setting: Setting, fn: Term, values: list[Value], slots: list[int], done: int = 0) -> Value:
    """The derivative of a function in its slots, last slot of the list first, at values known far enough."""
    if done == len(slots):
        return _carried_out(setting, fn, values)
    slot, length = slots[done], setting.length + done
    moving = values[slot]
    cells = moving.cells if type(moving) is Array else [moving]
    parts = []
    for position in range(len(cells)):

        def along(speed: int, position: int = position) -> Value:
            step = _epsilon(speed, setting.length + len(slots)) + cells[position]
            changed = step if type(moving) is not Array else Array(moving.shape, _put(cells, position, step))
            return _slots_moved(setting, fn, _put(values, slot, changed), slots, done + 1)

        parts.append(linear_part(along, length))
    return parts[0] if type(moving) is not Array else _beside(parts, moving.shape)


def _epsilon(speed: int, length: int) -> Number:
    return arb_series([0, speed], prec=length)


def _put(values: list[Value], position: int, value: Value) -> list[Value]:
    return [*values[:position], value, *values[position + 1 :]]


def _beside(parts: list[Value], sizes: tuple[int, ...]) -> Array:
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
        return _beside([setting.derivative(body, variable, flat) for flat in entries], whole.shape)
    letter = variable.args[0]
    whole = setting.of(letter)
    start, sizes = _place(setting, whole, variable)
    if not sizes:
        return setting.derivative(body, letter, start)
    count = arrays.count(sizes)
    return _beside([setting.derivative(body, letter, flat) for flat in range(start, start + count)], sizes)


def _place(setting: Setting, whole: Value, term: Term) -> tuple[int, tuple[int, ...]]:
    """Where an entry begins among the cells of its array, and the sizes of what stands there."""
    sizes = whole.shape if type(whole) is Array else ()
    flat = 0
    positions = term.args[1:]
    if len(positions) > len(sizes):
        raise NoValue("shape", term)
    for position, size in zip(positions, sizes, strict=False):
        place = setting.integer(position)
        if not 1 <= place <= size:
            raise NoValue("outside", term)
        flat = flat * size + place - 1
    rest = sizes[len(positions) :]
    return flat * arrays.count(rest), rest


def _entry(setting: Setting, term: Term) -> Value:
    whole = setting.of(term.args[0])
    start, sizes = _place(setting, whole, term)
    return whole.cells[start] if not sizes else Array(sizes, whole.cells[start : start + arrays.count(sizes)])


def _differential(setting: Setting, term: Term) -> Value:
    return setting.derivative(term.args[0], term.args[1], EVERY)


def _delta(setting: Setting, term: Term) -> Number:
    return UNIT if setting.integer(term.args[0]) == setting.integer(term.args[1]) else NOUGHT


def _values(setting: Setting, letters: list[Term], ranges: list[range], body: Term) -> Iterator[Value]:
    """The body's value for all values of bound letters, the last one running fastest."""
    before = {letter: setting.indices[letter] for letter in letters if letter in setting.indices}
    for places in combinations(*ranges):
        setting.indices.update(zip(letters, places, strict=True))
        yield setting.of(body)
    for letter in letters:
        setting.indices.pop(letter, None)
    setting.indices.update(before)


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
    ranges = [range(1, size + 1) for size in sizes]
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


def _norm(setting: Setting, term: Term) -> Number:
    value = setting.of(term.args[0])
    cells = value.cells if type(value) is Array else [value]
    vector = type(value) is not Array or 1 in arrays.rows_columns(value)
    if term.data == "F" or (term.data == "2" and vector):
        return sqrt(arrays.dot(cells, cells))
    if term.data == "1" and vector:
        return arrays.total([ENTRYWISE["abs"](cell) for cell in cells])
    if term.data == "inf" and vector:
        return WHOLE["max"](each(ENTRYWISE["abs"], value))
    raise NoValue("no-value", term)


def _literal(setting: Setting, term: Term) -> Value:
    rows, columns = term.data
    return plain(rows, columns, [setting.of(cell) for cell in term.args])


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
    args = term.args
    for place in range(0, len(args) - 1, 2):
        truth = holds(setting, args[place + 1])
        if truth is None:
            return NAN
        if truth:
            return setting.of(args[place])
    return setting.of(args[-1]) if len(args) % 2 else NAN


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
        difference = each(lambda a, b: a - b, left, right)
        for number in difference.cells if type(difference) is Array else [difference]:
            truth = _compared(op, number)
            if not truth:
                return truth
    return True


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
        "apply": _apply,
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
        "cases": _cases,
        "at": _at,
        "tuple": _tuple,
    }
)
