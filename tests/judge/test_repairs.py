"""Repairs: for each class of mistake the change that undoes it is found, and a repaired line is right."""

from __future__ import annotations

import pytest

from symderiv.judge.repairs import MOST, repairs, size_letters
from symderiv.report import check
from symderiv.term.build import apply, bigsum, entry, fraction, mul, num, power, prime, relation
from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash, rows_and_columns, shape
from symderiv.worth.compare import Referee

from .letters import A, B, T, W, a, b, call, f, g, i, j, n, u, v, w, x, y
from .marked import shown
from .mistakes import MENDED, Mistake

ENTRY = entry(v, i)

#: The formula that was written, the one that is right, and the class of the change.
REPAIRED: dict[str, tuple[Term, Term, str]] = {
    "a sign of the whole": (x + 1, -(x + 1), "sign"),
    "a sign of a summand": (a + b, a - b, "sign"),
    "a sign in an exponent": (call("exp", x), call("exp", -x), "sign"),
    "a factor two": (x * y, 2 * x * y, "constant-factor"),
    "a half": (x * y, x * y / 2, "constant-factor"),
    "a factor two of a summand": (a + b * x, a + 2 * b * x, "constant-factor"),
    "a factor": (x * y, x * y * a, "dropped-chain-factor"),
    "the size of a mean": (bigsum(ENTRY, i), bigsum(ENTRY, i) / n, "missing-1/N"),
    "a size too many": (fraction(bigsum(ENTRY, i), n), bigsum(ENTRY, i), "missing-1/N"),
    "the transpose of all": (mul(u, T(v)), mul(v, T(u)), "gradient-layout"),
    "a factor transposed": (mul(A, v), mul(T(A), v), "transposed-factor"),
    "a factor not transposed": (mul(T(A), B, v), mul(A, B, v), "transposed-factor"),
    "an order": (mul(A, B), mul(B, A), "non-commuting-order"),
    "an exponent": (3 * x**3, 3 * x**2, "power-or-log-rule"),
    "a square": (call("exp", x), call("exp", x**2), "power-or-log-rule"),
    "a function for its derivative": (apply(f, x) * a, apply(prime(f), x) * a, "activation-derivative"),
    "a derivative for its function": (apply(prime(f), x), apply(f, x), "activation-derivative"),
    "sine for cosine": (call("sin", x), call("cos", x), "wrong-rule"),
    "an index": (2 * entry(A, i, j), 2 * entry(A, i, i), "wrong-index"),
    "indices exchanged": (entry(A, i, j), entry(A, j, i), "wrong-index"),
    "a sum": (ENTRY, bigsum(ENTRY, i), "sum-dropped"),
    "another quantity": (call("sin", x), call("sin", y), "argument-of-function"),
    "a bias": (a * x + y, a * x + y + b, "bias-forgotten"),
    "a fraction upside down": (x / y, y / x, "quotient-rule"),
    "the square of a denominator": (x / y, x / y**2, "quotient-rule"),
}
NAMES = (a, b, x, y, v, w)


@pytest.mark.parametrize("label", REPAIRED)
def test_the_change_that_undoes_a_mistake_is_found(label: str) -> None:
    written, right, kind = REPAIRED[label]
    given = tuple(relation(">", letter, num(0)) for letter in (a, b, x, y))
    referee = Referee(given, (right,), points=2)
    fits = [repair for repair in repairs(written, NAMES, (n,)) if _same(referee, right, repair.term)]
    assert kind in {repair.kind for repair in fits}, f"{right} from {written}: {fits}"
    assert all(repair.name for repair in fits)


def _same(referee: Referee, right: Term, term: Term) -> bool:
    ours, theirs = shape(right), shape(term)
    if isinstance(ours, Clash) or isinstance(theirs, Clash) or rows_and_columns(ours) != rows_and_columns(theirs):
        return False
    return referee.agrees(right, term)


def test_a_power_of_two_keeps_its_base() -> None:
    assert power(x, num(2)) in [repair.term for repair in repairs(x, (), ())]


def test_repairs_have_an_end() -> None:
    long = x
    for letter in (a, b, y, x) * 12:
        long = call("sin", long * letter + apply(g, letter))
    assert len(list(repairs(long, NAMES, (n,)))) == MOST


def test_letters_of_lengths() -> None:
    assert set(size_letters((mul(W, v), x))) == {*W.data.shape}
    assert size_letters((x, a + b)) == ()


@pytest.mark.parametrize("mistake", MENDED, ids=lambda mistake: mistake.line)
def test_a_repaired_line_is_right(mistake: Mistake) -> None:
    (line,) = check([mistake.line], mistake.given).lines
    assert line.fix is not None and line.fix != mistake.line
    report = check([line.fix], mistake.given)
    assert report.lines[0].verdict == "ok", shown(report)


IN_PLACE = {
    "in a chain": ((), [r"f = (x+1)^2", "= x^2 + x + 1"], 1),
    "the last member": ((), [r"y = x^2 = x \cdot x = x^3"], 0),
    "one of several statements": ((), [r"y = x^2, \quad \frac{dy}{dx} = 3x"], 0),
    "behind a condition": ((), ["f = s x^2 + p", r"s=1,\ p=0:\quad f = 2x^2"], 1),
    "a number": ((), ["a = 1.5 \\cdot 2.5", "a = 3.85"], 1),
    "a differential": ((), ["y = x^2", r"dy = 3x\,dx"], 1),
}


@pytest.mark.parametrize("label", IN_PLACE)
def test_a_repair_stands_in_place_of_the_line(label: str) -> None:
    given, lines, place = IN_PLACE[label]
    report = check(lines, given)
    fix = report.lines[place].fix
    assert report.lines[place].verdict == "wrong" and fix is not None, shown(report)
    mended = check([*lines[:place], fix, *lines[place + 1 :]], given)
    assert mended.lines[place].verdict == "ok", shown(mended)
    assert mended.first_wrong is None


def test_a_line_that_is_right_needs_no_repair() -> None:
    assert [line.fix for line in check(["y = x^2", r"\frac{dy}{dx} = 2x"]).lines] == [None, None]
