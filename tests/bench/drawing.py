"""Random arrays for cases, what NumPy says about them, and difference quotients: the referee of the benches."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent.parent / "data" / "cases"
Numbers = dict[str, Any]


def rows(name: str) -> list[dict[str, Any]]:
    """The records of a file of cases."""
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _one_hot(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    places = rng.integers(0, shape[-1], size=shape[:-1])
    return np.eye(shape[-1])[places]


def _apart(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Entries far from zero and from each other."""
    count = int(np.prod(shape))
    values = (np.arange(1, count + 1) + rng.uniform(-0.2, 0.2, count)) * 0.4 * np.resize([1, -1], count)
    return rng.permutation(values).reshape(shape)


def _positive_definite(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    some = rng.normal(size=shape)
    return some @ some.T / shape[0] + np.eye(shape[0])


def _symmetric(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    some = rng.normal(size=shape)
    return (some + some.T) / 2


def _invertible(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Far from singular and from symmetric, with a positive determinant."""
    return rng.normal(size=shape) * 0.4 + 2 * np.eye(shape[0])


def _probability(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    some = rng.uniform(0.3, 1.5, shape)
    return some / some.sum(-1, keepdims=True)


MANNERS: dict[str, Callable[[np.random.Generator, tuple[int, ...]], Any]] = {
    "pos": lambda rng, shape: rng.uniform(0.4, 2.2, shape),
    "unit": lambda rng, shape: rng.uniform(0.1, 0.9, shape),
    "spd": _positive_definite,
    "sym": _symmetric,
    "inv": _invertible,
    "onehot": _one_hot,
    "prob": _probability,
    "pm1": lambda rng, shape: rng.choice([-1.0, 1.0], shape),
    "bin": lambda rng, shape: rng.choice([0.0, 1.0], shape),
    "count": lambda rng, shape: rng.integers(1, 6, shape).astype(float),
    "apart": _apart,
    "small": lambda rng, shape: rng.uniform(-0.2, 0.2, shape),
    "normal": lambda rng, shape: rng.normal(size=shape),
}


def drawn(manner: str, rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """An array of a manner of `sampling`; a float where the shape is ()."""
    if manner.startswith("const:"):
        return float(manner.removeprefix("const:"))
    found = MANNERS[manner](rng, shape)
    return np.asarray(found) if shape else float(found)


def sizes(letters: list[str], kept: Mapping[str, int], rng: np.random.Generator) -> dict[str, int]:
    """Unequal sizes from 2 to 6, those of `kept` as they are."""
    free = [letter for letter in letters if letter not in kept]
    pool = [size for size in range(2, 9) if size not in kept.values()]
    chosen = rng.choice(pool[: max(5, len(free))], size=len(free), replace=False)
    return {**kept, **dict(zip(free, map(int, chosen), strict=True))}


def of_numpy(text: str, values: Numbers) -> Any:
    """What a NumPy expression of a case is worth."""
    return eval(text, {"np": np, **values})


#: The letter and the sizes of a declaration such as `A \\in \\mathbb{R}^{m \\times n}`.
_DECLARED = re.compile(r"^(\\?[A-Za-z]+) \\in \\mathbb\{R\}(?:\^\{?([^}]*?)\}?)?$")


def declared(given: list[str]) -> dict[str, list[str]]:
    """The arrays that `given` declares, with the letters of their sizes."""
    found: dict[str, list[str]] = {}
    for line in given:
        match = _DECLARED.match(line)
        if match:
            found[match[1]] = [size.strip() for size in (match[2] or "").split(r"\times") if size.strip()]
    return found


def close(found: Any, expected: Any, tolerance: float = 1e-9) -> bool:
    """Whether two arrays have the same shape, up to axes of length one, and the same entries, up to rounding."""
    ours, theirs = np.squeeze(np.asarray(found, dtype=float)), np.squeeze(np.asarray(expected, dtype=float))
    if ours.shape != theirs.shape:
        return False
    return bool(np.allclose(ours, theirs, rtol=tolerance, atol=tolerance * (1 + np.abs(theirs).max(initial=0.0))))


def quotients(function: Callable[[Any], Any], at: Any, step: float = 1e-5) -> Any:
    """Central difference quotients by every entry of `at`; the axes of the value come first, then those of `at`."""
    start = np.asarray(at, dtype=float)
    columns = []
    for place in np.ndindex(*start.shape):
        ahead, behind = start.copy(), start.copy()
        ahead[place] += step
        behind[place] -= step
        columns.append((np.asarray(function(ahead)) - np.asarray(function(behind))) / (2 * step))
    value = np.asarray(function(start))
    return np.stack(columns, axis=-1).reshape(value.shape + start.shape)


class OutOfTime(BaseException):
    """A case took longer than the bench waits; it is not an `Exception`, so nothing below swallows it."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Stops what runs inside after so many seconds."""

    def stop(*_: Any) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
