r"""The one layout: a term becomes the formula that every format shows, with its brackets, order and fractions decided here.

Tables say how tightly each kind binds (`setting`) and how it is set (`scalars`, `products`, `entries`, `derivatives`,
`arrays`). Nothing is rewritten: the formula shows the term as it stands.
"""

from __future__ import annotations

from symderiv.pages.arrays import ARRAYS
from symderiv.pages.derivatives import DERIVATIVES
from symderiv.pages.entries import ENTRIES
from symderiv.pages.formula import Formula
from symderiv.pages.products import PRODUCTS
from symderiv.pages.scalars import SCALARS
from symderiv.pages.setting import Setter, Setting
from symderiv.term.kinds import Term
from symderiv.term.size import is_large, too_large

SETTERS: dict[str, Setter] = {**SCALARS, **PRODUCTS, **ENTRIES, **DERIVATIVES, **ARRAYS}


class Layout(Setting):
    r"""Terms to formulas; keep one for all lines of a derivation, so that what they share is laid out once.

    >>> from symderiv.term.build import name
    >>> x = name("x")
    >>> layout = Layout()
    >>> layout(x * (x + 1)) is layout(x * (x + 1))
    True
    """

    def __init__(self) -> None:
        super().__init__(SETTERS)


#: No page holds a formula of more leaves, or one in so many brackets.
LEAVES, DEPTH = 50_000, 150


def layout(term: Term) -> Formula:
    """The formula of one term; refused with code `too-large` where no page would hold it."""
    if is_large(term, LEAVES, DEPTH, into_names=False):
        raise too_large("this formula")
    return Layout()(term)
