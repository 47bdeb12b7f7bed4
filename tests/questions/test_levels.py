"""Graphs in layers: below what they are made from, apart from each other, few crossings, lines around boxes."""

from __future__ import annotations

import random

import pytest

from symderiv.questions.levels import placed
from symderiv.questions.picture import Pair

BOX = (4.0, 2.0)


def drawn(seed: int) -> tuple[list[Pair], list[tuple[int, int]]]:
    rng = random.Random(seed)
    count = rng.randint(3, 14)
    edges = {(rng.randrange(end), end) for end in range(2, count) for _ in range(2)}
    return [(rng.uniform(2, 8), rng.uniform(1, 3)) for _ in range(count)], sorted(edges)


@pytest.mark.parametrize("seed", range(20))
def test_boxes_lie_apart_and_below_what_they_are_made_from(seed: int) -> None:
    sizes, edges = drawn(seed)
    found = placed(sizes, edges)
    for start, end in edges:
        assert found.middles[start][1] < found.middles[end][1], f"{start} is not above {end}"
    for one in range(len(sizes)):
        for other in range(one):
            across = abs(found.middles[one][0] - found.middles[other][0]) - (sizes[one][0] + sizes[other][0]) / 2
            down = abs(found.middles[one][1] - found.middles[other][1]) - (sizes[one][1] + sizes[other][1]) / 2
            assert max(across, down) > 0, f"{other} lies on {one}"
        (x, y), (width, height) = found.middles[one], sizes[one]
        assert width / 2 <= x <= found.size[0] - width / 2 and height / 2 <= y <= found.size[1] - height / 2


@pytest.mark.parametrize("seed", range(20))
def test_lines_pass_no_box_at_its_level(seed: int) -> None:
    sizes, edges = drawn(seed)
    found = placed(sizes, edges)
    for line in found.lines:
        for x, y in line[1:-1]:
            for middle, size in zip(found.middles, sizes, strict=True):
                inside = abs(x - middle[0]) < size[0] / 2 and abs(y - middle[1]) < size[1] / 2
                assert not inside, f"a line passes {middle} at {(x, y)}"


def test_no_crossing_where_none_is_needed() -> None:
    found = placed([BOX] * 6, [(0, 3), (1, 2), (2, 5), (3, 4)])
    across = [middle[0] for middle in found.middles]
    assert (across[0] < across[1]) == (across[3] < across[2]) == (across[4] < across[5])


def test_an_input_stands_just_above_its_first_use() -> None:
    found = placed([BOX] * 4, [(0, 2), (2, 3), (1, 3)])
    assert found.middles[1][1] == found.middles[2][1]
