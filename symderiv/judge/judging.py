"""The questions that a teacher asks of a line, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import pairwise
from types import ModuleType
from typing import TYPE_CHECKING, Any

from symderiv.errors import SymderivError
from symderiv.judge.carrying import Claim, carried
from symderiv.judge.comparing import Compared, compared
from symderiv.judge.conditions import needed, shown, usual
from symderiv.judge.meaning import TURNS, has_no_value, in_layout, is_vacuous, reaching, with_names
from symderiv.judge.numbers import (
    BASES,
    fits,
    has_bare_logarithm,
    has_decimals,
    numeral,
    rebased,
    rounds,
    to_base,
)
from symderiv.judge.solving import equivalent, is_zero
from symderiv.judge.verdict import Judged, JudgedLine, Reason, worst
from symderiv.judge.world import Variables, as_functions, differentiated, labelled, loose_names, moving, unknown_functions
from symderiv.reading.calls import EXPONENTS_INSIDE
from symderiv.reading.environment import Environment
from symderiv.reading.opaque import KEPT, is_opaque
from symderiv.reading.reaching import reached
from symderiv.reading.script import Statement, concludes, read_statements, unread_names
from symderiv.term.build import at, name, property_of, relation
from symderiv.term.kinds import Term, subterms
from symderiv.term.shapes import Clash, shape
from symderiv.worth.arrays import NoValue
from symderiv.worth.compare import BITS, related
from symderiv.worth.evidence import Agrees, Refuted, Undecided
from symderiv.worth.points import FROM_ZERO, ZEROS_OUTSIDE

if TYPE_CHECKING:
    from symderiv.judge.causes import Diagnosis

#: What Python raises where the fault is ours: the line is then not decided, and those below are still judged.
FAULTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, NoValue, RuntimeError, TypeError, ValueError,
)  # fmt: skip
#: How many wrong claims above a line are carried into it.
MOST_CARRIED = 20
_EXPONENT_BEHIND = re.compile(r"\\[a-z]+\s*(?:\\left)?\([^()]*(?:\([^()]*\))?[^()]*\)\s*\^")
#: The relations that say that two members are equal.
EQUAL = frozenset({"=", ":=", "=:", "≈"})


@dataclass
class Marker:
    """Judges the lines of one derivation in order; what stands before a line is known to it."""

    environment: Environment
    given: tuple[Term, ...] = ()
    head: Term | None = None
    last: Term | None = None
    lines: list[JudgedLine] = field(default_factory=list)
    local: dict[Term, Term] = field(default_factory=dict)
    conditions: tuple[Term, ...] = ()
    vanishing: Term | None = None
    tracked: Variables = field(default_factory=dict)
    facts: tuple[Claim, ...] = ()
    claims: tuple[Claim, ...] = ()
    seen: set[Term] = field(default_factory=set)
    written: dict[Term, Term] = field(default_factory=dict)
    slips: dict[Term, Term] = field(default_factory=dict)
    natural: bool = False
    base: int = 0
    following: str = ""
    unread: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    equation: Term | None = None
    guessed: dict[str, Term] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Upstream gradients that are given are known from the start."""
        self.said = frozenset(self.environment.quantities)
        self.seen.update(leaf for term in self.environment.definitions for leaf in term.free if leaf.kind == "name")
        for fact in self.environment.given:
            if fact.kind == "relation" and fact.data == ("=",) and fact.args[0].kind == "partial":
                differentiated((fact.args[0],), self.tracked)
                self.facts += (Claim(*fact.args),)

    def line(self, source: str, span: tuple[int, int] = (0, 0), following: str = "") -> JudgedLine:
        """The verdict on one line, which those below may rely on; `following` is the line below it."""
        self.following = following
        before = self.saved()
        try:
            found = self._read(source, span, self.environment)
        except FAULTS as fault:
            self.separate()
            code = "deep" if isinstance(fault, RecursionError | MemoryError) else "fault"
            judged = Judged("unknown", (0, len(source)), reason=Reason(code, (type(fault).__name__,)))
            found = JudgedLine(source, span, "unknown", (judged,), self.environment)
        for other in self._other_ways(found):
            after = self.saved()
            self.restore(before)
            again = self._read(source, span, other)
            if again.verdict in ("ok", "stated"):
                found = again
                break
            self.restore(after)
        self.lines.append(found)
        return found

    def _other_ways(self, found: JudgedLine) -> Iterator[Environment]:
        """What else a line that does not hold may mean: an exponent inside a bracket, letters that are arrays above."""
        known = self.environment
        if found.verdict in ("wrong", "follows") and _EXPONENT_BEHIND.search(found.source):
            yield replace(known, conventions=known.conventions | {EXPONENTS_INSIDE})
        if found.verdict in ("wrong", "follows", "unknown") and self.guessed:
            yield replace(known, guessed=self.guessed)

    def _called_in_words(self) -> frozenset[str]:
        """The names in words that lines have defined: each time they are written they may name something else."""
        return frozenset(key for key in self.environment.quantities if key.startswith("\\text{") and key not in self.said)

    def saved(self) -> dict[str, Any]:
        """Everything that is known at this moment."""
        return _copied(vars(self))

    def restore(self, saved: dict[str, Any]) -> None:
        """Forget what was learned since then."""
        vars(self).update(_copied(saved))

    def _read(self, source: str, span: tuple[int, int], known: Environment) -> JudgedLine:
        known = replace(known, conventions=known.conventions | {KEPT})
        solving = bases(self.equation) if self.equation is not None else frozenset()
        try:
            read = read_statements(source, known, solving, self._called_in_words())
        except SymderivError as stop:
            self.head = self.last = None
            self.unread |= unread_names(source)
            reason = Reason(stop.code, (str(stop),))
            refused = Judged("unread", stop.span or (0, 0), reason=reason)
            return JudgedLine(source, span, "unread", (refused,), self.environment)
        self.guessed = {**self.guessed, **read.environment.guessed}
        self._reach(replace(read.environment, guessed={}))
        if read.statements and not (read.statements[0].continues and self.head is not None):
            self.local, self.conditions = {}, ()
        self.vanishing = self.equation if self.equation is not None and concludes(source, solving) else None
        self.equation = None
        statements = tuple(replace(self._statement(item), shown=item.shown) for item in read.statements)
        if self.vanishing is not None and self.equation is None:
            self.equation = self.vanishing
        for item in read.statements:
            if "=:" in item.signs and item.members[-1].kind == "name":
                self.unread |= {item.members[-1].data.name.latex}
            self.seen.update(leaf for member in item.members for leaf in member.free if leaf.kind == "name")
        verdict = worst([item.verdict for item in statements])
        return JudgedLine(source, span, verdict, statements, self.environment)

    def skip(self, source: str, span: tuple[int, int] = (0, 0)) -> JudgedLine:
        """A line that is struck out is passed over."""
        found = JudgedLine(source, span, "skipped", (), self.environment)
        self.lines.append(found)
        return found

    def separate(self) -> None:
        """A new derivation begins: no line goes on from the one above."""
        self.head = self.last = None

    def _reach(self, now: Environment) -> None:
        """What a line defines is known in the chain that it may continue."""
        before = frozenset(self.environment.definitions)
        new = {term.data: term for term in now.definitions if term not in before}
        self.environment = now
        if not new:
            return
        if self.head is not None and self.last is not None:
            self.head, self.last = reached(self.head, new), reached(self.last, new)
        self.facts = tuple(Claim(reached(one.left, new), reached(one.right, new)) for one in self.facts)
        self.claims = tuple(Claim(reached(one.left, new), reached(one.right, new)) for one in self.claims)
        self.tracked = {}
        differentiated((one.left for one in self.facts), self.tracked)

    def _statement(self, item: Statement) -> Judged:
        if item.role == "declaration":
            return Judged("stated", item.span)
        if item.role in ("condition", "premise"):
            return self._condition(item)
        if item.continues:
            return self._continued(item)
        self.head, self.last = item.members[0], item.members[-1]
        if item.role == "bare":
            return Judged("stated", item.span)
        if len(item.members) < 2:
            return Judged("stated", item.span)
        return self._chain(item, item.members, item.signs)

    def _condition(self, item: Statement) -> Judged:
        """What restricts the statements behind it: values of letters, relations between indices, an equation to zero."""
        if item.role == "premise" and len(item.members) > 2 and not item.continues:
            judged = self._chain(item, item.members[:-1], item.signs[:-1])
            left, right = item.members[-2:]
            self.vanishing = left if is_zero(right) else left - right
            return judged
        if item.continues and self.head is not None:
            item = item._replace(signs=(item.continues, *item.signs), members=(self.head, *item.members))
        if len(item.members) == 2 and item.signs[0] in ("=", "≠", "<", ">", "≤", "≥"):
            left, right = item.members
            if item.role == "premise":
                difference = left if is_zero(right) else left - right
                judged = Judged("stated", item.span)
                if self.vanishing is not None:
                    judged = self._under_zero(item, left, right)
                self.vanishing = difference
                return judged
            if item.signs[0] == "=" and left.kind == "name" and not right.moves:
                self.local[left] = right
            else:
                self.conditions += (relation(item.signs, left, right),)
        return Judged("stated", item.span)

    def _here(self, member: Term) -> Term:
        """A member at the values that hold on this line."""
        pairs = [side for letter, value in self.local.items() if letter in member.free for side in (letter, value)]
        return at(member, *pairs) if pairs else member

    def _continued(self, item: Statement) -> Judged:
        """A line that begins with a relation: against the head of its chain, else against the member before it."""
        if self.head is None or self.last is None:
            return Judged("unknown", item.span, reason=Reason("no-head"))
        first = self._claim(item, self.head, item.continues, item.members[0], item.spans[0])
        if first.verdict == "wrong" and self.last is not self.head:
            again = self._claim(item, self.last, item.continues, item.members[0], item.spans[0])
            if again.verdict == "ok":
                first = replace(again, verdict="follows")
        self.last = item.members[-1]
        rest = self._chain(item, item.members, item.signs) if len(item.members) > 1 else first
        return _decisive([first, rest])

    def _chain(self, item: Statement, members: tuple[Term, ...], signs: tuple[str, ...]) -> Judged:
        """Neighbours of a chain against each other; the worst of them decides. A member without a value is passed over."""
        kept = [spot for spot, member in enumerate(members) if not spot or not has_no_value(member)]
        if 1 < len(kept) < len(members):
            item = item._replace(spans=tuple(item.spans[spot] for spot in kept))
            members, signs = tuple(members[spot] for spot in kept), tuple(signs[spot - 1] for spot in kept[1:])
        places = zip(pairwise(members), signs, item.spans[1:], strict=False)
        found = [self._claim(item, left, sign, right, place) for (left, right), sign, place in places]
        return _decisive(found)

    def _claim(self, item: Statement, left: Term, sign: str, right: Term, place: tuple[int, int]) -> Judged:
        """One relation between two members."""
        if sign not in EQUAL:
            return _inequality(item, left, sign, right)
        if self.vanishing is not None and not item.continues:
            return self._under_zero(item, left, right)
        left, right = self._here(left), self._here(right)
        if is_zero(right) and (sign == ":=" or concludes(self.following, bases(left))):
            self.equation = left
            return Judged("stated", item.span)
        lost = self._lost(left, right)
        if lost:
            return Judged(
                "unknown", item.span, left=left, right=right, missing=lost, reason=Reason("missing", (", ".join(lost),))
            )
        if is_opaque(left) or is_opaque(right):
            return Judged("unknown", item.span, left=left, right=right, reason=Reason("opaque"))
        differentiated((left, right), self.tracked)
        told = {claim.left.args[0] for claim in self.facts}
        here = {name for name in self.tracked if name not in told}
        if self._defines(left, right, here):
            right = self._named_gradient(left, right)
            self.facts += (Claim(left, right),)
            return Judged("stated", item.span)
        if self._tells(left, right, here):
            self.facts += (Claim(left, right),)
            missing = tuple(sorted(name.data.name.latex for name in left.free & here))
            return Judged(
                "unknown", item.span, left=left, right=right, missing=missing, reason=Reason("missing", (missing[0],))
            )
        found = self._compared(left, right, self.facts)
        if isinstance(found.evidence, Undecided) and found.evidence.why == "no-range" and self.head is not None:
            found = self._compared(self.head, right, self.facts)
        if found.equal is not True and self._may_round(left, right, sign):
            numbers = self._numbers(item, left, right, sign, place)
            if numbers is not None:
                return numbers
        if found.equal is False and self.claims:
            again = self._carried(left, right)
            if again is not None:
                return replace(_said(item, again), verdict="follows")
        judged = _said(item, found)
        if judged.verdict == "ok" and not is_zero(right) and found.left.kind == "partial" and is_vacuous(found.left):
            return replace(judged, verdict="unknown", reason=Reason("vacuous"))
        if judged.verdict == "ok":
            judged = replace(judged, conditions=needed(left, right, judged.conditions, self._domain()))
        if judged.verdict == "wrong" and self._is_a_condition(item, left, right):
            return Judged("stated", item.span)
        if judged.verdict == "wrong":
            judged = self._under_a_condition(judged, left, right)
        judged = self._open(item, left, right, here, judged)
        if judged.verdict == "wrong" and sign == "≈" and not has_decimals(left) and not has_decimals(right):
            return replace(judged, verdict="unknown", reason=Reason("approximation"))
        if judged.verdict == "ok" and self._relies_on_a_wrong_value(right):
            return replace(judged, verdict="follows")
        if judged.verdict == "wrong":
            self.claims = (*self.claims, Claim(left, right))[-MOST_CARRIED:]
            judged = replace(self._explained(judged, found, left, right), place=place)
        return judged

    def _under_a_condition(self, judged: Judged, left: Term, right: Term) -> Judged:
        """A false line that is true under a usual condition: right for a letter that nobody declared, else it is said."""
        if isinstance(judged.evidence, Refuted) and isinstance(judged.evidence.witness, Clash):
            return judged
        loose = loose_names(left, self.environment) | loose_names(right, self.environment)
        for letter, condition in usual(left, right):
            found = compared(judged.left or left, judged.right or right, (*self._domain(), condition))
            if found.equal and letter in loose:
                return replace(judged, verdict="ok", evidence=found.evidence, conditions=(condition,))
            if found.equal:
                return replace(judged, reason=Reason("condition", (), (condition,)))
        return judged

    def _relies_on_a_wrong_value(self, right: Term) -> bool:
        """Whether a name stands on the right whose value was given wrongly above: true in letters, not in what is meant."""
        named = {claim.left.args[0] if claim.left.kind == "entry" else claim.left for claim in self.claims}
        wrong = {term for term in named if term.kind == "named"}
        return bool(wrong) and any(node in wrong for node in subterms(right, into_names=False))

    def _explained(self, judged: Judged, found: Compared, left: Term, right: Term) -> Judged:
        """A wrong statement with its cause and the member that would be right."""
        names = tuple(term for term in self.environment.quantities.values() if term.kind in ("name", "named"))
        told: Diagnosis | None = _causes().slipped(left, right, self.last)
        if told is None:
            told = _causes().diagnose(found if self.facts else found._replace(right=right), names, self._domain())
        reason = told.reason or judged.reason
        cause = _causes().with_the_layout(told.cause, found, self._layout(), self._domain())
        return replace(judged, cause=cause, written=right, repaired=told.repaired, reason=reason)

    def _is_a_condition(self, item: Statement, left: Term, right: Term) -> bool:
        """An equation between letters that nobody declared, with a number on the right: `x² + y² = 25`."""
        if item.continues or left.moves or right.free or left.kind not in ("sum", "product") or not left.free:
            return False
        letters = {leaf for leaf in left.free if leaf.kind == "name" and leaf.data.domain == "real"}
        return letters == set(left.free) and letters <= loose_names(left, self.environment) - self.seen

    def _lost(self, left: Term, right: Term) -> tuple[str, ...]:
        """The names whose definition stood in a line that could not be read."""
        if not self.unread:
            return ()
        names = loose_names(left, self.environment) | loose_names(right, self.environment)
        names |= unknown_functions(left, self.environment) | unknown_functions(right, self.environment)
        return tuple(sorted({name.data.name.latex for name in names} & self.unread))

    def _may_round(self, left: Term, right: Term, sign: str) -> bool:
        """Whether decimals may stand for rounded values here."""
        if "decimals are exact" in self.environment.conventions:
            return False
        if has_bare_logarithm(left) and numeral(right) is not None:
            return True
        return has_decimals(left) or has_decimals(right) or sign == "≈"

    def _numbers(self, item: Statement, left: Term, right: Term, sign: str, place: tuple[int, int]) -> Judged | None:
        """Numbers that agree as rounded ones do, or that follow from wrong ones above; None where they do neither."""
        about = sign == "≈"
        if rounds(left, right, self.written, about):
            self.natural = self.natural or (not self.base and has_bare_logarithm(left))
            self._write(left, right, self.written)
            return Judged("ok", item.span, Agrees(1, BITS), left, right, place=place)
        if self._in_another_base(left, right, about):
            return self._claim(item, self._rebased(left), sign, right, place)
        named = with_names(left, self.environment.definitions)
        for way in (left, _causes().derived(named, self._domain()) if named.moves else None):
            if self.slips and way is not None and rounds(way, right, {**self.written, **self.slips}, about):
                self._write(left, right, self.slips)
                return Judged("follows", item.span, Agrees(1, BITS), left, right, place=place)
        if numeral(right) is not None:
            self._write(left, right, self.slips)
        return None

    def _write(self, left: Term, right: Term, where: dict[Term, Term]) -> None:
        """What was written for a quantity, from here on."""
        if numeral(right) is not None:
            for quantity in (left, self.head):
                if quantity is not None and quantity.kind in ("named", "apply", "entry", "partial"):
                    where[quantity] = right

    def _in_another_base(self, left: Term, right: Term, about: bool) -> bool:
        """Whether the numbers tell that a bare logarithm has base 10 or 2; it then has that base from here on."""
        told = r"\log is natural" in self.environment.conventions or "log" in self.environment.functions
        if told or self.natural or not has_bare_logarithm(left):
            self.natural = self.natural or has_bare_logarithm(left)
            return False
        base = next((base for base in BASES if fits(to_base(left, base), right, self.written, about)), None)
        if base is not None:
            self.base = base
            self.environment = rebased(self.environment, base)
        return base is not None

    def _rebased(self, term: Term) -> Term:
        return to_base(term, self.base) if self.base else term

    def _compared(self, left: Term, right: Term, claims: tuple[Claim, ...], only_left: bool = False) -> Compared:
        """Two members with these claims in force, quantities without a formula as arbitrary functions."""
        told = frozenset(claim.left.args[0] for claim in self.facts)
        ours, theirs = carried((reaching(left), reaching(right)), claims)
        if only_left:
            (theirs,) = carried((reaching(right),), self.facts)
        ours, theirs = in_layout(ours, self._layout()), in_layout(theirs, self._layout())
        ours, theirs = (as_functions(term, self.tracked, told) for term in (ours, theirs))
        return compared(ours, theirs, self._domain())

    def _layout(self) -> str:
        """The layout that was asked for; empty where none was, or one that turns nothing."""
        return next((words for words in TURNS if words in self.environment.conventions), "")

    def _carried(self, left: Term, right: Term) -> Compared | None:
        """The reading under which a false line follows from the person's own wrong ones above."""
        for claims in dict.fromkeys((self.claims, *[(claim,) for claim in reversed(self.claims[-3:])])):
            for only_left in (False, True):
                found = self._compared(left, right, self.facts + claims, only_left)
                if found.equal:
                    return found
        return None

    def _defines(self, left: Term, right: Term, here: set[Term]) -> bool:
        """Whether a derivative of something without a formula stands on the left only: it is then known from here on."""
        if left.kind != "partial":
            return False
        body = left.args[0].args[0] if left.args[0].kind == "entry" else left.args[0]
        return body in here and body not in right.free and len(self.tracked[body]) == 1

    def _named_gradient(self, left: Term, right: Term) -> Term:
        """A bare letter for an upstream gradient has the shape of what it is taken by."""
        sizes = shape(left.args[1])
        loose = right.kind == "name" and right in loose_names(right, self.environment)
        if not loose or isinstance(sizes, Clash) or not sizes or right.data.shape:
            return right
        letter = name(right.data.name, *sizes)
        quantities = {**self.environment.quantities, right.data.name.latex: letter}
        self.environment = replace(self.environment, quantities=quantities)
        return letter

    def _tells(self, left: Term, right: Term, here: set[Term]) -> bool:
        """Whether a derivative of something without a formula is given by that itself: `∂o/∂z = o(1 − o)`."""
        if left.kind != "partial":
            return False
        body = left.args[0].args[0] if left.args[0].kind == "entry" else left.args[0]
        return body in here and body in right.free and not moving(right, frozenset({body}))

    def _open(self, item: Statement, left: Term, right: Term, here: set[Term], judged: Judged) -> Judged:
        """Nothing is wrong unless every letter and function in it is determined."""
        if judged.verdict != "wrong":
            return judged
        loose = loose_names(left, self.environment), loose_names(right, self.environment)
        fns = unknown_functions(left, self.environment) | unknown_functions(right, self.environment)
        unknown = frozenset(here | fns)
        undetermined = moving(left, unknown) ^ moving(right, unknown)
        undetermined |= (loose[1] - self.seen - left.free) | {name for name in loose[0] ^ loose[1] if labelled(name)}
        undetermined |= {name for name in loose[0] | loose[1] if name.data.shape}
        if isinstance(judged.evidence, Refuted) and isinstance(judged.evidence.witness, Clash):
            undetermined |= {name for name in loose[0] | loose[1] if name not in self.tracked}
        missing = {term.data.name.latex for term in undetermined}
        if missing:
            return replace(
                judged,
                verdict="unknown",
                missing=tuple(sorted(missing)),
                reason=Reason("missing", (", ".join(sorted(missing)),)),
            )
        return judged

    def _under_zero(self, item: Statement, left: Term, right: Term) -> Judged:
        """An equation behind `G = 0 ⇔`: it names a solution, or both sides vanish together."""
        assert self.vanishing is not None
        found = equivalent(self.vanishing, left, right, self._domain())
        judged = self._open(item, left, right, set(), _said(item, found))
        if judged.verdict == "ok" and any(claim.right is self.vanishing for claim in self.claims):
            return replace(judged, verdict="follows")
        return judged

    def _domain(self) -> tuple[Term, ...]:
        said = [property_of(words) for words in (FROM_ZERO, ZEROS_OUTSIDE) if words in self.environment.conventions]
        given = [fact for fact in self.environment.given if not (fact.kind == "relation" and fact.args[0].kind == "partial")]
        return (*given, *self.given, *self.conditions, *said)


