"""The rule book as a page: each rule with its line, sentence, source and example, and the mistakes that distort it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from types import ModuleType

from symderiv.deriving.derivation import Law
from symderiv.errors import SymderivError
from symderiv.pages import telling
from symderiv.pages.arrays import AND_SO_ON
from symderiv.pages.formula import Formula, Run
from symderiv.pages.layout import Layout, layout
from symderiv.pages.scalars import RELATIONS
from symderiv.pages.setting import PLUS
from symderiv.pages.sheet import Block, Details, Display, Heading, Note, Paragraph, Piece, Sheet
from symderiv.pages.witnesses import listed, witness_values
from symderiv.rules.book import CHAPTERS, rules_of
from symderiv.rules.examples import examples
from symderiv.rules.letters import RuleLetter
from symderiv.rules.rule import Rule
from symderiv.term.build import relation
from symderiv.term.kinds import Term, make
from symderiv.term.places import rebuilt
from symderiv.term.shapes import Clash
from symderiv.worth.compare import compare
from symderiv.worth.evidence import Refuted

#: What follows the one term that a rule for every term shows.


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
    return (*heading, *line, Paragraph((f"{telling.sentence(law.say)} {telling.SOURCE}: {law.source}.",)))


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
        blocks.append(Note("condition", listed(f"{telling.CONDITIONS} ", [layout(item) for item in rule.where])))
    example = examples(rule, 1)[0]
    blocks += [Paragraph((f"{telling.EXAMPLE}:",)), Display(layout(relation("=", example.left, example.right)))]
    for chapter in CHAPTERS:
        blocks += [_mistake(wrong) for wrong in mistakes(rule, chapter)]
    return blocks


def _mistake(wrong: Rule) -> Note:
    """A misconception: what it claims, why not, and a point where both sides differ."""
    told = f" ({wrong.name}). {telling.sentence(wrong.say)}"
    return Note("wrong", (line_of(wrong), told, *_counterexample(wrong)))


def _counterexample(wrong: Rule) -> tuple[Piece, ...]:
    for example in examples(wrong):
        found = compare(example.left, example.right, example.conditions)
        if isinstance(found, Refuted):
            lead = (f" {telling.FOR} ", layout(example.left))
            if isinstance(found.witness, Clash):
                return (*lead, f" {telling.SHAPES}.")
            return (*lead, *witness_values(found.witness))
    raise ValueError(f"no example refutes “{wrong.name}”")
