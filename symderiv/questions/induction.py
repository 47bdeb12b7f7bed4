"""A proof by induction: a closed form of what a recurrence defines."""

from __future__ import annotations

from dataclasses import dataclass, replace

from symderiv.deriving import induction
from symderiv.deriving.verifying import must_equal
from symderiv.errors import SymderivError
from symderiv.questions.part import Chain, Part, Words
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.term.build import entry, name, named, num
from symderiv.term.kinds import Term, subterms
from symderiv.term.names import Name
from symderiv.term.places import substitute


@dataclass(frozen=True, slots=True)
class Induction:
    r"""`claim` is an equation, its left side a member of a recurrence that `given` defines, with its first member.

    The letter above the member is the one that counts: `m^t = (1 - b) \sum_{s=1}^t b^{t-s} g^s` is proved over t, from
    `m^0 = 0` and `m^t = b m^{t-1} + (1 - b) g^t`.
    """

    claim: str

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The start and the step."""
        equation = read_expression(self.claim, known)
        if equation.kind != "relation" or equation.data != ("=",) or equation.args[0].kind != "named":
            raise SymderivError(
                "usage",
                f"saw the claim {self.claim}; expected an equation whose left side is defined by a recurrence in `given`, "
                "as m^t = …",
            )
        member, right = equation.args
        letter = read_expression(member.data.sup, known)
        first = self._first(member.data, known)
        at_first = substitute(right, {letter: num(int(first.data.sup))})
        said = f"saw the claim {self.claim}, which is false for {first.data}, where it starts; check it"
        must_equal(first, at_first, known.given, said)
        begin = induction.start(first, at_first, known.given)
        before = named(replace(member.data, sup=f"{member.data.sup}-1"), substitute(right, {letter: letter - 1}))
        members = _members(right, letter)
        recurrence = substitute(member.args[0], {name(before.data): before, **members})
        if before not in recurrence.free:
            raise SymderivError(
                "usage", f"{before.data} does not stand in the recurrence of {member.data}; nothing to prove"
            )
        again = named(member.data, recurrence)
        said = f"saw the claim {self.claim}, which does not follow for {member.data} from the one before; check it"
        must_equal(again, right, known.given, said)
        onward = induction.step(again, before, right, known.given)
        counted = member.data.sup
        return (
            Words(f"By induction over ${counted}$, from ${first.data.latex}$ on:"),
            Chain(begin),
            Words(f"and from ${counted}-1$ to ${counted}$:"),
            Chain(onward),
        )

    def _first(self, member: Name, known: Environment) -> Term:
        starts = [part for part in known.definitions if replace(part.data, sup="") == replace(member, sup="")]
        numbered = [part for part in starts if part.data.sup.isdecimal()]
        if not numbered:
            raise SymderivError(
                "usage", f"no first member of {member} is given; say where it starts, as {member.base}^0 = 0"
            )
        return min(numbered, key=lambda part: int(part.data.sup))


def _members(right: Term, letter: Term) -> dict[Term, Term]:
    """`g^t` in the recurrence is the member t of the sequence that the claim sums."""
    arrays = {node.args[0] for node in subterms(right) if node.kind == "entry" and node.args[0].kind == "name"}
    raised = [array for array in arrays if array.data.raised]
    return {name(replace(array.data.name, sup=letter.data.name.latex)): entry(array, letter) for array in raised}
