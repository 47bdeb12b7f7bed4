"""A form is a sum of monomials in kernels with index slots, sums and deltas carried out: equal forms are equal terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count, permutations
from itertools import product as combinations
from typing import Any, TypeAlias

from flint import fmpq

from symderiv.worth.normal.kernel import NO_LETTERS, Kernel, NotNormal, Range, kernel, position_text

#: An index letter (bound ones begin with `#` or `~`), a number counted from 1, or a form such as i + 1.
Position: TypeAlias = "str | int | Form"


Exponent: TypeAlias = Any


Factors: TypeAlias = "tuple[tuple[Kernel, Exponent], ...]"


Bounds: TypeAlias = "tuple[tuple[str, Range], ...]"


Monomial: TypeAlias = "tuple[Factors, Bounds]"


#: The most monomials a form may have, the most products one multiplication may take, the largest power multiplied out.
MONOMIALS, PRODUCTS, POWER = 1500, 20000, 24


#: Monomials made since a proof began, and how many one proof may make.
WORK, WORK_ALLOWED = [0], 40000


#: The most summands of a sum between numbers that is written out.
WRITTEN = 9


class Form:
    """Monomials with rational coefficients. A monomial is kernels with exponents under a sum over bound letters."""

    __slots__ = ("_height", "_letters", "_text", "terms")

    def __init__(self, terms: dict[Monomial, fmpq]) -> None:
        self.terms = terms
        self._text: str | None = None
        self._letters: frozenset[str] | None = None
        self._height = -1

    @property
    def text(self) -> str:
        """The form as text; equal texts are equal forms."""
        if self._text is None:
            parts = sorted(f"{monomial_text(monomial)}*{value}" for monomial, value in self.terms.items())
            self._text = " + ".join(parts) or "0"
        return self._text

    @property
    def letters(self) -> frozenset[str]:
        """The free index letters."""
        if self._letters is None:
            found: set[str] = set()
            for factors, bounds in self.terms:
                here = NO_LETTERS.union(*(factor.letters for factor, _ in factors))
                found |= here.difference(letter for letter, _ in bounds)
            self._letters = frozenset(found)
        return self._letters

    @property
    def height(self) -> int:
        """How deep sums stand inside each other; bound letters are named by it, so that none is ever captured."""
        if self._height < 0:
            self._height = max((_monomial_height(monomial) for monomial in self.terms), default=0)
        return self._height

    def __repr__(self) -> str:
        return self.text

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: Form) -> Form:
        terms = dict(self.terms)
        for monomial, value in other.terms.items():
            put_monomial(terms, monomial, value)
        return capped(terms)

    def __neg__(self) -> Form:
        return Form({monomial: -value for monomial, value in self.terms.items()})

    def __sub__(self, other: Form) -> Form:
        return self + -other

    def __mul__(self, other: Form) -> Form:
        if other is ONE:
            return self
        if self is ONE:
            return other
        if len(self.terms) * len(other.terms) > PRODUCTS:
            raise NotNormal("size")
        result: dict[Monomial, fmpq] = {}
        for one, value in self.terms.items():
            for two, times in other.terms.items():
                factors, bounds = _merged(one, two)
                accumulate(result, value * times, factors, bounds)
        return capped(result)

    def scaled(self, value: fmpq) -> Form:
        """Every coefficient times a number."""
        return Form({monomial: old * value for monomial, old in self.terms.items()}) if value else ZERO

    @property
    def number(self) -> fmpq | None:
        """The value of a form without kernels; else None."""
        if not self.terms:
            return fmpq(0)
        return self.terms.get(EMPTY) if len(self.terms) == 1 else None

    @property
    def single(self) -> tuple[dict[Kernel, Exponent], fmpq] | None:
        """Factors and coefficient of a form of one monomial that is not under a sum; else None."""
        if len(self.terms) != 1:
            return None
        ((factors, bounds), value) = next(iter(self.terms.items()))
        return None if bounds else (dict(factors), value)


EMPTY: Monomial = ((), ())


ZERO = Form({})


ONE = Form({EMPTY: fmpq(1)})


def constant(value: fmpq | int) -> Form:
    """A rational number as a form."""
    return Form({EMPTY: fmpq(value)}) if value else ZERO


def alone(found: Kernel, exponent: Exponent = 1) -> Form:
    """A kernel to a power as a form."""
    return collected(fmpq(1), {found: exponent}, {})


def collected(value: fmpq, factors: dict[Kernel, Exponent], bounds: dict[str, Range]) -> Form:
    """The form of one monomial, brought to normal form."""
    terms: dict[Monomial, fmpq] = {}
    accumulate(terms, value, factors, bounds)
    return capped(terms)


def capped(terms: dict[Monomial, fmpq]) -> Form:
    """A form of these monomials, refused over the cap."""
    if len(terms) > MONOMIALS:
        raise NotNormal("size")
    return Form(terms)


_fresh = count()


def size_of(limits: Range) -> Form:
    """How many values a range has."""
    size: Form = limits.high - limits.low + ONE
    return size


def fresh() -> str:
    """A bound letter that stands nowhere yet."""
    return f"~{next(_fresh)}"


def monomial_text(monomial: Monomial) -> str:
    """A monomial as text."""
    factors, bounds = monomial
    inner = " ".join(f"{factor.text}^{power}" for factor, power in factors)
    return f"Σ{[(letter, limits.text) for letter, limits in bounds]}({inner})" if bounds else f"({inner})"


def _monomial_height(monomial: Monomial) -> int:
    factors, bounds = monomial
    return max((factor.height for factor, _ in factors), default=0) + (1 if bounds else 0)


def put_monomial(terms: dict[Monomial, fmpq], monomial: Monomial, value: fmpq) -> None:
    new = terms.get(monomial)
    new = value if new is None else new + value
    if new:
        terms[monomial] = new
    else:
        terms.pop(monomial, None)


def _merged(one: Monomial, two: Monomial) -> tuple[dict[Kernel, Exponent], dict[str, Range]]:
    """Two monomials multiplied, the bound letters of each kept apart."""
    left, ours = apart(one)
    right, theirs = apart(two)
    for factor, power in right.items():
        left[factor] = left.get(factor, 0) + power
    return left, ours | theirs if ours else theirs


def apart(monomial: Monomial) -> tuple[dict[Kernel, Exponent], dict[str, Range]]:
    """Factors and bounds with new bound letters."""
    factors, bounds = monomial
    if not bounds:
        return dict(factors), {}
    new: dict[str, Position] = {letter: fresh() for letter, _ in bounds}
    renamed = {factor_renamed(factor, new): power for factor, power in factors}
    return renamed, {str(new[letter]): limits for letter, limits in bounds}


#: Kernels that do not change when two positions are turned, and where the positions begin.
TURNING = {"delta": 0, "pair": 0, "inv=": 1}


def factor_renamed(factor: Kernel, new: Mapping[str, Position]) -> Kernel:
    """A kernel with bound letters renamed one to one, which never lets anything simplify."""
    if factor.letters.isdisjoint(new):
        return factor
    args = tuple(_plainly_renamed(arg, new) for arg in factor.args)
    turning = TURNING.get(factor.head)
    if turning is not None:
        args = (*args[:turning], *sorted(args[turning:], key=position_text))
    return kernel(factor.head, factor.data, args, factor.label)


def _plainly_renamed(arg: Any, new: Mapping[str, Position]) -> Any:
    if type(arg) is str:
        return new.get(arg, arg)
    if type(arg) is not Form or arg.letters.isdisjoint(new):
        return arg
    terms: dict[Monomial, fmpq] = {}
    for (factors, bounds), value in arg.terms.items():
        renamed = {factor_renamed(factor, new): power for factor, power in factors}
        put_monomial(terms, canonical(renamed, dict(bounds)), value)
    return Form(terms)


#: What a head does when its kernel stands in a monomial with an exponent: None, or a form that takes its place.
REDUCTIONS: dict[str, Callable[[Kernel, Exponent], Form | None]] = {}


#: How a kernel is built again from changed arguments, where more than renaming may happen.
REBUILD: dict[str, Callable[[Kernel, tuple[Any, ...]], Form]] = {}


#: How index letters in a product of factors are replaced by positions; filled by `changing`.
REPLACE: list[Callable[[Mapping[Kernel, Exponent], Mapping[str, Position]], Form]] = []
#: Kernels that a sum over a letter uses up, such as A and its inverse: what is left, and the form that takes their place.
Contracted: TypeAlias = "tuple[dict[Kernel, Exponent], dict[str, Range], Form]"


CONTRACTIONS: list[Callable[[dict[Kernel, Exponent], dict[str, Range]], Contracted | None]] = []


def accumulate(terms: dict[Monomial, fmpq], value: fmpq, factors: dict[Kernel, Exponent], bounds: dict[str, Range]) -> None:
    """Adds `value · Σ_bounds Π factors` to `terms` in normal form: powers reduced, deltas used up, letters canonical."""
    WORK[0] += 1
    if WORK[0] > WORK_ALLOWED:
        raise NotNormal("work")
    deltas = False
    for factor, power in factors.items():
        deltas = deltas or factor.head == "delta"
        if power == 0:
            accumulate(terms, value, {f: p for f, p in factors.items() if p != 0}, bounds)
            return
        reduce = REDUCTIONS.get(factor.head)
        if reduce is not None:
            instead = reduce(factor, power)
            if instead is not None:
                _spread(terms, value, {f: p for f, p in factors.items() if f is not factor}, bounds, instead)
                return
    if deltas and (changed := _delta_used(factors, bounds)) is not None:
        rest, form, left = changed
        _spread(terms, value, rest, left, form)
        return
    if bounds:
        for contract in CONTRACTIONS:
            found = contract(factors, bounds)
            if found is not None:
                _spread(terms, value, *found)
                return
        used = NO_LETTERS.union(*(factor.letters for factor in factors))
        for letter, limits in bounds.items():
            if letter not in used:
                _spread(terms, value, factors, {b: r for b, r in bounds.items() if b != letter}, size_of(limits))
                return
    put_monomial(terms, canonical(factors, bounds), value)


def _spread(
    terms: dict[Monomial, fmpq], value: fmpq, factors: dict[Kernel, Exponent], bounds: dict[str, Range], form: Form
) -> None:
    """Adds the product of a monomial and a form, under the monomial's sums."""
    for monomial, times in form.terms.items():
        more, inner = apart(monomial)
        for factor, power in factors.items():
            more[factor] = more.get(factor, 0) + power
        accumulate(terms, value * times, more, {**bounds, **inner})


