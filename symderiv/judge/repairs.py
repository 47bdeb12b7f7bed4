"""Repairs: small changes of a person's own formula, each with the class of mistake that it undoes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice, permutations
from typing import NamedTuple

from symderiv.deriving.arrays import transposed
from symderiv.term.build import (
    ONE,
    TWO,
    add,
    apply,
    bigsum,
    entry,
    fraction,
    function,
    is_size,
    minus,
    mul,
    num,
    of,
    power,
    prime,
)
from symderiv.term.kinds import Term, make, subterms
from symderiv.term.places import rebuilt, with_args
from symderiv.term.shapes import Clash, shape

#: What is a mistake in the argument where a function is taken of what is changed.
OF_AN_ARGUMENT = frozenset({"power-or-log-rule", "constant-factor", "wrong-rule"})
#: How many repairs are tried on one line.
MOST = 600
HALF = fraction(ONE, TWO)


class Repair(NamedTuple):
    """A changed formula, the class of the mistake that the change undoes, and its name."""

    term: Term
    kind: str
    name: str


def repairs(term: Term, names: Iterable[Term], sizes: Iterable[Term]) -> Iterator[Repair]:
    """The formula with one small change: first those of the whole, then those at each place, from the outside in.

    `names` are the quantities and indices that may have been meant instead of others, `sizes` the letters of lengths.
    """
    others = tuple(names)
    without = _product(term) if term.kind == "product" else iter(())
    yield from islice(chain(without, _whole(term, tuple(sizes), others), _everywhere(term, others)), MOST)


def _whole(term: Term, sizes: tuple[Term, ...], names: tuple[Term, ...]) -> Iterator[Repair]:
    yield Repair(minus(term) if term.kind != "minus" else term.args[0], "sign", "a sign is lost or added")
    found = shape(term)
    if not isinstance(found, Clash) and len(found) == 2:
        yield Repair(transposed(term), "gradient-layout", "the transpose of the gradient")
    for factor in (TWO, HALF, num(4), fraction(ONE, num(4)), num(3), fraction(ONE, num(3))):
        yield Repair(_times(factor, term), "constant-factor", "a constant factor is lost or added")
    for letter in names:
        if letter.kind == "name" and not letter.data.shape and letter.data.domain == "real":
            yield Repair(_times(letter, term), "dropped-chain-factor", "a factor is missing")
            below = _times(fraction(ONE, letter), term)
            if letter in term.free and _square_kind(letter) == "variance-vs-stddev":
                yield Repair(below, "variance-vs-stddev", "a square is lost")
            else:
                yield Repair(below, "dropped-chain-factor", "a factor is missing")
    for size in sizes:
        for factor in (fraction(ONE, size), size):
            yield Repair(_times(factor, term), "missing-1/N", "the factor of a mean is missing, or stands twice")
    for letter in sorted((leaf for leaf in term.free if leaf.kind == "name" and not leaf.data.shape), key=str):
        if letter.data.domain == "real":
            squared = _squared(term, letter)
            yield Repair(squared, _square_kind(letter), "a square is lost")
    for letter in sorted((leaf for leaf in term.free if leaf.kind == "index"), key=str):
        yield Repair(bigsum(term, letter), "sum-dropped", "a sum is missing")


def _squared(term: Term, letter: Term) -> Term:
    """The formula with a letter squared wherever it is written; what names stand for stays."""
    square = power(letter, TWO)

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        return square if node is letter else with_args(node, args) if args else node

    return rebuilt(term, change, into_names=False)


def _times(factor: Term, term: Term) -> Term:
    """A factor in front, inside a minus sign; of a sum in front of its bracket."""
    if term.kind == "minus":
        return minus(_times(factor, term.args[0]))
    return mul(factor, *(term.args if term.kind == "product" else (term,)))


def _everywhere(term: Term, names: tuple[Term, ...]) -> Iterator[Repair]:
    """The changes at one place, outer places first."""
    yield from _here(term, names)
    if term.kind in ("named", "partial", "differential"):
        return
    start = 1 if term.kind == "apply" else 0
    for spot, arg in enumerate(term.args[start:], start):
        if term.kind in ("bigsum", "bigproduct", "stack") and spot > 0:
            break
        for repair in _everywhere(arg, names):
            inside = term.kind == "apply" and repair.kind in OF_AN_ARGUMENT
            kind = "argument-of-function" if inside else repair.kind
            yield repair._replace(term=_with(term, spot, repair.term), kind=kind)


def _here(term: Term, names: tuple[Term, ...]) -> Iterator[Repair]:
    match term.kind:
        case "sum":
            yield from _sum(term, names)
        case "product" | "hadamard":
            yield from _product(term)
        case "power":
            yield from _power(term)
        case "apply":
            yield from _apply(term)
        case "number":
            yield from _number(term)
        case "fraction":
            yield from _fraction(term)
        case "transpose":
            yield Repair(term.args[0], "transposed-factor", "a factor is transposed and should not be")
        case "entry":
            yield from _entry(term, names)
        case "minus":
            yield Repair(term.args[0], "sign", "a sign is lost or added")
    if term.kind in ("name", "named", "entry", "transpose", "apply", "inverse"):
        yield from _leaf(term, names)
    if term.kind in ("name", "named", "entry"):
        yield Repair(power(term, TWO), _square_kind(term), "a square is lost")


def _square_kind(term: Term) -> str:
    letter = term.data.name.base if term.kind == "name" else ""
    return "variance-vs-stddev" if letter == "sigma" else "power-or-log-rule"


def _sum(term: Term, names: tuple[Term, ...]) -> Iterator[Repair]:
    for spot, arg in enumerate(term.args):
        turned = arg.args[0] if arg.kind == "minus" else minus(arg)
        yield Repair(_with(term, spot, turned), "sign", "a sign is lost or added")
        if arg.kind == "number":
            yield from (repair._replace(term=_with(term, spot, repair.term), kind="algebra") for repair in _number(arg))
        for factor in (TWO, HALF) if arg.kind != "number" else ():
            yield Repair(_with(term, spot, _times(factor, arg)), "constant-factor", "a constant factor is lost or added")
    for letter in names:
        if letter.kind == "name" and shape(letter) != ():
            for spot, arg in enumerate(term.args):
                if shape(arg) == () and shape(letter) == shape(
                    make("sum", None, tuple(a for a in term.args if a is not arg))
                ):
                    yield Repair(_with(term, spot, mul(arg, letter)), "wrong-rule", "a factor is missing")
        if letter.kind == "name" and letter not in term.free:
            yield Repair(add(*term.args, letter), "bias-forgotten", "a summand is forgotten")
    if len(term.args) > 2:
        for spot in range(len(term.args)):
            yield Repair(add(*term.args[:spot], *term.args[spot + 1 :]), "algebra", "a summand too many")


def _across(term: Term) -> Term:
    """The transpose, also of what does not fit yet."""
    return of("transpose", term) if isinstance(shape(term), Clash) else transposed(term)


def _with(term: Term, spot: int, arg: Term) -> Term:
    return make(term.kind, term.data, (*term.args[:spot], arg, *term.args[spot + 1 :]))


def _product(term: Term) -> Iterator[Repair]:
    arrays = [spot for spot, arg in enumerate(term.args) if shape(arg) != ()]
    for spot in arrays:
        arg = term.args[spot]
        turned = _across(arg)
        yield Repair(_with(term, spot, turned), "transposed-factor", "a factor should be transposed")
    if len(arrays) > 1:
        every = [_across(arg) if spot in arrays else arg for spot, arg in enumerate(term.args)]
        yield Repair(make(term.kind, None, tuple(every)), "transposed-factor", "every factor should be transposed")
    if term.kind == "product" and 1 < len(arrays) < 5:
        for order in permutations(range(len(arrays))):
            if order != tuple(range(len(arrays))):
                args = list(term.args)
                for place, taken in zip(arrays, order, strict=True):
                    args[place] = term.args[arrays[taken]]
                yield Repair(mul(*args), "non-commuting-order", "the factors stand in the wrong order")
                yield from _turned_as_well(args, arrays)
    if len(term.args) > 2 or (len(term.args) == 2 and term.kind == "product"):
        for spot, arg in enumerate(term.args):
            rest = (*term.args[:spot], *term.args[spot + 1 :])
            kind = "wrong-rule"
            if all(is_size(leaf) for leaf in arg.free):
                kind = "missing-1/N" if arg.free else "constant-factor"
            yield Repair(make(term.kind, None, rest) if len(rest) > 1 else rest[0], kind, "a factor too many")


def _turned_as_well(args: list[Term], arrays: list[int]) -> Iterator[Repair]:
    for spot in arrays:
        arg = args[spot]
        turned = _across(arg)
        other = [*args[:spot], turned, *args[spot + 1 :]]
        yield Repair(mul(*other), "transposed-factor", "a factor should be transposed and stand elsewhere")


def _power(term: Term) -> Iterator[Repair]:
    base, exponent = term.args
    for change in (ONE, minus(ONE), TWO, minus(TWO)):
        yield Repair(power(base, _sum_of(exponent, change)), "power-or-log-rule", "the exponent is wrong")
    yield Repair(base, _square_kind(base) if exponent is TWO else "power-or-log-rule", "a power too many")


def _sum_of(exponent: Term, change: Term) -> Term:
    value = _whole_number(exponent)
    step = _whole_number(change)
    if value is None or step is None:
        return add(exponent, change)
    return num(value + step) if value + step >= 0 else minus(num(-value - step))


def _whole_number(term: Term) -> int | None:
    if term.kind == "number" and isinstance(term.data[0], int):
        return int(term.data[0])
    inner = _whole_number(term.args[0]) if term.kind == "minus" else None
    return None if inner is None else -inner


def _apply(term: Term) -> Iterator[Repair]:
    fn, *arguments = term.args
    if len(arguments) == 1 and fn.kind in ("function", "prime"):
        if fn.kind == "function":
            yield Repair(apply(prime(fn), *arguments), "activation-derivative", "the function stands for its derivative")
        else:
            yield Repair(apply(fn.args[0], *arguments), "activation-derivative", "the derivative stands for its function")
        if fn.kind == "function" and fn.data.known:
            for other, kind in _PARTNERS.get(fn.data.means or fn.data.name.base, ()):
                yield Repair(apply(function(other, known=True), *arguments), kind, "another function is meant")
        yield Repair(apply(fn, minus(*arguments)), "sign", "the sign of an argument is lost")


#: Functions that are taken for each other.
_PARTNERS: dict[str, tuple[tuple[str, str], ...]] = {
    "sin": (("cos", "wrong-rule"),), "cos": (("sin", "wrong-rule"),), "sigma": (("tanh", "activation-derivative"),),
    "tanh": (("sigma", "activation-derivative"),),
}  # fmt: skip


def _number(term: Term) -> Iterator[Repair]:
    value = term.data[0]
    if isinstance(value, int):
        for other in (value + 1, value - 1):
            if other >= 0:
                yield Repair(num(other), "constant-factor", "a number is wrong")


def _fraction(term: Term) -> Iterator[Repair]:
    top, bottom = term.args
    yield Repair(fraction(bottom, top), "quotient-rule", "the fraction stands upside down")
    yield Repair(top, "quotient-rule", "a denominator too many")
    yield Repair(fraction(top, power(bottom, TWO)), "quotient-rule", "the square of the denominator is lost")


def _entry(term: Term, names: tuple[Term, ...]) -> Iterator[Repair]:
    array, *places = term.args
    letters = sorted({leaf for leaf in (*term.free, *names) if leaf.kind == "index"}, key=str)
    if len(places) == 2:
        yield Repair(entry(array, *reversed(places)), "wrong-index", "the indices stand in the wrong order")
    for spot, place in enumerate(places):
        for letter in letters:
            if place.kind == "index" and letter is not place:
                yield Repair(entry(array, *places[:spot], letter, *places[spot + 1 :]), "wrong-index", "an index is wrong")
        if place.kind == "sum":
            turned = _turned_offset(place)
            yield Repair(entry(array, *places[:spot], turned, *places[spot + 1 :]), "wrong-index", "an offset is wrong")
    if sum(place.kind == "sum" for place in places) > 1:
        yield Repair(entry(array, *[_turned_offset(place) for place in places]), "wrong-index", "the offsets are wrong")


def _turned_offset(place: Term) -> Term:
    """A position with its offset on the other side: `p + m` is `p − m`; another position as it is."""
    if place.kind != "sum":
        return place
    return add(place.args[0], *[arg.args[0] if arg.kind == "minus" else minus(arg) for arg in place.args[1:]])


def _leaf(term: Term, names: tuple[Term, ...]) -> Iterator[Repair]:
    """Another quantity of the same shape in the place of this one; a number in front."""
    wanted = shape(term)
    if term.kind in ("name", "named"):
        for other in names:
            if other is not term and other.kind != "index" and shape(other) == wanted:
                kind = "wrong-index" if _alike(other, term) else "argument-of-function"
                yield Repair(other, kind, "another quantity is meant")
    if wanted != ():
        turned = _across(term)
        yield Repair(turned, "transposed-factor", "a factor should be transposed")


def _alike(one: Term, other: Term) -> bool:
    """Whether two names differ in their labels only: `z_1` and `z_2`."""
    names = [term.data.name if term.kind == "name" else term.data for term in (one, other)]
    return bool(names[0].base == names[1].base)


def size_letters(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The letters of lengths in some terms."""
    found: dict[Term, None] = {}
    for term in terms:
        for node in subterms(term):
            if node.kind == "name":
                for size in (node, *node.data.shape):
                    if is_size(size) and not size.data.shape:
                        found[size] = None
    return tuple(found)
