r"""Does `worth.compare` ever call a false result true? Perturbed results of batteries B and E, judged by NumPy beforehand.

    PYTHONPATH=tests python -m bench.perturbed [COUNT]

Each result of `derive` is changed in one place: the order of factors or terms, a transpose, a sign, a coefficient, a term or
a factor dropped. Whether the change is still true is decided by `bench.by_numpy` in float64 at arrays of unequal sizes,
which shares no code with `symderiv.worth`; then `compare` says what it thinks. Of the false ones none may be `proved` or
`agrees`; of the true ones at least 90 % must be `proved`. The seed is inside.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

import symderiv as sd
from bench.by_numpy import CannotSay, Misfit, worth
from bench.drawing import rows
from bench.losses import point
from symderiv.errors import SymderivError
from symderiv.term.build import add, mul, num, of
from symderiv.term.kinds import Term, make
from symderiv.term.places import Place, put
from symderiv.term.shapes import Clash, shape
from symderiv.worth.compare import compare

SEED, COUNT, POINTS = 20260303, 500, 6


@dataclass(frozen=True)
class Claim:
    """`right = changed`, with what NumPy says of it."""

    case: dict[str, Any]
    manner: str
    right: Term
    changed: Term
    true: bool
    given: tuple[Term, ...]


def places(term: Term, at: Place = ()) -> Iterator[tuple[Place, Term]]:
    """Every place of a formula outside names, from left to right."""
    yield at, term
    if term.kind not in ("named", "function", "prime", "identity", "ones", "zeros"):
        for spot, arg in enumerate(term.args):
            if not (term.kind in ("bigsum", "stack") and spot) and not (term.kind == "entry" and spot):
                yield from places(arg, (*at, spot))


def _swapped(node: Term, rng: random.Random) -> Term | None:
    if node.kind not in ("product", "hadamard", "sum", "kron"):
        return None
    spot = rng.randrange(len(node.args) - 1)
    args = list(node.args)
    args[spot], args[spot + 1] = args[spot + 1], args[spot]
    return make(node.kind, node.data, tuple(args))


def _transposed(node: Term, rng: random.Random) -> Term | None:
    if node.kind == "transpose":
        return node.args[0]
    found = shape(node)
    return of("transpose", node) if not isinstance(found, Clash) and len(found) in (1, 2) else None


def _negated(node: Term, rng: random.Random) -> Term | None:
    if node.kind in ("number", "index", "function", "prime"):
        return None
    return node.args[0] if node.kind == "minus" else -node


def _scaled(node: Term, rng: random.Random) -> Term | None:
    if node.kind == "number":
        return num(int(node.data[0]) + rng.choice((1, 2)))
    if node.kind in ("index", "function", "prime"):
        return None
    return mul(num(rng.choice((2, 3))), node) if rng.random() < 0.8 else mul(node, num(1))


def _dropped(node: Term, rng: random.Random) -> Term | None:
    if node.kind not in ("sum", "product", "hadamard"):
        return None
    spot = rng.randrange(len(node.args))
    rest = node.args[:spot] + node.args[spot + 1 :]
    if node.kind == "sum":
        return add(*rest)
    return mul(*rest) if node.kind == "product" else (rest[0] if len(rest) == 1 else make("hadamard", None, rest))


MANNERS = {"order": _swapped, "transpose": _transposed, "sign": _negated, "coefficient": _scaled, "dropped": _dropped}


def changed(term: Term, manner: str, rng: random.Random) -> Term | None:
    """The term changed in one place where this manner fits."""
    spots = list(places(term))
    rng.shuffle(spots)
    for place, node in spots:
        new = MANNERS[manner](node, rng)
        if new is not None and new is not node:
            return put(term, place, new)
    return None


@cache
def results() -> list[tuple[dict[str, Any], Term, tuple[Term, ...]]]:
    """The results of both batteries, with what holds for them."""
    found = []
    for case in (*rows("battery_losses"), *rows("battery_identities")):
        if case.get("order", 1) != 1:
            continue
        try:
            answer = sd.derive(case["latex"], case["wrt"], case["given"]).answers[0]
        except SymderivError:
            continue
        found.append((case, answer.array(), (*answer.derivation.given, *answer.conditions)))
    return found


def truth(case: dict[str, Any], right: Term, other: Term) -> bool | None:
    """Whether both are worth the same at random arrays; None where NumPy cannot tell."""
    for number in range(POINTS):
        values = point(case, number)
        letters = {"k": 3.0, **values}
        with np.errstate(all="ignore"):
            expected = worth(right, letters)
            try:
                found = worth(other, letters)
            except Misfit:
                return False
            except (CannotSay, IndexError, np.linalg.LinAlgError):
                return None
        if np.shape(found) != np.shape(expected):
            if np.ndim(found) and np.shape(found)[::-1] == np.shape(expected) and 1 in np.shape(found):
                return None
            return False
        apart = np.max(np.abs(found - expected)) / (1 + np.max(np.abs(expected)))
        if not np.isfinite(apart) or 1e-9 < apart < 1e-6:
            return None
        if apart >= 1e-6:
            return False
    return True


def claims(count: int) -> Iterator[Claim]:
    """Changed results, the same on every run, until so many are labelled."""
    rng, made = random.Random(SEED), set[tuple[Term, Term]]()
    while len(made) < count:
        case, right, given = rng.choice(results())
        manner = rng.choice(list(MANNERS))
        other = changed(right, manner, rng)
        if other is None or (right, other) in made:
            continue
        true = truth(case, right, other)
        if true is not None:
            made.add((right, other))
            yield Claim(case, manner, right, other, true, given)


def main(arguments: list[str]) -> None:
    """Print every violation and the figures."""
    counts: Counter[tuple[bool, str]] = Counter()
    for claim in claims(int(arguments[0]) if arguments else COUNT):
        found = compare(claim.right, claim.changed, claim.given)
        counts[claim.true, found.kind] += 1
        if found.kind != "proved" if claim.true else found.kind in ("proved", "agrees"):
            label = "true" if claim.true else "FALSE"
            print(f"{claim.case['id']} {claim.manner} {label} {found.kind}: {claim.right} = {claim.changed}")
    for true in (False, True):
        total = sum(n for (label, _), n in counts.items() if label is true)
        kinds = ", ".join(f"{kind} {n}" for (label, kind), n in sorted(counts.items()) if label is true)
        print(f"{'true' if true else 'false'}: {total}: {kinds}")


if __name__ == "__main__":
    main(sys.argv[1:])
