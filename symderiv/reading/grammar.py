"""The grammar of formulas as three tables: what each kind of token does at the front, between two terms, and behind one."""

from __future__ import annotations

from symderiv.reading import arithmetic, blocks, derivatives, gradients, tabular
from symderiv.reading.bigs import big
from symderiv.reading.calls import known_function, operator
from symderiv.reading.integrals import integral_sign
from symderiv.reading.limits import limit_sign
from symderiv.reading.names import letter, ones
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import ARRAY, PRODUCT, RELATION, SUM, Grammar, Infix, Reader
from symderiv.reading.primes import primed
from symderiv.reading.scripts import lowered, raised
from symderiv.reading.tokens import Token
from symderiv.term.build import apply, function
from symderiv.term.kinds import Term


def _unsupported(what: str):  # type: ignore[no-untyped-def]
    def refuse(reader: Reader, token: Token) -> Term:
        raise reader.unsupported(token, what)

    return refuse


def _dots(reader: Reader, token: Token) -> Term:
    """Dots that stand for factors or members nobody wrote: kept where parts without a value are."""
    if not keeps(reader):
        raise reader.unexpected(token)
    return opaque("dots")


def _above(reader: Reader, term: Term, token: Token) -> Term:
    reader.pos += 1
    return raised(reader, term, reader.group())


def _below(reader: Reader, term: Term, token: Token) -> Term:
    reader.pos += 1
    return lowered(reader, term, reader.group())


def _prime(reader: Reader, term: Term, token: Token) -> Term:
    reader.pos += 1
    return primed(reader, term, token)


def _factorial(reader: Reader, term: Term, token: Token) -> Term:
    reader.pos += 1
    return apply(function("factorial", known=True), term)


def _number(reader: Reader, token: Token) -> Term:
    r"""A numeral; `0_{m \times n}` is a matrix of zeros."""
    if token.text == "0" and reader.token.kind == "_":
        return ones(reader, token._replace(kind="zeros", text="zeros"))
    return arithmetic.number(reader, token)


PREFIX = {
    "number": _number,
    "letter": letter,
    "function": known_function,
    "spelled": known_function,
    "open": blocks.bracket,
    "{": blocks.braces,
    "bar": blocks.bars,
    "bar(": blocks.bars,
    "norm": blocks.norms,
    "norm(": blocks.norms,
    "-": arithmetic.negative,
    "+": arithmetic.positive,
    "frac": blocks.fractions,
    "sqrt": blocks.roots,
    "constant": blocks.constant,
    "begin": tabular.environment,
    "big": big,
    "∂": gradients.partial_sign,
    "∇": gradients.gradient,
    "ones": ones,
    "zeros": ones,
    "indicator": tabular.indicator,
    "brace": blocks.overbrace,
    "cancel": blocks.overbrace,
    "∫": integral_sign,
    "lim": limit_sign,
    "dots": _dots,
    "operator": operator,
    "⋆": _unsupported("a convolution sign"),
    "±": _unsupported("plus or minus"),
}

INFIX = {
    "relation": Infix(RELATION, arithmetic.compared),
    "+": Infix(SUM, arithmetic.total),
    "-": Infix(SUM, arithmetic.total),
    "⊙": Infix(ARRAY, arithmetic.entrywise),
    "∘": Infix(ARRAY, arithmetic.entrywise),
    "⊗": Infix(ARRAY, arithmetic.entrywise),
    "⊘": Infix(ARRAY, arithmetic.entrywise),
    "Frobenius": Infix(ARRAY, arithmetic.frobenius),
    **dict.fromkeys(("cross-correlation", "convolution"), Infix(PRODUCT, arithmetic.slid_over)),
    "·": Infix(PRODUCT, arithmetic.product),
    "×": Infix(PRODUCT, arithmetic.product),
    "*": Infix(PRODUCT, arithmetic.product),
    "/": Infix(PRODUCT, arithmetic.product),
}

POSTFIX = {"^": _above, "_": _below, "'": _prime, "bar": derivatives.bar_behind, "!": _factorial}

GRAMMAR = Grammar(PREFIX, INFIX, POSTFIX, arithmetic.side_by_side)
