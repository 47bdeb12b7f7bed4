"""Matching a pattern of letters against a term, compiled once a pattern."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symderiv.rules.letters import RuleLetter, What
from symderiv.term.build import ONE, ZERO, Shape, add, is_size, meaning_of, mul
from symderiv.term.kinds import BINDERS, Term
from symderiv.term.places import substitute
from symderiv.term.shapes import Clash, is_scalar, shape

#: What the letters stand for. A run stands for a tuple; a family for its term and the index that it was read at.
#: A function with an order is bound by its letter too: `J_1` comes back under the letter that `J_0` had.
Bindings = dict[Any, Any]
#: Whether a term fits; where it does not, the bindings are of no further use.
Matcher = Callable[[Term, Bindings], bool]
#: The same for terms beside each other.
Row = Callable[[tuple[Term, ...], Bindings], bool]

#: What a sum and a product without parts are.
EMPTY = {"sum": ZERO, "product": ONE}
#: Letters that are written at an index or a name and put at another one.
FAMILIES = ("family", "free family")


def matcher(pattern: Term) -> Matcher:
    """A function that says whether a term has this form, and binds the letters."""
    if pattern.kind == "letter":
        return _letter(pattern)
    if not bound_letters(pattern):
        return lambda term, bound: term is pattern
    if is_family(pattern):
        return _family(pattern)
    if pattern.kind == "function":
        return _function(pattern)
    parts = [matcher(arg) for arg in pattern.args]
    if pattern.kind in ("partial", "differential"):
        return _derivative(pattern.kind, parts)
    if pattern.kind in BINDERS:
        return _binder(pattern, parts)
    if pattern.kind == "delta":
        return _either_way(parts)
    taking = [_taking(arg) for arg in pattern.args]
    if "rest" in taking and pattern.kind in EMPTY:
        return _with_rest(pattern.kind, parts, taking.index("rest"))
    if "run" in taking:
        return _with_runs(pattern, parts, taking)
    return _plain(pattern, parts)


def bound_letters(pattern: Term) -> list[Term]:
    """What a match binds; a known function counts, since it comes back under the letter that the person gave it."""
    own = [pattern] if pattern.kind in ("letter", "function") else []
    return own + [found for arg in pattern.args for found in bound_letters(arg)]


def _function(pattern: Term) -> Matcher:
    meaning, parts = meaning_of(pattern), [matcher(arg) for arg in pattern.args]

    def match(term: Term, bound: Bindings) -> bool:
        if term.kind != "function" or meaning_of(term) != meaning or len(term.args) != len(parts):
            return False
        bound[pattern] = term
        bound[pattern.data] = term.data
        return all(part(arg, bound) for part, arg in zip(parts, term.args, strict=True))

    return match


def is_family(pattern: Term) -> bool:
    return pattern.kind == "entry" and pattern.args[0].kind == "letter" and pattern.args[0].data.what in FAMILIES


def _letter(pattern: Term) -> Matcher:
    allows = _allows(pattern.data)

    def bind(term: Term, bound: Bindings) -> bool:
        known = bound.get(pattern)
        if known is not None:
            return bool(known is term)
        if not allows(term, bound):
            return False
        bound[pattern] = term
        return True

    def bind_anything(term: Term, bound: Bindings) -> bool:
        known: Term = bound.setdefault(pattern, term)
        return known is term

    return bind_anything if allows is _anything else bind


def _allows(letter: RuleLetter) -> Matcher:
    """A function that says whether a letter of this kind may stand for a term, given the variable that is bound already."""
    wanted, allows = letter.shape, _ALLOWED.get(letter.what, _anything)
    return (lambda term, bound: _has_shape(term, wanted) and allows(term, bound)) if wanted else allows


def _anything(term: Term, bound: Bindings) -> bool:
    return True


_ALLOWED: dict[What, Matcher] = {
    "free": lambda term, bound: bound[VARIABLE].isdisjoint(term.free),
    "depends": lambda term, bound: not bound[VARIABLE].isdisjoint(term.free),
    "variable": lambda term, bound: term.kind in ("name", "named", "entry"),
    "natural": lambda term, bound: _whole(term),
    "size": lambda term, bound: is_size(term),
    "function": lambda term, bound: _takes(term, vector=False),
    "field": lambda term, bound: _takes(term, vector=True),
    "known": lambda term, bound: bool(term.kind == "function" and term.data.known and not term.args),
    "index": lambda term, bound: term.kind in ("index", "number"),
    "position": lambda term, bound: not term.moves and is_scalar(term),
    "dummy": lambda term, bound: term.kind == "name",
}


def _has_shape(term: Term, wanted: Shape) -> bool:
    """Whether a term has as many axes as the letter, and is square where the letter is."""
    sizes = shape(term)
    if isinstance(sizes, Clash) or len(sizes) != len(wanted):
        return False
    return len(wanted) < 2 or wanted[0] is not wanted[1] or sizes[0] is sizes[1]


def _whole(term: Term) -> bool:
    """Whether it is a numeral without a fraction, an index, or a name for a natural number."""
    if term.kind == "number":
        return bool(term.data[0].denominator == 1)
    return term.kind == "index" or (is_size(term) and not term.data.shape)


def _takes(fn: Term, vector: bool) -> bool:
    """Whether it is an unknown function of one number, or of one vector with a number as its value."""
    while fn.kind == "prime":
        fn = fn.args[0]
    if fn.kind != "function" or fn.data.known or fn.data.output:
        return False
    return vector == any(fn.data.inputs) and not (vector and len(fn.data.inputs) > 1)


#: Where the bindings keep how the derivative is written, `∂` or `d`: it stays so on the right.
STYLE: Any = "style"

#: Where the bindings keep which factor or term a rule that holds for every one looks at.
SPOT: Any = "spot"

#: Where the bindings keep the letters whose presence makes a term depend on the variable.
VARIABLE: Any = "variable"


def moving_letters(variable: Term) -> frozenset[Term]:
    """The names whose presence makes a term depend on this variable: of an entry, the array."""
    if variable.kind == "name":
        return variable.free
    return frozenset([variable.args[0] if variable.kind == "entry" else variable])


def _derivative(kind: str, parts: list[Matcher]) -> Matcher:
    body, variable = parts

    def match(term: Term, bound: Bindings) -> bool:
        if term.kind != kind:
            return False
        if VARIABLE not in bound:
            bound[VARIABLE] = moving_letters(term.args[1])
            bound[STYLE] = term.data
        return variable(term.args[1], bound) and body(term.args[0], bound)

    return match


def _plain(pattern: Term, parts: list[Matcher]) -> Matcher:
    kind, data, count, fit = pattern.kind, pattern.data, len(parts), _beside(parts)

    def match(term: Term, bound: Bindings) -> bool:
        return term.kind == kind and term.data == data and len(term.args) == count and fit(term.args, bound)

    return match


def _beside(parts: list[Matcher]) -> Row:
    """A function that says whether as many terms fit the parts, one by one."""
    if len(parts) == 1:
        only = parts[0]
        return lambda args, bound: only(args[0], bound)
    if len(parts) == 2:
        first, second = parts
        return lambda args, bound: first(args[0], bound) and second(args[1], bound)
    return lambda args, bound: all(part(arg, bound) for part, arg in zip(parts, args, strict=True))


def _with_runs(pattern: Term, parts: list[Matcher], taking: list[str]) -> Matcher:
    """Patterns such as `P f S`: the runs take what stands before and behind the first neighbours that fit."""
    first = taking.index("one")
    kind, width = pattern.kind, taking.count("one")
    before = _run(pattern.args[0] if taking[0] == "run" else None)
    fixed = _beside(parts[first : first + width])
    after = _run(pattern.args[-1] if taking[-1] == "run" else None)
    anywhere = taking[0] == "run"

    def fits(args: tuple[Term, ...], start: int, bound: Bindings) -> bool:
        end = start + width
        return before(args[:start], bound) and after(args[end:], bound) and fixed(args[start:end], bound)

    def match(term: Term, bound: Bindings) -> bool:
        if term.kind != kind or len(term.args) < width:
            return False
        if SPOT in bound or not anywhere:
            return fits(term.args, bound.pop(SPOT, 0), bound)
        for start in range(len(term.args) - width + 1):
            trial = bound.copy()
            if fits(term.args, start, trial):
                bound.update(trial)
                return True
        return False

    return match


def _run(letter: Term | None) -> Row:
    """A function that binds a run of neighbours to its letter, if each is allowed; without a letter none may stand there."""
    if letter is None:
        return lambda args, bound: not args
    allows = _allows(letter.data)

    def take(args: tuple[Term, ...], bound: Bindings) -> bool:
        if letter in bound:
            return bool(bound[letter] == args)
        if allows is not _anything:
            for arg in args:
                if not allows(arg, bound):
                    return False
        bound[letter] = args
        return True

    return take


def _taking(part: Term) -> str:
    letter = part.args[0] if is_family(part) else part
    taking: str = letter.data.taking if letter.kind == "letter" else "one"
    return taking


def _with_rest(kind: str, parts: list[Matcher], where: int) -> Matcher:
    """Patterns such as `c R`, with R all other factors in any place: each other part takes the first factor that fits."""
    fixed = parts[:where] + parts[where + 1 :]
    join = add if kind == "sum" else mul

    def match(term: Term, bound: Bindings) -> bool:
        left = list(term.args) if term.kind == kind else [term]
        for part in fixed:
            for position, arg in enumerate(left):
                trial = dict(bound)
                if part(arg, trial):
                    bound.update(trial)
                    del left[position]
                    break
            else:
                return False
        return parts[where](join(*left), bound)

    return match


def _either_way(parts: list[Matcher]) -> Matcher:
    """Kronecker's delta does not know which index comes first."""

    def match(term: Term, bound: Bindings) -> bool:
        if term.kind != "delta":
            return False
        for args in (term.args, term.args[::-1]):
            trial = dict(bound)
            if all(part(arg, trial) for part, arg in zip(parts, args, strict=True)):
                bound.update(trial)
                return True
        return False

    return match


def _binder(pattern: Term, parts: list[Matcher]) -> Matcher:
    kind, count = pattern.kind, len(parts)
    limits = _limits(pattern)
    take_limits = _run(limits)

    def match(term: Term, bound: Bindings) -> bool:
        if term.kind != kind:
            return False
        if limits is None and len(term.args) != count:
            return False
        bound.setdefault(VARIABLE, frozenset(term.args[1:2]))
        if not parts[1](term.args[1], bound) or not parts[0](term.args[0], bound):
            return False
        if limits is not None:
            return take_limits(term.args[2:], bound)
        return all(part(arg, bound) for part, arg in zip(parts[2:], term.args[2:], strict=True))

    return match


def _limits(pattern: Term) -> Term | None:
    last = pattern.args[-1]
    return last if last.kind == "letter" and last.data.taking == "run" else None


def _family(pattern: Term) -> Matcher:
    letter, position = pattern.args
    free = letter.data.what == "free family"

    def match(term: Term, bound: Bindings) -> bool:
        here = bound.get(position, position)
        known = bound.get(letter)
        if known is None:
            bound[letter] = (term, here)
            return not free or bound[VARIABLE].isdisjoint(term.free)
        return substitute(known[0], {known[1]: here}) is term

    return match
