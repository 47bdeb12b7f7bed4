"""Places in a term, and putting something else there: substitution that captures nothing, equality up to bound letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count

from symderiv.term.build import index
from symderiv.term.kinds import BINDERS, Term, bound_places, make, subterms
from symderiv.term.names import Name

#: Which child, then which child of that, and so on from the top.
Place = tuple[int, ...]


def part(term: Term, place: Place) -> Term:
    """The part that stands at a place.

    >>> from symderiv.term.build import *
    >>> x = name("x")
    >>> part(x * 2 + 1, (0, 1)) is num(2)
    True
    """
    for step in place:
        term = term.args[step]
    return term


def put(term: Term, place: Place, new: Term) -> Term:
    """The term with something else at a place; everything beside it stays the same object."""
    chain = [term]
    for step in place:
        chain.append(chain[-1].args[step])
    for parent, step in zip(reversed(chain[:-1]), reversed(place), strict=True):
        args = parent.args
        new = make(parent.kind, parent.data, (*args[:step], new, *args[step + 1 :]))
    return new


def rebuilt(term: Term, change: Callable[[Term, tuple[Term, ...]], Term], into_names: bool = True) -> Term:
    """The term built anew from its leaves: `change(node, new children)` gives the new node. Without recursion.

    Named parts stay as they are unless `into_names`.
    """
    done: dict[Term, Term] = {}
    for node in subterms(term, into_names):
        kept = node.kind == "named" and not into_names
        done[node] = node if kept else change(node, tuple(done[arg] for arg in node.args))
    return done[term]


def with_args(node: Term, args: tuple[Term, ...]) -> Term:
    """The same kind of term over other children."""
    return node if args == node.args else make(node.kind, node.data, args)


def substitute(term: Term, new: Mapping[Term, Term]) -> Term:
    """Every free occurrence of the names and index letters `new` replaced; bound letters move out of the way.

    Looks inside a named part only for a name that its definition has: a part that changes loses its name.

    >>> from symderiv.term.build import *
    >>> i, k, x = index("i"), index("k"), name("x", size("n"))
    >>> same(substitute(bigsum(entry(x, i) * entry(x, k), i), {k: i}), bigsum(entry(x, k) * entry(x, i), k))
    True
    """
    return _substitute(term, dict(new), {})


def _substitute(term: Term, new: dict[Term, Term], done: dict[Term, Term]) -> Term:
    known = done.get(term)
    if known is not None:
        return known
    if term.free.isdisjoint(new):
        result = term
    elif term in new:
        result = new[term]
    elif term.kind in BINDERS:
        result = _under_binder(term, new)
    elif term.kind == "named":
        result = _substitute(term.args[0], new, done)
    else:
        result = make(term.kind, term.data, tuple([_substitute(arg, new, done) for arg in term.args]))
    done[term] = result
    return result


def _under_binder(term: Term, new: dict[Term, Term]) -> Term:
    bound = term.args[BINDERS[term.kind]]
    inner = {old: value for old, value in new.items() if old not in bound and old in term.free}
    arriving = frozenset().union(*(value.free for value in inner.values()))
    body, fresh = term.args[0], dict[Term, Term]()
    for letter in bound:
        if letter in arriving:
            fresh[letter] = fresh_letter(letter, arriving | body.free | set(fresh.values()))
    changed = _substitute(body, {**inner, **fresh}, {})
    places = bound_places(term.kind, term.args)
    outer = {old: value for old, value in new.items() if old in term.free}
    rest = [
        fresh.get(arg, arg) if place in places else _substitute(arg, outer, {})
        for place, arg in enumerate(term.args)
        if place
    ]
    return make(term.kind, term.data, (changed, *rest))


def fresh_index(like: Term, taken: frozenset[Term] | set[Term]) -> Term:
    """An index letter as a person would choose it: k, l, m … after `like`, then with primes."""
    start = like.data.base
    letters = "ijklmpqrs"
    order = letters[letters.find(start) + 1 :] + letters if start in letters else "klmijpqrs"
    return index(_unused(order, taken))


def fresh_letter(like: Term, taken: frozenset[Term] | set[Term]) -> Term:
    """A letter that may be bound in place of `like`: an index for an index, for the name in an integral another name."""
    if like.kind == "index":
        return fresh_index(like, taken)
    letters, start = "tsuvwrqzxy", like.data.name.base
    order = letters[letters.find(start) + 1 :] + letters if start in letters else letters
    return make("name", replace(like.data, name=_unused(order, taken)), ())


def _unused(order: str, taken: frozenset[Term] | set[Term]) -> Name:
    """The first of these letters that is not taken, with primes once all are."""
    used = {term.data for term in taken if term.kind in ("index", "named")}
    used |= {term.data.name for term in taken if term.kind == "name"}
    return next(name for primes in count() for base in order if (name := Name(base, primes=primes)) not in used)


def canonical(term: Term) -> Term:
    """The same term with its bound letters renamed, so that equal up to renaming is the same object.

    A bound letter is named by how many letters are bound one inside another below it; letters that are free stay.
    """
    if not any(node.kind in BINDERS for node in subterms(term)):
        return term
    done: dict[Term, Term] = {}
    heights: dict[Term, int] = {}
    for node in subterms(term):
        args = tuple(done[arg] for arg in node.args)
        height = max((heights[arg] for arg in node.args), default=0)
        if node.kind in BINDERS:
            inside = heights[node.args[0]]
            letters = node.args[BINDERS[node.kind]]
            new = {letter: _numbered(letter, inside + k) for k, letter in enumerate(letters)}
            bound = bound_places(node.kind, args)
            rest = [new[arg] if place in bound else arg for place, arg in enumerate(args) if place]
            args = (_renamed(args[0], new), *rest)
            height = max(height, inside + len(letters))
        done[node], heights[node] = with_args(node, args), height
    return done[term]


def _numbered(letter: Term, number: int) -> Term:
    name = Name(f"#{number}")
    return make(letter.kind, name if letter.kind == "index" else replace(letter.data, name=name), ())


def _renamed(term: Term, new: Mapping[Term, Term]) -> Term:
    """Letters renamed where they are free; no letter that is bound in the term is among the old or the new ones."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        return new.get(node) or with_args(node, args)

    return term if term.free.isdisjoint(new) else rebuilt(term, change)


def same(left: Term, right: Term) -> bool:
    """Whether two terms are the same up to the names of bound letters."""
    return left is right or canonical(left) is canonical(right)


def opened(term: Term) -> Term:
    """The term with every named part replaced by its definition."""
    return rebuilt(term, lambda node, args: args[0] if node.kind == "named" else with_args(node, args))
