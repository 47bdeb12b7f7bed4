"""Filling a pattern in with what its letters stand for, compiled once a pattern."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symderiv.rules.letters import RuleLetter
from symderiv.rules.matching import EMPTY, STYLE, Bindings, bound_letters, is_family
from symderiv.term.build import ONE, add, index, mul
from symderiv.term.kinds import BINDERS, NOTHING, Term, make, subterms
from symderiv.term.places import fresh_index, substitute

Filler = Callable[[Bindings], Term]


def filler(pattern: Term) -> Filler:
    """A function that builds the term from what the letters stand for."""
    if pattern.kind == "letter":
        return lambda bound: bound[pattern]
    if not bound_letters(pattern):
        return lambda bound: pattern
    if pattern.kind == "function" and not pattern.args:
        return lambda bound: bound.get(pattern, pattern)
    if is_family(pattern):
        return _fill_family(pattern)
    parts = [filler(arg) for arg in pattern.args]
    kind, data = pattern.kind, pattern.data
    if kind in BINDERS:
        return _fill_binder(pattern, parts)
    if any(arg.kind == "letter" and arg.data.taking != "one" for arg in pattern.args):
        return _fill_runs(pattern, parts)
    if kind == "function":
        return lambda bound: make(kind, bound.get(data, data), tuple([part(bound) for part in parts]))
    if kind == "partial":
        body, variable = parts
        return lambda bound: make("partial", bound.get(STYLE, data), (body(bound), variable(bound)))
    if len(parts) == 2:
        first, second = parts
        return lambda bound: make(kind, data, (first(bound), second(bound)))
    return lambda bound: make(kind, data, tuple([part(bound) for part in parts]))


def _fill_family(pattern: Term) -> Filler:
    letter, position = pattern.args

    def fill(bound: Bindings) -> Term:
        term, read_at = bound[letter]
        there = bound.get(position, position)
        return term if there is read_at else substitute(term, {read_at: there})

    return fill


def _fill_runs(pattern: Term, parts: list[Filler]) -> Filler:
    kind, data = pattern.kind, pattern.data
    spliced = [arg.kind == "letter" and arg.data.taking == "run" for arg in pattern.args]
    unit = EMPTY.get(kind)

    def fill(bound: Bindings) -> Term:
        args: list[Term] = []
        for part, splice in zip(parts, spliced, strict=True):
            value: Any = part(bound)
            if splice:
                args.extend(value)
            elif value is not unit:
                args.append(value)
        if unit is None:
            return make(kind, data, tuple(args))
        return add(*args) if kind == "sum" else mul(*args)

    return fill


def _fill_binder(pattern: Term, parts: list[Filler]) -> Filler:
    """A sum that the right side brings in binds a letter of its own, which must not meet one that stands in the match.

    How far it runs is written where the array that it numbers is given by so many entries as a number says.
    """
    letter, fill_args = pattern.args[1], _fill_runs(pattern, parts)
    numbered = _numbered(pattern) if pattern.kind == "bigsum" and len(pattern.args) == 2 else None

    def fill(bound: Bindings) -> Term:
        if letter in bound:
            return fill_args(bound)
        taken = NOTHING.union(*(value.free for value in bound.values() if isinstance(value, Term)))
        wish = index(letter.data.name if isinstance(letter.data, RuleLetter) else letter.data)
        found = fill_args({**bound, letter: fresh_index(wish, taken) if wish in taken else wish})
        count = None if numbered is None else _count(bound[numbered[0]], numbered[1])
        return found if count is None else make("bigsum", None, (*found.args, ONE, count))

    return fill


def _numbered(pattern: Term) -> tuple[Term, int] | None:
    """The array letter of which a sum without limits numbers the entries, and along which axis."""
    body, letter = pattern.args
    entries = (node for node in subterms(body) if node.kind == "entry" and node.args[0].kind == "letter")
    found = ((node.args[0], node.args.index(letter, 1) - 1) for node in entries if letter in node.args[1:])
    return next(found, None)


def _count(array: Term, axis: int) -> Term | None:
    """How many entries an array has along an axis, where it is given by its entries and that is a number."""
    size = array.args[2 + 2 * axis] if array.kind == "stack" else None
    return size if size is not None and size.kind == "number" else None
