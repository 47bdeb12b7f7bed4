r"""Where a maximum or a minimum lies, said of a name with a hat or a star without setting the derivative to zero."""

from __future__ import annotations

from dataclasses import replace

from symderiv.judge.solving import solution
from symderiv.reading.scripts import STARS
from symderiv.term.build import TWO, at, name, power
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.term.shapes import Clash, shape

#: What stands in a script of a letter where it names a point at which something is least or greatest.
BEST = frozenset("ml mle map ols ls opt min max".split())
#: Words that say so of a likelihood: such a name is nothing else.
LIKELIHOOD = frozenset({"ml", "mle"})


def is_marked(written: Name) -> bool:
    r"""Whether a name is that of an extreme point: `\\hat\\lambda`, `x^*`, `\\mu_{ML}`.

    >>> [is_marked(one) for one in (Name("x", accent="hat"), Name("x", sup="*"), Name("mu", sub="ML"), Name("x", sub="1"))]
    [True, True, True, False]
    """
    labels = {written.sub.lower(), written.sup.lower()}
    return written.accent.endswith("hat") or written.sup in STARS or not labels.isdisjoint(BEST)


def says_likelihood(written: Name) -> bool:
    """Whether a name says itself that it makes a likelihood greatest: `μ_ML`."""
    return not LIKELIHOOD.isdisjoint({written.sub.lower(), written.sup.lower()})


def as_unknown(part: Term) -> Term | None:
    r"""The name of a definition as a letter without one; `\\hat\\sigma^2` as the square of a letter."""
    sizes = shape(part)
    if isinstance(sizes, Clash):
        return None
    if part.data.sup == "2":
        return power(name(replace(part.data, sup=""), *sizes), TWO)
    return name(part.data, *sizes)


def slope_of(slopes: tuple[Term, ...], part: Term) -> Term | None:
    """The last derivative by the letter that a marked name has: its value is said to be where that vanishes.

    None where the formula speaks of the letter itself, of letters that the derivative is free of, or of a derivative, and
    where it is a number while other letters stand in the derivative.
    """
    value = part.args[0]
    letter = as_unknown(part)
    if letter is None or not is_marked(part.data) or value.moves:
        return None
    named = letter.args[0] if letter.kind == "power" else letter
    letters = {leaf for leaf in value.free if leaf.kind == "name" and leaf.data.domain == "real"}
    for slope in reversed(slopes):
        variable = solution(slope, named)
        others = {leaf for leaf in slope.free if leaf.kind == "name"} - {variable}
        told = any(leaf.data.name == part.data for leaf in others)
        if variable is None or variable in value.free or told or not letters <= others or (others and not letters):
            continue
        return slope
    return None


def at_other_extremes(slope: Term, slopes: tuple[Term, ...], value: Term) -> Term:
    r"""A derivative where other letters have the values that were found for them: the `\\hat\\mu` of `\\hat\\sigma^2`."""
    for part in sorted((leaf for leaf in value.free if leaf.kind == "named"), key=lambda leaf: leaf.data.latex):
        variables = (solution(one, part) for one in slopes) if is_marked(part.data) else ()
        variable = next((one for one in variables if one is not None and one in slope.free), None)
        slope = slope if variable is None else at(slope, variable, part)
    return slope
