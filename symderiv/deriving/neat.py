"""Writing out neatly: factors one, terms zero, signs, brackets and arithmetic, which nobody puts on a line of their own."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from symderiv.term.build import ONE, ZERO, E, add, meaning_of, minus, mul, num
from symderiv.term.kinds import NOTHING, Term, make
from symderiv.term.places import substitute
from symderiv.term.shapes import shape

#: Kinds that stay as they were written; `neat` does not look inside.
_KEPT = {"partial", "differential", "named", "name", "number", "constant", "index", "function", "letter"}


#: How many terms a pure function on terms remembers: a long derivation has a few thousand.
REMEMBERED = 1 << 14


@lru_cache(maxsize=REMEMBERED)
def neat(term: Term) -> Term:
    """The same value without what a person would leave out.

    >>> from symderiv.term.build import name
    >>> x = name("x")
    >>> neat(1 * (2 * x) + 0) is 2 * x
    True
    """
    kind = term.kind
    if kind in _KEPT and not (kind == "function" and term.args):
        return term
    args = tuple([neat(arg) for arg in term.args])
    rule = _RULES.get(kind)
    if rule is not None:
        return rule(term, args)
    return term if args == term.args else make(kind, term.data, args)


def value_of(term: Term) -> Fraction | int | None:
    """The number that a numeral, a signed one or a fraction of numerals stands for; a decimal is none of them."""
    if term.kind == "number":
        return term.data[0] if term.data[1] is None else None
    if term.kind == "minus":
        inner = value_of(term.args[0])
        return None if inner is None else -inner
    if term.kind == "fraction":
        top, bottom = value_of(term.args[0]), value_of(term.args[1])
        return Fraction(top) / bottom if top is not None and bottom else None
    return None


def numeral(value: Fraction | int) -> Term:
    """A rational number as it is written: with its sign in front, a fraction in lowest terms."""
    if value < 0:
        return minus(numeral(-value))
    if value == int(value):
        return num(int(value))
    return num(value.numerator) / num(value.denominator)


def _sum(term: Term, args: tuple[Term, ...]) -> Term:
    terms: list[Term] = []
    total: Fraction | int = 0
    spot = -1
    for arg in _flat_terms(args):
        number = value_of(arg)
        if arg.kind == "zeros":
            continue
        if number is None:
            terms.append(arg)
        else:
            spot = len(terms) if spot < 0 else spot
            total += number
    if total:
        terms.insert(spot, numeral(total))
    if len(terms) > 1 and terms[0].kind == "minus":
        _put_positive_first(terms)
    if not terms:
        return _zero_like(term)
    return add(*terms)


def _put_positive_first(terms: list[Term]) -> None:
    """`−a + b` is written `b − a`, if that does not pull a long sum about."""
    if len(terms) == 2 and terms[1].kind != "minus":
        terms.reverse()


def _flat_terms(args: tuple[Term, ...], negative: bool = False) -> list[Term]:
    found: list[Term] = []
    for arg in args:
        sign = negative
        while arg.kind == "minus":
            arg, sign = arg.args[0], not sign
        if arg.kind == "sum":
            found.extend(_flat_terms(arg.args, sign))
        else:
            found.append(minus(arg) if sign else arg)
    return found


def _zero_like(term: Term) -> Term:
    sizes = shape(term)
    return make("zeros", None, sizes) if isinstance(sizes, tuple) and sizes else ZERO


def _minus(term: Term, args: tuple[Term, ...]) -> Term:
    inner = args[0]
    if inner.kind == "minus":
        return inner.args[0]
    if is_zero(inner):
        return inner
    return minus(inner)


def is_zero(term: Term) -> bool:
    """The number zero, or an array of zeros."""
    return term is ZERO or term.kind == "zeros"


def _product(term: Term, args: tuple[Term, ...]) -> Term:
    factors: list[Term] = []
    coefficient: Fraction | int = 1
    negative = False
    for arg in _flat_factors(args):
        while arg.kind == "minus":
            arg, negative = arg.args[0], not negative
        number = value_of(arg)
        if number is not None:
            coefficient *= number
        elif arg.kind == "product":
            factors.extend(arg.args)
        else:
            factors.append(arg)
    if not coefficient or any(factor.kind == "zeros" for factor in factors):
        return _zero_like(term)
    negative = negative != (coefficient < 0)
    product = _over_one_bar(_with_coefficient(-coefficient if coefficient < 0 else coefficient, ordered(factors)))
    return _minus(product, (product,)) if negative else product


def _with_coefficient(coefficient: Fraction | int, factors: list[Term]) -> Term:
    if coefficient == 1:
        return mul(*factors)
    if factors and len(factors) == 1 and factors[0].kind == "fraction" and coefficient == int(coefficient):
        top, bottom = factors[0].args
        return _fraction(factors[0], (_product(top, (num(int(coefficient)), top)), bottom))
    return mul(numeral(coefficient), *factors)


def _over_one_bar(product: Term) -> Term:
    """`1/(2√u) · 2x` is written over one bar; `1/N` in front of a sum stays as it was written."""
    if product.kind != "product" or product.moves or shape(product) != ():
        return product
    bars = [arg for arg in product.args if arg.kind == "fraction" and arg.args[0].kind == "number" and arg.args[1].args]
    if not bars:
        return product
    numerals = tuple([bar.args[0] for bar in bars if bar.args[0] is not ONE])
    above = tuple([arg for arg in product.args if arg not in bars])
    top = _product(product, numerals + above) if numerals else mul(*above)
    bottom = mul(*[bar.args[1] for bar in bars])
    below = _product(bottom, (bottom,)) if bottom.kind == "product" else bottom
    return _quotient(product, top, below)


def _flat_factors(args: tuple[Term, ...]) -> list[Term]:
    found: list[Term] = []
    for arg in args:
        if arg.kind == "product":
            found.extend(_flat_factors(arg.args))
        else:
            found.append(arg)
    return found


def ordered(factors: list[Term]) -> list[Term]:
    """Scalar factors as a person writes them: letters and their powers before functions, else in the order they came.

    A letter with a label above stays where it is, for `g^1 (1 - b)` looks like a call.
    """
    if len(factors) < 2 or any(shape(factor) != () for factor in factors):
        return factors
    return sorted(factors, key=_rank)


def _rank(factor: Term) -> int:
    while factor.kind in ("power", "root") and factor.args[1].kind == "number":
        factor = factor.args[0]
    if factor.kind in ("number", "constant") or is_count(factor):
        return 0
    return 1 if factor.kind == "name" and not factor.data.name.sup else 2


def is_count(factor: Term) -> bool:
    """A number of things, as `n − k + 1`: made of natural numbers only, it stands in front as a numeral does."""
    letters = [letter for letter in factor.free if letter.kind != "named"]
    return (
        bool(letters)
        and factor.scalars
        and all(letter.kind == "name" and letter.data.domain == "natural" and not letter.data.shape for letter in letters)
    )


def _fraction(term: Term, args: tuple[Term, ...]) -> Term:
    top, bottom = args
    negative = False
    while top.kind == "minus":
        top, negative = top.args[0], not negative
    while bottom.kind == "minus":
        bottom, negative = bottom.args[0], not negative
    result = _quotient(term, top, bottom)
    return _minus(result, (result,)) if negative else result


def _quotient(term: Term, top: Term, bottom: Term) -> Term:
    if is_zero(top):
        return top
    if bottom is ONE:
        return top
    above, below = _coefficient(top), _coefficient(bottom)
    if above == 1 and below == 1:
        return top if bottom is ONE else make("fraction", None, (top, bottom))
    ratio = Fraction(above) / below
    if above.denominator != 1 or below.denominator != 1 or ratio.numerator != above:
        top = _rescaled(top, above, ratio.numerator)
        bottom = _rescaled(bottom, below, ratio.denominator)
    return top if bottom is ONE else make("fraction", None, (top, bottom))


def _coefficient(term: Term) -> Fraction | int:
    first = term.args[0] if term.kind == "product" else term
    return value_of(first) or 1


def _rescaled(term: Term, old: Fraction | int, new: int) -> Term:
    if old == new:
        return term
    factors = term.args if term.kind == "product" else (term,)
    rest = factors[1:] if value_of(factors[0]) is not None else factors
    return mul(*rest) if new == 1 else mul(num(new), *rest)


def _power(term: Term, args: tuple[Term, ...]) -> Term:
    base, exponent = args
    if exponent is ONE or base is ONE:
        return base
    if exponent is ZERO:
        return ONE
    if base is ZERO and exponent.kind == "number":
        return ZERO
    return make("power", None, args)


def _apply(term: Term, args: tuple[Term, ...]) -> Term:
    fn, argument = args[0], args[1]
    if fn.kind == "function" and not fn.args and len(args) == 2 and meaning_of(fn) == "log":
        if argument is ONE:
            return ZERO
        if argument is E:
            return ONE
    return argument if is_rounding(term) and isinstance(value_of(argument), int) else make("apply", None, args)


def is_rounding(term: Term) -> bool:
    """Whether a term is `⌊u⌋` or `⌈u⌉`."""
    if term.kind != "apply" or term.args[0].kind != "function":
        return False
    return meaning_of(term.args[0]) in ("floor", "ceil")


def _bigsum(term: Term, args: tuple[Term, ...]) -> Term:
    return _zero_like(term) if args[0] is ZERO else make("bigsum", None, args)


def _integral(term: Term, args: tuple[Term, ...]) -> Term:
    return ZERO if args[0] is ZERO or args[2] is args[3] else make("integral", None, args)


def _delta(term: Term, args: tuple[Term, ...]) -> Term:
    if args[0] is args[1]:
        return ONE
    both_numbers = args[0].kind == args[1].kind == "number"
    return ZERO if both_numbers else make("delta", None, args)


def _transpose(term: Term, args: tuple[Term, ...]) -> Term:
    if is_zero(args[0]):
        return _zero_like(term)
    return args[0].args[0] if args[0].kind == "transpose" else make("transpose", None, args)


def _linear(term: Term, args: tuple[Term, ...]) -> Term:
    """Traces, diagonals and entrywise products are zero where a part is."""
    return _zero_like(term) if any(is_zero(arg) for arg in args) else make(term.kind, term.data, args)


def _entry(term: Term, args: tuple[Term, ...]) -> Term:
    array = args[0]
    if array.kind == "stack":
        letters = array.args[1::2]
        return substitute(array.args[0], dict(zip(letters, args[1:], strict=True)))
    return make("entry", None, args)


_FLIPPED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "=", "≠": "≠"}


def _relation(term: Term, args: tuple[Term, ...]) -> Term:
    """`0 < x` is written `x > 0`."""
    if len(args) == 2 and args[0].free == NOTHING and args[1].free != NOTHING and term.data[0] in _FLIPPED:
        return make("relation", (_FLIPPED[term.data[0]],), (args[1], args[0]))
    return make("relation", term.data, args)


_RULES: dict[str, Callable[[Term, tuple[Term, ...]], Term]] = {
    "sum": _sum,
    "minus": _minus,
    "product": _product,
    "fraction": _fraction,
    "power": _power,
    "apply": _apply,
    "bigsum": _bigsum,
    "integral": _integral,
    "delta": _delta,
    "transpose": _transpose,
    **dict.fromkeys(("trace", "diag", "diagonal", "hadamard", "kron"), _linear),
    "entry": _entry,
    "relation": _relation,
}
