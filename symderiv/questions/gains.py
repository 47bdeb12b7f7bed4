"""Entropy and information gain of samples, each a chain from its definition to its value."""

from __future__ import annotations

from fractions import Fraction

from symderiv.deriving.neat import value_of
from symderiv.deriving.working import defined, worked
from symderiv.questions.part import Chain
from symderiv.questions.samples import Samples, Value
from symderiv.questions.working import rounded_to
from symderiv.term.build import add, apply, log_to, mul, name, named, num, set_of
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.worth.value import value

#: How many decimals an entropy has on the page.
DECIMALS = 5


def ratio(part: int, whole: int) -> Term:
    """A share as it is counted, not in lowest terms."""
    return num(part) / num(whole)


def letter(text: str) -> Name:
    """The name that stands in a column's head or before a row: `A_1`, `x_3`.

    >>> letter("A_1")
    Name(base='A', accent='', sub='1', sup='', primes=0)
    """
    base, _, below = text.partition("_")
    return Name(base, sub=below.strip("{}"))


def written(value: Value) -> Term:
    """A value as it stands in a formula: a number, or a word."""
    return num(value) if isinstance(value, int) and value >= 0 else name(str(value))


def subset(path: tuple[tuple[str, Value], ...]) -> str:
    """The name of the samples that a path leads to, `S_{A_2=1}`."""
    return "S_{" + ",".join(f"{feature}={value}" for feature, value in path) + "}" if path else "S"


def members(samples: Samples) -> Term:
    """The samples as a set."""
    return set_of(*(name(letter(text)) for text in samples.names))


def entropy(samples: Samples, where: str, base: int) -> Term:
    """`H(S) = −Σ p log p` over the classes that occur, under its name."""
    total = len(samples.rows)
    shares = [ratio(count, total) for count in samples.counts.values()]
    terms = [-mul(share, apply(log_to(num(base)), share)) for share in sorted(shares, key=lambda share: _size(share))]
    return named(Name("H", argument=where), add(*terms))


def _size(share: Term) -> Fraction:
    return Fraction(value_of(share) or 0)


def entropy_chain(part: Term) -> Chain:
    """The entropy worked out: exactly if it is a number, else rounded."""
    derivation = worked(part)
    if value_of(derivation.result) is not None:
        return Chain(derivation)
    return Chain(defined(part), number=rounded_to(part, DECIMALS))


def gain(whole: Term, parts: dict[Term, Fraction], where: str, feature: str) -> Term:
    """`H(S)` less the entropies of the parts, each weighed by its share."""
    weighed = [-mul(num(share.numerator) / num(share.denominator), part) for part, share in parts.items()]
    return named(Name("Gain", argument=f"{where}, {feature}"), add(whole, *weighed))


def gain_chain(part: Term, whole: Term, entropies: dict[Term, Chain]) -> Chain:
    """The gain worked out: entropies that are plain numbers put in, the others by name, and its value."""
    results = {name: chain.derivation.result for name, chain in entropies.items()}
    known = {name: result for name, result in results.items() if value_of(result) is not None}
    derivation = worked(part, found=known, kept={*results, whole} - known.keys())
    exact = value_of(derivation.result) is not None
    return Chain(derivation, number=None if exact else rounded_to(part, DECIMALS))


def size_of(part: Term) -> float:
    """The unrounded value, by which gains are compared."""
    found = value(part, {})
    assert isinstance(found, float)
    return found