def _delta_used(
    factors: dict[Kernel, Exponent], bounds: dict[str, Range]
) -> tuple[dict[Kernel, Exponent], Form, dict[str, Range]] | None:
    """The first delta used up: its bound letter replaced, or the factors beside it told that two letters are equal."""
    for factor in factors:
        if factor.head != "delta":
            continue
        p, q = factor.args
        others = {f: power for f, power in factors.items() if f is not factor}
        for old, new in ((p, q), (q, p)):
            if type(old) is str and old in bounds and _fits(new, bounds[old], bounds):
                left = {letter: limits for letter, limits in bounds.items() if letter != old}
                return {}, REPLACE[0](others, {old: new}), left
        keep, drop = (p, q) if type(q) is str else (q, p)
        if type(drop) is str and any(drop in f.letters for f in others):
            return {factor: 1}, REPLACE[0](others, {drop: keep}), bounds
    return None


def _fits(position: Position, limits: Range, bounds: dict[str, Range]) -> bool:
    """Whether a position certainly lies in a range."""
    if type(position) is int:
        high = limits.high.number
        return limits.low.number == 1 and (position == 1 or (high is not None and position <= high))
    if type(position) is not str:
        return False
    here = bounds.get(position) or FREE_RANGES.get(position)
    return here == limits


