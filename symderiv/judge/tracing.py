"""A table of a trace filled in by hand: each cell against what was written above it, the first wrong one, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import floor, log10
from typing import Any, Literal

from flint import arb, fmpq

from symderiv.deriving.program import Node, plain
from symderiv.deriving.trace import Share, upstream
from symderiv.errors import SymderivError
from symderiv.judge.mistraced import (
    missing_paths,
    other_bases,
    other_factors,
    other_locals,
    other_signs,
    put_at,
    summed,
    with_value,
)
from symderiv.judge.numbers import Numeral, numeral
from symderiv.judge.planting import planted
from symderiv.judge.verdict import Cause, VerdictName
from symderiv.questions.tracing import Traced, key_of
from symderiv.reading.expressions import read_expression
from symderiv.term.build import minus, mul
from symderiv.term.kinds import Term
from symderiv.worth.arrays import Array, NoValue
from symderiv.worth.balls import BITS, precision
from symderiv.worth.setting import Setting, exact_value

#: How many sets of paths are tried, and to how many digits somebody may have rounded on the way.
MOST, DIGITS = 200, (1, 2, 3, 4)
#: A whole number from here on may have been rounded.
LONG = 1000

NOT_ACCUMULATED = Cause(
    "a path is missing", "missing-path", "the node is used more than once: add the shares of all its users"
)
SIGN = Cause("a sign is wrong", "sign", "a minus sign is lost or added")
LOG_BASE = Cause(
    "the base of the logarithm", "log-base", "a logarithm to base b is ln v / ln b, and its derivative 1/(v ln b)"
)
LOCAL = Cause("the local derivative is wrong", "wrong-rule", "the adjoint above is right; what it is multiplied by is not")
ROUNDED = Cause("rounded on the way", "arithmetic-rounding", "compute with unrounded numbers and round what you write")
SLIP = Cause("a slip in arithmetic", "arithmetic-rounding", "the numbers above do not give this one")


Column = Literal["value", "adjoint"]


@dataclass(frozen=True, slots=True)
class Filled:
    r"""One cell that was filled in: the value or adjoint of the node `key`, its verdict, and what it should say."""

    column: Column
    key: str
    verdict: VerdictName
    right: Any
    cause: Cause | None = None

    @property
    def name(self) -> str:
        r"""The cell as it is written: `v_3`, `\bar{v}_3`."""
        if self.column == "value":
            return self.key
        base, mark, rest = self.key.partition("_")
        return f"\\bar{{{base}}}{mark}{rest}"


@dataclass(frozen=True, slots=True)
class _Cells:
    """Numbers with the room that their digits leave, one for a scalar."""

    balls: tuple[arb, ...]

    def meets(self, other: _Cells) -> bool:
        """Whether all numbers may be the same."""
        if len(self.balls) != len(other.balls):
            return False
        return all(one.is_finite() and _near(one, wanted) for one, wanted in zip(self.balls, other.balls, strict=True))


def _near(found: arb, wanted: arb) -> bool:
    narrow = found.rad() < abs(found.mid()) * arb("0.2") + arb("0.01")
    return bool(narrow) and bool(found.overlaps(wanted))


def judge_table(found: Traced, values: Mapping[str, Any], adjoints: Mapping[str, Any]) -> tuple[Filled, ...]:
    r"""A verdict for every cell that was filled in: the values in forward order, then the adjoints backward.

    Keys are names of nodes (`v_3`, an input by its letter); a number is as it was written, `"31.07"` or `31.07`, an array a
    list. `ok`: right to its last digit, or worked out right from right numbers as they were rounded above; `follows`:
    worked out right from a wrong number above; `wrong` with a cause.

    >>> from symderiv.questions.tracing import traced
    >>> from symderiv.reading.environment import Environment
    >>> found = traced("x^2 + x", {"x": 3}, Environment())
    >>> [item.verdict for item in judge_table(found, {"v_1": 9, "v_2": 12}, {"v_2": 1, "v_1": 1, "x": 6})]
    ['ok', 'ok', 'ok', 'ok', 'wrong']
    """
    work = _Table(found, values, adjoints)
    with precision(BITS):
        return tuple(work.judged())


class _Table:
    """What was written, as intervals for the plain letters of the graph; a cell left empty has its true value."""

    def __init__(self, found: Traced, values: Mapping[str, Any], adjoints: Mapping[str, Any]) -> None:
        self.found, self.trace = found, found.trace
        self.written: dict[Column, dict[Term, Any]] = {
            "value": _by_node(found, values),
            "adjoint": _by_node(found, adjoints),
        }
        self.cells: dict[Term, arb | Array] = {}
        self.false: set[Term] = set()

    def judged(self) -> Iterator[Filled]:
        nodes = self.found.program.nodes
        for node in nodes:
            yield from self._cell(node, "value", plain(node.part), self.found.value(node.part), self._value_causes)
        for node in reversed(nodes):
            yield from self._cell(node, "adjoint", upstream(node), self.found.adjoint(node.part), self._adjoint_causes)

    def _cell(
        self, node: Node, column: Column, letter: Term, true: Any, causes: Callable[[Node, _Cells], Cause]
    ) -> Iterator[Filled]:
        self.cells[letter] = exact_value(_exact(true))
        said = self.written[column].get(node.part)
        if said is None:
            return
        wanted, truth = _read(said), _flat(self.cells[letter])
        if len(wanted.balls) != len(truth.balls):
            name = Filled(column, key_of(node), "wrong", true).name
            raise SymderivError("shape", f"{name} has {len(truth.balls)} entries; {len(wanted.balls)} numbers were written")
        verdict, cause = self._verdict(node, column, wanted, truth, causes)
        self.cells[letter] = _like(self.cells[letter], wanted)
        if verdict in ("wrong", "follows"):
            self.false.add(letter)
        yield Filled(column, key_of(node), verdict, true, cause)

    def _verdict(
        self, node: Node, column: Column, wanted: _Cells, truth: _Cells, causes: Callable[[Node, _Cells], Cause]
    ) -> tuple[VerdictName, Cause | None]:
        if truth.meets(wanted):
            return "ok", None
        for formula in self._formulas(node, column):
            if self._gives(formula, wanted):
                return ("ok", ROUNDED) if self.false.isdisjoint(formula.free) else ("follows", None)
        return "wrong", causes(node, wanted)

    def _formulas(self, node: Node, column: Column) -> Iterator[Term]:
        """What the cell is worked out from, over plain letters; a derivative may use the node's own value, as of `e^v`."""
        if column == "value":
            if node.local is not None:
                yield node.local.args[0]
            return
        shares = self.trace.shares[node.part]
        if shares:
            yield summed([with_value(share) for share in shares])
            yield summed([share.found for share in shares])

    def worth(self, term: Term, cells: Mapping[Term, arb | Array] | None = None) -> _Cells | None:
        """The value of a formula with what was written; None where it has none."""
        known = self.cells if cells is None else cells

        def draw(letter: Term) -> arb | Array:
            if letter not in known:
                raise NoValue("no-value", letter)
            return known[letter]

        try:
            return _flat(Setting(draw).of(term))
        except NoValue:
            return None

    def _gives(self, term: Term | None, wanted: _Cells) -> bool:
        found = None if term is None else self.worth(term)
        return found is not None and found.meets(wanted)

    def _rounds(self, term: Term, wanted: _Cells) -> bool:
        """Whether the formula gives it when the numbers in it are rounded first."""
        for digits in DIGITS:
            for way in (_to_digits, _to_places):
                cells = {letter: _rounded(self.cells[letter], digits, way) for letter in self.cells if letter in term.free}
                found = self.worth(term, cells)
                if found is not None and found.meets(wanted):
                    return True
        return False

    def _value_causes(self, node: Node, wanted: _Cells) -> Cause:
        if node.local is None:
            return SLIP
        formula = node.local.args[0]
        if any(self._gives(other, wanted) for other in other_bases(formula)):
            return LOG_BASE
        if any(self._gives(other, wanted) for other in other_signs(formula)):
            return SIGN
        if self._rounds(formula, wanted):
            return ROUNDED
        return (
            self._misconceived([(other, rule.kind, rule.name, rule.say) for other, rule in planted(formula)], wanted) or SLIP
        )

    def _adjoint_causes(self, node: Node, wanted: _Cells) -> Cause:
        shares = self.trace.shares[node.part]
        if not shares:
            return SLIP
        terms = [with_value(share) for share in shares]
        for some in islice(missing_paths(terms), MOST):
            if self._gives(summed(some), wanted):
                return NOT_ACCUMULATED
        for place, term in enumerate(terms):
            if self._gives(summed(put_at(terms, place, minus(term))), wanted):
                return SIGN
        if self._gives(minus(summed(terms)), wanted):
            return SIGN
        return (
            self._with_other_locals(shares, other_factors, wanted, LOG_BASE)
            or (ROUNDED if any(self._rounds(way, wanted) for way in self._formulas(node, "adjoint")) else None)
            or self._planted(shares, wanted)
            or self._with_other_locals(shares, other_locals, wanted, LOCAL)
            or SLIP
        )

    def _with_other_locals(
        self, shares: tuple[Share, ...], others: Callable[[Share], Iterable[Term]], wanted: _Cells, cause: Cause
    ) -> Cause | None:
        terms = [with_value(share) for share in shares]
        for place, share in enumerate(shares):
            for local in others(share):
                if self._gives(summed(put_at(terms, place, mul(upstream(share.node), local))), wanted):
                    return cause._replace(say=f"{cause.say}: {share.node.part}") if cause is LOCAL else cause
        return None

    def _planted(self, shares: tuple[Share, ...], wanted: _Cells) -> Cause | None:
        """A misconception of the rule book on the way to one of the shares."""
        terms = [with_value(share) for share in shares]
        tried = [
            (summed(put_at(terms, place, mul(upstream(share.node), local))), rule.kind, rule.name, rule.say)
            for place, share in enumerate(shares)
            if share.local is not None
            for local, rule in planted(share.start.args[1])
        ]
        return self._misconceived(tried, wanted)

    def _misconceived(self, tried: list[tuple[Term, str, str, str]], wanted: _Cells) -> Cause | None:
        return next((Cause(name, kind, say) for term, kind, name, say in tried if self._gives(term, wanted)), None)


