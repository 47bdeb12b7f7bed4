"""A witness worked out again by someone who has only its data: plain NumPy, and difference quotients for derivatives."""

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

Known = dict[str, Any]
STEP, NODES, TURN = 2.0**-14, np.polynomial.legendre.leggauss(60), np.arange(200) * math.pi / 100
exact, LGAMMA, ERF, GAMMA = map(np.vectorize, (lambda text: float(Fraction(text)), math.lgamma, math.erf, math.gamma))
FROM_ONE = {"arcsec": np.arccos, "arccsc": np.arcsin, "arcoth": np.arctanh, "arsech": np.arccosh, "arcsch": np.arcsinh}
UNDER_ONE = {"cot": np.tan, "sec": np.cos, "csc": np.sin, "coth": np.tanh, "sech": np.cosh, "csch": np.sinh}
FUNCTIONS: Known = {
    **{n: getattr(np, n) for n in "exp log sin cos tan sinh cosh tanh arcsin arccos arctan abs sign floor ceil".split()},
    **{n: lambda x, under=under: 1 / under(x) for n, under in UNDER_ONE.items()}, "sigma": lambda x: 1 / (1 + np.exp(-x)),
    **{n: lambda x, f=FROM_ONE[n]: f(1 / x) for n in FROM_ONE}, "arccot": lambda x: math.pi / 2 - np.arctan(x),
    "lambertw": lambda x: reduce(lambda w, _: w - (w - x * np.exp(-w)) / (w + 1), range(60), np.log1p(x)),
    "erfc": lambda x: 1 - ERF(x), "ln": np.log, "arsinh": np.arcsinh, "arcosh": np.arccosh, "artanh": np.arctanh,
    "relu": lambda x: np.maximum(x, 0), "softplus": lambda x: np.log1p(np.exp(x)), "heaviside": lambda x: (x > 0) * 1.0,
    "besselj": lambda n, x: np.cos(n * TURN - x * np.sin(TURN)).mean(), "to base": lambda b, x: np.log(x) / np.log(b),
    "erf": ERF, "Gamma": GAMMA, "vec": lambda x: x.ravel("F"), "factorial": lambda x: GAMMA(x + 1),
    "digamma": lambda x: slopes(lambda s: LGAMMA(x + s), np.array(0.0)), "logsumexp": lambda x: np.log(np.exp(x).sum()),
    "softmax": lambda x: np.exp(x) / np.exp(x).sum(), "logsoftmax": lambda x: x - np.log(np.exp(x).sum()),
    "max": lambda *x: np.max(x, 0 if x[1:] else None), "min": lambda *x: np.min(x, 0 if x[1:] else None),
}  # fmt: skip
DONE: Known = {
    "+": lambda *x: sum(x), "-": lambda x: -x, "*": lambda *x: reduce(times, x), ".*": lambda *x: math.prod(x),
    "/": lambda x, y: x / y, "delta": lambda i, j: 1.0 * (i == j), "tuple": lambda *x: np.hstack([v.ravel() for v in x]),
    "^": lambda x, y: np.linalg.matrix_power(x, int(y)) if x.ndim == 2 and x.shape[0] == x.shape[1] else x**y,
    "root": lambda x, n: np.sign(x) * np.abs(x) ** (1 / n) if n % 2 else x ** (1 / n), "diag": lambda x: np.diag(x.ravel()),
    "transpose": lambda x: x.T if x.ndim > 1 else np.atleast_2d(x), "inverse": lambda x: np.linalg.inv(np.atleast_2d(x)),
    "trace": lambda x: np.trace(np.atleast_2d(x)), "det": lambda x: np.linalg.det(np.atleast_2d(x)),
    "diagonal": lambda x: np.diag(np.atleast_2d(x)), "identity": lambda n: np.eye(int(n)), "and": lambda *x: math.prod(x),
    "ones": lambda *n: np.ones([int(m) for m in n]), "zeros": lambda *n: np.zeros([int(m) for m in n]),
    "kron": lambda *x: reduce(np.kron, [v[:, None] if v.ndim == 1 else v for v in x]), "=": np.equal, "≠": np.not_equal,
    "<": np.less, ">": np.greater, "≤": np.less_equal, "≥": np.greater_equal,
}  # fmt: skip
TOLD: Known = {
    "named": lambda known, _, part: of(part, known), "apply": lambda known, fn, *x: call(known, fn, *of(x, known)),
    "at": lambda known, body, *to: of(body, known | dict(zip(map(str, to[::2]), of(to[1::2], known), strict=True))),
    "literal": lambda known, axes, *cells: np.array(of(cells, known)).reshape(axes),
    "norm": lambda known, p, x: np.linalg.norm(of(x, known).ravel(), {"F": 2, "inf": math.inf}.get(p) or int(p)),
    "bigsum": lambda known, *x: sum(run(known, *x)), "bigproduct": lambda known, *x: math.prod(run(known, *x)),
    "stack": lambda known, body, i, n, *more: np.array(
        run(known, ["stack", body, *more] if more else body, i, known["first"], ["+", n, known["first"], ["-", 1]])),
    "entry": lambda known, x, *at: np.pad(of(x, known), (0, 99 * (known["off"] < 0)))[
        TOLD["spot"](known, *at) if of(x, known).ndim else ()],
    "partial": lambda known, y, x: of(["partial", y, ["entry", x]], known) if x[0] != "entry" else slopes(
        lambda v: of(y, known | {str(x[1]): v}), of(x[1], known), TOLD["spot"](known, *x[2:])),
    "spot": lambda known, *at: tuple(known["off"] if i < known["first"] else int(i) - known["first"] for i in of(at, known)),
    "differential": lambda known, y, x: slopes(
        lambda s: of(y, known | {str(x): of(x, known) + s * exact(known["directions"][str(x)])}), np.array(0.0)),
    "integral": lambda known, y, t, a, b: times(of(["+", b, ["-", a]], known), sum(w / 2 * of(y, known | {
        t: (1 - s) / 2 * of(a, known) + (1 + s) / 2 * of(b, known)}) for s, w in zip(*NODES, strict=True))),
    "cases": lambda known, *to: np.where(of(to[1], known), of(to[0], known), of(["cases", *to[2:]], known))
    if to[1:] else of(to[0], known) if to else math.nan,
}  # fmt: skip


