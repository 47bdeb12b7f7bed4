"""Expectation and variance of sums and products of independent numbers, law by law."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.deriving.definitions import folded_places, unfolding
from symderiv.deriving.derivation import Derivation, Law, Move
from symderiv.deriving.draft import Draft
from symderiv.deriving.tidying import tidy
from symderiv.deriving.working import computed
from symderiv.rules import sums
from symderiv.term.build import TWO, ZERO, bigsum, is_size, minus, mul, power, relation, root
from symderiv.term.kinds import Term, make, subterms

_ROSS = "Ross, A First Course in Probability, "


def moment(start: Term, given: tuple[Term, ...] = ()) -> Derivation:
    """E(u) or Var(u) from the definition of u to its shortest form."""
    draft = Draft(start, given)
    _open(draft, inside=True)
    for law in (linear, spread, variance_of_sum, independent, variance_of_product, mean, variance):
        if _everywhere(draft, law):
            draft.breaks.append(len(draft.steps))
            draft.shown.append(draft.term)
    draft.use(computed)
    draft.end_line()
    while _everywhere(draft, sums.equal_terms):
        continue
    tidy(draft)
    draft.end_line()
    _open(draft, inside=False)
    for fact in given:
        if fact.kind == "relation" and fact.data == ("=",) and is_size(fact.args[0]):
            _everywhere(draft, _given(fact))
    draft.use(computed)
    return draft.done()


def _given(fact: Term) -> Law:
    """The law that writes a size as what it is given to be: `m = n − k + 1`."""
    size, value = fact.args

    def write(term: Term) -> Term | None:
        return value if term is size else None

    return Move("given", write, say="the size is given", needs=lambda term: (fact,))


def deviation(start: Term, found: Term, given: tuple[Term, ...] = ()) -> Derivation:
    """The standard deviation, the root of a variance that was found."""
    draft = Draft(root(start), given)
    from_above = Move("the variance from above", lambda term: found if term is start else None, say="it was found before")
    for law in (from_above, root_of_squares):
        _everywhere(draft, law)
        draft.end_line()
    return draft.done()


def _open(draft: Draft, inside: bool) -> None:
    """Write out the named parts: those of the quantity first, those of its ranges and numbers at the end."""
    while True:
        parts = [node for node in subterms(draft.term, into_names=False) if node.kind == "named"]
        if inside:
            bodies = {node.args[0] for node in subterms(draft.term) if node.kind == "expectation"}
            parts = [part for part in parts if part in bodies]
        if not parts:
            return
        _everywhere(draft, unfolding(parts[-1]))
        draft.breaks.append(len(draft.steps))
        draft.shown.append(draft.term)


def _everywhere(draft: Draft, law: Law) -> bool:
    places = list(folded_places(draft.term, law))
    for place in places:
        draft.use(law, place)
    return bool(places)


def _over(body: Term, term: Term) -> Term:
    """The same moment of something else."""
    return make("expectation", term.data, (body, *term.args[1:]))


def _random(term: Term, of: Term) -> frozenset[Term]:
    """The random names in a part of what a moment is taken of."""
    return frozenset(of.args[1::3]) & term.free


def _under_sums(body: Term, change: Callable[[Term], Term]) -> Term:
    if body.kind == "bigsum":
        return bigsum(_under_sums(body.args[0], change), *body.args[1:])
    return change(body)


def _linear(term: Term) -> Term | None:
    """E goes under the sum, term by term."""
    if term.kind != "expectation" or term.data != "E" or term.args[0].kind not in ("bigsum", "sum", "minus"):
        return None
    body = term.args[0]
    if body.kind == "bigsum":
        return _under_sums(body, lambda inner: _over(inner, term))
    parts = [_over(arg, term) for arg in body.args]
    return minus(parts[0]) if body.kind == "minus" else make("sum", None, tuple(parts))


def _spread(term: Term) -> Term | None:
    """What is not random comes out, of a variance squared."""
    if term.kind != "expectation" or term.args[0].kind != "product":
        return None
    fixed = [factor for factor in term.args[0].args if not _random(factor, term)]
    moving = [factor for factor in term.args[0].args if factor not in fixed]
    if not fixed or not moving:
        return None
    outside = fixed if term.data == "E" else [power(factor, TWO) for factor in fixed]
    return mul(*outside, _over(mul(*moving), term))


def _factors(term: Term) -> list[Term] | None:
    """The factors under a moment, if no two of them hold the same random name."""
    if term.kind != "expectation" or term.args[0].kind != "product":
        return None
    factors = list(term.args[0].args)
    seen: frozenset[Term] = frozenset()
    for factor in factors:
        names = _random(factor, term)
        if not names or names & seen:
            return None
        seen |= names
    return factors


def _independent(term: Term) -> Term | None:
    factors = _factors(term) if term.data == "E" else None
    return None if factors is None else mul(*[_over(factor, term) for factor in factors])


def _centred(factor: Term, term: Term) -> bool:
    """Whether a factor is a random number of mean zero."""
    letter = factor.args[0] if factor.kind == "entry" else factor
    return any(letter is name and mean is ZERO for name, mean in zip(term.args[1::3], term.args[2::3], strict=True))


def _variance_of_product(term: Term) -> Term | None:
    factors = _factors(term) if term.data == "Var" else None
    if factors is None or not all(_centred(factor, term) for factor in factors):
        return None
    return mul(*[_over(factor, term) for factor in factors])


def _variance_of_sum(term: Term) -> Term | None:
    """The variance of a sum, where two different terms hold different entries of mean zero."""
    if term.kind != "expectation" or term.data != "Var" or term.args[0].kind != "bigsum":
        return None
    body, letters = term.args[0], list[Term]()
    while body.kind == "bigsum":
        letters.append(body.args[1])
        body = body.args[0]
    factors = _factors(_over(body, term)) or [body]
    apart = [factor for factor in factors if factor.kind == "entry" and set(letters) <= set(factor.args[1:])]
    if not apart or not all(_centred(factor, term) for factor in factors):
        return None
    return _under_sums(term.args[0], lambda inner: _over(inner, term))


def _given_moment(which: str, place: int) -> Callable[[Term], Term | None]:
    def found(term: Term) -> Term | None:
        if term.kind != "expectation" or term.data != which:
            return None
        body = term.args[0]
        letter = body.args[0] if body.kind == "entry" else body
        pairs = zip(term.args[1::3], term.args[place::3], strict=True)
        return next((value for name, value in pairs if name is letter), None)

    return found


def _root_of_squares(term: Term) -> Term | None:
    if term.kind != "root" or term.args[1] is not TWO:
        return None
    factors = term.args[0].args if term.args[0].kind == "product" else (term.args[0],)
    if any(factor.kind != "power" or factor.args[1] is not TWO for factor in factors):
        return None
    return mul(*[factor.args[0] for factor in factors])


def _bases(term: Term) -> tuple[Term, ...]:
    found = _root_of_squares(term)
    parts = () if found is None else found.args if found.kind == "product" else (found,)
    return tuple(relation("≥", part, ZERO) for part in parts)


linear = Move("expectation is linear", _linear, say="the mean of a sum is the sum of the means", source=_ROSS + "7.2")
spread = Move(
    "what is not random comes out", _spread, say="a factor comes out, of a variance its square", source=_ROSS + "4.5"
)
independent = Move(
    "independent factors", _independent, say="the mean of a product of independent numbers is the product of their means",
    source=_ROSS + "7.4",
)  # fmt: skip
variance_of_sum = Move(
    "variance of uncorrelated terms", _variance_of_sum,
    say="two different terms hold different independent numbers of mean zero, so their product has mean zero and the "
    "variances add", source=_ROSS + "7.4",
)  # fmt: skip
variance_of_product = Move(
    "independent factors of mean zero", _variance_of_product,
    say="Var(XY) = E(X²Y²) = E(X²) E(Y²) = Var(X) Var(Y)", source=_ROSS + "7.4",
)  # fmt: skip
mean = Move("given means", _given_moment("E", 2), say="the mean of each entry is given")
variance = Move("given variances", _given_moment("Var", 3), say="the variance of each entry is given")
root_of_squares = Move(
    "root of squares",
    _root_of_squares,
    say="each factor is at least zero",
    source="Apostol, Calculus I, I 3.10",
    needs=_bases,
)
