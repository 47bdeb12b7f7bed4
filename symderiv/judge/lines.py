"""The lines of a document in order: what is struck out, where a derivation begins anew, what goes on in the next line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from symderiv.judge.judging import Marker
from symderiv.judge.verdict import JudgedLine
from symderiv.reading.documents import SourceLine
from symderiv.reading.environment import Environment
from symderiv.reading.scripts import labelled_letters

#: A sign at the front of a line that goes on with the expression above, and one at the end of a line that goes on below.
_GOES_ON = re.compile(r"\s*&?\s*(?:[-+]|\\(?:times|cdot)(?![A-Za-z]))")
_UNFINISHED = re.compile(r"(?:[-+=]|\\(?:times|cdot))\s*&?\s*$")


def judge_lines(sources: Sequence[SourceLine], known: Environment) -> tuple[tuple[JudgedLine, ...], Environment]:
    """The verdict on each line of a document, and what was understood of it.

    >>> lines, _ = judge_lines([SourceLine("y = x^2", (0, 7)), SourceLine("y' = x", (8, 14))], Environment())
    >>> [line.verdict for line in lines]
    ['stated', 'wrong']
    """
    marker = Marker(replace(known, labelled=known.labelled | labelled_letters(source.text for source in sources)))
    place = 0
    while place < len(sources):
        source = sources[place]
        if source.break_before:
            marker.separate()
        if source.struck:
            marker.skip(source.text, source.span)
            place += 1
            continue
        after = sources[place + 1] if place + 1 < len(sources) and not sources[place + 1].struck else None
        place += _together(marker, source, after) if after is not None and _is_one(source, after) else _alone(
            marker, source, sources[place + 1].text if place + 1 < len(sources) else ""
        )  # fmt: skip
    return tuple(marker.lines), marker.environment


def _alone(marker: Marker, source: SourceLine, following: str) -> int:
    marker.line(source.text, source.span, following)
    return 1


def _is_one(source: SourceLine, after: SourceLine) -> bool:
    """Whether two lines may be one expression: a sign at the front of the second, or at the end of the first."""
    if after.break_before:
        return False
    return bool(_GOES_ON.match(after.text) or _UNFINISHED.search(source.text))


def _together(marker: Marker, source: SourceLine, after: SourceLine) -> int:
    """Two lines as one where the first is not right alone; both then share a verdict. How many lines were judged."""
    before = marker.saved()
    alone = marker.line(source.text, source.span, after.text)
    if alone.verdict in ("ok", "follows") and not _UNFINISHED.search(source.text):
        return 1
    marker.restore(before)
    whole = marker.line(f"{source.text} {after.text}", source.span)
    if whole.verdict == "unread":
        marker.restore(before)
        return _alone(marker, source, after.text)
    marker.lines[-1:] = [
        replace(whole, source=source.text),
        replace(
            whole, source=after.text, span=after.span, statements=tuple(replace(s, shown=None) for s in whole.statements)
        ),
    ]
    return 2


def judge(sources: Iterable[str], environment: Environment) -> tuple[JudgedLine, ...]:
    """The verdicts on the lines of one derivation.

    >>> [line.verdict for line in judge(["y = x^2", "y' = 2x", "= x + x"], Environment())]
    ['stated', 'ok', 'ok']
    """
    return judge_lines([SourceLine(source, (0, len(source))) for source in sources], environment)[0]
