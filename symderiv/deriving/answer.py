"""An answer: the derivative of a quantity by one variable, derived for one entry and raised to arrays, with its value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from symderiv.deriving.array_sums import common_array, like_arrays
from symderiv.deriving.derivation import Derivation, Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.entries import Entries
from symderiv.deriving.lowering import clash
from symderiv.deriving.raising import raised
from symderiv.term.build import Shape, entry, index, partial
from symderiv.term.kinds import Term
from symderiv.term.places import fresh_index
from symderiv.term.shapes import Clash, shape


@dataclass(frozen=True, slots=True)
class Answer:
    """`goal` is the derivative asked for. `derivation` carries it out, for one entry where arrays are involved;
    `matrix_form` then writes all entries at once, if that form is known."""

    goal: Term
    derivation: Derivation
    matrix_form: Derivation | None = None

    @property
    def variable(self) -> Term:
        """What is differentiated by."""
        return self.goal.args[1]

    @property
    def result(self) -> Term:
        """The result in its last form."""
        return (self.matrix_form or self.derivation).result

    @property
    def conditions(self) -> tuple[Term, ...]:
        """What the derivation needed."""
        return self.derivation.conditions


def answer(body: Term, variable: Term, route: Entries) -> Answer:
    """The derivative of a body by a variable, each a number or an array.

    >>> from symderiv.term.build import mul, name, of, size
    >>> n = size("n")
    >>> a, x = name("a", n), name("x", n)
    >>> answer(mul(of("transpose", a), x), x, Entries()).result
    a
    """
    rows, columns = _shape(body), _shape(variable)
    inner, outer = _letters(len(rows), len(columns), body.free | variable.free)
    goal = partial(body, variable, "∂" if rows or not columns else "∇")
    one = route.derive(partial(_at(body, inner), _at(variable, outer), _style(body)))
    if not rows and not columns:
        return Answer(goal, one)
    return Answer(goal, one, _raised(one, goal, (*inner, *outer)))


def _shape(term: Term) -> Shape:
    found = shape(term)
    if isinstance(found, Clash):
        raise clash(found)
    return found


def _style(body: Term) -> Literal["d", "∂"]:
    """`d` where the body depends on one letter only."""
    names = [letter for letter in body.free if letter.kind == "name" and letter.data.domain == "real"]
    return "d" if len(names) == 1 and not names[0].data.shape else "∂"


#: Index letters as on a board: `∂p_i/∂x_j`, `∂L/∂x_j`, `∂L/∂A_ij`, `∂z_k/∂A_ij`, by the number of axes of both.
_WISHES = {
    (0, 0): "", (0, 1): "j", (0, 2): "ij",
    (1, 0): "i", (1, 1): "ij", (1, 2): "kij",
    (2, 0): "ij", (2, 1): "ikj", (2, 2): "klij",
}  # fmt: skip


def _letters(inner: int, outer: int, taken: frozenset[Term]) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    letters: list[Term] = []
    for wish in _WISHES[inner, outer]:
        letter = index(wish)
        letters.append(fresh_index(letter, taken | set(letters)) if letter in taken else letter)
    return tuple(letters[:inner]), tuple(letters[inner:])


def _at(array: Term, letters: tuple[Term, ...]) -> Term:
    return entry(array, *letters) if letters else array


def _raised(one: Derivation, goal: Term, letters: tuple[Term, ...]) -> Derivation | None:
    array = raised(one.result, letters)
    if array is None:
        return None

    def all_entries(term: Term) -> Term | None:
        return array if term is goal else None

    draft = Draft(goal, one.given)
    draft.use(Move("matrix form", all_entries, say="all entries at once, as an array"))
    draft.end_line()
    draft.use(like_arrays)
    draft.use(common_array)
    return draft.done()
