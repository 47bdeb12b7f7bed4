"""From answers to a page: the lines at their pace, asides beside them, conditions, values; every line was verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from symderiv.deriving.answer import Answer
from symderiv.deriving.derivation import Derivation, Law, Pace
from symderiv.deriving.values import substituted
from symderiv.deriving.verifying import Verifier
from symderiv.pages import telling
from symderiv.pages.formula import Formula
from symderiv.pages.layout import Layout
from symderiv.pages.sheet import Block, Derived, Details, Display, Facts, Note, Paragraph, Piece, Row
from symderiv.term.build import entry, relation
from symderiv.term.kinds import Term, subterms
from symderiv.term.shapes import shape
from symderiv.worth.evidence import Evidence


@dataclass
class Page:
    """Derivations as blocks, at one pace, with one layout for all; asides are numbered in the order of use.

    `lines` has what is known of each line shown, `checked` what is known of relations that no derivation made, `laws` the
    laws used, in the order of use.
    """

    pace: Pace = "textbook"
    open_steps: bool = False
    layout: Layout = field(default_factory=Layout)
    numbers: dict[Derivation, int] = field(default_factory=dict)
    told: dict[Derivation, None] = field(default_factory=dict)
    defined: dict[Term, None] = field(default_factory=dict)
    values: dict[Term, None] = field(default_factory=dict)
    lines: dict[Derivation, tuple[Evidence, ...]] = field(default_factory=dict)
    checked: list[Evidence] = field(default_factory=list)
    laws: dict[Law, None] = field(default_factory=dict)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What is known of every line and of every relation of the page."""
        return tuple(item for found in (*self.lines.values(), self.checked) for item in found)

    def answer(self, answer: Answer) -> tuple[Block, ...]:
        """The blocks of one answer: its lines, its matrix form, every step, its asides."""
        rows = self.rows(answer.derivation)
        if answer.matrix_form is not None:
            rows += self.rows(answer.matrix_form)
        return (
            Derived(rows),
            *self._new_parts(answer),
            *self._every_step(answer.derivation),
            *self._asides(answer.derivation),
        )

    def _new_parts(self, answer: Answer) -> tuple[Block, ...]:
        """Parts that got a name in the result."""
        known = {node for node in subterms(answer.goal) if node.kind == "named"} | self.defined.keys()
        new = [node for node in subterms(answer.result) if node.kind == "named" and node not in known]
        self.defined.update(dict.fromkeys(new))
        return (Facts(tuple(self.definition(part) for part in new), lead=telling.WHERE),) if new else ()

    def rows(self, derivation: Derivation, pace: Pace | None = None) -> tuple[Row, ...]:
        """One row a line, with the reason and what the referee found."""
        self._number(derivation)
        verifier = Verifier(derivation)
        rows: list[Row] = []
        weakest: list[Evidence | None] = []
        begin = 0
        for line in derivation.lines(pace or self.pace):
            found = tuple(verifier.evidence(begin + number) for number in range(len(line.steps)))
            begin += len(line.steps)
            left = self.layout(derivation.start) if not rows else None
            reason = telling.reason(line, self.numbers, self.layout)
            weakest.append(telling.weakest(found))
            rows.append(Row(left, "=", self.layout(line.term), reason, "", telling.evidence(weakest[-1])))
        self.lines.setdefault(derivation, tuple(item for item in weakest if item is not None))
        self.laws.update(dict.fromkeys(step.law for step in derivation.steps))
        return tuple(rows)

    def _every_step(self, derivation: Derivation) -> tuple[Block, ...]:
        """The derivation once more, one law a line, where lines of the page have more than one."""
        if self.pace == "every step" or len(derivation.steps) == len(derivation.breaks):
            return ()
        return (Details((telling.EVERY_STEP,), (Derived(self.rows(derivation, "every step")),), open=self.open_steps),)

    def _number(self, derivation: Derivation) -> None:
        for aside in derivation.asides:
            if aside not in self.numbers:
                self.numbers[aside] = len(self.numbers) + 1
        for aside in derivation.asides:
            self._number(aside)

    def _asides(self, derivation: Derivation) -> tuple[Block, ...]:
        blocks: list[Block] = []
        for aside in sorted(_all_asides(derivation), key=self.numbers.__getitem__):
            if aside in self.told:
                continue
            self.told[aside] = None
            fact = self.layout(relation("=", aside.start, aside.result))
            inner = [self.numbers[other] for other in aside.asides]
            by = (f"  ({telling.aside_numbers(inner)})",) if inner else ()
            summary: tuple[Piece, ...] = (f"{telling.ASIDE} {self.numbers[aside]}: ", fact, *by)
            blocks.append(Details(summary, (Derived(self.rows(aside)),)))
        return tuple(blocks)

    def conditions(self, answers: tuple[Answer, ...]) -> tuple[Block, ...]:
        """What the answers needed, each condition once."""
        return self.needing(condition for answer in answers for condition in answer.conditions)

    def needing(self, conditions: Iterable[Term]) -> tuple[Block, ...]:
        """The note that says what must hold, each condition once."""
        found = dict.fromkeys(conditions)
        if not found:
            return ()
        pieces: list[Piece] = [f"{telling.CONDITIONS} "]
        for number, condition in enumerate(found):
            pieces += ([", "] if number else []) + [self.layout(condition)]
        return (Note("condition", tuple(pieces)),)

    def value(
        self, goal: Term, term: Term, point: dict[Term, Term], given: tuple[Term, ...], worked: bool = False
    ) -> tuple[Block, ...]:
        """A result at a point: what is put in, and the number that comes out; `goal` stands on the left.

        A value on the way is shown once; `worked` shows how each of them comes about.
        """
        found = substituted(term, point, given)
        new = [fact for fact in found.facts if fact.what not in self.values]
        self.values.update(dict.fromkeys(fact.what for fact in new))
        facts = tuple(self.layout(_equal(fact.what, *((fact.formula,) if worked else ()), fact.number)) for fact in new)
        place: list[Piece] = [f"{telling.AT} "]
        for number, (letter, value) in enumerate(point.items()):
            place += ([", "] if number else []) + [self.layout(relation("=", letter, value))]
        shown = self.layout(_equal(goal, found.formula, found.number))
        return (Paragraph((*place, ":")), *((Facts(facts),) if facts else ()), Display(shown))

    def definition(self, part: Term) -> Formula:
        """`p_i = e^{x_i}/s`: a named part and what it stands for."""
        meaning = part.args[0]
        if meaning.kind == "stack":
            return self.layout(relation("=", entry(part, *meaning.args[1::2]), meaning.args[0]))
        return self.layout(relation("=", part, meaning))

    def definitions(self, parts: tuple[Term, ...]) -> tuple[Block, ...]:
        """What the named parts of a problem stand for: the first one on a line of its own, then the parts in it."""
        self.defined.update(dict.fromkeys(parts))
        shown: list[Block] = [Display(self.definition(part)) for part in parts[:1]]
        if len(parts) > 1:
            shown.append(Facts(tuple(self.definition(part) for part in parts[1:]), lead=telling.WHERE))
        return tuple(shown)


def _equal(*sides: Term) -> Term:
    """A chain of equal terms, what stands twice in a row written once."""
    chain = [side for spot, side in enumerate(sides) if not spot or side is not sides[spot - 1]]
    return relation(("=",) * (len(chain) - 1), *chain)


def _all_asides(derivation: Derivation) -> dict[Derivation, None]:
    found: dict[Derivation, None] = {}
    for aside in derivation.asides:
        found[aside] = None
        found.update(_all_asides(aside))
    return found


def layout_words(answer: Answer) -> str:
    """In which layout an array of derivatives stands."""
    sizes = shape(answer.goal.args[0])
    return telling.JACOBIAN if sizes and shape(answer.variable) else ""
