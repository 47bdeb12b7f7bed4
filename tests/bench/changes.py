r"""Changes of a recipe for `bench.mutations`: mutations, nearly always false, and rewriting that keeps it true."""

from __future__ import annotations

import random
from collections.abc import Callable

from bench.recipes import (
    EYE,
    LETTERS,
    ONE,
    Misfit,
    Node,
    add,
    bent,
    div,
    fun,
    had,
    is_array,
    letters,
    mul,
    neg,
    num,
    parts,
    power,
    put,
    size,
    turned,
    var,
)
from bench.tasks import INDICES, Task, renamed, summed

Change = Callable[[Node, random.Random, Task], Node | None]


def _shape(node: Node) -> tuple[str, ...] | None:
    try:
        return size(node)
    except Misfit:
        return None


def _letter_exchanged(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind != "var":
        return None
    known = sorted(letters(task.body) - {node.data})
    same = [name for name in known if LETTERS.get(name) == LETTERS.get(node.data)]
    return var(rng.choice(same)) if same else None


def _swapped(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind != "mul" or len(node.args) < 2:
        return None
    spot = rng.randrange(len(node.args) - 1)
    args = list(node.args)
    args[spot], args[spot + 1] = args[spot + 1], args[spot]
    return Node("mul", tuple(args))


def _without(kinds: tuple[str, ...]) -> Change:
    def change(node: Node, rng: random.Random, task: Task) -> Node | None:
        if node.kind not in kinds or len(node.args) < 2:
            return None
        spot = rng.randrange(len(node.args))
        rest = node.args[:spot] + node.args[spot + 1 :]
        return Node(node.kind, rest) if len(rest) > 1 else rest[0]

    return change


def _index_changed(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind not in ("entry", "delta"):
        return None
    spot, used = rng.randrange(len(node.data)), sorted(_index_letters(task))
    return Node(node.kind, node.args, (*node.data[:spot], rng.choice(used), *node.data[spot + 1 :]))


def _index_letters(task: Task) -> set[str]:
    return {letter for letter, _ in task.free} | {
        letter
        for _, part in parts(task.answer)
        if part.kind in ("entry", "sum")
        for letter in part.data
        if letter in INDICES
    }


def _called(name: str, other: str) -> Change:
    return lambda node, rng, task: fun(other, node.args[0]) if node.kind == "fun" and node.data == name else None


def _of(kind: str, make: Callable[[Node], Node]) -> Change:
    return lambda node, rng, task: make(node) if node.kind == kind else None


def _scaled(factor: Node) -> Change:
    return lambda node, rng, task: None if node.kind in ("num", "neg") else mul(factor, node)


def _array_only(make: Callable[[Node], Node]) -> Change:
    return lambda node, rng, task: make(node) if is_array(node) and node.kind != "T" else None


def _exponent(step: int) -> Change:
    def change(node: Node, rng: random.Random, task: Task) -> Node | None:
        if node.kind != "pow" or node.args[1].kind != "num" or node.args[1].data.denominator != 1:
            return None
        return power(node.args[0], node.args[1].data + step)

    return change


def _inner_lost(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind != "fun" or node.args[0].kind == "var":
        return None
    names = [name for name in sorted(letters(node.args[0])) if _shape(var(name)) == _shape(node.args[0])]
    return fun(node.data, var(rng.choice(names))) if names else None


def _activation(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind != "fun" or node.data in ("log10", "sign"):
        return None
    return (
        None
        if is_array(node.args[0]) and node.data == "ln"
        else bent(node.data, node.args[0], had if is_array(node) else mul)
    )


def _bracket_lost(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind != "mul" or node.args[-1].kind != "add":
        return None
    first, *others = node.args[-1].args
    return add(mul(*node.args[:-1], first), *others)


def _power_spread(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind != "pow" or node.args[0].kind != "add":
        return None
    return add(*(power(arg, node.args[1]) for arg in node.args[0].args))


def _terms_multiplied(node: Node, rng: random.Random, task: Task) -> Node | None:
    return mul(*node.args) if node.kind == "add" and not is_array(node) and len(node.args) > 1 else None


def _sign_of_term(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind != "add":
        return None
    spot = rng.randrange(len(node.args))
    return add(*node.args[:spot], neg(node.args[spot]), *node.args[spot + 1 :])


def _number_off(node: Node, rng: random.Random, task: Task) -> Node | None:
    return num(node.data + rng.choice([-1, 1])) if node.kind == "num" and node.data.denominator == 1 else None


def _number_of_ones(node: Node, rng: random.Random, task: Task) -> Node | None:
    return mul(div(ONE, Node("size", data="n")), node) if is_array(node) or node.kind == "sum" else None


MUTATIONS: dict[str, Change] = {
    "sign": lambda node, rng, task: neg(node) if node.kind not in ("num", "size") else None,
    "sign of a term": _sign_of_term,
    "sign of an argument": _of("fun", lambda node: fun(node.data, neg(node.args[0]))),
    "factor 2": _scaled(num(2)),
    "factor 1/2": _scaled(num("1/2")),
    "number off by one": _number_off,
    "exponent + 1": _exponent(1),
    "exponent - 1": _exponent(-1),
    "exponent lost": _of("pow", lambda node: node.args[0]),
    "power spread over a sum": _power_spread,
    "order": _swapped,
    "transpose added": _array_only(turned),
    "transpose lost": _of("T", lambda node: node.args[0]),
    "term lost": _without(("add",)),
    "factor lost": _without(("mul", "had")),
    "index": _index_changed,
    "indices exchanged": _of("entry", lambda node: Node("entry", node.args, node.data[::-1])),
    "delta lost": _of("delta", lambda node: ONE),
    "sum lost": _of("sum", lambda node: node.args[0]),
    "sin to cos": _called("sin", "cos"),
    "cos to sin": _called("cos", "sin"),
    "tanh to sigma": _called("tanh", "sigma"),
    "sigma to tanh": _called("sigma", "tanh"),
    "exp lost": _of("fun", lambda node: node.args[0]),
    "root of a square": _of(
        "pow", lambda node: node.args[0].args[0] if node.args[1] == num("1/2") and node.args[0].kind == "pow" else node
    ),
    "absolute value lost": lambda node, rng, task: node.args[0] if node.kind == "fun" and node.data == "abs" else None,
    "sign function lost": lambda node, rng, task: ONE if node.kind == "fun" and node.data == "sign" else None,
    "base of the logarithm": _called("ln", "log10"),
    "function to its derivative": _activation,
    "inner function lost": _inner_lost,
    "other letter": _letter_exchanged,
    "fraction upside down": _of("div", lambda node: Node("div", (node.args[1], node.args[0]))),
    "denominator lost": _of("div", lambda node: node.args[0]),
    "denominator squared": _of("div", lambda node: Node("div", (node.args[0], power(node.args[1], 2)))),
    "inverse lost": _of("inv", lambda node: node.args[0]),
    "inverse added": lambda node, rng, task: Node("inv", (node,)) if node in (var("B"), var("S")) else None,
    "entrywise to product": _of("had", lambda node: Node("mul", node.args)),
    "product to entrywise": lambda node, rng, task: (
        Node("had", node.args) if node.kind == "mul" and all(is_array(arg) for arg in node.args) else None
    ),
    "norm for its square": _of("normsq", lambda node: Node("norm", node.args) if node.data == "v" else mul(num(2), node)),
    "terms multiplied": _terms_multiplied,
    "bracket lost": _bracket_lost,
    "mean": _number_of_ones,
    "diagonal lost": _of("diag", lambda node: node.args[0]),
    "identity lost": lambda node, rng, task: ONE if node == EYE else None,
    "number added to an array": lambda node, rng, task: (
        add(node, rng.choice([ONE, var(r"\beta")])) if is_array(node) and r"\beta" in letters(task.body) else None
    ),
}


# ------------------------------------------------------------------------------------------------------- true rewriting


def _shuffled(kind: str) -> Change:
    def change(node: Node, rng: random.Random, task: Task) -> Node | None:
        if node.kind != kind or (kind == "mul" and any(is_array(arg) for arg in node.args)):
            return None
        args = list(node.args)
        rng.shuffle(args)
        return Node(kind, tuple(args))

    return change


def _expanded(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind != "mul":
        return None
    sums = [spot for spot, arg in enumerate(node.args) if arg.kind == "add" and _shape(arg) is not None]
    if not sums:
        return None
    spot = rng.choice(sums)
    if not all(_shape(term) == _shape(node.args[spot]) for term in node.args[spot].args):
        return None
    return add(*(mul(*node.args[:spot], term, *node.args[spot + 1 :]) for term in node.args[spot].args))


def _common(node: Node, rng: random.Random, task: Task) -> Node | None:
    """ca + cb = c(a + b), from the left or from the right."""
    if node.kind != "add" or len(node.args) < 2:
        return None
    bare = [arg.args[0] if arg.kind == "neg" else arg for arg in node.args[:2]]
    if any(arg.kind != "mul" for arg in bare):
        return None
    end = rng.choice([0, -1])
    if bare[0].args[end] != bare[1].args[end]:
        return None
    cut = slice(1, None) if end == 0 else slice(None, -1)
    rests = [mul(*arg.args[cut]) for arg in bare]
    signed = [neg(rest) if arg.kind == "neg" else rest for rest, arg in zip(rests, node.args, strict=False)]
    inner = Node("add", tuple(signed))
    return add(mul(bare[0].args[0], inner) if end == 0 else mul(inner, bare[0].args[-1]), *node.args[2:])


def _transposed_product(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind == "T" and node.args[0].kind == "mul":
        return mul(*(turned(arg) for arg in reversed(node.args[0].args)))
    if node.kind == "T" and node.args[0].kind == "add":
        return add(*(turned(arg) if arg.kind != "neg" else neg(turned(arg.args[0])) for arg in node.args[0].args))
    if node.kind == "mul" and is_array(node) and len(node.args) > 1:
        return turned(mul(*(turned(arg) for arg in reversed(node.args))))
    if node.kind == "mul" and not is_array(node) and any(is_array(arg) for arg in node.args):
        return mul(*(turned(arg) for arg in reversed(node.args)))
    return None


def _rotated(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind != "tr" or node.args[0].kind != "mul":
        return None
    spot = rng.randrange(1, len(node.args[0].args))
    return Node("tr", (mul(*node.args[0].args[spot:], *node.args[0].args[:spot]),))


def _known(node: Node, rng: random.Random, task: Task) -> Node | None:
    """What is known of functions: sin² + cos² = 1, tanh² , σ(-u) = 1 - σ(u), e^(u+v)."""
    if node.kind == "pow" and node.args[1] == num(2) and node.args[0].kind == "fun":
        partner = {"sin": "cos", "cos": "sin"}.get(node.args[0].data)
        return add(ONE, neg(power(fun(partner, node.args[0].args[0]), 2))) if partner else None
    if node.kind == "fun" and node.data == "sigma":
        if is_array(node):
            return add(ONE, neg(fun("sigma", neg(node.args[0]))))
        inner = node.args[0]
        return rng.choice(
            [add(ONE, neg(fun("sigma", neg(inner)))), div(ONE, add(ONE, fun("exp", neg(inner)))),
             div(fun("exp", inner), add(ONE, fun("exp", inner)))]
        )  # fmt: skip
    if node.kind == "fun" and node.data == "exp" and node.args[0].kind == "add" and not is_array(node):
        return mul(*(fun("exp", arg) for arg in node.args[0].args))
    if node.kind == "fun" and node.data == "tanh" and not is_array(node):
        up, down = fun("exp", node.args[0]), fun("exp", neg(node.args[0]))
        return div(add(up, neg(down)), add(up, down))
    if node.kind == "fun" and node.data == "cos":
        return fun("cos", neg(node.args[0]))
    return None


def _power_split(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind != "pow" or node.args[1].kind != "num" or node.args[1].data.denominator != 1:
        return None
    base, exponent = node.args[0], node.args[1].data
    if exponent < 0:
        return div(ONE, power(base, -exponent))
    return Node("mul", (base, power(base, exponent - 1)))


def _fraction_split(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind != "div":
        return None
    top, bottom = node.args
    if top.kind == "add":
        return add(*(neg(div(arg.args[0], bottom)) if arg.kind == "neg" else div(arg, bottom) for arg in top.args))
    if rng.random() < 0.5:
        return Node("mul", (div(ONE, bottom), top)) if top != ONE else None
    return None if is_array(top) else Node("mul", (top, power(bottom, -1)))


def _norm_opened(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind == "normsq" and node.data == "v":
        return mul(turned(node.args[0]), node.args[0])
    if node.kind == "normsq":
        return Node("tr", (mul(turned(node.args[0]), node.args[0]),))
    return None


def _double_negation(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind == "neg" and node.args[0].kind == "add":
        return add(*(neg(arg) for arg in node.args[0].args))
    if node.kind == "neg" and node.args[0].kind == "mul" and node.args[0].args[-1].kind == "add":
        turned_sum = add(*(neg(arg) for arg in node.args[0].args[-1].args))
        return mul(*node.args[0].args[:-1], turned_sum)
    if node.kind == "add" and len(node.args) > 1:
        return Node("neg", (add(*(neg(arg) for arg in node.args)),))
    return None


def _halves(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind == "mul" and node.args[0] == num(2):
        rest = mul(*node.args[1:])
        return add(rest, rest)
    return None


def _bound_renamed(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind != "sum":
        return None
    used = {letter for _, part in parts(task.answer) if isinstance(part.data, tuple) for letter in part.data}
    fresh = [letter for letter in ("q", "s", *INDICES) if letter not in used | {name for name, _ in task.free}]
    return renamed(node, node.data[0], fresh[0])


def _sum_moved(node: Node, rng: random.Random, task: Task) -> Node | None:
    """A factor goes into a sum, or a sum falls into its terms."""
    if node.kind == "sum" and node.args[0].kind == "add":
        return add(*(neg(summed(*node.data, arg.args[0])) if arg.kind == "neg" else summed(*node.data, arg)
                     for arg in node.args[0].args))  # fmt: skip
    if node.kind == "sum" and node.args[0].kind == "mul" and node.args[0].args[0].kind == "add":
        return summed(*node.data, add(*(mul(arg, *node.args[0].args[1:]) for arg in node.args[0].args[0].args)))
    if node.kind == "mul" and node.args[-1].kind == "sum" and not any(is_array(arg) for arg in node.args):
        return summed(*node.args[-1].data, mul(*node.args[:-1], node.args[-1].args[0]))
    return None


def _delta_moved(node: Node, rng: random.Random, task: Task) -> Node | None:
    if node.kind == "delta":
        return Node("delta", data=node.data[::-1])
    if node.kind != "mul":
        return None
    found = next((arg for arg in node.args if arg.kind == "delta"), None)
    rest = tuple(renamed(arg, *found.data) if arg is not found else arg for arg in node.args) if found else ()
    return Node("mul", rest) if rest else None


REWRITES: dict[str, Change] = {
    "terms commuted": _shuffled("add"),
    "factors commuted": _shuffled("mul"),
    "entrywise factors commuted": _shuffled("had"),
    "bracket expanded": _expanded,
    "common factor": _common,
    "transpose of a product": _transposed_product,
    "trace rotated": _rotated,
    "trace transposed": _of("tr", lambda node: Node("tr", (turned(node.args[0]),))),
    "known identity": _known,
    "power split": _power_split,
    "fraction split": _fraction_split,
    "norm opened": _norm_opened,
    "signs moved": _double_negation,
    "double as a sum": _halves,
    "first power written": lambda node, rng, task: (
        Node("pow", (node, ONE)) if node.kind == "var" and not is_array(node) and rng.random() < 0.2 else None
    ),
    "inverse and transpose": lambda node, rng, task: (
        Node("inv", (turned(node.args[0].args[0]),)) if node.kind == "T" and node.args[0].kind == "inv" else None
    ),
    "bound index renamed": _bound_renamed,
    "sum moved": _sum_moved,
    "delta moved": _delta_moved,
    "root as a power": _of("pow", lambda node: (
        div(ONE, power(node.args[0], "-1/2")) if node.args[1] == num("1/2") and node.args[0].kind == "add" else node
    )),
    "entrywise as diag": lambda node, rng, task: (
        mul(Node("diag", (node.args[0],)), node.args[1])
        if node.kind == "had" and len(node.args) == 2 and (_shape(node.args[0]) or ("", ""))[1] == "1" else None
    ),
    "number multiplied and divided": lambda node, rng, task: (
        Node("mul", (num("1/3"), Node("mul", (num(3), node)))) if node.kind == "mul" else None
    ),
}  # fmt: skip


def changed(node: Node, change: Change, rng: random.Random, task: Task) -> Node | None:
    """The recipe with a change at a random place where it fits."""
    spots = list(parts(node))
    rng.shuffle(spots)
    for place, part in spots:
        new = change(part, rng, task)
        if new is not None and new != part:
            return put(node, place, new)
    return None
