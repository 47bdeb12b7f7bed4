"""Equations to zero and what follows from them: a solution that is named, or another equation with the same solutions."""

from __future__ import annotations

from dataclasses import replace

from symderiv.judge.comparing import Compared, compared
from symderiv.judge.conditions import is_invertible
from symderiv.judge.meaning import fitted, reaching
from symderiv.term.build import TWO, ZERO, at, fraction, minus, mul, name, num, of, partial, relation, root
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import rebuilt, with_args
from symderiv.term.shapes import Clash, rows_and_columns, shape
from symderiv.worth.compare import Referee, compare
from symderiv.worth.evidence import Refuted, Undecided

#: The label of an entry that is taken as a number.
ENTRY = "|entry"


def is_zero(term: Term) -> bool:
    """Whether a term is the number or the array zero."""
    return term.kind == "zeros" or (term.kind == "number" and term.data[0] == 0)


def equivalent(vanishing: Term, left: Term, right: Term, given: tuple[Term, ...]) -> Compared:
    """Whether `left = right` follows from `vanishing = 0`.

    A name of the variable on the left is the solution, which is put in. Else the difference of the sides is a multiple of
    what vanishes, by a number or a factor that was cancelled, or vanishes where an equation that is linear in one of its
    letters is solved for that. A number follows from an equation between vectors that is multiplied by one of them.
    """
    vanishing = reaching(vanishing)
    alone = _as_a_number(vanishing, left, right)
    if alone is not None and (found := equivalent(*alone, given)).equal:
        return found._replace(left=left, right=right)
    cancelled = _cancelled(fitted(vanishing), fitted(left - right), given)
    if cancelled is not None:
        return cancelled
    squared = _squared(vanishing, left, right, given)
    if squared is not None:
        return squared
    variable = solution(vanishing, left)
    if variable is not None and variable not in right.free:
        found = compared(at(vanishing, variable, right), ZERO, given)
        if found.equal or shape(variable) == shape(vanishing):
            return found
    vanishing, difference = fitted(vanishing), fitted(left - right)
    ours, theirs = shape(vanishing), shape(difference)
    if isinstance(ours, Clash) or isinstance(theirs, Clash):
        return Compared(Undecided("shape"), vanishing, difference)
    if compare(difference, ZERO, given, plain=True).kind != "refuted":
        return Compared(Undecided("no-value"), vanishing, difference)
    if len(ours) == 1 and not theirs:
        return _by_a_factor(vanishing, difference, given)
    if rows_and_columns(ours) != rows_and_columns(theirs):
        return Compared(Undecided("shape"), vanishing, difference)
    return (
        _multiple(vanishing, difference, given)
        or _solved(vanishing, difference, given)
        or _parallel(vanishing, difference, given)
    )


def _as_a_number(vanishing: Term, left: Term, right: Term) -> tuple[Term, Term, Term] | None:
    """An equation and what is said of an entry, `μ_k = …`, with that as a number, where its array stands in no other way."""
    if left.kind != "entry" or left.args[0].kind != "name" or vanishing.moves or right.moves or shape(left) != ():
        return None
    array = left.args[0]
    number = name(replace(array.data.name, sub=ENTRY))
    found = (rebuilt(term, lambda node, args: number if node is left else _with(node, args)) for term in (vanishing, right))
    equation, value = found
    return None if array in equation.free | value.free else (equation, number, value)


def _with(node: Term, args: tuple[Term, ...]) -> Term:
    return with_args(node, args) if args else node


def _squared(vanishing: Term, left: Term, right: Term, given: tuple[Term, ...]) -> Compared | None:
    """The square of a solution, `σ̂² = v`: one of both roots of v solves the equation; None where left is no such square."""
    if left.kind != "power" or left.args[1] is not TWO:
        return None
    letter = _of_the_letter(vanishing, left.args[0])
    if letter is None or letter in right.free or shape(letter) != () or shape(right) != ():
        return None
    found = [compared(at(vanishing, letter, one), ZERO, given) for one in (root(right), minus(root(right)))]
    return next((one for one in found if one.equal), found[0])


def one_branch(equations: tuple[Term, ...], letter: Term, value: Term, given: tuple[Term, ...]) -> tuple[Term, ...]:
    """The sign that a letter needs where its other sign solves the equations too: `x = 2` of `x² = 4` needs `x > 0`."""
    size = value.args[0] if value.kind == "minus" else value
    if size.kind not in ("number", "root") or is_zero(size):
        return ()
    others = [compare(at(one, letter, minus(value)), ZERO, given, plain=True) for one in equations if letter in one.free]
    if not others or any(found.kind not in ("proved", "agrees") for found in others):
        return ()
    return (relation("<" if value.kind == "minus" else ">", letter, ZERO),)


def _multiple(vanishing: Term, difference: Term, given: tuple[Term, ...]) -> Compared | None:
    """The difference is what vanishes times a number or a denominator; another factor might vanish itself."""
    referee = Referee(given, (difference, vanishing), points=3)
    for factor in (*_NUMBERS, *_denominators(vanishing)):
        found = referee.compare(difference, mul(factor, vanishing), plain=True)
        if found.kind in ("proved", "agrees"):
            return Compared(found, difference, vanishing)
    return None


