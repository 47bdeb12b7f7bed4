"""The table of a network, column by column; every number in it comes from a chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from symderiv.deriving.working import worked
from symderiv.questions.fields import Sight
from symderiv.questions.layers import Residual
from symderiv.questions.part import Cell, Chain, Grid
from symderiv.questions.stages import Map, Stage, Walk
from symderiv.term.build import ONE, relation
from symderiv.term.kinds import Term

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Column:
    """A head, a cell for the input and one for each layer, and the chains that the numbers come from."""

    head: str
    cells: tuple[Cell, ...]
    chains: tuple[Chain, ...] = ()
    total: Cell = ""


def table(columns: Sequence[Column], totals: bool = True) -> Grid:
    """The columns side by side; with a row for the totals."""
    rows = list(zip(*(column.cells for column in columns), strict=True))
    rows += [tuple(column.total for column in columns)] if totals else []
    behind = dict.fromkeys(chain for column in columns for chain in column.chains)
    return Grid(tuple(column.head for column in columns), tuple(rows), tuple(behind))


def told(chain: Chain) -> Cell:
    """What was worked out: `386 − 3 + 1 = 384`."""
    start, result = chain.derivation.start, chain.derivation.result
    return result if start is result else relation("=", start, result)


def names(stages: Sequence[Stage]) -> Column:
    """What the layers are called."""
    return Column("layer", ("input", *map(_name, stages)), total=TOTAL)


def _name(stage: Stage) -> str:
    if isinstance(stage.layer, Residual):
        return f"{stage.name}: sum"
    return f"{stage.name} (shortcut)" if stage.aside else stage.name


def sides(stages: Sequence[Stage]) -> tuple[Column, ...]:
    """How width and height come about, in one column where they are always alike."""
    found = [() if stage.after.is_list else stage.sides for stage in stages]
    alike = all(len(chains) < 2 for chains in found)
    chains = tuple(chain for row in found for chain in row)
    heads = ("width and height",) if alike else ("width", "height")
    return tuple(
        Column(head, ("", *(told(row[min(spot, len(row) - 1)]) if row else "" for row in found)), chains)
        for spot, head in enumerate(heads)
    )


def kernels(stages: Sequence[Stage], walk: Walk) -> Column:
    """The windows of the layers that have one, with the channels that a filter reads: how many values it sees at once."""
    chains = [walk.window(stage) for stage in stages]
    cells = ["" if chain is None else told(chain) for chain in chains]
    return Column("kernel", ("", *cells), tuple(chain for chain in chains if chain is not None))


def maps(start: Map, stages: Sequence[Stage]) -> Column:
    """The feature maps: width × height × channels, or the length of a list."""
    lists = [stage.sides[0] if stage.after.is_list and stage.sides else None for stage in stages]
    cells = [str(stage.after) if chain is None else told(chain) for stage, chain in zip(stages, lists, strict=True)]
    return Column("feature map", (str(start), *cells), tuple(chain for chain in lists if chain is not None))


def values(start: Map, stages: Sequence[Stage]) -> Column:
    """The feature maps with the number of their values."""
    chains = [_values("input", start), *(_values(stage.name, stage.after) for stage in stages)]
    return Column("feature map", tuple(map(told, chains)), tuple(chains))


def _values(name: str, found: Map) -> Chain:
    return Chain(worked(found.values), f"{name}: feature map")


def parameters(stages: Sequence[Stage], total: Chain) -> Column:
    """What each layer learns, and what all learn together."""
    chains = tuple(stage.parameters for stage in stages)
    return Column("parameters", ("", *map(told, chains)), (*chains, total), total.derivation.result)


def fields(names: Sequence[str], sights: Sequence[Sight], way: str = "") -> tuple[Column, Column]:
    """How far the fields of neighbours lie apart, and how large they are, from the input on."""
    jumps = {sight.name: (sight.jump, sight.jump_chain) for sight in sights}
    seen = {sight.name: (sight.field, sight.field_chain) for sight in sights}
    return _numbers(f"jump{way}", ONE, names, jumps), _numbers(f"receptive field{way}", ONE, names, seen)


def fields_back(names: Sequence[str], found: Sequence[tuple[str, Term, Chain | None]], way: str = "") -> Column:
    """How much of the map before each layer a unit behind the last one sees, from that unit back."""
    seen = {name: (number, chain) for name, number, chain in found}
    return _numbers(f"from the output back{way}", "", names, seen)


def _numbers(head: str, first: Cell, names: Sequence[str], found: Mapping[str, tuple[Term, Chain | None]]) -> Column:
    """A number a layer, worked out where the layer changes it; layers that are not found have none."""
    rows = [found.get(name) for name in names]
    cells = ["" if row is None else row[0] if row[1] is None else told(row[1]) for row in rows]
    return Column(head, (first, *cells), tuple(row[1] for row in rows if row is not None and row[1] is not None))
