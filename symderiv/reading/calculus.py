r"""Derivatives that are not carried out: `\frac{d}{dx}`, `\partial_x`, `\nabla_x`, `dX`, evaluation bars."""

from __future__ import annotations

from itertools import pairwise

from symderiv.reading.letters import letter_name
from symderiv.reading.lists import members
from symderiv.reading.pratt import PRODUCT, Reader
from symderiv.reading.scripts import Span, known
from symderiv.reading.tokens import Token
from symderiv.term.build import apply, at, differential, function, mul, name, partial, prime
from symderiv.term.kinds import Term

#: What a derivative can be taken by.
VARIABLES = frozenset({"name", "named"})


def is_derivative(reader: Reader, top: Span, bottom: Span) -> bool:
    """Whether a fraction is made of two `d` or two `\\partial`."""
    if top[0] == top[1] or bottom[0] == bottom[1]:
        return False
    above, below = reader.tokens[top[0]], reader.tokens[bottom[0]]
    if above.kind == below.kind == "∂":
        return True
    is_d = above.kind == below.kind == "letter" and above.text == below.text == "d"
    return is_d and known(reader, "d") is None and bottom[1] - bottom[0] > 1


def derivative(reader: Reader, token: Token, top: Span, bottom: Span) -> Term:
    r"""`\frac{dy}{dx}`, `\frac{\partial^2 f}{\partial x\partial y}`, `\frac{d}{dx}` before its body."""
    style = "∂" if reader.tokens[top[0]].kind == "∂" else "d"
    order, start = _order(reader, top[0] + 1, top[1])
    variables = reader.within(bottom, lambda: _variables(reader, style, bottom[1]))
    if order != len(variables):
        raise reader.refuse(token, f"saw order {order} above and {len(variables)} variables below")
    body = _numerator(reader, (start, top[1]), variables) if start < top[1] else operand(reader, token)
    if start < top[1] and body.kind == "name" and reader.token.kind == "open" and reader.token.text == "(":
        return _at_argument(reader, token, body, variables, style)
    return _taken(reader, token, body, variables, style)


def _at_argument(reader: Reader, token: Token, body: Term, variables: list[Term], style: str) -> Term:
    r"""`\frac{dh}{dx}(x)`: the derivative of `h(x)`; a bracket that holds more is a factor."""
    opening = reader.token
    back = reader.pos
    reader.pos += 1
    inner = members(reader, opening)
    if len(inner) == 1 and inner[0] is variables[0]:
        return _taken(reader, token, apply(function(body.data.name), variables[0]), variables, style)
    if len(inner) > 1 or inner[0].kind in VARIABLES:
        raise reader.unsupported(opening, "a derivative taken at another argument")
    reader.pos = back
    return _taken(reader, token, body, variables, style)


def _taken(reader: Reader, token: Token, body: Term, variables: list[Term], style: str) -> Term:
    for variable in reversed(variables):
        body = partial(body, variable, style)  # type: ignore[arg-type]
    return body


def _order(reader: Reader, start: int, stop: int) -> tuple[int, int]:
    """The order written on the `d` of a numerator, and where its body begins."""
    tokens = reader.tokens
    if start >= stop or tokens[start].kind != "^":
        return 1, start
    if tokens[start + 1].kind == "number":
        return int(tokens[start + 1].text), start + 2
    if tokens[start + 1].kind == "{" and tokens[start + 2].kind == "number" and tokens[start + 3].kind == "}":
        return int(tokens[start + 2].text), start + 4
    raise reader.unsupported(tokens[start + 1], "a derivative of symbolic order")


def _variables(reader: Reader, style: str, stop: int) -> list[Term]:
    r"""The variables of `\partial x\,\partial y`, `dx^2`."""
    found: list[Term] = []
    while reader.pos < stop:
        sign = reader.token
        if not (sign.kind == "∂" if style == "∂" else sign.text == "d"):
            raise reader.unexpected(sign, f"expected {'∂' if style == '∂' else 'd'}")
        reader.pos += 1
        start = reader.token
        variable, times = _variable(reader)
        check_variable(reader, start, variable)
        found.extend([variable] * times)
    return found


def _variable(reader: Reader) -> tuple[Term, int]:
    """A variable, and how often it is differentiated by: `x`, `x^2`, `(x)`."""
    variable = reader.read(PRODUCT)
    if variable.kind == "power" and variable.args[1].kind == "number" and isinstance(variable.args[1].data[0], int):
        return variable.args[0], variable.args[1].data[0]
    return variable, 1


