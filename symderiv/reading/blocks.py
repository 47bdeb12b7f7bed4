"""Brackets, bars, norms, fractions, roots, cases and matrices: the forms that enclose what they take."""

from __future__ import annotations

from symderiv.reading.arrays import rank
from symderiv.reading.derivatives import derivative, evaluated, is_derivative
from symderiv.reading.fitting import fit
from symderiv.reading.lists import members
from symderiv.reading.opaque import keeps
from symderiv.reading.pratt import Reader
from symderiv.reading.scripts import Span
from symderiv.reading.tokens import Token
from symderiv.term.build import (
    INFINITY,
    ONE,
    TWO,
    apply,
    fraction,
    function,
    index,
    mul,
    norm,
    of,
    root,
    set_of,
)
from symderiv.term.kinds import Term
from symderiv.term.membership import is_set, summed
from symderiv.term.shapes import Clash, shape

ABS = function("abs", known=True)
WHOLE_PARTS = {"⌊": function("floor", known=True), "⌈": function("ceil", known=True)}
#: Subscripts of a norm.
NORMS: dict[str, str] = {
    "2": "2",
    "F": "F",
    "1": "1",
    "\\infty": "inf",
    "\\text{F}": "F",
    "\\mathrm{F}": "F",
    "infty": "inf",
}


def bracket(reader: Reader, token: Token) -> Term:
    """`( … )`: one term; with commas a column written as a list."""
    if token.text == ".":
        return _with_bar(reader)
    items = members(reader, token)
    if token.text in WHOLE_PARTS and len(items) == 1:
        return apply(WHOLE_PARTS[token.text], items[0])
    if token.text == "⟨":
        if len(items) != 2:
            raise reader.refuse(token, f"saw {len(items)} terms between ⟨ and ⟩", "expected two")
        return inner(reader, *items)
    listed = len(items) > 1 or items[0].kind == "stack"
    if token.text == "{":
        return set_of(*items)
    return of("tuple", *items) if listed else items[0]


def inner(reader: Reader, left: Term, right: Term) -> Term:
    r"""`\langle x, y\rangle` is `x^\top y`, of matrices the trace of that."""
    product = mul(of("transpose", left), right)
    return of("trace", product) if rank(reader, left) == 2 or rank(reader, right) == 2 else product


def _with_bar(reader: Reader) -> Term:
    r"""`\left. … \right|_{x=1}`."""
    term = reader.read()
    reader.expect("bar)", "|")
    return evaluated(reader, term)


def braces(reader: Reader, token: Token) -> Term:
    r"""`{ … }` groups and is not printed; `{\partial z}/{\partial w}` is a derivative."""
    start = reader.pos
    if reader.token.kind == "∂" or reader.token.text == "d":
        reader.pos -= 1
        top = reader.group()
        if reader.token.kind == "/" and reader.tokens[reader.pos + 1].kind == "{":
            reader.pos += 1
            bottom = reader.group()
            if is_derivative(reader, top, bottom):
                return derivative(reader, token, top, bottom)
        reader.pos = start
    if reader.token.kind == "}":
        raise reader.unexpected(reader.token)
    term = reader.read()
    reader.expect("}")
    return term


def bars(reader: Reader, token: Token) -> Term:
    """`|x|`: absolute values; of a set how many positions it has; of a matrix only where it was said what is meant."""
    term = _enclosed(reader, token, "bar")
    said = reader.environment.conventions
    if is_set(term):
        return summed(ONE, term, tuple(index(letter) for letter in "ij"[: len(term.data.shape)]))
    if rank(reader, term) == 2:
        if "determinant" in said or keeps(reader):
            return of("det", term)
        raise reader.refuse(token, "saw bars around a matrix", do='write \\det, or say "|K| is the determinant of K"')
    return apply(ABS, term)


def norms(reader: Reader, token: Token) -> Term:
    r"""`\|x\|`, `\lVert X\rVert_F`: the subscript says which norm."""
    term = _enclosed(reader, token, "norm")
    which = ""
    if reader.token.kind == "_":
        reader.pos += 1
        span = reader.group()
        text = "".join(piece.text for piece in reader.slice(span))
        if text not in NORMS:
            raise reader.unsupported(reader.tokens[span[0]], f"the norm with subscript {text}")
        which = NORMS[text]
    whole = shape(fit(term, reader.unknown) if reader.unknown else term)
    if not isinstance(whole, Clash) and len(whole) == 2 and ONE in whole:
        which = which or "2"
    elif not isinstance(whole, Clash) and len(whole) == 2:
        if not which and "Frobenius norm" in reader.environment.conventions:
            which = "F"
        if which != "F":
            name = "the spectral norm" if which == "2" else "this norm of a matrix" if which else ""
            if name:
                raise reader.unsupported(token, name)
            raise reader.refuse(
                token, "saw a norm of a matrix without a subscript", do="write \\|X\\|_F for the Frobenius norm"
            )
    return norm(term, which or "2")


def _enclosed(reader: Reader, opening: Token, kind: str) -> Term:
    opened = opening.kind.endswith("(")
    reader.bars, back = (0 if opened else reader.bars + 1), reader.bars
    term = reader.read()
    closing = reader.token
    if closing.kind != (kind + ")" if opened else kind):
        raise reader.unexpected(closing, f"expected {opening.text!r} again")
    reader.pos += 1
    reader.bars = back
    return term


def argument(reader: Reader) -> Span:
    """An argument of a command as TeX takes it: a group, or one sign; of `12` the 1."""
    token = reader.token
    if token.kind == "number" and len(token.text) > 1:
        if not token.text.isdigit():
            raise reader.refuse(token, f"saw {token.text} without braces", do=f"write {{{token.text}}}")
        digits = [
            token._replace(text=token.text[0], end=token.start + 1),
            token._replace(text=token.text[1:], start=token.start + 1),
        ]
        reader.tokens[reader.pos : reader.pos + 1] = digits
    return reader.group()


def fractions(reader: Reader, token: Token) -> Term:
    r"""`\frac{a}{b}`; a fraction of two `d` or `\partial` is a derivative."""
    top, bottom = argument(reader), argument(reader)
    if is_derivative(reader, top, bottom):
        return derivative(reader, token, top, bottom)
    return fraction(reader.inside(top), reader.inside(bottom))


def roots(reader: Reader, token: Token) -> Term:
    r"""`\sqrt{u}`, `\sqrt[3]{u}`."""
    degree = TWO
    if reader.token.kind == "open" and reader.token.text == "[":
        reader.pos += 1
        degree = reader.read()
        reader.expect("close", "]")
    return root(reader.inside(argument(reader)), degree)


def constant(reader: Reader, token: Token) -> Term:
    return INFINITY


def overbrace(reader: Reader, token: Token) -> Term:
    r"""`\underbrace{u}_{…}` is `u`; what stands at the brace is a remark."""
    term = reader.inside(argument(reader))
    if reader.token.kind in ("_", "^"):
        reader.pos += 1
        reader.group()
    return term
