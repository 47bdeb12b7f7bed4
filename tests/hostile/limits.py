"""What every input must end in: a verdict for each line or a refusal, and every page, within the time and the memory."""

from __future__ import annotations

import json
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

from symderiv.cli import FAULTS
from symderiv.errors import SymderivError, encodable
from symderiv.report import Report, check

#: What one command may take: the check and the slowest of its pages.
SECONDS, MEGABYTES = 2.0, 512
#: After so many seconds nobody waits for the exact figure.
PATIENCE = 6.0
#: Everything that a report is written in.
PAGES: dict[str, Callable[[Report], str]] = {
    "html": Report.html,
    "fragment": Report._repr_html_,
    "latex": Report.latex,
    "markdown": Report.markdown,
    "text": Report.text,
    "json": lambda report: report.write("json"),
    "data": lambda report: json.dumps(report.to_dict(), allow_nan=False),
    **{form: partial(Report.write, form=form, name="a.tex") for form in ("github", "sarif", "gcc")},
}

Document = list[str] | str | Path


class TooSlow(BaseException):
    """Raised from outside where something does not end; nothing catches it by accident."""


@dataclass(frozen=True)
class Trial:
    """One input: the computer's time that it took, its verdicts, and what was wrong with how it ended."""

    seconds: float
    verdicts: tuple[str, ...]
    wrong: tuple[str, ...]


@contextmanager
def patience(seconds: float = PATIENCE) -> Iterator[None]:
    """Break off what takes longer, in time of the processor and not of the clock."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def trial(document: Document, given: tuple[str, ...] = (), format: str | None = None) -> Trial:
    """Judge a document and write every page of it."""
    start = time.process_time()
    verdicts: tuple[str, ...] = ()
    wrong: list[str] = []
    pages = [0.0]
    judged = 0.0
    stage = "check"
    try:
        with patience():
            try:
                report = check(document, given, format=format)
            except SymderivError:
                return Trial(time.process_time() - start, ("refused",), ())
            judged = time.process_time() - start
            verdicts = tuple(line.verdict for line in report.lines)
            if isinstance(document, list) and [line.source for line in report.lines] != list(map(encodable, document)):
                wrong.append("not one entry a line")
            wrong += [f"a fault of ours: {line.say}" for line in report.lines if "fault of symderiv" in line.say]
            for stage, write in PAGES.items():  # noqa: B007
                begun = time.process_time()
                write(report).encode("utf-8")
                pages.append(time.process_time() - begun)
    except TooSlow:
        wrong.append(f"{stage} does not end in {PATIENCE} s")
    except (*FAULTS, SymderivError) as fault:
        place = traceback.extract_tb(fault.__traceback__)[-1]
        wrong.append(f"{stage}: {type(fault).__name__} in {Path(place.filename).name}:{place.lineno}")
    seconds = max(judged, time.process_time() - start) if wrong and wrong[-1].startswith(stage) else judged + max(pages)
    if seconds > SECONDS:
        wrong.append(f"over {SECONDS} s")
    return Trial(seconds, verdicts, tuple(dict.fromkeys(wrong)))
