"""What was left out on the way from a derivative to its value: a path of the variable, or one local derivative."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice

from symderiv.term.build import apply, at, entry, index, mul, name, of, partial, prime
from symderiv.term.kinds import Term, make, subterms
from symderiv.term.names import Name
from symderiv.term.places import fresh_index, substitute
from symderiv.term.shapes import Clash, axes_of, shape
from symderiv.term.size import is_large

#: What marks the name of a part on a path that is left out.
HELD = "|held"
#: The letter for what a local derivative is taken by.
INNER = Name("u", sub="|inner")
#: How many parts of a derivation are held together, and how many ways are tried of one line.
TOGETHER, MOST = 3, 60


def derivative_in(left: Term) -> Term | None:
    """The first derivative that a left side stands for, if it is one: itself, a name for it, or an entry of such a name."""
    if left.kind == "entry" and left.args[0].kind == "named":
        stacked = left.args[0].args[0]
        if stacked.kind != "stack":
            return None
        left = substitute(stacked.args[0], dict(zip(stacked.args[1::2], left.args[1:], strict=True)))
    whole = left.args[0] if left.kind == "named" else left
    return whole if whole.kind == "partial" and not whole.args[0].moves else None


def without_a_path(derivative: Term) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    """What a derivative would be with some named parts held fixed, and these parts; fewer parts first.

    >>> from symderiv.term.build import *
    >>> x = name("x"); u = named("u", x**2); y = named("y", x * u)
    >>> [parts for _, parts in without_a_path(partial(y, x))]
    [(u,)]
    """
    body, variable = derivative.args
    base = variable.args[0] if variable.kind == "entry" else variable
    inner = body.args[0] if body.kind == "named" else body
    if is_large(inner):
        return
    parts = tuple(dict.fromkeys(node for node in subterms(inner) if node.kind == "named" and _moves(node, base)))
    yield from islice(_holding(inner, variable, base, parts), MOST)


def _moves(node: Term, base: Term) -> bool:
    return node is not base and base in node.free and not isinstance(shape(node), Clash)


def _holding(inner: Term, variable: Term, base: Term, parts: tuple[Term, ...]) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    for count in range(1, TOGETHER + 1):
        for held in combinations(parts, count):
            letters = {part: name(replace(part.data, sub=part.data.sub + HELD), *axes_of(part)) for part in held}
            body = substitute(inner, letters)
            if base in body.free and all(letter in body.free for letter in letters.values()):
                yield at(partial(body, variable), *[side for pair in letters.items() for side in pair[::-1]]), held


def entry_by_entry(derivative: Term) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    """What a gradient would be, at an entry, if a part on the way had only the derivatives of each entry by its own.

    With each goes the entry, as its letters.
    """
    body, variable = derivative.args
    sizes = axes_of(variable)
    if variable.kind == "entry" or not sizes or shape(body) != ():
        return
    letters: list[Term] = []
    for _ in sizes:
        letters.append(fresh_index(index("i"), derivative.free | set(letters)))
    own = entry(variable, *letters)
    for part in dict.fromkeys(subterms(body)):
        if part.kind == "named" and _moves(part, variable) and shape(part) == sizes:
            here = entry(part, *letters)
            yield mul(partial(body, here), partial(here, own)), tuple(letters)


def recurs(parts: tuple[Term, ...], derivative: Term) -> bool:
    """Whether one of some parts is a step of several: `h_1` beside `h_2`."""
    named = [node for node in subterms(derivative) if node.kind == "named"]
    return any(node.data.base == part.data.base and node.data != part.data for part in parts for node in named)


def with_a_factor(derivative: Term, right: Term) -> Iterator[Term]:
    """A right side with one local derivative more: as a factor, or entry by entry at a place that has its shape.

    >>> from symderiv.term.build import *
    >>> x = name("x"); u = named("u", x**2); sin = function("sin", known=True)
    >>> from symderiv.worth.compare import compare
    >>> wrong = apply(prime(sin), u)
    >>> any(compare(2 * x * wrong, one).kind == "proved" for one in with_a_factor(partial(apply(sin, u), x), wrong))
    True
    """
    yield from islice(_with_factors(derivative, right), MOST)


def _with_factors(derivative: Term, right: Term) -> Iterator[Term]:
    for factor in dict.fromkeys(_local_derivatives(*derivative.args)):
        if shape(factor) == ():
            yield mul(factor, right)
        else:
            yield from _entrywise(factor, right)


def _local_derivatives(body: Term, variable: Term) -> Iterator[Term]:
    """The derivative of each part by the part inside it and by the variable, of numbers; functions of arrays."""
    base = variable.args[0] if variable.kind == "entry" else variable
    letter = name(INNER)
    for node in subterms(body):
        if node.kind in ("entry", "stack") or base not in node.free or isinstance(shape(node), Clash):
            continue
        for spot, arg in enumerate(node.args):
            if base not in arg.free or isinstance(shape(arg), Clash):
                continue
            if shape(node) == shape(arg) == () and node.kind != "named":
                loose = make(node.kind, node.data, (*node.args[:spot], letter, *node.args[spot + 1 :]))
                yield at(partial(loose, letter), letter, arg)
            elif node.kind == "apply" and len(node.args) == 2 and shape(node) == shape(arg):
                yield apply(prime(node.args[0]), arg)
        if shape(node) == shape(variable) == () and node is not variable:
            yield partial(node, variable)


def _entrywise(factor: Term, right: Term) -> Iterator[Term]:
    """A right side with a factor entry by entry at each place that has its shape, outer places first."""
    if shape(right) == shape(factor):
        yield of("hadamard", factor, right)
    if right.kind in ("named", "partial", "apply", "entry"):
        return
    for run in _runs(right) if right.kind == "product" else ():
        part = mul(*right.args[run])
        if shape(part) == shape(factor):
            yield mul(*right.args[: run.start], of("hadamard", factor, part), *right.args[run.stop :])
    for spot, arg in enumerate(right.args):
        for inside in _entrywise(factor, arg):
            yield make(right.kind, right.data, (*right.args[:spot], inside, *right.args[spot + 1 :]))


def _runs(product: Term) -> Iterator[slice]:
    """The places of neighbouring factors, of more than one and not of all."""
    count = len(product.args)
    for width in range(count - 1, 1, -1):
        for start in range(count - width + 1):
            yield slice(start, start + width)
