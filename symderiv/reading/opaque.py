"""What is read and has no value here: an expectation, a limit, an integral without limits, a matrix with dots.

A script keeps such a part, so that its line is understood as written and the lines beside it are judged; nothing is decided
about it. A problem to derive refuses it by name.
"""

from __future__ import annotations

from functools import lru_cache

from symderiv.reading.pratt import Reader
from symderiv.term.build import apply, function
from symderiv.term.kinds import SET, Term, subterms
from symderiv.term.names import Name

#: The convention under which scripts are read: what has no value here is kept as it is written.
KEPT = "what has no value here is kept as it is written"
#: What stands behind the letter of such a part.
OPAQUE = "opaque"


def keeps(reader: Reader) -> bool:
    """Whether a part without a value is kept instead of refused."""
    return KEPT in reader.environment.conventions


def opaque(name: str | Name, *parts: Term) -> Term:
    """A part that is kept: its sign and what stands in it."""
    return apply(without_value(name if isinstance(name, Name) else Name(name)), *parts)


def without_value(name: Name) -> Term:
    """A function of which nothing is known but what it is called: an expectation."""
    return function(name, known=True, means=OPAQUE)


@lru_cache(maxsize=256)
def is_opaque(term: Term, into_names: bool = True) -> bool:
    """Whether a part without a value stands in a term, or in what its names stand for."""
    return any(_has_no_value(node) for node in subterms(term, into_names) if node.kind in ("function", "tuple"))


def _has_no_value(node: Term) -> bool:
    """A sign that is kept, or a set, whose members stand in no order."""
    return (node.kind == "function" and node.data.means == OPAQUE) or (node.kind == "tuple" and node.data == SET)
