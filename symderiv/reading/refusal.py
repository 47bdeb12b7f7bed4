"""A refusal shows the line with a caret under the place, what was seen, what was expected, and what to do."""

from __future__ import annotations

from symderiv.errors import SymderivError

#: How much of a long line stands on each side of the caret.
MARGIN = 60


def refusal(
    source: str, start: int, end: int, seen: str, expected: str = "", do: str = "", code: str = "unread"
) -> SymderivError:
    """The error for a place in a source text that cannot be read.

    `start` and `end` count characters of `source`; they become the error's span.

    >>> print(refusal("x + * y", 4, 5, "saw '*'", "expected a number, a name or a bracket"))
    x + * y
        ^
    saw '*'
    expected a number, a name or a bracket
    """
    words = [line for line in (seen, expected, do) if line]
    return SymderivError(code, "\n".join([*_pointed(source, start, end), *words]), (start, end))


def _pointed(source: str, start: int, end: int) -> list[str]:
    first = source.rfind("\n", 0, start) + 1
    last = source.find("\n", start)
    last = len(source) if last < 0 else last
    left, right = max(first, start - MARGIN), min(last, start + MARGIN)
    before, after = "…" * (left > first), "…" * (right < last)
    width = max(1, min(end, right) - start)
    return [before + source[left:right] + after, " " * (len(before) + start - left) + "^" * width]
