"""The same networks in PyTorch, where it is installed: what its own layers give and hold."""

from __future__ import annotations

from typing import Any

from symderiv.questions.layers import BatchNorm, Conv, Dense, Flatten, Layer, Pool, Residual, TransposedConv
from symderiv.questions.network import Network

from .networks import pair


def in_torch(torch: Any, network: Network) -> list[tuple[tuple[int, ...], int]]:
    """Size and number of parameters at each layer; only shapes are computed, on PyTorch's meta device."""
    rows = []
    width, height, channels = network.input
    values = torch.zeros(2, channels, height, width, device="meta")
    for layer in network.layers:
        modules, values = _passed(torch, layer, values, network.bias)
        sizes = tuple(values.shape[1:])
        rows.append((sizes if len(sizes) == 1 else (sizes[2], sizes[1], sizes[0]), sum(map(_parameters, modules))))
    return rows


def _parameters(module: Any) -> int:
    return sum(array.numel() for array in module.parameters())


def _passed(torch: Any, layer: Layer, values: Any, bias: bool) -> tuple[list[Any], Any]:
    if isinstance(layer, Residual):
        held, ends = [], []
        for path in (layer.layers, layer.shortcut):
            here = values
            for inner in path:
                modules, here = _passed(torch, inner, here, bias)
                held += modules
            ends.append(here)
        return held, ends[0] + ends[1]
    if isinstance(layer, Dense):
        values = values.flatten(1)
    module = _module(torch, layer, values, bias if getattr(layer, "bias", None) is None else layer.bias)  # type: ignore[union-attr]
    return [module], module(values)


def _module(torch: Any, layer: Layer, values: Any, bias: bool | None) -> Any:
    made = torch.nn
    match layer:
        case Conv():
            around = layer.padding if layer.padding == "same" else _turned(0 if layer.padding == "valid" else layer.padding)
            return made.Conv2d(
                values.shape[1], layer.filters, _turned(layer.kernel), _turned(layer.stride), around,
                _turned(layer.dilation), layer.groups, bias, device="meta",
            )  # fmt: skip
        case TransposedConv():
            return made.ConvTranspose2d(
                values.shape[1], layer.filters, _turned(layer.kernel), _turned(layer.stride), _turned(layer.padding),
                _turned(layer.output_padding), layer.groups, bias, _turned(layer.dilation), device="meta",
            )  # fmt: skip
        case Pool():
            around = _turned(0 if layer.padding == "valid" else layer.padding)
            stride = None if layer.stride is None else _turned(layer.stride)
            padded = made.ZeroPad2d((around[1], around[1], around[0], around[0]))
            return made.Sequential(padded, made.MaxPool2d(_turned(layer.kernel), stride))
        case Flatten():
            return made.Flatten()
        case Dense():
            return made.Linear(values.shape[1], layer.neurons, bias, device="meta")
        case BatchNorm():
            return made.BatchNorm2d(values.shape[1], device="meta")
    return made.ReLU()


def _turned(both: Any) -> tuple[int, int]:
    """PyTorch writes down before across."""
    across, down = pair(both)
    return down, across
