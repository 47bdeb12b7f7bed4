"""What is known before a formula is read: names with their shapes, functions, definitions, conditions, conventions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from symderiv.reading.templates import Template
from symderiv.term.build import apply, named, prime
from symderiv.term.kinds import Term


class Macro(NamedTuple):
    """A function with a formula, `g(s) = s^2 + 1`: its bound arguments and its body.

    `value` is the named part that it is at its own arguments, `J(\\theta)` where `\\theta` is a quantity.
    """

    parameters: tuple[Term, ...]
    body: Term
    value: Term | None = None


#: A function letter: an unknown or known function as a Term, or one that has a formula.
Function = Term | Macro


def _nothing() -> Mapping[str, Term]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Environment:
    r"""Everything that reading a formula may rely on; names are keyed by their LaTeX (`x`, `\hat{y}_{1}`).

    `quantities` maps a name to what it stands for (a name, a named part, an index letter, a size); `functions` a letter to
    its function; `stacks` the `x` of `x_i` (the `x^()` of `x^{(i)}`) to the array whose row is meant; `words` are letters
    that make one name; a raised number on a `labelled` letter is a label; `signs` have a meaning that was said. `given` are
    conditions and properties as `compare` takes them; `definitions` the named parts in order. `notes` are words that bound
    nothing, `assumed` formulas that were taken from words; `guessed` are arrays that undeclared letters were in lines above;
    `graded` letters of functions whose gradient is taken somewhere; `results` what else goes by each name of
    a result of the problem; `templates` formulas that say what a name is for every value of a letter below or above it.
    """

    quantities: Mapping[str, Term] = field(default_factory=_nothing)
    functions: Mapping[str, Function] = field(default_factory=lambda: MappingProxyType({}))
    stacks: Mapping[str, Term] = field(default_factory=_nothing)
    words: frozenset[str] = frozenset()
    signs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    conventions: frozenset[str] = frozenset()
    labelled: frozenset[str] = frozenset()
    given: tuple[Term, ...] = ()
    definitions: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    guessed: Mapping[str, Term] = field(default_factory=_nothing)
    graded: frozenset[str] = frozenset()
    results: Mapping[str, tuple[Term, ...]] = field(default_factory=lambda: MappingProxyType({}))
    templates: tuple[Template, ...] = ()

    @property
    def differentials(self) -> frozenset[str]:
        """The small changes that were named as such, `du`."""
        said = next((words for words in self.conventions if words.endswith(" are differentials")), "")
        return frozenset(said.removesuffix(" are differentials").replace(" ", "").split(",")) if said else frozenset()

    @property
    def upstream(self) -> tuple[Term, ...]:
        r"""The names of gradients of unknown functions by their arguments, `dY = \frac{\partial L}{\partial Y}`."""
        found: list[Term] = []
        for part in self.definitions:
            meaning = part.args[0].args[0] if part.args[0].kind == "stack" else part.args[0]
            if meaning.kind != "partial":
                continue
            whole, variable = meaning.args
            whole = self.quantities.get(whole.data.latex, whole) if whole.kind == "named" else whole
            body = whole.args[0] if whole.kind == "named" else whole
            by = variable.args[0] if variable.kind == "entry" else variable
            if body.kind == "apply" and body.args[0].kind == "function" and by in body.args[1:]:
                slot = body.args.index(by, 1)
                found.append(named(part.data, apply(prime(body.args[0], slot), *body.args[1:])))
        return tuple(found)

    @cached_property
    def decorated(self) -> frozenset[str]:
        """The bare letters of names that carry a label, a prime or a raised sign."""
        return frozenset(base for name in self.quantities if (base := bare(name)) != name)

    def undeclared(self, term: Term) -> tuple[Term, ...]:
        """The names in a term that nobody declared, in the order of their LaTeX: real numbers as far as is known."""
        return tuple(sorted(self.loose(term), key=lambda leaf: str(leaf.data.name)))

    def loose(self, term: Term) -> set[Term]:
        """The names in a term that nobody declared."""
        return {leaf for leaf in term.free if leaf.kind == "name" and leaf not in self.declared}

    @cached_property
    def declared(self) -> frozenset[Term]:
        """What names stand for, and the letters of the arrays whose rows are meant."""
        return frozenset(self.quantities.values()).union(*(array.free for array in self.stacks.values()))


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    r"""The letter of a name without its labels: `\hat{y}` of `\hat{y}_{1}'`."""
    start = name.find("}") if name.startswith("\\text{") else 0
    places = [place for sign in "_^'" if (place := name.find(sign, start)) > 0]
    return name[: min(places)] if places else name
