"""Layers: what an author writes of a network, each kind with its few numbers; letters in LaTeX stand for numbers too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: A number of something: written out, or a letter of the problem's `given`.
Count = int | str
#: One for both directions, or across and down.
Both = Count | tuple[Count, Count]
#: What is put around a map: so many zeros on each side, none (`valid`), or as many as keep the size at stride 1 (`same`).
Padding = Both | Literal["same", "valid"]


@dataclass(frozen=True, slots=True)
class Conv:
    """A convolution: `filters` windows over all channels (over those of its group), a bias each where the network has them.

    >>> Conv("conv3-64", 64, 3, padding="same").stride
    1
    """

    name: str
    filters: Count
    kernel: Both
    stride: Both = 1
    padding: Padding = "valid"
    dilation: Both = 1
    groups: Count = 1
    bias: bool | None = None


@dataclass(frozen=True, slots=True)
class TransposedConv:
    """A transposed convolution: each value of its input spreads over a window of its output."""

    name: str
    filters: Count
    kernel: Both
    stride: Both = 1
    padding: Both = 0
    output_padding: Both = 0
    dilation: Both = 1
    groups: Count = 1
    bias: bool | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """Pooling, each channel by itself; without `stride` the windows lie side by side.

    >>> Pool("max pool", 2)
    Pool(name='max pool', kernel=2, stride=None, padding='valid')
    """

    name: str
    kernel: Both
    stride: Both | None = None
    padding: Padding = "valid"


@dataclass(frozen=True, slots=True)
class Flatten:
    """A map as one list of values."""

    name: str = "flatten"


@dataclass(frozen=True, slots=True)
class Dense:
    """A fully connected layer: each neuron reads all values."""

    name: str
    neurons: Count
    bias: bool | None = None


@dataclass(frozen=True, slots=True)
class BatchNorm:
    """Batch normalization: a scale and a shift for each channel are learned."""

    name: str = "batch norm"


@dataclass(frozen=True, slots=True)
class Pointwise:
    """What acts on each value by itself and learns nothing: an activation, dropout."""

    name: str


@dataclass(frozen=True, slots=True)
class Residual:
    """Layers whose result is added to their input, which may pass through the layers of a shortcut."""

    name: str
    layers: tuple[Layer, ...]
    shortcut: tuple[Layer, ...] = ()


Layer = Conv | TransposedConv | Pool | Flatten | Dense | BatchNorm | Pointwise | Residual
#: The layers that slide a window over a map.
Window = Conv | Pool
