"""Writers: one file a format, each a leaf that knows the sheet and its formulas and nothing else."""

from pathlib import Path

from symderiv.errors import SymderivError

#: The writer of each ending; a writer has `standalone(sheet) -> str`.
WRITERS = {".html": "html", ".tex": "latex", ".txt": "text", ".md": "markdown", ".ipynb": "notebook", ".json": "json"}
#: The writer of each format by its short name.
FORMATS = {"text": "text", **{ending[1:]: writer for ending, writer in WRITERS.items() if writer != "text"}}


def writer_for_output(path: str | Path) -> str:
    """The writer of a file by its ending, known before anything is derived."""
    suffix = Path(path).suffix if isinstance(path, (str, Path)) else ""
    if suffix not in WRITERS:
        raise SymderivError("format", f"no writer for “{path}”; expected an ending among {' '.join(WRITERS)}")
    return WRITERS[suffix]
