"""The minimiser of a convex function of one variable with one kink: where a slope vanishes, or zero lies between two."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from symderiv.deriving.answer import Routes
from symderiv.deriving.derivation import Derivation, Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.neat import neat
from symderiv.deriving.tidying import tidy
from symderiv.errors import SymderivError
from symderiv.questions.part import Chain, Grid, Part
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.reading.problems import read_name
from symderiv.term.build import ONE, ZERO, add, apply, cases, fraction, function, meaning_of, minus, relation
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import opened, rebuilt, with_args
from symderiv.worth.compare import compare

#: The heads of the table.
HEAD = ("where", "slope", "zero at", "that is there if")


@dataclass(frozen=True, slots=True)
class Minimiser:
    r"""`argmin f` over `of`, in LaTeX; f is convex with one `|u|`. `called` is the name of the minimiser on the page.

    `also` is the result in one formula, if there is one; it is verified like every line.

    >>> from symderiv.reading.declare import environment
    >>> parts = Minimiser(r"\frac12 (z - x)^2 + t |z|", "z", "p").parts(environment(["t > 0"]))
    >>> parts[-1].derivation.result.args[:2]
    (sum(x, minus(t)), relation(('>',), x, t))
    """

    f: str
    of: str
    called: str
    also: str = ""

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """A table of the sides and of the kink, and the minimiser by cases."""
        body, variable = opened(read_expression(self.f, known)), read_name(self.of, known)
        kink = _kink(body, variable, self.f)
        right, left = (_Side(body, kink, variable, sign, known.given) for sign in (ONE, minus(ONE)))
        corner = _Corner(left, right, _root(kink, variable, known.given))
        found = cases(right.root, right.condition, corner.place, corner.condition, left.root, left.condition)
        _is_least(body, variable, found, known.given)
        behind = (Chain(right.derivation, _WHERE.format(">")), Chain(left.derivation, _WHERE.format("<")))
        return Grid(HEAD, (right.row, left.row, corner.row), behind), self._result(found, known)

    def _result(self, found: Term, known: Environment) -> Chain:
        draft = Draft(found, known.given)
        if self.also:
            formula = read_expression(self.also, known)
            draft.use(Move("in one formula", lambda term: formula if term is found else None, say="the same in each case"))
        return Chain(draft.done(), left=read_expression(self.called, known))


_WHERE = "slope where what is inside the bars is {} 0"


class _Side:
    """One side of the kink: the function without its bars, its slope, and where that vanishes."""

    def __init__(self, body: Term, inside: Term, variable: Term, sign: Term, given: tuple[Term, ...]) -> None:
        self.inside, self.variable, self.given = inside, variable, given
        self.sign = ">" if sign is ONE else "<"
        self.piece = neat(_without_bars(body, inside, inside if sign is ONE else minus(inside)))

    @cached_property
    def derivation(self) -> Derivation:
        """The slope, derived."""
        return Routes(self.given).answer(self.piece, self.variable).derivation

    @cached_property
    def root(self) -> Term:
        """Where the slope vanishes."""
        return _root(self.derivation.result, self.variable, self.given)

    @property
    def condition(self) -> Term:
        """When the root lies on this side."""
        return _parted(self.sign, neat(_put(self.inside, self.variable, self.root)))

    @property
    def row(self) -> tuple[Term, ...]:
        """The line of the table."""
        where = relation(self.sign, self.inside, ZERO)
        return where, self.derivation.result, relation("=", self.variable, self.root), self.condition

    def slope(self, place: Term) -> Term:
        """The slope at a place."""
        return _tidied(_put(self.derivation.result, self.variable, place), self.given)


class _Corner:
    """The kink: zero lies between the slopes from the left and from the right."""

    def __init__(self, left: _Side, right: _Side, place: Term) -> None:
        self.variable, self.place = left.variable, place
        self.low, self.high = left.slope(place), right.slope(place)
        self.given = left.given

    @property
    def condition(self) -> Term:
        """`low ≤ 0 ≤ high`, which says that their middle is no farther from zero than half their distance."""
        middle = _tidied(fraction(add(self.low, self.high), add(ONE, ONE)), self.given)
        reach = _tidied(fraction(add(self.high, minus(self.low)), add(ONE, ONE)), self.given)
        bare = middle.args[0] if middle.kind == "minus" else middle
        return relation("≤", apply(function("abs", known=True), bare), reach)

    @property
    def row(self) -> tuple[Term, ...]:
        """The line of the table."""
        there = relation("=", self.variable, self.place)
        return there, relation(("≤", "≤"), self.low, ZERO, self.high), there, self.condition


def _kink(body: Term, variable: Term, source: str) -> Term:
    """What stands between the only bars around the variable."""
    bars = [node for node in subterms(body) if node.kind == "apply" and meaning_of(node.args[0]) == "abs"]
    moving = [node for node in bars if any(part is variable for part in subterms(node))]
    if len(moving) != 1:
        raise SymderivError(
            "unsupported", f"saw {len(moving)} absolute values of the variable in {source}; expected one, as in |z|"
        )
    return moving[0].args[1]


def _without_bars(body: Term, inside: Term, instead: Term) -> Term:
    def change(node: Term, args: tuple[Term, ...]) -> Term:
        is_it = node.kind == "apply" and meaning_of(node.args[0]) == "abs" and node.args[1] is inside
        return instead if is_it else with_args(node, args)

    return rebuilt(body, change)


def _root(slope: Term, variable: Term, given: tuple[Term, ...]) -> Term:
    """The zero of what is linear in the variable: minus its value at zero over its slope."""
    rate = Routes(given).answer(slope, variable).derivation.result
    if variable in subterms(rate) or rate is ZERO:
        raise SymderivError("unsupported", f"the slope {slope} is not linear in {variable}; expected a square beside bars")
    return _tidied(fraction(_negative(neat(_put(slope, variable, ZERO))), rate), given)


def _put(term: Term, variable: Term, value: Term) -> Term:
    """The term with a value for the variable, which may be an entry."""
    return rebuilt(term, lambda node, args: value if node is variable else with_args(node, args))


def _tidied(term: Term, given: tuple[Term, ...]) -> Term:
    draft = Draft(neat(term), given)
    tidy(draft)
    return draft.done().result


def _parted(sign: str, term: Term) -> Term:
    """`a + b > 0` as `a > -b`, with a first term that has no minus."""
    first, *others = term.args if term.kind == "sum" else (term,)
    if first.kind == "minus":
        return _parted({"<": ">", ">": "<"}[sign], _negative(term))
    return relation(sign, first, neat(_negative(add(*others))) if others else ZERO)


def _negative(term: Term) -> Term:
    """The term with every sign turned."""
    terms = term.args if term.kind == "sum" else (term,)
    return add(*[part.args[0] if part.kind == "minus" else minus(part) for part in terms])


def _is_least(body: Term, variable: Term, found: Term, given: tuple[Term, ...]) -> None:
    """The referee looks whether the function is anywhere smaller: then this is no minimiser, and nothing is shown."""
    least = compare(cases(ONE, relation("≤", _put(body, variable, found), body), ZERO), ONE, given)
    if least.kind not in ("proved", "agrees"):
        raise SymderivError(
            "refuted-step",
            f"the minimiser of {body} is not where its slope vanishes: elsewhere it is smaller; is it convex?",
        )
