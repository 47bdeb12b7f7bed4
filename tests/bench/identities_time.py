r"""Time of a verified derivation over SymPy's matrix `.diff`, on the identities of battery E that SymPy gets right.

    PYTHONPATH=tests python -m bench.identities_time

SymPy's result counts as right where it evaluates, densely at random arrays of unequal sizes, to `expected_numpy`. For each
such identity both are timed one after the other, several times, in one process: `derive` from the LaTeX text with every step
verified, and `.diff` of the expression built beforehand. The best time of each counts, as SymPy's caches are emptied and a
new problem is read for every one. The seed is inside; the SymPy texts come from the file of cases and are read here only.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import sympy
from sympy.core.cache import clear_cache

import symderiv as sd
from bench.by_numpy import FUNCTIONS
from bench.drawing import Numbers, OutOfTime, at_most, of_numpy, rows
from bench.losses import point
from symderiv.errors import SymderivError

TIMES, TARGET = 3, 0.25
n, m, k = sympy.symbols("n m k", integer=True, positive=True)
t = sympy.Symbol("t")
_COLUMNS = dict.fromkeys("xyad", n) | dict.fromkeys("bc", m)
_WORDS = "Trace Determinant HadamardProduct HadamardPower KroneckerProduct DiagMatrix Lambda log sqrt exp sin tanh"
_MATRICES = dict.fromkeys("ABCX", (n, n)) | dict.fromkeys("WV", (m, n)) | {"S": (m, m)}


def namespace() -> dict[str, Any]:
    """What the texts of battery E may speak of."""
    found: dict[str, Any] = {name: sympy.MatrixSymbol(name, size, 1) for name, size in _COLUMNS.items()}
    found |= {name: sympy.MatrixSymbol(name, *size) for name, size in _MATRICES.items()}
    found |= {name: getattr(sympy, name) for name in _WORDS.split()}
    one, ex = sympy.OneMatrix(n, 1), found["x"].applyfunc(sympy.exp)
    found |= {"one": one, "onem": sympy.OneMatrix(m, 1), "ex": ex, "n": n, "m": m, "k": k, "t": t}
    found |= {"sg": sympy.Lambda(t, 1 / (1 + sympy.exp(-t))), "f": sympy.Function("f"), "h": sympy.Function("h")}
    return found


def built(case: dict[str, Any]) -> tuple[Any, Any]:
    """The expression and the variable of a case in SymPy."""
    names = namespace()
    return eval(case["sympy"], {"__builtins__": {}}, names), names[case["wrt"]]


def differentiated(expr: Any, by: Any, order: int) -> Any:
    for _ in range(order):
        expr = expr.diff(by)
    return expr


def dense(expr: Any, by: Any, values: Numbers) -> Any:
    """What a SymPy result is worth at arrays: an array, or None where it cannot be evaluated."""
    lengths = {n: int(values["n"]), m: int(values.get("m", 0)), k: 3}
    lengths = {size: count for size, count in lengths.items() if count}
    arrays = {name: np.asarray(value) for name, value in values.items() if np.ndim(value)}
    explicit = expr.subs(lengths).doit()
    explicit = explicit.as_explicit() if hasattr(explicit, "as_explicit") else explicit
    replaced = {t: sympy.Float(values["t"])} if "t" in values else {}
    for name, array in arrays.items():
        matrix = np.reshape(array, (array.shape[0], -1))
        symbol = sympy.MatrixSymbol(name, *matrix.shape)
        replaced |= {symbol[place]: sympy.Float(float(matrix[place])) for place in np.ndindex(*matrix.shape)}
    numbers = explicit.subs(replaced).doit()
    numbers = numbers.evalf() if not hasattr(numbers, "applyfunc") else numbers.applyfunc(lambda cell: cell.doit().evalf())
    return np.array(numbers.tolist() if hasattr(numbers, "tolist") else numbers, dtype=float)


def right(case: dict[str, Any]) -> bool:
    """Whether SymPy's derivative is the expected one; its own layout of a Jacobian may be the transpose."""
    values = {**point(case, 1), "df": FUNCTIONS["f"][1], "dh": FUNCTIONS["h"][1], "h": FUNCTIONS["h"][0], "k": 3}
    try:
        with at_most(20), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expr, by = built(case)
            found = np.squeeze(dense(differentiated(expr, by, case["order"]), by, values))
        expected = np.squeeze(of_numpy(case["expected_numpy"], values))
    except OutOfTime:
        return False
    except Exception:  # noqa: BLE001 - SymPy raises errors of every kind here, and each means that it has no result
        return False
    return any(np.shape(way) == expected.shape and np.allclose(way, expected) for way in _ways(found, expected))


def _ways(found: Any, expected: Any) -> list[Any]:
    """A result as it is; with its axes in the other order (SymPy puts those of the variable first)."""
    ways = [found, found.T]
    if found.ndim == expected.ndim > 2:
        variable = found.ndim - expected.ndim // 2 if expected.ndim == 4 else 2
        ways.append(np.moveaxis(found, range(found.ndim - variable, found.ndim), range(variable)))
        ways.append(np.moveaxis(found, range(variable), range(found.ndim - variable, found.ndim)))
    return ways


def taken(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def main() -> None:
    """Print a row for every identity that both get, and the ratio in total."""
    ours, theirs, left_out = 0.0, 0.0, list[str]()
    for case in rows("battery_identities"):
        if not right(case):
            left_out.append(case["id"])
            continue
        try:
            first, second = both(case)
        except SymderivError as stop:
            print(f"{case['id']} symderiv refuses: {stop.code}")
            continue
        ours, theirs = ours + first, theirs + second
        print(
            f"{case['id']} {first * 1000:7.1f} ms  SymPy {second * 1000:7.1f} ms  {first / second:6.2f} x  {case['latex']}"
        )
    print(f"SymPy has no right result: {len(left_out)}: {' '.join(left_out)}")
    print(f"total {ours * 1000:.0f} ms against {theirs * 1000:.0f} ms: {ours / theirs:.3f} x (at most {TARGET})")


def both(case: dict[str, Any]) -> tuple[float, float]:
    """The best times of both on one identity, interleaved."""
    expr, by = built(case)
    best = [float("inf"), float("inf")]
    for _ in range(TIMES):
        best[0] = min(best[0], taken(lambda: derived(case)))
        clear_cache()
        best[1] = min(best[1], taken(lambda: differentiated(expr, by, case["order"])))
    return best[0], best[1]


def derived(case: dict[str, Any]) -> None:
    """The derivation with every step verified."""
    kinds = {step.evidence.kind for step in sd.derive(case["latex"], case["wrt"], case["given"], order=case["order"]).steps}
    assert kinds <= {"proved", "agrees"}, (case["id"], kinds)


if __name__ == "__main__":
    main()
