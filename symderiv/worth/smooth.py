"""Whether a term is one analytic formula wherever it has a value, or may change its branch from point to point."""

from __future__ import annotations

from functools import lru_cache

from symderiv.term.kinds import Term

#: Functions that are put together from pieces, or that undo a function only on one branch.
_BRANCHED = frozenset("abs sign floor ceil relu max min arcsin arccos arctan arccot arcsec arccsc arcosh".split())


@lru_cache(maxsize=65536)
def is_smooth(term: Term) -> bool:
    """Whether agreement near one point is agreement at all points: no kink, no branch below.

    Two analytic terms that differ anywhere differ at nearly every point; `|x|` and `x` agree on half of the line.

    >>> from symderiv.term.build import *
    >>> x = name("x")
    >>> is_smooth(x**2), is_smooth(root(x**2))
    (True, False)
    """
    return _is_smooth_itself(term) and all(is_smooth(arg) for arg in term.args)


def _is_smooth_itself(term: Term) -> bool:
    if term.kind == "apply" and term.args[0].kind == "function":
        return not _BRANCHED & {term.args[0].data.means, term.args[0].data.name.base}
    if term.kind == "power":
        exponent = term.args[1].args[0] if term.args[1].kind == "minus" else term.args[1]
        return exponent.kind != "fraction"
    return term.kind not in ("cases", "root")
