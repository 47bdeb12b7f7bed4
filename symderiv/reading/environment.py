"""What is known before a formula is read: names with their shapes, functions, definitions, conditions, conventions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from symderiv.term.kinds import Term


@dataclass(frozen=True, slots=True)
class Macro:
    """A function with a formula, `g(s) = s^2 + 1`: its bound arguments and its body."""

    parameters: tuple[Term, ...]
    body: Term


#: A function letter: an unknown or known function as a Term, or one that has a formula.
Function = Term | Macro


def _nothing() -> Mapping[str, Term]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Environment:
    r"""Everything that reading a formula may rely on; names are keyed by their LaTeX (`x`, `\hat{y}_{1}`).

    `quantities` maps a name to what it stands for (a name, a named part, an index letter, a size); `functions` a letter to
    its function; `stacks` the `x` of `x_i` to the array whose row is meant. `given` are conditions and properties as
    `compare` takes them; `definitions` the named parts in order. `notes` are words that bound nothing, `assumed` formulas
    that were taken from words.
    """

    quantities: Mapping[str, Term] = field(default_factory=_nothing)
    functions: Mapping[str, Function] = field(default_factory=lambda: MappingProxyType({}))
    stacks: Mapping[str, Term] = field(default_factory=_nothing)
    conventions: frozenset[str] = frozenset()
    given: tuple[Term, ...] = ()
    definitions: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def decorated(self) -> frozenset[str]:
        """The bare letters of names that carry a label, a prime or a raised sign."""
        return frozenset(key for name in self.quantities for key in _bases(name))

    def undeclared(self, term: Term) -> tuple[Term, ...]:
        """The names in a term that nobody declared, in the order of their LaTeX: real numbers as far as is known."""
        known = set(self.quantities.values())
        loose = [leaf for leaf in term.free if leaf.kind == "name" and leaf not in known]
        return tuple(sorted(loose, key=lambda leaf: str(leaf.data.name)))


def _bases(name: str) -> tuple[str, ...]:
    cut = min((place for place in (name.find(sign) for sign in "_^'") if place > 0), default=0)
    return (name[:cut],) if cut else ()
