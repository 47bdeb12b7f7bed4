"""A trace: the adjoint of every node, in reverse order, and its tangents, each by local derivatives that are derived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from symderiv.deriving.answer import Answer, Routes
from symderiv.deriving.derivation import Derivation, Move
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

#: Why a share cannot be carried out; it is then left as a derivative, which has a value all the same.
_NOT_CARRIED_OUT = ("no-rule", "no-form")


@dataclass(frozen=True, slots=True)
class Share:
    """What one node passes back to one of its inputs.

    `answer` derives the local derivative, or with arrays the share itself: the gradient of the inner product with the
    node's adjoint. `local` is the local derivative where it is shown, `term` the share in the parts of the program.
    """

    node: Node
    source: Term
    answer: Answer | None
    local: Term | None
    term: Term

    @property
    def conditions(self) -> tuple[Term, ...]:
        """What the local derivative needed, said of the parts."""
        if self.answer is None:
            return ()
        letters = {plain(item): item for item in self.node.inputs}
        return tuple(renamed(fact, letters) for fact in self.answer.conditions)


def renamed(term: Term, letters: dict[Term, Term]) -> Term:
    """A term with parts in place of the plain letters that stood for them; a node's own name stays."""
    if term in letters:
        return letters[term]
    return with_args(term, tuple([renamed(arg, letters) for arg in term.args])) if term.kind != "named" else term


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
            users = tuple(program.users(node.part))
            shares = tuple(self._share(user, node.part) for user in users)
            self.shares[node.part] = shares
            total = add(*[share.term for share in shares]) if users else ONE
            self.adjoints[node.part] = named(barred(node.part), total)

    def _share(self, node: Node, source: Term) -> Share:
        assert node.local is not None
        letter, above = plain(source), self.adjoints[node.part]
        letters = {plain(item): item for item in node.inputs}
        if not sizes_of(node.part):
            answer = self.routes.answer(node.local, letter)
            local = neat(_as_array(answer))
            shown = renamed(_with_name_of(local, node), letters)
            return Share(node, source, answer, shown, mul(above, shown))
        upstream = name(above.data, *sizes_of(node.part))
        letters[upstream] = above
        product = _inner(upstream, node.local)
        try:
            answer = self.routes.answer(product, letter)
        except SymderivError as stop:
            if stop.code not in _NOT_CARRIED_OUT:
                raise
            pairs = [item for pair in letters.items() for item in pair]
            return Share(node, source, None, None, at(partial(product, letter), *pairs))
        found = neat(_as_array(answer))
        return Share(node, source, answer, None, renamed(_with_name_of(found, node), letters))

    @cached_property
    def derivations(self) -> dict[Term, Derivation]:
        """How each adjoint comes about, the last node first."""
        return {node.part: self._adjoint(node.part) for node in reversed(self.program.nodes)}

    def _adjoint(self, part: Term) -> Derivation:
        bar, result = self.adjoints[part], self.program.result
        meaning = partial(result, part)
        draft = Draft(bar, self.given)
        draft.use(Move("what an adjoint is", lambda term: meaning if term is bar else None, say=ADJOINT, minor=True))
        _line(draft)
        needed = tuple(dict.fromkeys(fact for share in self.shares[part] for fact in share.conditions))
        law = by_users if part is not result else the_result
        move = replace(law, rewrite=lambda term: bar.args[0] if term is meaning else None, needs=lambda term: needed)
        draft.use(move)
        _line(draft)
        return draft.done()

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
                terms.append(mul(share.local, known[item]))
                continue
            letter = plain(item)
            change = differential(letter, letter)
            result = self.routes.differentials.derive(differential(node.local, letter)).result
            terms.append(renamed(_with_name_of(result, node), {**letters, change: known[item]}))
        zero = of("zeros", *sizes_of(node.part)) if sizes_of(node.part) else ZERO
        return add(*terms) if terms else zero


ADJOINT = "the adjoint of a node is the derivative of the result by it"
the_result = Move("the result itself", lambda term: None, say="by itself the result changes at rate one")
by_users = Move(
    "chain rule, node by node",
    lambda term: None,
    say="every node that uses it passes on its own adjoint times its local derivative; the shares are added",
)


def _line(draft: Draft) -> None:
    """The line is shown as it stands, with the factors one that a person writes here."""
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


def _with_name_of(term: Term, node: Node) -> Term:
    """A term in which the node's own name over plain letters, where it saves writing, is the part of the program."""
    assert node.local is not None
    local = node.local

    def change(inner: Term) -> Term:
        return node.part if inner is local else with_args(inner, tuple(map(change, inner.args)))

    return change(term) if local in term.free else term


def _as_array(answer: Answer) -> Term:
    """The array of the result; where all its entries are alike, a multiple of ones."""
    found = answer.array
    if found.kind != "stack" or not found.args[0].free.isdisjoint(found.args[1::2]):
        return found
    return mul(found.args[0], of("ones", *found.args[2::2]))


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
