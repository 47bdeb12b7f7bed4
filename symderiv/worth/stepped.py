"""Values and derivatives carried forward through named nodes, in balls as wide as it takes, then rounded once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from flint import arb

from symderiv.errors import SymderivError
from symderiv.term.kinds import Term
from symderiv.worth.arrays import NOUGHT, UNIT, NoValue
from symderiv.worth.balls import BITS, MOST, precision
from symderiv.worth.setting import Setting, exact_value
from symderiv.worth.value import sure


class Node(NamedTuple):
    """A formula in letters, where the letters come from (a node by its number, or a name from outside), and its slopes.

    A slope goes with the number of the node whose rate it is multiplied by, None for the variable itself.
    """

    letters: tuple[Term, ...]
    sources: tuple[int | Term, ...]
    formula: Term
    slopes: tuple[tuple[Term, int | None], ...]


def stepped(nodes: Callable[[], Iterable[Node]], exact: Mapping[Term, Fraction]) -> float:
    """The derivative of the last node by the variable."""
    bits = BITS
    while True:
        with precision(bits):
            found = _carried(nodes(), exact)
            if not found.is_finite():
                raise SymderivError("no-value", "a node has no real value at this point, or one beyond all bounds")
            if bits >= MOST or sure(found):
                return float(found)
        bits *= 2


def _carried(nodes: Iterable[Node], exact: Mapping[Term, Fraction]) -> arb:
    values, rates = list[arb](), list[arb]()
    for node in nodes:
        known: dict[Term, arb] = {}
        for letter, source in zip(node.letters, node.sources, strict=True):
            known[letter] = values[source] if isinstance(source, int) else _given(source, exact)
        setting = Setting(known.__getitem__)
        try:
            rate = NOUGHT
            for slope, place in node.slopes:
                rate = rate + setting.of(slope) * (UNIT if place is None else rates[place])
            values.append(setting.of(node.formula))
        except NoValue as stop:
            raise SymderivError(stop.reason, f"a node has no value ({stop.reason})") from None
        rates.append(rate)
    return rates[-1]


def _given(letter: Term, exact: Mapping[Term, Fraction]) -> arb:
    if letter not in exact:
        raise SymderivError("no-value", f"expected a number for {letter!r}, saw none; give one among the letters")
    found: arb = exact_value(exact[letter])
    return found
