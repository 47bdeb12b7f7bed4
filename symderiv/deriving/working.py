"""Working: a quantity written out and worked out: definitions opened one after the other, then every law that shortens."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor, log

from symderiv.deriving.definitions import folded_places, unfolding
from symderiv.deriving.derivation import Derivation, Law, Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.indicators import complement, next_whole
from symderiv.deriving.neat import is_rounding, neat, numeral, value_of
from symderiv.deriving.picking import pick
from symderiv.deriving.tidying import Tidy, cost, like_terms, tidy
from symderiv.deriving.wanted import leading_to
from symderiv.rules import limits, roots, sums
from symderiv.term.build import ONE, ZERO, entry, meaning_of, mul, relation
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import Place, part, rebuilt, substitute, with_args

#: The most digits that a power of numbers may have to be written out.
DIGITS = 40
#: How the name of a law begins by which a part is written that was worked out before, or that is given as a number.
RESULT_FOR, VALUE_OF = "result for ", "value of "


def worked(
    start: Term,
    given: tuple[Term, ...] = (),
    found: Mapping[Term, Term] | None = None,
    forms: Iterable[Term] = (),
    kept: Collection[Term] = (),
) -> Derivation:
    """The quantity in its shortest form, from its definition on; in the last of `forms`, if there are any.

    `found` are the parts that were worked out before, with what they are: they are written so, not worked out again. Parts
    that are `kept` stay as names.

    >>> from symderiv.term.build import named, num
    >>> side = named("a", num(5) - num(3) + 1)
    >>> worked(side * side).shown
    (product(sum(5, minus(3), 1), sum(5, minus(3), 1)), 9)
    """
    draft = Draft(start, given)
    known = {name: value for name, value in (found or {}).items() if name is not start}
    pick(draft)
    if draft.steps:
        draft.end_line()
    while _opened(draft, known, kept):
        draft.use(plain)
        _show(draft)
        if draft.use(names_gone):
            _show(draft)
    draft.use(computed)
    draft.end_line()
    draft.use(rounded)
    draft.end_line()
    _shorten(draft)
    for form in forms:
        draft.end_line()
        draft.use(*leading_to(form, draft.term))
    return draft.done()


def defined(start: Term, given: tuple[Term, ...] = ()) -> Derivation:
    """A named part and its definition, nothing opened in it."""
    draft = Draft(start, given)
    draft.use(unfolding(start))
    _show(draft)
    return Derivation(start, tuple(draft.steps), tuple(draft.breaks), tuple(draft.shown), given)


def _show(draft: Draft) -> None:
    """The line as it stands, nothing put together yet."""
    draft.breaks.append(len(draft.steps))
    draft.shown.append(draft.term)


def _opened(draft: Draft, found: Mapping[Term, Term], kept: Collection[Term]) -> bool:
    """Write out what is known, all that stands there at once; else the definition of one part."""
    before = len(draft.steps)
    parts = [node for node in subterms(draft.term, into_names=False) if node.kind == "named" and node not in kept]
    laws = [_put_in(name, found[name], RESULT_FOR) for name in parts if name in found]
    laws = laws or [_put_in(name, name.args[0], VALUE_OF) for name in parts if name.args[0].kind == "number"]
    outermost = next((node for node in reversed(list(subterms(draft.term))) if node in parts), None)
    for law in laws or ([_definition(outermost)] if outermost is not None else []):
        for place in list(folded_places(draft.term, law)):
            draft.use(law, place)
    return len(draft.steps) > before


def _definition(part: Term) -> Law:
    """The law that writes what a part stands for; of one that is given by its entries, each entry."""
    if part.args[0].kind != "stack":
        return unfolding(part)

    def entry_of(term: Term) -> Term | None:
        return neat(entry(part.args[0], *term.args[1:])) if term.kind == "entry" and term.args[0] is part else None

    return Move(unfolding(part).name, entry_of, say="write what the entry stands for")


def _put_in(name: Term, value: Term, why: str) -> Law:
    return Move(f"{why}${name.data.latex}$", lambda term: value if term is name else None, say="write what is known of it")


def _plain(term: Term) -> Term | None:
    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node.kind == "product":
            return mul(*[factor for arg in args for factor in (arg.args if arg.kind == "product" else (arg,))])
        return args[0] if node.kind == "power" and args[1] is ONE else with_args(node, args)

    found = rebuilt(term, change, into_names=False)
    return None if found is term else found


plain = Move("brackets", _plain, say="a first power and a product in a product are written without a sign", minor=True)


def _names_gone(term: Term) -> Term | None:
    """A sum with its like terms added, if a named part goes that way: `w − (w − u)` is u, whatever w is."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        node = with_args(node, args)
        found = like_terms.use(neat(node)) if node.kind == "sum" else None
        return node if found is None or _names(found[0]) >= _names(node) else found[0]

    found = rebuilt(term, change, into_names=False)
    return None if found is term else found


def _names(term: Term) -> set[Term]:
    return {node for node in subterms(term, into_names=False) if node.kind == "named"}


names_gone = Move("cancelled", _names_gone, say="what is added and taken away again goes")


def _computed(term: Term) -> Term | None:
    def change(node: Term, args: tuple[Term, ...]) -> Term:
        base, exponent = map(value_of, args) if node.kind == "power" else (None, None)
        if base is not None and isinstance(exponent, int) and _is_short(base, exponent):
            return numeral(Fraction(base) ** exponent)
        return neat(with_args(node, args))

    found = neat(rebuilt(term, change, into_names=False))
    return None if found is term else found


