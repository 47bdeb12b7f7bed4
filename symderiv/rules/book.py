"""The rule book: every rule of every chapter, found by being there; and the order in which derivative rules are tried."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from types import ModuleType

from symderiv.rules import (
    algebra,
    derivatives,
    differentials,
    elementary,
    integrals,
    learning,
    limits,
    nonsmooth,
    recurrences,
    roots,
    special,
    sums,
)  # fmt: skip
from symderiv.rules.rule import Rule
from symderiv.term.build import meaning_of
from symderiv.term.kinds import Term, make
from symderiv.term.places import rebuilt

#: The chapters, in the order of a course.
CHAPTERS: tuple[ModuleType, ...] = (
    derivatives, elementary, special, integrals, algebra, roots, limits, sums, recurrences, learning, nonsmooth,
    differentials,
)  # fmt: skip


def rules_of(chapter: ModuleType) -> tuple[Rule, ...]:
    """The rules of a chapter in the order of its page, misconceptions beside the rules that they distort."""
    return tuple(value for value in vars(chapter).values() if isinstance(value, Rule))


def all_rules() -> tuple[Rule, ...]:
    """Every rule and every misconception of the book."""
    return tuple(dict.fromkeys(rule for chapter in CHAPTERS for rule in rules_of(chapter)))


def true_rules() -> tuple[Rule, ...]:
    """The rules that hold."""
    return tuple(rule for rule in all_rules() if rule.distorts is None)


def misconceptions() -> tuple[Rule, ...]:
    """The rules that do not hold, each beside the one it distorts."""
    return tuple(rule for rule in all_rules() if rule.distorts is not None)


def _form(body: Term) -> tuple[str, str]:
    """What decides which rules can fit: the kind of the body, and for a known function which one it is."""
    if body.kind == "apply":
        fn = body.args[0]
        return "apply", meaning_of(fn) if fn.kind == "function" else ""
    if body.kind == "entry" and body.args[0].kind == "apply":
        fn = body.args[0].args[0]
        return "entry", meaning_of(fn) if fn.kind == "function" else ""
    return body.kind, ""


def _by_form() -> dict[tuple[str, str], tuple[Rule, ...]]:
    found: dict[tuple[str, str], tuple[Rule, ...]] = {}
    for rule in true_rules():
        if rule.left.kind == "partial" and rule is not derivatives.known_function:
            form = _form(rule.left.args[0])
            found[form] = (*found.get(form, ()), rule)
    return found


#: Derivative rules by the form of what is differentiated; of several the first that fits is taken.
DERIVATIVES = _by_form()


def derivative_rules(body: Term, primes: frozenset[str] = frozenset()) -> tuple[Rule, ...]:
    """The rules that may fit the derivative of this body, in the order in which they are tried.

    `primes` are the known functions whose derivative is wanted as `σ'`, not opened.
    """
    if body.kind == "apply" and body.args[0].kind == "function" and meaning_of(body.args[0]) in primes:
        return (derivatives.known_function,)
    return DERIVATIVES.get(_form(body), ())


def _differentials() -> dict[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in rules_of(differentials):
        if rule.distorts is None:
            kind = rule.left.args[0].kind
            found[kind] = (*found.get(kind, ()), rule)
    return found


#: Rules for differentials by the kind of what moves; of several the first that fits is taken.
DIFFERENTIALS = _differentials()


@lru_cache(maxsize=256)
def differential_form(rule: Rule) -> Rule:
    """A line of calculus as a line of differentials: `d log u = du/u`. The same rule, with d for d/dx."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        if node.kind == "partial":
            return make("differential", None, args)
        return node if args == node.args else make(node.kind, node.data, args)

    return replace(rule, left=rebuilt(rule.left, change), right=rebuilt(rule.right, change))


def _by_look() -> dict[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in rules_of(algebra):
        look = _look(rule.left) if rule.distorts is None else ""
        if look:
            found[look] = (*found.get(look, ()), rule)
    return found


def _look(term: Term) -> str:
    """What is seen at a glance: of a fraction the function under the bar, of a sum that a power stands in it."""
    if term.kind == "fraction":
        bottom = term.args[1]
        return f"over {meaning_of(bottom.args[0])}" if bottom.kind == "apply" and bottom.args[0].kind == "function" else ""
    if term.kind == "sum":
        return "powers" if any(arg.kind == "power" for arg in term.args) else ""
    return ""


#: Identities that tidying may use, by their look; the others of the chapter make a formula longer.
_IDENTITIES = _by_look()


def identities(term: Term) -> tuple[Rule, ...]:
    """The identities that may fit a term."""
    return _IDENTITIES.get(_look(term), ())


#: Identities that give a formula the name of a function, with the function: used where the problem speaks of it.
_FOLDING = tuple((meaning_of(rule.right.args[0]), rule) for rule in (algebra.sigmoid_of_exp, algebra.sigmoid_of_power))


def folding_identities(term: Term) -> tuple[tuple[str, Rule], ...]:
    """The identities that may give this term the name of a function."""
    return _FOLDING if term.kind == "fraction" else ()
