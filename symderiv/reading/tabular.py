"""Cases, matrices written out, and indicators: values beside conditions, rows of cells."""

from __future__ import annotations

from itertools import chain

from symderiv.reading.arrays import shape_of, unknown_size
from symderiv.reading.lists import CLOSING, with_dots
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import Reader
from symderiv.reading.tokens import Token
from symderiv.term.build import ONE, ZERO, cases, entry, index, literal, of, relation, stack
from symderiv.term.kinds import Term
from symderiv.term.places import fresh_index

#: A cell of a matrix: a term, nothing, or dots.
Cell = Term | Token | None
MATRICES = frozenset({"matrix", "pmatrix", "bmatrix", "array", "smallmatrix"})
CONDITION_WORDS = frozenset({"if", "for", "when", "where", "if ", "falls", ", if", ", for"})
OTHERWISE = frozenset({"otherwise", "else", "", "sonst"})


def environment(reader: Reader, token: Token) -> Term:
    r"""`\begin{cases}`, `\begin{pmatrix}`: rows of cells."""
    if token.text == "cases":
        return _cases(reader, token)
    if token.text not in MATRICES:
        raise reader.unsupported(token, f"the environment {token.text}")
    if token.text == "array" and reader.token.kind == "{":
        reader.group()
    rows = _rows(reader, token)
    if len({len(row) for row in rows}) > 1 and keeps(reader):
        return _kept(rows)
    if len({len(row) for row in rows}) > 1:
        raise reader.refuse(token, "saw rows of different lengths", "expected a matrix")
    if any(isinstance(cell, Token) for row in rows for cell in row):
        if all(len(row) == 1 for row in rows) and (column := _column(reader, [row[0] for row in rows])) is not None:
            return column
        return _diagonal(reader, token, rows)
    return literal([[cell if isinstance(cell, Term) else ZERO for cell in row] for row in rows])


def _kept(rows: list[list[Cell]]) -> Term:
    """A matrix with dots, whose cells are kept in their order."""
    return opaque("matrix", *[cell for row in rows for cell in row if isinstance(cell, Term)])


def _column(reader: Reader, cells: list[Cell]) -> Term | None:
    """A column with dots in it: what the first and the last entry tell, or as many of the same as fit."""
    dots = next(cell for cell in cells if isinstance(cell, Token))
    entries = [cell for cell in cells if isinstance(cell, Term)]
    if len(entries) + 1 != len(cells) or len(entries) < 2 or isinstance(cells[0], Token) or isinstance(cells[-1], Token):
        return None
    if any(one is not entries[0] for one in entries):
        return with_dots(reader, dots, entries)
    return stack(entries[0], fresh_index(index("h"), entries[0].free), unknown_size(reader))


def _diagonal(reader: Reader, token: Token, rows: list[list[Cell]]) -> Term:
    """A square matrix with dots on its diagonal and nothing but zeros beside it."""
    size = range(len(rows))
    beside = [rows[r][c] for r in size for c in range(len(rows[r])) if r != c]
    on = [rows[r][r] for r in size if r < len(rows[r])]
    dots = next((cell for cell in on if isinstance(cell, Token)), None)
    first, last = on[0], on[-1]
    plain = all(cell is None or cell is ZERO or isinstance(cell, Token) for cell in beside)
    if dots is None or not plain or not isinstance(first, Term) or not isinstance(last, Term):
        if keeps(reader):
            return _kept(rows)
        raise reader.unsupported(token, "a matrix with dots that is not diagonal")
    return of("diag", with_dots(reader, dots, [first, last]))


def _rows(reader: Reader, token: Token) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[]]
    bars, reader.bars = reader.bars, 0
    while True:
        if reader.token.kind == "dots":
            rows[-1].append(reader.token)
            reader.pos += 1
        elif reader.token.kind in ("&", "\\\\", "end"):
            rows[-1].append(None)
        else:
            rows[-1].append(reader.read())
        closing = reader.token
        reader.pos += 1
        if closing.kind == "\\\\":
            if reader.token.kind != "end":
                rows.append([])
                continue
            closing = reader.token
            reader.pos += 1
        if closing.kind == "end" and closing.text == token.text:
            reader.bars = bars
            return rows
        if closing.kind != "&":
            raise reader.unexpected(closing, "expected & or \\\\ or the end of the matrix")


def _cases(reader: Reader, token: Token) -> Term:
    """Values with their conditions; the last one may hold otherwise."""
    parts: list[Term] = []
    while True:
        start = reader.token
        parts.append(reader.read())
        if parts[-1].kind == "relation" and keeps(reader):
            parts[-1] = opaque("relation", *parts[-1].args)
        if parts[-1].kind == "relation":
            raise reader.refuse(start, "saw a relation where a value stands", "expected a value, then &, then its condition")
        while reader.token.kind in ("&", ",", ".", ";") or (
            reader.token.kind == "text" and reader.token.text in CONDITION_WORDS
        ):
            reader.pos += 1
        if reader.token.kind == "text" and reader.token.text.strip(" .,") in OTHERWISE:
            reader.pos += 1
        elif reader.token.kind not in ("\\\\", "end"):
            parts.append(_condition(reader))
        while reader.token.kind in (",", ".", ";"):
            reader.pos += 1
        if reader.token.kind == "\\\\":
            reader.pos += 1
            if reader.token.kind != "end":
                continue
        reader.expect("end", "cases")
        return cases(*parts)


def _condition(reader: Reader) -> Term:
    start = reader.token
    condition = reader.read()
    if condition.kind != "relation":
        raise reader.refuse(start, "saw no relation", "expected a condition such as x > 0")
    return condition


def indicator(reader: Reader, token: Token) -> Term:
    r"""`\mathbb{1}(x > 0)`, `\mathbf{1}[…]`, `\mathbb{1}_{…}`: 1 where the condition holds, else 0."""
    if reader.token.kind == "_":
        reader.pos += 1
        return _indicated(reader, reader.within(reader.group(), lambda: _condition(reader)))
    opening = reader.expect("open")
    bars, reader.bars = reader.bars, 0
    condition = _condition(reader)
    reader.expect("close", CLOSING[opening.text])
    reader.bars = bars
    return _indicated(reader, condition)


def _indicated(reader: Reader, condition: Term) -> Term:
    """A condition on arrays holds or not for each entry."""
    sizes = next((sizes for side in condition.args if (sizes := shape_of(reader, side))), ())
    if not sizes:
        return cases(ONE, condition, ZERO, written="indicator")
    places = [fresh_index(index("h"), condition.free)]
    if len(sizes) == 2:
        places.append(fresh_index(places[0], condition.free | set(places)))
    sides = [entry(side, *places) if shape_of(reader, side) else side for side in condition.args]
    return stack(
        cases(ONE, relation(condition.data, *sides), ZERO, written="indicator"), *chain(*zip(places, sizes, strict=True))
    )
