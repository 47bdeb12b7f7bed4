r"""Lists in brackets, `(a, b)`, and with dots, `(z_1, \dots, z_m)`: the array that the first and the last member tell."""

from __future__ import annotations

from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import Reader
from symderiv.reading.tokens import Token
from symderiv.term.build import ONE, entry, index, name, num, size, stack
from symderiv.term.kinds import Term, make
from symderiv.term.places import fresh_index

CLOSING: dict[str, str] = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉"}


def members(reader: Reader, opening: Token) -> list[Term]:
    """The terms between an opening bracket that was read and its partner; a list with dots is one array."""
    bars, reader.bars = reader.bars, 0
    items: list[Term] = []
    dots: Token | None = None
    while True:
        if reader.token.kind == "dots" and items and dots is None:
            dots = reader.token
            reader.pos += 1
        else:
            items.append(reader.read())
        if reader.token.kind != "," and not (opening.text in "([" and reader.token.kind in ("mid", ";") and items):
            break
        reader.pos += 1
    closing = reader.token
    if opening.text == "{" and closing.kind in (":", "mid", "bar"):
        return [_set(reader, closing, items)]
    if closing.kind in ("mid", "bar", ";"):
        raise reader.unsupported(closing, "a condition behind a bar or a semicolon")
    if closing.kind != "close" or closing.text != CLOSING[opening.text]:
        raise reader.unexpected(closing, f"expected {CLOSING[opening.text]!r} for the {opening.text!r} at {opening.start}")
    reader.pos += 1
    reader.bars = bars
    return items if dots is None else [with_dots(reader, dots, items)]


def _set(reader: Reader, colon: Token, items: list[Term]) -> Term:
    r"""`\{x \in T : y(x) = c\}`: kept where parts without a value are."""
    if not keeps(reader):
        raise reader.unsupported(colon, "a set of what fulfils a condition")
    reader.pos += 1
    condition = reader.read()
    reader.expect("close", "}")
    return opaque("set", *items, condition)


def with_dots(reader: Reader, dots: Token, items: list[Term]) -> Term:
    r"""The array of `u_1, \dots, u_n`; a second member must be what the first and the last tell."""
    free = frozenset().union(*(item.free for item in items))
    letter = fresh_index(index("h"), free)
    ends: list[Term] = []
    body = _between(items[0], items[-1], letter, ends)
    told = all(_is_member(items[0], item, letter, place) for place, item in enumerate(items[1:-1], 2))
    if body is None or not told or not ends or any(end is not ends[0] for end in ends):
        if keeps(reader):
            return opaque("dots", *items)
        raise reader.refuse(
            dots, "saw dots between members that differ in more than one number", "expected u_1, …, u_n", code="unsupported"
        )
    return stack(body, letter, ends[0], listed=len(items) - 1)


def _is_member(first: Term, item: Term, letter: Term, place: int) -> bool:
    """Whether a member is the first one with another number in it."""
    ends: list[Term] = []
    return _between(first, item, letter, ends) is not None and bool(ends) and all(end is num(place) for end in ends)


def _between(first: Term, last: Term, letter: Term, ends: list[Term]) -> Term | None:
    """The member in general: `first` with its 1 replaced where `last` has another number, which goes to `ends`."""
    if first is last:
        return first
    if first is ONE and last.kind in ("name", "number", "sum"):
        ends.append(last)
        return letter
    if first.kind == last.kind == "name" and first.data.name.sub == "1" and last.data.name.sub:
        a, b = first.data.name, last.data.name
        if (a.base, a.accent, a.sup, a.primes) != (b.base, b.accent, b.sup, b.primes):
            return None
        top = num(b.sub) if b.sub.isdigit() else size(b.sub)
        ends.append(top)
        return entry(name(type(a)(a.base, a.accent, "", a.sup, a.primes), top), letter)
    if first.kind != last.kind or first.data != last.data or len(first.args) != len(last.args) or not first.args:
        return None
    parts = [_between(a, b, letter, ends) for a, b in zip(first.args, last.args, strict=True)]
    return None if None in parts else make(first.kind, first.data, tuple(part for part in parts if part is not None))
