"""The report on a hand derivation: one entry a line with its verdict, and the marked script as a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from symderiv.errors import SymderivError, encodable
from symderiv.judge.lines import judge_lines
from symderiv.judge.verdict import Cause, Judged, JudgedLine, VerdictName
from symderiv.pages import marking
from symderiv.pages.layout import layout
from symderiv.pages.sheet import Sheet
from symderiv.reading.declare import environment
from symderiv.reading.documents import Format, lines_of
from symderiv.reading.environment import Environment
from symderiv.reading.script import Understood, read_statements
from symderiv.term.kinds import Term
from symderiv.worth.evidence import Evidence
from symderiv.writers import FORMATS as WRITERS
from symderiv.writers import text_formula

if TYPE_CHECKING:
    from symderiv.problem import Problem
    from symderiv.writers.diagnostics import Diagnostic

#: What `format=` may say, and the form of document that it is.
FORMATS: dict[str, Format] = {
    "latex": "latex", "tex": "latex", "markdown": "markdown", "md": "markdown", "notebook": "notebook", "ipynb": "notebook",
}  # fmt: skip

#: What joins two statements and is a part of what was said.
_ARROW = r"\\(?:[Ll]ong)?(?:[Ll]eft)?(?:[Rr]ight)?arrow(?![a-z])|\\(?:implies|iff|to|gets)(?![a-z])|[⇒⇔→←]"


class Line(NamedTuple):
    """One line as it was written, its verdict, and what is said of it."""

    judged: JudgedLine
    row: int = 0

    @property
    def source(self) -> str:
        """The line, character by character as it was written."""
        return self.judged.source

    @property
    def span(self) -> tuple[int, int]:
        """Where the line stands in its document."""
        return self.judged.span

    @property
    def verdict(self) -> VerdictName:
        """`ok`, `stated`, `wrong`, `follows`, `unknown`, `unread` or `skipped`."""
        return self.judged.verdict

    @property
    def evidence(self) -> Evidence | None:
        """How the verdict is known; a refuted one has a witness."""
        decisive = self.judged.decisive
        return decisive.evidence if decisive is not None else None

    @property
    def cause(self) -> Cause | None:
        """The misconception or the slip, where one was recognised: `.name` and `.kind`."""
        return self._worst.cause if self._worst is not None else None

    @property
    def say(self) -> str:
        """The verdict in words, for the person who wrote the line."""
        return "".join(
            piece if isinstance(piece, str) else text_formula.formula(piece) for piece in marking.say(self.judged)
        )

    @property
    def fix(self) -> str | None:
        """LaTeX that is right in place of the line: it was judged there."""
        worst = self._worst
        if worst is None or worst.repaired is None:
            return None
        (start, stop), end = worst.place, worst.span[1]
        member, rest = self.source[start : max(stop, end)], self.source[max(stop, end) :]
        printed = latex(worst.repaired)
        whole = f"{self.source[:start]}{printed}{rest}"
        repairs = [whole]
        if worst.written is not None:
            patched = import_module("symderiv.writers.patching").patched
            changed = f"{self.source[:start]}{patched(member, latex(worst.written), printed)}{rest}"
            repairs = [changed, whole] if self._reads_alike(changed, whole) else repairs
        again = self.judged.again
        return next((repair for repair in repairs if again is None or again(repair) == "ok"), None)

    def _reads_alike(self, one: str, other: str) -> bool:
        """Whether two lines say the same in the place of this one."""
        known = self.judged.environment
        try:
            first, second = (read_statements(line, known).statements for line in (one, other))
        except SymderivError:
            return False
        return [item.members for item in first] == [item.members for item in second]

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the line needed in order to be true."""
        found = dict.fromkeys(condition for item in self.judged.statements for condition in item.conditions)
        return tuple(latex(condition) for condition in found)

    @property
    def reading(self) -> str:
        """How the line was understood, as LaTeX."""
        try:
            return "".join(self._readings())
        except SymderivError:
            return self.source

    def _readings(self) -> Iterator[str]:
        """The reading of each statement behind what stands before it."""
        end = None
        for item in self.judged.statements:
            if item.shown is None:
                continue
            arrows = "" if end is None else " ".join(re.findall(_ARROW, self.source[end : item.span[0]]))
            yield "" if end is None else f" {arrows} " if arrows else ", \\quad "
            yield understood(item.shown)
            end = item.span[1]

    @property
    def missing(self) -> tuple[str, ...]:
        """The definitions that would decide the line."""
        return tuple(dict.fromkeys(name for item in self.judged.statements for name in item.missing))

    @property
    def statements(self) -> tuple[Judged, ...]:
        """The statements of the line, each with its own verdict."""
        return self.judged.statements

    @property
    def _worst(self) -> Judged | None:
        return self.judged.worst

    def to_dict(self) -> dict[str, Any]:
        """The line as data for JSON."""
        cause = self.cause
        return {
            "source": self.source,
            "span": list(self.span),
            "verdict": self.verdict,
            "evidence": marking.evidence_data(self.evidence),
            "cause": None if cause is None else {"name": cause.name, "kind": cause.kind},
            "say": self.say,
            "fix": self.fix,
            "conditions": list(self.conditions),
            "reading": self.reading,
            "missing": list(self.missing),
            "statements": [
                {"verdict": item.verdict, "span": list(item.span), "evidence": marking.evidence_data(item.evidence)}
                for item in self.statements
            ],
        }


