"""Networks to be counted, and a count in plain Python that shares no code with the house: it enumerates windows."""

from __future__ import annotations

from math import prod
from random import Random

from symderiv.questions.layers import (
    BatchNorm,
    Conv,
    Dense,
    Flatten,
    Layer,
    Pointwise,
    Pool,
    Residual,
    TransposedConv,
)
from symderiv.questions.network import Network

LENET = Network(
    (32, 32, 1),
    (
        Conv("C1", 6, 5), Pointwise("tanh"), Pool("S2", 2, stride=2),
        Conv("C3", 16, 5), Pointwise("tanh"), Pool("S4", 2, stride=2),
        Conv("C5", 120, 5), Pointwise("tanh"), Flatten(), Dense("F6", 84), Pointwise("tanh"), Dense("output", 10),
    ),
)  # fmt: skip
ALEXNET = Network(
    (224, 224, 3),
    (
        Conv("conv1", 64, 11, stride=4, padding=2), Pointwise("ReLU"), Pool("max pool", 3, stride=2),
        Conv("conv2", 192, 5, padding=2), Pointwise("ReLU"), Pool("max pool", 3, stride=2),
        Conv("conv3", 384, 3, padding=1), Pointwise("ReLU"), Conv("conv4", 256, 3, padding=1), Pointwise("ReLU"),
        Conv("conv5", 256, 3, padding=1), Pointwise("ReLU"), Pool("max pool", 3, stride=2),
        Flatten(), Pointwise("dropout"), Dense("FC 6", 4096), Pointwise("dropout"), Dense("FC 7", 4096), Dense("FC 8", 1000),
    ),
)  # fmt: skip


def block(name: str, filters: int, stride: int = 1) -> Residual:
    """A block of ResNet-18; where the size changes its shortcut has a 1 × 1 convolution."""
    shortcut = (Conv(f"{name} 1×1", filters, 1, stride=stride), BatchNorm(f"{name} norm")) if stride > 1 else ()
    layers = (
        Conv(f"{name}a", filters, 3, stride=stride, padding=1), BatchNorm(), Pointwise("ReLU"),
        Conv(f"{name}b", filters, 3, padding=1), BatchNorm(),
    )  # fmt: skip
    return Residual(name, layers, shortcut)


RESNET = Network(
    (224, 224, 3),
    (
        Conv("conv1", 64, 7, stride=2, padding=3), BatchNorm(), Pointwise("ReLU"), Pool("max pool", 3, stride=2, padding=1),
        block("2.1", 64), block("2.2", 64), block("3.1", 128, 2), block("3.2", 128), block("4.1", 256, 2), block("4.2", 256),
        block("5.1", 512, 2), block("5.2", 512), Pool("average pool", 7), Flatten(), Dense("FC", 1000, bias=True),
    ),
    bias=False,
)  # fmt: skip
NAMED = {"LeNet-5": LENET, "AlexNet": ALEXNET, "ResNet-18": RESNET}

Size = tuple[int, ...]


def pair(both: object) -> tuple[int, int]:
    return both if isinstance(both, tuple) else (both, both)  # type: ignore[return-value]


def padding(layer: Layer, way: int) -> int:
    said = layer.padding  # type: ignore[union-attr]
    if said == "same":
        return (pair(layer.kernel)[way] - 1) * pair(getattr(layer, "dilation", 1))[way] // 2  # type: ignore[union-attr]
    return 0 if said == "valid" else pair(said)[way]


def window(layer: Layer, way: int) -> tuple[list[int], int]:
    """Which values a window at place 0 reads, and how far the next window is."""
    stride = layer.kernel if getattr(layer, "stride", 1) is None else layer.stride  # type: ignore[union-attr]
    gaps = pair(getattr(layer, "dilation", 1))[way]
    return [gaps * k - padding(layer, way) for k in range(pair(layer.kernel)[way])], pair(stride)[way]  # type: ignore[union-attr]


def after(layer: Layer, before: Size) -> Size:
    """The size of what a layer gives: the places of its windows are counted one by one."""
    if isinstance(layer, Flatten):
        return (prod(before),)
    if isinstance(layer, Dense):
        return (layer.neurons,)  # type: ignore[return-value]
    if isinstance(layer, Residual):
        for inner in layer.layers:
            before = after(inner, before)
        return before
    if isinstance(layer, TransposedConv):
        return (*(spread(layer, before[way], way) for way in (0, 1)), layer.filters)  # type: ignore[return-value]
    if not isinstance(layer, Conv | Pool):
        return before
    sizes = []
    for way in (0, 1):
        reads, stride = window(layer, way)
        around, places = padding(layer, way), 0
        while reads[-1] + stride * places < before[way] + around:
            places += 1
        sizes.append(places)
    return (*sizes, before[2] if isinstance(layer, Pool) else layer.filters)  # type: ignore[return-value]


def spread(layer: TransposedConv, size: int, way: int) -> int:
    """From the first to the last value that is reached, cut on both sides, lengthened on one."""
    reached = [
        place * pair(layer.stride)[way] + k * pair(layer.dilation)[way]
        for place in range(size)
        for k in range(pair(layer.kernel)[way])
    ]
    return max(reached) + 1 - 2 * pair(layer.padding)[way] + pair(layer.output_padding)[way]


