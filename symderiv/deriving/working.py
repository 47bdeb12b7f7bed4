"""Working: a quantity written out and worked out, its definitions opened one after the other."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from symderiv.deriving.definitions import unfolding
from symderiv.deriving.derivation import Derivation, Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.neat import is_rounding, neat, numeral, value_of
from symderiv.deriving.tidying import tidy
from symderiv.term.build import meaning_of
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import rebuilt, substitute, with_args

#: The most digits that a power of numbers may have to be written out.
DIGITS = 40


def worked(start: Term, given: tuple[Term, ...] = ()) -> Derivation:
    """The quantity in its shortest form, from its definition on.

    >>> from symderiv.term.build import named, num
    >>> side = named("a", num(5) - num(3) + 1)
    >>> worked(side * side).shown
    (product(sum(5, minus(3), 1), sum(5, minus(3), 1)), 9)
    """
    draft = Draft(start, given)
    while (part := _outermost(draft.term)) is not None:
        draft.show(_written_out(part))
    draft.use(computed)
    draft.end_line()
    draft.use(rounded)
    draft.end_line()
    tidy(draft)
    return draft.done()


def _outermost(term: Term) -> Term | None:
    """The named part that comes last in the order of definitions: none that is left stands upon it."""
    found = [node for node in subterms(term) if node.kind == "named"]
    return found[-1] if found else None


def _written_out(part: Term) -> Move:
    """The law that writes what a name stands for, wherever the name stands."""
    rule = unfolding(part)
    return Move(rule.name, lambda term: substitute(term, {part: part.args[0]}), say="write what the name stands for")


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
