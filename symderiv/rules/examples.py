"""An example of every rule, made from its letters alone: what the suite checks and what the page of a rule shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from symderiv.rules.filling import filler
from symderiv.rules.letters import COLUMNS, ROWS, RuleLetter
from symderiv.rules.matching import Bindings
from symderiv.rules.rule import Rule
from symderiv.term.build import TWO, ZERO, Shape, add, apply, entry, function, index, mul, name, num, of, power, size
from symderiv.term.kinds import BINDERS, Term, subterms

#: The variable of all examples, and an array of data.
t = name("t")
_data = name("a", ROWS)
#: What the integrals of examples bind.
_dummy = name("r")
_sin, _exp = function("sin", known=True), function("exp", known=True)

#: What depends on the variable in examples: positive, none constant, no two alike, for some arguments below one.
_MOVING = (t**TWO + 1, apply(_exp, t), t + 2, 3 + apply(_sin, t), t ** num(3) + t + 1)
_SMALL = (t / 3, t / 4 + num(1) / 5)
_FIXED = tuple(name(letter) for letter in "abcs")


@dataclass(frozen=True, slots=True)
class Example:
    """A rule with its letters filled in: what each stands for, both sides, and the conditions there."""

    rule: Rule
    letters: Bindings
    left: Term
    right: Term
    conditions: tuple[Term, ...]


def examples(rule: Rule, count: int = 3) -> list[Example]:
    """Several examples, each with other terms for the letters; for some runs empty, for some not.

    >>> from symderiv.rules.derivatives import product_rule
    >>> len(examples(product_rule))
    3
    """
    return [_example(rule, number) for number in range(count)]


def _example(rule: Rule, number: int) -> Example:
    letters = list(dict.fromkeys(node for node in subterms(rule.left) if isinstance(node.data, RuleLetter)))
    bound: Bindings = {}
    for place, letter in enumerate(letters):
        bound[letter] = _stand_in(rule, letter, place, number)
    left = filler(rule.left)(bound)
    right = rule.fill(bound) if not rule.every else rule.apply(left)
    assert right is not None, f"{rule.name} does not fit its own example {left}"
    return Example(rule, bound, left, right, tuple(filler(condition)(bound) for condition in rule.where))


def _stand_in(rule: Rule, letter: Term, place: int, number: int) -> Any:
    spec = letter.data
    if spec.taking == "run":
        least = 0 if _binder(rule) is None else 1
        run = tuple(_one(rule, letter, place + step, number) for step in range(max(least, (number + place) % 3)))
        return () if _is_limit(rule, letter) else run
    if _is_limit(rule, letter):
        return size("N")
    return _one(rule, letter, place, number)


def _is_limit(rule: Rule, letter: Term) -> bool:
    """Whether the letter says how far a sum runs."""
    return any(letter in node.args[2:] for node in _sums(rule))


def _one(rule: Rule, letter: Term, place: int, number: int) -> Any:
    spec = letter.data
    if rule.left.kind == "differential":
        return _under_a_sum(rule, _changing(spec, place + number))
    if spec.shape:
        return (
            name("zw"[place % 2], *spec.shape)
            if rule.left.kind != "partial" or _is_variable(rule, letter)
            else _array(letter)
        )
    return _BY_KIND[spec.what](rule, letter, place + number)


#: The matrix that moves in examples of differentials.
_X = name("X", ROWS, COLUMNS)
_left, _right = name("u", ROWS), name("v", COLUMNS)


def _under_a_sum(rule: Rule, number: Any) -> Any:
    """A number that moves, made to depend on the letter of the sum it stands under."""
    binder = _binder(rule)
    moves = isinstance(number, Term) and _X in number.free and number is not _X
    return mul(entry(_data, binder), number) if binder is not None and moves else number


def _changing(spec: RuleLetter, number: int) -> Any:
    """What a letter stands for where a matrix X moves: arrays and numbers made of X, no two alike."""
    match spec.what:
        case "variable":
            return _X
        case "index":
            return index("i")
        case "field" | "size" | "natural" | "free":
            return {"field": function("f", inputs=((ROWS,),)), "size": size("k"), "natural": num(3)}.get(
                spec.what, _FIXED[number % len(_FIXED)]
            )
    fixed = name("BCGH"[number % 4], *spec.shape)
    if len(spec.shape) == 1:
        return mul(_X, _right) + fixed
    if len(spec.shape) == 2 and spec.shape[0] is spec.shape[1]:
        return mul(_X, name("DEFQ"[number % 4], COLUMNS, ROWS)) + fixed
    if spec.shape:
        return mul(name("DEFQ"[number % 4], ROWS, ROWS), _X) + fixed
    return mul(of("transpose", _left), _X, name("vwyz"[number % 4], COLUMNS)) + 2


def _is_variable(rule: Rule, letter: Term) -> bool:
    return letter in subterms(rule.left.args[1])


def _array(letter: Term) -> Term:
    """An array whose entries depend on the variable."""
    return add(mul(t, name("a", *letter.data.shape)), name("b", *letter.data.shape))


def _moving(rule: Rule, letter: Term, number: int) -> Term:
    return _SMALL[number % 2] if _below_one(rule) else _MOVING[number % len(_MOVING)]


def _below_one(rule: Rule) -> bool:
    return any(condition.data == ("<", "<") for condition in rule.where)


def _anything(rule: Rule, letter: Term, number: int) -> Term:
    binder = _binder(rule)
    if binder is not None:
        under = _indexed(binder, number) if _runs_over_entries(rule) else power(_FIXED[0], binder)
        return mul(t, under) if rule.left.kind == "partial" else under
    if rule.left.kind == "partial":
        return _moving(rule, letter, number)
    return _MOVING[number % len(_MOVING)]


def _runs_over_entries(rule: Rule) -> bool:
    """Whether a sum runs over the positions of an array, not over numbers from zero."""
    return not any(ZERO in node.args[2:] for node in _sums(rule))


def _sums(rule: Rule) -> list[Term]:
    """The terms of the left side that bind an index."""
    return [
        node
        for node in subterms(rule.left)
        if node.kind in BINDERS and node.kind not in ("integral", "limit", "expectation")
    ]


def _binder(rule: Rule) -> Term | None:
    """The letter of the sum on the left side."""
    letters = [node.args[1] for node in _sums(rule)]
    return index(letters[0].data.name) if letters else None


def _indexed(letter: Term, number: int) -> Term:
    """What stands under a sum: made of entries at the summation letter."""
    at = entry(_data, letter)
    return (at, at**TWO, at + 1)[number % 3]


def _family(rule: Rule, letter: Term, number: int) -> Any:
    if any(node.kind == "integral" for node in subterms(rule.left)):
        return apply(_sin, mul(_dummy, t)) + num(number + 1) * _dummy, _dummy
    binder = _binder(rule) or index("k")
    return _indexed(binder, number), binder


def _argument(rule: Rule, field: Term) -> Shape:
    """The shape of the letter that a function of an array is applied to."""
    calls = (node for node in subterms(rule.left) if node.kind == "apply" and node.args[0] is field)
    return next((node.args[1].data.shape for node in calls if isinstance(node.args[1].data, RuleLetter)), (ROWS,))


_BY_KIND: dict[str, Callable[[Rule, Term, int], Any]] = {
    "anything": _anything,
    "depends": _moving,
    "free": lambda rule, letter, number: _FIXED[number % len(_FIXED)],
    "variable": lambda rule, letter, number: t,
    "natural": lambda rule, letter, number: num(3 + number % 3),
    "function": lambda rule, letter, number: function("fgh"[number % 3]),
    "known": lambda rule, letter, number: (_sin, function("sigma", known=True))[number % 2],
    "field": lambda rule, letter, number: function("f", inputs=(_argument(rule, letter),)),
    "index": lambda rule, letter, number: index(letter.data.name),
    "position": lambda rule, letter, number: index(letter.data.name) + number % 2 if number % 2 else index(letter.data.name),
    "dummy": lambda rule, letter, number: _dummy,
    "family": _family,
    "free family": lambda rule, letter, number: (apply(_sin, _dummy) + num(number + 1) * _dummy, _dummy),
}