#: The ranges of the free index letters of the claim at hand.
FREE_RANGES: dict[str, Range] = {}


def delta(p: Position, q: Position) -> Form:
    """δ of two positions."""
    if position_text(p) == position_text(q):
        return ONE
    if type(p) is int and type(q) is int:
        return ZERO
    first, second = sorted((p, q), key=position_text)
    return alone(kernel("delta", None, (first, second), ""))


def canonical(factors: dict[Kernel, Exponent], bounds: dict[str, Range]) -> Monomial:
    """The monomial with its factors in order and its bound letters named so that renaming makes no difference."""
    if not bounds:
        return (tuple(sorted(factors.items(), key=by_text)) if len(factors) > 1 else tuple(factors.items())), ()
    height = 1 + max((factor.height for factor in factors), default=0)
    names = [f"#{height}.{place}" for place in range(len(bounds))]
    best: tuple[str, Monomial] | None = None
    for order in _orders(factors, bounds):
        new = dict(zip(order, names, strict=True))
        renamed = [(factor_renamed(factor, new), power) for factor, power in factors.items()]
        monomial = (
            tuple(sorted(renamed, key=by_text)),
            tuple((new[letter], bounds[letter]) for letter in order),
        )
        text = monomial_text(monomial)
        if best is None or text < best[0]:
            best = (text, monomial)
    assert best is not None
    return best[1]


def by_text(item: tuple[Kernel, Exponent]) -> str:
    return item[0].text


def _orders(factors: dict[Kernel, Exponent], bounds: dict[str, Range]) -> Iterator[tuple[str, ...]]:
    """The orders of bound letters worth trying: letters that differ by where they stand keep one order."""
    if len(bounds) == 1:
        return iter((tuple(bounds),))
    groups: dict[str, list[str]] = {}
    for letter in bounds:
        groups.setdefault(_signature(letter, factors, bounds), []).append(letter)
    tied = [groups[key] for key in sorted(groups)]
    total = 1
    for group in tied:
        for size in range(2, len(group) + 1):
            total *= size
    if total > 120:
        raise NotNormal("letters")
    return (tuple(letter for group in choice for letter in group) for choice in combinations(*map(permutations, tied)))


def _signature(letter: str, factors: dict[Kernel, Exponent], bounds: dict[str, Range]) -> str:
    """Where a bound letter stands, told without the names of the others."""
    new: dict[str, Position] = dict.fromkeys(bounds, "_")
    new[letter] = "*"
    parts = [f"{_masked(factor, new)}^{power}" for factor, power in factors.items() if letter in factor.letters]
    return f"{bounds[letter].text} {sorted(parts)}"


def _masked(factor: Kernel, new: Mapping[str, Position]) -> str:
    if not factor.args or not any(type(arg) is Form for arg in factor.args):
        places = [new.get(arg, arg) if type(arg) is str else position_text(arg) for arg in factor.args]
        return f"{factor.head}{factor.label}{places}"
    inner = []
    for arg in factor.args:
        if type(arg) is Form:
            for factors, _ in arg.terms:
                inner += [_masked(f, new) for f, _ in factors]
        else:
            inner.append(str(new.get(arg, arg)))
    return f"{factor.head}{sorted(inner)}"
