"""Logarithms without a written base: whether there are any, and the same formula with a base for them."""

from __future__ import annotations

from symderiv.term.build import log_to, num
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import rebuilt, with_args


def to_base(term: Term, base: int, names: tuple[str, ...] = ("log",)) -> Term:
    r"""A term with every logarithm of these names and without a base to this base; `ln` is one only if it is named.

    >>> from symderiv.term.build import apply, function, name
    >>> to_base(apply(function("log", known=True), name("x")), 10)
    apply(function(\text{log}, 10), x)
    """

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        new = with_args(node, args) if args else node
        return log_to(num(base)) if is_bare_logarithm(new, names) else new

    return rebuilt(term, change)


def is_bare_logarithm(term: Term, names: tuple[str, ...] = ("log",)) -> bool:
    """Whether a term is the function `log` without a base; `ln` is always natural."""
    return term.kind == "function" and term.data.known and term.data.name.base in names and not term.args


def has_bare_logarithm(term: Term, names: tuple[str, ...] = ("log",)) -> bool:
    """Whether a logarithm without a base stands in a term or in what its names stand for."""
    return any(is_bare_logarithm(node, names) for node in subterms(term))
