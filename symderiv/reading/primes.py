"""Primes: the transpose where that is said, else a derivative, also at the argument that stands behind it in brackets."""

from __future__ import annotations

from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import Reader
from symderiv.reading.tokens import Token
from symderiv.term.build import at, of, partial, prime
from symderiv.term.kinds import Term

PRIME_BY = "' denotes the derivative with respect to "
TRANSPOSE = "' denotes the transpose"


def primed(reader: Reader, term: Term, token: Token) -> Term:
    """A prime behind an expression: the transpose where that is said, else the derivative by the only variable."""
    if term.kind in ("function", "prime"):
        return prime(term)
    if TRANSPOSE in reader.environment.conventions:
        return of("transpose", term)
    said = next((words for words in reader.environment.conventions if words.startswith(PRIME_BY)), None)
    if said is not None and (by := _known(reader, said.removeprefix(PRIME_BY))) is not None:
        return partial(term, by, "'")
    variables = _variables(term)
    if len(variables) != 1 and keeps(reader):
        return opaque("prime", term)
    if len(variables) != 1:
        found = "no variable" if not variables else "several variables"
        raise reader.refuse(
            token,
            f"saw a prime on an expression with {found}",
            "expected one variable",
            'write \\frac{d}{dx}(…), or say "\' denotes the transpose"',
        )
    return partial(term, variables[0], "'")


def primes_of(reader: Reader, term: Term, primes: int, token: Token) -> Term:
    """A name with its primes; `f'(x)` and `f'(2)` of a value `f = x^3` are its derivative there, no product."""
    argument = _argument(reader) if primes and term.kind == "named" else None
    variable = None if argument is None else _by(reader, term, argument)
    if argument is None or variable is None:
        for _ in range(primes):
            term = primed(reader, term, token)
        return term
    reader.pos += 3
    for _ in range(primes):
        term = partial(term, variable, "'")
    return term if variable is argument else at(term, variable, argument)


def _argument(reader: Reader) -> Term | None:
    """What stands alone in the brackets that follow."""
    if reader.token.kind != "open" or reader.token.text != "(":
        return None
    inner, closing = reader.tokens[reader.pos + 1 : reader.pos + 3]
    alone = inner.kind in ("number", "letter") and closing.kind == "close"
    return reader.inside((reader.pos + 1, reader.pos + 2)) if alone else None


def _by(reader: Reader, term: Term, argument: Term) -> Term | None:
    """What a value is differentiated by: its argument, if that stands in it, else its only variable."""
    if TRANSPOSE in reader.environment.conventions or not (argument.scalars or argument.kind == "number"):
        return None
    if argument.kind in ("name", "named") and argument in term.free:
        return argument
    variables = _variables(term)
    return variables[0] if len(variables) == 1 else None


def _variables(term: Term) -> list[Term]:
    return [leaf for leaf in term.free if leaf.kind == "name" and not leaf.data.shape and leaf.data.domain == "real"]


def _known(reader: Reader, text: str) -> Term | None:
    return reader.local.get(text) or reader.environment.quantities.get(text)
