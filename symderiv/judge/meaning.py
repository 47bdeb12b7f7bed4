"""What a member of a line means: derivatives by defined names, gradients as rows or columns, direct partials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import product as combinations

from symderiv.term.build import ONE, TWO, add, at, entry, name, of, partial, stack
from symderiv.term.kinds import Term, make, subterms
from symderiv.term.places import rebuilt, substitute, with_args
from symderiv.term.shapes import Clash, axes_of, shape

#: What marks the name of a part that is held fixed.
HELD = "|held"
#: How many factors of one product may be turned to make it fit.
TURNED = 5


def reaching(term: Term) -> Term:
    """Later names reach back: where `y = (sin x)⁴` and `u = sin x`, the derivative of y by u sees `y = u⁴`.

    >>> from symderiv.term.build import *
    >>> x = name("x"); u = named("u", x**2); y = named("y", (x**2) ** 3)
    >>> reaching(partial(y, u)).args[0].args
    (power(u, 3),)
    """
    if not term.moves:
        return term

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        new = with_args(node, args) if args else node
        if new.kind != "partial":
            return new
        body, variable = new.args
        if _is_row(body) and shape(variable) != ():
            return of("transpose", partial(of("transpose", body), variable, new.data))
        base = variable.args[0] if variable.kind == "entry" else variable
        if base is variable and _is_spelling(base):
            return change(new, (body, base.args[0]))
        if base.kind != "named" or not base.args[0].args:
            return new
        back = _with_name(body, base)
        return new if back is body else make("partial", new.data, (back, variable))

    return rebuilt(term, change)


def _is_spelling(part: Term) -> bool:
    """Whether a name is another spelling of the one that it stands for: `y_i = y`."""
    if part.kind != "named" or part.args[0].kind not in ("name", "named"):
        return False
    other = part.args[0].data.name if part.args[0].kind == "name" else part.args[0].data
    return bool(part.data.base == other.base)


def _is_row(term: Term) -> bool:
    found = shape(term)
    return not isinstance(found, Clash) and len(found) == 2 and found[0] is ONE


def _with_name(body: Term, part: Term) -> Term:
    """A body in which a named part stands for its own definition; where σ = √σ², σ stands in σ² too."""
    under, square = _squared(part)

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node is part or node is part.args[0]:
            return part
        if node is under:
            return square
        return with_args(node, args) if args else node

    return rebuilt(body, change)


def _squared(part: Term) -> tuple[Term | None, Term]:
    """The name under the root that a part is, or its entries are, and the part's square."""
    whole = part.args[0]
    inner = whole.args[0] if whole.kind == "stack" and len(whole.args) == 3 else whole
    under = inner.args[0] if inner.kind == "root" and inner.args[1] is TWO else part
    if inner is not whole and under.kind == "entry" and under.args[1:] == whole.args[1:2]:
        return under.args[0], stack(entry(part, whole.args[1]) ** 2, *whole.args[1:])
    return (under if inner is whole and under.kind == "named" and under is not part else None), part**2


def is_vacuous(term: Term) -> bool:
    """Whether a derivative is taken by something that does not stand in what is differentiated: zero, and never meant."""
    if not term.moves:
        return False
    for node in subterms(term, into_names=False):
        if node.kind == "partial":
            body, variable = (arg.args[0] if arg.kind == "entry" else arg for arg in node.args)
            if variable not in body.free and body.kind in ("named", "name", "apply"):
                return True
    return False


def widened(term: Term) -> Term | None:
    """The other scope of an operator before a sum: `∇_x a + b` with b differentiated too; None where there is none.

    >>> from symderiv.term.build import *
    >>> x = name("x")
    >>> widened(partial(x**2, x, "∇") + 3 * x).args[0]
    sum(power(x, 2), product(3, x))
    """
    if term.kind != "sum" or term.args[0].kind != "partial" or any(arg.moves for arg in term.args[1:]):
        return None
    body, variable = term.args[0].args
    whole = add(body, *term.args[1:])
    if variable not in whole.free or isinstance(shape(whole), Clash):
        return None
    return partial(whole, variable, term.args[0].data)


def has_no_value(term: Term) -> bool:
    """Whether a factor with more than two axes, `∂h/∂X` of matrices, stands in a product: no layout says what that is."""
    if not term.moves or term.kind == "partial":
        return False
    partials = [node for node in subterms(term, into_names=False) if node.kind == "partial"]
    return any(sum(len(axes_of(arg)) for arg in node.args) > 2 for node in partials)


