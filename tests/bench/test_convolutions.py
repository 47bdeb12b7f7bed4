"""Gradients of random convolutions agree with plain loops; the loops can tell a wrong one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from .convolutions import agrees, drawn, found, setups, steps

SETUPS = setups(40)


@pytest.mark.parametrize("number", range(len(SETUPS)))
def test_gradients_agree_with_plain_loops(number: int) -> None:
    assert agrees(SETUPS[number], number) == {"image": True, "kernel": True, "bias": True}, SETUPS[number]


def test_a_flipped_kernel_is_told_apart() -> None:
    setup = next(one for one in SETUPS if min(one.kernel) > 1 and not one.way.flipped and not one.way.transposed)
    arrays = drawn(setup, 1)
    flipped = replace(setup, way=replace(setup.way, flipped=True))
    assert not np.allclose(found(flipped, arrays, "X0"), steps(setup, arrays, "X0"))
