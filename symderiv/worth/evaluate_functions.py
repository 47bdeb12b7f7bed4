"""What functions are worth, known and unknown, and their primes by one more ε for each."""

from __future__ import annotations

from collections.abc import Callable
from math import isqrt
from typing import Any

from flint import arb_series, ctx

from symderiv.term.build import Signature
from symderiv.term.kinds import Term
from symderiv.term.shapes import is_scalar
from symderiv.worth.arrays import NOUGHT, Array, NoValue, Number, Value, each
from symderiv.worth.evaluate_arrays import beside
from symderiv.worth.functions import ENTRYWISE, HALF, SEVERAL, WHOLE
from symderiv.worth.setting import SHORT, Setting, second_half
from symderiv.worth.special import ORDERED
from symderiv.worth.unknown import call, linear_part, name_of, smooth

#: The most primes on a function that are worked out: each one doubles the work.
DEEPEST = 6


def _apply(setting: Setting, term: Term) -> Value:
    fn = term.args[0]
    if fn.kind == "prime":
        return _primed(setting, term)
    return carried_out(setting, fn, [setting.of(arg) for arg in term.args[1:]])


def carried_out(setting: Setting, fn: Term, values: list[Value]) -> Value:
    """The value of a function, known or unknown, at values."""
    if fn.kind != "function":
        raise NoValue("no-value", fn)
    signature: Signature = fn.data
    base = signature.means or signature.name.base
    if not signature.known:
        return _unknown(setting, fn, values)
    if fn.args and base in ORDERED:
        below = setting.of(fn.args[0])
        return each(lambda x: ORDERED[base](below, x), values[0])
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
    if signature.inputs or signature.output:
        value = call(signature, values, tuple(setting.integer(size) for size in signature.output))
        return _structured(value, " ".join(setting.structured[fn])) if fn in setting.structured else value
    name = name_of(signature, len(values))
    return each(lambda *numbers: smooth(name, list(numbers)), *values)


def _structured(value: Value, words: str) -> Value:
    """A matrix value as its properties say."""
    if type(value) is not Array or len(value.shape) != 2 or value.shape[0] != value.shape[1]:
        return value
    return Array(value.shape, structured(value.cells, words, HALF, NOUGHT))


def structured(cells: list[Any], words: str, half: Any, nought: Any) -> list[Any]:
    """The cells of a square matrix made as properties say: the symmetric part, made surely positive, of a diagonal one the
    diagonal."""
    size = isqrt(len(cells))
    across = [divmod(place, size) for place in range(len(cells))]
    if "symmetric" in words or "positive definite" in words:
        cells = [(cells[r * size + c] + cells[c * size + r]) * half for r, c in across]
    if "positive definite" in words:
        cells = [cell + 20 if r == c else cell for cell, (r, c) in zip(cells, across, strict=True)]
    if "diagonal" in words:
        cells = [cell if r == c else nought for cell, (r, c) in zip(cells, across, strict=True)]
    return cells


def _primed(setting: Setting, term: Term) -> Value:
    """A function's derivative at arguments: one more ε for each prime, the innermost prime taken first."""
    fn, slots = term.args[0], list[int]()
    while fn.kind == "prime":
        slots.append(fn.data - 1)
        fn = fn.args[0]
    if len(slots) > DEEPEST:
        raise NoValue("size", term)
    arguments = term.args[1:]
    if setting.length > SHORT and all(is_scalar(arg) for arg in arguments) and setting.length << len(slots) <= ctx.cap:
        return _apart(setting, fn, slots, lambda length: [setting.at(setting.steps, length).of(arg) for arg in arguments])
    deeper = setting.longer(len(slots))
    values = [deeper.of(arg) for arg in term.args[1:]]
    if fn.data.inputs:
        return _slots_moved(setting, fn, values, slots)
    return each(lambda *numbers: _slots_moved(setting, fn, list(numbers), slots), *values)


def _apart(setting: Setting, fn: Term, slots: list[int], values: Callable[[int], list[Value]], length: int = 0) -> Value:
    """The derivative of a function of numbers along a long series: each slot moves along a power of ε beyond the others."""
    length = length or setting.length
    if not slots:
        return carried_out(setting, fn, values(length))
    slot, *others = slots

    def moved(wanted: int) -> list[Value]:
        known = values(wanted)
        return _put(known, slot, arb_series([0] * length + [1], prec=wanted) + known[slot])

    there, here = (_apart(setting, fn, others, at, 2 * length) for at in (moved, values))
    return second_half(there - here, length)


def _slots_moved(setting: Setting, fn: Term, values: list[Value], slots: list[int], done: int = 0) -> Value:
    """The derivative of a function in its slots, last slot of the list first, at values known far enough."""
    if done == len(slots):
        return carried_out(setting, fn, values)
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
    return parts[0] if type(moving) is not Array else beside(parts, moving.shape)


def _epsilon(speed: int, length: int) -> Number:
    return arb_series([0, speed], prec=length)


def _put(values: list[Value], position: int, value: Value) -> list[Value]:
    return [*values[:position], value, *values[position + 1 :]]


FUNCTIONS: dict[str, Callable[[Setting, Term], Value]] = {
    "apply": _apply,
}
