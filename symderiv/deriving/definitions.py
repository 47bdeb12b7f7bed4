"""Definitions as laws: a named part is opened to be differentiated, and named again in the result."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.deriving.derivation import Law, Move
from symderiv.deriving.lowering import at_entry
from symderiv.deriving.monomials import Monomial, monomial, terms_of, written
from symderiv.deriving.neat import neat
from symderiv.errors import SymderivError
from symderiv.rules.letters import letter
from symderiv.rules.rule import Rule
from symderiv.term.build import entry, fraction, index, meaning_of, minus, mul
from symderiv.term.kinds import Term, subterms
from symderiv.term.places import Place, same, substitute
from symderiv.term.shapes import WHOLE, shape


def _opened(term: Term) -> Term | None:
    if term.kind == "named":
        return term.args[0]
    if term.kind == "entry" and term.args[0].kind == "named":
        return neat(entry(term.args[0].args[0], *term.args[1:]))
    return None


opening = Move("definition", _opened, say="the named part is written out", minor=True)


def named_parts(term: Term) -> list[Term]:
    """The named parts of a term and of their definitions, the outer ones first."""
    if all(letter.kind != "named" for letter in term.free):
        return []
    return [node for node in subterms(term) if node.kind == "named"][::-1]


_AGAIN = "the definition stands here; write its name again"


def folding(part: Term) -> Law | None:
    """The law that writes the name again where the definition stands: `e^{x_i}/s` is `p_i`."""
    definition, say, title = part.args[0], _AGAIN, _title(part)
    if definition.kind == "stack":
        letters = {spot: letter(spot.data.base, "index") for spot in definition.args[1::2]}
        left = substitute(definition.args[0], letters)
        return Rule(title, left, entry(part, *letters.values()), say, "", minor=False) if _is_pattern(left) else None
    sizes = shape(definition)
    whole = definition.kind == "apply" and definition.args[0].kind == "function" and meaning_of(definition.args[0]) in WHOLE
    if isinstance(sizes, tuple) and len(sizes) == 1 and not whole:
        return _folding_of_entries(part)
    return Rule(title, definition, part, say, "")


def _title(part: Term) -> str:
    return f"definition of ${part.data.latex}$"


def _folding_of_entries(part: Term) -> Law | None:
    """The law that finds an entry of a vector `p = σ(Xw)` where it is written out, `σ(Σ_l X_kl w_l)`."""
    spot = index("#")
    try:
        written_out = neat(at_entry(part.args[0], (spot,), [spot]))
    except SymderivError as stop:
        if stop.code != "no-rule":
            raise
        return None

    def fold(term: Term) -> Term | None:
        if term.kind != written_out.kind:
            return None
        letters = sorted((letter for letter in term.free if letter.kind == "index"), key=repr)
        found = (letter for letter in letters if same(substitute(written_out, {spot: letter}), term))
        return next((entry(part, letter) for letter in found), None)

    return Move(_title(part), fold, say=_AGAIN) if _is_pattern(written_out) else None


def unfolding(part: Term) -> Rule:
    """The rule that writes the definition of a part where its name stands."""
    say = "the name saves nothing here; write what it stands for"
    return Rule(_title(part), part, part.args[0], say, "")


def _is_pattern(left: Term) -> bool:
    return left.kind not in ("name", "letter", "entry", "number")


def folded_places(term: Term, rule: Law) -> Iterator[Place]:
    """Where the definition stands, the outermost places only."""
    if rule.use(term) is not None:
        yield ()
        return
    if term.kind == "named":
        return
    for spot, arg in enumerate(term.args):
        for place in folded_places(arg, rule):
            yield (spot, *place)


def one_fraction_for_each_term(part: Term) -> Law | None:
    """The law that splits a fraction so that the fractions named by `part` (`p_i = e^{x_i}/s`) come to light."""
    definition = part.args[0].args[0] if part.args[0].kind == "stack" else part.args[0]
    if definition.kind != "fraction":
        return None
    letters = part.args[0].args[1::2] if part.args[0].kind == "stack" else ()
    top = substitute(definition.args[0], {spot: letter(spot.data.base, "index") for spot in letters})
    numerator = Rule("numerator", top, definition.args[1], "", "") if top.kind != "number" else None
    bottom = definition.args[1]
    if numerator is None:
        return None

    def split(term: Term) -> Term | None:
        return _split(term, numerator, bottom)

    return Move("one fraction for each term", split, say="each term gets a fraction of its own, and what can cancel cancels")


def _split(term: Term, numerator: Rule, bottom: Term) -> Term | None:
    outer, inner = (term, term) if term.kind == "sum" else _top_sum(term)
    below = monomial(fraction(outer, inner)) if outer is not inner else Monomial(1, {})
    terms = [_with_fractions(mono.times(below), numerator, bottom) for mono in terms_of(inner)]
    if any(item is None for item in terms):
        return None
    return neat(_added([item for item in terms if item is not None]))


def _added(terms: list[Term]) -> Term:
    result = terms[0]
    for item in terms[1:]:
        result = result + item
    return result


def _top_sum(term: Term) -> tuple[Term, Term]:
    """The term, and the sum that is a factor of its numerator (or the term itself)."""
    for base, exponent in monomial(term).powers.items():
        if base.kind == "sum" and exponent == 1:
            return term, base
    return term, term


def _with_fractions(mono: Monomial, numerator: Rule, bottom: Term) -> Term | None:
    """A monomial with every numerator over a denominator of its own; None where the denominators do not go round."""
    deficit = -mono.powers.get(bottom, 0)
    if deficit <= 0:
        return written(mono)
    pairs = [base for base, exponent in mono.powers.items() if exponent > 0 and numerator.apply(base) is not None]
    wanted: list[Term] = []
    for base in pairs:
        wanted.extend([base] * int(min(mono.powers[base], deficit - len(wanted))))
    if len(wanted) != deficit:
        return None
    powers = {base: exponent for base, exponent in mono.powers.items() if base is not bottom}
    for base in wanted:
        powers[base] -= 1
    size = -mono.coefficient if mono.coefficient < 0 else mono.coefficient
    others = Monomial(size, {base: exponent for base, exponent in powers.items() if exponent})
    factors = [fraction(base, bottom) for base in wanted]
    product = mul(*factors) if not others.powers and others.coefficient == 1 else mul(*factors, written(others))
    return minus(product) if mono.coefficient < 0 else product
