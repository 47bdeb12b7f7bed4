"""Lowering of numbers, names, sums, quotients, powers and cases, entry by entry."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from flint import fmpq

from symderiv.term.build import relation
from symderiv.term.kinds import Term
from symderiv.worth.normal.changing import total
from symderiv.worth.normal.facts import facts
from symderiv.worth.normal.forms import ONE, REBUILD, ZERO, Form, alone, constant, delta
from symderiv.worth.normal.kernel import Kernel, NotNormal, kernel, position_text
from symderiv.worth.normal.kernels import PI, exp, index_number, log
from symderiv.worth.normal.known import FUNCTIONS
from symderiv.worth.normal.lowering import Letters, Lowering, Places, sizes_of
from symderiv.worth.normal.matrices import matrix_power
from symderiv.worth.normal.powers import exponent, inverse_of, natural_power, power
from symderiv.worth.points import digest


@lru_cache(maxsize=256)
def label_of_name(term: Term) -> str:
    """A name with its shape, so that two quantities of one name are told apart."""
    return f"{term.data.name.latex}:{','.join(map(repr, term.data.shape))}"


def _number(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    value = Fraction(term.data[0])
    return constant(fmpq(value.numerator, value.denominator))


def _constant(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    if term.data == "infty":
        raise NotNormal("infty")
    return exp(ONE) if term.data == "e" else alone(PI)


def _name(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    if term not in low.closed and len(places) == 2:
        if term in low.structure.diagonal:
            facts().used[low.structure.diagonal[term]] = None
            return delta(*places) * alone(entry_kernel(term, (places[0], places[0])))
        if term in low.structure.symmetric:
            facts().used[low.structure.symmetric[term]] = None
            return alone(pair_kernel(term, places))
    return alone(entry_kernel(term, places))


def pair_kernel(term: Term, places: Places) -> Kernel:
    """The kernel of an entry of a symmetric matrix."""
    first, second = sorted(places, key=position_text)
    return kernel("pair", term, (first, second), label_of_name(term))


def entry_kernel(term: Term, places: Places) -> Kernel:
    label = label_of_name(term) if term.kind == "name" else f"{term.data.latex}:={digest(term)}"
    return kernel("entry", term, places, label)


def _named(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    if term in low.closed:
        return alone(entry_kernel(term, places))
    return low.entry(term.args[0], places, letters)


def _index(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return index_number(letters.get(term, term.data.latex))


def _sum(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return total([low.part(arg, places, letters) for arg in term.args])


def _minus(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return -low.entry(term.args[0], places, letters)


def _fraction(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    top, bottom = (low.part(arg, places, letters) for arg in term.args)
    divides(low, term.args[1], bottom)
    return top * inverse_of(bottom)


def divides(low: Lowering, term: Term, form: Form) -> None:
    """Notes that a term is not zero, factor by factor."""
    if not form.terms:
        raise NotNormal("zero")
    while term.kind in ("power", "minus", "named"):
        term = term.args[0]
    if term.kind == "product" and not any(sizes_of(arg) for arg in term.args):
        for arg in term.args:
            divides(low, arg, low.entry(arg, (), {}))
        return
    if not sizes_of(term) and not any(letter.kind == "index" for letter in term.free):
        low.needs("≠", term, low.entry(term, (), {}))


def _power(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    base, to = term.args
    sizes = sizes_of(base)
    if len(sizes) == 2 and sizes[0] is sizes[1]:
        return matrix_power(low, base, low.entry(to, (), letters), places, letters)
    raised_to = low.part(to, places, letters)
    if base.kind == "constant" and base.data == "e":
        return exp(raised_to)
    form = low.part(base, places, letters)
    number = raised_to.number
    if number is not None:
        if number.q != 1:
            low.needs(">", base, form)
        elif number < 0:
            divides(low, base, form)
        return power(form, exponent(number))
    if all(_is_whole(factor) for factors, _ in raised_to.terms for factor, _ in factors):
        return natural_power(form, raised_to)
    low.needs(">", base, form)
    return exp(raised_to * log(form))


def _is_whole(factor: Kernel) -> bool:
    """Whether a kernel stands for a whole number: a size, a count or an index."""
    named = factor.head == "entry" and factor.data.kind == "name"
    return factor.head == "index" or (named and factor.data.data.domain != "real")


def _root(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    form, degree = low.part(term.args[0], places, letters), low.entry(term.args[1], (), letters).number
    if degree is None or degree.q != 1 or degree <= 0:
        raise NotNormal("root")
    return power(form, exponent(1 / degree))


def _cases(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    """Values weighed with 1 where their condition is the first to hold and 0 elsewhere."""
    args = term.args
    left, result = ONE, ZERO
    for place in range(0, len(args) - 1, 2):
        here = _indicator(low, args[place + 1], letters)
        result = result + left * here * low.part(args[place], places, letters)
        left = left * (ONE - here)
    return result + left * low.part(args[-1], places, letters) if len(args) % 2 else result


def _indicator(low: Lowering, condition: Term, letters: Letters) -> Form:
    if condition.kind != "relation" or len(condition.data) != 1:
        raise NotNormal("condition")
    (op,), (a, b) = condition.data, condition.args
    if a.kind == b.kind == "index" and op in "=≠":
        equal = delta(low.position(a, letters), low.position(b, letters))
        return equal if op == "=" else ONE - equal
    if op not in "<>≤≥":
        raise NotNormal("condition")
    difference = low.entry(a, (), letters) - low.entry(b, (), letters)
    if _is_a_count(difference):
        difference = difference + (ONE if op in "≥<" else -ONE).scaled(fmpq(1, 2))
    else:
        facts().used[relation("≠", a, b)] = None
    above = (ONE + FUNCTIONS["sign"](difference)).scaled(fmpq(1, 2))
    return above if op in ">≥" else ONE - above


def _is_a_count(form: Form) -> bool:
    """Whether a form is a whole number: two of them may well be equal, so `a > b` is `a ≥ b + 1` and not `a ≥ b`."""
    return all(
        value.q == 1 and all(_is_whole(factor) and to == exponent(fmpq(1)) for factor, to in factors)
        for (factors, _), value in form.terms.items()
    )


REBUILD["pair"] = lambda factor, args: alone(pair_kernel(factor.data, args))

SCALARS: dict[str, Callable[[Lowering, Term, Places, Letters], Form]] = {
    "number": _number,
    "constant": _constant,
    "name": _name,
    "named": _named,
    "index": _index,
    "sum": _sum,
    "minus": _minus,
    "fraction": _fraction,
    "power": _power,
    "root": _root,
    "cases": _cases,
}
