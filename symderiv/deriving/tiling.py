"""Windows side by side: of pooling windows that do not overlap, each position lies in one only.

`Σ_p u_p Σ_{a=1}^s δ_{sp−s+a,i}` is `u_{⌈i/s⌉}`: `sp − s + a = i` has one solution, for the window p and the place a in it.
"""

from __future__ import annotations

from typing import NamedTuple

from symderiv.deriving.derivation import Move
from symderiv.deriving.monomials import Monomial, collected, terms_of
from symderiv.deriving.neat import neat, value_of
from symderiv.deriving.shifting import plain_position
from symderiv.term.build import FROM_ZERO, ONE, add, apply, function, minus, mul, num, property_of
from symderiv.term.kinds import Term, leaves, subterms
from symderiv.term.places import Place, part, put, rebuilt, substitute, with_args
from symderiv.term.shapes import Clash, shape


class _Window(NamedTuple):
    """Where the delta and the sum over the places in a window stand, how wide the windows are, and which position it is."""

    delta: Place
    inner: Place
    width: int
    position: Term


def tiling(start: Term, given: tuple[Term, ...]) -> tuple[Move, ...]:
    """The law that finds the window of the entry that is differentiated by, where the windows cover its array."""
    if start.kind != "partial" or start.args[1].kind != "entry" or property_of(FROM_ZERO) in given:
        return ()
    array, *positions = start.args[1].args
    sizes = shape(array)
    if isinstance(sizes, Clash) or len(sizes) != len(positions):
        return ()
    reach = dict(zip(positions, sizes, strict=True))
    return (Move("each position lies in one window", lambda term: _carried_out(term, reach), say=_SAY),)


_SAY = "windows side by side do not overlap: which one it is, is the position over the width, rounded up"


def _carried_out(term: Term, reach: dict[Term, Term]) -> Term | None:
    """A sum over windows with the one window left that holds the position."""
    if term.kind != "bigsum" or len(term.args) not in (2, 4):
        return None
    body, letter = term.args[:2]
    window = _window(body, letter, (), {})
    if window is None or not _covers(term, window, reach):
        return None
    wide = num(window.width)
    last = apply(function("ceil", known=True), window.position / wide)
    place = part(body, window.inner).args[1]
    inside = neat(window.position - wide * last + wide)
    without = put(body, window.delta, ONE)
    without = put(without, window.inner, part(without, (*window.inner, 0)))
    return neat(_placed(without, letter, last, place, inside))


def _placed(term: Term, letter: Term, last: Term, place: Term, inside: Term) -> Term:
    """The term in the one window at the one place, with the positions that become shorter so."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node.kind == "entry":
            plain = [plain_position(spot) for spot in args[1:]]
            pairs = zip(plain, args[1:], strict=True)
            args = (args[0], *[short if leaves(short) < leaves(spot) else spot for short, spot in pairs])
        return with_args(node, args) if args else node

    return rebuilt(substitute(term, {letter: last, place: inside}), change, into_names=False)


def _window(body: Term, letter: Term, at: Place, sums: dict[Term, Place]) -> _Window | None:
    """The delta that is a factor of the body and joins the letter of the windows to that of a sum inside."""
    term = part(body, at)
    if term.kind == "bigsum":
        sums = {**sums, term.args[1]: at}
    if term.kind == "delta":
        for spot, position in (term.args, term.args[::-1]):
            solved = _solved(spot, letter, sums, body)
            if solved is not None and letter not in position.free and sums.keys().isdisjoint(position.free):
                return _Window(at, *solved, position)
    spots = range(len(term.args)) if term.kind == "product" else (0,) if term.kind in _THROUGH else ()
    return next((found for spot in spots if (found := _window(body, letter, (*at, spot), sums)) is not None), None)


#: What has the value zero where its first part has.
_THROUGH = ("bigsum", "fraction", "minus")


def _solved(spot: Term, letter: Term, sums: dict[Term, Place], body: Term) -> tuple[Place, int] | None:
    """The sum inside and the width s, where the spot is `s p − s + a` and a runs from 1 to s."""
    for place, at in sums.items():
        limits = [value_of(limit) for limit in part(body, at).args[2:]]
        if place in spot.free and len(limits) == 2 and limits[0] == 1 and isinstance(limits[1], int) and limits[1] > 0:
            wide = num(limits[1])
            if _is_equal(spot, add(mul(wide, letter), minus(wide), place)):
                return at, limits[1]
    return None


def _covers(term: Term, window: _Window, reach: dict[Term, Term]) -> bool:
    """Whether there are so many windows that they fill the array, no more and no fewer."""
    letter, size = term.args[1], reach.get(window.position)
    counts = {term.args[3]} if len(term.args) == 4 and term.args[2] is ONE else set(_sizes(term.args[0], letter))
    return size is not None and any(_is_equal(size, mul(num(window.width), count)) for count in counts)


def _sizes(body: Term, letter: Term) -> list[Term]:
    """How far a letter runs that is a position of arrays."""
    found = []
    for node in subterms(body):
        if node.kind == "entry" and letter in node.args[1:]:
            sizes = shape(node.args[0])
            if not isinstance(sizes, Clash) and len(sizes) == len(node.args) - 1:
                found += [size for size, spot in zip(sizes, node.args[1:], strict=True) if spot is letter]
    return found


_OPPOSITE = Monomial(-1, {})


def _is_equal(left: Term, right: Term) -> bool:
    return not collected([*terms_of(left), *[mono.times(_OPPOSITE) for mono in terms_of(right)]])
