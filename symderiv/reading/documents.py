"""Documents to lines: the displayed and inline mathematics of a `.tex`, `.md` or `.ipynb`, in reading order, with places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple

from symderiv.errors import SymderivError, encodable

Format = Literal["latex", "markdown", "notebook"]

#: The most that is read of one document.
MAX_BYTES, MAX_LINES = 2_000_000, 2_000
#: Environments whose lines are statements, and those that stand inside one.
DISPLAYED = "equation align gather multline eqnarray alignat flalign displaymath math dmath"
_ENVIRONMENT = "|".join(f"{name}\\*?" for name in DISPLAYED.split())
_INSIDE = "aligned|split|gathered|alignedat"
_LINES_INSIDE = re.compile(rf"\\begin\{{({_INSIDE})\}}(?:\{{\d+\}})?|\\end\{{({_INSIDE})\}}")
_OPENING = re.compile(
    r"(?P<struck>~~)"
    r"|(?<!\\)(?P<dollars>\$\$)"
    r"|(?P<brackets>\\\[)"
    rf"|\\begin\{{(?P<name>{_ENVIRONMENT})\}}(?:\{{\d+\}})?"
    r"|(?<![\\$])(?P<inline>\$)(?!\$)"
    r"|(?P<round>\\\()"
    r"|(?P<heading>^[ \t]*(?:\#{1,6}(?=[ \t])|\\(?:sub)*section\*?(?=\{)|\d+[.)](?=[ \t])))"
    r"|^[ \t]*(?P<ticks>`{3,})[^\n]*\n",
    re.MULTILINE,
)
#: What closes what was opened.
_CLOSING = {
    "struck": re.compile("~~"), "dollars": re.compile(r"(?<!\\)\$\$"), "brackets": re.compile(r"\\\]"),
    "round": re.compile(r"\\\)"),
}  # fmt: skip


#: The kinds of stretches that hold mathematics.
MATHEMATICS = frozenset({"dollars", "brackets", "name", "inline", "round"})


class Stretch(NamedTuple):
    """A stretch of a document: mathematics, what is struck out, a fence, or a heading."""

    kind: str
    start: int
    stop: int


class SourceLine(NamedTuple):
    """A line as it stands in a document; `break_before` where a heading or a list separates derivations; `row` is
    its line in the document, from 1."""

    text: str
    span: tuple[int, int]
    break_before: bool = False
    struck: bool = False
    row: int = 0


def lines_of(document: list[str] | str | Path, form: Format | None = None) -> tuple[SourceLine, ...]:
    r"""The lines of a list, of a document in a string, or of a file.

    A list has one line for each of its strings, always. `form` says what a string is; else its contents tell.

    >>> [line.text for line in lines_of("Let $y = x^2$. Then\n\n$$y' = 2x \\\\ = x + x$$")]
    ['y = x^2', "y' = 2x", '= x + x']
    """
    if isinstance(document, list | tuple):
        texts = [encodable(text) for text in document]
        return tuple(SourceLine(text, (0, len(text)), False, _is_struck(text), row) for row, text in enumerate(texts, 1))
    if isinstance(document, Path):
        text, form = _read(document), form or _form_of(document)
    else:
        text = encodable(document)
    if len(text) > MAX_BYTES:
        raise SymderivError("limit", f"the document has {len(text)} characters; at most {MAX_BYTES} are read.")
    found = _notebook(text) if form == "notebook" else _document(text)
    if len(found) > MAX_LINES:
        raise SymderivError("limit", f"the document has {len(found)} lines; at most {MAX_LINES} are read.")
    return tuple(line._replace(row=1 + text.count("\n", 0, line.span[0])) for line in found)


def _form_of(path: Path) -> Format:
    forms: dict[str, Format] = {".tex": "latex", ".md": "markdown", ".ipynb": "notebook", ".txt": "markdown"}
    if path.suffix not in forms:
        raise SymderivError("usage", f"{path.name} is not read; expected a file that ends in {', '.join(forms)}.")
    return forms[path.suffix]


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as stop:
        raise SymderivError("not-readable", f"{path} cannot be read: {stop.strerror}.") from stop
    if len(data) > MAX_BYTES:
        raise SymderivError("limit", f"{path.name} has {len(data)} bytes; at most {MAX_BYTES} are read.")
    return data.decode("utf-8", "replace")


def _notebook(text: str) -> list[SourceLine]:
    """The mathematics of the Markdown cells; nothing is run, and outputs are ignored."""
    return [line for cell in import_module("symderiv.reading.notebooks").cells(text) for line in _document(cell)]


def _document(text: str) -> list[SourceLine]:
    """Formulas between signs of mathematics; in a text without any, every line that is not empty."""
    body = _without_comments(text)
    start = body.find(r"\begin{document}")
    stop = body.find(r"\end{document}")
    begin = start + len(r"\begin{document}") if start >= 0 else 0
    stretches = list(_stretches(body, begin, stop if stop >= 0 else len(body)))
    if not any(stretch.kind in MATHEMATICS for stretch in stretches):
        return _plain_lines(body)
    found: list[SourceLine] = []
    pending = False
    for kind, first, last in stretches:
        if kind == "heading":
            pending = bool(found)
        elif kind == "struck":
            for line in _document(body[first:last]):
                found.append(SourceLine(line.text, (line.span[0] + first, line.span[1] + first), False, True))
        elif kind in MATHEMATICS:
            for line in _rows(body, first, last):
                found.append(line._replace(break_before=pending))
                pending = False
    return found


def _stretches(text: str, start: int, stop: int) -> Iterator[Stretch]:
    """The stretches of a document in order; what is opened and never closed is passed over, and looked for only once."""
    unclosed: set[str] = set()
    while (match := _OPENING.search(text, start, stop)) is not None:
        kind, start = str(match.lastgroup), match.end()
        if kind == "heading":
            yield Stretch(kind, match.start(), start)
            continue
        what = match[kind] if kind in ("name", "ticks") else kind
        closed = None if what in unclosed else _closed(text, kind, what, start, stop)
        if closed is not None:
            yield Stretch(kind, start, closed[0])
            start = closed[1]
        elif kind != "inline":
            unclosed.add(what)


def _closed(text: str, kind: str, what: str, start: int, stop: int) -> tuple[int, int] | None:
    """Where the sign stands that closes what was opened before `start`."""
    if kind == "inline":
        place = text.find("$", start, stop)
        return None if place <= start or text[place - 1] == "\\" else (place, place + 1)
    if kind == "ticks":
        closing = re.compile(rf"^[ \t]*{what}[ \t]*$", re.MULTILINE)
    else:
        closing = _CLOSING[kind] if kind in _CLOSING else re.compile(rf"\\end\{{{re.escape(what)}\}}")
    found = closing.search(text, start, stop)
    return None if found is None else found.span()


def _plain_lines(text: str) -> list[SourceLine]:
    found: list[SourceLine] = []
    place = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            begin = place + len(line) - len(line.lstrip())
            found.append(SourceLine(line.strip(), (begin, begin + len(line.strip())), False, _is_struck(line.strip())))
        place += len(line)
    return found


def _without_comments(text: str) -> str:
    """The text with LaTeX comments blanked, every place unchanged."""
    return re.sub(r"(?<!\\)%[^\n]*", lambda found: " " * len(found[0]), text)


def _rows(text: str, start: int, stop: int) -> list[SourceLine]:
    r"""The lines between `\\` outside inner environments such as `pmatrix` and `cases`."""
    found: list[SourceLine] = []
    inner = _LINES_INSIDE.sub(lambda match: " " * len(match[0]), text[start:stop])
    depth, begin, place = 0, 0, 0
    while place <= len(inner):
        if inner.startswith(r"\begin{", place):
            depth += 1
        elif inner.startswith(r"\end{", place):
            depth -= 1
        if place == len(inner) or (depth <= 0 and inner.startswith(r"\\", place)):
            row = inner[begin:place]
            shown = row.strip()
            if shown.strip("& "):
                first = start + begin + len(row) - len(row.lstrip())
                found.append(SourceLine(shown, (first, first + len(shown)), False, _is_struck(shown)))
            begin = place + 2
            gap = re.match(r"\[-?[\d.]+\s*(?:pt|em|ex|mm|cm|in)\]", inner[begin:])
            begin += gap.end() if gap else 0
            place = begin
            continue
        place += 2 if inner[place] == "\\" and not inner.startswith((r"\begin{", r"\end{"), place) else 1
    return found


def _is_struck(text: str) -> bool:
    """Whether a whole line is struck out."""
    bare = text.strip().strip("$& ").strip()
    for opening in ("\\cancel{", "\\sout{", "\\xcancel{", "\\bcancel{"):
        if bare.startswith(opening) and _closes_at_end(bare, len(opening) - 1):
            return True
    return bare.startswith("~~") and bare.endswith("~~") and len(bare) > 4


def _closes_at_end(text: str, opening: int) -> bool:
    depth = 0
    for place in range(opening, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0:
            return place == len(text) - 1
    return False