@dataclass(frozen=True, eq=False)
class Report:
    """The verdicts on a derivation.

    >>> report = check([r"y = x^2 \\sin x", r"\\frac{dy}{dx} = 2x \\cos x"])
    >>> report.ok, report.first_wrong, [line.verdict for line in report.lines]
    (False, 1, ['stated', 'wrong'])
    """

    lines: tuple[Line, ...]
    environment: Environment

    @property
    def ok(self) -> bool:
        """Whether no line is wrong and none is unknown or unread."""
        return all(line.verdict in ("ok", "stated", "skipped") for line in self.lines)

    @property
    def first_wrong(self) -> int | None:
        """The index from 0 of the first line that is wrong, or None."""
        return next((place for place, line in enumerate(self.lines) if line.verdict == "wrong"), None)

    @property
    def assumed(self) -> tuple[str, ...]:
        """What was taken from words."""
        return self.environment.assumed

    @property
    def notes(self) -> tuple[str, ...]:
        """Words that bound nothing."""
        return self.environment.notes

    @cached_property
    def page(self) -> Sheet:
        """The marked script as a page."""
        return marking.script([line.judged for line in self.lines], self.environment)

    def _write(self, writer: str) -> str:
        return str(import_module(f"symderiv.writers.{writer}").standalone(self.page))

    def latex(self) -> str:
        """The marked script as a LaTeX document."""
        return self._write("latex")

    def html(self) -> str:
        """The marked script as a page for a browser."""
        return self._write("html")

    def markdown(self) -> str:
        """The marked script in Markdown."""
        return self._write("markdown")

    def text(self) -> str:
        """The marked script for a terminal."""
        return self._write("text")

    def write(self, form: str, name: str = "-") -> str:
        """The report in a format: that of a page, `json`, or `github`, `sarif`, `gcc`, where `name` is its file."""
        if form == "json":
            return str(import_module("symderiv.writers.json").written(self.to_dict()))
        if form in WRITERS:
            return self._write(WRITERS[form])
        return str(import_module("symderiv.writers.diagnostics").FORMATS[form](self.diagnostics, name))

    def save(self, output: str, form: str | None = None) -> None:
        """Write the report to a file, its format by its ending unless one is named."""
        shown = form or Path(output).suffix.removeprefix(".").replace("txt", "text")
        try:
            Path(output).write_text(self.write(shown), encoding="utf-8", newline="\n")
        except OSError as stop:
            raise SymderivError("not-writable", f"{output} cannot be written: {stop.strerror}.") from stop

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Every line that is not right, as programs read it."""
        diagnostic = import_module("symderiv.writers.diagnostics").Diagnostic
        return [
            diagnostic(line.row or place + 1, line.span, line.verdict, line.say, line.cause.kind if line.cause else "")
            for place, line in enumerate(self.lines)
            if line.verdict not in ("ok", "stated", "skipped")
        ]

    def to_dict(self) -> dict[str, Any]:
        """The report as data for JSON."""
        return {
            "schema": "symderiv/check/1",
            "ok": self.ok,
            "first_wrong": self.first_wrong,
            "lines": [line.to_dict() for line in self.lines],
            "assumed": list(self.assumed),
            "notes": list(self.notes),
        }

    def _repr_html_(self) -> str:
        return str(import_module("symderiv.writers.output").fragment(self.page))


def understood(shown: Understood) -> str:
    """How a statement was read, as LaTeX."""
    lead = f"{sign(shown.lead)} " if shown.lead else ""
    if not any(shown.texts):
        return lead + latex(shown.term)
    if len(shown.texts) == 1:
        return lead + shown.texts[0].strip()
    members = shown.term.args if shown.term.kind == "relation" else (shown.term,)
    signs = ["", *[f" {sign(one)} " for one in shown.term.data]] if shown.term.kind == "relation" else [""]
    parts = zip(signs, members, shown.texts, strict=True)
    return lead + "".join(before + (text.strip() or latex(member)) for before, member, text in parts)


def sign(text: str) -> str:
    """A relation as LaTeX."""
    return str(import_module("symderiv.writers.latex_formula").SIGNS.get(text, text))


def latex(term: Term) -> str:
    """A term as it stands on a page."""
    return str(import_module("symderiv.writers.latex").formula(layout(term)))


def check(
    lines: list[str] | str | Path,
    given: Iterable[Any] = (),
    problem: Problem | str | None = None,
    format: str | None = None,
) -> Report:
    r"""Judge a hand derivation line by line.

    `lines` is a list of LaTeX strings (the report has one entry for each), one document as a string, or a path to a `.tex`,
    `.md`, `.ipynb` or `.txt`; a string is never taken for a path. `given` takes declarations, definitions, conditions and
    the phrases of the contract; `problem` a problem of the library, whose statement is then known. Raises SymderivError for
    a `given` that cannot be read; a line that cannot be read is `unread`, and those after it are still judged.

    >>> check([r"f(x) = x^3", r"f'(x) = 3x^2"]).ok
    True
    """
    asked: Problem | None = import_module("symderiv.library").load(problem) if isinstance(problem, str) else problem
    said = [encodable(item) if isinstance(item, str) else item for item in given]
    known = environment(said) if asked is None else import_module("symderiv.asked").known_to(asked, said)
    sources = lines_of(lines, _form(format))
    found, understood = judge_lines(sources, known)
    if asked is not None and asked.traces:
        found = import_module("symderiv.judge.tabled").tabled(found, asked.traces)
    return Report(tuple(Line(line, source.row) for line, source in zip(found, sources, strict=True)), understood)


def _form(format: str | None) -> Format | None:
    if format is not None and format not in FORMATS:
        raise SymderivError("usage", f"a document is {', '.join(FORMATS)}, not {format}.")
    return None if format is None else FORMATS[format]
