"""A letter with what hangs on it: a whole name first, then an entry of an array, a row of a stack, else a label."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from symderiv.reading.arrays import rank, unknown_size
from symderiv.reading.calls import applied, called, function_value, is_call, usual_function
from symderiv.reading.environment import Macro
from symderiv.reading.gradients import small_change
from symderiv.reading.guesses import guessed_arrays
from symderiv.reading.letters import key_of, letter_name, spellings, written
from symderiv.reading.lists import members
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import Reader
from symderiv.reading.primes import primes_of
from symderiv.reading.refusal import refusal
from symderiv.reading.scripts import (
    Span,
    identity,
    known,
    label_above,
    lowered,
    positions,
    raised,
    scalar_name,
    scripts,
)
from symderiv.reading.tabular import indicator
from symderiv.reading.tokens import Token
from symderiv.term.build import PI, E, delta, entry, is_size, name, of, partial, sequence
from symderiv.term.kinds import Term

#: What a small change `d…` is taken of.
CHANGING = frozenset({"letter", "open", "function", "spelled"})
#: Letters that have a meaning when nobody gives them one.
CONSTANTS: dict[str, Term] = {"e": E, "\\pi": PI, "\\mathrm{e}": E}
IDENTITIES = frozenset({"I", "\\mathbf{I}", "\\mathbb{I}"})
#: Letters of an expectation before a square bracket.
EXPECTATIONS = frozenset({"E", "\\mathbb{E}", "\\mathbf{E}"})


class Hanging(NamedTuple):
    """The scripts of a letter: below, above (an exponent or a label), primes, and whether the one above came first."""

    below: Span | None
    above: Span | None
    primes: int
    above_first: bool
    label: str


def letter(reader: Reader, token: Token) -> Term:
    """A name at the front of a factor, with its scripts, and with its argument if it is a function."""
    text, following = token.text, reader.token
    if text == "d" and _is_change(reader, following):
        return small_change(reader, token)
    if following.kind != "_" and following.kind != "^" and following.kind != "'":
        found = reader.local.get(text) or reader.environment.quantities.get(text)
        if found is not None and not (following.kind == "open" and text in reader.environment.functions):
            return found
        return _bare(reader, token)
    if text == "d" and _is_second_change(reader):
        do = "write a derivative, \\frac{d^2 f}{dx^2}"
        raise reader.refuse(token, "saw a second differential", "expected d without an exponent", do, "unsupported")
    back = reader.pos
    below, above, primes, above_first = scripts(reader)
    if (value := _with_all_scripts(reader, token, below, above, primes)) is not None:
        return value
    whole = _whole(reader, token, below, above, primes)
    if whole is not None:
        return whole
    partials = _subscript_derivative(reader, text, below)
    if partials is not None:
        return _hung(reader, token, partials, None, above, primes)
    label = label_above(reader, text, above)
    fn = function_value(reader, text, written(reader.slice(below)) if below else "")
    if fn is None and known(reader, text) is None:
        fn = usual_function(reader, text, primes)
    value = known(reader, text)
    bare = value is not None and reader.token.kind != "open"
    if value is not None and bare and fn is not None and primes and below is above is None:
        return primes_of(reader, value, primes, token)
    if fn is not None and not (label and not primes) and not (bare and not primes):
        reader.pos = back
        return called(reader, token, fn)
    if text in EXPECTATIONS and reader.token.text == "[" and known(reader, text) is None:
        return _expectation(reader, token, written(reader.slice(below)) if below else "")
    return _scripted(reader, token, Hanging(below, above, primes, above_first, label))


def _subscript_derivative(reader: Reader, text: str, below: Span | None) -> Term | None:
    """`f_x` of a function `f(x, y) = …`: its derivative by x; `f_{xy}` the mixed one."""
    fn = reader.environment.functions.get(text)
    if (
        below is None
        or not isinstance(fn, Macro)
        or fn.value is None
        or len(fn.parameters) < 2
        or reader.token.kind == "open"
    ):
        return None
    arguments = {str(item.data.name): item for item in fn.parameters if item.kind == "name" and not item.data.shape}
    letters = [piece.text for piece in reader.slice(below)]
    if not letters or any(letter not in arguments for letter in letters):
        return None
    body = fn.value
    for letter in letters:
        body = partial(body, arguments[letter])
    return body


def _is_change(reader: Reader, following: Token) -> bool:
    """Whether `d` is a small change although it is declared: a size in an equation of changes, or what was said."""
    if following.kind not in CHANGING:
        return False
    if "d" + following.text in reader.environment.differentials:
        return True
    size = known(reader, "d")
    if size is None or not is_size(size) or not _is_of_changes(reader):
        return False
    changed = known(reader, following.text)
    return following.kind != "letter" or (changed is not None and _may_change(reader, changed))


def _is_second_change(reader: Reader) -> bool:
    r"""Whether `d^2 f` is a second differential: of something known on the left side, or with small changes beside it."""
    sign = reader.pos
    pieces = [token for token in reader.tokens[sign : sign + 5] if token.kind not in ("{", "}")]
    if known(reader, "d") is not None or len(pieces) < 3 or (pieces[0].kind, pieces[1].kind) != ("^", "number"):
        return False
    of = pieces[2]
    if of.kind not in CHANGING or of.kind == "open":
        return False
    told = known(reader, of.text) is not None or of.text in reader.environment.functions or of.kind != "letter"
    beside = any(one.text == "d" and two.kind == "letter" for one, two in pairwise(reader.whole))
    return beside or (told and sign == 1 and any(token.kind == "relation" for token in reader.whole))


def _may_change(reader: Reader, term: Term) -> bool:
    return term.kind == "named" or (term.kind == "name" and rank(reader, term) > 0)


def _is_of_changes(reader: Reader) -> bool:
    """Whether a formula is an equation of small changes, as far as its left side tells; `∇_x L = 2dx` is none.

    `d(x^\\top x) = …` is one if the change of a letter stands on the right.
    """
    relations = [place for place, piece in enumerate(reader.whole) if piece.kind == "relation"]
    if not relations or relations[0] == 0:
        return any(_changes(reader, *pair) for pair in pairwise(reader.whole))
    left = reader.whole[: relations[0]]
    if any(_changes(reader, *pair) for pair in pairwise(left)):
        return True
    before = any(one.text == "d" and two.kind in CHANGING - {"letter"} for one, two in pairwise(left))
    return before and any(_changes(reader, *pair) for pair in pairwise(reader.whole[relations[0] :]))


def _changes(reader: Reader, before: Token, after: Token) -> bool:
    """Whether a `d` stands before the name of what may change."""
    if before.kind != "letter" or before.text != "d" or after.kind != "letter":
        return False
    changed = known(reader, after.text)
    return changed is not None and _may_change(reader, changed)


def _bare(reader: Reader, token: Token) -> Term:
    """A letter without scripts that is no declared quantity."""
    text, following = token.text, reader.token
    fn = reader.environment.functions.get(text) or usual_function(reader, text, 0)
    if fn is not None:
        return called(reader, token, fn)
    if text == "d" and following.kind in CHANGING:
        return small_change(reader, token)
    if text == "\\Delta" and following.kind == "letter":
        return _change(reader, token)
    if text in EXPECTATIONS and (following.text == "[" or text != "E"):
        return _expectation(reader, token, "")
    if text != "e" and is_call(reader, text):
        return applied(reader, token)
    if text in CONSTANTS:
        return CONSTANTS[text]
    if text in IDENTITIES:
        return identity(reader, None)
    found = _guessed(reader, text)
    if found is None:
        _refuse_word(reader, token)
    return found or scalar_name(reader, token)


def _expectation(reader: Reader, token: Token, label: str) -> Term:
    r"""`\mathbb{E}_q[u]`: kept where parts without a value are."""
    if not keeps(reader) or reader.token.kind != "open":
        raise reader.unsupported(token, "an expectation")
    opening = reader.token
    reader.pos += 1
    return opaque(letter_name(token.text, label), *members(reader, opening))


def _refuse_word(reader: Reader, token: Token) -> None:
    """Five small letters side by side that nobody declared are more likely a word than a product."""
    first = last = reader.pos - 1
    tokens = reader.tokens
    while first > 0 and _in_word(reader, tokens[first - 1]) and tokens[first - 1].end == tokens[first].start:
        first -= 1
    while _in_word(reader, tokens[last + 1]) and tokens[last + 1].start == tokens[last].end:
        last += 1
    if last - first >= 4 and _in_word(reader, token):
        word = reader.source[tokens[first].start : tokens[last].end]
        span = tokens[first].start, tokens[last].end
        raise refusal(reader.source, *span, f"saw {word}", "expected declared letters", f"write \\text{{{word}}}")


def _in_word(reader: Reader, token: Token) -> bool:
    return token.kind == "letter" and len(token.text) == 1 and token.text.islower() and known(reader, token.text) is None


def _change(reader: Reader, token: Token) -> Term:
    r"""`\Delta v_1`: one name, of the shape of `v`."""
    moved = reader.token
    reader.pos += 1
    text = f"\\Delta{{{moved.text}}}"
    array = known(reader, moved.text)
    if array is not None and array.kind == "name":
        reader.local.setdefault(text, name(letter_name(text), *array.data.shape))
    return letter(reader, moved._replace(text=text, start=token.start))


def _guessed(reader: Reader, text: str) -> Term | None:
    """The array that an undeclared letter is because it stands with an index in this formula, or did in one above."""
    if reader.strict:
        return None
    if reader.guesses is None:
        reader.guesses = guessed_arrays(reader)
    found, before = reader.guesses.get(text), reader.environment.guessed.get(text)
    if before is not None and (found is None or rank(reader, found) == rank(reader, before)):
        return before
    return found


def _whole(reader: Reader, token: Token, below: Span | None, above: Span | None, primes: int) -> Term | None:
    """The declared name that takes in as many of the scripts as possible; the others act on it."""
    quantities, text = reader.environment.quantities, token.text
    shadowed = text in reader.local and reader.local[text] is not quantities.get(text)
    if shadowed or text not in reader.environment.decorated:
        return None
    sub = written(reader.slice(below)) if below else ""
    sup = written(reader.slice(above)) if above else ""
    for key, s, p, n in spellings(text, sub, sup, primes):
        if reader.token.kind == "open" and key in reader.environment.functions:
            return None
        if (found := quantities.get(key)) is not None:
            return _hung(reader, token, found, below if not s else None, above if not p else None, primes - n)
    return None


def _with_all_scripts(reader: Reader, token: Token, below: Span | None, above: Span | None, primes: int) -> Term | None:
    """The value of a function whose name takes in all the scripts: `n_i^f(x)` where that is defined."""
    if above is None or primes or reader.token.kind != "open":
        return None
    key = key_of(token.text, written(reader.slice(below)) if below else "", written(reader.slice(above)))
    fn = reader.environment.functions.get(key)
    return called(reader, token, fn) if isinstance(fn, Macro) else None


def _hung(reader: Reader, token: Token, term: Term, below: Span | None, above: Span | None, primes: int) -> Term:
    if below is not None:
        term = lowered(reader, term, below)
    if above is not None:
        term = raised(reader, term, above)
    return primes_of(reader, term, primes, token)


def _scripted(reader: Reader, token: Token, hanging: Hanging) -> Term:
    """A letter whose scripts make no declared name."""
    below, above, primes, above_first, label = hanging
    if label and above is not None:
        member = _member(reader, token.text, above)
        if member is not None:
            return _hung(reader, token, member, below, None, primes)
        above = None
    base = None if label else known(reader, token.text)
    if base is None and not label and not primes:
        special = _special(reader, token.text, below)
        if special is not None:
            return _hung(reader, token, special, None, above, 0)
    if not label:
        base = base or _guessed(reader, token.text)
        if below is not None:
            base = reader.environment.stacks.get(token.text, base)
    array = base is not None and below is not None and rank(reader, base) > 0
    if base is not None and array and above_first and above is not None:
        return _hung(reader, token, raised(reader, base, above), below, None, primes)
    if base is not None and (array or below is None):
        return _hung(reader, token, base, below, above, primes)
    term = scalar_name(reader, token, written(reader.slice(below)) if below else "", label)
    if not above and not label and is_call(reader):
        return applied(reader, token, term)
    return _hung(reader, token, term, None, above, primes)


def _member(reader: Reader, text: str, above: Span) -> Term | None:
    """`x^{(i)}` or `g^s` of a family: the row whose number stands above; under a sum over s also of a recurrence."""
    stacks, bracketed = reader.environment.stacks, reader.tokens[above[0]].text == "("
    stack = stacks.get(text + "^()" if bracketed else text + "^")
    if stack is None and not bracketed and text in reader.environment.labelled:
        stack = _summed(reader, text, above)
    if stack is None:
        return None
    places = positions(reader, (above[0] + bracketed, above[1] - bracketed), 1)
    return entry(stack, *[place for place in places if place is not None])


def _summed(reader: Reader, text: str, above: Span) -> Term | None:
    """The sequence that a sum runs through: `g` in `Σ_{s=1}^t g^s`."""
    bound = [reader.local.get(piece.text) for piece in reader.slice(above) if piece.kind == "letter"]
    ends = [reader.upto[letter] for letter in bound if letter is not None and letter in reader.upto]
    return sequence(letter_name(text), ends[0]) if ends else None


def _special(reader: Reader, text: str, below: Span | None) -> Term | None:
    """What an undeclared letter means by custom: Kronecker's delta, the identity, e, π."""
    if text == "\\delta" and below:
        where = positions(reader, below, 2)
        return delta(where[0], where[1]) if len(where) == 2 and where[0] is not None and where[1] is not None else None
    if text in IDENTITIES:
        return identity(reader, below)
    return CONSTANTS.get(text) if below is None else None


def ones(reader: Reader, token: Token) -> Term:
    r"""`\mathbf{1}`: the column of ones, of the length that is written or that fits; `\mathbf{1}[…]` an indicator."""
    if token.text == "ones" and reader.token.kind == "open" and reader.token.text == "[":
        return indicator(reader, token)
    sizes = _lengths(reader) if reader.token.kind == "_" else [unknown_size(reader)]
    return of("ones" if token.text == "ones" else "zeros", *sizes)


def _lengths(reader: Reader) -> list[Term]:
    r"""The lengths below an array of ones or zeros: `n`, `m \times n`."""
    reader.pos += 1
    start, stop = reader.group()
    cuts = [place for place in range(start, stop) if reader.tokens[place].kind == "×"]
    bounds = [start - 1, *cuts, stop]
    return [reader.inside((left + 1, right)) for left, right in pairwise(bounds)]
