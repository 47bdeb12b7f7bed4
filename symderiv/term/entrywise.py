r"""A function of one number carried out on each entry of an array, as it is written: `\sin(z)`, `u ⊙ v`, `σ(z)`."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.term.build import (
    ONE,
    E,
    Shape,
    add,
    apply,
    entry,
    fraction,
    function,
    index,
    minus,
    mul,
    of,
    power,
    root,
    stack,
)
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import fresh_index, substitute
from symderiv.term.shapes import Clash, shape

#: Natural powers of a matrix entry by entry up to this are written `X ⊙ X`.
_REPEATED = 4
_EXP = function("exp", known=True)
_LOGISTIC = function("sigma", known=True)


def entrywise(body: Term, each: Term, array: Term) -> Term:
    """The array whose entries are `body`, where the name `each` stands for the entries of `array`.

    Written with functions, sums and ⊙ of whole arrays where these mean the same, else entry by entry (`stack`).

    >>> from symderiv.term.build import name, size
    >>> t, v = name("t"), name("v", size("n"))
    >>> entrywise(2 * t * t, t, v)
    product(2, hadamard(v, v))
    """
    sizes = shape(array)
    if sizes == () or isinstance(sizes, Clash):
        return substitute(body, {each: array})
    if each not in body.free:
        return mul(body, of("ones", *sizes))
    whole: dict[Term, Term | None] = {}
    for node in subterms(body):
        if node is each:
            whole[node] = array
        elif each not in node.free:
            whole[node] = node
        else:
            lift = _LIFTS.get(node.kind)
            parts = [whole[arg] for arg in node.args]
            written = [part for part in parts if part is not None]
            whole[node] = lift(node, each, written, sizes) if lift and len(written) == len(parts) else None
    found = whole[body]
    return found if found is not None else _by_entries(body, each, array, sizes)


def _by_entries(body: Term, each: Term, array: Term, sizes: Shape) -> Term:
    """`stack`, with index letters that are free nowhere in it."""
    letters: list[Term] = []
    for _ in sizes:
        taken = body.free | array.free | set(letters)
        first = index("i")
        letters.append(fresh_index(first, taken) if first in taken else first)
    bounds = [part for pair in zip(letters, sizes, strict=True) for part in pair]
    return stack(substitute(body, {each: entry(array, *letters)}), *bounds)


def _sum(node: Term, each: Term, parts: list[Term], sizes: Shape) -> Term:
    return add(*parts)


def _minus(node: Term, each: Term, parts: list[Term], sizes: Shape) -> Term:
    return minus(parts[0])


def _product(node: Term, each: Term, parts: list[Term], sizes: Shape) -> Term:
    pairs = list(zip(node.args, parts, strict=True))
    scalars = [part for factor, part in pairs if each not in factor.free]
    arrays = [part for factor, part in pairs if each in factor.free]
    if len(arrays) > 1:
        return mul(*scalars, of("hadamard", *arrays))
    return mul(*scalars, *(arrays[0].args if arrays[0].kind == "product" else arrays))


def _fraction(node: Term, each: Term, parts: list[Term], sizes: Shape) -> Term:
    """The quotient entry by entry; the logistic function is known by its form."""
    below = node.args[1]
    if node.args[0] is ONE and below.kind == "sum" and below.args == (ONE, power(E, minus(each))):
        return apply(_LOGISTIC, parts[1].args[1].args[1].args[0])
    return fraction(parts[0], parts[1])


def _apply(node: Term, each: Term, parts: list[Term], sizes: Shape) -> Term:
    return apply(*parts)


def _power(node: Term, each: Term, parts: list[Term], sizes: Shape) -> Term | None:
    base, exponent = node.args
    if each in exponent.free:
        return apply(_EXP, parts[1]) if base is E else None
    if len(sizes) == 1:
        return power(parts[0], exponent)
    if exponent.kind == "number" and exponent.data[0] in range(2, _REPEATED + 1):
        return of("hadamard", *[parts[0]] * int(exponent.data[0]))
    return None


def _root(node: Term, each: Term, parts: list[Term], sizes: Shape) -> Term | None:
    return root(parts[0], node.args[1]) if len(sizes) == 1 and each not in node.args[1].free else None


_LIFTS: dict[str, Callable[[Term, Term, list[Term], Shape], Term | None]] = {
    "sum": _sum,
    "minus": _minus,
    "product": _product,
    "fraction": _fraction,
    "apply": _apply,
    "power": _power,
    "root": _root,
}
