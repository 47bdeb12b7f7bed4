"""A notebook: the sheet as Markdown cells, one for each heading, derivation and what unfolds, and nothing to run."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from symderiv.pages.sheet import Block, Derived, Details, Heading, Sheet
from symderiv.writers import markdown

#: The blocks that begin a cell of their own.
BEGINNINGS = (Heading, Derived, Details)


def standalone(sheet: Sheet) -> str:
    """The sheet as an `.ipynb` file (nbformat 4.5); the same sheet gives the same bytes.

    >>> json.loads(standalone(Sheet("A page")))["cells"][0]["source"]
    ['# A page']
    """
    title = [f"# {markdown.words(sheet.title)}"] if sheet.title else []
    texts = ["\n\n".join(title)] if title else []
    texts += ["\n\n".join(markdown.written(group)) for group in _groups(sheet.blocks)]
    notebook = {
        "cells": [_cell(text, number) for number, text in enumerate(filter(None, texts))],
        "metadata": {"language_info": {"name": "python"}, "title": sheet.title},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _groups(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    found: list[list[Block]] = []
    for block in blocks:
        if not found or isinstance(block, BEGINNINGS):
            found.append([])
        found[-1].append(block)
    return [tuple(group) for group in found]


def _cell(text: str, number: int) -> dict[str, Any]:
    """A Markdown cell. Its id comes from its text and place, so that it stays when other cells change."""
    name = hashlib.sha256(f"{number} {text}".encode()).hexdigest()[:16]
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text.splitlines(keepends=True)}
