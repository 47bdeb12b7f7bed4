"""The route by differentials: differentiate with matrices as they stand, bring dX to the end, read off the gradient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from symderiv.deriving.arrays import inner, sizes, times
from symderiv.deriving.calculus import no_rule
from symderiv.deriving.definitions import opening
from symderiv.deriving.derivation import Derivation, Found, Law, Move
from symderiv.deriving.draft import RULES_A_LINE, Draft
from symderiv.deriving.entrywise import differential_of_function
from symderiv.deriving.linear import NotLinear, coefficients, jacobian
from symderiv.deriving.neat import REMEMBERED, value_of
from symderiv.deriving.shortening import known_names
from symderiv.deriving.verifying import prove_zero
from symderiv.rules import differentials
from symderiv.rules.book import DIFFERENTIALS, derivative_rules, differential_form
from symderiv.term.build import ZERO, add, differential, mul
from symderiv.term.kinds import Term, make
from symderiv.term.places import Place
from symderiv.term.shapes import shape


@dataclass
class Differentials:
    """One problem by differentials; the differentials of named parts are derived once, beside the page."""

    given: tuple[Term, ...] = ()
    primes: frozenset[str] = frozenset()
    known: dict[Term, Derivation] = field(default_factory=dict)
    finished: dict[Term, Derivation] = field(default_factory=dict)

    def derive(self, start: Term) -> Derivation:
        """The derivation that brings `d(body)` to the form `gᵀ dx`, `tr(Gᵀ dX)` or `J dx`.

        >>> from symderiv.term.build import mul, name, of, size
        >>> n = size("n")
        >>> a, x = name("a", n), name("x", n)
        >>> Differentials().derive(differential(mul(of("transpose", x), a), x)).result
        product(transpose(a), differential(x, x))
        """
        done = self.finished.get(start)
        if done is None:
            done = self.finished[start] = self._anew(start)
        return done

    def _beside(self, start: Term) -> Derivation:
        """The differential of a named part by the differentials of the parts in it: `dw = σ'(z) ⊙ dz`."""
        done = self.known.get(start)
        if done is None:
            draft = Draft(start, self.given)
            draft.use(opening, (0,))
            self._carry_out(draft, start.args[1])
            draft.use(known_names(start))
            done = self.known[start] = draft.done()
        return done

    def _anew(self, start: Term) -> Derivation:
        body, variable = start.args
        draft = Draft(start, self.given)
        if opening.use(body) is not None:
            draft.use(opening, (0,))
        while True:
            self._carry_out(draft, variable)
            draft.end_line()
            self._isolate(draft)
            if not self._open_parts(draft, variable):
                done = draft.done()
                prove_zero(done)
                return done

    def _carry_out(self, draft: Draft, variable: Term) -> None:
        walk = Walk(draft, variable, self.primes)
        while pending(draft.term, variable):
            draft.term = walk.over(draft.term, ())
            if walk.full or (walk.used and not draft.breaks):
                draft.end_line()
                walk.new_line()
        draft.write_neatly()

    def _isolate(self, draft: Draft) -> None:
        """Bring each differential to the end of its term, where its coefficient can be read off."""
        if draft.term.moves and draft.use(isolation):
            draft.end_line()

    def _open_parts(self, draft: Draft, variable: Term) -> bool:
        """Put in the differentials of named parts, derived beside the page."""
        opened = False
        for place, term in _atoms(draft.term, ()):
            if term.args[0] is not variable:
                aside = self._beside(term)
                found: Found = (aside.result, ())
                law = Move("aside", _exactly(term, aside.result), say="derived beside the page")
                draft.note(place, law, term, found, aside)
                draft.replace(place, aside.result)
                opened = True
        return opened


def _exactly(before: Term, after: Term) -> Callable[[Term], Term | None]:
    return lambda term: after if term is before else None


def _atoms(term: Term, place: Place) -> list[tuple[Place, Term]]:
    """The differentials in a term, with their places."""
    if not term.moves:
        return []
    if term.kind == "differential":
        return [(place, term)]
    return [found for spot, arg in enumerate(term.args) for found in _atoms(arg, (*place, spot))]


@lru_cache(maxsize=REMEMBERED)
def pending(term: Term, variable: Term) -> bool:
    """Whether a differential stands in a term that a rule can still carry out: not dX, not that of a named part."""
    if not term.moves:
        return False
    if term.kind == "differential":
        body = term.args[0]
        return body is not variable and not (body.kind == "named" and variable in body.free)
    return any(pending(arg, variable) for arg in term.args)


class Walk:
    """Walks over a line and carries out its differentials by one rule each."""

    def __init__(self, draft: Draft, variable: Term, primes: frozenset[str]) -> None:
        self.draft = draft
        self.variable = variable
        self.primes = primes
        self.new_line()

    def new_line(self) -> None:
        """A new line has used no rule yet."""
        self.used: set[Law] = set()
        self.full = False

    def over(self, term: Term, place: Place) -> Term:
        """The term with its outermost differentials carried out, as long as the line has room."""
        if self.full or not pending(term, self.variable):
            return term
        if term.kind != "differential":
            return self._below(term, place, self.over)
        law, found = self._law(term)
        if not law.minor:
            self.full = law not in self.used and len(self.used) == RULES_A_LINE
            if self.full:
                return term
            self.used.add(law)
        return self._minor(self.draft.note(place, law, term, found), place)

    def _minor(self, term: Term, place: Place) -> Term:
        if not pending(term, self.variable):
            return term
        if term.kind != "differential":
            return self._below(term, place, self._minor)
        law, found = self._law(term)
        return self._minor(self.draft.note(place, law, term, found), place) if law.minor else term

    def _below(self, term: Term, place: Place, walk: Callable[[Term, Place], Term]) -> Term:
        args = tuple([walk(arg, (*place, spot)) if arg.moves else arg for spot, arg in enumerate(term.args)])
        return term if args == term.args else make(term.kind, term.data, args)

    def _law(self, term: Term) -> tuple[Law, Found]:
        return law_for(term, self.variable, self.primes)


def law_for(term: Term, variable: Term, primes: frozenset[str] = frozenset()) -> tuple[Law, Found]:
    """The law that carries out a differential, and what it puts there; refused with `no-rule` where there is none."""
    body = term.args[0]
    if variable not in body.free:
        found = constant.use(term)
        assert found is not None
        return constant, found
    if body.kind in ("trace", "entry") and sizes(body.args[0]) == ():
        found = one_by_one.use(term)
        assert found is not None
        return one_by_one, found
    if body.kind == "power" and len(sizes(body)) == 2:
        found = power_written_out.use(term)
        if found is not None:
            return power_written_out, found
    for rule in DIFFERENTIALS.get(body.kind, ()):
        found = rule.use(term)
        if found is not None:
            return rule, found
    if shape(body) == ():
        for rule in derivative_rules(body, primes):
            found = differential_form(rule).use(term)
            if found is not None:
                return differential_form(rule), found
    else:
        law = differential_of_function(body, primes)
        found = None if law is None else law.use(term)
        if law is not None and found is not None:
            return law, found
    raise no_rule(term)


def _zero(term: Term) -> Term | None:
    body, variable = term.args
    if variable in body.free:
        return None
    return make("zeros", None, sizes(body)) if sizes(body) else ZERO


def _written_out(term: Term) -> Term | None:
    body = term.args[0]
    number = value_of(body.args[1]) if body.kind == "power" else None
    if number is None or number != int(number) or not 1 < number < 7:
        return None
    return make("differential", None, (mul(*[body.args[0]] * int(number)), term.args[1]))


def _number(term: Term) -> Term | None:
    body, variable = term.args
    if body.kind not in ("trace", "entry") or sizes(body.args[0]):
        return None
    return make("differential", None, (body.args[0], variable))


one_by_one = Move("a 1 × 1 matrix is a number", _number, say="a 1 × 1 matrix is a number", minor=True)
constant = Move("constant", _zero, say=differentials.constant.say, source=differentials.constant.source, minor=True)
power_written_out = Move("power written out", _written_out, say="a power of a matrix is a product", minor=True)


def _isolated(term: Term) -> Term | None:
    """Scalars as sums of inner products with differentials, vectors as sums of matrices times differentials."""
    try:
        if sizes(term) == ():
            parts = [
                inner(before, atom) if sizes(atom) else times(before, atom) for atom, before in coefficients(term).items()
            ]
        elif len(sizes(term)) == 1:
            parts = [times(before, atom) for atom, before in jacobian(term).items()]
        else:
            return None
    except NotLinear:
        return None
    whole = add(*parts)
    return None if whole is term else whole


isolation = Move(
    "differential brought to the end", _isolated,
    say="a scalar equals its transpose, a trace may be rotated, an entrywise product moves to the other side",
    source="Magnus and Neudecker, Matrix Differential Calculus, 1.11",
)  # fmt: skip


def read_off(one: Derivation, variable: Term) -> Term | None:
    """The gradient or Jacobian in `tr(Gᵀ dX)`, `gᵀ dx`, `J dx`; None where the last line has another form."""
    term = one.result
    atom = differential(variable, variable)
    if not term.moves or len(sizes(term)) == 2:
        return None
    try:
        parts = coefficients(term) if sizes(term) == () else jacobian(term)
    except NotLinear:
        return None
    return parts[atom] if list(parts) == [atom] else None
