"""Why a line is wrong: the misconception that gives its value, else the smallest change that would make it right."""

from __future__ import annotations

from typing import NamedTuple

from symderiv.deriving.answer import Routes
from symderiv.deriving.arrays import transposed
from symderiv.errors import SymderivError
from symderiv.judge.comparing import Compared
from symderiv.judge.known import Why
from symderiv.judge.meaning import TURNS, axes, directly, fitted, reaching
from symderiv.judge.numbers import Numeral, as_numeral, numeral, rounds, worth
from symderiv.judge.omitted import derivative_in, entry_by_entry, recurs, with_a_factor, without_a_path
from symderiv.judge.planting import by_entries, planted, planted_differentials
from symderiv.judge.repairs import Repair, repairs, size_letters
from symderiv.judge.verdict import FAULTS, SHAPES, Cause, Judged, Reason
from symderiv.term.build import differential, entry, minus, mul, of, property_of
from symderiv.term.kinds import Term
from symderiv.term.places import rebuilt, with_args
from symderiv.term.shapes import Clash, rows_and_columns, shape
from symderiv.worth.compare import Referee, compare
from symderiv.worth.evidence import Refuted, Witness

#: Changes of an argument or a function whose value may have been looked up instead.
ARGUMENTS = frozenset({"the sign of an argument is lost", "another function is meant"})


class Diagnosis(NamedTuple):
    """A cause, where one was recognised, the member that would be right in place of the wrong one, and what to say of it."""

    cause: Cause | None
    repaired: Term | None
    reason: Reason | None = None


def explained(judged: Judged, why: Why) -> Judged:
    """A wrong statement with its cause and the member that would be right; a fault of ours leaves it without."""
    try:
        told = slipped(why.left, why.right, why.before) or diagnose(why.meant, why.names, why.given)
        cause = with_the_layout(told.cause, why.found, why.layout, why.given)
    except FAULTS:
        return judged
    return judged._replace(cause=cause, repaired=told.repaired, reason=told.reason or judged.reason)


def diagnose(found: Compared, names: tuple[Term, ...], given: tuple[Term, ...]) -> Diagnosis:
    """The cause of a refuted equality, and its repair in the letters that the person knows.

    >>> from symderiv.term.build import *
    >>> from symderiv.judge.comparing import compared
    >>> x = name("x")
    >>> diagnose(compared(partial(x ** num(3), x), x**2, ()), (), ()).cause.kind
    'power-or-log-rule'
    """
    told = _diagnosed(found, names, given)
    if told.repaired is None:
        return told
    repaired = _in_known_letters(told.repaired, frozenset(names))
    return told._replace(repaired=transposed(repaired) if _lies_across(found.right, repaired) else repaired)


def _lies_across(right: Term, repaired: Term) -> bool:
    """Whether one is a row and the other a column."""
    ours, theirs = shape(right), shape(repaired)
    if isinstance(ours, Clash) or isinstance(theirs, Clash) or 1 not in (len(ours), len(theirs)):
        return False
    return rows_and_columns(ours) == rows_and_columns(theirs)[::-1] and ours != theirs


def _diagnosed(found: Compared, names: tuple[Term, ...], given: tuple[Term, ...]) -> Diagnosis:
    left, right = found.left, found.right
    referee = Referee(given, (left,), points=2)
    mended = _mended(referee, left, right, names)
    if (
        isinstance(found.evidence, Refuted)
        and isinstance(found.evidence.witness, Witness)
        and not found.evidence.witness.letters
    ):
        return Diagnosis(Cause("the numbers do not agree", "arithmetic-rounding"), left)
    misconception = _misconception(referee, left, right)
    turned = mended is not None and mended.kind == "sign" and mended.term in (minus(right), *right.args[:1])
    if misconception is not None and mended is not None and _says_more(mended, turned, misconception, right):
        misconception = None
    if misconception is None or misconception.kind == "product-rule":
        misconception = _path_left_out(referee, left, right, misconception) or misconception
    if misconception is None and mended is None:
        misconception = _if_symmetric(left, right, names, given) or _entry_by_entry(referee, left, right)
        misconception = misconception or _factor_left_out(referee, left, right)
    if misconception is not None:
        return Diagnosis(misconception, mended.term if mended is not None else derived(left, given))
    if mended is not None:
        return Diagnosis(_of_repair(found, mended), mended.term)
    if isinstance(found.evidence, Refuted) and isinstance(found.evidence.witness, Clash):
        return Diagnosis(SHAPES, derived(left, given))
    return Diagnosis(None, derived(left, given))


def _says_more(mended: Repair, turned: bool, misconception: Cause, right: Term) -> bool:
    """Whether the smallest repair is likelier than a misconception that gives the same value.

    One sign in front is, unless the two terms of a quotient rule are written out; a factor of a mean is more than a factor.
    """
    if turned and misconception.kind != "sign":
        return not (misconception.kind == "quotient-rule" and right.kind == "fraction" and right.args[0].kind == "sum")
    return misconception.kind == "constant-factor" and mended.kind == "missing-1/N"


