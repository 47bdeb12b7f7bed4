"""A graph on paper in layers: few crossings, neighbours below each other, and every line bends around what it passes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from symderiv.questions.picture import Pair

#: Ems between two boxes of a layer, between two layers, and how wide a line is that passes a layer.
GAP, LEVEL, PASSING = 1.6, 2.4, 0.8
#: How often the order and the places are improved.
SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Placed:
    """The middle of every node, the line of every edge from its first to its last point, and the size of the paper."""

    middles: tuple[Pair, ...]
    lines: tuple[tuple[Pair, ...], ...]
    size: Pair


def placed(sizes: Sequence[Pair], edges: Sequence[tuple[int, int]]) -> Placed:
    """Nodes of these sizes, in an order in which every edge leads to a later one, from the top to the bottom.

    >>> placed([(2, 1), (2, 1)], [(0, 1)]).middles
    ((1.5, 1.0), (1.5, 4.4))
    """
    work = _Layers(sizes, edges)
    work.order()
    work.spread()
    return work.result()


class _Layers:
    """Nodes and the points at which lines pass a layer; those are numbered behind the nodes."""

    def __init__(self, sizes: Sequence[Pair], edges: Sequence[tuple[int, int]]) -> None:
        self.sizes, self.edges = list(sizes), edges
        self.depth = _depths(len(sizes), edges)
        self.chains: list[list[int]] = []
        for start, end in edges:
            chain = [start]
            for level in range(self.depth[start] + 1, self.depth[end]):
                chain.append(len(self.sizes))
                self.sizes.append((PASSING, 0.0))
                self.depth.append(level)
            self.chains.append([*chain, end])
        self.layers: list[list[int]] = [[] for _ in range(max(self.depth, default=0) + 1)]
        for item, level in enumerate(self.depth):
            self.layers[level].append(item)
        self.above: list[list[int]] = [[] for _ in self.sizes]
        self.below: list[list[int]] = [[] for _ in self.sizes]
        for chain in self.chains:
            for one, other in pairwise(chain):
                self.below[one].append(other)
                self.above[other].append(one)
        self.across = [0.0] * len(self.sizes)

    def order(self) -> None:
        """Each layer sorted by where its neighbours stand, down and up again; the order with the fewest crossings stays."""
        best, least = [list(layer) for layer in self.layers], self._crossings()
        for sweep in range(SWEEPS):
            down = sweep % 2 == 0
            for level in range(len(self.layers)) if down else reversed(range(len(self.layers))):
                near = self.above if down else self.below
                spots = self._spots()
                layer = self.layers[level]
                layer.sort(key=lambda item: _mean([spots[other] for other in near[item]], spots[item]))
            count = self._crossings()
            if count < least:
                best, least = [list(layer) for layer in self.layers], count
        self.layers = best

    def _spots(self) -> dict[int, float]:
        return {item: place / len(layer) for layer in self.layers for place, item in enumerate(layer)}

    def _crossings(self) -> int:
        spots = self._spots()
        count = 0
        for layer in self.layers:
            lines = [(spots[item], spots[other]) for item in layer for other in self.below[item]]
            count += sum((a - c) * (b - d) < 0 for place, (a, b) in enumerate(lines) for c, d in lines[:place])
        return count

    def spread(self) -> None:
        """Items side by side, then each layer moved towards its neighbours, as far as there is room."""
        for layer in self.layers:
            self._pack(layer, [0.0] * len(layer))
        for sweep in range(SWEEPS):
            near = self.above if sweep % 2 == 0 else self.below
            for layer in self.layers if sweep % 2 == 0 else reversed(self.layers):
                self._pack(layer, [_mean([self.across[other] for other in near[item]], self.across[item]) for item in layer])
        left = min(self.across[item] - self.sizes[item][0] / 2 for item in range(len(self.sizes)))
        self.across = [place - left + 0.5 for place in self.across]

    def _pack(self, layer: list[int], wishes: list[float]) -> None:
        """The items at their wishes, pushed apart to the right, then the whole layer back to the mean of the wishes."""
        places: list[float] = []
        for item, wish in zip(layer, wishes, strict=True):
            low = wish
            if places:
                before = layer[len(places) - 1]
                low = places[-1] + (self.sizes[before][0] + self.sizes[item][0]) / 2 + GAP
            places.append(max(wish, low))
        back = sum(place - wish for place, wish in zip(places, wishes, strict=True)) / max(len(places), 1)
        for item, place in zip(layer, places, strict=True):
            self.across[item] = place - back

    def result(self) -> Placed:
        """Middles and lines, the levels as high as their highest box."""
        heights = [max(self.sizes[item][1] for item in layer) for layer in self.layers]
        tops = [0.5 + sum(heights[:level]) + LEVEL * level for level in range(len(heights))]
        at = [
            (round(self.across[item], 2), round(tops[level] + heights[level] / 2, 2))
            for item, level in enumerate(self.depth)
        ]
        width = max(place[0] + self.sizes[item][0] / 2 for item, place in enumerate(at)) + 0.5
        lines = tuple(self._line(chain, at) for chain in self.chains)
        count = len(self.sizes) - sum(len(chain) - 2 for chain in self.chains)
        return Placed(tuple(at[:count]), lines, (round(width, 2), round(tops[-1] + heights[-1] + 0.5, 2)))

    def _line(self, chain: list[int], at: list[Pair]) -> tuple[Pair, ...]:
        first, last = chain[0], chain[-1]
        inside = [at[item] for item in chain[1:-1]]
        start = self._port(first, (inside or [at[last]])[0], at, 0.5)
        end = self._port(last, (inside or [at[first]])[-1], at, -0.5)
        return (start, *inside, end)

    def _port(self, item: int, towards: Pair, at: list[Pair], side: float) -> Pair:
        """Where a line leaves a box or comes to it: on the side of its other end."""
        (x, y), (width, height) = at[item], self.sizes[item]
        shift = max(-0.35 * width, min(0.35 * width, (towards[0] - x) * 0.3))
        return round(x + shift, 2), round(y + side * height, 2)


def _depths(count: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    """The layer of every node: below all that it is made from; what is made from nothing just above its first use."""
    depth = [0] * count
    pairs = sorted(edges, key=lambda pair: pair[1])
    for start, end in pairs:
        depth[end] = max(depth[end], depth[start] + 1)
    ends = {end for _, end in pairs}
    for node in range(count):
        uses = [depth[end] for start, end in pairs if start == node]
        if node not in ends and uses:
            depth[node] = min(uses) - 1
    return depth


def _mean(places: list[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise
