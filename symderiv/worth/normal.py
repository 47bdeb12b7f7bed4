"""The one normal form: the entry of a term as a form, for all sizes at once, and whether a form is zero."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from flint import fmpq

from symderiv.term.build import ONE as ONE_TERM
from symderiv.term.build import ZERO as ZERO_TERM
from symderiv.term.build import Shape, fraction, minus, mul, of, relation
from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash, plain, rows_and_columns, shape
from symderiv.worth.facts import facts, scale_free
from symderiv.worth.forms import (
    CONTRACTIONS,
    FREE_RANGES,
    ONE,
    ZERO,
    Contracted,
    Exponent,
    Form,
    Kernel,
    Monomial,
    NotNormal,
    Position,
    Range,
    alone,
    collected,
    constant,
    delta,
    factor_renamed,
    fresh,
    kernel,
    monomial_text,
    multiplied,
    position_letters,
    position_text,
    rebuilt,
    sum_over,
    total,
)
from symderiv.worth.kernels import (
    FUNCTIONS,
    PI,
    determinant,
    exp,
    exponent,
    index_number,
    inverse_entry,
    inverse_of,
    log,
    natural_power,
    one_fraction,
    power,
    primitive,
)
from symderiv.worth.points import digest
from symderiv.worth.setting import position_size
from symderiv.worth.slopes import Seed, call_label, slope

Places: TypeAlias = tuple[Position, ...]
Letters: TypeAlias = Mapping[Term, Position]


@dataclass(frozen=True, slots=True)
class Structure:
    """What `given` says of the entries of names, each with the property that says so."""

    symmetric: Mapping[Term, Term]
    diagonal: Mapping[Term, Term]


class Lowering:
    """Lowers terms to forms. `domain` collects what a side needs to have a value: relations by operator and form."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.memo: dict[object, Form] = {}
        self.domain: dict[tuple[str, str], tuple[Term, Form]] = {}
        self.closed: frozenset[Term] = frozenset()
        self.depth = 0

    def entry(self, term: Term, places: Places, letters: Letters) -> Form:
        """The entry of a term at positions, index letters standing for positions."""
        here = tuple(sorted(((t.data.latex, position_text(p)) for t, p in letters.items() if t in term.free)))
        key = (term, tuple(map(position_text, places)), here, self.closed & term.free)
        found = self.memo.get(key)
        if found is None:
            rule = _LOWER.get(term.kind)
            if rule is None:
                raise NotNormal(term.kind)
            found = self.memo[key] = rule(self, term, places, letters)
        return found

    def part(self, term: Term, places: Places, letters: Letters) -> Form:
        """The entry of an array, or the one value of a scalar that stands for an array of it."""
        return self.entry(term, places if sizes_of(term) else (), letters)

    def cell(self, term: Term, row: Position, column: Position, letters: Letters) -> Form:
        """The entry of a term taken as a matrix."""
        count = len(sizes_of(term))
        return self.entry(term, (row, column)[:count], letters)

    def needs(self, op: str, side: Term, form: Form) -> None:
        """Notes that the term has a value only where `side op 0`."""
        if form.terms and form.number is None:
            self.domain.setdefault((op, scale_free(form)), (relation(op, side, ZERO_TERM), form))

    def limits(self, letter: Term, body: Term, bounds: tuple[Term, ...], letters: Letters) -> Range:
        """The range of a bound letter."""
        if bounds:
            low, high = (self.entry(bound, (), letters) for bound in bounds)
            return Range(low, high)
        size = position_size(letter, body)
        if size is None:
            raise NotNormal("range")
        return Range(ONE, self.entry(size, (), {}))

    def position(self, term: Term, letters: Letters) -> Position:
        """A position: a letter, a number, or a form."""
        if term.kind == "index":
            return letters.get(term, term.data.latex)
        form = self.entry(term, (), letters)
        number = form.number
        return int(number.p) if number is not None and number.q == 1 else form

    def slots(self) -> tuple[str, str]:
        """Two letters for the row and column of a matrix inside a kernel, told apart by depth."""
        return f"@r{self.depth}", f"@c{self.depth}"


