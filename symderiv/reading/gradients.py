r"""Gradients `\nabla_w L`, derivatives on one line `\partial L/\partial x`, and small changes `dX`."""

from __future__ import annotations

from itertools import pairwise

from symderiv.reading.calls import function_value
from symderiv.reading.derivatives import check_variable, rest_of_product, taken, whole_order
from symderiv.reading.environment import Macro
from symderiv.reading.letters import letter_name
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import PRODUCT, Reader
from symderiv.reading.scripts import known
from symderiv.reading.tokens import Token
from symderiv.term.build import apply, differential, function, literal, name, of, partial, prime
from symderiv.term.kinds import Term, subterms
from symderiv.term.shapes import shape


def gradient(reader: Reader, token: Token) -> Term:
    r"""`\nabla_w L`: of the name that follows; of a whole product where it begins with a number or a bracket."""
    order = _raised_order(reader)
    variable = _lowered_variable(reader, token)
    order = max(order, _raised_order(reader))
    at_variable = _of_a_function(reader, variable)
    if at_variable is not None and order == 1:
        return at_variable
    body = _gradient_body(reader, token, variable)
    if variable is None and body.kind == "transpose" and body.args[0].kind == "apply" and shape(body.args[0]) == ():
        return of("transpose", _own_gradient(reader, token, body.args[0], order))
    if variable is None:
        return _own_gradient(reader, token, body, order)
    return taken(reader, token, body, [variable] * order, "∇")


def _raised_order(reader: Reader) -> int:
    if reader.token.kind != "^":
        return 1
    reader.pos += 1
    span = reader.group()
    pieces = reader.slice(span)
    if len(pieces) != 1 or pieces[0].kind != "number":
        raise reader.unexpected(reader.tokens[span[0]], "expected the order of the derivative")
    return whole_order(reader, pieces[0])


def _lowered_variable(reader: Reader, token: Token) -> Term | None:
    if reader.token.kind != "_":
        return None
    reader.pos += 1
    span = reader.group()
    variable = reader.inside(span)
    check_variable(reader, reader.tokens[span[0]], variable)
    return variable


def _of_a_function(reader: Reader, variable: Term | None) -> Term | None:
    r"""`\nabla_w f` of an unknown function f without its argument: the gradient of f, taken at w."""
    following, behind = reader.token, reader.tokens[min(reader.pos + 1, len(reader.tokens) - 1)]
    if variable is None or following.kind != "letter" or (behind.kind == "open" and behind.text in "(["):
        return None
    fn = function_value(reader, following.text, "")
    if not isinstance(fn, Term) or fn.kind != "function" or fn.data.known or fn.data.inputs != (shape(variable),):
        return None
    reader.pos += 1
    return apply(prime(fn), variable)


def _gradient_body(reader: Reader, token: Token, variable: Term | None) -> Term:
    following = reader.token
    if not reader.begins(following):
        raise reader.unexpected(following, "expected what is differentiated")
    first = reader.read(PRODUCT)
    base = variable.args[0] if variable is not None and variable.kind == "entry" else variable
    if variable is None and first.kind == "transpose" and first.args[0].kind == "apply" and shape(first.args[0]) == ():
        return first
    is_row = first.kind == "transpose" and reader.begins(reader.token)
    if is_row or (base is not None and base not in first.free and first.kind != "name" and not first.moves):
        return rest_of_product(reader, first)
    if following.kind in ("frac", "number") or (following.kind == "open" and _is_product_of_brackets(reader)):
        return rest_of_product(reader, first)
    if first.kind == "name" and first in reader.environment.quantities.values() and base is not None and base is not first:
        return _as_far_as(reader, first, base)
    return first


