"""Telling: the words for readers that do not stand on a rule."""

from __future__ import annotations

from symderiv.deriving.derivation import Derivation, Law, Line, Step
from symderiv.pages.layout import Layout
from symderiv.pages.sheet import Piece
from symderiv.rules.rule import Rule
from symderiv.term.kinds import Term
from symderiv.worth.evidence import Agrees, Evidence, Proved, Undecided

EVERY_STEP = "every step"
ASIDE = "aside"
WHERE = "where"
CONDITIONS = "This needs"
AT = "At"
VERIFIED = "every line verified"
JACOBIAN = "numerator layout: rows belong to the value, columns to the variable"
ANY_SIZE = "any size"
SOURCE = "Source"
ANSWERS = "Answers"


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
    part = named_part(law)
    return (law.name,) if part is None else ("definition of ", layout(part))


def named_part(law: Law) -> Term | None:
    """The named part whose definition the law uses."""
    if not isinstance(law, Rule) or not law.name.startswith("definition of"):
        return None
    return law.right.args[0] if law.right.kind == "entry" else law.right


def evidence(found: tuple[Evidence, ...]) -> str:
    """How far a line was verified: the weakest of its steps."""
    undecided = [item for item in found if isinstance(item, Undecided)]
    if undecided:
        return f"not decided ({undecided[0].why})"
    agreed = [item for item in found if isinstance(item, Agrees)]
    if agreed:
        fewest = min(item.points for item in agreed)
        return f"agrees at {fewest} points"
    return "proved" if any(isinstance(item, Proved) for item in found) else ""


def sizes(terms: tuple[Term, ...]) -> str:
    """For which sizes the result holds, if any stand in it."""
    letters = {size.data.name.latex for term in terms for size in _sizes(term) if size.kind == "name"}
    return f"{', '.join(sorted(letters))}: {ANY_SIZE}" if letters else ""


def _sizes(term: Term) -> list[Term]:
    return [size for name in term.free if name.kind == "name" for size in name.data.shape]
