"""A letter with what hangs on it: a whole name first, then an entry of an array, a row of a stack, else a label."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.reading.arrays import rank, unknown_size
from symderiv.reading.blocks import indicator
from symderiv.reading.calculus import small_change
from symderiv.reading.calls import applied, called, function_value, is_call, usual_function
from symderiv.reading.guesses import guessed_arrays
from symderiv.reading.letters import spellings, written
from symderiv.reading.pratt import Reader
from symderiv.reading.scripts import (
    Span,
    identity,
    known,
    label_above,
    lowered,
    positions,
    primed,
    raised,
    scalar_name,
    scripts,
)
from symderiv.reading.tokens import Token
from symderiv.term.build import PI, E, delta, of
from symderiv.term.kinds import Term

#: What a small change `d…` is taken of.
CHANGING = frozenset({"letter", "open", "function", "spelled"})
#: Letters that have a meaning when nobody gives them one.
CONSTANTS: dict[str, Term] = {"e": E, "\\pi": PI, "\\mathrm{e}": E}


def letter(reader: Reader, token: Token) -> Term:
    """A name at the front of a factor, with its scripts, and with its argument if it is a function."""
    text, following = token.text, reader.token
    if following.kind != "_" and following.kind != "^" and following.kind != "'":
        found = reader.local.get(text) or reader.environment.quantities.get(text)
        if found is not None and not (following.kind == "open" and text in reader.environment.functions):
            return found
        return _bare(reader, token)
    back = reader.pos
    below, above, primes, above_first = scripts(reader)
    whole = _whole(reader, token, below, above, primes)
    if whole is not None:
        return whole
    label = label_above(reader, text, above)
    fn = function_value(reader, text, written(reader.slice(below)) if below else "")
    if fn is None and known(reader, text) is None:
        fn = usual_function(reader, text, primes)
    if fn is not None and not (label and not primes):
        reader.pos = back
        return called(reader, token, fn)
    return _scripted(reader, token, below, above, primes, above_first, label)


def _bare(reader: Reader, token: Token) -> Term:
    """A letter without scripts that is no declared quantity."""
    text = token.text
    fn = reader.environment.functions.get(text) or usual_function(reader, text, 0)
    if fn is not None:
        return called(reader, token, fn)
    if text == "d" and reader.token.kind in CHANGING:
        return small_change(reader, token)
    if text in CONSTANTS:
        return CONSTANTS[text]
    if text == "I" or text == "\\mathbf{I}":
        return identity(reader, None)
    if text == "\\mathbb{E}":
        raise reader.unsupported(token, "an expectation")
    if is_call(reader):
        return applied(reader, token)
    return _guessed(reader, text) or scalar_name(reader, token)


def _guessed(reader: Reader, text: str) -> Term | None:
    """The array that an undeclared letter is because it stands with an index somewhere in this formula."""
    if reader.strict:
        return None
    if reader.guesses is None:
        reader.guesses = guessed_arrays(reader)
    return reader.guesses.get(text)


def _whole(reader: Reader, token: Token, below: Span | None, above: Span | None, primes: int) -> Term | None:
    """The declared name that takes in as many of the scripts as possible; the others act on it."""
    quantities, text = reader.environment.quantities, token.text
    if text in reader.local or text not in reader.environment.decorated:
        return None
    sub = written(reader.slice(below)) if below else ""
    sup = written(reader.slice(above)) if above else ""
    for key, s, p, n in spellings(text, sub, sup, primes):
        if (found := quantities.get(key)) is not None:
            return _hung(reader, token, found, below if not s else None, above if not p else None, primes - n)
    return None


def _hung(reader: Reader, token: Token, term: Term, below: Span | None, above: Span | None, primes: int) -> Term:
    if below is not None:
        term = lowered(reader, term, below)
    if above is not None:
        term = raised(reader, term, above)
    for _ in range(primes):
        term = primed(reader, term, token)
    return term


def _scripted(
    reader: Reader, token: Token, below: Span | None, above: Span | None, primes: int, above_first: bool, label: str
) -> Term:
    text = token.text
    base = None if label else known(reader, text)
    if base is None and text in ("\\delta", "\\mathbf{\\delta}") and below and not label and not primes:
        positions = _index_pair(reader, below)
        if positions is not None:
            return _hung(reader, token, delta(*positions), None, above, 0)
    if base is None and text in ("I", "\\mathbf{I}") and not label and not primes:
        return _hung(reader, token, identity(reader, below), None, above, 0)
    if base is None and text in CONSTANTS and not label and below is None and not primes:
        return _hung(reader, token, CONSTANTS[text], None, above, 0)
    if base is None and not label:
        base = _guessed(reader, text)
    taken: Callable[[Term], Term] | None = None
    if below is not None and not label:
        stack = reader.environment.stacks.get(text)
        if stack is not None:
            base = stack
            taken = lambda array: lowered(reader, array, below)  # noqa: E731
        elif base is not None and rank(reader, base):
            taken = lambda array: lowered(reader, array, below)  # noqa: E731
    above = None if label else above
    if taken is not None and base is not None:
        if above_first and above is not None:
            return _hung(reader, token, taken(raised(reader, base, above)), None, None, primes)
        return _hung(reader, token, taken(base), None, above, primes)
    if below is None and not label and base is not None:
        return _hung(reader, token, base, None, above, primes)
    term = scalar_name(reader, token, written(reader.slice(below)) if below else "", label)
    if is_call(reader) and not above:
        return applied(reader, token, term)
    return _hung(reader, token, term, None, above, primes)


def _index_pair(reader: Reader, below: Span) -> tuple[Term, Term] | None:
    """The two indices of Kronecker's delta."""
    where = positions(reader, below, 2)
    if len(where) != 2 or where[0] is None or where[1] is None:
        return None
    return where[0], where[1]


def ones(reader: Reader, token: Token) -> Term:
    r"""`\mathbf{1}`: the column of ones, of the length that is written or that fits; `\mathbf{1}[…]` an indicator."""
    if token.text == "ones" and reader.token.kind == "open" and reader.token.text == "[":
        return indicator(reader, token)
    size = unknown_size(reader) if reader.token.kind != "_" else None
    if size is None:
        reader.pos += 1
        size = reader.inside(reader.group())
    return of("ones" if token.text == "ones" else "zeros", size)
