"""A straight-line program: a quantity as nodes in order, each made from inputs and from nodes before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from symderiv.errors import SymderivError
from symderiv.term.build import Shape, fraction, minus, name, named, norm, power
from symderiv.term.kinds import BINDERS, Term, subterms
from symderiv.term.names import Name
from symderiv.term.places import with_args
from symderiv.term.shapes import Clash, shape

#: Letters for the nodes of a formula, the first that the formula does not have.
LETTERS = "vuwzyhgqpr"


@dataclass(frozen=True, slots=True)
class Node:
    """One node: `part` is its name with what it stands for, `inputs` are the parts that it is made from.

    `letter` is what an input stands for. `local` is the node over plain letters in place of its inputs, so that it has the
    derivative by one input while the others stay.
    """

    part: Term
    inputs: tuple[Term, ...] = ()
    local: Term | None = None
    letter: Term | None = None

    @property
    def formula(self) -> Term:
        """What stands on the right of the node's line."""
        return self.part.args[0] if self.part.kind == "named" else self.part


@dataclass(frozen=True)
class Program:
    """The nodes in order, inputs first; the last one is the result."""

    nodes: tuple[Node, ...]

    @property
    def result(self) -> Term:
        """What is computed."""
        return self.nodes[-1].part

    @property
    def letters(self) -> tuple[Term, ...]:
        """The letters that need values."""
        return tuple(node.letter for node in self.nodes if node.letter is not None)

    def users(self, part: Term) -> Iterator[Node]:
        """The nodes that a part goes into, in order."""
        return (node for node in self.nodes if part in node.inputs)


def written(part: Term) -> Name:
    """The name of a part."""
    found: Name = part.data if part.kind == "named" else part.data.name
    return found


def sizes_of(part: Term) -> Shape:
    """The shape of a part; a clash is refused with the name of the node."""
    found = shape(part)
    if isinstance(found, Clash):
        raise SymderivError(
            "shape", f"the node {written(part)} has parts that do not fit: {found.where!r}; give shapes that fit"
        )
    return found


def plain(part: Term) -> Term:
    """A part as a letter of its own, of the same shape: it can move while nothing else does."""
    return part if part.kind == "name" else name(part.data, *sizes_of(part))


def is_letter(term: Term) -> bool:
    """Whether a term is a quantity with a value of its own, no size."""
    return term.kind == "name" and term.data.domain == "real"


def program(quantity: Term) -> Program:
    """The nodes of a quantity: its named parts where it has any, else one elementary operation a node.

    >>> x, y = name("x"), name("y")
    >>> [node.part for node in program((x * y + 1) ** 2).nodes]
    [v_{-1}, v_{0}, v_{1}, v_{2}, v_{3}]
    """
    inside = quantity.args[0] if quantity.kind == "named" else quantity
    if any(node.kind in ("partial", "differential") for node in subterms(quantity)):
        raise SymderivError("unsupported", "a derivative stands in what is traced; give the formula that is to be computed")
    if any(node.kind == "named" for node in subterms(inside)):
        return Program(tuple(_told(quantity if inside is not quantity else named("y", quantity))))
    return Program(tuple(_Breaking(inside).nodes()))


def defined(quantity: Term) -> Program:
    """The nodes of a quantity that was defined step by step: the definitions, as they are.

    >>> x = name("x")
    >>> u = named("u", x + 1)
    >>> [node.part for node in defined(named("L", u * u)).nodes]
    [x, u, L]
    """
    return Program(tuple(_told(quantity)))


def _told(quantity: Term) -> list[Node]:
    letters: dict[Term, Node] = {}
    nodes: list[Node] = []
    for part in (node for node in subterms(quantity) if node.kind == "named"):
        inputs = tuple(dict.fromkeys(_used(part.args[0])))
        letters.update({letter: Node(letter, letter=letter) for letter in inputs if letter.kind == "name"})
        nodes.append(Node(part, inputs, _localised(part, inputs)))
    return [*letters.values(), *nodes]


def _used(term: Term) -> Iterator[Term]:
    """The parts and letters that stand in a formula, from left to right."""
    if term.kind == "named" or is_letter(term):
        yield term
    elif term.kind != "name":
        bound = term.args[BINDERS[term.kind]] if term.kind in BINDERS else ()
        for arg in term.args:
            yield from (found for found in _used(arg) if found not in bound)


def _localised(part: Term, inputs: tuple[Term, ...]) -> Term:
    letters = {item: plain(item) for item in inputs}

    def change(term: Term) -> Term:
        return letters[term] if term in letters else with_args(term, tuple(map(change, term.args)))

    sizes_of(part)
    return named(part.data, change(part.args[0]))


