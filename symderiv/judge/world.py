"""The open world: what is differentiated without a formula is an arbitrary function of what it is differentiated by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symderiv.reading.environment import Environment
from symderiv.term.build import apply, function
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import rebuilt, with_args
from symderiv.term.shapes import axes_of

#: What quantities without a formula are differentiated by.
Variables = dict[Term, dict[Term, None]]


def differentiated(terms: Iterable[Term], found: Variables | None = None) -> Variables:
    """The names without a formula that are differentiated, each with what it is differentiated by.

    >>> from symderiv.term.build import *
    >>> L, x = name("L"), name("x")
    >>> differentiated([partial(L, x)]) == {L: {x: None}}
    True
    """
    found = {} if found is None else found
    for term in terms:
        for node in subterms(term) if term.moves or any(leaf.kind == "named" for leaf in term.free) else ():
            if node.kind == "partial":
                body, variable = (_whole(arg) for arg in node.args)
                body = body.args[0] if body.kind == "power" and body.args[1].kind == "number" else body
                if body.kind == "name" and body is not variable and body.data.domain == "real":
                    found.setdefault(body, {})[variable] = None
    return found


def _whole(term: Term) -> Term:
    return term.args[0] if term.kind == "entry" else term


def as_functions(term: Term, variables: Variables, besides: frozenset[Term] = frozenset()) -> Term:
    """The term with such quantities as unknown functions of the most downstream of their variables."""
    new = {
        quantity: _applied(quantity, _downstream(tuple(by)))
        for quantity, by in variables.items()
        if quantity not in besides and quantity in term.free
    }
    return _put(term, new) if new else term


def _put(term: Term, new: Mapping[Term, Term]) -> Term:
    return rebuilt(term, lambda node, args: new.get(node) or (with_args(node, args) if args else node))


def _downstream(variables: tuple[Term, ...]) -> tuple[Term, ...]:
    """The variables that no other one is computed from."""
    return tuple(one for one in variables if not any(other is not one and one in other.free for other in variables))


def _applied(quantity: Term, variables: tuple[Term, ...]) -> Term:
    inputs = tuple(axes_of(variable) for variable in variables)
    output = quantity.data.shape
    plain = len(inputs) == 1 and not inputs[0] and not output
    return apply(function(quantity.data.name, inputs=() if plain else inputs, output=output), *variables)


def unknown_functions(term: Term, environment: Environment) -> set[Term]:
    """The function letters in a term that nobody declared, defined or knows."""
    found = {node for node in subterms(term) if node.kind == "function" and not node.data.known and not node.data.means}
    if not found:
        return found
    known = {function for function in environment.functions.values() if isinstance(function, Term)}
    return {node for node in found - known if node.data.name.latex not in environment.functions}


def of_whole_arrays(term: Term) -> set[Term]:
    """Function letters whose value of an array is differentiated as it is: a number, or one number for each entry?

    >>> from symderiv.term.build import *
    >>> x, f = name("x", size("n")), function("f")
    >>> of_whole_arrays(partial(named("L", apply(f, x)), x))
    {f}
    """
    bodies = (node.args[0] for node in subterms(term) if node.kind == "partial")
    values = (body.args[0] if body.kind == "named" else body for body in bodies)
    calls = [one for one in values if one.kind == "apply" and one.args[0].kind == "function" and axes_of(one.args[-1])]
    return {call.args[0] for call in calls if not any(call.args[0].data.inputs)}


def moving(term: Term, quantities: frozenset[Term]) -> set[Term]:
    """Which of these quantities and function letters are differentiated in a term, or in what its names stand for."""
    found: set[Term] = set()
    for node in subterms(term):
        if node.kind in ("partial", "differential"):
            found |= {inner for inner in subterms(node.args[0]) if inner in quantities}
        elif node.kind == "prime":
            inner = node
            while inner.kind == "prime":
                inner = inner.args[0]
            found |= {inner} & quantities
    return found


def labelled(name: Term) -> bool:
    """Whether a name without a declaration looks like a quantity of its own: with a label, an accent, or a shape."""
    written = name.data.name
    return bool(written.sub or written.sup or written.accent or name.data.shape)


def loose_names(term: Term, environment: Environment) -> set[Term]:
    """The names in a term that nobody declared or defined."""
    return {leaf for leaf in environment.loose(term) if leaf.data.domain == "real"}