def _by_node(found: Traced, table: Mapping[str, Any]) -> dict[Term, Any]:
    """What was written by node; an unknown key is refused, with the names there are."""
    names = {name: node.part for node in found.program.nodes for name in (key_of(node), str(node.part))}
    names |= {name.replace("{", "").replace("}", ""): part for name, part in names.items()}
    unknown = [key for key in table if key.replace("{", "").replace("}", "") not in names]
    if unknown:
        known = ", ".join(key_of(node) for node in found.program.nodes)
        raise SymderivError("unknown-name", f"{unknown[0]} is no node of this graph; the nodes are {known}")
    return {names[key.replace("{", "").replace("}", "")]: value for key, value in table.items()}


def _exact(true: Any) -> Any:
    return tuple(map(_exact, true)) if isinstance(true, list) else Fraction(true)


def _flat(value: Any) -> _Cells:
    return _Cells(tuple(value.cells)) if type(value) is Array else _Cells((value,))


def _like(old: arb | Array, new: _Cells) -> arb | Array:
    return Array(old.shape, list(new.balls)) if type(old) is Array else new.balls[0]


def _read(said: Any) -> _Cells:
    """Numbers as they were written, each with half a unit of its last digit on both sides."""
    if hasattr(said, "tolist"):
        said = said.tolist()
    if isinstance(said, list | tuple):
        return _Cells(tuple(ball for part in said for ball in _read(part).balls))
    text = said if isinstance(said, str) else repr(said)
    plain_text = text.replace("e", r" \times 10^{") + "}" if "e" in text else text
    found = numeral(said if isinstance(said, Term) else read_expression(plain_text))
    if found is None:
        raise SymderivError("value", f"expected a number in the table, saw {text}; write it as a decimal")
    return _Cells((_ball(found),))


def _ball(found: Numeral) -> arb:
    half = found.half if found.is_decimal or abs(found.value) >= LONG else Fraction(0)
    return arb(
        fmpq(found.value.numerator, found.value.denominator), arb(fmpq(half.numerator, half.denominator)) * arb("1.001")
    )


def _rounded(cell: arb | Array, digits: int, way: Callable[[float, int], float]) -> arb | Array:
    balls = [arb(way(float(ball.mid()), digits)) for ball in _flat(cell).balls]
    return Array(cell.shape, list(balls)) if type(cell) is Array else balls[0]


def _to_digits(number: float, digits: int) -> float:
    return round(number, digits - 1 - floor(log10(abs(number)))) if number else number


def _to_places(number: float, places: int) -> float:
    return round(number, places - 1)
