"""Telling: the words for readers that do not stand on a rule."""

from __future__ import annotations

from collections.abc import Sequence

from symderiv.deriving.derivation import Derivation, Line, Step
from symderiv.pages.layout import Layout
from symderiv.pages.sheet import Piece
from symderiv.term.kinds import Term
from symderiv.worth.evidence import Agrees, Evidence, Proved, Refuted, Undecided

EVERY_STEP = "every step"
ASIDE = "aside"
WHERE = "where"
CONDITIONS = "This needs"
AT = "At"
JACOBIAN = "numerator layout: rows belong to the value, columns to the variable"
ANY_SIZE = "any size"
SOURCE = "Source"
ANSWERS = "Answers"
NODES = "{} nodes; each derivative is told by those of earlier nodes; by "
NODES_BETWEEN = "… {} nodes of the same kind …"
RULES = "Rules"
RULES_USED = "Rules used"
EXAMPLE = "Example"
FOR = "For"
WITH = "with"
VALUE = "the value"
ENTRY = "entry"
IS = "is"
NOT = "not"
SHAPES = "the two sides do not even have the same shape"


def reason(line: Line, numbers: dict[Derivation, int], layout: Layout) -> tuple[Piece, ...]:
    """Why a line holds, for the right margin: its rules in the order of use, and the asides that it refers to."""
    asides = dict.fromkeys(numbers[step.aside] for step in line.steps if step.aside is not None)
    told: dict[str, tuple[Piece, ...]] = {}
    minor = all(step.law.minor for step in line.steps)
    for step in line.steps:
        if step.aside is not None:
            told["aside"] = (f"{ASIDE if len(asides) == 1 else ASIDE + 's'} {', '.join(map(str, asides))}",)
        elif minor or not step.law.minor:
            told.setdefault(step.law.name, law_name(step, layout))
    pieces: list[Piece] = []
    for words in told.values():
        pieces += ([", "] if pieces else []) + list(words)
    return tuple(pieces)


def law_name(step: Step, layout: Layout) -> tuple[Piece, ...]:
    """What a teacher calls the law; a definition names its part, something given is shown."""
    law = step.law
    found = law.use(step.before) if law.name == "given" else None
    if found is not None:
        return ("given ", layout(found[1][0]))
    return ("definition of ", layout(named_part(step))) if law.name.startswith("definition of") else (law.name,)


def named_part(step: Step) -> Term:
    """The named part whose definition was used: opened, or written again."""
    if step.before.kind == "named":
        return step.before
    return step.after.args[0] if step.after.kind == "entry" else step.after


def weakest(found: tuple[Evidence, ...]) -> Evidence | None:
    """What is known of a line: the weakest evidence of its steps; None for a line that no step led to."""
    return min(found, key=_strength, default=None)


def _strength(item: Evidence) -> tuple[int, int]:
    return _STRENGTHS[type(item)], item.points if isinstance(item, Agrees) else 0


_STRENGTHS: dict[type, int] = {Refuted: 0, Undecided: 1, Agrees: 2, Proved: 3}


def evidence(found: Evidence | None) -> str:
    """How far a line was verified, where it is less than proved."""
    if isinstance(found, Undecided):
        return f"not decided ({found.why})"
    return f"agrees at {found.points} points" if isinstance(found, Agrees) else ""


def verified(lines: Sequence[Evidence]) -> str:
    """How far the lines of a sheet were verified, in one phrase.

    >>> verified([Proved("normal form"), Proved("normal form"), Agrees(3, 200)])
    'every line verified: 2 proved, 1 agrees at 3 points'
    """
    proved = sum(isinstance(item, Proved) for item in lines)
    agreed = [item.points for item in lines if isinstance(item, Agrees)]
    if proved == len(lines):
        return "every line proved" if lines else ""
    parts = [f"{proved} proved"] if proved else []
    if agreed:
        parts.append(f"{len(agreed)} {'agrees' if len(agreed) == 1 else 'agree'} at {_points(agreed)}")
    undecided = len(lines) - proved - len(agreed)
    lead = f"{proved + len(agreed)} of {len(lines)} lines verified" if undecided else "every line verified"
    return f"{lead}: {', '.join([*parts, *([f'{undecided} not decided'] if undecided else [])])}"


def _points(counts: list[int]) -> str:
    least = min(counts)
    return f"{least} points" if least == max(counts) else f"{least} to {max(counts)} points"


def sizes(terms: tuple[Term, ...]) -> str:
    """For which sizes the result holds, if any stand in it."""
    letters = {size.data.name.latex for term in terms for size in _sizes(term) if size.kind == "name"}
    return f"{', '.join(sorted(letters))}: {ANY_SIZE}" if letters else ""


def _sizes(term: Term) -> list[Term]:
    return [size for name in term.free if name.kind == "name" for size in name.data.shape]
