"""Receptive fields asked for by themselves: of a list of layers by both recursions, of many equal layers in closed form."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.deriving.recurrences import equal_steps, induction
from symderiv.deriving.working import worked
from symderiv.questions import table
from symderiv.questions.fields import Sights
from symderiv.questions.layers import Count, Layer, Window
from symderiv.questions.part import Chain, Part, Words
from symderiv.questions.stages import Map, Walk, numbered
from symderiv.questions.windows import Axis, Numbers, axes, misfit, whole
from symderiv.reading.environment import Environment
from symderiv.term.build import ONE, add, minus
from symderiv.term.kinds import Term

#: What the table of both recursions says of its columns.
HOW = (
    "From the input on, a layer with windows of $K$ and stride $S$ makes the field $r$ and the jump $j$ into "
    "$r + (K - 1) j$ and $j S$. From the output back, what sees $r$ values behind the layer sees $S (r - 1) + K$ before it; "
    "read this column upwards."
)


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """What one unit behind the last of the layers sees of the input, which must be given where a layer reads a whole map.

    >>> from symderiv.questions.layers import Conv, Pool
    >>> from symderiv.reading.declare import environment
    >>> how, grid, found = ReceptiveField((Conv("conv", 8, 3), Pool("pool", 2))).parts(environment([]))
    >>> found.text
    'One unit of pool sees $4 \\\\times 4$ values of the input; the field of its neighbour begins 2 further.'
    """

    layers: tuple[Layer, ...]
    input: tuple[Count, ...] = ()

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """Both recursions in one table, and what comes out."""
        layers = numbered(self.layers)
        maps = self._maps(layers, known)
        names: list[str] = []
        columns: list[table.Column] = []
        ends: list[tuple[Term, Term]] = []
        ways = [Sights(known, way, maps) for way in (0, 1)]
        alike = tuple(ways[0].forward(layers)) == tuple(ways[1].forward(layers))
        for sights, word in [(ways[0], "")] if alike else [(ways[0], " across"), (ways[1], " down")]:
            forward = tuple(sights.forward(layers))
            names = [sight.name for sight in forward]
            columns += table.fields(names, forward, word)
            columns.append(table.fields_back(names, tuple(sights.backward(layers)), word))
            ends.append((forward[-1].field, forward[-1].jump))
        grid = table.table([table.Column("layer", ("input", *names)), *columns], totals=False)
        return (
            Words(HOW),
            grid,
            Words(_found(names[-1], [ends[0], ends[-1]]) + self._clipped(ends[0][0], ends[-1][0], known)),
        )

    def _clipped(self, across: Term, down: Term, known: Environment) -> str:
        """What is to be said where the field is larger than the input."""
        if not self.input:
            return ""
        start = Walk(known).start(self.input)
        pairs = [(whole(side), whole(field)) for side, field in zip(start.sides, (across, down), strict=False)]
        beyond = all(side is not None and field is not None and side < field for side, field in pairs)
        return f" The input of {start} is smaller: in the middle of the map it is seen whole." if beyond else ""

    def _maps(self, layers: tuple[Layer, ...], known: Environment) -> dict[str, Map]:
        if not self.input:
            return {}
        walk = Walk(known)
        return {stage.name: stage.before for stage in walk.stages(walk.start(self.input), layers)}


def _found(name: str, ends: list[tuple[Term, Term]]) -> str:
    """What the table says of the last unit."""
    (across, leap), (down, fall) = ends
    further = f"{leap}" if leap is fall else f"{leap} (down {fall})"
    return (
        f"One unit of {name} sees ${across} \\times {down}$ values of the input; the field of its neighbour begins "
        f"{further} further."
    )


@dataclass(frozen=True, slots=True)
class FieldBelow:
    """What a unit that sees `seen` values behind a layer sees before it, and how far a window's field grows by the layer.

    >>> from symderiv.questions.layers import Pool
    >>> from symderiv.reading.declare import environment
    >>> (chain,) = FieldBelow(Pool("max pool", 2), "r").parts(environment(["r is a number"]))
    >>> chain.derivation.result
    product(2, r)
    """

    layer: Layer
    seen: Count

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The chain from `S(r − 1) + K` on."""
        seen = Numbers(known, self.layer.name).one(self.seen, "seen")
        found = tuple(chain for _, _, chain in Sights(known).backward((self.layer,), seen) if chain is not None)
        return found or (Words(f"{self.layer.name} acts on each value by itself: the field stays as it is."),)


@dataclass(frozen=True, slots=True)
class FieldOfMany:
    """What a unit sees through `times` layers of one kind with stride 1, in closed form, with the proof by induction.

    >>> from symderiv.questions.layers import Conv
    >>> from symderiv.reading.declare import environment
    >>> parts = FieldOfMany(Conv("convolution", 8, 3), "L").parts(environment([r"L \\in \\mathbb{N}"]))
    >>> parts[1].derivation.result
    sum(product(2, L), 1)
    """

    layer: Window
    times: Count

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The step, the closed form, the induction."""
        axis = self._axis(known)
        times = Numbers(known, self.layer.name).one(self.times, "times")
        step = worked(add(axis.span, minus(ONE)), known.given).result
        start, more = induction(ONE, step, times, known.given)
        return (
            Words("From the output back, windows of $K$ with stride 1 make $r$ into $(r - 1) + K$: they add $K - 1$."),
            Chain(equal_steps(ONE, step, times, known.given), "receptive field"),
            Words("By induction this is right for any number of layers: it holds without a layer, and with one layer more."),
            Chain(start, "without a layer"),
            Chain(more, "with one layer more"),
        )

    def _axis(self, known: Environment) -> Axis:
        across, down = axes(self.layer, known)
        if across != down:
            raise misfit(self.layer.name, "its window is not square; ask for each direction by itself")
        if across.stride is not ONE:
            raise misfit(self.layer.name, f"its stride is {across.stride}; expected 1 for a closed form with equal steps")
        return across
