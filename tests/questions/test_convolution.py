"""Convolutions of matrices of numbers: sizes, windows and maps, against plain loops; what does not fit is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import symderiv as sd
from symderiv.deriving.convolutions import Sliding
from symderiv.deriving.verifying import Verifier
from symderiv.questions.convolution import Convolution
from symderiv.questions.part import Chain
from symderiv.reading.declare import environment
from symderiv.worth.value import value

X = np.array([[1, 2, 0, -1], [0, 3, 1, 2], [4, 0, -2, 1], [1, 1, 0, 2]])
K = np.array([[1, -1], [2, 3]])


def latex(array: np.ndarray) -> str:
    return r"\begin{pmatrix}" + r"\\".join("&".join(map(str, row)) for row in array) + r"\end{pmatrix}"


GIVEN = [f"X = {latex(X)}", f"Z = {latex(X.T + 1)}", f"K = {latex(K)}", f"W = {latex(K - 2)}", f"N = {latex(X[:3])}"]
BASE = Convolution("Y", "X", ("K",))


def slid(image: np.ndarray, kernel: np.ndarray, way: Sliding) -> np.ndarray:
    """The output by loops over the entries of image and kernel."""
    kernel = kernel[::-1, ::-1] if way.flipped else kernel
    sizes = [way.count(n, k) for n, k in zip(image.shape, kernel.shape, strict=True)]
    out = np.zeros(sizes)
    for a, b in np.ndindex(kernel.shape):
        for p, q in np.ndindex(image.shape if way.transposed else out.shape):
            there = (p * way.stride + a * way.dilation - way.padding, q * way.stride + b * way.dilation - way.padding)
            pixel, place = ((p, q), there) if way.transposed else (there, (p, q))
            inside = all(0 <= spot < size for spot, size in zip((*pixel, *place), (*image.shape, *out.shape), strict=True))
            out[place if inside else (0, 0)] += image[pixel] * kernel[a, b] if inside else 0
    return out


WAYS = [
    Sliding(),
    Sliding(stride=2),
    Sliding(padding=1),
    Sliding(dilation=2),
    Sliding(stride=3, padding=2, dilation=2),
    Sliding(flipped=True),
    Sliding(transposed=True),
    Sliding(transposed=True, stride=2, padding=1),
    Sliding(transposed=True, stride=2, dilation=2),
    Sliding(padding=1, first=0),
]


def chains(asked: Convolution, *more: str) -> list[Chain]:
    found = asked.parts(environment([*GIVEN, *more]))
    assert all(isinstance(part, Chain) for part in found)
    return list(found)  # type: ignore[arg-type]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_map_is_that_of_plain_loops(way: Sliding) -> None:
    asked = replace(
        BASE, stride=way.stride, padding=way.padding, dilation=way.dilation, transposed=way.transposed, flipped=way.flipped
    )
    found = chains(asked, *([] if way.first else ["indices start at 0"]))
    np.testing.assert_array_equal(value(found[-1].derivation.result, {}), slid(X, K, way))
    assert value(found[0].derivation.result, {}) == way.count(4, 2)
    for chain in found:
        assert {item.kind for item in Verifier(chain.derivation).all()} <= {"proved", "agrees"}


def test_channels_are_added_and_filters_are_listed() -> None:
    plain = Sliding()
    one = slid(X, K, plain) + slid(X.T + 1, K - 2, plain) - 1
    two = slid(X, K - 2, plain) + slid(X.T + 1, K, plain) + 3
    found = chains(Convolution("Y", ("X", "Z"), (("K", "W"), ("W", "K")), bias=(-1, 3)))
    first, second = found[-1].derivation.result.args
    np.testing.assert_array_equal(value(first, {}), one)
    np.testing.assert_array_equal(value(second, {}), two)


def test_a_group_sees_its_own_channels() -> None:
    found = chains(Convolution("Y", ("X", "Z"), ("K", "W"), groups=2))
    first, second = found[-1].derivation.result.args
    np.testing.assert_array_equal(value(first, {}), slid(X, K, Sliding()))
    np.testing.assert_array_equal(value(second, {}), slid(X.T + 1, K - 2, Sliding()))


REFUSED = {
    "larger than an image": replace(BASE, image="K", filters=("X",)),
    "with dilation 4: 5": replace(BASE, dilation=4),
    "expected 2 channels": replace(BASE, image=("X", "Z")),
    "3 groups do not divide": replace(BASE, groups=3),
    "expected channels of one size": replace(BASE, image=("X", "N"), filters=(("K", "K"),)),
    "Q is no matrix of numbers": replace(BASE, image="Q"),
    "stride is 0": replace(BASE, stride=0),
    "saw 2 biases for 1 filters": replace(BASE, bias=(1, 2)),
    "takes away all": replace(BASE, transposed=True, padding=4),
    "lies outside": replace(BASE, windows=((4, 1),)),
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_does_not_fit_is_refused(words: str) -> None:
    with pytest.raises(sd.SymderivError, match=words):
        chains(REFUSED[words])


def test_a_ragged_matrix_is_refused() -> None:
    with pytest.raises(sd.SymderivError, match="row"):
        environment([r"X = \begin{pmatrix} 1 & 2 \\ 3 \end{pmatrix}"])
