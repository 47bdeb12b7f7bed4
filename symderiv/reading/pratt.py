"""A Pratt reader: each kind of token has a prefix form, a binding power, or both, and everything else is a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from symderiv.errors import SymderivError
from symderiv.reading.environment import Environment
from symderiv.reading.refusal import refusal
from symderiv.reading.tokens import MAX_NESTING, Token
from symderiv.term.kinds import Term

Value = TypeVar("Value")

# Binding powers, from loose to tight.
RELATION, SUM, ARRAY, PRODUCT, TIGHT = 10, 20, 30, 40, 50


class Infix(NamedTuple):
    """How tightly a sign binds, and the term it makes of what stands before it and what it reads."""

    power: int
    build: Callable[[Reader, Term, Token], Term]


class Grammar(NamedTuple):
    """The tables of a reader: what a token does at the front, between two terms, and behind a term."""

    prefix: Mapping[str, Callable[[Reader, Token], Term]]
    infix: Mapping[str, Infix]
    postfix: Mapping[str, Callable[[Reader, Term, Token], Term | None]]
    implicit: Callable[[Reader, Term], Term]


class Reader:
    """Reads the tokens of one formula from left to right, once."""

    __slots__ = (
        "bars",
        "calls",
        "depth",
        "environment",
        "grammar",
        "guesses",
        "labels",
        "local",
        "paired",
        "pos",
        "source",
        "strict",
        "tokens",
        "unknown",
        "upto",
        "whole",
    )

    def __init__(self, source: str, tokens: list[Token], environment: Environment, grammar: Grammar, strict: bool) -> None:
        self.source = source
        self.tokens = tokens
        #: The same tokens, for looking ahead: the list above changes while a group is read.
        self.whole = tuple(tokens)
        self.environment = environment
        self.grammar = grammar
        self.strict = strict
        self.pos = 0
        self.depth = 0
        self.bars = 0
        #: Letters that a sum or a bound argument has given a meaning here.
        self.local: dict[str, Term] = {}
        #: Letters that a condition below a sum has bound together.
        self.paired: list[tuple[str, str]] = []
        #: How far the letter of a sum runs, where its upper limit is written.
        self.upto: dict[Term, Term] = {}
        #: Letters before a bracket that holds names only, once somebody asks.
        self.calls: frozenset[str] | None = None
        #: Undeclared letters that stand with an index, once somebody asks.
        self.guesses: dict[str, Term] | None = None
        #: Letters with what stands above them, where that makes a name, once somebody asks.
        self.labels: frozenset[tuple[str, str]] | None = None
        #: Sizes of `I` and `1` that only the formula around them tells.
        self.unknown: list[Term] = []

    @property
    def token(self) -> Token:
        return self.tokens[self.pos]

    def read(self, power: int = 0) -> Term:
        """The longest term whose signs all bind more tightly than `power`."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise SymderivError("limit", f"the formula is nested more than {MAX_NESTING} deep", self.token[2:4])
        prefix, infixes, _, implicit = self.grammar
        token = self.tokens[self.pos]
        form = prefix.get(token.kind)
        if form is None:
            raise self.unexpected(token)
        self.pos += 1
        term = self.behind(form(self, token))
        while True:
            token = self.tokens[self.pos]
            infix = infixes.get(token.kind)
            if infix is not None:
                if infix.power <= power:
                    break
                self.pos += 1
                term = infix.build(self, term, token)
            elif power < PRODUCT and self.begins(token):
                term = implicit(self, term)
            else:
                break
        self.depth -= 1
        return term

    def behind(self, term: Term) -> Term:
        """The term with everything that hangs on it from behind: scripts, primes, a bar."""
        postfix = self.grammar.postfix
        while True:
            token = self.tokens[self.pos]
            form = postfix.get(token.kind)
            if form is None:
                return term
            more = form(self, term, token)
            if more is None:
                return term
            term = more

    def begins(self, token: Token) -> bool:
        """Whether a factor begins here, side by side with what stands before it."""
        kind = token.kind
        if kind == "bar" or kind == "norm":
            return self.bars == 0
        return kind in self.grammar.prefix and kind not in ("-", "+")

    def expect(self, kind: str, text: str = "") -> Token:
        """The next token, which must be of this kind."""
        token = self.tokens[self.pos]
        if token.kind != kind or (text and token.text != text):
            raise self.unexpected(token, f"expected {text or kind!r}")
        self.pos += 1
        return token

    def unexpected(
        self, token: Token, expected: str = "expected a number, a name, a function or a bracket"
    ) -> SymderivError:
        """The refusal of a token that cannot stand where it stands."""
        seen = "the end of the formula" if token.kind == "end" else repr(self.source[token.start : token.end])
        return refusal(self.source, token.start, token.end, f"saw {seen}", expected)

    def refuse(self, token: Token, seen: str, expected: str = "", do: str = "", code: str = "unread") -> SymderivError:
        """A refusal at a token."""
        return refusal(self.source, token.start, token.end, seen, expected, do, code)

    def unsupported(self, token: Token, what: str) -> SymderivError:
        """The refusal of something that is understood as LaTeX and has no meaning here yet."""
        return self.refuse(token, f"{what} is not supported", code="unsupported")

    def group(self) -> tuple[int, int]:
        """The positions of the tokens inside the `{…}` that follows, or of the one token; they are passed over."""
        start = self.pos
        token = self.tokens[start]
        if token.kind != "{":
            if token.kind in ("end", "stop", "}", "&", "^", "_"):
                raise self.unexpected(token, "expected one sign or '{'")
            self.pos += 1
            return start, start + 1
        depth = 0
        while True:
            kind = self.tokens[self.pos].kind
            self.pos += 1
            if kind == "{":
                depth += 1
            elif kind == "}":
                depth -= 1
                if depth == 0:
                    return start + 1, self.pos - 1
            elif kind == "end" and self.pos == len(self.tokens):
                raise self.refuse(token, "saw '{' that is never closed", "expected '}'")

    def inside(self, span: tuple[int, int], power: int = 0) -> Term:
        """The term that fills a group which was passed over; then reading goes on where it was."""
        return self.within(span, lambda: self.read(power))

    def within(self, span: tuple[int, int], work: Callable[[], Value]) -> Value:
        """Some reading inside a group that was passed over, which must use all of it."""
        back, bars = self.pos, self.bars
        self.pos, self.bars = span[0], 0
        if span[0] == span[1]:
            raise self.unexpected(self.tokens[span[1]], "expected something in the braces")
        after = self.tokens[span[1]]
        self.tokens[span[1]] = Token("stop", after.text, after.start, after.end)
        value = work()
        self.tokens[span[1]] = after
        if self.pos != span[1]:
            raise self.unexpected(self.token, "expected an operator or the end of the group")
        self.pos, self.bars = back, bars
        return value

    def slice(self, span: tuple[int, int]) -> list[Token]:
        return self.tokens[span[0] : span[1]]