def letter_for_nodes(taken: Iterable[Term]) -> str:
    """A letter that no name begins with.

    >>> letter_for_nodes([name("v"), name("x")])
    'u'
    """
    bases = {letter.data.name.base for letter in taken if letter.kind == "name"}
    return next((letter for letter in LETTERS if letter not in bases), "node")


@dataclass
class _Breaking:
    """A formula being broken into nodes; what is written twice is one node."""

    formula: Term
    inputs: dict[Term, Term] = field(default_factory=dict)
    made: dict[Term, Term] = field(default_factory=dict)

    def nodes(self) -> list[Node]:
        last = self.place(self.formula)
        found = [Node(part, letter=letter) for letter, part in reversed(self.inputs.items())]
        for formula, part in self.made.items():
            inputs = tuple(dict.fromkeys(_used(formula)))
            found.append(Node(part, inputs, _localised(part, inputs)))
        if not found or found[-1].part is not last:
            raise SymderivError("unsupported", "the formula has no letter and no operation; there is nothing to trace")
        return found

    @cached_property
    def letter(self) -> str:
        """What the nodes are called."""
        return letter_for_nodes(self.formula.free)

    def place(self, term: Term) -> Term:
        """The node for a term; a constant stays as it is."""
        if is_letter(term):
            if term not in self.inputs:
                self.inputs[term] = named(Name(self.letter, sub=str(-len(self.inputs))), term)
            return self.inputs[term]
        if not any(map(is_letter, term.free)):
            return term
        rule = _RULES.get(term.kind)
        return rule(self, term) if rule else self.node(self.held(term, frozenset()))

    def node(self, formula: Term) -> Term:
        """The node with this formula, made when it is first asked for."""
        if formula not in self.made:
            self.made[formula] = named(Name(self.letter, sub=str(len(self.made) + 1)), formula)
        return self.made[formula]

    def held(self, term: Term, bound: frozenset[Term]) -> Term:
        """A term with its children placed, those apart that hold an index letter of a sum around them."""
        if term.kind in BINDERS:
            bound = bound | frozenset(term.args[BINDERS[term.kind]])
        return with_args(term, tuple([self._child(arg, bound) for arg in term.args]))

    def _child(self, arg: Term, bound: frozenset[Term]) -> Term:
        if arg in bound or (not is_letter(arg) and not arg.free.isdisjoint(bound)):
            return self.held(arg, bound) if arg.args else arg
        return self.place(arg) if arg.kind not in ("relation", "function", "prime") else self.held(arg, bound)

    def operand(self, term: Term) -> Term:
        """A factor or term; a transposed one is no node of its own."""
        return with_args(term, (self.place(term.args[0]),)) if term.kind == "transpose" else self.place(term)


def _sum(work: _Breaking, term: Term) -> Term:
    """Two terms a node, from the left; a minus sign stays with its term, `−a + b` is `b − a`."""
    signed = [(arg.kind == "minus", work.operand(arg.args[0] if arg.kind == "minus" else arg)) for arg in term.args]
    if signed[0][0] and not signed[1][0]:
        signed[:2] = signed[1::-1]
    negative, found = signed[0]
    found = _made(work, minus(found)) if negative else found
    for negative, item in signed[1:]:
        found = _made(work, found - item if negative else found + item)
    return found


def _product(work: _Breaking, term: Term) -> Term:
    found = work.operand(term.args[0])
    for arg in term.args[1:]:
        found = _made(work, found * work.operand(arg))
    return found


def _made(work: _Breaking, formula: Term) -> Term:
    """A node, unless it is made of constants only."""
    return work.node(formula) if any(map(is_letter, formula.free)) else formula


def _minus(work: _Breaking, term: Term) -> Term:
    return work.node(minus(work.place(term.args[0])))


def _fraction(work: _Breaking, term: Term) -> Term:
    return work.node(fraction(work.operand(term.args[0]), work.place(term.args[1])))


def _power(work: _Breaking, term: Term) -> Term:
    base, exponent = term.args
    if base.kind == "norm":
        return work.node(power(norm(work.place(base.args[0]), base.data), work.place(exponent)))
    return work.node(power(work.place(base), work.place(exponent)))


_RULES: Mapping[str, Callable[[_Breaking, Term], Term]] = {
    "sum": _sum,
    "product": _product,
    "minus": _minus,
    "fraction": _fraction,
    "power": _power,
    "transpose": lambda work, term: work.node(work.operand(term)),
}
