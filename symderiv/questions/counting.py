"""Counting parameters: the weights of a layer and its biases, as a person writes the product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from symderiv.questions.layers import BatchNorm, Conv, Dense, Layer, TransposedConv
from symderiv.questions.windows import Numbers, misfit, whole
from symderiv.term.build import ONE, TWO, ZERO, add, fraction, mul
from symderiv.term.kinds import Term


@dataclass(frozen=True, slots=True)
class Counts:
    """How many numbers a layer learns, and how many values each of its outputs reads."""

    weights: Term = ZERO
    biases: Term = ZERO
    parameters: Term = ZERO
    reads: Term = ZERO


def counts(layer: Layer, sides: tuple[Term, ...], count: Term, read: Numbers, bias: bool) -> Counts:
    """What is learned in a layer that reads a map of these sides, `count` values; `bias` where the layer does not say."""
    found = _COUNTED.get(type(layer))
    return Counts() if found is None else found(layer, sides, count, read, bias)


def _counts(reads: tuple[Term, ...], outputs: Term, bias: bool) -> Counts:
    """Each of the outputs has a weight for each value that it reads, and perhaps a bias."""
    weights, read = mul(*reads, outputs), mul(*reads)
    return Counts(weights, outputs, mul(add(read, ONE), outputs), read) if bias else Counts(weights, ZERO, weights, read)


def _conv(layer: Conv | TransposedConv, sides: tuple[Term, ...], count: Term, read: Numbers, bias: bool) -> Counts:
    """Each filter reads a window of the channels of its group."""
    groups, filters = read.one(layer.groups, "groups"), read.one(layer.filters, "filters")
    for size, what in ((sides[2], "channels of its input"), (filters, "filters")):
        have, parts = whole(size), whole(groups)
        if have is not None and parts is not None and have % parts:
            raise misfit(layer.name, f"its {parts} groups do not divide the {have} {what}; choose a number that does")
    channels = sides[2] if groups is ONE else fraction(sides[2], groups)
    return _counts((*read.both(layer.kernel, "kernel"), channels), filters, bias if layer.bias is None else layer.bias)


def _dense(layer: Dense, sides: tuple[Term, ...], count: Term, read: Numbers, bias: bool) -> Counts:
    return _counts((count,), read.one(layer.neurons, "neurons"), bias if layer.bias is None else layer.bias)


def _batch_norm(layer: BatchNorm, sides: tuple[Term, ...], count: Term, read: Numbers, bias: bool) -> Counts:
    """A scale and a shift for each channel."""
    return Counts(sides[-1], sides[-1], mul(TWO, sides[-1]))


_COUNTED: dict[type, Callable[[Any, tuple[Term, ...], Term, Numbers, bool], Counts]] = {
    Conv: _conv,
    TransposedConv: _conv,
    Dense: _dense,
    BatchNorm: _batch_norm,
}
