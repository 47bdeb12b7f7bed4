r"""What a recurrence says of the members that a line speaks of: `m_2` where `m_t = \beta m_{t-1}` and m_0 are known."""

from __future__ import annotations

from symderiv.errors import SymderivError
from symderiv.reading.definitions import Definition
from symderiv.reading.draft import Draft
from symderiv.reading.heads import Head, Label, labels
from symderiv.reading.names import CONSTANTS
from symderiv.reading.opaque import OPAQUE
from symderiv.reading.templates import MOST
from symderiv.reading.tokens import Token
from symderiv.term.kinds import Term, subterms


def unrolled(pieces: list[Token], head: Label | None, draft: Draft) -> list[Definition]:
    """The definitions of members that stand in a statement, each behind those that it uses.

    A member is defined where the recurrence leads to members that are known; the one on the left of an equation also where
    it leads to what stands on its right. A number alone says what a member is, unless all that it is made of is known.
    """
    if not draft.templates:
        return []
    found: dict[str, Definition] = {}
    written = _names(pieces, draft)
    mentioned = frozenset(item.key for item in written if head is not None and item.key != head.key)
    for item in written:
        own = head is not None and item.key == head.key
        steps = _steps(item, draft, mentioned if own else frozenset(), dict(found))
        if steps is not None and not (own and not mentioned and _leads_to_letters(steps, draft)):
            found = steps
    return list(found.values())


def _names(pieces: list[Token], draft: Draft) -> list[Label]:
    """The names in a formula, without their powers: a raised sign belongs to the name of a letter that is counted above."""
    raised = {one.label.letter for one in draft.templates if one.label.above}
    return [
        item if item.letter in raised or item.key in draft.quantities else item._replace(above=())
        for item in labels(pieces).values()
    ]


def _leads_to_letters(steps: dict[str, Definition], draft: Draft) -> bool:
    """Whether members are made of letters that have no value."""
    written = [item for step in steps.values() for item in _names(step.right, draft)]
    known = draft.quantities.keys() | draft.functions.keys() | steps.keys() | CONSTANTS.keys()
    return any(item.key not in known and item.letter not in draft.functions for item in written)


def _steps(
    wanted: Label, draft: Draft, mentioned: frozenset[str], found: dict[str, Definition], depth: int = 0
) -> dict[str, Definition] | None:
    """The definitions so far and those that lead to a member; None where a template leads to nothing that is known."""
    if wanted.key in draft.quantities or wanted.key in found:
        return found
    numbered = ((one, one.number(wanted)) for one in reversed(draft.templates))
    template, value = next(((one, value) for one, value in numbered if value is not None), (None, 0))
    if template is None or value is None or depth + len(found) >= MOST:
        return None
    right = template.at(value)
    for item in _names(right, draft):
        known = item.key in draft.quantities or item.key in mentioned
        steps = found if known else _steps(item, draft, mentioned, found, depth + 1)
        if steps is None and any(one.label.letter == item.letter for one in draft.templates):
            return None
        found = found if steps is None else steps
    try:
        is_determined = _is_determined(draft.read(template.source, right))
    except SymderivError:
        return None
    if not is_determined:
        return None
    return {**found, wanted.key: Definition(template.source, Head(wanted, None, "name"), right)}


def _is_determined(body: Term) -> bool:
    """Whether a formula speaks of nothing without a formula: no function of its own, no derivative of a bare letter."""
    return not any(
        (node.kind == "function" and (not node.data.known or node.data.means == OPAQUE))
        or (node.kind == "partial" and node.args[0].kind in ("name", "entry"))
        for node in subterms(body)
    )
