"""An environment while it is being built: what each sentence of `given` adds, before it is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from symderiv.reading.environment import Environment, Function
from symderiv.reading.expressions import closed, read_tokens, spelled
from symderiv.reading.heads import Label
from symderiv.reading.letters import key_of, letter_name
from symderiv.reading.templates import Template
from symderiv.reading.tokens import Token, tokens
from symderiv.term.build import ONE, Shape, index, is_size, name, sequence, size
from symderiv.term.kinds import Term
from symderiv.term.names import Name


@dataclass(slots=True, eq=False, repr=False)
class Draft:
    """The parts of an Environment, still growing."""

    quantities: dict[str, Term] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    stacks: dict[str, Term] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    signs: dict[str, str] = field(default_factory=dict)
    conventions: set[str] = field(default_factory=set)
    labelled: set[str] = field(default_factory=set)
    given: list[Term] = field(default_factory=list)
    definitions: list[Term] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    guessed: Mapping[str, Term] = field(default_factory=dict)
    graded: frozenset[str] = frozenset()
    results: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    templates: list[Template] = field(default_factory=list)
    sizes: dict[str, Term] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Environment) -> Draft:
        """A draft that starts from what is known."""
        return cls(
            dict(known.quantities), dict(known.functions), dict(known.stacks), set(known.words),
            dict(known.signs),
            set(known.conventions), set(known.labelled), list(known.given), list(known.definitions),
            list(known.notes), list(known.assumed), known.guessed, known.graded, known.results,
            list(known.templates),
        )  # fmt: skip

    def known(self) -> Environment:
        """What is known so far, sizes included."""
        quantities = dict(self.quantities)
        for key, term in self.sizes.items():
            quantities.setdefault(key, term)
        return Environment(
            MappingProxyType(quantities), MappingProxyType(dict(self.functions)), MappingProxyType(dict(self.stacks)),
            frozenset(self.words), MappingProxyType(dict(self.signs)), frozenset(self.conventions),
            frozenset(self.labelled),
            tuple(dict.fromkeys(self.given)), tuple(self.definitions), tuple(self.notes), tuple(self.assumed),
            self.guessed, self.graded, self.results, tuple(self.templates),
        )  # fmt: skip

    def read(self, source: str, pieces: list[Token] | None = None, local: dict[str, Term] | None = None) -> Term:
        """A formula, or some of its tokens, in what is known so far."""
        known = self.known()
        found = spelled(tokens(source) if pieces is None else closed(pieces, source), known)
        return read_tokens(source, found, known, local)

    def declare(self, label: Label, shape: Shape, domain: str = "real") -> None:
        """A name with its shape; with an index letter below it a family, whose members have this shape."""
        if label.letter.startswith("\\text{"):
            self.words.add(label.letter[6:-1])
        if "row vectors" in self.conventions and len(shape) == 1:
            shape = (ONE, *shape)
        letter = label.below[0].text if len(label.below) == 1 else ""
        if letter and not label.above and (found := self.quantities.get(letter)) is not None and found.kind == "index":
            self.family(label.letter, size(Name("n", sub=letter)), shape)
        else:
            self.quantities[label.key] = name(label.name, *shape, domain=domain)  # type: ignore[arg-type]

    def family(self, letter: str, count: Term, shape: Shape, raised: str = "") -> None:
        """The family `x_1, …, x_N`: one array, whose rows are its members; `raised` by `^`, with brackets by `^()`."""
        array = name(letter_name(letter), count, *shape)
        if raised:
            self.stacks[letter + raised] = sequence(letter_name(letter), count) if raised == "^" and not shape else array
        elif shape:
            self.stacks[letter] = array
        else:
            self.quantities[letter] = array

    def size_of(self, source: str, pieces: list[Token]) -> Term:
        """A size: its letters are natural numbers."""
        letters: dict[str, Term] = {}
        for piece in pieces:
            if piece.kind == "letter":
                known = self.quantities.get(piece.text)
                letters[piece.text] = known if known is not None and is_size(known) else _size(piece.text)
        self.sizes.update(letters)
        return self.read(source, pieces, letters)

    def index(self, text: str) -> None:
        """A letter that numbers positions, `i` or `c_1`."""
        letter, _, below = text.partition("_")
        self.quantities[key_of(letter, below.strip("{}"))] = index(letter_name(letter, below.strip("{}")))


def _size(text: str) -> Term:
    return size(letter_name(text))
