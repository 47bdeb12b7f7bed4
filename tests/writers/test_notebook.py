"""The notebook file: valid, the same bytes every time, a cell for each group of blocks."""

import json

import nbformat

from symderiv.pages.sheet import Heading, Paragraph, Sheet
from symderiv.writers import notebook

from .pages import PAGE

TEXT = notebook.standalone(PAGE)


def test_the_file_is_a_valid_notebook_of_markdown_cells():
    read = nbformat.reads(TEXT, as_version=4)
    nbformat.validate(read)
    assert (read.nbformat, read.nbformat_minor) == (4, 5)
    assert {cell.cell_type for cell in read.cells} == {"markdown"}
    assert all(cell.source for cell in read.cells)


def test_ids_are_different_and_stay():
    ids = [cell["id"] for cell in json.loads(TEXT)["cells"]]
    assert len(set(ids)) == len(ids)
    assert notebook.standalone(PAGE) == TEXT


def test_a_heading_begins_a_cell():
    sheet = Sheet("T", (Heading(1, "one"), Paragraph(("a",)), Heading(1, "two")))
    sources = ["".join(cell["source"]) for cell in json.loads(notebook.standalone(sheet))["cells"]]
    assert sources == ["# T", "## one\n\na", "## two"]
