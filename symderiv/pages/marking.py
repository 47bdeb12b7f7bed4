"""The marked script: a person's own lines as they were written, each with its mark, the reason, a witness and a repair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symderiv.errors import SymderivError, printable
from symderiv.judge.verdict import Judged, JudgedLine, VerdictName
from symderiv.pages import telling
from symderiv.pages.formula import Formula
from symderiv.pages.layout import layout
from symderiv.pages.sheet import Block, Details, Display, Facts, Heading, Marked, Note, Paragraph, Piece, Sheet
from symderiv.pages.witnesses import listed, witness_values
from symderiv.reading.environment import Environment
from symderiv.term.build import relation
from symderiv.term.kinds import Term
from symderiv.term.shapes import Clash
from symderiv.term.size import is_large
from symderiv.worth.evidence import Agrees, Evidence, Proved, Refuted, Stand

#: The mark of each verdict: a sign and a word, so that neither colour nor sign says it alone.
MARKS: dict[VerdictName, str] = {
    "ok": "✓ ok", "stated": "· stated", "wrong": "✗ wrong", "follows": "↪ follows", "unknown": "? not decided",
    "unread": "? not read", "skipped": "– skipped",
}  # fmt: skip


def script(lines: Sequence[JudgedLine], environment: Environment) -> Sheet:
    """The marked script of a derivation."""
    first = next((place for place, line in enumerate(lines) if line.verdict == "wrong"), None)
    blocks: list[Block] = [Paragraph((telling.marked([line.verdict for line in lines], first),))]
    blocks += [_marked(place, line) for place, line in enumerate(lines)]
    return Sheet(telling.SCRIPT, (*blocks, *_understood(environment)))


def _marked(place: int, line: JudgedLine) -> Marked:
    return Marked(str(place + 1), printable(line.source) or " ", line.verdict, MARKS[line.verdict], tuple(_said(line)))


def _said(line: JudgedLine) -> list[Block]:
    """What is said under a line: why, by which witness, what would mend it, and how it was read."""
    found: list[Block] = []
    worst = line.worst
    if worst is not None and line.verdict not in ("ok", "stated", "skipped"):
        found.append(Paragraph(telling.verdict(worst)))
        found += _witness(worst)
        if worst.repaired is not None:
            found.append(Paragraph((f"{telling.FIX} ", layout(mended(worst)))))
    conditions = dict.fromkeys(condition for item in line.statements for condition in item.conditions)
    if conditions:
        found.append(Note("condition", listed(f"{telling.CONDITIONS} ", [layout(condition) for condition in conditions])))
    read = [item.shown.term for item in line.statements if item.shown is not None and not any(item.shown.texts)]
    readings = [_short(term) for term in read]
    shown = tuple(Display(reading) for reading in readings if reading is not None)
    if shown and len(shown) == len(readings):
        found.append(Details((telling.READING,), shown))
    return found


def _witness(worst: Judged) -> list[Block]:
    told = "" if worst.reason is None else worst.reason.code
    if not isinstance(worst.evidence, Refuted) or told in ("relation", "several"):
        return []
    witness = worst.evidence.witness
    if isinstance(witness, Clash):
        where: tuple[Piece, ...] = (f"{telling.IN} ", layout(witness.where), f": {telling.shapes(witness)}.")
        return [Paragraph(where)]
    return [Paragraph((telling.WITNESS, *witness_values(witness)))]


def _understood(environment: Environment) -> list[Block]:
    """The environment, under “how I understood you”: shapes, definitions, conditions, what came from words.

    A name by which several results go stands for none of them alone.
    """
    terms = environment.quantities.values()
    shapes = [(term, telling.shape(term.data.shape)) for term in terms if term.kind == "name" and term.data.shape]
    named = [
        term for key, term in environment.quantities.items() if term.kind == "named" and not environment.results.get(key)
    ]
    said = [relation("=", term, term.args[0]) for term in named]
    facts = [shown for fact in (*said, *environment.given) if (shown := _short(fact)) is not None]
    blocks: list[Block] = []
    if shapes:
        pieces = [piece for letter, words in shapes for piece in (", ", layout(letter), f" {telling.IS} {words}")]
        blocks.append(Paragraph((*pieces[1:], ".")))
    if facts:
        blocks.append(Facts(tuple(facts)))
    if environment.assumed:
        blocks.append(Paragraph((telling.ASSUMED, printable("; ".join(environment.assumed)))))
    if environment.notes:
        blocks.append(Paragraph((telling.NOTES, printable("; ".join(environment.notes)))))
    return [Heading(1, telling.UNDERSTOOD), *blocks] if blocks else []


def _short(term: Term) -> Formula | None:
    """A term as it is written, if it is not too long for that."""
    try:
        return layout(term)
    except SymderivError:
        return None


def mended(worst: Judged) -> Term:
    """The equation that would be right, in the person's own letters."""
    assert worst.left is not None and worst.repaired is not None
    return relation("=", worst.left, worst.repaired)