def times(x: Any, y: Any) -> Any:
    found = np.asarray(x * y if not x.ndim or not y.ndim else (x[:, None] if x.ndim == 1 else x) @ y)
    return found.reshape(found.shape[:-1] if found.size > 1 else ()) if found.shape[-1:] == (1,) else found


def slopes(f: Callable[[Any], Any], x: Any, at: tuple[int, ...] = ()) -> Any:
    """The derivatives by the entries at a spot, by central differences of two widths; the axes of the value come first."""
    numbers, parts = np.arange(x.size).reshape(x.shape), []
    for hot in [numbers == n for n in numbers[at].flat]:
        one, two, back, far = (np.asarray(f(x + s * STEP * hot)) for s in (1, 2, -1, -2))
        parts.append((8 * (one - back) - two + far) / (12 * STEP))
    return np.stack(parts, -1).reshape(parts[0].shape + numbers[at].shape)


def run(known: Known, body: Any, letter: str, *ends: Any) -> list[Any]:
    low, high = map(int, of(ends, known)) if ends else (known["first"], next(sizes(known, letter, body)))
    return [of(body, known | {letter: np.array(i)}) for i in range(low, high + (1 if ends else low))]


def sizes(known: Known, letter: str, body: Any) -> Iterator[int]:
    head = body[0] if isinstance(body, list) else ""
    if head == "entry" and letter in body[2:]:
        yield of(body[1], known).shape[body.index(letter, 2) - 2]
    bound = body[2::2] if head == "stack" else body[2:3] if head in ("bigsum", "bigproduct") else []
    for part in body if head and letter not in bound else []:
        yield from sizes(known | dict.fromkeys(map(str, bound), np.array(known["first"])), letter, part)


def call(known: Known, fn: Any, *x: Any) -> Any:
    name, *more = fn[1:] if isinstance(fn, list) else [fn]
    if fn[0] == "prime":
        start = x[name - 1] if known["functions"].get(more[0][1], {}).get("whole") else np.array(0.0)
        return slopes(lambda s: call(known, more[0], *x[: name - 1], x[name - 1] - start + s, *x[name:]), start)
    if name in known["functions"]:
        return of(known["functions"][name]["is"], known | dict(zip(known["functions"][name]["of"], x, strict=True)))
    return FUNCTIONS["to base" if more and "log" in name else name](*of((*more,), known), *x)


def of(term: Any, known: Known) -> Any:
    if isinstance(term, tuple):
        return [of(part, known) for part in term]
    if str(term) in known or not isinstance(term, list):
        return known[str(term)] if str(term) in known else exact(term)
    if term[0] in TOLD:
        return np.asarray(TOLD[term[0]](known, *term[1:]))
    return times(np.array(1.0), np.asarray(DONE[term[0]](*of(tuple(term[1:]), known))))


def replayed(witness: dict[str, Any]) -> tuple[float, float]:
    """What both sides are worth at the entry where they differ."""
    known = {"functions": {}, "directions": {}, "first": 1, "off": -1 if "outside" in witness else 2**60} | witness
    known |= {"e": np.array(math.e), "pi": np.array(math.pi)}
    known |= {letter: exact(value) for letter, value in (witness["letters"] | witness["indices"]).items()}
    with np.errstate(all="ignore"):
        left, right = np.broadcast_arrays(*of((witness["left"], witness["right"]), known))
    place = tuple(position - 1 for position in witness["entry"])
    return float(left[place]), float(right[place])
