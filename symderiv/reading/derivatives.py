r"""Derivatives as fractions, `\frac{dy}{dx}`, `\frac{d}{dx}(…)`, and values below a bar."""

from __future__ import annotations

from symderiv.reading.lists import members
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import PRODUCT, Reader
from symderiv.reading.scripts import Span, known
from symderiv.reading.tokens import Token
from symderiv.term.build import TWO, apply, at, function, is_size, mul, name, num, partial, power, root
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.term.places import rebuilt, with_args
from symderiv.term.shapes import axes_of, shape

#: The highest order of a derivative.
HIGHEST = 20
#: The letter for an expression that a derivative is taken by.
EXPRESSION = Name("u", sub="|")
#: What a derivative can be taken by.
VARIABLES = frozenset({"name", "named"})


def is_derivative(reader: Reader, top: Span, bottom: Span) -> bool:
    """Whether a fraction is made of two `d` or two `\\partial`."""
    if top[0] == top[1] or bottom[0] == bottom[1]:
        return False
    above, below = reader.tokens[top[0]], reader.tokens[bottom[0]]
    if above.kind == below.kind == "∂":
        return True
    if above.kind != "letter" or above.text != "d" or not _is_operator(reader, bottom):
        return False
    return below.kind == "∂" or (below.kind == "letter" and below.text == "d" and bottom[1] - bottom[0] > 1)


def _is_operator(reader: Reader, bottom: Span) -> bool:
    """Whether `d` is that of a derivative: nobody declared it, or it is a size and stands before a name that is none."""
    declared = known(reader, "d")
    if declared is None:
        return True
    behind = reader.tokens[bottom[0] + 1]
    by = known(reader, behind.text) if bottom[1] - bottom[0] > 1 and behind.kind == "letter" else None
    return is_size(declared) and by is not None and not is_size(by)


def derivative(reader: Reader, token: Token, top: Span, bottom: Span) -> Term:
    r"""`\frac{dy}{dx}`, `\frac{\partial^2 f}{\partial x\partial y}`, `\frac{d}{dx}` before its body."""
    style = "∂" if reader.tokens[top[0]].kind == "∂" else "d∂" if reader.tokens[bottom[0]].kind == "∂" else "d"
    order, start = _order(reader, top[0] + 1, top[1])
    variables = reader.within(bottom, lambda: _variables(reader, style, bottom[1]))
    if order == 1 and len(variables) > 1 and all(one is variables[0] for one in variables):
        variables = [power(variables[0], num(len(variables)))]
    if order != len(variables):
        raise reader.refuse(token, f"saw order {order} above and {len(variables)} variables below")
    body = _numerator(reader, (start, top[1]), variables) if start < top[1] else operand(reader, token)
    if start < top[1] and body.kind == "name" and reader.token.kind == "open" and reader.token.text == "(":
        return _at_argument(reader, token, body, variables, style)
    return taken(reader, token, body, variables, style)


def _at_argument(reader: Reader, token: Token, body: Term, variables: list[Term], style: str) -> Term:
    r"""`\frac{dh}{dx}(x)`: the derivative of `h(x)`; a bracket that holds more is a factor."""
    opening = reader.token
    back = reader.pos
    reader.pos += 1
    inner = members(reader, opening)
    if len(inner) == 1 and inner[0] is variables[0]:
        return taken(reader, token, apply(function(body.data.name), variables[0]), variables, style)
    if len(inner) > 1 or inner[0].kind in VARIABLES:
        raise reader.unsupported(opening, "a derivative taken at another argument")
    reader.pos = back
    return taken(reader, token, body, variables, style)


def taken(reader: Reader, token: Token, body: Term, variables: list[Term], style: str) -> Term:
    rows_first = shape(body) == () and len(variables) == 2 and all(len(axes_of(one)) == 1 for one in variables)
    for variable in variables if rows_first else reversed(variables):
        base = variable.args[0] if variable.kind == "entry" else variable
        if base.kind in VARIABLES:
            body = partial(body, variable, style)  # type: ignore[arg-type]
        else:
            body = _by_expression(reader, token, body, variable, style)
    return body


#: A convention of the judge: in a derivative by `x^2` the bare x is held fixed.
SQUARES_ALONE = "squares are differentiated by alone"


def _by_expression(reader: Reader, token: Token, body: Term, variable: Term, style: str) -> Term:
    r"""A derivative by an expression without a name, which is cut loose in the body: everything else is held fixed.

    By the square of a number, `\partial \sigma^2`, the number moves too: it is the root of what is differentiated by, unless
    the square is taken alone.
    """
    letter = name(EXPRESSION, *axes_of(variable))
    whole = {variable: letter}
    alone = SQUARES_ALONE in reader.environment.conventions
    if (
        not alone
        and variable.kind == "power"
        and variable.args[1] is TWO
        and variable.args[0].kind in VARIABLES
        and variable.scalars
    ):
        whole[variable.args[0]] = root(letter)
    loose = rebuilt(body, lambda node, args: whole.get(node) or (with_args(node, args) if args else node))
    if loose is body and keeps(reader):
        return opaque("partial", body, variable)
    if loose is body:
        raise reader.unsupported(token, "a derivative by an expression that does not stand in what is differentiated")
    return at(partial(loose, letter, style), letter, variable)  # type: ignore[arg-type]