def learned(layer: Layer, before: Size, bias: bool) -> int:
    """How many numbers the arrays of a layer hold."""
    has = bias if getattr(layer, "bias", None) is None else layer.bias  # type: ignore[union-attr]
    if isinstance(layer, BatchNorm):
        return sum(prod(shape) for shape in [(before[-1],), (before[-1],)])
    if isinstance(layer, Dense):
        return sum(prod(shape) for shape in [(layer.neurons, prod(before)), *([(layer.neurons,)] if has else [])])  # type: ignore[arg-type]
    if isinstance(layer, Conv | TransposedConv):
        filters: int = layer.filters  # type: ignore[assignment]
        kernels = layer.groups * [(filters // layer.groups, before[2] // layer.groups, *pair(layer.kernel))]  # type: ignore[operator]
        return sum(map(prod, kernels)) + (filters if has else 0)
    if isinstance(layer, Residual):
        total = 0
        for path in (layer.layers, layer.shortcut):
            size = before
            for inner in path:
                total, size = total + learned(inner, size, bias), after(inner, size)
        return total
    return 0


def counted(network: Network) -> list[tuple[str, Size, int]]:
    """Name, size and parameters at each layer of the main path; those in a block together at its end."""
    rows, size = [], tuple(network.input)
    for layer in network.layers:
        count = learned(layer, size, network.bias)  # type: ignore[arg-type]
        size = after(layer, size)  # type: ignore[arg-type]
        rows.append((layer.name, size, count))
    return rows  # type: ignore[return-value]


def seen(layers: tuple[Layer, ...], sizes: list[Size], way: int, units: set[int]) -> set[int]:
    """All places of the input that these units of the last layer depend on, on a map without an edge."""
    for layer, before in zip(reversed(layers), reversed(sizes), strict=True):
        if isinstance(layer, Conv | Pool):
            reads, stride = window(layer, way)
            units = {unit * stride + place for unit in units for place in reads}
        elif isinstance(layer, Residual):
            units = seen(layer.layers, [()] * len(layer.layers), way, units) | seen(
                layer.shortcut, [()] * len(layer.shortcut), way, units
            )
        elif isinstance(layer, Dense) and len(before) == 3:
            units = {unit + place for unit in units for place in range(before[way])}
    return units


def field_and_jump(network: Network, depth: int, way: int) -> tuple[int, int]:
    """What one unit behind this many layers sees, from its first to its last value, and how far its neighbour's lies."""
    layers, sizes, size = network.layers[:depth], [], tuple(network.input)
    for layer in layers:
        sizes.append(size)
        size = after(layer, size)  # type: ignore[arg-type]
    one, two = (seen(layers, sizes, way, {unit}) for unit in (0, 1))  # type: ignore[arg-type]
    return max(one) - min(one) + 1, min(two) - min(one)


def random_network(seed: int) -> Network:
    """A list of layers that fit, of every kind that has a receptive field; transposed convolutions in every third."""
    draw = Random(seed)
    size: Size = (draw.randint(12, 64), draw.randint(12, 64), draw.choice([1, 2, 3, 4, 6]))
    start, layers = size, list[Layer]()
    for number in range(draw.randint(3, 9)):
        layer = _random_layer(draw, number, size, transposed=seed % 3 == 0)
        if layer is not None:
            layers.append(layer)
            size = after(layer, size)
    layers.append(Flatten())
    layers += [Dense(f"dense {number}", draw.randint(1, 50), draw.choice([None, True, False])) for number in (1, 2)]
    return Network(start, tuple(layers), bias=draw.random() < 0.5)


def _random_layer(draw: Random, number: int, size: Size, transposed: bool) -> Layer | None:
    kind = draw.choice(
        ["conv", "conv", "conv", "pool", "norm", "pointwise", "block", *(["transposed"] if transposed else [])]
    )
    kernel = (draw.randint(1, 5), draw.randint(1, 5))
    stride = (draw.randint(1, 3), draw.randint(1, 3))
    around = (draw.randint(0, kernel[0] - 1), draw.randint(0, kernel[1] - 1))
    groups = draw.choice([parts for parts in range(1, size[2] + 1) if size[2] % parts == 0])
    filters = groups * draw.randint(1, 4)
    if kind == "norm":
        return BatchNorm(f"norm {number}")
    if kind == "pointwise":
        return Pointwise(f"ReLU {number}")
    if kind == "pool":
        layer: Layer = Pool(f"pool {number}", kernel, draw.choice([None, stride]), draw.choice(["valid", around]))
    elif kind == "transposed":
        layer = TransposedConv(f"up {number}", filters, kernel, stride, (0, 0), (stride[0] - 1, 0), (1, 2), groups)
    elif kind == "block":
        inner = (
            Conv(f"inner {number}", size[2], 3, padding="same"),
            Conv(f"outer {number}", size[2], (5, 3), padding=(2, 1)),
        )
        layer = Residual(f"block {number}", inner, draw.choice([(), (Conv(f"side {number}", size[2], 1),)]))
    elif draw.random() < 0.2:
        odd = (draw.choice([1, 3, 5]), draw.choice([1, 3, 5]))
        layer = Conv(f"conv {number}", filters, odd, padding="same", dilation=draw.randint(1, 3), groups=groups)
    else:
        dilation = (draw.randint(1, 2), draw.randint(1, 2))
        layer = Conv(f"conv {number}", filters, kernel, stride, around, dilation, groups, draw.choice([None, True, False]))
    return layer if min(after(layer, size)[:2]) >= 1 and max(after(layer, size)) < 300 else None