def check_variable(reader: Reader, token: Token, variable: Term) -> None:
    """A derivative is taken by a name or an entry of one; anything else is refused."""
    base = variable.args[0] if variable.kind == "entry" else variable
    if base.kind not in VARIABLES:
        raise reader.refuse(
            token,
            "saw a derivative by an expression",
            "expected a name or an entry of one",
            "give the expression a name",
            "unsupported",
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
    return _rest_of_product(reader, first)


def _rest_of_product(reader: Reader, first: Term) -> Term:
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


def gradient(reader: Reader, token: Token) -> Term:
    r"""`\nabla_w L`: of the name that follows; of a whole product where it begins with a number or a bracket."""
    order = _raised_order(reader)
    variable = _lowered_variable(reader, token)
    order = max(order, _raised_order(reader))
    body = _gradient_body(reader, token)
    if variable is None:
        return _own_gradient(reader, token, body, order)
    return _taken(reader, token, body, [variable] * order, "∇")


def _raised_order(reader: Reader) -> int:
    if reader.token.kind != "^":
        return 1
    reader.pos += 1
    span = reader.group()
    pieces = reader.slice(span)
    if len(pieces) != 1 or pieces[0].kind != "number":
        raise reader.unexpected(reader.tokens[span[0]], "expected the order of the derivative")
    return int(pieces[0].text)


def _lowered_variable(reader: Reader, token: Token) -> Term | None:
    if reader.token.kind != "_":
        return None
    reader.pos += 1
    span = reader.group()
    variable = reader.inside(span)
    check_variable(reader, reader.tokens[span[0]], variable)
    return variable


def _gradient_body(reader: Reader, token: Token) -> Term:
    following = reader.token
    if not reader.begins(following):
        raise reader.unexpected(following, "expected what is differentiated")
    first = reader.read(PRODUCT)
    if following.kind in ("frac", "number") or (following.kind == "open" and _is_product_of_brackets(reader)):
        return _rest_of_product(reader, first)
    return first


def _is_product_of_brackets(reader: Reader) -> bool:
    """`(Xθ - y)^T (Xθ - y)`: the first bracket carries a script, so it cannot stand alone."""
    return reader.tokens[reader.pos - 1].kind != "close" and reader.token.kind == "open"


def _own_gradient(reader: Reader, token: Token, body: Term, order: int) -> Term:
    r"""`\nabla f(x)` without a variable: the gradient of an unknown function in its argument."""
    said = next((p for p in reader.environment.conventions if p.startswith("\\nabla is the gradient in ")), None)
    if said is not None:
        variable = known(reader, said.rpartition(" ")[2])
        if variable is not None:
            return _taken(reader, token, body, [variable] * order, "∇")
    if body.kind == "apply" and len(body.args) == 2 and body.args[0].kind in ("function", "prime"):
        fn = body.args[0]
        for _ in range(order):
            fn = prime(fn)
        return apply(fn, body.args[1])
    if body.kind == "name" and body not in reader.environment.quantities.values():
        fn = function(body.data.name)
        for _ in range(order):
            fn = prime(fn)
        return fn
    raise reader.refuse(
        token, "saw ∇ without its variable", "expected \\nabla_x", 'write \\nabla_x, or say "\\nabla is the gradient in x"'
    )


def partial_sign(reader: Reader, token: Token) -> Term:
    r"""`\partial_x f(x, y)`; `\partial L / \partial x` on one line."""
    if reader.token.kind == "_":
        variable = _lowered_variable(reader, token)
        assert variable is not None
        return partial(_gradient_body(reader, token), variable)
    return _on_one_line(reader, token, "∂")


def _on_one_line(reader: Reader, token: Token, style: str) -> Term:
    body = reader.read(PRODUCT)
    reader.expect("/")
    sign = reader.token
    if not (sign.kind == "∂" if style == "∂" else sign.text == "d"):
        raise reader.unexpected(sign, "expected the variable of the derivative")
    reader.pos += 1
    start = reader.token
    variable = reader.read(PRODUCT)
    check_variable(reader, start, variable)
    return partial(body, variable, style)  # type: ignore[arg-type]


def small_change(reader: Reader, token: Token) -> Term:
    """`dX`, a small change: of X itself, or of what depends on the name that moves; `dL/dx` on one line."""
    pieces = reader.tokens[reader.pos :]
    if len(pieces) > 2 and pieces[1].kind == "/" and pieces[2].text == "d":
        return _on_one_line(reader, token, "d")
    start = reader.token
    body = reader.read(PRODUCT)
    moving = _moving(reader)
    if body.kind == "name" and (not moving or body in moving):
        return differential(body, body)
    if len(moving) != 1:
        raise reader.refuse(
            start, "saw a differential of several changes", "expected one name that moves", code="unsupported"
        )
    return differential(body, moving[0])


def _moving(reader: Reader) -> list[Term]:
    """The declared names, without a definition, whose change the formula names."""
    declared: list[Term] = []
    others: list[Term] = []
    right = False
    for before, after in pairwise(reader.whole):
        right = right or before.kind == "relation"
        if before.kind == "letter" and before.text == "d" and after.kind == "letter":
            term = known(reader, after.text)
            if term is not None and term.kind == "name":
                declared.append(term)
            elif term is None and right:
                others.append(name(letter_name(after.text)))
    return list(dict.fromkeys(declared or others))


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
