"""Feature maps drawn: a block for each size, its size and its layer below it, within the paper."""

from __future__ import annotations

import pytest

from symderiv.questions.feature_maps import picture
from symderiv.questions.network import Network
from symderiv.questions.picture import Arrow, Box, Caption
from symderiv.reading.declare import environment

from .networks import NAMED, random_network

BLOCKS = {
    "LeNet-5": ["input 32 × 32 × 1", "C1 28 × 28 × 6", "S2 14 × 14 × 6", "C3 10 × 10 × 16", "S4 5 × 5 × 16",
        "C5 1 × 1 × 120", "flatten 120", "F6 84", "output 10"],
    "AlexNet": ["input 224 × 224 × 3", "conv1 55 × 55 × 64", "max pool 1 27 × 27 × 64", "conv2 27 × 27 × 192",
        "max pool 2 13 × 13 × 192", "conv3 13 × 13 × 384", "conv4 to conv5 13 × 13 × 256", "max pool 3 6 × 6 × 256",
        "flatten 9216", "FC 6 to FC 7 4096", "FC 8 1000"],
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_the_blocks(name: str) -> None:
    drawing = picture(*NAMED[name].passed(environment([])))
    assert drawing.says == "The feature maps: " + ", ".join(BLOCKS[name])
    sizes = [shape.label for shape in drawing.shapes if isinstance(shape, Caption) and not shape.small]
    names = [shape.label for shape in drawing.shapes if isinstance(shape, Caption) and shape.small]
    assert [f"{name} {size}" for name, size in zip(names, sizes, strict=True)] == BLOCKS[name]


@pytest.mark.parametrize("network", [*NAMED.values(), *map(random_network, range(20))])
def test_everything_stands_on_the_paper(network: Network) -> None:
    drawing = picture(*network.passed(environment([])))
    across, down = drawing.size
    for shape in drawing.shapes:
        if isinstance(shape, Box):
            (x, y), (width, height) = shape.middle, shape.size
            corners = [(x - width / 2, y - height / 2), (x + width / 2, y + height / 2)]
        elif isinstance(shape, Arrow):
            corners = [shape.start, shape.end]
            assert shape.start[0] < shape.end[0]
        else:
            assert isinstance(shape, Caption)
            corners = [shape.at]
        assert all(0 <= x <= across and 0 <= y <= down for x, y in corners), shape
