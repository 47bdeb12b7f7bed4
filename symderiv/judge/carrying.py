"""Errors carried forward: what a person claimed of a quantity or of a derivative stands in for it in the lines below.

A claimed derivative `∂y/∂v = W` overrides the local derivative, not an equation: below, y is read as
`y + (W − ∂y/∂v)(v − v₀)` with v₀ the value of v, which has the value of y and the derivative W.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from symderiv.term.build import at, mul, name, of, partial, stack
from symderiv.term.kinds import Term
from symderiv.term.places import rebuilt, with_args
from symderiv.term.shapes import Clash, axes_of, shape

#: The accent of the value at which a variable stands while its derivative is overridden.
START = "check"


class Claim(NamedTuple):
    """What a person claimed: the left side and the value given for it."""

    left: Term
    right: Term


def carried(terms: tuple[Term, ...], claims: Iterable[Claim]) -> tuple[Term, ...]:
    """Terms with these claims in force.

    >>> from symderiv.term.build import *
    >>> x = name("x"); u = named("u", x**2); y = named("y", power(u, num(3)))
    >>> from symderiv.worth.compare import compare
    >>> (wrong,) = carried((partial(y, x),), [Claim(partial(u, x), x)])
    >>> compare(wrong, 3 * u**2 * x).kind
    'proved'
    """
    new: dict[Term, Term] = {}
    frozen: dict[Term, Term] = {}
    for claim in claims:
        found = _stand_in(claim, frozen)
        if found is not None and found[0] not in new:
            new[found[0]] = found[1]
    if not new:
        return terms
    pairs = [side for letter, value in frozen.items() for side in (letter, value)]
    return tuple(_wrapped(_put(term, new), pairs, frozen) for term in terms)


def _put(term: Term, new: Mapping[Term, Term], within: frozenset[Term] = frozenset()) -> Term:
    """The term with what stands in for quantities, and in that what stands in for others."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node.kind == "partial":
            args = (args[0], node.args[1])
        here = with_args(node, args) if args else node
        found = next((one for one in (node, here) if one in new and one not in within), None)
        return here if found is None else _put(new[found], new, within | {found})

    return rebuilt(term, change)


def _wrapped(term: Term, pairs: list[Term], frozen: Mapping[Term, Term]) -> Term:
    return at(term, *pairs) if any(letter in term.free for letter in frozen) else term


def _stand_in(claim: Claim, frozen: dict[Term, Term]) -> tuple[Term, Term] | None:
    """A quantity, and what stands for it under a claim."""
    left = claim.left
    if left.kind == "partial":
        return _derivative(left, claim.right, frozen)
    if left.kind == "named":
        return _value(left, claim.right, frozen)
    if left.kind == "entry" and left.args[0].kind == "named":
        array = _stacked(left.args[1:], shape(left.args[0]), claim.right)
        return None if array is None else (left.args[0], array)
    if left.kind == "apply":
        return (left, claim.right)
    return None


def _value(left: Term, right: Term, frozen: dict[Term, Term]) -> tuple[Term, Term]:
    """A quantity that goes on from a number written for it: moved there, so that derivatives by it keep their variable."""
    if right.free or axes_of(left) != axes_of(right):
        return (left, right)
    start = name(replace(left.data, accent=START), *axes_of(left))
    frozen[start] = left
    return (left, left + (right - start))


def _stacked(letters: tuple[Term, ...], sizes: object, body: Term) -> Term | None:
    """The array whose entry at these letters is a body."""
    if isinstance(sizes, Clash) or not isinstance(sizes, tuple) or len(sizes) != len(letters):
        return None
    if len(set(letters)) != len(letters) or any(letter.kind != "index" for letter in letters):
        return None
    return stack(body, *[part for pair in zip(letters, sizes, strict=True) for part in pair])


def _derivative(left: Term, right: Term, frozen: dict[Term, Term]) -> tuple[Term, Term] | None:
    """A body and what has its value and the claimed derivative."""
    body, variable = left.args
    whole, base = _whole(body), _whole(variable)
    if whole.kind == "named" and base not in whole.free:
        return (left, right)
    if whole is not body or base is not variable:
        letters = (*(body.args[1:] if whole is not body else ()), *(variable.args[1:] if base is not variable else ()))
        sizes = (*(axes_of(whole) if whole is not body else ()), *(axes_of(base) if base is not variable else ()))
        array = _stacked(letters, sizes, right)
        if array is None:
            return None
        right = array
    start = name(replace(base.data.name if base.kind == "name" else base.data, accent=START), *axes_of(base))
    frozen[start] = base
    slope = right if whole.kind == "name" else right - partial(whole, base)
    if not isinstance(shape(slope), Clash) and not any(leaf.kind == "index" for leaf in slope.free):
        slope = _held(slope, start, frozen)
    moved = _along(slope, base - start, len(axes_of(whole)), len(axes_of(base)))
    return None if moved is None else (whole, whole + moved)


def _held(slope: Term, start: Term, frozen: dict[Term, Term]) -> Term:
    """A slope as a letter that stands still: it multiplies what vanishes at the point, so its own change does not count."""
    letter = name(replace(start.data.name, sub=f"{start.data.name.sub} {len(frozen)}"), *axes_of(slope))
    frozen[letter] = slope
    return letter


def _whole(term: Term) -> Term:
    return term.args[0] if term.kind == "entry" else term


def _along(slope: Term, step: Term, rows: int, columns: int) -> Term | None:
    """A derivative times a step: of a number by a number, a vector or a matrix; of a vector by a number or a vector."""
    if isinstance(shape(slope), Clash):
        if slope.kind != "sum":
            return None
        turned = of("transpose", slope.args[0]) - slope.args[1].args[0]
        if rows or columns != 1 or isinstance(shape(turned), Clash):
            return None
        slope = turned
    match rows, columns:
        case (0, 0) | (1, 0) | (2, 0) | (1, 1):
            return mul(slope, step)
        case 0, 1:
            return mul(of("transpose", slope), step)
        case 0, 2:
            return of("trace", mul(of("transpose", slope), step))
    return None