def _decisive(found: list[Judged]) -> Judged:
    """The worst of some comparisons, with what all of them need."""
    verdict = worst([one.verdict for one in found])
    decisive = next(one for one in found if one.verdict == verdict)
    return replace(decisive, conditions=tuple(dict.fromkeys(fact for one in found for fact in one.conditions)))


def _causes() -> ModuleType:
    """Why a line is wrong: the routes of a derivation are loaded where there is something to explain."""
    return import_module("symderiv.judge.causes")


def _inequality(item: Statement, left: Term, sign: str, right: Term) -> Judged:
    """A relation between numbers is right or wrong; one with letters says where they are."""
    if left.free or right.free or is_opaque(left) or is_opaque(right):
        return Judged("stated", item.span)
    found = related(left, sign, right)
    judged = _said(item, Compared(found, left, right))
    return replace(judged, reason=Reason("relation")) if judged.verdict == "wrong" else judged


def _said(item: Statement, found: Compared) -> Judged:
    """The verdict that evidence for an equality gives."""
    evidence = found.evidence
    if isinstance(evidence, Refuted):
        return Judged("wrong", item.span, evidence, found.left, found.right, direct=found.direct)
    if isinstance(evidence, Undecided):
        return Judged("unknown", item.span, evidence, found.left, found.right, reason=Reason("undecided", (evidence.why,)))
    return Judged("ok", item.span, evidence, found.left, found.right, shown(evidence.conditions), direct=found.direct)


def _copied(values: dict[str, Any]) -> dict[str, Any]:
    """Values with containers of their own."""
    kept = {name: copy(value) if isinstance(value, dict | set | list) else value for name, value in values.items()}
    return {**kept, "tracked": {quantity: dict(by) for quantity, by in values["tracked"].items()}}


def bases(term: Term) -> frozenset[str]:
    """The letters of the quantities in a term, without accents and labels."""
    names = [leaf.data.name if leaf.kind == "name" else leaf.data for leaf in term.free if leaf.kind in ("name", "named")]
    return frozenset(name.base for name in names)
