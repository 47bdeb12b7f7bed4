"""Samples: a table with a column for each feature and one for the response, all of few values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from symderiv.errors import SymderivError

#: What stands in a cell: a number or a word.
Value = int | str


@dataclass(frozen=True, slots=True)
class Samples:
    """`columns` in order; each row has a name and its values. The `response` is one of the columns.

    >>> table = Samples.of(("A", "y"), {"x_1": (0, 1), "x_2": (1, 1)}, "y")
    >>> table.where("A", 1).names, table.counts
    (('x_2',), {1: 2})
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Value, ...]], ...]
    response: str

    @classmethod
    def of(cls, columns: Sequence[str], rows: Mapping[str, Sequence[Value]], response: str) -> Samples:
        """The table, if it is one."""
        if response not in columns:
            said = (
                f"the table has no column {response}; its columns are {', '.join(columns)}; name one of them as the response"
            )
            raise SymderivError("table", said)
        if len(set(columns)) < len(columns):
            raise SymderivError("table", f"two columns have one name among {', '.join(columns)}; give each its own")
        if not rows:
            raise SymderivError("table", "the table has no samples; give at least one row")
        for name, values in rows.items():
            _fits(name, values, columns, response)
        return cls(tuple(columns), tuple((name, tuple(values)) for name, values in rows.items()), response)

    @property
    def names(self) -> tuple[str, ...]:
        """The samples."""
        return tuple(name for name, _ in self.rows)

    @property
    def features(self) -> tuple[str, ...]:
        """The columns beside the response."""
        return tuple(column for column in self.columns if column != self.response)

    @property
    def counts(self) -> dict[Value, int]:
        """How often each value of the response occurs, in the order of the values."""
        found = Counter(self.column(self.response))
        return {value: found[value] for value in sorted(found, key=_order)}

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """The share of each value of the response that occurs, the rarest last."""
        return tuple(Fraction(count, len(self.rows)) for count in self.counts.values())

    def column(self, which: str) -> tuple[Value, ...]:
        """The values of a column."""
        place = self.columns.index(which)
        return tuple(values[place] for _, values in self.rows)

    def values(self, feature: str) -> tuple[Value, ...]:
        """The values that a feature takes here, the largest first."""
        return tuple(sorted(set(self.column(feature)), key=_order, reverse=True))

    def where(self, feature: str, value: Value) -> Samples:
        """The samples in which a feature has a value."""
        place = self.columns.index(feature)
        return Samples(self.columns, tuple(row for row in self.rows if row[1][place] == value), self.response)


def _order(value: Value) -> tuple[bool, int, str]:
    return isinstance(value, str), value if isinstance(value, int) else 0, str(value)


def _fits(name: str, values: Sequence[Value], columns: Sequence[str], response: str) -> None:
    if len(values) != len(columns):
        said = f"row {name} has {len(values)} values, expected one for each of {', '.join(columns)}"
        raise SymderivError("table", f"{said}; fill in what is missing")
    for column, value in zip(columns, values, strict=True):
        if not isinstance(value, (int, str)):
            what = "the response" if column == response else "the feature"
            said = f"row {name} has {value!r} for {what} {column}, expected a whole number or a word"
            raise SymderivError("table", f"{said}; put values that vary continuously into classes first")
