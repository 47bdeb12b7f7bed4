"""More than three hundred bombs, a maker for each idea at four sizes; as a program, each in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from hostile.limits import MEGABYTES, PATIENCE, Document, trial

Maker = Callable[[int], Document]
#: How deep, how wide, how long.
SIZES = (10, 100, 1000, 5000)
#: How many digits a number has, and how many lines a script.
DIGITS, LENGTHS = (2, 6, 18, 60), (10, 50, 100, 200)


def nested(opening: str, closing: str, inner: str = "x", claim: str = "y' = 1") -> Maker:
    return lambda n: [f"y = {opening * n}{inner}{closing * n}", claim]


def many(sign: str, term: str, claim: str = "y' = 1") -> Maker:
    return lambda n: ["y = " + sign.join(term.replace("#", str(k)) for k in range(n)), claim]


def number(line: str, *after: str) -> Maker:
    """`#` is a number of so many digits."""
    return lambda n: [text.replace("#", "9" * n) for text in (line, *after)]


def power(line: str, *after: str) -> Maker:
    """`#` is the size."""
    return lambda n: [text.replace("#", str(n)) for text in (line, *after)]


def lines(first: str, each: str, last: str = "y' = 1") -> Maker:
    """A line for each number up to n: `#` is the number, `@` the one after it."""
    return lambda n: [
        first,
        *(each.replace("#", str(k)).replace("@", str(k + 1)) for k in range(n)),
        last.replace("#", str(n)),
    ]


def text(*parts: str) -> Maker:
    """A document: the part in the middle as often as the size says."""
    before, repeated, after = parts
    return lambda n: before + repeated * n + after


def signs(repeated: str, before: str = "y = ", after: str = " = x") -> Maker:
    """A line: the same."""
    return lambda n: [before + repeated * n + after]


def macros(n: int) -> Document:
    """Each macro is the one before it twice."""
    names = ["a" * k for k in range(1, 9)]
    doubled = [rf"\newcommand{{\{after}}}{{\{name}\{name}}}" for name, after in pairwise(names)]
    return doubled * max(1, n // 100)


def square(n: int) -> str:
    return "\\begin{pmatrix}" + "\\\\".join("&".join(f"x + {i * j}" for i in range(n)) for j in range(n)) + "\\end{pmatrix}"


def notebook(n: int) -> str:
    return json.dumps({"cells": [{"cell_type": "markdown", "source": "$y = x$ " * n}] * 3})


DEEP: dict[str, Maker] = {
    "brackets": nested("(", ")"), "square brackets": nested("[", "]"), "braces": nested("{", "}"),
    "grown brackets": nested(r"\left(", r"\right)"), "fractions below": nested(r"\frac{1}{1 + ", "}"),
    "fractions above": nested(r"\frac{", "}{x}"), "roots": nested(r"\sqrt{", "}"), "exponents": nested("x^{", "}"),
    "tower of nines": nested("9^{", "}", "9"), "exponentials": nested(r"\exp(", ")"), "sines": nested(r"\sin(", ")"),
    "logarithms": nested(r"\log(1 + ", ")"), "absolute values": nested("|", "|"), "norms": nested(r"\|", r"\|"),
    "subscripts": nested("x_{", "}", "i"), "accents": nested(r"\hat{", "}"), "minus signs": nested("-", ""),
    "unknown functions": nested("f(", ")"), "softmaxes": nested(r"\operatorname{softmax}(", ")"),
    "transposes": nested("(", ")^T"), "inverses": nested("(", ")^{-1}", "A"),
    "derivatives": nested(r"\frac{d}{dx}(", ")", r"\sin x"), "gradients": nested(r"\nabla_x (", ")", "x^2"),
    "sums": nested(r"\sum_{i=1}^{9} (", ")", "x_i"), "products": nested(r"\prod_{i=1}^{9} (", ")", "x_i"),
    "integrals": nested(r"\int_0^1 ", r" \, dx"), "maxima": nested(r"\max(0, ", ")"),
    "cases": nested(r"\begin{cases} x & x > 0 \\ ", r" & x < 0 \end{cases}"),
    "matrices": nested(r"\begin{pmatrix} ", r" \end{pmatrix}"), "words": nested(r"\text{", "}"),
    "uprights": nested(r"\mathrm{", "}"), "factorials": nested("(", ")!"), "expectations": nested(r"\mathbb{E}[", "]"),
    "underbraces": nested(r"\underbrace{", "}_{a}"), "strikes": nested(r"\cancel{", "}"),
    "stacked": nested(r"\overset{", "}{=}"), "open brackets": nested("(", ""), "closed brackets": nested("", ")"),
    "open fractions": nested(r"\frac{", ""), "open words": nested(r"\text{", ""),
    "open environments": nested(r"\begin{pmatrix}", ""), "bare fractions": nested(r"\frac", ""),
    "bare roots": nested(r"\sqrt", ""), "bare carets": nested("x^", ""),
}  # fmt: skip
WIDE: dict[str, Maker] = {
    "one term": many(" + ", "x"), "powers": many(" + ", "x^{#}"), "fractions": many(" + ", r"\frac{1}{x + #}"),
    "factors": many("", "(x + #)"),
    "factors of two letters": many("", "(x_{#} + z_{#})", r"\frac{\partial y}{\partial x_{0}} = 1"),
    "nested sums": many("", r"\sum_{i_{#}=1}^{9} ", "y = 9"), "letters": many(" ", "x"),
    "numbered letters": many(" + ", "x_{#}"), "chain of equals": many(" = ", "x"), "commas": many(", ", "y_{#} = x"),
    "matrix product": many(" ", "A_{#}"), "exponentials": many(" + ", "e^{# x}"), "roots": many(" + ", r"\sqrt{x + #}"),
    "alternating": many(" - ", r"\frac{x}{#!}"),
    "power of a sum": power("y = (x + z + w + 1)^{#}", r"\frac{\partial y}{\partial x} = 1"),
    "ratio of powers": power(r"y = \frac{(x+1)^{#}}{(x-1)^{#}}", "y' = 1"),
    "matrix power": power("y = A^{#} x", r"\frac{\partial y}{\partial x} = A"),
    "derivative of high order": power(r"y = \sin x \, e^x", r"\frac{d^{#} y}{dx^{#}} = x"),
    "primes of a name": signs("'", "x"), "primes of a function": signs("'", "f", "(x) = 1"),
    "factorial signs": signs("!", "y = 9"), "carets": signs("^", "x"), "accents beside a letter": signs("\u0301", "x"),
    "dots": signs(r"\dots ", "y = "), "spaces": signs(r"\quad "), "ampersands": signs("&"), "equals": signs("="),
    "arrows": signs(r"\Rightarrow "), "slashes": signs("/", "y = x", "x"), "zero width": signs("\u200b"),
    "right to left": signs("\u202e"), "zeros": signs("\0"), "halves": signs("\ud800"), "escapes": signs("\x1b[31m"),
    "tags": signs("\U000e0041"), "flags": signs("🏳️‍🌈"),
    "binary": lambda n: [bytes(k * 37 % 256 for k in range(n)).decode("latin-1")], "raised digits": signs("⁹", "y = x"),
    "wide digits": signs("９", "y = "), "self macro": signs(r"\a", r"\def\a{\a\a}"),
    "doubling macro": macros,
    "growing matrix": lambda n: [f"y = {square(min(n, 5000) // 100 + 3)}"],
    "determinant": lambda n: [f"y = \\det {square(len(str(n)) * 4)}", "y = 1"],
    "inverse": lambda n: [f"A = {square(len(str(n)) * 3)}", "B = A^{-1}", "A B = I"],
}  # fmt: skip
HUGE: dict[str, Maker] = {
    "literal": number("y = # x", "y' = 9"), "decimals": number("y = 0.# x", "y' = 0.9"),
    "exponent": number("y = x^{#}", "y' = 1"), "exponent of a sum": number("y = (x + 1)^{#}", "y' = 1"),
    "negative exponent": number("y = (x + 1)^{-#}", "y' = 1"), "numeral power": number("y = #^{#}", "y = 1"),
    "tower": number("y = 9^{9^{#}}", "y = 1"), "tiny": number("y = 10^{-#} x", "y' = 0"),
    "root": number(r"y = \sqrt[#]{x}", "y' = 1"), "factorial": number("y = #! x", "y' = 1"),
    "binomial": number(r"y = \binom{#}{9} x", "y' = 1"), "wide binomial": number(r"y = \binom{#}{x}", "y = 1"),
    "gamma": number(r"y = \Gamma(#)", "y = 1"), "exponential": number("y = e^{e^{#}}", "y = 1"),
    "sine": number(r"y = \sin(#)", "y = 0"), "cosine of a power": number(r"y = \cos(10^{#})", "y = 0"),
    "sum to": number(r"y = \sum_{i=1}^{#} x^i", "y' = 1"), "sum of numbers": number(r"\sum_{i=1}^{#} i = 3"),
    "product to": number(r"\prod_{i=1}^{#} i = 3"),
    "double sum": number(r"y = \sum_{i=1}^{#} \sum_{j=1}^{#} x_i x_j", "y = 1"), "index": number("y = x_{#}", "x_{#} = 1"),
    "size": number(r"x \in \mathbb{R}^{#}", r"y = x^\top x", r"\frac{\partial y}{\partial x} = x"),
    "identity": number("A = I_{#}", r"\operatorname{tr}(A) = 1"),
    "size of a matrix": number(r"A \in \mathbb{R}^{# \times #}", r"y = \operatorname{tr}(A)", r"\nabla_A y = A"),
    "order": number(r"y = \sin x", r"\frac{d^{#} y}{dx^{#}} = 1"), "logarithm's base": number(r"y = \log_{#} x", "y' = 1"),
    "modulus": number(r"y = # \bmod 7", "y = 1"), "integral": number(r"y = \int_0^{#} e^{t^2} dt", "y = 1"),
    "limit": number(r"\lim_{n \to #} n! = 1"),
    "matrix power": number(r"A = \begin{pmatrix} 1 & 1 \\ 1 & 0 \end{pmatrix}", "B = A^{#}", "B = A"),
    "difference": number("# - # + 10^{-99} = 0"), "layer": number("x^{(#)} = f(x)"),
}  # fmt: skip
LONG: dict[str, Maker] = {
    "doubling": lines("a_{0} = x", "a_{@} = a_{#} + a_{#}", r"\frac{d a_{#}}{dx} = 1"),
    "squaring": lines("a_{0} = x + 1", "a_{@} = a_{#} a_{#}", r"\frac{d a_{#}}{dx} = 1"),
    "doubling functions": lines("f_{0}(x) = x + x", "f_{@}(x) = f_{#}(f_{#}(x))", r"\frac{d}{dx} f_{#}(x) = 1"),
    "exponentials": lines("a_{0} = x", "a_{@} = e^{a_{#}}", r"\frac{d a_{#}}{dx} = 1"),
    "definitions": lines("y = x^2", "y_{#} = x^2"), "right claims": lines("y = x^2", "y' = 2x"),
    "wrong claims": lines("y = x^2", "y' = (# + 3) x"), "unknown claims": lines("y = x^2", "y' = q_{#}"),
    "unread lines": lines("y = x", "+ ?"), "unfinished lines": lines("y =", "y =", "y ="),
    "added lines": lines("y = x + (", "+ x", "+ 1)"), "chain": lines("y = x^2", "= x x"),
    "false chain": lines("y = x^2", "= x + #"), "equations": lines("y = 3", "x_{#} + x_{@} = #"),
    "struck out": lines("y = x", r"\cancel{y = #}"), "empty lines": lines("y = x", ""),
    "words": lines("y = x", r"\text{so that}"), "renamed": lines("x_{0} = 1", "x_{@} = x_{#}", "x_{#} = 2"),
}  # fmt: skip
BROKEN: dict[str, Maker] = {
    "dollars": text("", "$", ""), "formulas": text("", "$x$", ""), "double dollars": text("", "$$ ", ""),
    "opened environments": text("", r"\begin{align}", ""), "closed environments": text("", r"\end{align}", ""),
    "opened brackets": text("", r"\[", ""), "opened and closed": text("", r"\(", r"\)"), "tildes": text("", "~~", "$x$"),
    "ticks": text("", "```\n", "$x$"), "percents": text("", "%", "\n$x$"), "rows": text("$$", r"y = x \\", "$$"),
    "lines": text("", "y = x\n", ""), "headings": text("", "# a $x$\n", ""), "backslashes": text("$", "\\", "$"),
    "inner environments": text("$$", r"\begin{cases}", "$$"), "blank lines": text("$x$", "\n", "$x$"),
    "inputs": text("$x$", r"\input{self}", "$x$"), "macros": text("", r"\newcommand{\a}{\a\a}", r"$\a$"),
    "comments": text("", "<!--", "$x$"), "notebook": notebook, "brackets of JSON": text("[", "[", ""),
    "spaces": text("$x$", " ", "$x$"), "numbers": text("", "1. ", "$x$"), "signs of space": text("$x", "\u2028", "$"),
    "quoted": text("", "> ", "$x$"), "open mathematics": text("$x", " y", ""), "long words": text("$x$", "word", "$x$"),
    "escaped dollars": text("", "\\$", "$x$"), "links": text("", "![", "](x)"),
}  # fmt: skip
TABLES: dict[str, tuple[dict[str, Maker], Sequence[int]]] = {
    "deep": (DEEP, SIZES), "wide": (WIDE, SIZES), "huge": (HUGE, DIGITS), "long": (LONG, LENGTHS),
    "broken": (BROKEN, (100, 1000, 10_000, 100_000)),
}  # fmt: skip
BOMBS: dict[str, tuple[Maker, Sequence[int]]] = {
    f"{family}: {name}": (maker, sizes) for family, (makers, sizes) in TABLES.items() for name, maker in makers.items()
}


def exploded(maker: Maker, size: int) -> dict[str, Any]:
    """One bomb in a copy of this process: its time, its memory, what was wrong."""
    document = maker(size)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        seconds = int(4 * PATIENCE)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (4 * MEGABYTES << 20, 4 * MEGABYTES << 20))
        os.write(writing, json.dumps(trial(document).__dict__).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status, used = os.wait4(child, 0)
    found: dict[str, Any] = json.loads(told or "{}") or {"seconds": used.ru_utime, "wrong": [f"ended with status {status}"]}
    peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    too_large = [f"over {MEGABYTES} MB"] if peak > MEGABYTES else []
    return {"seconds": found["seconds"], "peak": peak, "wrong": [*found["wrong"], *too_large]}


def main(names: Sequence[str], sizes: slice) -> dict[str, dict[str, Any]]:
    """The bombs of these makers at some of their sizes."""
    trial([r"y = x^2 \sin x", r"\frac{dy}{dx} = 2x \cos x", "= x"])
    return {f"{name}, {size}": exploded(BOMBS[name][0], size) for name in names for size in BOMBS[name][1][sizes]}


if __name__ == "__main__":
    chosen = json.loads(sys.argv[1])
    print(json.dumps(main(chosen["names"] or list(BOMBS), slice(*chosen["sizes"]))))
