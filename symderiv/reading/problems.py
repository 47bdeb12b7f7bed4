"""A problem on one line: a left side, a formula, and definitions behind commas."""

from __future__ import annotations

from symderiv.reading.definitions import Definition, define_all, definition
from symderiv.reading.draft import Draft
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import NOTHING_KNOWN, closed, read_tokens, spelled
from symderiv.reading.heads import label, top_level
from symderiv.reading.lines import statements
from symderiv.reading.refusal import refusal
from symderiv.reading.tokens import Token, tokens
from symderiv.term.build import Shape
from symderiv.term.kinds import Term
from symderiv.term.names import Name


def read_problem(
    source: str, environment: Environment = NOTHING_KNOWN, *, strict: bool = False, shape: Shape | None = None
) -> tuple[Name | None, Term]:
    r"""What is to be derived, and its name if it has one; definitions that follow become named parts.

    >>> left, term = read_problem(r"L = \|r\|^2, \quad r = Ax - b")
    >>> print(left, term)
    L power(norm(2, r), 2)
    """
    known, first = with_definitions(source, environment)
    pieces = spelled(first, known)
    main = definition(source, pieces)
    if main is not None and label(pieces) is None and top_level(main.right, "relation") is None:
        return main.head.label.name, read_tokens(source, closed(main.right, source), known, strict=strict, shape=shape)
    return None, read_tokens(source, closed(pieces, source), known, strict=strict, shape=shape)


def read_name(source: str, environment: Environment = NOTHING_KNOWN, *, strict: bool = False) -> Term:
    r"""What a derivative is taken by: a name, a named part, or an entry of one (`z_1`, `x_j`, `W_{ij}`).

    >>> from symderiv.reading.declare import environment
    >>> read_name("x_j", environment([r"x \in \mathbb{R}^n"]))
    entry(x, j)
    """
    term = read_tokens(source, spelled(tokens(source), environment), environment, strict=strict)
    base = term.args[0] if term.kind == "entry" else term
    if base.kind not in ("name", "named"):
        raise refusal(source, 0, len(source), f"saw a {term.kind}", "expected a name or an entry of one")
    return term


def with_definitions(source: str, environment: Environment) -> tuple[Environment, list[Token]]:
    """What is known with the definitions behind the first statement, and the tokens of that statement."""
    parts = statements(tokens(source)[:-1])
    draft = Draft.of(environment)
    definitions: list[Definition] = []
    for pieces in parts[1:]:
        found = definition(source, pieces)
        word = found.head.label.letter if found is not None else ""
        if word.startswith("\\text{") and pieces[0].kind == "letter" and len(pieces[0].text) == 1:
            draft.words.add(word[6:-1])
    for pieces in parts[1:]:
        found = definition(source, spelled(pieces, draft.known()))
        if found is None:
            raise refusal(
                source, pieces[0].start, pieces[-1].end, "saw no definition behind the comma", "expected name = formula"
            )
        definitions.append(found)
    define_all(draft, definitions)
    return draft.known(), parts[0]