def _as_far_as(reader: Reader, first: Term, variable: Term) -> Term:
    r"""A declared letter, or the product that it begins if the variable stands in that: `\nabla_x A x`."""
    back = reader.pos
    if not reader.begins(reader.token):
        return first
    whole = rest_of_product(reader, first)
    if variable in whole.free:
        return whole
    reader.pos = back
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
            return taken(reader, token, body, [variable] * order, "∇")
    if body.kind == "apply" and len(body.args) == 2 and body.args[0].kind in ("function", "prime"):
        fn, argument = body.args
        if argument.kind == "name" and shape(body) == shape(argument) == ():
            return taken(reader, token, body, [argument] * order, "∇()")
        for _ in range(order):
            fn = prime(fn)
        return apply(fn, argument)
    if body.kind == "name" and body not in reader.environment.quantities.values():
        if keeps(reader):
            return opaque("nabla", body)
        fn = function(body.data.name)
        for _ in range(order):
            fn = prime(fn)
        return fn
    arguments = _arguments_of(reader, body)
    if len(arguments) == 1:
        return taken(reader, token, body, [arguments[0]] * order, "∇")
    if arguments and order == 1 and not any(shape(argument) for argument in arguments):
        return literal([[partial(body, argument)] for argument in arguments])
    arrays = [leaf for leaf in body.free if leaf.kind == "name" and leaf.data.domain == "real" and leaf.data.shape]
    if len(arrays) == 1 and body.kind != "name" and not _has_parts(body):
        return taken(reader, token, body, [arrays[0]] * order, "∇")
    if keeps(reader):
        return opaque("nabla", body)
    raise reader.refuse(
        token, "saw ∇ without its variable", "expected \\nabla_x", 'write \\nabla_x, or say "\\nabla is the gradient in x"'
    )


def _has_parts(body: Term) -> bool:
    """Whether what is differentiated is made of quantities with names of their own, by which a gradient may be meant."""
    return any(node.kind == "named" and node is not body and shape(node) for node in subterms(body))


def _arguments_of(reader: Reader, body: Term) -> tuple[Term, ...]:
    """The arguments of the function with a formula whose value is differentiated: the x of `R(x) = …`."""
    for fn in reader.environment.functions.values():
        if isinstance(fn, Macro) and fn.value is body:
            return fn.parameters
    return ()


def partial_sign(reader: Reader, token: Token) -> Term:
    r"""`\partial_x f(x, y)`, `\partial_1 f(x, y)`; `\partial L / \partial x` on one line."""
    if reader.token.kind == "_" and reader.tokens[reader.pos + 1].text.isdecimal():
        return _by_slot(reader, token)
    if reader.token.kind == "_":
        variable = _lowered_variable(reader, token)
        assert variable is not None
        return taken(reader, token, _gradient_body(reader, token, variable), [variable], "∂")
    return _on_one_line(reader, token, "∂")


def _by_slot(reader: Reader, token: Token) -> Term:
    r"""`\partial_1 f(u, v)`: the derivative of a function in its first argument."""
    reader.pos += 1
    slot = reader.token
    reader.pos += 1
    value = reader.read(PRODUCT)
    if value.kind != "apply" or not 0 < int(slot.text) < len(value.args) or value.args[0].kind != "function":
        raise reader.unexpected(slot, "expected a name, or the number of an argument of the function behind")
    return apply(prime(value.args[0], int(slot.text)), *value.args[1:])


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
    return taken(reader, sign, body, [variable], style)


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
    if body.kind == "name" and len(moving) > 1 and body not in moving and keeps(reader):
        return differential(body, body)
    if len(moving) != 1 and keeps(reader):
        return opaque("d", body)
    if len(moving) != 1:
        raise reader.refuse(
            start, "saw a differential of several changes", "expected one name that moves", code="unsupported"
        )
    return differential(body, moving[0])


def _moving(reader: Reader) -> list[Term]:
    """The declared names, without a definition, whose change the formula names."""
    said = [known(reader, name[1:]) for name in sorted(reader.environment.differentials)]
    if moving := [term for term in said if term is not None and term.kind == "name"]:
        return moving
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
