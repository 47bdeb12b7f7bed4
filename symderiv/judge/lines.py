"""The lines of a document in order: what is struck out, where a derivation begins anew, what goes on in the next line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from symderiv.judge.judging import Marker
from symderiv.judge.verdict import JudgedLine
from symderiv.reading.capitals import names_in_capitals
from symderiv.reading.documents import SourceLine
from symderiv.reading.environment import Environment
from symderiv.reading.labelling import graded_letters, labelled_letters
from symderiv.reading.opaque import KEPT

#: A sign at the front of a line that goes on with the expression above, and one at the end of a line that goes on below.
_LEAD = re.compile(r"\s*(?:(?:&|\\q?quad|\\[,;:! ]|\{\})\s*)*")
_GOES_ON = re.compile(_LEAD.pattern + r"(?:[-+]|\\(?:times|cdot)(?![A-Za-z]))")
#: How many lines may be one expression.
MOST_TOGETHER = 20
_UNFINISHED = re.compile(r"(?:[-+=]|\\(?:times|cdot))\s*&?\s*$")


def judge_lines(sources: Sequence[SourceLine], known: Environment) -> tuple[tuple[JudgedLine, ...], Environment]:
    """The verdict on each line of a document, and what was understood of it.

    >>> lines, _ = judge_lines([SourceLine("y = x^2", (0, 7)), SourceLine("y' = x", (8, 14))], Environment())
    >>> [line.verdict for line in lines]
    ['stated', 'wrong']
    """
    texts = [source.text for source in sources]
    known = replace(
        known,
        labelled=known.labelled | labelled_letters(texts),
        graded=known.graded | graded_letters(texts),
        words=known.words | names_in_capitals(texts, known),
        conventions=known.conventions | {KEPT},
    )
    marker = Marker(known)
    place = 0
    while place < len(sources):
        source = sources[place]
        if source.break_before:
            marker.separate()
        if source.struck:
            marker.skip(source.text, source.span)
            place += 1
            continue
        following = sources[place + 1].text if place + 1 < len(sources) else ""
        place += _together(marker, sources[place : _end(sources, place)], following)
    return tuple(marker.lines), marker.environment


def _end(sources: Sequence[SourceLine], place: int) -> int:
    """Where the lines end that may be one expression: a sign at the front of the next, or at the end of this one."""
    last = min(place + MOST_TOGETHER, len(sources))
    while place + 1 < last:
        source, after = sources[place], sources[place + 1]
        if after.break_before or after.struck or not (_GOES_ON.match(after.text) or _UNFINISHED.search(source.text)):
            break
        place += 1
    return place + 1


def _together(marker: Marker, group: Sequence[SourceLine], following: str) -> int:
    """Lines as one where the first is not right alone; all then share a verdict. How many lines were judged."""
    first = group[0]
    if len(group) == 1:
        marker.line(first.text, first.span, following)
        return 1
    before = marker.saved()
    alone = marker.line(first.text, first.span, following)
    if alone.verdict in ("ok", "follows") and not _UNFINISHED.search(first.text):
        return 1
    after = marker.saved()
    marker.restore(before)
    whole = marker.line(" ".join(_LEAD.sub("", line.text, count=1) for line in group), first.span)
    if whole.verdict == "unread":
        marker.restore(after)
        return 1
    statements = tuple(item.explained()._replace(repaired=None) for item in whole.statements)
    rest = tuple(item._replace(shown=None) for item in statements)
    marker.lines[-1:] = [
        JudgedLine(line.text, line.span, whole.verdict, rest if number else statements, whole.environment)
        for number, line in enumerate(group)
    ]
    return len(group)


def judge(sources: Iterable[str], environment: Environment) -> tuple[JudgedLine, ...]:
    """The verdicts on the lines of one derivation.

    >>> [line.verdict for line in judge(["y = x^2", "y' = 2x", "= x + x"], Environment())]
    ['stated', 'ok', 'ok']
    """
    return judge_lines([SourceLine(source, (0, len(source))) for source in sources], environment)[0]