def _order(reader: Reader, start: int, stop: int) -> tuple[int, int]:
    """The order written on the `d` of a numerator, and where its body begins."""
    tokens = reader.tokens
    if start >= stop or tokens[start].kind != "^":
        return 1, start
    if tokens[start + 1].kind == "number":
        return whole_order(reader, tokens[start + 1]), start + 2
    if tokens[start + 1].kind == "{" and tokens[start + 2].kind == "number" and tokens[start + 3].kind == "}":
        return whole_order(reader, tokens[start + 2]), start + 4
    raise reader.unsupported(tokens[start + 1], "a derivative of symbolic order")


def whole_order(reader: Reader, token: Token) -> int:
    """The order of a derivative as a number that is not too large."""
    check_order(reader, token, token.text)
    return int(token.text)


def check_order(reader: Reader, token: Token, order: str) -> None:
    """An order is a number that is not too large; anything else is refused."""
    if not order.isdecimal() or len(order) > 2 or int(order) > HIGHEST:
        raise reader.refuse(token, f"saw the order {order}", f"expected a number up to {HIGHEST}", code="limit")


def _variables(reader: Reader, style: str, stop: int) -> list[Term]:
    r"""The variables of `\partial x\,\partial y`, `dx^2`."""
    found: list[Term] = []
    while reader.pos < stop:
        sign = reader.token
        if sign.kind != "∂" and sign.text != "d":
            raise reader.unexpected(sign, f"expected {'∂' if style == '∂' else 'd'}")
        reader.pos += 1
        start = reader.token
        variable, times = _variable(reader)
        check_variable(reader, start, variable)
        check_order(reader, start, str(times))
        found.extend([variable] * times)
    return found


def _variable(reader: Reader) -> tuple[Term, int]:
    """A variable, and how often it is differentiated by: `x`, `x^2`, `(x)`."""
    start = reader.token
    variable = reader.read(PRODUCT)
    if start.kind == "open" and reader.tokens[reader.pos - 1].kind == "close":
        return variable, 1
    if variable.kind == "transpose":
        variable = variable.args[0]
    if variable.kind == "power" and variable.args[1].kind == "number" and isinstance(variable.args[1].data[0], int):
        return variable.args[0], variable.args[1].data[0]
    return variable, 1


def check_variable(reader: Reader, token: Token, variable: Term) -> None:
    """A derivative is taken by a name, an entry of one, or an expression with letters in it; anything else is refused."""
    if not variable.free or variable.kind in ("relation", "tuple", "function", "prime"):
        raise reader.refuse(
            token,
            "saw a derivative by something that does not change",
            "expected a name, an entry of one, or an expression",
        )


def _numerator(reader: Reader, span: Span, variables: list[Term]) -> Term:
    """What stands behind the `d` of a numerator; a function without argument is its value at the variable."""
    first = reader.tokens[span[0]]
    fn = reader.environment.functions.get(first.text) if first.kind == "letter" and span[1] - span[0] == 1 else None
    if isinstance(fn, Term) and first.text not in reader.environment.quantities:
        return apply(fn, variables[0])
    return reader.inside(span)


def operand(reader: Reader, token: Token) -> Term:
    """What an operator without a body of its own acts on: the bracket that follows, or the whole product."""
    following = reader.token
    if not reader.begins(following):
        raise reader.unexpected(following, "expected what is differentiated")
    first = reader.read(PRODUCT)
    if following.kind == "open" and reader.tokens[reader.pos - 1].kind == "close":
        return first
    return rest_of_product(reader, first)


def rest_of_product(reader: Reader, first: Term) -> Term:
    factors = [first]
    while reader.begins(reader.token) and not _operator(reader):
        factors.append(reader.read(PRODUCT))
    return mul(*factors)


def _operator(reader: Reader) -> bool:
    """Whether another operator of differentiation begins here."""
    if reader.token.kind in ("∇", "∂"):
        return True
    if reader.token.kind != "frac":
        return False
    back = reader.pos
    reader.pos += 1
    found = is_derivative(reader, reader.group(), reader.group())
    reader.pos = back
    return found


def evaluated(reader: Reader, term: Term) -> Term:
    r"""What follows an evaluation bar: `_{x=1}`, `_{x=1,\,y=2}`."""
    reader.expect("_")
    span = reader.group()
    pairs: list[Term] = []

    def values() -> None:
        while True:
            start = reader.token
            side = reader.read()
            if side.kind != "relation" or side.data != ("=",) or side.args[0].kind not in VARIABLES | {"entry"}:
                raise reader.refuse(start, "saw no equation below the bar", "expected name = value")
            pairs.extend(side.args)
            if reader.token.kind != ",":
                return
            reader.pos += 1

    reader.within(span, values)
    return at(term, *pairs)


def bar_behind(reader: Reader, term: Term, token: Token) -> Term | None:
    """A single bar with an equation below it, behind what is evaluated."""
    if reader.bars or reader.tokens[reader.pos + 1].kind != "_":
        return None
    reader.pos += 1
    return evaluated(reader, term)
