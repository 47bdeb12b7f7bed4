"""The questions that a teacher asks of one relation between two members, in their order."""

from __future__ import annotations

from dataclasses import replace

from symderiv.judge.carrying import Claim
from symderiv.judge.comparing import Compared, compared_under
from symderiv.judge.conditions import is_assumption, needed, tacit, usual
from symderiv.judge.equations import Equations, bases, said
from symderiv.judge.expectations import inside
from symderiv.judge.implicit import is_a_value
from symderiv.judge.known import Why
from symderiv.judge.meaning import is_vacuous
from symderiv.judge.numbers import has_decimals, put
from symderiv.judge.solving import is_zero
from symderiv.judge.verdict import Judged, Reason
from symderiv.judge.world import differentiated, loose_names, moving, unknown_functions
from symderiv.reading.givens import NEGLIGIBLE
from symderiv.reading.opaque import is_opaque
from symderiv.reading.script import Statement, concludes
from symderiv.term.build import ZERO, at, num, relation
from symderiv.term.kinds import SET, Term, subterms
from symderiv.term.shapes import Clash, axes_of
from symderiv.worth.compare import compare, related
from symderiv.worth.evidence import Evidence, Proved, Refuted, Undecided

#: How many wrong claims above a line are carried into it.
MOST_CARRIED = 10
#: How many wrong claims of one document are explained.
MOST_EXPLAINED = 100
#: The relations that say that two members are equal.
EQUAL = frozenset({"=", ":=", "=:", "≈"})


