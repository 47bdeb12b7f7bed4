"""A network as a list of layers: the table of its maps and parameters, with totals, and what its units see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from symderiv.deriving.derivation import Derivation
from symderiv.deriving.values import number_at, rounded
from symderiv.deriving.working import worked
from symderiv.errors import SymderivError
from symderiv.questions import table
from symderiv.questions.feature_maps import picture
from symderiv.questions.fields import Sights
from symderiv.questions.layers import BatchNorm, Conv, Count, Dense, Layer, TransposedConv
from symderiv.questions.part import Chain, Grid, Part, Picture
from symderiv.questions.stages import Map, Stage, Walk, numbered
from symderiv.questions.windows import whole
from symderiv.reading.environment import Environment
from symderiv.term.build import ZERO, add, fraction
from symderiv.term.kinds import Term

#: What the layers of a kind are called together.
KINDS: dict[str, tuple[type, ...]] = {
    "convolutional layers": (Conv, TransposedConv),
    "fully connected layers": (Dense,),
    "batch normalization": (BatchNorm,),
}


@dataclass(frozen=True, slots=True)
class Network:
    r"""A network that reads `input`, width, height and channels (or one length), through `layers`.

    bias      whether layers have biases that do not say so themselves
    values    whether the number of values of each map is asked for
    fields    whether the receptive fields are asked for
    kernels   whether the windows are asked for, with the channels that they read
    by_kind   whether the parameters are added up by kinds of layers too, and compared
    drawn     whether the maps are drawn

    >>> from symderiv.questions.layers import Flatten
    >>> from symderiv.reading.declare import environment
    >>> network = Network((28, 28, 1), (Conv("CONV3-10", 10, 3, padding=1), Flatten(), Dense("FC-3", 3)))
    >>> picture, grid = network.parts(environment([]))
    >>> grid.rows[-1]
    ('total', '', '', 23623)
    """

    input: tuple[Count, ...]
    layers: tuple[Layer, ...]
    bias: bool = True
    values: bool = False
    fields: bool = False
    kernels: bool = False
    by_kind: bool = False
    drawn: bool = True

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The maps drawn, the table with what its numbers come from, and what is to be said of single layers."""
        start, stages = self.passed(known)
        drawing = (Picture(picture(start, stages)),) if self.drawn else ()
        return (*drawing, self._grid(start, stages, known), *_notes(stages), *(_kinds(stages) if self.by_kind else ()))

    def passed(self, known: Environment) -> tuple[Map, tuple[Stage, ...]]:
        """The input, and each layer with what goes in and comes out."""
        walk = Walk(known, self.bias)
        start = walk.start(self.input)
        stages = tuple(walk.stages(start, numbered(self.layers)))
        for name, found in [("input", start), *((stage.name, stage.after) for stage in stages)]:
            if any(whole(side) is None for side in found.sides):
                raise SymderivError(
                    "unsupported",
                    f"layer “{name}”: saw letters for its sizes; a Network counts with numbers. Put them in, or ask "
                    "LayerFormulas for the formulas of one layer",
                )
        return start, stages

    def _grid(self, start: Map, stages: Sequence[Stage], known: Environment) -> Grid:
        maps = table.values(start, stages) if self.values else table.maps(start, stages)
        total = _sum(stages, "parameters in total")
        kernels = [table.kernels(stages, Walk(known, self.bias))] if self.kernels else []
        columns = [table.names(stages), *kernels, *table.sides(stages), maps, table.parameters(stages, total)]
        columns += self._fields(stages, known) if self.fields else []
        return table.table(columns)

    def _fields(self, stages: Sequence[Stage], known: Environment) -> list[table.Column]:
        maps = {stage.name: stage.before for stage in stages}
        names, layers = [stage.name for stage in stages], numbered(self.layers)
        across, down = (tuple(Sights(known, way, maps).forward(layers)) for way in (0, 1))
        if across == down:
            return [*table.fields(names, across)]
        return [*table.fields(names, across, " across"), *table.fields(names, down, " down")]


def _sum(stages: Sequence[Stage], what: str) -> Chain:
    """The parameters of these layers together."""
    terms = [stage.parameters.derivation.result for stage in stages]
    return Chain(worked(add(*(term for term in terms if term is not ZERO))), what)


def _notes(stages: Sequence[Stage]) -> Iterator[Chain]:
    """What is to be said of single layers: what “same” padding is, what is left over, where a map is read as a list."""
    yield from dict.fromkeys(note for stage in stages for note in stage.notes)
    for stage in stages:
        if isinstance(stage.layer, Dense) and not stage.before.is_list:
            yield Chain(worked(stage.before.values), f"{stage.name}: values of the map, read as one list")


def _kinds(stages: Sequence[Stage]) -> Iterator[Chain]:
    """The parameters by kinds of layers, all together, and the ratio of each two kinds that follow each other."""
    sums: list[tuple[str, Term]] = []
    for kind, classes in KINDS.items():
        found = [stage for stage in stages if isinstance(stage.layer, classes)]
        if found:
            yield (chain := _sum(found, f"parameters of the {kind}"))
            sums.append((kind, chain.derivation.result))
    yield Chain(worked(add(*(term for _, term in sums))), "parameters in total")
    for (one, above), (other, below) in pairwise(sums):
        ratio = fraction(above, below)
        yield Chain(Derivation(ratio, (), (), ()), f"{one} to {other}", rounded(number_at(ratio, {}, ())))