def sizes_of(term: Term) -> Shape:
    """The shape of a term that fits."""
    found = shape(term)
    if isinstance(found, Clash):
        raise NotNormal("shape")
    return found


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
            return delta(*places) * alone(_entry_kernel(term, (places[0], places[0])))
        if term in low.structure.symmetric:
            facts().used[low.structure.symmetric[term]] = None
            places = tuple(sorted(places, key=position_text))
    return alone(_entry_kernel(term, places))


def _entry_kernel(term: Term, places: Places) -> Kernel:
    label = label_of_name(term) if term.kind == "name" else f"{term.data.latex}:={digest(term)}"
    return kernel("entry", term, places, label)


def _named(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    if term in low.closed:
        return alone(_entry_kernel(term, places))
    return low.entry(term.args[0], places, letters)


def _index(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return index_number(letters.get(term, term.data.latex))


def _sum(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return total([low.part(arg, places, letters) for arg in term.args])


def _minus(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return -low.entry(term.args[0], places, letters)


def _product(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    """Scalars multiply; arrays are multiplied as matrices, a bound letter between each two."""
    scalar, matrices = ONE, list[Term]()
    for arg in term.args:
        if sizes_of(arg):
            matrices.append(arg)
        else:
            scalar = scalar * low.entry(arg, (), letters)
    return scalar * _chain(low, matrices, places, letters) if matrices else scalar


def _chain(low: Lowering, matrices: list[Term], places: Places, letters: Letters) -> Form:
    """The entry of a product of arrays; a part of it that is a scalar multiplies the rest."""
    found: Shape = ()
    result, start = ONE, 0
    for stop, matrix in enumerate(matrices):
        sizes = sizes_of(matrix)
        (rows, _), (_, columns) = rows_and_columns(found or sizes), rows_and_columns(sizes)
        found = plain(rows, columns)
        if not found:
            result = result * _run(low, matrices[start : stop + 1], (), letters)
            start = stop + 1
    return result * _run(low, matrices[start:], places, letters) if start < len(matrices) else result


def _run(low: Lowering, matrices: list[Term], places: Places, letters: Letters) -> Form:
    row: Position = 1
    column: Position = 1
    if len(places) == 2:
        row, column = places
    elif places:
        row = places[0]
    (rows, _) = rows_and_columns(sizes_of(matrices[0]))
    if rows is ONE_TERM:
        row = 1
    between = [fresh() for _ in matrices[1:]]
    left: list[Position] = [row, *between]
    right: list[Position] = [*between, column]
    result = ONE
    for matrix, r, c in zip(matrices, left, right, strict=True):
        result = result * low.cell(matrix, r, c, letters)
    for letter, matrix in zip(between, matrices, strict=False):
        size = rows_and_columns(sizes_of(matrix))[1]
        result = _summed(low, result, letter, size)
    return result


def _summed(low: Lowering, form: Form, letter: str, size: Term) -> Form:
    if size is ONE_TERM:
        return rebuilt(form, lambda _: None, {letter: 1})
    return sum_over(form, letter, Range(ONE, low.entry(size, (), {})))


def _fraction(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    top, bottom = (low.part(arg, places, letters) for arg in term.args)
    _divides(low, term.args[1], bottom)
    return top * inverse_of(bottom)


def _divides(low: Lowering, term: Term, form: Form) -> None:
    """Notes that a term is not zero, factor by factor."""
    if not form.terms:
        raise NotNormal("zero")
    while term.kind in ("power", "minus", "named"):
        term = term.args[0]
    if term.kind == "product" and not any(sizes_of(arg) for arg in term.args):
        for arg in term.args:
            _divides(low, arg, low.entry(arg, (), {}))
        return
    if not sizes_of(term) and not any(letter.kind == "index" for letter in term.free):
        low.needs("≠", term, low.entry(term, (), {}))


def _power(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    base, to = term.args
    sizes = sizes_of(base)
    if len(sizes) == 2 and sizes[0] is sizes[1]:
        return _matrix_power(low, base, low.entry(to, (), letters), places, letters)
    raised_to = low.part(to, places, letters)
    if base.kind == "constant" and base.data == "e":
        return exp(raised_to)
    form = low.part(base, places, letters)
    number = raised_to.number
    if number is not None:
        if number.q != 1:
            low.needs(">", base, form)
        elif number < 0:
            _divides(low, base, form)
        return power(form, exponent(number))
    if all(_is_whole(factor) for factors, _ in raised_to.terms for factor, _ in factors):
        return natural_power(form, raised_to)
    low.needs(">", base, form)
    return exp(raised_to * log(form))


def _is_whole(factor: Kernel) -> bool:
    """Whether a kernel stands for a whole number: a size, a count or an index."""
    named = factor.head == "entry" and factor.data.kind == "name"
    return factor.head == "index" or (named and factor.data.data.domain != "real")


def _matrix_power(low: Lowering, base: Term, to: Form, places: Places, letters: Letters) -> Form:
    number = to.number
    if number is None or number.q != 1 or not 0 <= number <= 6:
        raise NotNormal("power")
    if number == 0:
        return delta(*places)
    return _run(low, [base] * int(number.p), places, letters)


def _root(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    form, degree = low.part(term.args[0], places, letters), low.entry(term.args[1], (), letters).number
    if degree is None or degree.q != 1 or degree <= 0:
        raise NotNormal("root")
    return power(form, exponent(1 / degree))


def _apply(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    fn, args = term.args[0], term.args[1:]
    primes = 0
    inner = fn
    while inner.kind == "prime":
        inner, primes = inner.args[0], primes + 1
    if inner.kind != "function":
        raise NotNormal(inner.kind)
    if not inner.data.known:
        return _unknown(low, fn, inner, args, places, letters)
    name = inner.data.name.base
    if primes:
        return _known_primed(low, inner, name, primes, args, places, letters)
    return _known(low, fn, name, args, places, letters)


def _known(low: Lowering, fn: Term, name: str, args: tuple[Term, ...], places: Places, letters: Letters) -> Form:
    if name in _WHOLE and sizes_of(args[0]) and len(args) == 1:
        return _WHOLE[name](low, args[0], places, letters)
    if name in ("max", "min") and len(args) >= 2:
        forms = [low.part(arg, places, letters) for arg in args]
        result = forms[0]
        for form in forms[1:]:
            apart = FUNCTIONS["abs"](result - form)
            result = (result + form + (apart if name == "max" else -apart)).scaled(fmpq(1, 2))
        return result
    if len(args) != 1 or name not in FUNCTIONS:
        raise NotNormal(name)
    form = low.part(args[0], places, letters)
    if name in ("log", "ln"):
        low.needs(">", args[0], form)
        if fn.args:
            return log(form) * inverse_of(log(low.entry(fn.args[0], (), letters)))
    return FUNCTIONS[name](form)


def _known_primed(
    low: Lowering, inner: Term, name: str, primes: int, args: tuple[Term, ...], places: Places, letters: Letters
) -> Form:
    """`σ'(z)`: the function of a letter of its own differentiated, then the argument put in."""
    if len(args) != 1 or name not in FUNCTIONS or inner.args:
        raise NotNormal(name)
    dummy = kernel("dummy", None, (), "")
    form = FUNCTIONS[name](alone(dummy))
    for _ in range(primes):
        form = slope(form, lambda factor: ONE if factor is dummy else None)
    argument = low.part(args[0], places, letters)
    return rebuilt(form, lambda factor: argument if factor is dummy else None)


def _unknown(low: Lowering, fn: Term, inner: Term, args: tuple[Term, ...], places: Places, letters: Letters) -> Form:
    """An unknown function: a kernel over the forms of its arguments, those of arrays with slots for their positions."""
    inputs = inner.data.inputs
    if not inputs:
        forms = tuple(one_fraction(low.part(arg, places, letters)) for arg in args)
        return alone(kernel("call", (fn, tuple(() for _ in args)), forms, call_label(fn)))
    forms_of, slots = [], []
    for place, arg in enumerate(args):
        sizes = sizes_of(arg)
        names = tuple(f"@{low.depth}.{place}.{axis}" for axis in range(len(sizes)))
        for slot, size in zip(names, sizes, strict=True):
            FREE_RANGES[slot] = Range(ONE, low.entry(size, (), {}))
        low.depth += 1
        forms_of.append(one_fraction(low.entry(arg, names, letters)))
        low.depth -= 1
        slots.append(names)
    return alone(kernel("call", (fn, tuple(slots)), (*forms_of, *places), call_label(fn)))


def _entry(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    positions = tuple(low.position(arg, letters) for arg in term.args[1:])
    return low.entry(term.args[0], positions + places, letters)


def _delta(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return delta(low.position(term.args[0], letters), low.position(term.args[1], letters))


def _bigsum(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    body, letter, *bounds = term.args
    limits = low.limits(letter, body, tuple(bounds), letters)
    new = fresh()
    FREE_RANGES[new] = limits
    return sum_over(low.part(body, places, {**letters, letter: new}), new, limits)


def _stack(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return low.entry(term.args[0], (), {**letters, **dict(zip(term.args[1::2], places, strict=True))})


def _row_column(term: Term, places: Places) -> tuple[Position, Position]:
    """Positions of a term as row and column."""
    if len(places) == 2:
        return places[0], places[1]
    return (places[0] if places else 1), 1


def _transpose(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    row, column = _row_column(term, places)
    return low.cell(term.args[0], column, row, letters)


def _matrix_form(low: Lowering, term: Term, letters: Letters) -> tuple[Form, tuple[str, str]]:
    """A square matrix as a form over slots for row and column."""
    slots = low.slots()
    size = Range(ONE, low.entry(sizes_of(term)[0], (), {}))
    FREE_RANGES[slots[0]] = FREE_RANGES[slots[1]] = size
    low.depth += 1
    form = low.cell(term, *slots, letters)
    low.depth -= 1
    return form, slots


def _inverse(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    """The inverse of products, transposes and inverses taken apart, of anything else a kernel."""
    inner = term.args[0]
    if not sizes_of(inner):
        return inverse_of(low.entry(inner, (), letters))
    turned = _inverse_apart(inner)
    if turned is not None:
        return low.entry(turned, places, letters)
    if inner.kind in ("diag", "identity"):
        row, column = places
        return delta(row, column) * (ONE if inner.kind == "identity" else inverse_of(low.entry(inner, (row, row), letters)))
    form, slots = _matrix_form(low, inner, letters)
    return inverse_entry(form, slots, *places)


def _inverse_apart(inner: Term) -> Term | None:
    if inner.kind == "named":
        return of("inverse", inner.args[0])
    if inner.kind == "inverse":
        return inner.args[0]
    if inner.kind == "transpose":
        return of("transpose", of("inverse", inner.args[0]))
    if inner.kind == "minus":
        return minus(of("inverse", inner.args[0]))
    if inner.kind == "product":
        scalars = [fraction(ONE_TERM, arg) for arg in inner.args if not sizes_of(arg)]
        matrices = [arg for arg in inner.args if sizes_of(arg)]
        if all(len(sizes_of(arg)) == 2 and sizes_of(arg)[0] is sizes_of(arg)[1] for arg in matrices):
            return mul(*scalars, *(of("inverse", arg) for arg in reversed(matrices)))
    return None


def _det(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    inner = term.args[0]
    while inner.kind in ("transpose", "named"):
        inner = inner.args[0]
    sizes = sizes_of(inner)
    if not sizes:
        return low.entry(inner, (), letters)
    if inner.kind == "inverse":
        return inverse_of(_det_of(low, inner.args[0], letters))
    if inner.kind == "identity":
        return ONE
    if inner.kind == "product" and all(len(sizes_of(a)) == 2 and sizes_of(a)[0] is sizes_of(a)[1] for a in inner.args):
        result = ONE
        for arg in inner.args:
            result = result * _det_of(low, arg, letters)
        return result
    if sizes[0].kind == "number" and sizes[0].data[0] <= 3:
        return _minors(low, inner, list(range(1, int(sizes[0].data[0]) + 1)), 1, letters)
    form, slots = _matrix_form(low, inner, letters)
    return determinant(form, slots)


def _det_of(low: Lowering, term: Term, letters: Letters) -> Form:
    return low.entry(of("det", term), (), letters)


def _minors(low: Lowering, term: Term, columns: list[int], row: int, letters: Letters) -> Form:
    if not columns:
        return ONE
    parts = []
    for place, column in enumerate(columns):
        minor = _minors(low, term, columns[:place] + columns[place + 1 :], row + 1, letters)
        part = low.entry(term, (row, column), letters) * minor
        parts.append(-part if place % 2 else part)
    return total(parts)


def _trace(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    inner = term.args[0]
    sizes = sizes_of(inner)
    if not sizes:
        return low.entry(inner, (), letters)
    if inner.kind == "kron":
        result = ONE
        for arg in inner.args:
            result = result * low.entry(of("trace", arg), (), letters)
        return result
    letter = fresh()
    return _summed(low, low.cell(term.args[0], letter, letter, letters), letter, sizes[0])


def _diag(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    if not places:
        return low.entry(term.args[0], (), letters)
    row, column = places
    return delta(row, column) * low.part(term.args[0], (row,), letters)


def _diagonal(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return low.cell(term.args[0], places[0], places[0], letters) if places else low.entry(term.args[0], (), letters)


def _hadamard(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    result = ONE
    for arg in term.args:
        result = result * low.part(arg, places, letters)
    return result


def _norm(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    sizes = sizes_of(term.args[0])
    matrix = len(sizes) == 2 and ONE_TERM not in sizes
    if term.data not in ("2", "F", "1") or (term.data != "F" and matrix):
        raise NotNormal("norm")
    between = tuple(fresh() for _ in sizes)
    form = low.entry(term.args[0], between, letters)
    form = FUNCTIONS["abs"](form) if term.data == "1" else form * form
    for letter, size in zip(between, sizes, strict=True):
        form = _summed(low, form, letter, size)
    return form if term.data == "1" else power(form, Fraction(1, 2))


def _literal(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    rows, columns = term.data
    row, column = _row_column(term, places)
    parts = []
    for place, cell in enumerate(term.args):
        r, c = place // columns + 1, place % columns + 1
        here = (delta(row, r) if rows > 1 else ONE) * (delta(column, c) if columns > 1 else ONE)
        if here.terms:
            parts.append(here * low.entry(cell, (), letters))
    return total(parts)


def _variable(low: Lowering, variable: Term, places: Places, letters: Letters) -> tuple[Term, Places]:
    """The letter a derivative is taken by, and the positions of the entry."""
    if variable.kind != "entry":
        return variable, places
    positions = tuple(low.position(arg, letters) for arg in variable.args[1:])
    return variable.args[0], positions + places


def _partial(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    body, variable = term.args
    count = len(sizes_of(body))
    letter, positions = _variable(low, variable, places[count:], letters)

    def seed(factor: Kernel) -> Form | None:
        if factor.head != "entry" or factor.data is not letter:
            return None
        result = ONE
        for p, q in zip(factor.args, positions, strict=True):
            result = result * delta(p, q)
        return result

    return _moved(low, body, letter, places[:count], letters, seed)


def _moved(low: Lowering, body: Term, letter: Term, places: Places, letters: Letters, seed: Seed) -> Form:
    """The derivative of a body with the letter kept closed: a named part opens, and symmetry counts, only afterwards."""
    before = low.closed
    low.closed = before | {letter}
    try:
        form = slope(low.entry(body, places, letters), seed)
    finally:
        low.closed = before
    if letter.kind != "named" and letter not in low.structure.symmetric and letter not in low.structure.diagonal:
        return form
    return rebuilt(form, lambda f: low.entry(letter, f.args, {}) if f.head == "entry" and f.data is letter else None)


def _differential(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    body, letter = term.args

    def seed(factor: Kernel) -> Form | None:
        if factor.head != "entry" or factor.data is not letter:
            return None
        return alone(kernel("moving", letter, factor.args, factor.label))

    return _moved(low, body, letter, places, letters, seed)


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
    facts().used[relation("≠", a, b)] = None
    above = (ONE + FUNCTIONS["sign"](difference)).scaled(fmpq(1, 2))
    return above if op in ">≥" else ONE - above


def _at(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    body, *pairs = term.args
    values = dict(zip(pairs[::2], pairs[1::2], strict=True))
    if any(letter.kind != "name" for letter in values):
        raise NotNormal("at")

    def change(factor: Kernel) -> Form | None:
        bound = factor.head == "entry" and factor.data in values
        return low.entry(values[factor.data], factor.args, letters) if bound else None

    return rebuilt(low.entry(body, places, letters), change)


def _exponentials(low: Lowering, term: Term, letters: Letters) -> Form:
    """Σ_k e^{x_k}."""
    letter = fresh()
    sizes = sizes_of(term)
    if len(sizes) != 1:
        raise NotNormal("shape")
    return _summed(low, exp(low.entry(term, (letter,), letters)), letter, sizes[0])


def _softmax(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return exp(low.entry(term, places, letters)) * inverse_of(_exponentials(low, term, letters))


def _logsoftmax(low: Lowering, term: Term, places: Places, letters: Letters) -> Form:
    return low.entry(term, places, letters) - log(_exponentials(low, term, letters))


_WHOLE: dict[str, Callable[[Lowering, Term, Places, Letters], Form]] = {
    "softmax": _softmax,
    "logsoftmax": _logsoftmax,
    "logsumexp": lambda low, term, places, letters: log(_exponentials(low, term, letters)),
}

_LOWER: dict[str, Callable[[Lowering, Term, Places, Letters], Form]] = {
    "number": _number,
    "constant": _constant,
    "name": _name,
    "named": _named,
    "index": _index,
    "sum": _sum,
    "minus": _minus,
    "product": _product,
    "fraction": _fraction,
    "power": _power,
    "root": _root,
    "apply": _apply,
    "entry": _entry,
    "delta": _delta,
    "bigsum": _bigsum,
    "stack": _stack,
    "transpose": _transpose,
    "inverse": _inverse,
    "det": _det,
    "trace": _trace,
    "diag": _diag,
    "diagonal": _diagonal,
    "identity": lambda low, term, places, letters: delta(*places),
    "ones": lambda low, term, places, letters: ONE,
    "zeros": lambda low, term, places, letters: ZERO,
    "hadamard": _hadamard,
    "norm": _norm,
    "literal": _literal,
    "partial": _partial,
    "differential": _differential,
    "cases": _cases,
    "at": _at,
}


def _without(bounds: dict[str, Range], letter: str) -> dict[str, Range]:
    return {bound: limits for bound, limits in bounds.items() if bound != letter}


def _sum_of_shares(factors: dict[Kernel, Exponent], bounds: dict[str, Range]) -> Contracted | None:
    """Σ_k p_k = 1 where that is given."""
    shares = facts().shares
    if not shares:
        return None
    for factor, to in factors.items():
        if factor.head == "entry" and factor.data in shares and to == 1 and len(factor.args) == 1:
            letter = factor.args[0]
            if letter in bounds and sum(letter in other.letters for other in factors) == 1:
                facts().used[shares[factor.data]] = None
                return {f: p for f, p in factors.items() if f is not factor}, _without(bounds, letter), ONE
    return None


def _inverse_meets(factors: dict[Kernel, Exponent], bounds: dict[str, Range]) -> Contracted | None:
    """Σ_k A_ik (A⁻¹)_kj = δ_ij, and from the other side."""
    for factor, to in factors.items():
        if factor.head != "inv" or to != 1 or factor.args[0].single is None:
            continue
        entries, value = factor.args[0].single
        if len(entries) != 1 or next(iter(entries.values())) != 1:
            continue
        matrix = next(iter(entries))
        found = _meets(factor, matrix, factors, bounds)
        if found is not None:
            partner, letter, form = found
            rest = {f: p for f, p in factors.items() if f not in (factor, partner)}
            return rest, _without(bounds, letter), form.scaled(1 / value)
    return None


def _meets(
    factor: Kernel, matrix: Kernel, factors: dict[Kernel, Exponent], bounds: dict[str, Range]
) -> tuple[Kernel, str, Form] | None:
    _, i, j = factor.args
    rows, columns = factor.data
    for inner, outer, near, far in ((j, i, rows, columns), (i, j, columns, rows)):
        if inner not in bounds or sum(inner in f.letters for f in factors) != 2 or inner in position_letters(outer):
            continue
        for partner, to in factors.items():
            if to != 1 or partner.head != matrix.head or partner.data is not matrix.data or partner is factor:
                continue
            beyond = partner.args[matrix.args.index(far)]
            if partner.args[matrix.args.index(near)] == inner and inner not in position_letters(beyond):
                return partner, inner, delta(outer, beyond)
    return None


CONTRACTIONS.extend((_inverse_meets, _sum_of_shares))


def vanishes(form: Form) -> bool:
    """Whether a form is zero once every denominator is multiplied away, those under a sum inside it."""
    for _ in range(16):
        if not form.terms:
            return True
        below = _denominators(form)
        if below:
            factor, to = below
            form = multiplied(form, fmpq(1), {factor: to})
            continue
        again = _summed_together(form)
        if again is None or again.text == form.text:
            return False
        form = again
    raise NotNormal("size")


def _summed_together(form: Form) -> Form | None:
    """Sums over one range put under one sum, where a denominator stands in one of them; the body brought to one fraction."""
    found = next(filter(None, (_under_sum(monomial) for monomial in sorted(form.terms, key=monomial_text))), None)
    if found is None:
        return None
    kind, limits = found
    body, rest = list[Form](), list[Form]()
    slot = "@sum"
    FREE_RANGES[slot] = limits
    for monomial, value in form.terms.items():
        letter = _letter_of(monomial, kind, limits)
        if letter is None:
            rest.append(Form({monomial: value}))
            continue
        factors = {factor_renamed(factor, {letter: slot}): to for factor, to in monomial[0]}
        body.append(collected(value, factors, {b: r for b, r in monomial[1] if b != letter}))
    together = total(body)
    if together.terms:
        content, inner = primitive(together, whole=True)
        together = content * inner
    return total([sum_over(together, slot, limits), *rest])


def _under_sum(monomial: Monomial) -> tuple[str, Range] | None:
    """A denominator with one bound letter, told without the letter, and the letter's range."""
    factors, bounds = monomial
    for letter, limits in bounds:
        for factor, to in factors:
            if factor.head == "poly" and to < 0 and letter in factor.letters:
                return factor_renamed(factor, {letter: "@sum"}).text, limits
    return None


def _letter_of(monomial: Monomial, kind: str, limits: Range) -> str | None:
    """The bound letter of a monomial that is meant: the one of such a denominator, or the only one with this range."""
    factors, bounds = monomial
    letters = [letter for letter, here in bounds if here == limits]
    for letter in letters:
        for factor, to in factors:
            if to < 0 and letter in factor.letters and factor_renamed(factor, {letter: "@sum"}).text == kind:
                return letter
    return letters[0] if len(letters) == 1 else None


def _denominators(form: Form) -> tuple[Kernel, int] | None:
    """A kernel with negative powers that stands under no sum, and the whole power that takes them away."""
    least: dict[Kernel, Exponent] = {}
    for factors, bounds in form.terms:
        inside = {letter for letter, _ in bounds}
        for factor, to in factors:
            if factor.head in ("poly", "sin") and to < 0 and factor.letters.isdisjoint(inside):
                least[factor] = min(to, least.get(factor, 0))
    if not least:
        return None
    factor = min(least, key=lambda f: f.text)
    return factor, -(least[factor].numerator // least[factor].denominator)


__all__ = ["Lowering", "Structure", "vanishes"]