#: What each layout turns: how many axes the value and the variable of a derivative have.
TURNS = {"numerator layout": {(0, 2)}, "denominator layout": {(1, 1), (2, 0)}}


def in_layout(term: Term, layout: str) -> Term:
    """The term with each matrix of derivatives as a layout writes it; a second derivative says itself what its rows are."""
    turns = TURNS.get(layout)
    if not turns or not term.moves:
        return term

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        new = with_args(node, args) if args else node
        if new.kind == "partial" and axes(new) in turns and new.args[0].kind != "partial":
            return of("transpose", new)
        return new

    return rebuilt(term, change, into_names=False)


def axes(derivative: Term) -> tuple[int, int]:
    """How many axes the value and the variable of a derivative have."""
    value, variable = derivative.args
    return len(axes_of(value)), len(axes_of(variable))


def with_names(term: Term, parts: tuple[Term, ...]) -> Term:
    """The term with named parts in the place of what they stand for, also inside other names."""
    for part in parts:
        if part.args[0].args:
            term = _with_name(term, part)
    return term


def fitted(term: Term) -> Term:
    """The term with gradients turned into rows or columns as the products around them need.

    A derivative of a number by a vector, and a name for one, has no orientation of its own; matrices have one.
    """
    if not isinstance(shape(term), Clash):
        return term

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        new = with_args(node, args) if args else node
        if new.kind == "diagonal" and len(axes_of(new.args[0])) == 1:
            return of("diag", new.args[0])
        if new.kind not in ("product", "sum", "relation", "hadamard") or not isinstance(shape(new), Clash):
            return new
        if any(isinstance(shape(arg), Clash) for arg in new.args):
            return new
        return next(_turned(new), new)

    return rebuilt(term, change, into_names=False)


def _turned(node: Term) -> Iterator[Term]:
    """The node with some of its gradients turned, where that fits."""
    places = [spot for spot, arg in enumerate(node.args) if is_gradient(arg)][:TURNED]
    for turns in combinations((False, True), repeat=len(places)):
        args = list(node.args)
        for spot, turn in zip(places, turns, strict=True):
            if turn:
                args[spot] = of("transpose", args[spot])
        new = make(node.kind, node.data, tuple(args))
        if not isinstance(shape(new), Clash):
            yield new


@lru_cache(maxsize=8192)
def is_gradient(term: Term) -> bool:
    """Whether a vector is the derivative of a number, a sum or an entrywise product with such, or a name for it."""
    found = shape(term)
    if isinstance(found, Clash) or len(found) not in (1, 2):
        return False
    if len(found) == 2 and term.kind != "transpose":
        return False
    match term.kind:
        case "partial":
            return shape(term.args[0]) == () and len(found) == 1
        case "named" | "transpose" | "minus":
            return is_gradient(term.args[0])
        case "apply":
            fn = term.args[0]
            return fn.kind == "prime" and len(found) == 1
        case "product" | "sum" | "hadamard" | "fraction":
            return any(is_gradient(arg) for arg in term.args)
    return False


def directly(term: Term) -> Term | None:
    """The term with each `∂y/∂v` taken directly: only where v stands in y's own definition, everything else held fixed.

    None where that is no other reading.
    """
    if not term.moves:
        return None
    changed = False

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        nonlocal changed
        new = with_args(node, args) if args else node
        if new.kind != "partial" or new.data != "∂":
            return new
        direct = _direct(*new.args)
        changed = changed or direct is not None
        return direct or new

    found = rebuilt(term, change, into_names=False)
    return found if changed else None


def _direct(body: Term, variable: Term) -> Term | None:
    """`∂body/∂variable` with the other named parts of the body's definition held fixed."""
    whole = body.args[0] if body.kind == "entry" else body
    base = variable.args[0] if variable.kind == "entry" else variable
    if whole.kind != "named" or whole is base:
        return None
    held: dict[Term, Term] = {}
    for node in _named_inside(whole.args[0]):
        if node is not base and base in node.free:
            found = shape(node)
            if not isinstance(found, Clash):
                held[node] = name(replace(node.data, sub=node.data.sub + HELD), *found)
    if not held:
        return None
    inner = substitute(whole.args[0], held)
    if base not in inner.free:
        return None
    if body.kind == "entry":
        inner = make("entry", None, (inner, *body.args[1:]))
    pairs = [side for part, letter in held.items() for side in (letter, part)]
    return at(partial(inner, variable), *pairs)


def _named_inside(body: Term) -> Iterator[Term]:
    """The named parts that a definition names itself."""
    for node in subterms(body, into_names=False):
        if node.kind == "named":
            yield node
