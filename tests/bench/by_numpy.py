"""What a Term is worth in float64, by NumPy alone: a second opinion that shares no code with `symderiv.worth`.

Every array is a matrix (a column is n x 1); a 1 x 1 matrix is a number. Sizes and letters come in a dictionary by LaTeX
name.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from symderiv.term.kinds import Term

Letters = dict[str, Any]


class CannotSay(Exception):
    """The evaluator does not know the kind, or there is no real value."""


class Misfit(Exception):
    """The shapes of two parts do not fit."""


def _logistic(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def _softmax(x: Any) -> Any:
    return np.exp(x) / np.exp(x).sum()


#: Functions with their derivatives; f and h stand for unknown ones.
FUNCTIONS: dict[str, list[Callable[[Any], Any]]] = {
    "exp": [np.exp] * 4,
    "sin": [np.sin, np.cos, lambda x: -np.sin(x)],
    "cos": [np.cos, lambda x: -np.sin(x), lambda x: -np.cos(x)],
    "tanh": [np.tanh, lambda x: 1 - np.tanh(x) ** 2],
    "log": [np.log, lambda x: 1 / x],
    "ln": [np.log, lambda x: 1 / x],
    "abs": [np.abs, np.sign],
    "sign": [np.sign],
    "sigma": [
        _logistic,
        lambda x: _logistic(x) * (1 - _logistic(x)),
        lambda x: _logistic(x) * (1 - _logistic(x)) * (1 - 2 * _logistic(x)),
    ],
    "f": [lambda x: np.sin(1.3 * x) + 0.2 * x**2, lambda x: 1.3 * np.cos(1.3 * x) + 0.4 * x],
    "h": [lambda x: np.exp(0.4 * x) - x, lambda x: 0.4 * np.exp(0.4 * x) - 1],
    "r": [lambda x: 1 / x, lambda x: -1 / x**2],
    "softmax": [_softmax],
    "logsumexp": [lambda x: float(np.log(np.exp(x).sum()))],
}


def worth(term: Term, letters: Letters, known: dict[Term, Any] | None = None) -> Any:
    """The value as a float or a matrix; raises Misfit where shapes clash."""
    known = {} if known is None else known
    if term not in known:
        act = _KINDS.get(term.kind)
        if act is None:
            raise CannotSay(term.kind)
        known[term] = _plain(act(term, letters, known))
    return known[term]


def _plain(found: Any) -> Any:
    if isinstance(found, np.ndarray):
        return float(found[0, 0]) if found.shape == (1, 1) else found
    if isinstance(found, complex):
        raise CannotSay("no real value")
    return float(found)


def _parts(term: Term, letters: Letters, known: dict[Term, Any]) -> list[Any]:
    return [worth(arg, letters, known) for arg in term.args]


def _together(values: list[Any], act: Callable[[Any, Any], Any]) -> Any:
    found = values[0]
    for value in values[1:]:
        if np.ndim(found) and np.ndim(value) and found.shape != value.shape:
            raise Misfit(f"{found.shape} and {value.shape}")
        found = act(found, value)
    return found


def _product(term: Term, letters: Letters, known: dict[Term, Any]) -> Any:
    found: Any = 1.0
    for value in _parts(term, letters, known):
        if np.ndim(found) and np.ndim(value):
            if found.shape[1] != value.shape[0]:
                raise Misfit(f"{found.shape} times {value.shape}")
            found = _plain(found @ value)
        else:
            found = found * value
    return found


def _power(term: Term, letters: Letters, known: dict[Term, Any]) -> Any:
    base, exponent = _parts(term, letters, known)
    if np.ndim(base) and not np.ndim(exponent) and base.shape[0] == base.shape[1]:
        return np.linalg.matrix_power(base, int(exponent))
    return _together([base, exponent], np.power)


def _apply(term: Term, letters: Letters, known: dict[Term, Any]) -> Any:
    fn, primes = term.args[0], 0
    while fn.kind == "prime":
        fn, primes = fn.args[0], primes + 1
    which = fn.data.means or fn.data.name.base
    if len(term.args) != 2 or fn.args or primes >= len(FUNCTIONS.get(which, [])):
        raise CannotSay(which)
    return FUNCTIONS[which][primes](worth(term.args[1], letters, known))


def _matrix(value: Any) -> Any:
    return value if np.ndim(value) else np.array([[value]])


def _square(value: Any) -> Any:
    matrix = _matrix(value)
    if matrix.shape[0] != matrix.shape[1]:
        raise Misfit(f"{matrix.shape} is not square")
    return matrix


def _entry(term: Term, letters: Letters, known: dict[Term, Any]) -> Any:
    array = _matrix(worth(term.args[0], letters, known))
    places = [int(worth(arg, letters, known)) - 1 for arg in term.args[1:]]
    if array.shape[1] == 1 and len(places) == 1:
        return array[places[0], 0]
    if len(places) != 2:
        raise CannotSay("a row")
    return array[places[0], places[1]]


def _over(term: Term, letter: Term, count: int, letters: Letters) -> list[Any]:
    """The values of a body with an index letter at 1, 2, …; nothing is remembered across positions."""
    return [worth(term, {**letters, f"index {letter.data.latex}": place}) for place in range(1, count + 1)]


def _length(body: Term, letter: Term, letters: Letters) -> int:
    """How far an index runs: the length of an array at whose position it stands."""
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.kind == "entry" and letter in node.args[1:]:
            array = node.args[0]
            while array.kind == "named":
                array = array.args[0]
            try:
                return int(_matrix(worth(array, letters)).shape[node.args.index(letter) - 1])
            except (CannotSay, KeyError):
                pass
        waiting.extend(node.args)
    raise CannotSay("range")


def _bigsum(term: Term, letters: Letters, known: dict[Term, Any]) -> Any:
    body, letter, *limits = term.args
    if limits:
        low, high = (int(worth(limit, letters, known)) for limit in limits)
        values = _over(body, letter, high, letters)[low - 1 :]
    else:
        values = _over(body, letter, _length(body, letter, letters), letters)
    return _together(values, lambda a, b: a + b)


def _stack(term: Term, letters: Letters, known: dict[Term, Any]) -> Any:
    body, first, rows, *rest = term.args
    count = int(worth(rows, letters, known))
    if not rest:
        return np.array([_over(body, first, count, letters)]).T
    found = []
    for place in range(1, count + 1):
        inner = {**letters, f"index {first.data.latex}": place}
        found.append(_stack_of(body, tuple(rest), inner))
    return np.array(found)


def _stack_of(body: Term, rest: tuple[Term, ...], letters: Letters) -> Any:
    letter, size = rest[:2]
    count = int(worth(size, letters))
    if len(rest) == 2:
        return _over(body, letter, count, letters)
    places = range(1, count + 1)
    return [_stack_of(body, rest[2:], {**letters, f"index {letter.data.latex}": place}) for place in places]


def _norm(term: Term, letters: Letters, known: dict[Term, Any]) -> Any:
    value = _matrix(worth(term.args[0], letters, known))
    if term.data == "1" and 1 in value.shape:
        return np.abs(value).sum()
    if term.data == "F" or 1 in value.shape:
        return math.sqrt((value**2).sum())
    raise CannotSay(f"norm {term.data}")


def _sized(make: Callable[[tuple[int, int]], Any]) -> Callable[[Term, Letters, dict[Term, Any]], Any]:
    def act(term: Term, letters: Letters, known: dict[Term, Any]) -> Any:
        counts = [int(value) for value in _parts(term, letters, known)]
        return make((counts[0], counts[1] if len(counts) > 1 else 1))

    return act


_KINDS: dict[str, Callable[[Term, Letters, dict[Term, Any]], Any]] = {
    "number": lambda t, *_: float(t.data[0]),
    "constant": lambda t, *_: {"e": math.e, "pi": math.pi}[t.data],
    "name": lambda t, letters, _: _as_column(letters[t.data.name.latex]),
    "index": lambda t, letters, _: letters[f"index {t.data.latex}"],
    "named": lambda t, letters, known: worth(t.args[0], letters, known),
    "sum": lambda t, letters, known: _together(_parts(t, letters, known), lambda a, b: a + b),
    "hadamard": lambda t, letters, known: _together(_parts(t, letters, known), lambda a, b: a * b),
    "minus": lambda t, letters, known: -worth(t.args[0], letters, known),
    "fraction": lambda t, letters, known: _together(_parts(t, letters, known), lambda a, b: a / b),
    "product": _product,
    "power": _power,
    "root": lambda t, letters, known: worth(t.args[0], letters, known) ** (1 / worth(t.args[1], letters, known)),
    "apply": _apply,
    "entry": _entry,
    "delta": lambda t, letters, known: float(worth(t.args[0], letters, known) == worth(t.args[1], letters, known)),
    "bigsum": _bigsum,
    "stack": _stack,
    "transpose": lambda t, letters, known: _matrix(worth(t.args[0], letters, known)).T,
    "inverse": lambda t, letters, known: np.linalg.inv(_square(worth(t.args[0], letters, known))),
    "trace": lambda t, letters, known: np.trace(_square(worth(t.args[0], letters, known))),
    "det": lambda t, letters, known: np.linalg.det(_square(worth(t.args[0], letters, known))),
    "diag": lambda t, letters, known: np.diag(_matrix(worth(t.args[0], letters, known))[:, 0]),
    "diagonal": lambda t, letters, known: np.diag(_square(worth(t.args[0], letters, known)))[:, None],
    "identity": lambda t, letters, known: np.eye(int(worth(t.args[0], letters, known))),
    "ones": _sized(np.ones),
    "zeros": _sized(np.zeros),
    "kron": lambda t, letters, known: np.kron(*(_matrix(value) for value in _parts(t, letters, known))),
    "norm": _norm,
}


def _as_column(value: Any) -> Any:
    array = np.asarray(value, dtype=float)
    return array[:, None] if array.ndim == 1 else (array if array.ndim else float(value))
