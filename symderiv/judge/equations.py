"""Equations that are no identities: what was set to zero, what follows from it, and what nobody determined."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from symderiv.errors import SymderivError
from symderiv.judge.carrying import Claim
from symderiv.judge.commuting import as_arrays, beside, in_norms, looks_like_an_array, put
from symderiv.judge.comparing import Compared
from symderiv.judge.conditions import is_internal, shown
from symderiv.judge.extremes import as_unknown, at_other_extremes, says_likelihood, slope_of
from symderiv.judge.implicit import implied, slopes
from symderiv.judge.rounding import Rounding
from symderiv.judge.solving import equivalent, is_zero, one_branch, solution
from symderiv.judge.verdict import Judged, Reason
from symderiv.judge.world import labelled, loose_names, moving, of_whole_arrays, unknown_functions
from symderiv.reading.defining import Above
from symderiv.reading.guesses import is_made_up
from symderiv.reading.opaque import is_opaque
from symderiv.reading.script import Statement, concludes, read_statements
from symderiv.term.build import ZERO, at
from symderiv.term.kinds import Term, subterms
from symderiv.term.shapes import Clash, shape
from symderiv.worth.compare import compare
from symderiv.worth.evidence import Refuted, Undecided

#: What is done to arrays only.
TO_ARRAYS = frozenset({"transpose", "trace", "diag"})


class Equations(Rounding):
    """Decides what follows from the equations that are in force; several together are not solved, and refute nothing."""

    def _as_an_equation(self, item: Statement, left: Term, right: Term) -> Judged | None:
        """An equation that is no identity: what follows from those above it, or one that the line below goes on from."""
        if isinstance(shape(left - right), Clash) or not (left.free or right.free):
            return None
        if is_zero(right) and not left.moves and self.head is not None and self.head.moves and self.head is not left:
            return self._set_up(item, left, right)
        if self.pending and not (left.moves or right.moves) and not item.continues:
            self.equations = self.pending
            if any(_share(equation, left, right) for equation in self.pending):
                return self._under_zero(item, left, right)
        if (left.moves and not is_zero(right)) or right.moves or not self._goes_on(left, right):
            return None
        return self._set_up(item, left, right)

    def _along_a_curve(self, item: Statement, left: Term, right: Term) -> Judged | None:
        """What an equation above says of the derivatives of a quantity that it determines; it refutes nothing."""
        for curve in self.curves if left.moves or right.moves else ():
            found = implied(curve, left, right, self._domain())
            if found is not None and found.equal:
                return said(item, found)
            if any(slopes(curve, left, right)):
                return Judged("unknown", item.span, left=left, right=right, reason=Reason("equation"))
        return None

    def _set_up(self, item: Statement, left: Term, right: Term) -> Judged:
        """An equation that holds from here on, beside those above it, if it does not follow from them."""
        equation = left if is_zero(right) else left - right
        if any(_share(one, left, right) for one in self.pending):
            judged = self._under_zero(item, left, right)
            if judged.verdict in ("ok", "follows"):
                self.equations = self.pending
                return judged
        self.equations = (*self.pending, equation)
        return Judged("stated", item.span)

    def _goes_on(self, left: Term, right: Term) -> bool:
        """Whether the line below speaks of the same letters as an equation: it solves it, or is no identity either."""
        letters = bases(left) | bases(right)
        if not is_zero(right) and any(leaf.kind == "named" for leaf in left.free | right.free):
            return False
        if concludes(self.following, letters):
            return True
        below = self._below(letters)
        if below is None or not _share(left - right, *below) or self._compared(*below, self.facts, plain=True).equal:
            return False
        return is_zero(right) or bool(equivalent(left - right, *below, self._domain()).equal)

    def _is_differentiated_below(self, left: Term, right: Term) -> bool:
        """Whether the line below differentiates a letter of an equation by another: `dy/dx` below `e^y = x + y`."""
        try:
            read = read_statements(self.following, self.environment, Above(bases(left) | bases(right)))
        except SymderivError:
            return False
        return any(any(slopes(left - right, *item.members)) for item in read.statements)

    def _below(self, letters: frozenset[str]) -> tuple[Term, Term] | None:
        """The two sides of the line below, if that is one equation without derivatives."""
        try:
            read = read_statements(self.following, self.environment, Above(letters))
        except SymderivError:
            return None
        if len(read.statements) != 1 or read.statements[0].role != "claim" or read.statements[0].continues:
            return None
        members = read.statements[0].members
        if len(members) != 2 or any(member.moves or is_opaque(member) for member in members):
            return None
        return members[0], members[1]

    def _under_zero(self, item: Statement, left: Term, right: Term) -> Judged:
        """An equation where others hold: it names a solution, or both sides vanish together."""
        equations = self.pending if self.vanishing is None or self.vanishing in self.pending else (self.vanishing,)
        found = [equivalent(one, left, right, self._domain()) for one in self._forms(equations)]
        best = next((one for one in found if one.equal), found[0])
        if best.equal is None or (len(equations) > 1 and not best.equal):
            return Judged("unknown", item.span, left=left, right=right, reason=Reason("equation"))
        named = left.args[0] if left.kind == "power" else left
        letter = next((letter for one in equations if (letter := solution(one, named)) is not None), left)
        judged = self._open(item, letter, right, set(), said(item, best))
        judged = self._of_numbers(judged, left, right, equations)
        if best.equal and named is left and letter.kind == "name" and letter not in right.free:
            self.solved = {**self.solved, letter: right}
            judged = judged._replace(conditions=(*judged.conditions, *one_branch(equations, letter, right, self._domain())))
        if judged.verdict == "ok" and any(claim.right in equations for claim in self.claims):
            return judged._replace(verdict="follows")
        return judged

    def _as_an_extreme(self, item: Statement, part: Term) -> Judged | None:
        r"""`\hat\lambda = …` below a derivative by λ that nobody set to zero: it vanishes there, or nothing is decided."""
        slope, left = slope_of(self.slopes, part), as_unknown(part)
        if slope is None or left is None:
            return None
        there = at_other_extremes(slope, self.slopes, part.args[0])
        found = equivalent(there, left, part.args[0], self._domain())
        judged = self._of_numbers(said(item, found), left, part.args[0], (slope,))
        carried = (equivalent(one.right, left, part.args[0], self._domain()) for one in self.claims if one.left is slope)
        if judged.verdict != "ok" and any(one.equal for one in carried):
            return judged._replace(verdict="follows")
        if judged.verdict == "wrong" and not says_likelihood(part.data):
            return judged._replace(verdict="unknown", reason=Reason("extreme", (), (left,)), missing=(part.data.latex,))
        return judged

    def _forms(self, equations: tuple[Term, ...]) -> Iterator[Term]:
        """Equations as they stand; of several also the difference of two, and each with solutions that were found."""
        yield from equations
        for place, one in enumerate(equations):
            yield from (one - two for two in equations[place + 1 :] if shape(one) == shape(two))
        for letter, value in self.solved.items() if len(equations) > 1 else ():
            solved = [at(one, letter, value) for one in equations if letter in one.free]
            yield from (one for one in solved if compare(one, ZERO, self._domain(), plain=True).kind == "refuted")

    def _of_numbers(self, judged: Judged, left: Term, right: Term, under: tuple[Term, ...] = ()) -> Judged:
        """A verdict, which is none where a line holds for numbers and nobody said that its letters are numbers."""
        guessed = self._taken_for_numbers(left, right, under) if judged.verdict == "ok" else ()
        if not guessed:
            return judged
        reason = Reason("undeclared", (", ".join(guessed),))
        return judged._replace(verdict="unknown", conditions=(), missing=guessed, reason=reason)

    def _taken_for_numbers(self, left: Term, right: Term, under: tuple[Term, ...]) -> tuple[str, ...]:
        """Letters that nobody declared and that may be arrays, where what holds for numbers need not hold for those.

        They are transposed or traced, or the line holds only because numbers commute.
        """
        arrays = [node.args[0] for side in (left, right, *under) for node in subterms(side) if node.kind in TO_ARRAYS]
        loose = loose_names(left, self.environment) | loose_names(right, self.environment)
        found = {letter for array in arrays if shape(array) == () for letter in array.free & loose}
        capitals = {
            letter
            for letter in loose - self.numbers - set(self.tracked)
            if not letter.data.shape and looks_like_an_array(letter)
        }
        several = len(capitals) > 1 or capitals & in_norms((left, right, *under))
        if not found and several and not self._holds_for_arrays(left, right, capitals, under):
            found = capitals
        return tuple(sorted(letter.data.name.latex for letter in found))

    def _holds_for_arrays(self, left: Term, right: Term, letters: set[Term], under: tuple[Term, ...]) -> bool:
        """Whether an equality of numbers holds for square matrices in the place of these letters too."""
        for arrays in as_arrays(sorted(letters, key=lambda letter: letter.data.name.latex), (left, right, *under)):
            other = copy(self)
            other.facts = tuple(Claim(put(one.left, arrays), put(one.right, arrays)) for one in self.facts)
            other.tracked = {body: {put(by, arrays): None for by in variables} for body, variables in self.tracked.items()}
            sides = beside(put(left, arrays), put(right, arrays))
            if under and any(equivalent(put(one, arrays), *sides, self._domain()).equal for one in under):
                return True
            if not under and other._compared(*sides, other.facts).equal:
                return True
        return False

    def _open(self, item: Statement, left: Term, right: Term, here: set[Term], judged: Judged) -> Judged:
        """Nothing is wrong unless every letter and function in it is determined."""
        if judged.verdict != "wrong":
            return judged
        is_clash = isinstance(judged.evidence, Refuted) and isinstance(judged.evidence.witness, Clash)
        told = frozenset[Term]() if is_clash else self.inputs
        loose = loose_names(left, self.environment) - told, loose_names(right, self.environment) - told
        fns = unknown_functions(left, self.environment), unknown_functions(right, self.environment)
        unknown = frozenset(here.union(*fns))
        undetermined = (moving(left, unknown) ^ moving(right, unknown)) | (fns[1] - fns[0] - self.seen)
        undetermined |= (loose[1] - self.seen - left.free) | {name for name in loose[0] ^ loose[1] if labelled(name)}
        undetermined |= {name for name in loose[0] | loose[1] if any(map(is_made_up, name.data.shape))}
        if is_clash:
            undetermined |= {name for name in loose[0] | loose[1] if name not in self.tracked}
            undetermined |= (fns[0].union(fns[1]) - self.seen) | (fns[0] & of_whole_arrays(left))
        missing = {term.data.name.latex for term in undetermined if not is_internal(term)}
        missing |= {leaf.data.latex for leaf in left.free | right.free if leaf.kind == "named" and _clashes(leaf.args[0])}
        missing |= {name.data.name.latex for name in loose[0] | loose[1]} & self.missing
        if missing:
            return judged._replace(
                verdict="unknown",
                missing=tuple(sorted(missing)),
                reason=Reason("missing", (", ".join(sorted(missing)),)),
            )
        return judged


def _clashes(term: Term) -> bool:
    """Whether the definition of a name does not fit together: what it stands for was not understood."""
    return isinstance(shape(term), Clash)


def _share(equation: Term, left: Term, right: Term) -> bool:
    """Whether two equations speak of the same letters."""
    return any(leaf.kind in ("name", "named") for leaf in equation.free & (left.free | right.free))


def said(item: Statement, found: Compared) -> Judged:
    """The verdict that evidence for an equality gives."""
    evidence = found.evidence
    if isinstance(evidence, Refuted):
        return Judged("wrong", item.span, evidence, found.left, found.right, direct=found.direct)
    if isinstance(evidence, Undecided):
        return Judged("unknown", item.span, evidence, found.left, found.right, reason=Reason("undecided", (evidence.why,)))
    return Judged("ok", item.span, evidence, found.left, found.right, shown(evidence.conditions), direct=found.direct)


def bases(term: Term) -> frozenset[str]:
    """The letters of the quantities in a term, without accents and labels."""
    names = [leaf.data.name if leaf.kind == "name" else leaf.data for leaf in term.free if leaf.kind in ("name", "named")]
    return frozenset(name.base for name in names)
