"""The rule book as a page: each rule with its line, sentence, source and example, and the mistakes that distort it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from fractions import Fraction as Ratio
from types import ModuleType

from symderiv.deriving.derivation import Law
from symderiv.errors import SymderivError
from symderiv.pages import telling
from symderiv.pages.formula import Formula, Operator, Run
from symderiv.pages.layout import Layout, layout
from symderiv.pages.scalars import RELATIONS
from symderiv.pages.setting import PLUS
from symderiv.pages.sheet import Block, Details, Display, Heading, Note, Paragraph, Piece, Sheet
from symderiv.rules.book import CHAPTERS, rules_of
from symderiv.rules.examples import examples
from symderiv.rules.letters import RuleLetter
from symderiv.rules.rule import Rule
from symderiv.term.build import fraction, literal, minus, num, relation
from symderiv.term.kinds import Term, make
from symderiv.term.places import rebuilt
from symderiv.term.shapes import Clash
from symderiv.worth.compare import compare
from symderiv.worth.evidence import Exact, Refuted, Witness

#: What follows the one term that a rule for every term shows.
AND_SO_ON = Operator("…", "coefficient")
#: A sentence that begins with a word; a single letter that is no article is one of mathematics.
_WORDS = re.compile(r"(?:a|[a-z]{2,}),? (?!=)")
#: How many digits of a value are shown.
DIGITS = 6


def rulebook(name: str | None = None) -> Sheet:
    """All chapters as a page, or the rules of one name or chapter. Raises SymderivError for a name that no rule has.

    >>> rulebook("quotient rule").title
    'quotient rule'
    """
    chosen = selected(name)
    blocks: list[Block] = []
    for chapter, rules in chosen:
        if name is None:
            blocks.append(Heading(1, chapter_title(chapter)))
        for rule in rules:
            blocks += _page(rule, None if len(rules) == len(chosen) == 1 else 2)
    return Sheet(telling.RULES if name is None else name, tuple(blocks))


def selected(name: str | None) -> list[tuple[ModuleType, tuple[Rule, ...]]]:
    """The chapters with the rules that a name means: all, those of a chapter, or those that have the name."""
    true = [(chapter, tuple(rule for rule in rules_of(chapter) if rule.distorts is None)) for chapter in CHAPTERS]
    if name is None:
        return true
    wanted = name.casefold()
    same = [(chapter, rules) for chapter, rules in true if chapter_name(chapter) == wanted]
    found = same or [
        (chapter, tuple(rule for rule in rules if _is_called(rule, wanted, chapter))) for chapter, rules in true
    ]
    found = [(chapter, rules) for chapter, rules in found if rules]
    if not found:
        raise unknown(name)
    return found


def _is_called(rule: Rule, wanted: str, chapter: ModuleType) -> bool:
    """Whether this is the name of the rule or of a mistake beside it."""
    return wanted in (rule.name.casefold(), *(wrong.name.casefold() for wrong in mistakes(rule, chapter)))


def mistakes(rule: Rule, chapter: ModuleType) -> tuple[Rule, ...]:
    """The misconceptions that distort a rule."""
    return tuple(wrong for wrong in rules_of(chapter) if wrong.distorts is rule)


def chapter_name(chapter: ModuleType) -> str:
    """The name of a chapter, one word."""
    return chapter.__name__.rpartition(".")[2]


def chapter_title(chapter: ModuleType) -> str:
    """The title of a chapter, the first words of its page."""
    return (chapter.__doc__ or chapter_name(chapter)).partition("\n")[0].partition(":")[0].rstrip(".")


def unknown(name: str) -> SymderivError:
    """What is said where no rule has this name: the nearest ones."""
    names = [rule.name for chapter in CHAPTERS for rule in rules_of(chapter)]
    names += map(chapter_name, CHAPTERS)
    near = get_close_matches(name.casefold(), list(dict.fromkeys(names)), n=3, cutoff=0.4)
    hint = f"; did you mean {', '.join(f'“{item}”' for item in near)}?" if near else "."
    return SymderivError("unknown-rule", f"no rule “{name}” in the book{hint} `symderiv rules` lists all.")


def used(laws: Iterable[Law]) -> tuple[Block, ...]:
    """The rules that a sheet used, each once, in the order of use; what merely names or unnames a part is no rule."""
    found: dict[tuple[object, ...], Law] = {}
    for law in laws:
        if law.source:
            key = (law.name, law.left, law.right) if isinstance(law, Rule) else (law.name, law.say)
            found.setdefault(key, law)
    blocks = [block for law in found.values() for block in entry(law, 3)]
    return (Details((telling.RULES_USED,), tuple(blocks)),) if blocks else ()


def entry(law: Law, level: int | None) -> tuple[Block, ...]:
    """A law with its line, if it has one, its sentence and its source."""
    heading: tuple[Block, ...] = () if level is None else (Heading(level, law.name),)
    line: tuple[Block, ...] = (Display(line_of(law)),) if isinstance(law, Rule) else ()
    return (*heading, *line, Paragraph((f"{sentence(law.say)} {telling.SOURCE}: {law.source}.",)))


def sentence(say: str) -> str:
    """The sentence of a rule with its first word as a sentence begins, unless that is a letter of the rule.

    >>> sentence("a minus sign stays in front"), sentence("p_i(δ_ik − p_k): all matter")
    ('A minus sign stays in front.', 'p_i(δ_ik − p_k): all matter.')
    """
    return (say[0].upper() + say[1:] if _WORDS.match(say) else say) + "."


def line_of(rule: Rule) -> Formula:
    """`left = right`; a rule for every term goes on with dots."""
    laid = Layout()
    left, right = laid(_shown(rule.left)), laid(_shown(rule.right))
    return Run((left, RELATIONS["="], right, *((PLUS, AND_SO_ON) if rule.every else ())))


def _shown(side: Term) -> Term:
    """A side of a rule as a book prints it: a sum with any limits is printed without."""

    def change(node: Term, args: tuple[Term, ...]) -> Term:
        limits = args[2:]
        if node.kind in ("bigsum", "bigproduct") and any(_is_run(limit) for limit in limits):
            args = args[:2]
        return node if args == node.args else make(node.kind, node.data, args)

    return rebuilt(side, change)


def _is_run(term: Term) -> bool:
    return isinstance(term.data, RuleLetter) and term.data.taking == "run"


def _page(rule: Rule, level: int | None) -> list[Block]:
    """All that the book says of a rule."""
    blocks = list(entry(rule, level))
    if rule.where:
        blocks.append(Note("condition", _listed(f"{telling.CONDITIONS} ", [layout(item) for item in rule.where])))
    example = examples(rule, 1)[0]
    blocks += [Paragraph((f"{telling.EXAMPLE}:",)), Display(layout(relation("=", example.left, example.right)))]
    for chapter in CHAPTERS:
        blocks += [_mistake(wrong) for wrong in mistakes(rule, chapter)]
    return blocks


def _listed(lead: str, formulas: Sequence[Formula]) -> tuple[Piece, ...]:
    pieces: list[Piece] = [lead]
    for number, formula in enumerate(formulas):
        pieces += ([", "] if number else []) + [formula]
    return tuple(pieces)


def _mistake(wrong: Rule) -> Note:
    """A misconception: what it claims, why not, and a point where both sides differ."""
    told = f" ({wrong.name}). {sentence(wrong.say)}"
    return Note("wrong", (line_of(wrong), told, *_counterexample(wrong)))


def _counterexample(wrong: Rule) -> tuple[Piece, ...]:
    for example in examples(wrong):
        found = compare(example.left, example.right, example.conditions)
        if isinstance(found, Refuted):
            lead = (f" {telling.FOR} ", layout(example.left))
            if isinstance(found.witness, Clash):
                return (*lead, f" {telling.SHAPES}.")
            return (*lead, *_values(found.witness))
    raise ValueError(f"no example refutes “{wrong.name}”")


def _values(witness: Witness) -> tuple[Piece, ...]:
    """The point and the two values there; sizes are not said where the arrays show them."""
    arrays = any(not isinstance(value, Ratio) for _, value in witness.letters)
    letters = [(letter, value) for letter, value in witness.letters if not (arrays and letter.data.domain == "natural")]
    facts = [relation("=", letter, _exact(value)) for letter, value in letters]
    facts += [relation("=", letter, num(value)) for letter, value in witness.indices]
    place = _listed(f" {telling.WITH} ", [layout(fact) for fact in facts]) if facts else ()
    value = f"{telling.ENTRY} {', '.join(map(str, witness.entry))}" if witness.entry else telling.VALUE
    left, right = _short(witness.left_value), _short(witness.right_value)
    return (*place, f" {value} {telling.IS} {left}, {telling.NOT} {right}.")


def _exact(value: Exact) -> Term:
    """A number, a column or a matrix."""
    if isinstance(value, Ratio):
        size = abs(value)
        shown = num(size.numerator)
        shown = shown if size.denominator == 1 else fraction(shown, num(size.denominator))
        return minus(shown) if value < 0 else shown
    return literal([[_exact(cell) for cell in (row if isinstance(row, tuple) else (row,))] for row in value])


def _short(value: str) -> str:
    """A value with the digits that a reader compares.

    >>> _short("0.13533528323661269189"), _short("-64.000000000000000000")
    ('0.135335', '−64')
    """
    return f"{float(value):.{DIGITS}g}".replace("-", "−")
