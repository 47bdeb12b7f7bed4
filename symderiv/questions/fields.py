"""Receptive fields: how much of the input a unit sees, counted from the input on and from the unit back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from symderiv.deriving.working import worked
from symderiv.errors import SymderivError
from symderiv.questions.layers import Conv, Dense, Layer, Pool, Residual, TransposedConv
from symderiv.questions.part import Chain
from symderiv.questions.stages import Map
from symderiv.questions.windows import Axis, axes, misfit, whole
from symderiv.reading.environment import Environment
from symderiv.term.build import ONE, add, minus, mul
from symderiv.term.kinds import Term


@dataclass(frozen=True, slots=True)
class Sight:
    """What a unit behind a layer sees in one direction: `field` values of the input; its neighbour's begin `jump` further.

    The chains tell how they come about, None where the layer changes nothing.
    """

    name: str
    field: Term
    jump: Term
    field_chain: Chain | None = None
    jump_chain: Chain | None = None


@dataclass(frozen=True, slots=True)
class Sights:
    """Both recursions in one direction, 0 across and 1 down; `maps` are what the layers read, where that is known."""

    known: Environment
    way: int = 0
    maps: Mapping[str, Map] = field(default_factory=dict)

    def forward(self, layers: Sequence[Layer], before: Sight | None = None) -> Iterator[Sight]:
        """`r ← r + (K − 1)·j` and `j ← j·S` at each layer, from the input on."""
        here = before or Sight("input", ONE, ONE)
        for layer in layers:
            if isinstance(layer, Residual):
                inner = tuple(self.forward(layer.layers, here))
                yield from inner
                here = self._joined(layer, inner[-1] if inner else here, self._last(layer.shortcut, here))
            else:
                here = self._on(layer, here)
            yield here

    def backward(self, layers: Sequence[Layer], seen: Term = ONE) -> Iterator[tuple[str, Term, Chain | None]]:
        """`r ← S·(r − 1) + K` at each layer, from the unit back, which sees `seen` values of the last map."""
        for layer in reversed(layers):
            if isinstance(layer, Residual):
                yield layer.name, seen, None
                inner = tuple(self.backward(layer.layers, seen))
                yield from inner
                other = tuple(self.backward(layer.shortcut, seen))
                seen = larger(layer, *(found[-1][1] if found else seen for found in (inner, other)))
                continue
            chain = None
            axis = self._axis(layer)
            if axis is not None:
                others = add(seen, minus(ONE))
                start = others + axis.span if axis.stride is ONE else add(mul(axis.stride, others), axis.span)
                chain = Chain(worked(start, self.known.given), f"{layer.name}: field from the output back")
                seen = chain.derivation.result
            yield layer.name, seen, chain

    def _last(self, layers: Sequence[Layer], before: Sight) -> Sight:
        found = tuple(self.forward(layers, before))
        return found[-1] if found else before

    def _on(self, layer: Layer, here: Sight) -> Sight:
        axis = self._axis(layer)
        if axis is None:
            return Sight(layer.name, here.field, here.jump)
        more = mul(add(axis.span, minus(ONE)), here.jump)
        grown = Chain(worked(add(here.field, more), self.known.given), f"{layer.name}: receptive field")
        leap = None
        if axis.stride is not ONE:
            leap = Chain(worked(mul(here.jump, axis.stride), self.known.given), f"{layer.name}: jump")
        return Sight(layer.name, grown.derivation.result, leap.derivation.result if leap else here.jump, grown, leap)

    def _joined(self, block: Residual, path: Sight, side: Sight) -> Sight:
        """Where paths meet, the unit sees what it sees on the longer one."""
        if path.jump is not side.jump:
            raise misfit(
                block.name, f"the jump is {path.jump} on its path and {side.jump} on its shortcut; expected one jump"
            )
        return Sight(block.name, larger(block, path.field, side.field), path.jump)

    def _axis(self, layer: Layer) -> Axis | None:
        """The window of a layer; a dense layer reads the whole map; None where each value stays by itself."""
        if isinstance(layer, Conv | Pool):
            return axes(layer, self.known)[self.way]
        if isinstance(layer, TransposedConv):
            raise SymderivError(
                "unsupported",
                f"layer “{layer.name}”: behind a transposed convolution units see fields of different sizes; leave the "
                "receptive fields out, or ask for those of the layers before it",
            )
        if not isinstance(layer, Dense):
            return None
        read = self.maps.get(layer.name)
        if read is None:
            raise misfit(layer.name, "it sees the whole map, whose size is not known here; give `input`, or leave it out")
        return None if read.is_list else Axis(read.sides[self.way])


def larger(block: Residual, one: Term, other: Term) -> Term:
    """The larger of two fields."""
    first, second = whole(one), whole(other)
    if one is other:
        return one
    if first is None or second is None:
        raise misfit(block.name, f"which of the fields {one} and {other} is larger hangs on letters; put in numbers")
    return one if first >= second else other
