"""The lines of a derivation in order: what each says, and how it hangs together with the one above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from symderiv.errors import SymderivError
from symderiv.judge.claiming import Claiming
from symderiv.judge.commuting import numbers
from symderiv.judge.equations import bases
from symderiv.judge.meaning import fitted, has_no_value
from symderiv.judge.other_ways import other_ways, with_all_results
from symderiv.judge.solving import is_zero
from symderiv.judge.verdict import FAULTS, SHAPES, Judged, JudgedLine, Reason, VerdictName, worst
from symderiv.judge.world import loose_names, unknown_functions
from symderiv.reading.defining import Above
from symderiv.reading.environment import Environment
from symderiv.reading.guesses import is_made_up
from symderiv.reading.script import Statement, Understood, concludes, read_statements, unread_names
from symderiv.term.build import ONE, relation
from symderiv.term.kinds import Term, subterms
from symderiv.term.shapes import Clash, shape
from symderiv.worth.evidence import Refuted


class Marker(Claiming):
    """Judges the lines of one derivation in order; what stands before a line is known to it."""

    def line(self, source: str, span: tuple[int, int] = (0, 0), following: str = "") -> JudgedLine:
        """The verdict on one line, which those below may rely on; `following` is the line below it."""
        self.following = following
        before = self.saved()
        found = self._tried(source, span, self.environment)
        for other in other_ways(found, before["environment"], self.guessed):
            after = self.saved()
            self.restore(before)
            again = self._tried(source, span, other)
            if again.verdict in ("ok", "stated"):
                found = again
                self._mean_as_before(other.quantities, before["environment"].quantities)
                break
            self.restore(after)
        if found.verdict == "wrong":
            found = with_all_results(found, self.environment)
            found = replace(found, again=lambda text: self._judged_again(text, before))
        self.lines.append(found)
        return found

    def _mean_as_before(self, other: Mapping[str, Term], before: Mapping[str, Term]) -> None:
        """What names meant on one line only they do not mean on those below."""
        changed = {key: term for key, term in before.items() if other.get(key) is not term}
        if changed:
            self.environment = replace(self.environment, quantities={**self.environment.quantities, **changed})

    def _judged_again(self, source: str, before: dict[str, Any]) -> VerdictName:
        """The verdict on another line where these things were known."""
        other = Marker(self.environment)
        other.restore(before)
        return other.line(source, (0, len(source)), before["following"]).verdict

    def _tried(self, source: str, span: tuple[int, int], known: Environment) -> JudgedLine:
        """The verdict under one reading; a fault of ours leaves the line undecided."""
        try:
            return self._read(source, span, known)
        except FAULTS as fault:
            self.separate()
            code = "deep" if isinstance(fault, RecursionError | MemoryError) else "fault"
            judged = Judged("unknown", (0, len(source)), reason=Reason(code, (type(fault).__name__,)))
            return JudgedLine(source, span, "unknown", (judged,), self.environment)

    def _called_in_words(self) -> frozenset[str]:
        """The names in words that lines have defined: each time they are written they may name something else."""
        keys = (key for key in self.environment.quantities if key.startswith("\\text{") and key not in self.said)
        return frozenset(key for key in keys if not (key[6:-1].isupper() and key[6:-1] in self.environment.words))

    def _above(self, solving: frozenset[str]) -> Above:
        """What the lines above tell of the one that is read."""
        seen = frozenset(leaf.data.name.latex for leaf in self.seen)
        chain = frozenset[Term]() if self.head is None or self.last is None else self.head.free | self.last.free
        return Above(solving, self._called_in_words(), seen, chain)

    def _read(self, source: str, span: tuple[int, int], known: Environment) -> JudgedLine:
        solving = frozenset().union(*[bases(equation) for equation in self.equations])
        try:
            read = read_statements(source, known, self._above(solving))
        except SymderivError as stop:
            self.head = self.last = None
            self.unread |= unread_names(source)
            reason = Reason(stop.code, (str(stop),))
            refused = Judged("unread", stop.span or (0, 0), reason=reason)
            return JudgedLine(source, span, "unread", (refused,), self.environment)
        self.guessed = {**read.environment.guessed, **self.guessed}
        self._reach(replace(read.environment, guessed={}) if read.environment.guessed else read.environment)
        if read.statements and not (read.statements[0].continues and self.head is not None):
            self.local, self.conditions = {}, ()
        self.pending, self.equations = self.equations, ()
        self.vanishing = self.pending[-1] if self.pending and concludes(source, solving) else None
        self.solved = self.solved if self.pending else {}
        self.numbers |= numbers(member for item in read.statements for member in item.members)
        items = _with_conditions(read.statements)
        first = sorted(range(len(items)), key=lambda place: items[place].role != "condition")
        judged = {place: self._unsaid(self._fitting(items[place]), items[place].shown) for place in first}
        statements = tuple(judged[place] for place in range(len(items)))
        if self.vanishing is not None and not self.equations:
            self.equations = self.pending or (self.vanishing,)
        for item in read.statements:
            if "=:" in item.signs and item.members[-1].kind == "name":
                self.unread |= {item.members[-1].data.name.latex}
            self.seen.update(leaf for member in item.members for leaf in member.free if leaf.kind == "name")
            self.seen.update(fn for member in item.members for fn in unknown_functions(member, self.environment))
        self._forget_values(read.statements)
        self.missing = self.missing.union(*[item.missing for item in statements if not _is_undeclared(item)])
        verdict = worst([item.verdict for item in statements])
        return JudgedLine(source, span, verdict, statements, self.environment)

    def _forget_values(self, statements: tuple[Statement, ...]) -> None:
        """`w \\leftarrow w - \\eta g` gives w another value: what it was, and what was computed from that, holds no more."""
        renewed = [before.members[-1] for before, item in pairwise(statements) if item.joint == "←"]
        updated = [item.members[0] for item in statements if item.role == "update"]
        for old in [*renewed, *[quantity for quantity in updated if not quantity.args[:1] or not quantity.args[0].free]]:
            if old.kind == "named":
                kept = {key: term for key, term in self.environment.quantities.items() if not _hangs_on(term, old)}
                self.unread |= self.environment.quantities.keys() - kept.keys()
                definitions = tuple(term for term in self.environment.definitions if not _hangs_on(term, old))
                self.environment = replace(self.environment, quantities=kept, definitions=definitions)

    def _unsaid(self, judged: Judged, shown: Understood | None) -> Judged:
        """A verdict with how its statement was read, and without the conditions that are given."""
        unsaid = tuple(fact for fact in judged.conditions if fact not in self.environment.given)
        return judged._replace(shown=shown, conditions=unsaid)

    def skip(self, source: str, span: tuple[int, int] = (0, 0)) -> JudgedLine:
        """A line that is struck out is passed over."""
        found = JudgedLine(source, span, "skipped", (), self.environment)
        self.lines.append(found)
        return found

    def _fitting(self, item: Statement) -> Judged:
        """The verdict on a statement; one that claims nothing is wrong where declared arrays do not fit."""
        judged = self._statement(item)
        for member in item.members if judged.verdict == "stated" else ():
            clash = shape(fitted(member.args[0] if member.kind == "named" else member))
            if isinstance(clash, Clash) and _is_impossible(clash) and self._is_declared(clash.where):
                return Judged("wrong", item.span, Refuted(clash), member, member, cause=SHAPES)
        return judged

    def _is_declared(self, term: Term) -> bool:
        """Whether the shapes of everything in a term were said."""
        loose = [letter for letter in loose_names(term, self.environment) if not letter.data.shape]
        sizes = [length for leaf in term.free if leaf.kind == "name" for length in leaf.data.shape]
        return not (loose or unknown_functions(term, self.environment) or any(map(is_made_up, sizes)))

    def _statement(self, item: Statement) -> Judged:
        if item.role == "declaration":
            return Judged("stated", item.span)
        if item.role in ("condition", "premise"):
            return self._condition(item)
        if item.continues:
            return self._continued(item)
        if item.role == "update":
            item = item._replace(signs=item.signs[1:], members=item.members[1:], spans=item.spans[1:])
        self.head, self.last = item.members[0], item.members[-1]
        self.slopes += (self.head,) if self.head.moves and self.head.kind in ("partial", "at") else ()
        if item.role == "bare":
            return Judged("stated", item.span)
        if item.role == "definition" and self.head.kind == "named" and not self.equations:
            judged = self._as_an_extreme(item, self.head)
            if judged is not None:
                return judged
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

    def _continued(self, item: Statement) -> Judged:
        """A line that begins with a relation: against the head of its chain, else against the member before it."""
        if self.head is None or self.last is None:
            return Judged("unknown", item.span, reason=Reason("no-head"))
        first = self._claim(item, self.head, item.continues, item.members[0], item.spans[0])
        if first.verdict == "wrong" and self.last is not self.head:
            known = self.saved()
            again = self._claim(item, self.last, item.continues, item.members[0], item.spans[0])
            self.restore(known)
            if again.verdict == "ok":
                first = again._replace(verdict="follows")
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


#: What only a square matrix has.
SQUARE_ONLY = frozenset({"inverse", "det", "trace"})


def _is_impossible(clash: Clash) -> bool:
    """Whether factors clash of which one is a matrix, or a matrix is not square that has to be.

    Sums of what does not fit are meant row by row or number by number.
    """
    if clash.where.kind in SQUARE_ONLY:
        return True
    sizes = [shape(factor) for factor in clash.where.args] if clash.where.kind == "product" else []
    return any(not isinstance(one, Clash) and len(one) == 2 and ONE not in one for one in sizes)


def _hangs_on(term: Term, part: Term) -> bool:
    """Whether a name is a part, or is computed from it."""
    return term.kind == "named" and any(node is part for node in subterms(term))


def _with_conditions(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The statements; a relation behind a claim that restricts its letters is a condition: `… = 0, (i ≠ j)`."""
    letters = {
        leaf.data.latex: leaf
        for item in statements
        for member in item.members
        for leaf in member.free
        if leaf.kind == "index"
    }
    found: list[Statement] = []
    for place, item in enumerate(statements):
        if place and item.role == "claim" and not item.continues and len(item.members) == 2:
            members = tuple(_as_index(member, letters) for member in item.members)
            if _restricts(item.signs[0], *members):
                item = item._replace(role="condition", members=members)
        found.append(item)
    return tuple(found)


def _as_index(member: Term, letters: dict[str, Term]) -> Term:
    return letters.get(member.data.name.latex, member) if member.kind == "name" and not member.data.shape else member


def _restricts(sign: str, left: Term, right: Term) -> bool:
    """Whether a relation says which values of letters are meant: an inequality, or that two indices are the same."""
    if sign == "=":
        return left.kind == "index" and right.kind in ("index", "number")
    return sign in ("≠", "<", ">", "≤", "≥") and bool(left.free | right.free) and not (left.moves or right.moves)


def _is_undeclared(item: Judged) -> bool:
    """Whether a statement holds for numbers, and declarations would decide it: what is false of numbers is false."""
    return item.reason is not None and item.reason.code == "undeclared"


def _decisive(found: list[Judged]) -> Judged:
    """The worst of some comparisons, with what all of them need."""
    verdict = worst([one.verdict for one in found])
    decisive = next(one for one in found if one.verdict == verdict)
    return decisive._replace(conditions=tuple(dict.fromkeys(fact for one in found for fact in one.conditions)))