def say(line: JudgedLine) -> tuple[Piece, ...]:
    """The verdict on a line in one or two sentences."""
    return () if line.worst is None else telling.verdict(line.worst)


def evidence_data(evidence: Evidence | None) -> dict[str, Any] | None:
    """Evidence as data, a witness with everything needed to compute both sides again."""
    if evidence is None:
        return None
    found: dict[str, Any] = {"kind": evidence.kind}
    if isinstance(evidence, Proved):
        found["how"] = evidence.how
    elif isinstance(evidence, Agrees):
        found |= {"points": evidence.points, "bits": evidence.bits}
    elif isinstance(evidence, Refuted):
        found["witness"] = witness_data(evidence)
    else:
        found["why"] = evidence.why
    return found


def witness_data(evidence: Refuted) -> dict[str, Any]:
    """A witness as data: letters with values, both sides as nested lists, the entry, both values; or a clash of shapes."""
    witness = evidence.witness
    if isinstance(witness, Clash):
        return {
            "place": nested(witness.where),
            "left_shape": [str(size) for size in witness.left],
            "right_shape": [str(size) for size in witness.right],
        }
    found = {
        "letters": {letter.data.name.latex: _plain(value) for letter, value in witness.letters},
        "indices": {_index(letter): value for letter, value in witness.indices},
        "entry": list(witness.entry),
        "left": _side(witness.left),
        "right": _side(witness.right),
        "left_value": witness.left_value,
        "right_value": witness.right_value,
    }
    if witness.functions:
        found["functions"] = {stand.function.data.name.latex: _stand(stand) for stand in witness.functions}
    if witness.directions:
        found["directions"] = {letter.data.name.latex: _plain(value) for letter, value in witness.directions}
    if witness.first != 1:
        found["first"] = witness.first
    if witness.zeros_outside:
        found["outside"] = 0
    return found


def _stand(stand: Stand) -> dict[str, Any]:
    """What an unknown function is at a witness."""
    letters = [letter.data.name.latex for letter in stand.arguments]
    return {"of": letters, "is": nested(stand.formula), "whole": stand.whole}


def _side(term: Term) -> Any:
    """A side as nested lists; None where it is too large to be written out."""
    return None if is_large(term, LEAVES, DEPTH) else nested(term)


def _index(letter: Term) -> str:
    return str(letter.data.latex if hasattr(letter.data, "latex") else letter.data)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(value)


#: The most leaves and the deepest brackets of a side that a witness writes out.
LEAVES, DEPTH = 20_000, 150
#: Kinds whose data say only how they are written.
MARKED = frozenset({"partial", "cases", "stack"})
#: The words of nested lists for kinds of terms; any other kind has its own name.
HEADS = {"sum": "+", "product": "*", "minus": "-", "fraction": "/", "power": "^", "hadamard": ".*"}


def nested(term: Term) -> Any:
    """A term as nested lists: `["+", "x", ["*", 2, "y"]]`.

    >>> from symderiv.term.build import *
    >>> nested(name("x") + 2 * name("y"))
    ['+', 'x', ['*', 2, 'y']]
    """
    match term.kind:
        case "number":
            value = term.data[0]
            return int(value) if value == int(value) else str(value)
        case "constant":
            return {"e": "e", "pi": "pi"}.get(term.data, term.data)
        case "name":
            return term.data.name.latex
        case "index":
            return _index(term)
        case "named":
            return ["named", term.data.latex, nested(term.args[0])]
        case "apply":
            fn = term.args[0]
            head = _function(fn) if fn.kind == "function" and not fn.args else nested(fn)
            return ["apply", head, *[nested(arg) for arg in term.args[1:]]]
        case "function":
            return ["function", _function(term), *[nested(arg) for arg in term.args]]
        case "relation" if len(term.data) == 1:
            return [*term.data, *[nested(arg) for arg in term.args]]
        case "relation":
            pairs = zip(term.data, term.args, term.args[1:], strict=False)
            return ["and", *[[sign, nested(left), nested(right)] for sign, left, right in pairs]]
        case "prime":
            return ["prime", term.data, nested(term.args[0])]
    data = [] if term.data is None or term.kind in MARKED else [_data(term.data)]
    return [HEADS.get(term.kind, term.kind), *data, *[nested(arg) for arg in term.args]]


def _function(fn: Term) -> str:
    """A known function by its own name, another as it is written."""
    signature = fn.data
    return str((signature.means or signature.name.base) if signature.known else signature.name.latex)


def _data(data: Any) -> Any:
    return list(data) if isinstance(data, tuple) else data
