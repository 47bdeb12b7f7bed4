"""The route by entries: differentiate in index notation, let deltas collapse, tidy, name parts again, raise."""

from __future__ import annotations

from dataclasses import dataclass, field

from symderiv.derive.calculus import carry_out
from symderiv.derive.definitions import folded_places, folding, named_parts, one_fraction_for_each_term, opening
from symderiv.derive.derivation import Derivation, Move
from symderiv.derive.draft import Draft
from symderiv.derive.neat import Neat
from symderiv.derive.raising import raised
from symderiv.derive.summation import collapse, sum_places, use_known_sums
from symderiv.derive.tidying import Tidy
from symderiv.term.build import entry, index, partial
from symderiv.term.kinds import Term
from symderiv.term.places import fresh_index, part
from symderiv.term.shapes import Clash, shape


@dataclass
class Entries:
    """One problem by entries; derivations beside the page are made once and shared."""

    given: tuple[Term, ...] = ()
    primes: frozenset[str] = frozenset()
    known: dict[Term, Derivation] = field(default_factory=dict)
    neat: Neat = field(default_factory=Neat)

    def derive(self, start: Term) -> Derivation:
        """The derivation that carries out `∂body/∂variable`, where both are scalars.

        >>> from symderiv.term.build import name, num
        >>> x = name("x")
        >>> Entries().derive(partial(x ** num(2), x)).result
        product(2, x)
        """
        done = self.known.get(start)
        if done is None:
            done = self.known[start] = self._anew(start)
        return done

    def _anew(self, start: Term) -> Derivation:
        draft = Draft(start, self.given, neat=self.neat)
        body = start.args[0]
        if opening.apply(body) is not None:
            self._open(draft)
        carry_out(draft, self.derive, self.primes)
        draft.write_neatly()
        self._tidy_sums(draft)
        draft.end_line()
        collapse(draft)
        draft.end_line()
        use_known_sums(draft)
        self._name_again(draft, start)
        Tidy(draft)()
        draft.end_line()
        return draft.done()

    def _tidy_sums(self, draft: Draft) -> None:
        """What stands under a sum is tidied before deltas are looked for."""
        for place in list(sum_places(draft.term)):
            Tidy(draft)((*place, 0))

    def _open(self, draft: Draft) -> None:
        body = part(draft.term, (0,))
        after = opening.apply(body)
        assert after is not None
        draft.step((0,), opening, body, after)

    def _name_again(self, draft: Draft, start: Term) -> None:
        """Write the names of parts again where their definitions stand, if that makes the line shorter."""
        for named in named_parts(start):
            rule = folding(named)
            if rule is None:
                continue
            law = one_fraction_for_each_term(named)
            after = law.apply(draft.term) if law is not None else None
            if law is not None and after is not None and any(True for _ in folded_places(after, rule)):
                draft.step((), law, draft.term, after)
                draft.end_line()
            for place in list(folded_places(draft.term, rule)):
                term = part(draft.term, place)
                new = rule.apply(term)
                assert new is not None
                draft.step(place, rule, term, new)
            draft.end_line()


def gradient(body: Term, variable: Term, route: Entries) -> tuple[Derivation, Derivation | None]:
    """The derivative of a body of any shape by a variable of any shape: for one entry, and raised to matrix form.

    The second is None where the entry has no matrix form, or where both are scalars.
    """
    rows, columns = shape(body), shape(variable)
    assert not isinstance(rows, Clash) and not isinstance(columns, Clash)
    inner, outer = _letters(len(rows), len(columns), body.free | variable.free)
    element = _at(body, inner)
    start = partial(element, _at(variable, outer))
    one = route.derive(start)
    if not rows and not columns:
        return one, None
    return one, _raised(one, partial(body, variable), (*inner, *outer))


_WISHES = {
    (0, 0): "", (0, 1): "j", (0, 2): "ij",
    (1, 0): "i", (1, 1): "ij", (1, 2): "kij",
    (2, 0): "ij", (2, 1): "ikj", (2, 2): "klij",
}  # fmt: skip


def _letters(inner: int, outer: int, taken: frozenset[Term]) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Index letters as on a board: `∂p_i/∂x_j`, `∂L/∂x_j`, `∂L/∂A_ij`, `∂z_k/∂A_ij`."""
    wishes = {
        (0, 1): "j",
        (0, 2): "ij",
        (1, 0): "i",
        (1, 1): "ij",
        (1, 2): "kij",
        (2, 0): "ij",
        (2, 1): "ikj",
        (2, 2): "klij",
    }
    letters: list[Term] = []
    for wish in wishes.get((inner, outer), ""):
        letter = index(wish)
        letters.append(fresh_index(letter, taken | set(letters)) if letter in taken else letter)
    return tuple(letters[:inner]), tuple(letters[inner:])


def _at(array: Term, letters: tuple[Term, ...]) -> Term:
    return entry(array, *letters) if letters else array


def _raised(one: Derivation, goal: Term, letters: tuple[Term, ...]) -> Derivation | None:
    array = raised(one.result, letters)
    if array is None:
        return None
    move = Move(
        "matrix form", lambda term: array if term is goal else None, say="all entries at once, as vectors and matrices"
    )
    draft = Draft(goal, one.given)
    draft.step((), move, goal, array)
    draft.write_neatly()
    return draft.done()
