"""The route by entries: differentiate in index notation, let deltas collapse, tidy, name parts again, raise."""

from __future__ import annotations

from dataclasses import dataclass, field

from symderiv.deriving.calculus import carry_out
from symderiv.deriving.definitions import folded_places, folding, named_parts, one_fraction_for_each_term, opening
from symderiv.deriving.derivation import Derivation, Law
from symderiv.deriving.draft import Draft
from symderiv.deriving.gathering import write_out_idle_names
from symderiv.deriving.limits import tidy_put_in
from symderiv.deriving.picking import use_known_places
from symderiv.deriving.shifting import turn_towards_data
from symderiv.deriving.summation import collapse, join_equal_sums, sum_places, use_known_sums
from symderiv.deriving.tidying import tidy
from symderiv.deriving.verifying import prove_zero
from symderiv.term.kinds import Term
from symderiv.term.places import part, put


@dataclass
class Entries:
    """One problem by entries; derivations beside the page are made once and shared; `names` may stand in any result."""

    given: tuple[Term, ...] = ()
    primes: frozenset[str] = frozenset()
    names: tuple[Term, ...] = ()
    known: dict[Term, Derivation] = field(default_factory=dict)

    def derive(self, start: Term) -> Derivation:
        """The derivation that carries out `∂body/∂variable`, where both are scalars.

        >>> from symderiv.term.build import name, num, partial
        >>> x = name("x")
        >>> Entries().derive(partial(x ** num(2), x)).result
        product(2, x)
        """
        done = self.known.get(start)
        if done is None:
            done = self.known[start] = self._anew(start)
        return done

    def _anew(self, start: Term) -> Derivation:
        draft = Draft(start, self.given)
        body = start.args[0]
        if opening.use(body) is not None:
            draft.use(opening, (0,))
        carry_out(draft, self.derive, self.primes)
        draft.write_neatly()
        # What stands under a sum is tidied before deltas are looked for.
        tidy(draft, [(*place, 0) for place in sum_places(draft.term)])
        tidy_put_in(draft)
        draft.end_line()
        collapse(draft)
        draft.end_line()
        use_known_sums(draft)
        use_known_places(draft)
        join_equal_sums(draft)
        self._name_again(draft, start)
        tidy(draft)
        turn_towards_data(draft)
        write_out_idle_names(draft, start.args[1])
        draft.end_line()
        done = draft.done()
        prove_zero(done)
        return done

    def _name_again(self, draft: Draft, start: Term) -> None:
        """Write the names of parts again where their definitions stand, if that makes the line shorter."""
        for named in dict.fromkeys((*named_parts(start), *reversed(self.names))):
            rule = folding(named)
            if rule is None:
                continue
            law = one_fraction_for_each_term(named)
            if law is not None and not any(True for _ in folded_places(draft.term, rule)):
                found = law.use(draft.term)
                if found is not None and any(True for _ in folded_places(found[0], rule)):
                    draft.use(law)
                    draft.end_line()
            for place in list(folded_places(draft.term, rule)):
                draft.use(rule, place)
            _name_in_conditions(draft, rule)
            draft.end_line()


def _name_in_conditions(draft: Draft, rule: Law) -> None:
    """What a part must fulfil is said of its name: of `y_pq`, not of the maximum that it is."""
    for number, step in enumerate(draft.steps):
        for spot, fact in enumerate(step.conditions):
            if fact.kind == "property":
                for place in folded_places(fact, rule):
                    fact = put(fact, place, rule.use(part(fact, place))[0])  # type: ignore[index]
                told = (*step.conditions[:spot], fact, *step.conditions[spot + 1 :])
                step = draft.steps[number] = step._replace(conditions=told)
