"""SymPy, imported when it is first needed and never at the import of a module."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def library() -> Any:
    """The module `sympy`."""
    import sympy

    return sympy
