"""A trace: the adjoint of every node, in reverse order, and its tangents, each by local derivatives that are derived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from math import isclose

from symderiv.deriving.answer import Routes
from symderiv.deriving.derivation import Derivation, Move, Step
from symderiv.deriving.draft import Draft
from symderiv.deriving.neat import neat
from symderiv.deriving.program import Node, Program, plain, sizes_of, written
from symderiv.errors import SymderivError
from symderiv.term.build import (
    ONE,
    ZERO,
    add,
    at,
    bigsum,
    differential,
    entry,
    index,
    mul,
    name,
    named,
    of,
    partial,
)
from symderiv.term.kinds import Term, subterms
from symderiv.term.names import Name
from symderiv.term.places import fresh_index, with_args
from symderiv.worth.value import Numbers, Values

#: Why a share cannot be carried out; it is then left as a derivative, which has a value all the same.
_NOT_CARRIED_OUT = ("no-rule", "no-form")


@dataclass(frozen=True, slots=True)
class Share:
    """What one node passes back to one of its inputs: `start` as it is asked for, `found` what it comes to.

    Both are over plain letters. With numbers it is the node's adjoint times its local derivative, `local`; with arrays the
    gradient of the inner product of the node with its adjoint. `steps` lead from the one to the other, the place of each
    counted from the share.
    """

    node: Node
    source: Term
    start: Term
    found: Term
    steps: tuple[Step, ...]
    local: Term | None = None

    @property
    def letter(self) -> Term:
        """The input as a plain letter."""
        return plain(self.source)


class Trace:
    """Adjoints of all nodes of a program by the chain rule, each an equality that the referee can check.

    >>> from symderiv.deriving.program import program
    >>> x, y = name("x"), name("y")
    >>> trace = Trace(program(x * y + x))
    >>> [trace.adjoints[node.part].args[0] for node in trace.program.nodes[:2]]
    [product(\\bar{v}_{1}, v_{0}), sum(product(\\bar{v}_{1}, v_{-1}), product(\\bar{v}_{2}, 1))]
    """

    def __init__(self, program: Program, given: Iterable[Term] = ()) -> None:
        if sizes_of(program.result):
            raise SymderivError(
                "shape", f"{written(program.result)} is an array; an adjoint is traced back from a number, as a loss is"
            )
        self.program = program
        self.given = tuple(given)
        self.routes = Routes(self.given)
        self.shares: dict[Term, tuple[Share, ...]] = {}
        self.adjoints: dict[Term, Term] = {}
        for node in reversed(program.nodes):
            shares = tuple(self._share(user, node.part) for user in program.users(node.part))
            total = add(*[self.in_parts(share, share.found) for share in shares]) if shares else ONE
            self.shares[node.part] = shares
            self.adjoints[node.part] = named(barred(node.part), total)

    def in_parts(self, share: Share, term: Term) -> Term:
        """A term of a share over the parts of the program: it then has a value at every point of the inputs."""
        letters = {plain(item): item for item in share.node.inputs}
        letters[upstream(share.node)] = self.adjoints[share.node.part]
        if any(node.kind == "partial" for node in subterms(term, into_names=False)):
            return at(term, *[item for pair in letters.items() for item in pair])
        return _renamed(term, letters, share.node)

    def _share(self, node: Node, source: Term) -> Share:
        assert node.local is not None
        above, letter = upstream(node), plain(source)
        if sizes_of(node.part):
            start = partial(_inner(above, node.local), letter, "∇" if sizes_of(source) else "∂")
            steps, found = self._carried_out(start)
            return Share(node, source, start, found, steps)
        rate = partial(node.local, letter, "∇" if sizes_of(source) else "d" if len(node.inputs) == 1 else "∂")
        steps, local = self._carried_out(rate)
        inside = tuple(step._replace(place=(1, *step.place)) for step in steps)
        return Share(node, source, mul(above, rate), mul(above, local), inside, local)

    def _carried_out(self, rate: Term) -> tuple[tuple[Step, ...], Term]:
        """The steps from a derivative to its value; none, and the derivative itself, where no rule carries it out."""
        try:
            answer = self.routes.answer(rate.args[0], rate.args[1])
        except SymderivError as stop:
            if stop.code not in _NOT_CARRIED_OUT:
                raise
            return (), rate
        one = answer.derivation if not sizes_of(rate.args[1]) and answer.route == "entries" else answer.matrix_form
        if one is not None and one.start.args == rate.args:
            return one.steps, one.result
        found = neat(_alike(answer.array()))
        move = Move("all entries", lambda term: found if term is rate else None, say="all entries at once, as an array")
        return (Step(rate, found, (), move, answer.conditions),), found

    @cached_property
    def derivations(self) -> dict[Term, Derivation]:
        """How each adjoint comes about, over plain letters, the last node first."""
        return {node.part: self._adjoint(node.part) for node in reversed(self.program.nodes)}

    def _adjoint(self, part: Term) -> Derivation:
        shares = self.shares[part]
        if not shares:
            draft = Draft(named(barred(part), ONE), self.given)
            draft.use(the_result)
            _line(draft)
            return draft.done()
        draft = Draft(named(barred(part), add(*[share.start for share in shares])), self.given)
        draft.use(by_users)
        _line(draft)
        for spot, share in enumerate(shares):
            place = (spot,) if len(shares) > 1 else ()
            for step in _plainly(share):
                found = (step.after, step.conditions)
                draft.replace(
                    (*place, *step.place), draft.note((*place, *step.place), step.law, step.before, found, step.aside)
                )
        _line(draft)
        return Derivation(draft.start, tuple(draft.steps), tuple(draft.breaks), tuple(draft.shown), self.given)

    def confirm(self, values: Values) -> None:
        """The adjoints at a point against the derivatives of the result there, which are found without any rule."""
        for node in self.program.nodes:
            bar = self.adjoints[node.part]
            if not _alike_numbers(values(bar), values(partial(self.program.result, node.part))):
                raise SymderivError(
                    "refuted-step",
                    f"the adjoint {bar} is not the derivative of {self.program.result} at this point and is not shown. "
                    "This is a fault of symderiv; please report the formula with this message.",
                )

    def tangents(self, source: Term) -> dict[Term, Term]:
        """The derivative of every node by one input that is a number, forward: each by those of its inputs."""
        if sizes_of(source):
            raise SymderivError("shape", f"{written(source)} is an array; a tangent is taken along one number")
        found: dict[Term, Term] = {}
        for node in self.program.nodes:
            if node.letter is not None:
                total: Term = ONE if node.part is source else ZERO
            else:
                total = self._moved(node, found)
            found[node.part] = named(dotted(node.part), total)
        return found

    def _moved(self, node: Node, known: dict[Term, Term]) -> Term:
        assert node.local is not None
        letters = {plain(item): item for item in node.inputs}
        terms: list[Term] = []
        for item in node.inputs:
            if known[item].args[0] is ZERO or known[item].args[0].kind == "zeros":
                continue
            if not sizes_of(node.part) and not sizes_of(item):
                share = next(share for share in self.shares[item] if share.node is node)
                assert share.local is not None
                terms.append(mul(known[item], self.in_parts(share, share.local)))
                continue
            letter = plain(item)
            change = differential(letter, letter)
            result = self.routes.differentials.derive(differential(node.local, letter)).result
            terms.append(_renamed(result, {**letters, change: known[item]}, node))
        zero = of("zeros", *sizes_of(node.part)) if sizes_of(node.part) else ZERO
        return add(*terms) if terms else zero


def _opened(term: Term) -> Term | None:
    return term.args[0] if term.kind == "named" else None


the_result = Move("the result itself", _opened, say="by itself the result changes at rate one")
by_users = Move(
    "chain rule",
    _opened,
    say="every node that uses it passes on its own adjoint times its local derivative, and the shares are added",
)


def _plainly(share: Share) -> tuple[Step, ...]:
    """The steps of a share; where none of them says anything, `∂(v_1 + v_2)/∂v_1 = 1`, they are one."""
    if not share.steps or share.local is None or not all(step.law.minor for step in share.steps):
        return share.steps
    rate, local = share.start.args[-1], share.local
    law = Move("local derivative", lambda term: local if term is rate else None, say="by one input while the others stay")
    return (Step(rate, local, (1,), law, tuple(fact for step in share.steps for fact in step.conditions)),)


def _line(draft: Draft) -> None:
    """The line is shown as it stands, with the factors one that a person writes here; once, where nothing changed."""
    if draft.shown and draft.shown[-1] is draft.term:
        return
    draft.breaks.append(len(draft.steps))
    draft.shown.append(draft.term)


def barred(part: Term) -> Name:
    r"""The name of an adjoint, `\bar v_3`."""
    return _accented(written(part), "bar")


def dotted(part: Term) -> Name:
    r"""The name of a tangent, `\dot v_3`."""
    return _accented(written(part), "dot")


def _accented(plain_name: Name, accent: str) -> Name:
    return replace(plain_name, accent=f"{accent} {plain_name.accent}".strip())


def upstream(node: Node) -> Term:
    """The adjoint of a node as a plain letter."""
    return name(barred(node.part), *sizes_of(node.part))


def _renamed(term: Term, letters: dict[Term, Term], node: Node) -> Term:
    """A term with parts in place of the plain letters that stood for them, also for the node over plain letters itself."""
    if term is node.local:
        return node.part
    if term in letters:
        return letters[term]
    return with_args(term, tuple([_renamed(arg, letters, node) for arg in term.args]))


def _alike(array: Term) -> Term:
    """An array whose entries are all alike as a multiple of ones."""
    if array.kind != "stack" or not array.args[0].free.isdisjoint(array.args[1::2]):
        return array
    return mul(array.args[0], of("ones", *array.args[2::2]))


def _alike_numbers(one: Numbers, other: Numbers) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return all(map(_alike_numbers, one, other))
    return not isinstance(one, list) and not isinstance(other, list) and isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def _inner(left: Term, right: Term) -> Term:
    """The inner product of two arrays of one shape, in matrices where the right one is no array given by its entries."""
    sizes = sizes_of(right)
    if len(sizes) == 1:
        return mul(of("transpose", left), right)
    if len(sizes) == 2 and not any(node.kind == "stack" for node in subterms(right)):
        return of("trace", mul(of("transpose", left), right))
    letters: list[Term] = []
    for _ in sizes:
        letters.append(fresh_index(index("i"), left.free | right.free | set(letters)))
    total = mul(entry(left, *letters), entry(right, *letters))
    for letter in reversed(letters):
        total = bigsum(total, letter)
    return total
