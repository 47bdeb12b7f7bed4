"""One layer in letters: the size of what it gives and the number of its weights and biases, as formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.errors import SymderivError
from symderiv.questions.layers import Conv, Count, Layer, Pool, Residual
from symderiv.questions.part import Chain, Part, Words
from symderiv.questions.stages import Map, Walk, every
from symderiv.reading.environment import Environment

PLACES = (
    "The window begins at the edge and moves on by the stride as long as it lies on the padded map; the places where it "
    "stands are these moves and the first one."
)
READS = "Each filter has one weight for every value of its window over all channels that it reads."
POOLED = "Each channel is pooled by itself, and nothing is learned."


@dataclass(frozen=True, slots=True)
class LayerFormulas:
    r"""What one layer makes of an input of these sizes: width, height and channels, or a length.

    >>> from symderiv.reading.declare import environment
    >>> known = environment([r"W, H, C, F, K \in \mathbb{N}"])
    >>> parts = LayerFormulas(("W", "H", "C"), Conv("convolution", "F", "K")).parts(known)
    >>> [part.what for part in parts if isinstance(part, Chain)]
    ['output width', 'output height', 'output channels', 'weights', 'biases']
    """

    input: tuple[Count, ...]
    layer: Layer
    bias: bool = True

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The sizes, then what is learned."""
        if isinstance(self.layer, Residual):
            raise SymderivError(
                "usage", f"layer “{self.layer.name}”: expected one layer, saw a block of several; ask for each by itself"
            )
        walk = Walk(known, self.bias)
        start = walk.start(self.input)
        (layer,) = every((self.layer,))
        (stage,) = walk.stages(start, (layer,))
        sizes: list[Part] = list(stage.sides)
        if not stage.after.is_list:
            moved = [Words(PLACES)] if isinstance(layer, Conv | Pool) else []
            sides = [Chain(chain.derivation, chain.what.replace(": ", ": output ")) for chain in stage.sides]
            sizes = [*moved, *sides, walk.chain(stage.after.sides[-1], layer, "output channels")]
        return tuple(_bare(part) for part in (*sizes, *self._learned(walk, start)))

    def _learned(self, walk: Walk, start: Map) -> Iterator[Part]:
        if isinstance(self.layer, Pool):
            yield Words(POOLED)
            return
        if isinstance(self.layer, Conv):
            yield Words(READS)
        counts = walk.counts(self.layer, start)
        yield walk.chain(counts.weights, self.layer, "weights")
        yield walk.chain(counts.biases, self.layer, "biases")


def _bare(part: Part) -> Part:
    """With one layer alone nobody says its name."""
    return Chain(part.derivation, part.what.partition(": ")[2], part.number) if isinstance(part, Chain) else part
