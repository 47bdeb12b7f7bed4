"""A kernel is what a monomial is made of: an entry of a name, or a function of forms."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

#: A text longer than this is shortened to its digest, so that shared parts do not make texts grow without end.
LONGEST = 240

NO_LETTERS: frozenset[str] = frozenset()


class NotNormal(Exception):
    """The normal form does not say: the term is over a cap, or of a kind that it does not know."""


class Kernel:
    """What a monomial is made of: an entry of a name, a function of forms. Interned by its text."""

    __slots__ = ("__weakref__", "args", "data", "head", "height", "label", "letters", "text")

    head: str
    label: str
    data: Any
    args: tuple[Any, ...]
    text: str
    letters: frozenset[str]
    height: int

    def __repr__(self) -> str:
        return self.text


_kernels: WeakValueDictionary[str, Kernel] = WeakValueDictionary()


def kernel(head: str, data: Any, args: tuple[Any, ...], label: str) -> Kernel:
    """The one kernel with this head, label and arguments; `data` is what the label stands for."""
    text = f"{head} {label}[{'|'.join([position_text(arg) for arg in args])}]"
    if len(text) > LONGEST:
        text = f"{head} …{hashlib.sha256(text.encode()).hexdigest()[:32]}"
    found = _kernels.get(text)
    if found is None:
        found = _kernels[text] = Kernel()
        found.head, found.label, found.data, found.args, found.text = head, label, data, args, text
        found.letters = NO_LETTERS.union(*(position_letters(arg) for arg in args))
        found.height = max((getattr(arg, "height", 0) for arg in args), default=0)
    return found


def position_text(position: Any) -> str:
    """A position or an argument as text."""
    return position if type(position) is str else str(position)


def position_letters(position: Any) -> frozenset[str]:
    """The free index letters of a position or an argument."""
    if type(position) is str:
        return frozenset((position,))
    found: frozenset[str] = getattr(position, "letters", NO_LETTERS)
    return found


class Range(NamedTuple):
    """The values that an index letter runs over: from `low` to `high`."""

    low: Any
    high: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Range) and self.low.text == other.low.text and self.high.text == other.high.text

    def __hash__(self) -> int:
        return hash(self.high.text)

    @property
    def text(self) -> str:
        """The limits as text."""
        return f"{self.low.text}..{self.high.text}"
