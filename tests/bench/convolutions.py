"""Random convolutions: gradients by image, kernel and bias from the engine against plain loops that share no code with it.

`python -m bench.convolutions --count 200` prints how many set-ups agree to 1e-9. The loss is a weighted sum of the outputs,
which is linear in each array, so that a step of one in an entry gives its derivative exactly.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from symderiv.deriving.convolutions import P, Q, Sliding
from symderiv.deriving.entries import Entries
from symderiv.term.build import add, bigsum, entry, index, name, named, num, partial, stack
from symderiv.term.kinds import Term
from symderiv.worth.value import value

Arrays = dict[str, np.ndarray]
ROW, COLUMN = index("i"), index("j")


@dataclass(frozen=True)
class Setup:
    """A random convolution: how the kernel slides, and the sizes of everything."""

    way: Sliding
    image: tuple[int, int]
    kernel: tuple[int, int]
    channels: int
    filters: int

    @property
    def output(self) -> tuple[int, int]:
        """Counted by walking over the padded image."""
        if self.way.transposed:
            grown = [
                (n - 1) * self.way.stride + self.way.dilation * (k - 1) + 1
                for n, k in zip(self.image, self.kernel, strict=True)
            ]
            return grown[0] - 2 * self.way.padding, grown[1] - 2 * self.way.padding
        reach = [self.way.dilation * (k - 1) for k in self.kernel]
        padded = [n + 2 * self.way.padding for n in self.image]
        rows, columns = (len(range(0, n - r, self.way.stride)) for n, r in zip(padded, reach, strict=True))
        return rows, columns

    def seen(self, number: int) -> range:
        """The channels that a filter sees."""
        width = self.channels // self.way.groups
        group = number // (self.filters // self.way.groups)
        return range(group * width, (group + 1) * width)


def setups(count: int, seed: int = 20) -> list[Setup]:
    """Random set-ups whose outputs have entries."""
    draw = random.Random(seed)
    found: list[Setup] = []
    while len(found) < count:
        groups = draw.choice((1, 1, 2))
        channels, filters = groups * draw.randint(1, 4 // groups), groups * draw.randint(1, 4 // groups)
        transposed, flipped = draw.random() < 0.3, draw.random() < 0.2
        way = Sliding(
            draw.randint(1, 3), draw.randint(0, 2), draw.randint(1, 2), groups, transposed, flipped, draw.choice((1, 1, 0))
        )
        image, kernel = (draw.randint(2, 7), draw.randint(2, 7)), (draw.randint(1, 4), draw.randint(1, 4))
        setup = Setup(way, image, kernel, channels, filters)
        if min(setup.output) > 0:
            found.append(setup)
    return found


def loss(setup: Setup, arrays: Arrays) -> float:
    """The weighted sum of the outputs by plain loops over the image, the kernel and the output."""
    way, total = setup.way, 0.0
    rows, columns = setup.output
    for number in range(setup.filters):
        weight, out = arrays[f"G{number}"], np.zeros((rows, columns)) + arrays[f"b{number}"]
        for channel in setup.seen(number):
            pixels, kernel = arrays[f"X{channel}"], arrays[f"K{number}{channel}"]
            if way.flipped:
                kernel = kernel[::-1, ::-1]
            for a, b in np.ndindex(*setup.kernel):
                for small, large in _pairs(setup, a, b):
                    pixel, place = (small, large) if way.transposed else (large, small)
                    if _inside(pixel, pixels.shape) and _inside(place, out.shape):
                        out[place] += pixels[pixel] * kernel[a, b]
        total += float((weight * out).sum())
    return total


def _pairs(setup: Setup, a: int, b: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Places of the smaller grid, and those of the larger one that the entry (a, b) of the kernel joins to them."""
    way = setup.way
    grid = setup.image if way.transposed else setup.output
    shift = (way.dilation * a - way.padding, way.dilation * b - way.padding)
    return [((p, q), (way.stride * p + shift[0], way.stride * q + shift[1])) for p, q in np.ndindex(*grid)]


def _inside(place: tuple[int, int], shape: tuple[int, ...]) -> bool:
    return all(0 <= spot < size for spot, size in zip(place, shape, strict=True))


