r"""Lines that fill in a trace, `v_3 = 15.53` and `\bar v_3 = 31.07`, are a table: its judge says which is wrong, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from symderiv.deriving.program import written
from symderiv.deriving.trace import barred
from symderiv.judge.numbers import numeral
from symderiv.judge.tracing import Filled, judge_table
from symderiv.judge.verdict import Judged, JudgedLine, worst
from symderiv.questions.tracing import Traced, key_of
from symderiv.term.kinds import Term


@dataclass(frozen=True, slots=True)
class _Cell:
    """A number that was written for a node: in which line and statement, for what, and whether nothing stands between."""

    line: int
    statement: int
    column: str
    key: str
    number: Term
    alone: bool


def tabled(lines: Sequence[JudgedLine], traces: Sequence[Traced]) -> tuple[JudgedLine, ...]:
    """The lines with what the table of the trace that they fit best says of their numbers."""
    tables = [_judged(trace, list(_cells(lines, trace))) for trace in traces]
    best = max(tables, key=lambda table: sum(filled.verdict == "ok" for _, filled in table), default=[])
    found = list(lines)
    for cell, filled in best:
        found[cell.line] = _told(found[cell.line], cell, filled)
    return tuple(found)


def _cells(lines: Sequence[JudgedLine], trace: Traced) -> Iterator[_Cell]:
    names = {written(node.part): ("value", key_of(node)) for node in trace.program.nodes}
    names |= {node.letter.data.name: ("value", key_of(node)) for node in trace.program.nodes if node.letter is not None}
    names |= {barred(node.part): ("adjoint", key_of(node)) for node in trace.program.nodes}
    for number, line in enumerate(lines):
        for place, item in enumerate(line.statements):
            members = _members(item)
            if len(members) > 1 and members[0].kind in ("name", "named") and numeral(members[-1]) is not None:
                column, key = names.get(written(members[0]), ("", ""))
                if column:
                    yield _Cell(number, place, column, key, members[-1], len(members) == 2)


def _members(item: Judged) -> tuple[Term, ...]:
    term = None if item.shown is None else item.shown.term
    return term.args if term is not None and term.kind == "relation" and set(term.data) <= {"=", "≈"} else ()


def _judged(trace: Traced, cells: list[_Cell]) -> list[tuple[_Cell, Filled]]:
    """The cells with what is said of them; of two for one node the last counts."""
    columns = {column: {cell.key: cell for cell in cells if cell.column == column} for column in ("value", "adjoint")}
    values, adjoints = ({key: cell.number for key, cell in table.items()} for table in columns.values())
    table = judge_table(trace, values, adjoints)
    by_name: dict[tuple[str, str], Filled] = {(filled.column, filled.key): filled for filled in table}
    return [(cell, by_name[cell.column, cell.key]) for part in columns.values() for cell in part.values()]


def _told(line: JudgedLine, cell: _Cell, filled: Filled) -> JudgedLine:
    """A wrong number gets the cause that the table knows, or follows from one above; one alone that is right is right."""
    item = line.statements[cell.statement]
    if item.verdict not in ("wrong", "follows", "unknown"):
        return line
    if filled.verdict == "ok" and not cell.alone:
        return line
    if filled.verdict == "wrong":
        told = item.explained()._replace(verdict="wrong", cause=filled.cause, reason=None, explain=None)
    else:
        told = item._replace(verdict=filled.verdict, cause=None, reason=None, repaired=None, explain=None)
    statements = (*line.statements[: cell.statement], told, *line.statements[cell.statement + 1 :])
    return replace(line, statements=statements, verdict=worst([one.verdict for one in statements]))
