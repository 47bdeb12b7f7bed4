"""Telling: the words for readers that do not stand on a rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from symderiv.judge.verdict import Judged, VerdictName
from symderiv.pages.layout import Layout, layout
from symderiv.pages.sheet import Piece
from symderiv.term.build import relation
from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash
from symderiv.worth.evidence import Agrees, Evidence, Proved, Refuted, Undecided

if TYPE_CHECKING:
    from symderiv.deriving.derivation import Derivation, Line, Step

#: A sentence that begins with a word; a single letter that is no article is one of mathematics.
_WORDS = re.compile(r"(?:a|[a-z]{2,}),? (?!=)")
EVERY_STEP = "every step"
ROUNDED = "rounded"
FILLED = "numbers put in"
HOW = "how each number comes about"
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
RUNS = "an index runs to {} and to {}"
SHAPES = "the two sides do not even have the same shape"
SCRIPT = "Marked script"
READING = "how it was read"
UNDERSTOOD = "How I understood you"
ASSUMED = "Taken from words: "
NOTES = "Words that bound nothing: "
FIX = "This would be right:"
WITNESS = "For example,"
IN = "In"


def reason(line: Line, numbers: dict[Derivation, int], layout: Layout) -> tuple[Piece, ...]:
    """Why a line holds, for the right margin: its rules in the order of use, and the asides that it refers to."""
    asides = dict.fromkeys(numbers[step.aside] for step in line.steps if step.aside is not None)
    told: dict[str, tuple[Piece, ...]] = {}
    minor = all(step.law.minor for step in line.steps)
    for step in line.steps:
        if step.aside is not None:
            told["aside"] = (aside_numbers(asides),)
        elif minor or not step.law.minor:
            told.setdefault(f"{SHIFT} {step.place}" if step.law.name == SHIFT else step.law.name, law_name(step, layout))
    pieces: list[Piece] = []
    for words in told.values():
        pieces += ([", "] if pieces else []) + list(words)
    return tuple(pieces)


def aside_numbers(numbers: Iterable[int]) -> str:
    """The asides that something refers to.

    >>> aside_numbers([3]), aside_numbers([1, 2])
    ('aside 3', 'asides 1, 2')
    """
    found = list(map(str, numbers))
    return f"{ASIDE}{'s' * (len(found) > 1)} {', '.join(found)}"


#: The name of the law of index shifts, which is told with the shift itself.
SHIFT = "index shift"


def law_name(step: Step, layout: Layout) -> tuple[Piece, ...]:
    """What a teacher calls the law; a definition names its part, something given is shown."""
    law = step.law
    found = law.use(step.before) if law.name == "given" else None
    if found is not None:
        return ("given ", layout(found[1][0]))
    if law.name == SHIFT and (shift := import_module("symderiv.deriving.shifting").shift_of(step.before, step.after)):
        return (f"{SHIFT} ", layout(shift))
    working = import_module("symderiv.deriving.working")
    if law.name.startswith(working.VALUE_OF):
        return (layout(relation("=", step.before, step.after)),)
    if law.name.startswith(working.RESULT_FOR):
        return (layout(step.before), " from above")
    return ("definition of ", layout(named_part(step))) if law.name.startswith("definition of") else (law.name,)


def named_part(step: Step) -> Term:
    """The named part whose definition was used: opened, or written again."""
    if "named" in (step.before.kind, *(arg.kind for arg in step.before.args[:1] if step.before.kind == "entry")):
        return step.before
    if step.before.kind == "entry" and step.before.args[0].kind == "named":
        return step.before.args[0]
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


def unit_vector(vector: Term) -> str:
    """What `e_i` stands for."""
    position = vector.args[1]
    return f"e_{position}: the unit vector with a 1 at position {position}"


def _sizes(term: Term) -> list[Term]:
    return [size for name in term.free if name.kind == "name" for size in name.data.shape]


def marked(verdicts: Sequence[VerdictName], first: int | None) -> str:
    """What a marked script says first.

    >>> marked(["ok", "wrong", "follows"], 1)
    'Line 2 is the first wrong one. 1 ok, 1 wrong, 1 follows.'
    """
    counts = [f"{verdicts.count(name)} {name}" for name in WORDS if verdicts.count(name)]
    lead = f"Line {first + 1} is the first wrong one. " if first is not None else "No line is wrong. "
    return f"{lead}{', '.join(counts)}." if counts else "There is nothing to judge."


#: Every verdict, in the order in which a script counts them.
WORDS: tuple[VerdictName, ...] = ("ok", "stated", "wrong", "follows", "unknown", "unread", "skipped")


def verdict(found: Judged) -> tuple[Piece, ...]:
    """A verdict on a statement in one or two sentences."""
    if found.reason is not None and found.reason.code == "value-of":
        right, other = found.reason.terms
        return (layout(right), " is the value of ", layout(other), ".")
    if found.reason is not None and found.reason.code == "value":
        left, value = found.reason.terms
        return ("What is written, ", layout(left), ", is ", layout(value), ".")
    if found.reason is not None and found.reason.code == "several":
        values = [piece for term in found.reason.terms for piece in (", ", layout(term))]
        return (f"None of the results that are called {found.reason.about[0]} here is that: ", *values[1:], ".")
    if found.reason is not None and found.reason.code == "condition":
        return (f"{_words(found).strip()} It would be true if ", layout(found.reason.terms[0]), ", which nobody said.")
    if found.reason is not None and found.reason.code == "one-size":
        return ("This holds for ", layout(found.reason.terms[0]), " and not for every length; nobody said that length.")
    if found.reason is not None and found.reason.code == "extreme":
        name = layout(found.reason.terms[0])
        return ("The derivative above does not vanish there. Set it to zero, or say what ", name, " is.")
    return (_words(found),)


def _words(found: Judged) -> str:
    if found.cause is not None:
        return " ".join(sentence(words) for words in (found.cause.name, found.cause.say) if words)
    if found.reason is not None and found.reason.code in REASONS:
        return REASONS[found.reason.code].format(*found.reason.about)
    return SENTENCES[found.verdict] if found.reason is None else f"{SENTENCES[found.verdict]} {' '.join(found.reason.about)}"


def sentence(say: str) -> str:
    """The sentence of a rule with its first word as a sentence begins, unless that is a letter of the rule.

    >>> sentence("a minus sign stays in front"), sentence("p_i(δ_ik − p_k): all matter")
    ('A minus sign stays in front.', 'p_i(δ_ik − p_k): all matter.')
    """
    shown = say[0].upper() + say[1:] if _WORDS.match(say) else say
    return shown if shown.endswith((".", "!", "?")) else f"{shown}."


SENTENCES: dict[VerdictName, str] = {
    "ok": "This holds.",
    "stated": "This claims nothing; it is used from here on.",
    "wrong": "The two sides are different.",
    "follows": "This is false, but it follows from the wrong line above.",
    "unknown": "This could not be decided.",
    "unread": "This could not be read.",
    "skipped": "This was passed over.",
}
REASONS: dict[str, str] = {
    "unread": "{0}",
    "unsupported": "{0}",
    "limit": "{0}",
    "unknown-name": "{0}",
    "no-head": "This goes on from a line that has no left side, or that could not be read.",
    "opaque": "This was read, but a part of it has no value here: an expectation, a limit, an integral, a matrix with dots.",
    "vacuous": "This could not be decided: nothing says how what is differentiated depends on what it is differentiated by.",
    "deep": "This could not be decided: written out it is too large or too deep.",
    "fault": "This could not be decided: a fault of symderiv ({0}); please report the line.",
    "approximation": "This could not be decided: nobody said how near the two sides are to be.",
    "missing": "This cannot be decided without the definition of {0}.",
    "undeclared": "This holds for numbers, and need not hold for vectors or matrices. Declare {0}.",
    "equation": "This could not be decided: it was neither found to follow from the equation above nor to be against it.",
    "relation": "The relation does not hold between these numbers.",
    "layout": "This would be right in {0}.",
    "transposed": "This is the transpose of what is right.",
    "undecided": "This could not be decided: {0}.",
}


def shapes(clash: Clash) -> str:
    """The two shapes of a clash.

    >>> from symderiv.term.build import size
    >>> shapes(Clash(size("n"), (size("m"),), (size("m"), size("n"))))
    'm × 1 against m × n'
    """
    if clash.where.kind == "entry" and len(clash.left) == 1:
        return RUNS.format(*clash.left, *clash.right)
    return f"{shape(clash.left)} against {shape(clash.right)}"


def shape(sizes: tuple[Term, ...]) -> str:
    """A shape in words: `m × n`, a column as `n × 1`.

    >>> from symderiv.term.build import size
    >>> shape((size("n") - size("k") + 1,))
    '(n − k + 1) × 1'
    """
    if not sizes:
        return "a number"
    return " × ".join(
        [f"({_size(side)})" if side.kind == "sum" else _size(side) for side in sizes] + ["1"] * (len(sizes) == 1)
    )


def _size(size: Term) -> str:
    """A size as a line of text."""
    if size.kind == "sum":
        return "".join(_signed(part) for part in size.args).removeprefix(" + ")
    if size.kind in ("product", "fraction"):
        return ("" if size.kind == "product" else "/").join(map(_size, size.args))
    return str(size)


def _signed(part: Term) -> str:
    return f" − {_size(part.args[0])}" if part.kind == "minus" else f" + {_size(part)}"
