"""An answer: the derivative of a quantity by one variable, by the route that reads best, with its matrix form."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Literal

from symderiv.deriving.arrays import sizes, transposed
from symderiv.deriving.derivation import Derivation, Move
from symderiv.deriving.differentials import Differentials, read_off
from symderiv.deriving.draft import Draft
from symderiv.deriving.entries import Entries
from symderiv.deriving.evident import needed
from symderiv.deriving.lowering import clash
from symderiv.deriving.raising import raised
from symderiv.deriving.shortening import shorten
from symderiv.deriving.tidying import cost
from symderiv.errors import SymderivError
from symderiv.term.build import Shape, at_entry, differential, entry, index, of, partial, stack
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import fresh_index
from symderiv.term.shapes import Clash, shape
from symderiv.term.size import is_large, too_large
from symderiv.worth.compare import compare
from symderiv.worth.evidence import Evidence

RouteName = Literal["entries", "differentials"]
LayoutName = Literal["numerator", "denominator"]


@dataclass(frozen=True, slots=True)
class Answer:
    """`goal` is the derivative asked for. `derivation` carries it out, for one entry or as a differential where arrays are
    involved; `matrix_form` then writes all entries at once, if that form is known."""

    goal: Term
    route: RouteName
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

    def array(self, fixed: Container[Term] = ()) -> Term:
        """The result as an array; where only the formula of one entry is known, of those whose index is not fixed."""
        if self.matrix_form is not None or self.derivation.start.kind != "partial":
            return self.result
        pairs: list[Term] = []
        for one in self.derivation.start.args:
            if one.kind == "entry":
                positions = zip(one.args[1:], _shape(one.args[0]), strict=True)
                pairs += [part for pair in positions if pair[0].kind == "index" and pair[0] not in fixed for part in pair]
        return stack(self.result, *pairs) if pairs else self.result

    @property
    def conditions(self) -> tuple[Term, ...]:
        """What the derivation needed."""
        last = self.matrix_form.conditions if self.matrix_form is not None else ()
        return needed((*self.derivation.conditions, *last), self.derivation.given)

    def agrees_with(self, other: Answer) -> Evidence:
        """Evidence that another route has the same result; where one has no matrix form, entry by entry."""
        given = (*self.derivation.given, *self.conditions, *other.conditions)
        if other.matrix_form is None and other.goal is not other.derivation.start:
            body, variable = other.derivation.start.args
            letters = [arg.args[1:] if arg.kind == "entry" else () for arg in (body, variable)]
            return compare(entry(self.result, *letters[0], *letters[1]), other.derivation.result, given)
        return compare(self.result, other.result, given)


class Routes:
    """Both routes for one problem; what they derive beside the page is shared by all its answers.

    `functions` are the known functions that the problem speaks of, `names` the parts that it names: a result may be written
    in them. In `layout` numerator a gradient is a row, in denominator a Jacobian has a column for each output; without one
    a gradient has the shape of its variable and a Jacobian a row for each output.
    """

    def __init__(
        self,
        given: tuple[Term, ...] = (),
        primes: frozenset[str] = frozenset(),
        functions: frozenset[str] = frozenset(),
        layout: LayoutName | None = None,
        names: tuple[Term, ...] = (),
    ) -> None:
        self.functions = functions
        self.layout = layout
        self.entries = Entries(given, primes, names)
        self.differentials = Differentials(given, primes)

    def answer(self, body: Term, variable: Term, route: RouteName | None = None) -> Answer:
        """The derivative of a body by a variable, each a number or an array, by a route or by the one that reads best.

        >>> from symderiv.term.build import mul, name, of, size
        >>> n = size("n")
        >>> a, x = name("a", n), name("x", n)
        >>> Routes().answer(mul(of("transpose", a), x), x).result
        a
        """
        _shape(body)
        if body.scalars and is_large(body):
            raise too_large("the derivative")
        if route is not None:
            return self.by_entries(body, variable) if route == "entries" else self.by_differentials(body, variable)
        if not _made_of_arrays(body, variable):
            return self._first_that_ends(body, variable, (self.by_entries, self.by_differentials))
        first = self._first_that_ends(body, variable, (self.by_differentials, self.by_entries))
        if first.route == "entries" or (cost(first.result) <= LONG and not _crowded(first.result)):
            return first
        second = self._first_that_ends(body, variable, (self.by_entries, self.by_differentials))
        return second if second.matrix_form is not None and cost(second.result) < cost(first.result) else first

    def _first_that_ends(self, body: Term, variable: Term, routes: Sequence[Callable[[Term, Term], Answer]]) -> Answer:
        """The answer by the first of these routes that has one; where none has, the refusal of the first."""
        refusal: SymderivError | None = None
        for route in routes:
            try:
                return route(body, variable)
            except SymderivError as stop:
                if stop.code not in ("no-rule", "no-form"):
                    raise
                refusal = refusal or stop
        assert refusal is not None
        raise refusal

    def by_entries(self, body: Term, variable: Term) -> Answer:
        """In index notation, raised to matrix form where there is one."""
        rows, columns = _shape(body), _shape(variable)
        inner, outer = _letters(len(rows), len(columns), body.free | variable.free)
        goal = partial(body, variable, "∂" if rows or not columns else "∇")
        one = self.entries.derive(partial(at_entry(body, *inner), at_entry(variable, *outer), _style(body)))
        if not rows and not columns:
            return Answer(goal, "entries", one)
        array = raised(one.result, (*inner, *outer), (*rows, *columns))
        return Answer(goal, "entries", one, self._form(one, goal, array, "matrix form"))

    def by_differentials(self, body: Term, variable: Term) -> Answer:
        """By matrix differentials; refused with code `no-form` where the gradient cannot be read off."""
        rows, columns = _shape(body), _shape(variable)
        base = variable.args[0] if variable.kind == "entry" else variable
        if base is not variable:
            raise SymderivError("no-form", "a differential moves a whole array; derive by an entry with route “entries”.")
        one = self.differentials.derive(differential(body, variable))
        array = read_off(one, variable)
        if array is None:
            raise SymderivError("no-form", f"no gradient can be read off {one.result}; use route “entries”.")
        goal = partial(body, variable, "∂" if rows or not columns else "∇")
        return Answer(goal, "differentials", one, self._form(one, goal, array, "read off"))

    def _form(self, one: Derivation, goal: Term, array: Term | None, name: str) -> Derivation | None:
        """The array as the value of the goal, written as short as it goes."""
        if array is None:
            return None
        if self._turned(goal):
            goal, array = of("transpose", goal), transposed(array)
        result = array

        def all_entries(term: Term) -> Term | None:
            return result if term is goal else None

        draft = Draft(goal, (*one.given, *one.conditions))
        draft.use(Move(name, all_entries, say="all entries at once, as an array"))
        shorten(draft, self.functions)
        return draft.done()

    def _turned(self, goal: Term) -> bool:
        """Whether the layout asks for the transpose of what the routes give."""
        value, variable = (sizes(arg) for arg in goal.args)
        if self.layout == "numerator":
            return not value and bool(variable)
        return self.layout == "denominator" and bool(value)


#: Above this cost a result by differentials is compared with the one by entries.
LONG = 80


def _crowded(result: Term) -> bool:
    """Whether a result shows a Jacobian or cases inside, which index notation may have carried out."""
    return any(node.kind in ("diag", "cases") for node in subterms(result, into_names=False))


def _made_of_arrays(body: Term, variable: Term) -> bool:
    """Whether the body is written in vectors and matrices, without sums over an index."""
    if body.scalars and variable.scalars:
        return False
    return not any(node.kind in ("bigsum", "stack", "index") for node in subterms(body))


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
