"""Gradients of random convolutions agree with plain loops; the loops can tell a wrong one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from .convolutions import agrees, drawn, found, loss, setups, steps

SETUPS = setups(40)


@pytest.mark.parametrize("number", range(len(SETUPS)))
def test_gradients_agree_with_plain_loops(number: int) -> None:
    assert agrees(SETUPS[number], number) == {"image": True, "kernel": True, "bias": True}, SETUPS[number]


def test_a_flipped_kernel_is_told_apart() -> None:
    setup = next(one for one in SETUPS if min(one.kernel) > 1 and not one.way.flipped and not one.way.transposed)
    arrays = drawn(setup, 1)
    flipped = replace(setup, way=replace(setup.way, flipped=True))
    assert not np.allclose(found(flipped, arrays, "X0"), steps(setup, arrays, "X0"))


@pytest.mark.parametrize("number", range(len(SETUPS)))
def test_sizes_and_values_agree_with_pytorch(number: int) -> None:
    torch = pytest.importorskip("torch")
    setup, arrays = SETUPS[number], drawn(SETUPS[number], number)
    way, width = setup.way, setup.filters // setup.way.groups
    kernels = [
        [arrays[f"K{one}{channel}"][:: -1 if way.flipped else 1, :: -1 if way.flipped else 1] for channel in setup.seen(one)]
        for one in range(setup.filters)
    ]
    weight = torch.tensor(np.array(kernels))
    if way.transposed:
        weight = torch.cat([group.transpose(0, 1) for group in weight.split(width)])
    image = torch.tensor(np.array([arrays[f"X{channel}"] for channel in range(setup.channels)]))[None]
    bias = torch.tensor([float(arrays[f"b{one}"]) for one in range(setup.filters)], dtype=torch.float64)
    slide = torch.nn.functional.conv_transpose2d if way.transposed else torch.nn.functional.conv2d
    more = {"stride": way.stride, "padding": way.padding, "dilation": way.dilation, "groups": way.groups}
    out = slide(image, weight, bias, **more)[0].numpy()
    sizes = tuple(way.count(n, k) for n, k in zip(setup.image, setup.kernel, strict=True))
    assert out.shape == (setup.filters, *sizes)
    assert abs(sum((arrays[f"G{one}"] * out[one]).sum() for one in range(setup.filters)) - loss(setup, arrays)) < 1e-9
