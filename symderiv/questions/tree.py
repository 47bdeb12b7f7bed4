"""A decision tree by information gain: the table, at each branch the entropies and gains, and the finished tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from symderiv.deriving.working import defined
from symderiv.errors import SymderivError
from symderiv.questions.branching import Branch, drawn
from symderiv.questions.gains import entropy, entropy_chain, gain, gain_chain, letter, members, size_of, subset, written
from symderiv.questions.part import Cell, Chain, Grid, Part, Picture, Words
from symderiv.questions.samples import Samples, Value
from symderiv.reading.environment import Environment
from symderiv.term.build import ONE, ZERO, add, apply, function, mul, name, named, relation
from symderiv.term.kinds import Term
from symderiv.term.names import Name


@dataclass(frozen=True)
class Tree:
    """`columns` in order, with the `response` among them; `rows` by the names of the samples; entropies to `base`.

    >>> from symderiv.reading.declare import environment
    >>> parts = Tree(("A", "y"), {"x_1": (0, 0), "x_2": (1, 1)}, "y").parts(environment([]))
    >>> [part.text for part in parts if isinstance(part, Words)][-1]
    'So $y = 1$ where $A = 1$; $y = 0$ where $A = 0$.'
    """

    columns: tuple[str, ...]
    rows: Mapping[str, tuple[Value, ...]] = field(hash=False)
    response: str
    base: int = 2

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The table, then branch by branch from the root down, then the tree."""
        table = Samples.of(self.columns, self.rows, self.response)
        if not isinstance(self.base, int) or self.base < 2:
            raise SymderivError("usage", f"saw {self.base} as the base of the logarithm, expected a whole number from 2 on")
        told: list[Part] = [_table(table)]
        root = self._grown(table, (), told)
        return (*told, *_finished(root, table))

    def _grown(self, samples: Samples, path: tuple[tuple[str, Value], ...], told: list[Part]) -> Branch:
        """The branch at the end of a path; what decides it is told."""
        left = tuple(feature for feature in samples.features if feature not in dict(path))
        if len(samples.counts) == 1:
            (value,) = samples.counts
            if path:
                told.append(Words(f"${subset(path)}$ is pure: $H = 0$, a leaf with ${samples.response} = {value}$."))
            return Branch(path, samples, None, value)
        split = [feature for feature in left if len(samples.values(feature)) > 1]
        if not split:
            counts = samples.counts
            value = max(counts, key=lambda one: counts[one])
            said = f"No feature tells the samples of ${subset(path)}$ apart: a leaf with ${samples.response} = {value}$"
            told.append(Words(f"{said}, which most of them have."))
            return Branch(path, samples, None, value)
        feature = self._chosen(samples, path, left, told)
        parts = {value: samples.where(feature, value) for value in samples.values(feature)}
        told += [_set(part, (*path, (feature, value))) for value, part in parts.items()]
        pure_first = sorted(parts, key=lambda value: len(parts[value].counts) > 1)
        below = {value: self._grown(parts[value], (*path, (feature, value)), told) for value in pure_first}
        return Branch(path, samples, feature, None, tuple(below[value] for value in parts))

    def _chosen(
        self, samples: Samples, path: tuple[tuple[str, Value], ...], features: tuple[str, ...], told: list[Part]
    ) -> str:
        """The feature of the largest gain; the entropies in a table, the gains as chains."""
        where = subset(path)
        whole = entropy(samples, where, self.base)
        told.append(entropy_chain(whole))
        rows: list[tuple[Cell, ...]] = []
        behind: list[Chain] = []
        gains: dict[str, tuple[Term, Chain]] = {}
        for feature in features:
            chains: dict[Term, Chain] = {}
            shares: dict[Term, Fraction] = {}
            for value in samples.values(feature):
                part = samples.where(feature, value)
                found = entropy(part, subset((*path, (feature, value))), self.base)
                chains[found], shares[found] = entropy_chain(found), Fraction(len(part.rows), len(samples.rows))
                rows.append(_row(samples, part, found, chains[found]))
            behind += chains.values()
            part_gain = gain(whole, shares, where, feature)
            gains[feature] = part_gain, gain_chain(part_gain, whole, chains)
        told.append(Grid(_head(samples), tuple(rows), tuple(behind)))
        told += [chain for _, chain in gains.values()]
        sizes = {feature: size_of(part) for feature, (part, _) in gains.items()}
        best = max(sizes, key=lambda one: sizes[one])
        what = "becomes the root" if not path else f"splits ${where}$"
        told.append(Words(f"The largest gain is that of ${best}$, which {what}.", results=(name(letter(best)),)))
        return best


def _table(table: Samples) -> Grid:
    head: tuple[Cell, ...] = ("", *(name(letter(column)) for column in table.columns))
    return Grid(head, tuple((name(letter(row)), *map(str, values)) for row, values in table.rows))


def _head(samples: Samples) -> tuple[Cell, ...]:
    response = name(letter(samples.response))
    return ("entropy", "samples", *(relation("=", response, written(value)) for value in samples.counts), "value")


def _row(samples: Samples, part: Samples, found: Term, chain: Chain) -> tuple[Cell, ...]:
    counts = [str(part.counts.get(value, 0)) for value in samples.counts]
    return found, members(part), *counts, chain.number or chain.derivation.result


def _set(part: Samples, path: tuple[tuple[str, Value], ...]) -> Chain:
    """`S_{A_2=1} = {x_3, x_4, x_5}`."""
    sub = ",".join(f"{feature}={value}" for feature, value in path)
    return Chain(defined(named(Name("S", sub=sub), members(part))))


def _finished(root: Branch, table: Samples) -> Iterator[Part]:
    """The drawing of the tree, and in words where the response has which value."""
    yield Picture(drawn(root))
    leaves = list(root.leaves)
    said = [
        f"${table.response} = {leaf.value}$ where " + " and ".join(f"${feature} = {value}$" for feature, value in leaf.path)
        for leaf in leaves
        if leaf.path
    ]
    formula = _formula(leaves, table)
    yield Words(
        f"So {'; '.join(said)}." if said else f"All samples have ${table.response} = {root.value}$.", results=formula
    )


def _formula(leaves: list[Branch], table: Samples) -> tuple[Term, ...]:
    """The response as a formula in the features, where all are zero or one: a product for each leaf with the value one."""
    if any(set(table.column(column)) - {0, 1} for column in table.columns) or not any(leaf.path for leaf in leaves):
        return ()
    x = name("x")

    def factor(feature: str, value: Value) -> Term:
        of_x = apply(function(letter(feature)), x)
        return of_x if value == 1 else ONE - of_x

    terms = [mul(*(factor(feature, value) for feature, value in leaf.path)) for leaf in leaves if leaf.value == 1]
    return (add(*terms) if terms else ZERO,)