def _in_known_letters(term: Term, known: frozenset[Term]) -> Term:
    """A term with the names that a derivation gave to its own parts opened."""

    def open_own(node: Term, args: tuple[Term, ...]) -> Term:
        if node.kind == "named":
            return node if node in known else args[0]
        return with_args(node, args) if args else node

    return rebuilt(term, open_own)


def slipped(left: Term, right: Term, before: Term | None) -> Diagnosis | None:
    """Why a number is wrong: what it should be, and what it is the value of if a small change of the left side gives it.

    `before` is the member before it in its chain. None where the right side is no number, or the left one has no value.
    """
    wanted = numeral(right)
    if wanted is None or worth(left) is None:
        return None
    mended = _as_right_numeral(left, wanted)
    for repair in repairs(left, (), ()) if left.kind == "apply" else ():
        if repair.name in ARGUMENTS and worth(repair.term) is not None and rounds(repair.term, right, {}, True):
            return Diagnosis(Cause(repair.name, repair.kind), mended, Reason("value-of", (), (right, repair.term)))
    written = before is not None and numeral(before) is None and worth(before) is not None
    place = before if written and before is not None else left
    value = _value(place, wanted)
    told = Reason("value", (), (place, value)) if value is not None else None
    return Diagnosis(Cause("a slip of arithmetic", "arithmetic-rounding"), mended, told)


def _value(place: Term, like: Numeral) -> Term | None:
    """The value of a number with the digits of another where that is exact, else with one more."""
    short = as_numeral(place, like)
    if short is not None and compare(place, short, plain=True).kind == "proved":
        return short
    return as_numeral(place, like._replace(half=like.half / 10))


def _as_right_numeral(left: Term, like: Numeral) -> Term | None:
    """The value of the left side with the digits that were written, or with more where it would be wrong with so few."""
    for digits in range(3):
        found = as_numeral(left, like._replace(half=like.half / 10**digits))
        if found is None or rounds(left, found, {}, False):
            return found
    return None


def with_the_layout(cause: Cause | None, found: Compared, layout: str, given: tuple[Term, ...]) -> Cause | None:
    """The cause; of a matrix of derivatives whose transpose is right, one that says in which layout it would be."""
    whole = found.left.args[0] if found.left.kind in ("named", "transpose") else found.left
    sizes = shape(found.left)
    if whole.kind != "partial" or isinstance(sizes, Clash) or len(sizes) != 2 or isinstance(shape(found.right), Clash):
        return cause
    if compare(found.left, of("transpose", found.right), given, plain=True).kind not in ("proved", "agrees"):
        return cause
    own = next((words for words, turns in TURNS.items() if axes(whole) in turns and whole.args[0].kind != "partial"), "")
    where = next(words for words in TURNS if words != layout) if own == layout else own
    say = f"it would be right in the {where}" if own else ""
    if cause is None or cause.kind not in ("gradient-layout", "transposed-factor"):
        return Cause("the transpose of what is right", "gradient-layout", say)
    return cause._replace(say=". ".join(words for words in (cause.say, say.capitalize() if cause.say else say) if words))


def derived(left: Term, given: tuple[Term, ...]) -> Term | None:
    """What a derivative is, by the engine's own derivation; of any other left side the side itself."""
    whole = left.args[0] if left.kind == "named" and left.args[0].kind == "partial" else left
    if whole.kind != "partial" or whole.args[0].moves:
        return None
    try:
        body, variable = whole.args
        return Routes(given).answer(body, variable).result
    except SymderivError:
        return None


def _of_repair(found: Compared, mended: Repair) -> Cause:
    """What the smallest repair says; a clash of shapes is named as one unless the repair says where it comes from."""
    clashes = isinstance(found.evidence, Refuted) and isinstance(found.evidence.witness, Clash)
    kept = {"gradient-layout", "wrong-index"}
    kept |= {"transposed-factor", "non-commuting-order"} if isinstance(shape(found.right), Clash) else set()
    if clashes and mended.kind not in kept:
        return SHAPES._replace(say=mended.name)
    return Cause(mended.name, mended.kind)


def _misconception(referee: Referee, left: Term, right: Term) -> Cause | None:
    """The first misconception that gives the value that was written."""
    if isinstance(shape(right), Clash):
        return None
    start, target = by_entries(left, right)
    for candidate, rule in planted(reaching(start)):
        if _equal(referee, candidate, target):
            return Cause(rule.name, rule.kind, rule.say)
    return _by_differentials(referee, left, right)


