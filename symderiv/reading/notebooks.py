"""Notebooks: the Markdown cells of a notebook's JSON; nothing is run, and outputs are ignored."""

from __future__ import annotations

import json

from symderiv.errors import SymderivError, encodable


def cells(text: str) -> list[str]:
    """The text of each Markdown cell.

    >>> cells('{"cells": [{"cell_type": "markdown", "source": ["$y = ", "x$"]}, {"cell_type": "code", "source": ""}]}')
    ['$y = x$']
    """
    try:
        cells = json.loads(text)["cells"]
        sources = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
        if not all(isinstance(source, str | list) for source in sources):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError) as stop:
        raise SymderivError(
            "not-readable", "this is no notebook: expected JSON with cells of a type and a source."
        ) from stop
    return [encodable(source if isinstance(source, str) else "".join(map(str, source))) for source in sources]