def _is_short(base: Fraction | int, exponent: int) -> bool:
    longest = max(abs(base.numerator), base.denominator)
    return bool(base) and abs(exponent) * len(str(longest)) <= DIGITS


def _rounded(term: Term) -> Term | None:
    def change(node: Term, args: tuple[Term, ...]) -> Term:
        node = with_args(node, args)
        number = value_of(node.args[1]) if is_rounding(node) else None
        if number is None:
            return node
        return numeral(floor(number) if meaning_of(node.args[0]) == "floor" else ceil(number))

    found = neat(rebuilt(term, change, into_names=False))
    return None if found is term else found


rounded = Move("rounded to a whole number", _rounded, say="⌊u⌋ is the next whole number down, ⌈u⌉ the next one up")
computed = Move("arithmetic", _computed, say="the numbers are put together")


def _shorten(draft: Draft) -> None:
    """What stands below a limit is made as short as it gets, then the limit is taken, then the rest."""
    while True:
        inside = next(_limits(draft.term), None)
        _simplify(draft, () if inside is None else (*inside, 0))
        if inside is None or not any(draft.use(law, inside) for law in LIMITS):
            return
        draft.end_line()
        draft.use(computed)
        draft.end_line()


def _limits(term: Term, place: Place = ()) -> Iterator[Place]:
    """Where a limit stands, the inner ones first."""
    for spot, arg in enumerate(term.args):
        yield from _limits(arg, (*place, spot))
    if term.kind == "limit":
        yield place


def _simplify(draft: Draft, inside: Place) -> None:
    """Tidy, and use the laws of roots and signs as long as one fits and does not make the line longer."""
    tidy(draft, (inside,))
    draft.end_line()
    while any(_used(draft, law, fits, inside) for law, fits in SHORTENING):
        draft.end_line()


def _used(draft: Draft, law: Law, fits: Callable[[Term, Place], bool], inside: Place) -> bool:
    """Use a law at every place where it fits, and tidy; whether that was worth it."""
    trial = Draft(draft.term, draft.given)
    for place in list(folded_places(part(trial.term, inside), law)):
        if fits(trial.term, (*inside, *place)):
            trial.use(law, (*inside, *place))
    if not trial.steps:
        return False
    Tidy(trial)(inside)
    if cost(trial.term) > cost(draft.term) + ROOT:
        return False
    draft.follow(trial)
    return True


#: What one more root counts: a line may get longer by so much, for fractions under roots are gone then.
ROOT = 4


def _anywhere(term: Term, place: Place) -> bool:
    return True


def _under_a_bar(term: Term, place: Place) -> bool:
    """Whether what stands there is a factor below the bar of a fraction: there the quotient of roots turns round."""
    above = [part(term, place[:depth]) for depth in range(len(place))]
    while above and above[-1].kind == "product":
        above.pop()
    return bool(above) and above[-1].kind == "fraction" and place[len(above) - 1] == 1


def _exact_logarithm(term: Term) -> Term | None:
    """`log_2 (1/4)` is −2: the logarithm of a whole power of its base."""
    if term.kind != "apply" or term.args[0].kind != "function" or not term.args[0].args or len(term.args) != 2:
        return None
    base, number = value_of(term.args[0].args[0]), value_of(term.args[1])
    if base is None or base <= 1 or number is None or number <= 0:
        return None
    exponent = round(log(number) / log(base))
    return numeral(exponent) if Fraction(base) ** exponent == number else None


exact_logarithm = Move(
    "logarithm of a power of its base",
    _exact_logarithm,
    say="the logarithm is the exponent",
    source="Apostol, Calculus I, 6.7",
)


#: Laws that shorten beside tidying, and where each is tried.
SHORTENING: tuple[tuple[Law, Callable[[Term, Place], bool]], ...] = (
    (roots.root_of_square, _anywhere),
    (roots.root_of_quotient, _under_a_bar),
    (roots.difference_of_squares, _anywhere),
    (roots.sign_of_number, _anywhere),
    (sums.geometric_sum, _anywhere),
    (sums.delta_picks, _anywhere),
    (exact_logarithm, _anywhere),
    (complement, _anywhere),
    (next_whole, _anywhere),
)


def _arrived(term: Term) -> Term | None:
    if term.kind != "limit" or term.args[2].kind == "constant":
        return None
    body, letter, target = term.args
    return substitute(body, {letter: target})


def _bottoms(term: Term) -> tuple[Term, ...]:
    """What stands below a bar where the limit has been put in must not be zero."""
    body, letter, target = term.args
    below = [node.args[1] for node in subterms(body) if node.kind == "fraction" and letter in node.args[1].free]
    found = [factor for bottom in below for factor in _that_vanish(neat(substitute(bottom, {letter: target})))]
    return tuple(relation("≠", factor, ZERO) for factor in dict.fromkeys(found))


def _that_vanish(term: Term) -> Iterator[Term]:
    """What is zero where a term is: its factors, what stands under a root or between bars."""
    if term.kind == "product":
        for factor in term.args:
            yield from _that_vanish(factor)
    elif term.kind in ("root", "power", "fraction"):
        yield from _that_vanish(term.args[0])
    elif term.kind == "apply" and term.args[0].kind == "function" and meaning_of(term.args[0]) == "abs":
        yield from _that_vanish(term.args[1])
    elif value_of(term) is None:
        yield term


continuous = Move(
    "continuous there", _arrived, say="the limit of a continuous function is its value at the target",
    source="Apostol, Calculus I, 3.2", needs=_bottoms,
)  # fmt: skip
#: How a limit is taken; of several the first that fits.
LIMITS: tuple[Law, ...] = (limits.minus_log_at_zero, limits.log_at_zero, continuous)
