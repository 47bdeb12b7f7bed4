"""Functions and their arguments: with brackets, without them, raised to powers, with primes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symderiv.reading.arrays import rank, reach, shape_of
from symderiv.reading.environment import Function, Macro
from symderiv.reading.letters import key_of, letter_name, written
from symderiv.reading.lists import members
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import PRODUCT, Reader
from symderiv.reading.scripts import Span, is_transpose, known, lowered, raised, scalar_name, scripts
from symderiv.reading.signs import FUNCTIONS, SPELLINGS
from symderiv.reading.tokens import Token
from symderiv.reading.windows import at_a_position, members_below, window_below
from symderiv.term.build import apply, at, entry, function, index, log_to, mul, num, of, partial, power, prime, size, stack
from symderiv.term.kinds import Term, make
from symderiv.term.membership import OPPOSITE, extreme
from symderiv.term.names import Name
from symderiv.term.places import rebuilt, substitute, with_args

#: The other reading of an exponent behind a call, as in `\\log(\\det X)^{-1}`.
EXPONENTS_INSIDE = "an exponent behind a call belongs to its argument"
#: Letters that are functions when a bracket follows and nobody declared them.
USUAL = frozenset({"f", "g", "h", "F", "G", "H", "\\phi", "\\varphi", "\\psi", "\\Phi", "\\Psi", "\\rho"})
#: Letters of known functions, when a bracket follows and nobody declared them.
USUAL_KNOWN: dict[str, Term] = {
    "\\sigma": function("sigma", known=True),
    "\\Gamma": function("Gamma", known=True),
}
#: `\sin^{-1}` is the inverse function.
INVERSES: dict[str, str] = {
    **{name: "arc" + name for name in "sin cos tan cot sec csc".split()},
    **{name: "ar" + name for name in "sinh cosh tanh coth sech csch".split()},
}
#: Names of functions that are operations on arrays.
OPERATIONS = frozenset({"trace", "det", "diag"})
#: What may stand side by side in an argument without brackets: `\sin 2x`, `\log 2\pi`.
SIMPLE = frozenset({"number", "letter", "constant"})


def is_call(reader: Reader, text: str = "") -> bool:
    """Whether the bracket that follows is an argument: a bare name in it, a comma, or the letter has one elsewhere here."""
    if reader.token.kind != "open" or reader.token.text not in "([":
        return False
    if reader.calls is None:
        places = [place for place in range(1, len(reader.whole)) if _holds_names(reader.whole, place)]
        reader.calls = frozenset(
            reader.whole[place - 1].text for place in places if reader.whole[place - 1].kind == "letter"
        )
    return _holds_names(reader.tokens, reader.pos) or text in reader.calls or text in reader.environment.graded


def _holds_names(tokens: Sequence[Token], pos: int) -> bool:
    if tokens[pos].kind != "open" or tokens[pos].text not in "([":
        return False
    depth, names, bare = 0, 0, True
    for place in range(pos, len(tokens)):
        token = tokens[place]
        depth += (token.kind in ("open", "{")) - (token.kind in ("close", "}"))
        if depth == 0:
            return bare and names == 1
        if tokens[place - 1].kind in ("_", "^"):
            continue
        if token.kind == "," and depth == 1:
            return True
        if depth == 1 and token.kind == "letter":
            names += 1
        elif depth == 1 and token.kind not in ("open", "_", "^", "'", "number", "}"):
            bare = False
    return False


def function_value(reader: Reader, text: str, sub: str) -> Function | None:
    """The declared function of this letter, or of the letter with this label."""
    if text in reader.local:
        return None
    return _with_label(reader, text, sub) or reader.environment.functions.get(text)


def _with_label(reader: Reader, text: str, sub: str) -> Function | None:
    """The function whose name this label belongs to."""
    found = reader.environment.functions.get(key_of(text, sub)) if sub else None
    return found or (_of_a_family(reader, text, sub) if sub else None)


def _of_a_family(reader: Reader, text: str, sub: str) -> Macro | None:
    r"""`h_n(x)` where `h_j(x) = …` is defined for an index j that stands in its formula."""
    letters = {str(key): term for key, term in reader.environment.quantities.items() if term.kind == "index"}
    for key, fn in reader.environment.functions.items():
        if not isinstance(fn, Macro) or not key.startswith(text + "_{"):
            continue
        for own in letters.values():
            if own not in fn.body.free:
                continue
            for other, term in letters.items():
                if re.sub(rf"(?<![A-Za-z\\]){own.data.latex}(?![A-Za-z])", other, key) == key_of(text, sub):
                    return Macro(fn.parameters, substitute(fn.body, {own: term}))
    return None


def usual_function(reader: Reader, text: str, primes: int) -> Term | None:
    """The function that an undeclared letter is by custom: `\\sigma(…)`, `f(x)`, anything with a prime before a bracket."""
    if known(reader, text) is not None:
        return None
    bracket = reader.token.kind == "open" and reader.token.text in "(["
    if text in USUAL_KNOWN:
        return USUAL_KNOWN[text] if bracket or primes else None
    usual = text in USUAL or (text.endswith("}") and text.rpartition("{")[2][:-1] in USUAL)
    return function(letter_name(text)) if (usual and (bracket or primes)) or (bracket and primes) else None


def applied(reader: Reader, token: Token, base: Term | None = None) -> Term:
    """An undeclared letter before its bracketed names, `L(W)`: an unknown function of them, entry by entry.

    One whose gradient is taken is a number.
    """
    arguments = _arguments(reader)
    shapes = tuple(shape_of(reader, argument) for argument in arguments)
    inputs = shapes if token.text in reader.environment.graded and any(shapes) else ()
    return apply(function(base.data.name if base is not None else letter_name(token.text), inputs=inputs), *arguments)


def operator(reader: Reader, token: Token) -> Term:
    r"""`\operatorname{mean}`: a function that was declared or defined under this name."""
    fn = reader.environment.functions.get(f"\\text{{{token.text}}}")
    if fn is None and token.text == "adj":
        (array,) = _arguments(reader, token)
        return mul(of("det", array), of("inverse", array))
    if fn is None and keeps(reader) and not (reader.token.kind in ("open", "{", "_") or reader.begins(reader.token)):
        return scalar_name(reader, token._replace(text=f"\\text{{{token.text}}}"))
    if fn is None and keeps(reader):
        scripts(reader)
        return opaque(token.text, *_arguments(reader, token))
    if fn is None:
        raise reader.unsupported(token, "this operator")
    return called(reader, token, fn)


def known_function(reader: Reader, token: Token) -> Term:
    r"""`\sin`, `\operatorname{tr}`, `exp`: a function known by name."""
    said = reader.environment.functions.get(token.text) if reader.token.kind != "_" else None
    return called(reader, token, said or _as_spelled(reader, token))


def _as_spelled(reader: Reader, token: Token) -> Term:
    """A known function under the name that it was written with: `sgn` is the sign, `asin` the arc sine."""
    *_, word = re.findall(r"[A-Za-z]+", reader.source[token.start : token.end]) or [token.text]
    if word in SPELLINGS and FUNCTIONS[word] == token.text:
        return function(Name(word), means=token.text)
    return function(token.text, known=True)


def called(reader: Reader, token: Token, fn: Function) -> Term:
    """A function with its scripts, its argument, and the power that was written before the argument."""
    if isinstance(fn, Macro) and reader.token.kind not in ("open", "_", "^", "'", "{"):
        return fn.value or fn.body
    bare = not reader.begins(reader.token) and reader.token.kind not in ("_", "^", "'")
    if bare and keeps(reader) and isinstance(fn, Term) and fn.kind == "function" and not fn.data.known:
        return opaque(fn.data.name)
    below, above, primes, _ = scripts(reader)
    if below is not None and _with_label(reader, token.text, written(reader.slice(below))) is not None:
        below = None
    if below is not None and isinstance(fn, Term) and fn.data.means == "besselj":
        fn, below = make("function", fn.data, (reader.inside(below),)), None
    inverse = above is not None and _is_minus_one(reader.slice(above))
    if isinstance(fn, Term) and fn.data.known and not fn.args:
        if below is not None and fn.data.name.base in ("log", "ln"):
            fn, below = log_to(reader.inside(below)), None
        elif inverse:
            fn, above = _inverse(reader, token, fn), None
    elif inverse:
        raise reader.unsupported(token, "the inverse of an unknown function")
    if isinstance(fn, Term):
        for _ in range(primes):
            fn = prime(fn)
    elif primes and reader.token.kind != "open" and below is None:
        value = _derived(reader, token, fn, list(fn.parameters), primes)
        return value if above is None else _power_of_value(reader, value, above)
    if below is not None and isinstance(fn, Term) and fn.kind == "function" and fn.data.name.base in ("max", "min"):
        value = _over_index(reader, token, fn, below)
    elif below is not None and isinstance(fn, Term) and _undeclared(reader, fn, token):
        value = _numbered(reader, fn, below, _arguments(reader, token))
    else:
        arguments = _arguments(reader, token)
        if EXPONENTS_INSIDE in reader.environment.conventions and reader.token.kind == "^" and len(arguments) == 1:
            reader.pos += 1
            arguments = [raised(reader, arguments[0], reader.group())]
        value = (
            _derived(reader, token, fn, arguments, primes) if isinstance(fn, Macro) else _value(reader, token, fn, arguments)
        )
        if below is not None:
            value = _labelled(reader, token, value, below)
    return value if above is None else _power_of_value(reader, value, above)


def _power_of_value(reader: Reader, value: Term, above: Span) -> Term:
    return (
        raised(reader, value, above)
        if is_transpose(reader, reader.slice(above), value)
        else power(value, reader.inside(above))
    )


def _is_minus_one(pieces: list[Token]) -> bool:
    return [piece.text for piece in pieces] == ["-", "1"]


def _inverse(reader: Reader, token: Token, fn: Term) -> Term:
    other = INVERSES.get(fn.data.means or fn.data.name.base)
    if other is None:
        raise reader.unsupported(token, f"the inverse function of {token.text}")
    return function(other, known=True)


def _undeclared(reader: Reader, fn: Term, token: Token) -> bool:
    while fn.kind == "prime":
        fn = fn.args[0]
    return not fn.data.known and token.text not in reader.environment.functions


def _numbered(reader: Reader, fn: Term, below: Span, arguments: list[Term]) -> Term:
    """`f_i(x)` of an undeclared f: an entry of its value where i is an index, else a function with a label."""
    pieces = reader.slice(below)
    base = fn
    while base.kind == "prime":
        base = base.args[0]
    place = known(reader, pieces[0].text) if len(pieces) == 1 else None
    if place is None or place.kind != "index" or base is not fn:
        label = function(Name(base.data.name.base, base.data.name.accent, sub=written(pieces)))
        return apply(rebuilt(fn, lambda node, args: label if node is base else with_args(node, args)), *arguments)
    inputs = tuple(shape_of(reader, argument) for argument in arguments)
    whole = function(base.data.name, inputs=inputs, output=(size(Name("n", sub=pieces[0].text)),))
    return entry(apply(whole, *arguments), place)


def _labelled(reader: Reader, token: Token, value: Term, below: Span) -> Term:
    """`f_i(x)` is an entry of the value, where that is an array."""
    if rank(reader, value) == 0:
        label = written(reader.slice(below))
        raise reader.refuse(
            token, f"saw the label {label} on a function with one value", do="declare the function with its label"
        )
    return lowered(reader, value, below)


def _arguments(reader: Reader, token: Token | None = None) -> list[Term]:
    """The arguments in brackets or braces; else what stands behind the function without them."""
    following = reader.token
    if following.kind == "open" and following.text in "([{":
        reader.pos += 1
        return members(reader, following)
    if token is None:
        raise reader.unexpected(following, "expected '('")
    if following.kind == "{":
        span = reader.group()
        return [reader.inside(span)]
    return [_unbracketed(reader, token)]


def _unbracketed(reader: Reader, token: Token) -> Term:
    r"""The argument of `\sin 2x`, `\log\det X`, `\log \frac{a}{b}`: numbers and letters side by side, or one factor."""
    first = reader.token
    if not reader.begins(first):
        raise reader.unexpected(first, f"expected an argument of {reader.source[token.start : token.end]}")
    factors = [reader.read(PRODUCT)]
    while first.kind in SIMPLE and _goes_on(reader):
        factors.append(reader.read(PRODUCT))
    return make("product", None, tuple(factors)) if len(factors) > 1 else factors[0]


def _goes_on(reader: Reader) -> bool:
    token = reader.token
    if token.kind not in SIMPLE or token.gap or token.text in ("d", "e"):
        return False
    after = reader.tokens[reader.pos + 1]
    return not (after.kind == "open" and token.kind == "letter")


def _value(reader: Reader, token: Token, fn: Term, arguments: list[Term]) -> Term:
    if fn.kind == "prime" and len(arguments) > 1 and keeps(reader):
        return opaque("prime", *arguments)
    if fn.kind == "prime" and len(arguments) > 1:
        raise reader.refuse(token, "saw a prime on a function of several arguments", do="write a partial derivative")
    if fn.kind != "function" or not fn.data.known:
        return apply(fn, *arguments)
    what = fn.data.means or fn.data.name.base
    if len(arguments) > 1 and what not in ("max", "min"):
        raise reader.refuse(token, f"saw {len(arguments)} arguments of {what}", "expected one")
    if what in OPERATIONS:
        axes = rank(reader, arguments[0])
        return of("diagonal" if what == "diag" and axes == 2 else what, arguments[0])
    if what in ("softmax", "logsoftmax") and rank(reader, arguments[0]) == 2:
        return _line_by_line(reader, token, fn, arguments[0])
    return apply(fn, *arguments)


def _line_by_line(reader: Reader, token: Token, fn: Term, array: Term) -> Term:
    """`softmax(XW)` of a matrix, row by row or column by column as it was said."""
    said = reader.environment.conventions
    rows, columns = shape_of(reader, array)
    i, j = index("i"), index("j")
    if "softmax acts on each row" in said:
        return stack(entry(apply(fn, entry(array, i)), j), i, rows, j, columns)
    if "softmax acts on each column" in said:
        return stack(entry(apply(fn, entry(of("transpose", array), j)), i), i, rows, j, columns)
    if num(1) in (rows, columns):
        return apply(fn, array)
    raise reader.refuse(token, "saw softmax of a matrix", do='say "softmax acts on each row" or "… each column"')


def _over_index(reader: Reader, token: Token, fn: Term, below: Span) -> Term:
    r"""`\max_i y_i`: the largest of the values over all positions."""
    pieces = reader.slice(below)
    if (members := members_below(reader, below)) is not None and fn.data.name.base in OPPOSITE:
        letters = {str(letter): letter for letter in members.letters}
        body = at_a_position(reader, letters, lambda: _arguments(reader, token)[0])
        return extreme(fn.data.name.base, body, members.array, members.letters)
    window = window_below(reader, below)
    if window is not None:
        body = window.body(reader, lambda: _arguments(reader, token)[0])
        return apply(fn, stack(body, *[item for pair in window.ranges() for item in pair]))
    if len(pieces) != 1 or pieces[0].kind != "letter":
        raise reader.unsupported(token, f"a {fn.data.name.base} over this range")
    letter, back = index(letter_name(pieces[0].text)), dict(reader.local)
    reader.local[pieces[0].text] = letter
    (body,) = _arguments(reader, token)
    reader.local.clear()
    reader.local.update(back)
    if body.kind == "entry" and body.args[1:] == (letter,):
        return apply(fn, body.args[0])
    length = reach(body, letter)
    if length is None:
        raise reader.refuse(token, f"saw no range of {pieces[0].text}", do="declare what it numbers")
    return apply(fn, stack(body, letter, length))


def _own(reader: Reader, argument: Term, parameter: Term) -> Term:
    """The bound argument itself, where the letter is undeclared: `f_i(x)` after `f_i(x) = …`."""
    if argument.kind != "name" or parameter.kind != "name" or argument.data.name != parameter.data.name:
        return argument
    return argument if known(reader, argument.data.name.latex) is not None else parameter


def _derived(reader: Reader, token: Token, fn: Macro, arguments: list[Term], primes: int) -> Term:
    """A function with a formula: the formula at its arguments, differentiated as often as there are primes."""
    if len(arguments) != len(fn.parameters):
        raise reader.refuse(token, f"saw {len(arguments)} arguments", f"expected {len(fn.parameters)}")
    arguments = [_own(reader, *pair) for pair in zip(arguments, fn.parameters, strict=True)]
    if not primes and fn.value is not None and tuple(arguments) == fn.parameters:
        return fn.value
    if not primes:
        return substitute(fn.body, dict(zip(fn.parameters, arguments, strict=True)))
    if len(arguments) != 1 and keeps(reader):
        return opaque("prime", *arguments)
    if len(arguments) != 1:
        raise reader.refuse(token, "saw a prime on a function of several arguments", do="write a partial derivative")
    variable = arguments[0] if arguments[0].kind == "name" else fn.parameters[0]
    body = substitute(fn.body, {fn.parameters[0]: variable})
    for _ in range(primes):
        body = partial(body, variable, "'")
    return body if variable is arguments[0] else at(body, variable, arguments[0])
