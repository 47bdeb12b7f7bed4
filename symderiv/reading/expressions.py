"""One formula, read whole: a Term, or a refusal with a caret."""

from __future__ import annotations

from symderiv.reading.environment import Environment
from symderiv.reading.fitting import fit
from symderiv.reading.grammar import GRAMMAR
from symderiv.reading.pratt import Reader
from symderiv.reading.tokens import tokens
from symderiv.term.build import Shape
from symderiv.term.kinds import Term

NOTHING_KNOWN = Environment()


def read_expression(
    source: str, environment: Environment = NOTHING_KNOWN, *, strict: bool = False, shape: Shape | None = None
) -> Term:
    r"""The term of a formula as it is written; a relation where the formula has one.

    `shape` is that of the whole, for an `I` or `\mathbf{1}` that the formula itself does not size. An undeclared letter
    is a real number, or refused (`unknown-name`) where `strict`. Raises SymderivError `unread`, `unsupported`, `limit`.

    >>> read_expression(r"\frac{x^2}{\sin x}")
    fraction(power(x, 2), apply(sin, x))
    """
    reader = Reader(source, tokens(source), environment, GRAMMAR, strict)
    term = reader.read()
    if reader.token.kind != "end":
        raise reader.unexpected(reader.token, "expected an operator or the end of the formula")
    return term if not reader.unknown else sized(reader, term, shape)


def sized(reader: Reader, term: Term, shape: Shape | None) -> Term:
    """The term with the sizes of `I` and `1` that fit; one that nothing tells is the only size there is."""
    term = fit(term, reader.unknown, shape)
    loose = [size for size in reader.unknown if size in term.free]
    if not loose:
        return term
    raise reader.refuse(reader.tokens[0], "saw I or 1 of a size that nothing tells", do="write its size: I_n, \\mathbf{1}_n")
