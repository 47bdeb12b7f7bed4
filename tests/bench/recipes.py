r"""Formulas as recipes: one tree is written in LaTeX and worked out by NumPy, and shares no code with the judge.

Arrays are matrices of two axes (a column is n x 1), a 1 x 1 matrix is a number. `Misfit` is raised where shapes
clash, `Unsure` where a reader could still find a meaning, so that nothing is claimed about such a line.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

Shape = tuple[str, ...]
Env = dict[str, Any]


class Misfit(Exception):
    """The shapes of two parts do not fit."""


class Unsure(Exception):
    """Two readings are possible, or there is no value."""


@dataclass(frozen=True)
class Node:
    """A formula: its kind, its parts, and a name, a number or index letters."""

    kind: str
    args: tuple[Node, ...] = ()
    data: Any = None


ONE = Node("num", data=Fraction(1))
EYE = Node("eye", data="n")


def num(value: Any) -> Node:
    return Node("num", data=Fraction(value))


def var(name: str) -> Node:
    return Node("var", data=name)


def add(*args: Node) -> Node:
    """A sum without zeros, flat."""
    flat = [inner for arg in args for inner in (arg.args if arg.kind == "add" else (arg,))]
    flat = [arg for arg in flat if arg != num(0)]
    return Node("add", tuple(flat)) if len(flat) > 1 else (flat[0] if flat else num(0))


def neg(arg: Node) -> Node:
    return arg.args[0] if arg.kind == "neg" else (arg if arg == num(0) else Node("neg", (arg,)))


def mul(*args: Node) -> Node:
    """A product, flat, its sign and its number in front; identities beside arrays go."""
    flat = [inner for arg in args for inner in (arg.args if arg.kind == "mul" else (arg,))]
    sign = sum(arg.kind == "neg" for arg in flat) % 2
    flat = [arg.args[0] if arg.kind == "neg" else arg for arg in flat]
    flat = [inner for arg in flat for inner in (arg.args if arg.kind == "mul" else (arg,))]
    if num(0) in flat:
        return num(0)
    number = Fraction(1)
    for arg in flat:
        number *= arg.data if arg.kind == "num" else 1
    rest = [arg for arg in flat if arg.kind != "num"]
    if len(rest) > 1 and EYE in rest:
        others = [arg for arg in rest if arg != EYE]
        rest = others if any(is_array(arg) for arg in others) else [*others, EYE]
    if number != 1 or not rest:
        rest = [num(number), *rest]
    found = Node("mul", tuple(rest)) if len(rest) > 1 else rest[0]
    return neg(found) if sign else found


def div(top: Node, bottom: Node) -> Node:
    return top if bottom == ONE or top == num(0) else Node("div", (top, bottom))


def power(base: Node, exponent: Any) -> Node:
    exponent = exponent if isinstance(exponent, Node) else num(exponent)
    return ONE if exponent == num(0) else base if exponent == ONE else Node("pow", (base, exponent))


def fun(name: str, arg: Node) -> Node:
    return Node("fun", (arg,), name)


def turned(arg: Node) -> Node:
    """The transpose."""
    if arg.kind == "T":
        return arg.args[0]
    return arg if arg.kind in ("eye", "num") or not is_array(arg) else Node("T", (arg,))


def had(*args: Node) -> Node:
    flat = [inner for arg in args for inner in (arg.args if arg.kind == "had" else (arg,))]
    return Node("had", tuple(flat)) if len(flat) > 1 else flat[0]


#: The letters, their axes, and how they are drawn.
LETTERS: dict[str, Shape] = {
    "x": ("n",), "c": ("n",), "w": ("n",), "b": ("m",), "y": ("m",), "X": ("m", "n"), "A": ("m", "n"), "B": ("n", "n"),
    "S": ("n", "n"), "C": ("n", "n"), "W": ("m", "n"), "z": ("n",), "t": ("m",), "p": ("n",),
}  # fmt: skip
SYMMETRIC, INVERTIBLE = ("S",), ("B", "S")
SIZES = ({"n": 3, "m": 2}, {"n": 2, "m": 4}, {"n": 4, "m": 3})


def is_array(node: Node) -> bool:
    """Whether a formula that fits is an array; for others a guess."""
    match node.kind:
        case "var":
            return node.data in LETTERS
        case "eye" | "ones" | "inv" | "diag":
            return True
        case "T" | "neg" | "fun":
            return is_array(node.args[0])
        case "div":
            return is_array(node.args[0])
        case "add" | "had":
            return any(is_array(arg) for arg in node.args)
        case "mul":
            try:
                return size(node) != ()
            except Misfit:
                return True
    return False


def size(node: Node) -> Shape:
    """The axes of a formula, `()` for a number; a column has ("n", "1")."""
    match node.kind:
        case "var":
            axes = LETTERS.get(node.data, ())
            return (*axes, "1") if len(axes) == 1 else axes
        case "eye":
            return (node.data, node.data)
        case "ones":
            return (node.data, "1")
        case "T":
            return size(node.args[0])[::-1]
        case "inv" | "neg" | "fun" | "div":
            return size(node.args[0])
        case "diag":
            return (size(node.args[0])[0],) * 2
        case "add" | "had":
            return next((found for arg in node.args if (found := size(arg))), ())
        case "mul":
            found: Shape = ()
            for arg in node.args:
                other = size(arg)
                if found and other:
                    if found[1] != other[0]:
                        raise Misfit(str(node))
                    found = (found[0], other[1])
                    found = () if found == ("1", "1") else found
                else:
                    found = found or other
            return found
    return ()


# --------------------------------------------------------------------------------------------------------------- LaTeX

_CALLED = {
    "sin": r"\sin",
    "cos": r"\cos",
    "tanh": r"\tanh",
    "exp": r"\exp",
    "ln": r"\ln",
    "sigma": r"\sigma",
    "sign": r"\operatorname{sign}",
    "log10": r"\log_{10}",
}
_SQUARED = ("sin", "cos", "tanh")


@dataclass
class Writer:
    """Writes recipes as people do: `top` is the sign of the transpose, `wide` brackets with \\left, `euler` e^x for exp."""

    top: str = r"^\top"
    wide: bool = False
    euler: bool = True
    dots: bool = False
    slash: bool = False

    @staticmethod
    def drawn(rng: random.Random) -> Writer:
        return Writer(rng.choice([r"^\top", "^T", r"^{\top}"]), rng.random() < 0.4, rng.random() < 0.7, rng.random() < 0.2)

    def __call__(self, node: Node, most: int = 2) -> str:
        text, loose = self._write(node)
        return self._in_brackets(text) if loose > most else text

    def _in_brackets(self, text: str) -> str:
        return rf"\left( {text} \right)" if self.wide else f"({text})"

    def _write(self, node: Node) -> tuple[str, int]:
        args = node.args
        match node.kind:
            case "num":
                value, loose = node.data, 2 if node.data < 0 else 0
                whole = value.denominator == 1
                return (str(value) if whole else rf"\frac{{{value.numerator}}}{{{value.denominator}}}"), loose
            case "var":
                return node.data, 0
            case "eye":
                return "I", 0
            case "ones":
                return r"\mathbf{1}", 0
            case "neg":
                return f"-{self(args[0], 1)}", 2
            case "add":
                return self._sum(args), 2
            case "mul":
                return self._product(args), 1
            case "had":
                return r" \odot ".join(self(arg, 0) for arg in args), 1
            case "div":
                return rf"\frac{{{self(args[0])}}}{{{self(args[1])}}}", 0
            case "pow":
                return self._power(*args), 0
            case "fun":
                return self._call(node), 0
            case "T":
                return f"{self._base(args[0])}{self.top}", 0
            case "inv":
                return f"{self._base(args[0])}^{{-1}}", 0
            case "tr":
                return rf"\operatorname{{tr}}{self._in_brackets(self(args[0]))}", 0
            case "logdet":
                return rf"\log\det{self._in_brackets(self(args[0]))}", 1
            case "diag":
                return rf"\operatorname{{diag}}{self._in_brackets(self(args[0]))}", 0
            case "normsq":
                return rf"\|{self(args[0])}\|{'' if node.data == 'v' else '_F'}^2", 0
            case "norm":
                return rf"\|{self(args[0])}\|", 0
            case "entry":
                return f"{self._base(args[0])}_{{{' '.join(node.data)}}}", 0
            case "delta":
                return rf"\delta_{{{' '.join(node.data)}}}", 0
            case "sum":
                return rf"\sum_{{{node.data[0]}}} {self(args[0], 1)}", 1
            case "size":
                return node.data, 0
        raise AssertionError(node.kind)

    def _sum(self, args: tuple[Node, ...]) -> str:
        text = self(args[0], 2)
        for arg in args[1:]:
            text += f" - {self(arg.args[0], 1)}" if arg.kind == "neg" else f" + {self(arg, 1)}"
        return text

    def _product(self, args: tuple[Node, ...]) -> str:
        text = ""
        for place, arg in enumerate(args):
            last = place == len(args) - 1
            new = self(arg, 1 if last and arg.kind in ("sum", "logdet") and text else 0)
            glue = r" \cdot " if text and (new[0].isdigit() or (self.dots and place == 1)) else " " if text else ""
            text += glue + new
        return text

    def _base(self, node: Node) -> str:
        return self(node, 0) if node.kind in ("var", "eye", "ones", "entry", "size") else self._in_brackets(self(node))

    def _power(self, base: Node, exponent: Node) -> str:
        if exponent == num("1/2"):
            return rf"\sqrt{{{self(base)}}}"
        text = str(exponent.data) if exponent.kind == "num" else self(exponent)
        if base.kind == "fun" and base.data in _SQUARED and exponent.kind == "num" and exponent.data > 0:
            return rf"{_CALLED[base.data]}^{{{text}}}{self._in_brackets(self(base.args[0]))}"
        bare = base.kind in ("var", "entry", "size") or (base.kind == "num" and base.data.denominator == 1)
        return f"{self(base) if bare else self._in_brackets(self(base))}^{{{text}}}"

    def _call(self, node: Node) -> str:
        if node.data == "exp" and self.euler and not is_array(node.args[0]):
            return f"e^{{{self(node.args[0])}}}"
        if node.data == "abs":
            return f"|{self(node.args[0])}|"
        return f"{_CALLED[node.data]}{self._in_brackets(self(node.args[0]))}"


# --------------------------------------------------------------------------------------------------------------- NumPy

_FUNCTIONS = {
    "sin": np.sin, "cos": np.cos, "tanh": np.tanh, "exp": np.exp, "ln": np.log, "log10": np.log10,
    "sigma": lambda u: 1 / (1 + np.exp(-u)), "abs": np.abs, "sign": np.sign,
}  # fmt: skip


def worth(node: Node, env: Env) -> Any:
    """The value: a float or an array of two axes."""
    found = _worth(node, env)
    if isinstance(found, np.ndarray):
        return float(found[0, 0]) if found.shape == (1, 1) else found
    return float(found)


def _worth(node: Node, env: Env) -> Any:
    args = node.args
    match node.kind:
        case "num":
            return float(node.data)
        case "var" | "size":
            return env[node.data]
        case "eye":
            return np.eye(env[node.data])
        case "ones":
            return np.ones((env[node.data], 1))
        case "neg":
            return -worth(args[0], env)
        case "add":
            return _together([worth(arg, env) for arg in args], np.add, True)
        case "had":
            return _together([worth(arg, env) for arg in args], np.multiply, False)
        case "mul":
            return _product([worth(arg, env) for arg in args])
        case "div":
            return _quotient(worth(args[0], env), worth(args[1], env))
        case "pow":
            return _power(worth(args[0], env), worth(args[1], env), args[1])
        case "fun":
            return _FUNCTIONS[node.data](worth(args[0], env))
        case "T":
            return _array(worth(args[0], env)).T
        case "inv":
            return np.linalg.inv(_square(worth(args[0], env)))
        case "tr":
            return np.trace(_square(worth(args[0], env)))
        case "logdet":
            return np.log(np.linalg.det(_square(worth(args[0], env))))
        case "diag":
            value = _array(worth(args[0], env))
            if value.shape[1] != 1:
                raise Unsure("diag of no column")
            return np.diag(value[:, 0])
        case "normsq":
            return float((_array(worth(args[0], env)) ** 2).sum())
        case "norm":
            value = _array(worth(args[0], env))
            if 1 not in value.shape:
                raise Unsure("the norm of a matrix")
            return float(np.sqrt((value**2).sum()))
        case "entry":
            return _entry(worth(args[0], env), [env[letter] for letter in node.data])
        case "delta":
            return float(env[node.data[0]] == env[node.data[1]])
        case "sum":
            letter, length = node.data
            return sum(worth(args[0], {**env, letter: place}) for place in range(env[length]))
    raise AssertionError(node.kind)


def _array(value: Any) -> Any:
    if not isinstance(value, np.ndarray):
        raise Unsure("a number where an array is expected")
    return value


def _square(value: Any) -> Any:
    if not isinstance(value, np.ndarray):
        raise Unsure("a number where a matrix is expected")
    if value.shape[0] != value.shape[1]:
        raise Misfit("not square")
    return value


def _entry(value: Any, places: list[int]) -> float:
    array = _array(value)
    if len(places) == 1 and array.shape[1] == 1:
        places = [*places, 0]
    if len(places) != 2 or places[0] >= array.shape[0] or places[1] >= array.shape[1]:
        raise Unsure("an entry outside")
    return float(array[places[0], places[1]])


def _together(values: list[Any], act: Any, numbers: bool) -> Any:
    """A sum or an entrywise product; a number joins an array in a sum only, a row does not join a column for certain."""
    shapes = {value.shape for value in values if isinstance(value, np.ndarray)}
    if len(shapes) > 1:
        if len({tuple(sorted(shape)) for shape in shapes}) == 1 and all(1 in shape for shape in shapes):
            raise Unsure("a row beside a column")
        raise Misfit(str(shapes))
    if shapes and not numbers and not all(isinstance(value, np.ndarray) for value in values):
        raise Unsure("a number in an entrywise product")
    found = values[0]
    for value in values[1:]:
        found = act(found, value)
    return found


def _product(values: list[Any]) -> Any:
    try:
        return _folded(values)
    except Misfit:
        arrays = [value for value in values if isinstance(value, np.ndarray)]
        for one, other in pairwise(arrays):
            if one.shape == other.shape and 1 in one.shape:
                raise Unsure("two vectors side by side") from None
            if one.shape[0] == 1 and other.shape[1] == 1 and one.shape[1] == other.shape[0]:
                raise Unsure("a number in the middle") from None
        raise


def _folded(values: list[Any]) -> Any:
    found: Any = 1.0
    for value in values:
        if isinstance(found, np.ndarray) and isinstance(value, np.ndarray):
            if found.shape[1] != value.shape[0]:
                raise Misfit(f"{found.shape} times {value.shape}")
            found = found @ value
            found = float(found[0, 0]) if found.shape == (1, 1) else found
        else:
            found = found * value
    return found


def _quotient(top: Any, bottom: Any) -> Any:
    if isinstance(bottom, np.ndarray):
        raise Unsure("an array under a bar")
    return top / bottom


def _power(base: Any, exponent: Any, written: Node) -> Any:
    if isinstance(exponent, np.ndarray) or isinstance(base, np.ndarray):
        raise Unsure("a power of an array")
    if written.kind == "num" and written.data.denominator == 1:
        return base ** int(written.data) if base or exponent > 0 else np.nan
    return base**exponent if base > 0 else np.nan


# ----------------------------------------------------------------------------------------------------------- derivatives


def slope(node: Node, by: str) -> Node:
    """The derivative of a scalar recipe by a scalar letter."""
    args = node.args
    match node.kind:
        case "num":
            return num(0)
        case "var":
            return num(int(node.data == by))
        case "neg":
            return neg(slope(args[0], by))
        case "add":
            return add(*(slope(arg, by) for arg in args))
        case "mul":
            return add(*(mul(*args[:spot], slope(arg, by), *args[spot + 1 :]) for spot, arg in enumerate(args)))
        case "div":
            top, bottom = args
            if slope(bottom, by) == num(0):
                return div(slope(top, by), bottom)
            return div(add(mul(slope(top, by), bottom), neg(mul(top, slope(bottom, by)))), power(bottom, 2))
        case "pow":
            base, exponent = args
            if exponent == num("1/2"):
                return div(slope(base, by), mul(num(2), node))
            return mul(exponent, power(base, exponent.data - 1), slope(base, by))
        case "fun" if node.data == "sign":
            return num(0)
        case "fun":
            return mul(bent(node.data, args[0]), slope(args[0], by))
    raise AssertionError(node.kind)


def bent(name: str, arg: Node, times: Any = mul) -> Node:
    """The derivative of a function at a place; `times` multiplies entry by entry for arrays."""
    match name:
        case "sin":
            return fun("cos", arg)
        case "cos":
            return neg(fun("sin", arg))
        case "exp":
            return fun("exp", arg)
        case "ln":
            return div(ONE, arg)
        case "abs":
            return fun("sign", arg)
        case "tanh":
            squared = power(fun("tanh", arg), 2) if times is mul else had(fun("tanh", arg), fun("tanh", arg))
            return add(ONE, neg(squared))
        case "sigma":
            return times(fun("sigma", arg), add(ONE, neg(fun("sigma", arg))))
    raise AssertionError(name)


def gradient(loss: Node, by: str) -> Node:
    """The gradient of a scalar recipe of arrays by an array letter, by passing changes backwards."""
    found: list[Node] = []
    _back(loss, ONE, by, found)
    return add(*found)


def _back(node: Node, change: Node, by: str, found: list[Node]) -> None:
    args = node.args
    match node.kind:
        case "var":
            if node.data == by:
                found.append(change)
        case "neg":
            _back(args[0], neg(change), by, found)
        case "add":
            for arg in args:
                _back(arg, change, by, found)
        case "mul":
            _back_product(args, change, by, found)
        case "had":
            for spot, arg in enumerate(args):
                _back(arg, had(change, *args[:spot], *args[spot + 1 :]), by, found)
        case "T":
            _back(args[0], turned(change), by, found)
        case "inv":
            _back(args[0], neg(mul(turned(node), change, turned(node))), by, found)
        case "fun":
            slope_there = bent(node.data, args[0], had if is_array(node) else mul)
            _back(args[0], (had if is_array(node) else mul)(change, slope_there), by, found)
        case "tr":
            _back(args[0], mul(change, EYE), by, found)
        case "logdet":
            _back(args[0], mul(change, turned(Node("inv", args))), by, found)
        case "normsq":
            _back(args[0], mul(change, num(2), args[0]), by, found)
        case "norm":
            _back(args[0], mul(change, div(args[0], node)), by, found)
        case "pow":
            _back(args[0], mul(change, args[1], power(args[0], args[1].data - 1)), by, found)
        case "div":
            _back(args[0], div(change, args[1]), by, found)
            _back(args[1], neg(div(mul(change, args[0]), power(args[1], 2))), by, found)


def _back_product(args: tuple[Node, ...], change: Node, by: str, found: list[Node]) -> None:
    """Each factor of a product: numbers get the inner product, arrays the transposes of what stands beside them."""
    scalars = [arg for arg in args if not is_array(arg)]
    arrays = [arg for arg in args if is_array(arg)]
    for spot, arg in enumerate(scalars):
        if by in letters(arg) and not arrays:
            _back(arg, mul(change, *scalars[:spot], *scalars[spot + 1 :]), by, found)
        elif by in letters(arg):
            raise Unsure("an array scaled by the variable")
    for spot, arg in enumerate(arrays):
        before = [turned(other) for other in reversed(arrays[:spot])]
        behind = [turned(other) for other in reversed(arrays[spot + 1 :])]
        _back(arg, mul(*scalars, *before, change, *behind), by, found)


def letters(node: Node) -> set[str]:
    """The letters of arrays and numbers in a recipe."""
    own = {node.data} if node.kind in ("var", "size") else set()
    return own.union(*(letters(arg) for arg in node.args)) if node.args else own


def parts(node: Node, at: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Node]]:
    """Every part with its place."""
    yield at, node
    for spot, arg in enumerate(node.args):
        yield from parts(arg, (*at, spot))


def put(node: Node, at: tuple[int, ...], new: Node) -> Node:
    """The recipe with another part at a place; sums, products and signs are made flat again."""
    if not at:
        return new
    args = list(node.args)
    args[at[0]] = put(args[at[0]], at[1:], new)
    if node.kind == "add":
        return Node("add", tuple(inner for arg in args for inner in (arg.args if arg.kind == "add" else (arg,))))
    if node.kind == "neg" and args[0].kind == "neg":
        return args[0].args[0]
    return Node(node.kind, tuple(args), node.data)