def _cancelled(vanishing: Term, difference: Term, given: tuple[Term, ...]) -> Compared | None:
    """What vanishes is the difference times a square matrix, which then must have an inverse."""
    for factor in _leading(vanishing):
        product = mul(factor, difference)
        if isinstance(shape(product), Clash) or shape(product) != shape(vanishing):
            continue
        found = compare(vanishing, product, given, plain=True)
        if not isinstance(found, Refuted | Undecided):
            exists = () if is_invertible(factor, given) else (relation("≠", of("det", factor), ZERO),)
            return Compared(found._replace(conditions=(*found.conditions, *exists)), difference, vanishing)
    return None


def _denominators(term: Term) -> list[Term]:
    """The denominators of an equation between numbers, and the product of two of them, with plain multiples."""
    bottoms = list(dict.fromkeys(node.args[1] for node in subterms(term) if node.kind == "fraction" and node.args[1].free))
    whole = [*bottoms, *[mul(one, two) for place, one in enumerate(bottoms) for two in bottoms[place + 1 :]]]
    return [mul(number, one) for one in whole[:6] for number in _NUMBERS] if shape(term) == () else []


def _leading(term: Term) -> dict[Term, None]:
    """The square matrices that products in a term begin with, and that may have been cancelled."""
    found: dict[Term, None] = {}
    for node in subterms(term, into_names=False):
        if node.kind == "product":
            for stop in range(1, len(node.args)):
                front = mul(*node.args[:stop])
                sizes = shape(front)
                if not isinstance(sizes, Clash) and len(sizes) == 2 and sizes[0] is sizes[1]:
                    found[front] = None
    return found


def _solved(vanishing: Term, difference: Term, given: tuple[Term, ...]) -> Compared | None:
    """The difference where an equation that is linear in a letter is solved for it; None where it is in none."""
    sizes = shape(vanishing)
    letters = [leaf for leaf in vanishing.free & difference.free if leaf.kind == "name" and leaf.data.domain == "real"]
    for letter in sorted(letters, key=lambda leaf: leaf.data.name.latex):
        if letter.data.shape != sizes or len(letter.data.shape) > 1:
            continue
        slope, rest = partial(vanishing, letter), at(vanishing, letter, _zero(letter))
        if any(compare(one, ZERO, given, plain=True).kind != "refuted" for one in (rest, slope)):
            continue
        start = at(slope, letter, _zero(letter))
        if compare(vanishing, mul(start, letter) + rest, given, plain=True).kind not in ("proved", "agrees"):
            continue
        solution = minus(fraction(rest, start)) if not sizes else minus(mul(of("inverse", start), rest))
        found = compare(at(difference, letter, solution), ZERO, given)
        if not isinstance(found, Undecided):
            if not isinstance(found, Refuted):
                found = found._replace(conditions=tuple(fact for fact in found.conditions if not fact.moves))
            return Compared(found, difference, ZERO)
    return None


def _zero(letter: Term) -> Term:
    return of("zeros", *letter.data.shape) if letter.data.shape else ZERO


def _by_a_factor(vanishing: Term, difference: Term, given: tuple[Term, ...]) -> Compared:
    """A number that vanishes with an equation between vectors, multiplied by one of its vectors."""
    for letter in sorted(vanishing.free, key=str):
        if letter.kind == "name" and letter.data.shape == shape(vanishing):
            product = mul(of("transpose", letter), vanishing)
            found = _multiple(product, difference, given) or _solved(product, difference, given)
            if found is not None and found.equal:
                return found
    return Compared(Undecided("no-value"), vanishing, difference)


#: Numbers by which a person multiplies an equation.
_NUMBERS = tuple(
    term for value in (1, 2, 3, 4) for size in (num(value), fraction(num(1), num(value))) for term in (size, minus(size))
)


def solution(vanishing: Term, left: Term) -> Term | None:
    """The letter of an equation whose solution a left side names: `μ`, `μ_ML`, `ŵ`, `x*`."""
    variable = _variable(vanishing)
    if variable is None or not _names(left, variable):
        variable = _of_the_letter(vanishing, left)
    return variable if variable is not None and _names(left, variable) else None


def _variable(vanishing: Term) -> Term | None:
    """What a derivative is taken by."""
    found = {node.args[1] for node in subterms(vanishing, into_names=False) if node.kind == "partial"}
    return found.pop() if len(found) == 1 else None


def _of_the_letter(vanishing: Term, left: Term) -> Term | None:
    """The one quantity in an equation that has the letter of a left side."""
    if left.kind not in ("name", "named"):
        return None
    found = [leaf for leaf in vanishing.free if leaf.kind in ("name", "named") and _letter(leaf) == _letter(left)]
    return found[0] if len(found) == 1 else None


def _names(left: Term, variable: Term) -> bool:
    """Whether the left side is the variable, or one with its letter: `μ_ML`, `ŵ`, `x*`."""
    if left.kind not in ("name", "named") or variable.kind not in ("name", "named"):
        return False
    return _letter(left) == _letter(variable)


def _letter(term: Term) -> str:
    written = term.data.name if term.kind == "name" else term.data
    return str(written.base)


def _parallel(vanishing: Term, difference: Term, given: tuple[Term, ...]) -> Compared:
    """Two vectors that vanish together: one is a number times the other."""
    sizes = shape(vanishing)
    if isinstance(sizes, Clash) or len(sizes) != 1:
        return Compared(Undecided("no-value"), vanishing, difference)
    left = mul(difference, of("transpose", vanishing))
    right = mul(vanishing, of("transpose", difference))
    return Compared(compare(left, right, given), left, right)
