"""A look over a SymPy expression before it is read: which symbols are sizes, which are index letters, what counts from 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from symderiv.errors import SymderivError


@dataclass(slots=True)
class Facts:
    """What the whole expression tells about its letters.

    `letters` stand at positions of arrays, `sizes` in shapes and limits. `moved` letters count from 0 in SymPy and from 1
    here. `shapes` belong to arrays that declare none. `start` is what entries of an `IndexedBase` count from.
    """

    letters: set[Any] = field(default_factory=set)
    sizes: set[Any] = field(default_factory=set)
    moved: set[Any] = field(default_factory=set)
    shapes: dict[Any, tuple[Any, ...]] = field(default_factory=dict)
    start: int = 1


@dataclass(slots=True)
class _Seen:
    """What was met on the way: bound letters with their limits, and entries of arrays."""

    facts: Facts = field(default_factory=Facts)
    bound: dict[Any, list[tuple[Any, ...]]] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)
    elements: list[Any] = field(default_factory=list)
    cells: set[Any] = field(default_factory=set)


def survey(expr: Any) -> Facts:
    """The facts of an expression; every different part is looked at once."""
    seen, met, stack = _Seen(), set[int](), [expr]
    while stack:
        node = stack.pop()
        args = node.args
        if args and id(node) not in met:
            met.add(id(node))
            stack.extend(args)
            look = _LOOKS.get(type(node).__name__)
            if look is not None:
                look(seen, node)
    return _conclude(seen) if seen.bound or seen.entries or seen.elements else seen.facts


def letters_of(expr: Any) -> set[Any]:
    """The symbols and index objects of a position."""
    return {node for node in _nodes(expr) if type(node).__name__ == "Idx" or node.is_Symbol}


def _nodes(expr: Any) -> Iterator[Any]:
    stack = [expr]
    while stack:
        node = stack.pop()
        yield node
        if type(node).__name__ != "Idx":
            stack.extend(node.args)


def _sum(seen: _Seen, expr: Any) -> None:
    for letter, *limits in expr.args[1:]:
        seen.bound.setdefault(letter, []).append(tuple(limits))
        for limit in limits:
            seen.facts.sizes.update(letters_of(limit))


def _indexed(seen: _Seen, expr: Any) -> None:
    seen.entries.append(expr)
    for position in expr.args[1:]:
        seen.facts.letters.update(letters_of(position))


def _element(seen: _Seen, expr: Any) -> None:
    seen.elements.append(expr)
    for position in expr.args[1:]:
        seen.facts.letters.update(letters_of(position))


def _function_matrix(seen: _Seen, expr: Any) -> None:
    for length in expr.shape:
        seen.facts.sizes.update(letters_of(length))
    seen.cells.update(expr.lamda.variables)
    for letter, length in zip(expr.lamda.variables, expr.shape, strict=True):
        seen.bound.setdefault(letter, []).append((0, length - 1))


def _delta(seen: _Seen, expr: Any) -> None:
    for position in expr.args:
        seen.facts.letters.update(letters_of(position))


def _sized(first: int) -> Callable[[_Seen, Any], None]:
    """Sizes stand among the arguments from this one on."""

    def look(seen: _Seen, expr: Any) -> None:
        for length in expr.args[first:]:
            seen.facts.sizes.update(letters_of(length))

    return look


def _idx(seen: _Seen, expr: Any) -> None:
    seen.facts.letters.add(expr)
    if expr.lower is not None:
        seen.facts.sizes.update(letters_of(expr.lower) | letters_of(expr.upper))


_LOOKS: dict[str, Callable[[_Seen, Any], None]] = {
    "Sum": _sum,
    "Product": _sum,
    "Indexed": _indexed,
    "Idx": _idx,
    "MatrixElement": _element,
    "KroneckerDelta": _delta,
    "MatrixSymbol": _sized(1),
    "IndexedBase": _sized(1),
    "Identity": _sized(0),
    "ZeroMatrix": _sized(0),
    "OneMatrix": _sized(0),
    "FunctionMatrix": _function_matrix,
    "MatPow": _sized(1),
}


def _conclude(seen: _Seen) -> Facts:
    facts = seen.facts
    facts.sizes -= set(seen.bound)
    facts.letters -= facts.sizes
    matrices = seen.cells | {letter for element in seen.elements for letter in _positions(element)}
    arrays = {letter for entry in seen.entries for letter in _positions(entry)}
    if matrices & arrays or any(_from_zero(seen, entry) for entry in seen.entries):
        facts.start = 0
    facts.moved = (matrices | (arrays if facts.start == 0 else set())) & (facts.letters | set(seen.bound))
    for base in dict.fromkeys(entry.base for entry in seen.entries if entry.base.shape is None):
        facts.shapes[base] = _lengths(seen, base, facts.start)
    return facts


def _positions(entry: Any) -> set[Any]:
    return {letter for position in entry.args[1:] for letter in letters_of(position)}


def _from_zero(seen: _Seen, entry: Any) -> bool:
    """Whether an entry shows that its array counts from 0: `x[0]`, or a letter that begins there."""
    return any(position == 0 or any(low == 0 for low, _ in _ranges(seen, position)) for position in entry.args[1:])


def _ranges(seen: _Seen, position: Any) -> list[tuple[Any, Any]]:
    """The first and last value of a letter that stands at a position, wherever it is bound; none of another position."""
    found = [limits for limits in seen.bound.get(position, []) if len(limits) == 2]
    if not found and type(position).__name__ == "Idx" and position.lower is not None:
        found = [(position.lower, position.upper)]
    return [(low, high) for low, high in found]


def _lengths(seen: _Seen, base: Any, start: int) -> tuple[Any, ...]:
    """How long an array without a declared shape must be, from the letters that run over it; None where nothing tells."""
    entries = [entry for entry in seen.entries if entry.base == base]
    return tuple(_length(seen, base, [entry.args[slot] for entry in entries], start) for slot in _slots(entries, base))


def _slots(entries: list[Any], base: Any) -> range:
    counts = {len(entry.args) for entry in entries}
    if len(counts) > 1:
        raise SymderivError("shape", f"{base} has entries with different numbers of indices: write all with the same")
    return range(1, counts.pop())


def _length(seen: _Seen, base: Any, positions: list[Any], start: int) -> Any:
    ends = [end + 1 - start for position in positions for end in _ends(seen, position)]
    longest = ends[0] if ends else None
    for end in ends[1:]:
        beyond = end - longest
        if beyond.is_nonnegative is None:
            raise SymderivError("shape", f"the length of {base} is not known ({longest} or {end}): give IndexedBase a shape")
        longest = end if beyond.is_nonnegative else longest
    return longest


def _ends(seen: _Seen, position: Any) -> list[Any]:
    """The last places that a position reaches: of `i + 1` under `Σ_{i=1}^n` it is `n + 1`."""
    letters = [letter for letter in letters_of(position) if _ranges(seen, letter)]
    if len(letters) != 1 or (position - letters[0]).has(letters[0]):
        return []
    shift = position - letters[0]
    return [_highest(seen, high) + shift for _, high in _ranges(seen, letters[0])]


def _highest(seen: _Seen, end: Any) -> Any:
    """The last value of a limit; where that is itself a bound letter (`Σ_{i=1}^j`), the letter's last value."""
    met = set[Any]()
    while end in seen.bound and end not in met:
        met.add(end)
        ranges = _ranges(seen, end)
        end = ranges[0][1] if len({high for _, high in ranges}) == 1 else end
    if any(letter in seen.bound for letter in letters_of(end)):
        raise SymderivError("shape", f"the limit {end} does not tell how long an array is: give IndexedBase a shape")
    return end
