"""What is known to be positive: seen from the form, bounded by what is given, or needed by both sides to have a value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flint import fmpq

from symderiv.term.kinds import Term
from symderiv.worth.normal.forms import Form
from symderiv.worth.normal.kernel import Kernel

#: Kernels that are positive wherever they have a value.
ALWAYS = frozenset({"exp", "prime", "pi"})


@dataclass(slots=True, eq=False, repr=False)
class Facts:
    """Forms known to be positive, each with the relation that says so, and the relations that a proof has used."""

    positive: dict[str, Term | None] = field(default_factory=dict)
    low: dict[str, tuple[fmpq, Term]] = field(default_factory=dict)
    high: dict[str, tuple[fmpq, Term]] = field(default_factory=dict)
    shares: dict[Term, Term] = field(default_factory=dict)
    used: dict[Term, None] = field(default_factory=dict)

    def use(self, text: str) -> bool:
        """Whether a form with this text is known to be positive; its relation counts as used."""
        if text not in self.positive:
            return False
        relation = self.positive[text]
        if relation is not None:
            self.used[relation] = None
        return True


_stack: list[Facts] = [Facts()]


def facts() -> Facts:
    """The facts of the proof at hand."""
    return _stack[-1]


@contextmanager
def knowing(known: Facts) -> Iterator[Facts]:
    """These facts hold inside."""
    _stack.append(known)
    try:
        yield known
    finally:
        _stack.pop()


def is_positive(form: Form) -> bool:
    """Whether a form is certainly positive wherever it has a value."""
    if not form.terms:
        return False
    number = form.number
    if number is not None:
        return bool(number > 0)
    if facts().use(scale_free(form)):
        return True
    strict = False
    for (factors, _), value in form.terms.items():
        if value < 0 or not all(_not_negative(factor, power) for factor, power in factors):
            return _bounded_below(form)
        strict = strict or all(kernel_positive(factor) for factor, _ in factors)
    return strict or _bounded_below(form)


def scale_free(form: Form) -> str:
    """The text of a form up to a positive factor."""
    lead = min(form.terms.items(), key=lambda item: str(item[0]) if len(form.terms) > 1 else "")[1]
    return form.scaled(1 / abs(lead)).text


def kernel_positive(factor: Kernel) -> bool:
    """Whether a kernel is certainly positive."""
    if factor.head in ALWAYS:
        return True
    if factor.head == "poly":
        return is_positive(factor.args[0])
    known = facts()
    return known.use(f"({factor.text}^1)*1") or known.use(bound_key(factor))


def _not_negative(factor: Kernel, power: object) -> bool:
    if isinstance(power, int) and power % 2 == 0:
        return True
    return kernel_positive(factor)


def _bounded_below(form: Form) -> bool:
    """Whether the bounds given keep a linear form above zero, as in 1 - p where p < 1."""
    known, least, used = facts(), fmpq(0), list[Term]()
    strict = False
    for (factors, bounds), value in form.terms.items():
        if not factors and not bounds:
            least += value
            continue
        if bounds or len(factors) != 1 or factors[0][1] != 1:
            return False
        limit = (known.low if value > 0 else known.high).get(bound_key(factors[0][0]))
        if limit is None:
            return False
        least, strict = least + value * limit[0], True
        used.append(limit[1])
    if least < 0 or not strict:
        return False
    for relation in used:
        known.used[relation] = None
    return True


def bound_key(factor: Kernel) -> str:
    """A kernel without its positions: a bound on x holds for every entry of x."""
    return f"{factor.head} {factor.label}"