def _by_differentials(referee: Referee, left: Term, right: Term) -> Cause | None:
    """The first misconception about differentials that gives the change that was written, or that of the gradient."""
    if left.kind == "differential":
        found = (rule for candidate, rule in planted_differentials(reaching(left)) if _equal(referee, candidate, right))
        rule = next(found, None)
        return None if rule is None else Cause(rule.name, rule.kind, rule.say)
    whole = left.args[0] if left.kind == "named" and left.args[0].kind == "partial" else left
    if whole.kind != "partial" or shape(whole.args[1]) == () or whole.args[1].kind == "entry":
        return None
    body, variable = whole.args
    value, axes = shape(body), shape(variable)
    if isinstance(value, Clash) or isinstance(axes, Clash) or (value and len(axes) > 1) or len(value) > 1:
        return None
    step = differential(variable, variable)
    ways = [right] if value else [of("transpose", right), right]
    changes = [mul(way, step) for way in ways]
    changes = [of("trace", change) if not value and len(axes) == 2 else change for change in changes]
    changes = [change for change in changes if not isinstance(shape(change), Clash)]
    for candidate, rule in planted_differentials(reaching(differential(body, variable))):
        if any(_equal(referee, candidate, change) for change in changes):
            return Cause(rule.name, rule.kind, rule.say)
    return None


def _path_left_out(referee: Referee, left: Term, right: Term, said: Cause | None) -> Cause | None:
    """A line that would be right if some named parts did not move; of a product of numbers the product rule says it."""
    derivative = derivative_in(left)
    if derivative is None or isinstance(shape(right), Clash):
        return None
    written = [side for side in (right, directly(right)) if side is not None]
    for candidate, parts in without_a_path(reaching(derivative)):
        again = recurs(parts, derivative)
        likely = said is None or again or shape(derivative.args[1]) != ()
        if likely and any(_equal(referee, candidate, side) for side in written):
            kind = "sum-dropped" if again else "missing-path"
            return Cause("a path of the variable is left out", kind, "the variable acts through other quantities too")
    return None


def _entry_by_entry(referee: Referee, left: Term, right: Term) -> Cause | None:
    """A line that would be right if each entry of a quantity hung on its own entry of the variable only."""
    derivative = derivative_in(left)
    if derivative is None or isinstance(shape(right), Clash) or shape(right) != shape(derivative):
        return None
    for candidate, letters in entry_by_entry(reaching(derivative)):
        if _equal(referee, reaching(candidate), entry(right, *letters)):
            say = "every entry hangs on the other entries of the variable too"
            return Cause("a Jacobian matrix taken entry by entry", "delta-forgotten", say)
    return None


def _factor_left_out(referee: Referee, left: Term, right: Term) -> Cause | None:
    """A line that would be right with one local derivative more."""
    derivative = derivative_in(left)
    if derivative is None or isinstance(shape(right), Clash):
        return None
    for candidate in with_a_factor(reaching(derivative), right):
        if _equal(referee, left, candidate):
            return Cause("a local derivative is left out", "dropped-chain-factor", "each step of the chain rule is a factor")
    return None


def _if_symmetric(left: Term, right: Term, names: tuple[Term, ...], given: tuple[Term, ...]) -> Cause | None:
    """A line that would be right if a matrix were symmetric."""
    for letter in names:
        sizes: tuple[Term, ...] = letter.data.shape if letter.kind == "name" else ()
        if len(sizes) == 2 and sizes[0] is sizes[-1] and letter in left.free:
            referee = Referee((*given, property_of("symmetric", letter)), (left,), points=2)
            if _equal(referee, left, right):
                return Cause("the rule for a symmetric matrix", "wrong-rule", "nobody said that the matrix is symmetric")
    return None


def _mended(referee: Referee, left: Term, right: Term, names: tuple[Term, ...]) -> Repair | None:
    """The first change of the right side that makes it equal to the left one."""
    wanted = shape(left)
    if isinstance(wanted, Clash):
        return None
    turned: Repair | None = None
    indices = tuple(sorted((leaf for leaf in left.free if leaf.kind == "index"), key=str))
    for repair in repairs(right, (*names, *indices), size_letters((left, right, *names))):
        got = shape(fitted(repair.term))
        if isinstance(got, Clash) or not _alike(got, wanted) or not _equal(referee, left, fitted(repair.term)):
            continue
        if compare(left, _beside(left, fitted(repair.term)), referee.given, plain=True).kind not in ("proved", "agrees"):
            continue
        if got == wanted:
            return repair
        turned = turned or repair
    return turned


def _alike(ours: tuple[Term, ...], theirs: tuple[Term, ...]) -> bool:
    a, b = rows_and_columns(ours), rows_and_columns(theirs)
    return a == b or (a == b[::-1] and (len(ours) < 2 or len(theirs) < 2))


def _beside(left: Term, right: Term) -> Term:
    """The right side, turned if it is a row beside a column."""
    ours, theirs = shape(left), shape(right)
    fits = isinstance(ours, Clash) or isinstance(theirs, Clash) or rows_and_columns(ours) == rows_and_columns(theirs)
    return right if fits else of("transpose", right)


def _equal(referee: Referee, left: Term, right: Term) -> bool:
    ours, theirs = shape(left), shape(right)
    if isinstance(ours, Clash) or isinstance(theirs, Clash):
        return False
    return referee.agrees(left, _beside(left, right))