def steps(setup: Setup, arrays: Arrays, which: str) -> np.ndarray:
    """The derivative by each entry of an array, from a step of one."""
    base, found = loss(setup, arrays), np.zeros(arrays[which].shape)
    for place in np.ndindex(found.shape):
        moved = arrays[which].copy()
        moved[place] += 1
        found[place] = loss(setup, {**arrays, which: moved}) - base
    return found


def drawn(setup: Setup, seed: int) -> Arrays:
    """Small whole numbers for every array."""
    rng = np.random.default_rng(seed)
    shapes = {f"X{channel}": setup.image for channel in range(setup.channels)}
    for number in range(setup.filters):
        shapes |= {f"K{number}{channel}": setup.kernel for channel in setup.seen(number)}
        shapes |= {f"G{number}": setup.output, f"b{number}": ()}
    return {letter: rng.integers(-4, 5, size=shape).astype(float) for letter, shape in shapes.items()}


def stated(setup: Setup, arrays: Arrays) -> tuple[Term, dict[str, Term]]:
    """The same loss as a term, and its letters."""
    letters = {text: name(text, *map(num, array.shape)) for text, array in arrays.items()}
    sizes, over = (tuple(map(num, pair)) for pair in (setup.kernel, setup.image))
    rows, columns = map(num, setup.output)
    first = num(setup.way.first)
    terms = []
    for number in range(setup.filters):
        seen = setup.seen(number)
        sums = [setup.way.entry(letters[f"X{c}"], letters[f"K{number}{c}"], sizes, over) for c in seen]  # type: ignore[arg-type]
        out = named(f"Y{number}", stack(add(*sums, letters[f"b{number}"]), P, rows, Q, columns))
        product = entry(letters[f"G{number}"], P, Q) * entry(out, P, Q)
        lasts = [num(size - 1 + setup.way.first) for size in setup.output]
        terms.append(bigsum(bigsum(product, Q, first, lasts[1]), P, first, lasts[0]))
    return add(*terms), letters


def found(setup: Setup, arrays: Arrays, which: str) -> np.ndarray:
    """The derivative from the formula that the engine derives for one entry."""
    body, letters = stated(setup, arrays)
    sizes = [num(size) for size in arrays[which].shape]
    letter, given = letters[which], setup.way.conventions
    places = (ROW, COLUMN)[: len(sizes)]
    derivation = Entries(given).derive(partial(body, entry(letter, *places) if sizes else letter))
    pairs = [item for pair in zip(places, sizes, strict=True) for item in pair]
    whole = stack(derivation.result, *pairs) if sizes else derivation.result
    point = {letters[text]: array.tolist() for text, array in arrays.items()}
    return np.array(value(whole, point, given), dtype=float).reshape(arrays[which].shape)


def agrees(setup: Setup, seed: int) -> dict[str, bool]:
    """Whether the gradients by a channel, a kernel that sees it and a bias agree to 1e-9."""
    arrays, draw = drawn(setup, seed), random.Random(seed)
    number = draw.randrange(setup.filters)
    channel = draw.choice(setup.seen(number))
    checked = {"image": f"X{channel}", "kernel": f"K{number}{channel}", "bias": f"b{number}"}
    return {what: _close(found(setup, arrays, which), steps(setup, arrays, which)) for what, which in checked.items()}


def _close(ours: np.ndarray, theirs: np.ndarray) -> bool:
    return ours.shape == theirs.shape and bool(np.all(np.abs(ours - theirs) <= 1e-9 * (1 + np.abs(theirs))))


def main(arguments: Sequence[str] | None = None, show: Callable[..., Any] = print) -> Counter[tuple[str, bool]]:
    """How many random set-ups agree, by what was differentiated by."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20)
    options = parser.parse_args(arguments)
    counts: Counter[tuple[str, bool]] = Counter()
    for seed, setup in enumerate(setups(options.count, options.seed)):
        for what, right in agrees(setup, seed).items():
            counts[what, right] += 1
            if not right:
                show(f"differs by {what}: {setup}")
    for what in ("image", "kernel", "bias"):
        show(f"{what}: {counts[what, True]} of {options.count} agree")
    return counts


if __name__ == "__main__":
    main()
