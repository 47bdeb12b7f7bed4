"""Stages: a network passed through layer by layer; at each the size of what comes out, with its derivation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from symderiv.deriving.working import worked
from symderiv.errors import SymderivError
from symderiv.questions.counting import Counts, counts
from symderiv.questions.layers import (
    BatchNorm,
    Conv,
    Count,
    Dense,
    Flatten,
    Layer,
    Pointwise,
    Pool,
    Residual,
    TransposedConv,
    Window,
)
from symderiv.questions.part import Chain
from symderiv.questions.windows import FLOOR, Axis, Numbers, axes, fits, misfit, transposed_axes, whole
from symderiv.reading.environment import Environment
from symderiv.term.build import ZERO, add, apply, fraction, minus, mul
from symderiv.term.kinds import Term

WAYS = ("width", "height")


@dataclass(frozen=True, slots=True)
class Map:
    """Width, height and channels of a map, or the length of a list of values."""

    sides: tuple[Term, ...]

    @property
    def is_list(self) -> bool:
        """Whether it has no width and height."""
        return len(self.sides) == 1

    @property
    def values(self) -> Term:
        """How many values it has, written as a product."""
        return mul(*self.sides)

    @property
    def count(self) -> Term:
        """How many values it has, computed."""
        return worked(self.values).result

    def __str__(self) -> str:
        return " × ".join(map(str, self.sides))


@dataclass(frozen=True, slots=True)
class Stage:
    """A layer with what comes in and out: `sides` tells how its size comes about.

    `notes` are other numbers worth telling: what “same” padding is, what windows leave over; `aside` a stage on a shortcut.
    """

    layer: Layer
    before: Map
    after: Map
    parameters: Chain
    sides: tuple[Chain, ...] = ()
    notes: tuple[Chain, ...] = ()
    aside: bool = False

    @property
    def name(self) -> str:
        """What the author calls the layer."""
        return self.layer.name


@dataclass(frozen=True, slots=True)
class Walk:
    """Passes through layers; `bias` says whether the layers that do not say it have biases."""

    known: Environment
    bias: bool = True

    def start(self, sizes: Sequence[Count]) -> Map:
        """The input of the network."""
        if len(sizes) not in (1, 3):
            raise SymderivError(
                "value", f"`input` has {len(sizes)} sizes; expected width, height and channels, or one length"
            )
        return Map(tuple(Numbers(self.known, "input").one(size, "size") for size in sizes))

    def stages(self, before: Map, layers: Sequence[Layer]) -> Iterator[Stage]:
        """The stages of these layers, one after the other."""
        for layer in layers:
            if isinstance(layer, Residual):
                found = self._residual(before, layer)
                yield from found
                before = found[-1].after
            else:
                yield (stage := _STAGES[type(layer)](self, before, layer))
                before = stage.after

    def chain(self, term: Term, layer: Layer, what: str) -> Chain:
        """A number of a layer, worked out."""
        return Chain(worked(term, self.known.given), f"{layer.name}: {what}")

    def _residual(self, before: Map, block: Residual) -> tuple[Stage, ...]:
        path = tuple(self.stages(before, block.layers))
        side = tuple(replace(stage, aside=True) for stage in self.stages(before, block.shortcut))
        after, added = (stages[-1].after if stages else before for stages in (path, side))
        if after != added:
            raise misfit(
                block.name,
                f"its layers give {after}, its shortcut gives {added}; they are added value by value and must be of one "
                "size: put a 1 × 1 convolution with these filters and this stride into the shortcut",
            )
        return (*path, *side, Stage(block, after, after, self.chain(ZERO, block, "parameters")))

    def _window(self, before: Map, layer: Window) -> Stage:
        across = _map(before, layer)
        both = axes(layer, self.known)
        for axis, size, way in zip(both, across, ("across", "down"), strict=True):
            fits(axis, size, layer.name, way)
        sides = self._sides([axis.positions(size) for axis, size in zip(both, across, strict=True)], layer)
        channels = before.sides[2] if isinstance(layer, Pool) else self._filters(layer)
        stage = self._stage(layer, before, (*sides, channels))
        return replace(stage, notes=(*self._padded(layer, both), *self._left_over(layer, both, across)))

    def _padded(self, layer: Window, both: tuple[Axis, Axis]) -> Iterator[Chain]:
        """How many zeros on each side “same” padding means."""
        if layer.padding == "same":
            for axis in dict.fromkeys(both):
                if axis.padding is not None:
                    yield Chain(worked(axis.half, self.known.given), f"padding “same” for a window of {axis.span}")

    def _left_over(self, layer: Window, both: tuple[Axis, Axis], sizes: tuple[Term, Term]) -> Iterator[Chain]:
        """What the last window leaves at the edge where the stride does not divide."""
        left = [_over(axis, size) for axis, size in zip(both, sizes, strict=True)]
        if left[0] is left[1]:
            left, ways = left[:1], ["columns and rows"]
        else:
            ways = ["columns", "rows"]
        for term, way in zip(left, ways, strict=True):
            if term is not None:
                yield self.chain(term, layer, f"{way} left over")

    def _transposed(self, before: Map, layer: TransposedConv) -> Stage:
        both = transposed_axes(layer, self.known)
        sides = self._sides([axis.spread(size) for axis, size in zip(both, _map(before, layer), strict=True)], layer)
        for chain in sides:
            size = whole(chain.derivation.result)
            if size is not None and size < 1:
                raise misfit(layer.name, "its padding cuts away all that it gives; make the padding smaller")
        return self._stage(layer, before, (*sides, self._filters(layer)))

    def _filters(self, layer: Conv | TransposedConv) -> Term:
        return Numbers(self.known, layer.name).one(layer.filters, "filters")

    def _sides(self, terms: list[Term], layer: Layer) -> tuple[Chain, Chain]:
        """Width and height; where they come about alike both are told at once."""
        if terms[0] is terms[1]:
            both = self.chain(terms[0], layer, "width and height")
            return both, both
        return self.chain(terms[0], layer, WAYS[0]), self.chain(terms[1], layer, WAYS[1])

    def _stage(self, layer: Layer, before: Map, sides: tuple[Chain | Term, ...]) -> Stage:
        after = Map(tuple(side.derivation.result if isinstance(side, Chain) else side for side in sides))
        chains = tuple(dict.fromkeys(side for side in sides if isinstance(side, Chain)))
        learned = self.chain(self.counts(layer, before).parameters, layer, "parameters")
        return Stage(layer, before, after, learned, chains)

    def window(self, stage: Stage) -> Chain | None:
        """How many values a filter sees at once: its window, over the channels that it reads; a pooling layer reads one."""
        if not isinstance(stage.layer, Conv | TransposedConv | Pool):
            return None
        if not isinstance(stage.layer, Pool):
            return self.chain(self.counts(stage.layer, stage.before).reads, stage.layer, "kernel")
        return self.chain(mul(*Numbers(self.known, stage.name).both(stage.layer.kernel, "kernel")), stage.layer, "kernel")

    def counts(self, layer: Layer, before: Map) -> Counts:
        """What a layer learns."""
        return counts(layer, before.sides, before.count, Numbers(self.known, layer.name), self.bias)

    def _flatten(self, before: Map, layer: Flatten) -> Stage:
        return self._stage(layer, before, (self.chain(before.values, layer, "number of values"),))

    def _dense(self, before: Map, layer: Dense) -> Stage:
        neurons = Numbers(self.known, layer.name).one(layer.neurons, "neurons")
        return self._stage(layer, before, (self.chain(neurons, layer, "outputs"),))

    def _same(self, before: Map, layer: BatchNorm | Pointwise) -> Stage:
        return self._stage(layer, before, before.sides)


def _map(before: Map, layer: Layer) -> tuple[Term, Term]:
    if before.is_list:
        raise misfit(
            layer.name,
            f"it reads a map, width × height × channels, but gets a list of {before} values; "
            "put it before the layer that flattens",
        )
    return before.sides[0], before.sides[1]


def _over(axis: Axis, size: Term) -> Term | None:
    """What the last window leaves at the edge, where the stride does not divide; None where it does or letters are in it."""
    room, stride = worked(axis.room(size)).result, whole(axis.stride)
    moves = whole(room)
    if axis.padding is None or moves is None or stride is None or moves % stride == 0:
        return None
    return add(room, minus(mul(axis.stride, apply(FLOOR, fraction(room, axis.stride)))))


_STAGES: dict[type, Callable[[Walk, Map, Any], Stage]] = {
    Conv: Walk._window,
    Pool: Walk._window,
    TransposedConv: Walk._transposed,
    Flatten: Walk._flatten,
    Dense: Walk._dense,
    BatchNorm: Walk._same,
    Pointwise: Walk._same,
}


def numbered(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """The layers with names that tell them apart: of two called “max pool” the second is “max pool 2”.

    >>> [layer.name for layer in numbered((Pool("max pool", 2), Flatten(), Pool("max pool", 2)))]
    ['max pool 1', 'flatten', 'max pool 2']
    """
    counts, seen = Counter(layer.name for layer in every(layers)), Counter[str]()

    def one(layer: Layer) -> Layer:
        seen[layer.name] += 1
        name = layer.name if counts[layer.name] == 1 else f"{layer.name} {seen[layer.name]}"
        if isinstance(layer, Residual):
            return replace(layer, name=name, layers=tuple(map(one, layer.layers)), shortcut=tuple(map(one, layer.shortcut)))
        return replace(layer, name=name)

    return tuple(map(one, layers))


def every(layers: Sequence[Layer]) -> Iterator[Layer]:
    """Every layer, those of blocks and their shortcuts too."""
    for layer in layers:
        if not isinstance(layer, get_args(Layer)):
            kinds = ", ".join(kind.__name__ for kind in get_args(Layer))
            raise SymderivError("value", f"`layers` has {layer!r}; expected one of {kinds}")
        yield layer
        if isinstance(layer, Residual):
            yield from every((*layer.layers, *layer.shortcut))