class Claiming(Equations):
    """Decides relations; what they claim is known to the lines below."""

    def _claim(self, item: Statement, left: Term, sign: str, right: Term, place: tuple[int, int]) -> Judged:
        """One relation between two members: is it set up here, can it be told, does it hold, and what is said if not."""
        if sign not in EQUAL:
            return _inequality(item, left, sign, right)
        if self.vanishing is not None and not item.continues:
            return self._under_zero(item, left, right)
        left, right = self._here(left), self._here(right)
        if (judged := self._before_it_is_compared(item, left, sign, right)) is not None:
            return judged
        left, right = self._valued(left, right)
        if (judged := self._beyond_terms(item, left, right) or self._along_a_curve(item, left, right)) is not None:
            return judged
        differentiated((left, right), self.tracked)
        told = {claim.left.args[0] for claim in self.facts}
        here = {name for name in self.tracked if name not in told}
        if (judged := self._sets_out(item, left, right, here)) is not None:
            return judged
        found = self._compared(left, right, self.facts)
        if (judged := self._as_an_equation(item, left, right) if found.equal is not True else None) is not None:
            return judged
        if isinstance(found.evidence, Undecided) and found.evidence.why == "no-range" and self.head is not None:
            found = self._compared(self.head, right, self.facts)
        if (judged := self._with_numbers(item, left, sign, right, place, found)) is not None:
            return judged
        if found.equal is False and self.claims and (again := self._carried(left, right)) is not None:
            return said(item, again)._replace(verdict="follows")
        return self._in_the_end(item, left, sign, right, place, found, here)

    def _before_it_is_compared(self, item: Statement, left: Term, sign: str, right: Term) -> Judged | None:
        """What is set to zero, what stood in a line that could not be read, and what is given."""
        sets_up = is_zero(right) and bool(left.free) and (sign == ":=" or concludes(self.following, bases(left)))
        if sets_up and not self._compared(left, right, self.facts).equal:
            return self._set_up(item, left, right)
        if lost := self._lost(left, right):
            why = Reason("missing", (", ".join(lost),))
            return Judged("unknown", item.span, left=left, right=right, missing=lost, reason=why)
        if sign == "=" and self._is_given(left, right):
            return Judged("ok", item.span, Proved("given"), left, right)
        if sign == "=" and not item.continues and len(item.members) == 2 and is_assumption(left, right):
            self.environment = replace(self.environment, given=(*self.environment.given, relation("=", left, right)))
            return Judged("stated", item.span)
        return None

    def _beyond_terms(self, item: Statement, left: Term, right: Term) -> Judged | None:
        """What has no value here, such as an expectation: equal where what stands inside is."""
        if not (is_opaque(left) or is_opaque(right)):
            return None
        if (one := inside(left)) is not None and (other := inside(right)) is not None and not is_opaque(one):
            found = self._compared(one, other, self.facts)
            if found.equal:
                return said(item, found)._replace(left=left, right=right)
        return Judged("unknown", item.span, left=left, right=right, reason=Reason("opaque"))

    def _sets_out(self, item: Statement, left: Term, right: Term, here: set[Term]) -> Judged | None:
        """What the line itself tells first: a derivative of something without a formula, or what a power is called."""
        if self._defines(left, right, here):
            self.facts += (Claim(left, self._named_gradient(left, right)),)
            return Judged("stated", item.span)
        if self._names_a_square(item, left, right):
            self.missing |= {left.args[0].data.name.latex}
            return Judged("stated", item.span)
        if self._tells(left, right, here):
            self.facts += (Claim(left, right),)
            missing = tuple(sorted(name.data.name.latex for name in left.free & here))
            why = Reason("missing", (missing[0],))
            return Judged("unknown", item.span, left=left, right=right, missing=missing, reason=why)
        return None

    def _with_numbers(
        self, item: Statement, left: Term, sign: str, right: Term, place: tuple[int, int], found: Compared
    ) -> Judged | None:
        """Numbers that may be rounded, in another base, or that follow from a slip above."""
        if found.equal is True or not self._may_round(left, right, sign):
            return None
        about = sign == "≈"
        numbers = self._as_rounded(item, left, right, about, place)
        if numbers is None and self._in_another_base(left, right, about):
            return self._claim(item, self._rebased(left), sign, right, place)
        return numbers or self._after_slips(item, left, right, about, place)

    def _in_the_end(
        self, item: Statement, left: Term, sign: str, right: Term, place: tuple[int, int], found: Compared, here: set[Term]
    ) -> Judged:
        """What the comparison says, under the conditions that are needed; a wrong line is remembered and explained."""
        judged = said(item, found)
        if judged.verdict == "ok" and not is_zero(right) and found.left.kind == "partial" and is_vacuous(found.left):
            return judged._replace(verdict="unknown", reason=Reason("vacuous"))
        judged = self._of_numbers(judged, left, right)
        if judged.verdict == "ok":
            judged = judged._replace(conditions=needed(left, right, judged.conditions, self._domain()))
        if judged.verdict == "wrong" and self._is_a_condition(item, left, right):
            self.curves += (left - right,)
            return Judged("stated", item.span)
        if judged.verdict == "wrong":
            judged = self._under_a_condition(judged, left, right)
            if judged.verdict == "wrong" and (special := self._of_one_size(left, right)) is not None:
                return judged._replace(verdict="unknown", reason=Reason("one-size", (), (special,)))
        judged = self._open(item, left, right, here, judged)
        if sign == "≈":
            judged = self._nearly(item, left, right, judged)
        if judged.verdict == "ok" and self._relies_on_a_wrong_value(right):
            return judged._replace(verdict="follows")
        if judged.verdict == "wrong":
            self.claims = (*self.claims, Claim(left, right))[-MOST_CARRIED:]
            judged = self._with_why(judged, found, left, right)._replace(place=place)
        return judged

    def _nearly(self, item: Statement, left: Term, right: Term, judged: Judged) -> Judged:
        """A line with `≈` that is not equal: it holds without what is negligible, or how near it is stays open."""
        if judged.verdict in ("wrong", "unknown"):
            near = self._without_the_small(left, right)
            if near.kind in ("proved", "agrees"):
                return said(item, Compared(near, left, right))
        if judged.verdict == "wrong" and not has_decimals(left) and not has_decimals(right):
            return judged._replace(verdict="unknown", reason=Reason("approximation"))
        return judged

    def _without_the_small(self, left: Term, right: Term) -> Evidence:
        """Whether two members are equal where what was said to be negligible is zero."""
        small = [fact.args[0] for fact in self.environment.given if fact.kind == "property" and fact.data == NEGLIGIBLE]
        if not small:
            return Undecided("approximation")
        pairs = [side for letter in small for side in (letter, ZERO)]
        facts = [fact for fact in self._domain() if not any(letter in fact.free for letter in small)]
        return compare(at(left, *pairs), at(right, *pairs), tuple(facts), plain=True)

    def _of_one_size(self, left: Term, right: Term) -> Term | None:
        r"""The length for which a false line is true: that of all entries which it writes out, `\max\{x_1, x_2\}`."""
        written: dict[Term, set[int]] = {}
        for node in (node for side in (left, right) for node in subterms(side, into_names=False)):
            if node.kind == "entry" and len(node.args) == 2 and node.args[1].kind == "number":
                axes = axes_of(node.args[0])
                if len(axes) == 1 and axes[0].kind == "name":
                    written.setdefault(axes[0], set()).add(int(node.args[1].data[0]))
        for length, places in written.items():
            fact = relation("=", length, num(len(places)))
            whole = len(places) > 1 and places == set(range(1, len(places) + 1))
            if whole and compare(left, right, (*self._domain(), fact), plain=True).kind in ("proved", "agrees"):
                return fact
        return None

    def _valued(self, left: Term, right: Term) -> tuple[Term, Term]:
        """Two members with the values that are given in the place of what has none here: `H(S) = 1`."""
        facts = (fact.args for fact in self.environment.given if fact.kind == "relation" and fact.data == ("=",))
        values = {one: value for one, value in facts if one.kind == "apply" and is_opaque(one)}
        return put(left, values), put(right, values)

    def _is_given(self, left: Term, right: Term) -> bool:
        """Whether an equation says again what is given."""
        if relation("=", left, right) in self.environment.given:
            return True
        meant = left.args[0] if left.kind == "named" else left
        same = meant.kind == right.kind == "tuple" and meant.data == right.data == SET
        return same and frozenset(meant.args) == frozenset(right.args)

    def _under_a_condition(self, judged: Judged, left: Term, right: Term) -> Judged:
        """A false line that is true under a usual condition: right for a letter that nobody declared, else it is said."""
        if isinstance(judged.evidence, Refuted) and isinstance(judged.evidence.witness, Clash):
            return judged
        loose = loose_names(left, self.environment) | loose_names(right, self.environment)
        assert judged.evidence is not None
        refuted, given = Compared(judged.evidence, judged.left or left, judged.right or right), self._domain()
        for condition in tacit(left, right):
            found = compared_under(condition, refuted, given)
            if found.equal:
                return judged._replace(verdict="ok", evidence=found.evidence, conditions=(condition,))
        for letter, condition in usual(left, right):
            found = compared_under(condition, refuted, given)
            if found.equal and letter in loose:
                return judged._replace(verdict="ok", evidence=found.evidence, conditions=(condition,))
            if found.equal:
                return judged._replace(reason=Reason("condition", (), (condition,)))
        return judged

    def _relies_on_a_wrong_value(self, right: Term) -> bool:
        """Whether a name stands on the right whose value was given wrongly above: true in letters, not in what is meant."""
        named = {claim.left.args[0] if claim.left.kind == "entry" else claim.left for claim in self.claims}
        wrong = {term for term in named if term.kind == "named"}
        return bool(wrong) and any(node in wrong for node in subterms(right, into_names=False))

    def _with_why(self, judged: Judged, found: Compared, left: Term, right: Term) -> Judged:
        """A wrong statement that can say why it is wrong, as long as there are not too many."""
        self.explained += 1
        if self.explained > MOST_EXPLAINED:
            return judged
        quantities = self.environment.quantities.values()
        names = tuple(term for term in quantities if term.kind in ("name", "named") and term is not left)
        meant = found if self.facts else found._replace(right=right)
        why = Why(found, meant, left, right, self.last, names, self._layout(), self._domain())
        return judged._replace(written=right, explain=why.explained)

    def _is_a_condition(self, item: Statement, left: Term, right: Term) -> bool:
        """An equation of what stands nowhere above: `x² + y² = 25` and `P² = P` of letters, `y³ = 6xy` of y(x)."""
        if item.continues or left.moves or right.moves or not left.free:
            return False
        if self._is_differentiated_below(left, right):
            return True
        if left.kind == "name" and any(leaf.kind == "named" and left in leaf.free for leaf in right.free):
            return left in loose_names(left, self.environment)
        if left.kind not in ("sum", "product", "power"):
            return False
        letters = {leaf for leaf in left.free | right.free if leaf.kind in ("name", "named")}
        if letters & self.seen or not all(leaf.kind == "named" or leaf.data.domain == "real" for leaf in letters):
            return False
        if any(leaf.kind == "named" for leaf in letters):
            return any(is_a_value(leaf) for leaf in letters)
        if not letters <= loose_names(left, self.environment) or not letters <= left.free:
            return False
        return not right.free or (left.kind == "power" and letters == {left.args[0]})

    def _lost(self, left: Term, right: Term) -> tuple[str, ...]:
        """The names whose definition stood in a line that could not be read."""
        if not self.unread:
            return ()
        names = loose_names(left, self.environment) | loose_names(right, self.environment)
        names |= unknown_functions(left, self.environment) | unknown_functions(right, self.environment)
        return tuple(sorted({name.data.name.latex for name in names} & self.unread))

    def _defines(self, left: Term, right: Term, here: set[Term]) -> bool:
        """Whether a derivative of something without a formula stands on the left only: it is then known from here on."""
        if left.kind != "partial":
            return False
        body = left.args[0].args[0] if left.args[0].kind == "entry" else left.args[0]
        return body in here and body not in right.free and len(self.tracked[body]) == 1

    def _names_a_square(self, item: Statement, left: Term, right: Term) -> bool:
        """Whether a power of a letter without a definition gets a value: `σ² = v` says what is called σ²."""
        if item.continues or left.kind != "power" or left.args[0].kind != "name":
            return False
        letter = left.args[0]
        return letter in loose_names(left, self.environment) and letter not in right.free and bool(right.free)

    def _tells(self, left: Term, right: Term, here: set[Term]) -> bool:
        """Whether a derivative of something without a formula is given by that itself: `∂o/∂z = o(1 − o)`."""
        if left.kind != "partial":
            return False
        body = left.args[0].args[0] if left.args[0].kind == "entry" else left.args[0]
        return body in here and body in right.free and not moving(right, frozenset({body}))


def _inequality(item: Statement, left: Term, sign: str, right: Term) -> Judged:
    """A relation between numbers is right or wrong; one with letters says where they are."""
    if left.free or right.free or is_opaque(left) or is_opaque(right):
        return Judged("stated", item.span)
    found = related(left, sign, right)
    judged = said(item, Compared(found, left, right))
    return judged._replace(reason=Reason("relation")) if judged.verdict == "wrong" else judged
