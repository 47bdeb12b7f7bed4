"""LaTeX and plain Unicode mathematics become tokens with spans; no token loses the place it came from."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from symderiv.errors import SymderivError
from symderiv.reading.refusal import refusal
from symderiv.reading.signs import (
    ACCENTS,
    BARE_WORDS,
    CHARACTERS,
    COMMANDS,
    FUNCTIONS,
    LOWERED,
    PROSE_COMMANDS,
    RAISED,
    SKIPPED,
    SKIPPED_WITH_ARGUMENT,
    SPACES,
    UNKNOWN_WORDS,
    WORD_COMMANDS,
)

#: Caps on what is read; over one of them is a refusal by name.
MAX_CHARACTERS = 20_000
MAX_TOKENS = 5_000
MAX_DIGITS = 60
MAX_NESTING = 80
MAX_PRIMES = 9


class Token(NamedTuple):
    """A piece of the source: its kind, its text in one spelling, its span, and the space before it (0, 1 thin, 2 wide)."""

    kind: str
    text: str
    start: int
    end: int
    gap: int = 0


#: Commands that set one thing over another, and words over an equals sign that make it a definition.
STACKED = frozenset({"stackrel", "overset", "underset"})
DEFINING = frozenset({"def", "def.", "\\triangle", "\\text{def}", "!"})

#: What stands behind `\arg`.
_EXTREME = re.compile(r"(?:\s|\\[,!;: ])*\\(max|min)(?![A-Za-z])")
#: The rest of a name in which letters are joined by `\_`.
_JOINED = re.compile(r"(?:\\_[A-Za-z0-9]+)+")

_SCAN = re.compile(
    r"(?P<space>[ \t\r\n]+|%[^\n]*\n?)"
    r"|(?P<word>[A-Za-z]+)"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|\\(?P<command>[A-Za-z]+|.)"
    r"|(?P<raised>[" + "".join(RAISED) + r"]+)"
    r"|(?P<lowered>[" + "".join(LOWERED) + r"]+)"
    r"|(?P<sign>.)",
    re.DOTALL,
)


def tokens(source: str) -> list[Token]:
    r"""The tokens of a formula, the last one of kind `end`.

    >>> [token.text for token in tokens(r"\tfrac12 x_{10}")]
    ['\\frac', '12', 'x', '_', '{', '10', '}', '']
    """
    return list(_scanned(source))


@lru_cache(maxsize=64)
def _scanned(source: str) -> tuple[Token, ...]:
    """The tokens of one text: it is looked at for labels, then for names, then for what it says."""
    if len(source) > MAX_CHARACTERS:
        raise SymderivError("limit", f"the formula has {len(source)} characters; at most {MAX_CHARACTERS} are read")
    found = _Scanner(source).run(0, len(source))
    found.append(Token("end", "", len(source), len(source), 0))
    run = 0
    for token in found:
        run = run + 1 if token.kind == "'" else 0
        if run > MAX_PRIMES:
            raise SymderivError(
                "limit", f"more than {MAX_PRIMES} primes side by side are not read", (token.start, token.end)
            )
    return tuple(found)


class _Scanner:
    """One pass over a source text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.depth = 0

    def run(self, pos: int, stop: int) -> list[Token]:
        out: list[Token] = []
        source, match, signs = self.source, _SCAN.match, CHARACTERS
        gap = 0
        while pos < stop:
            found = match(source, pos, stop)
            assert found is not None
            kind, end = found.lastgroup, found.end()
            if kind == "space":
                pos = end
                continue
            if kind == "sign":
                sign = signs.get(found[0])
                if sign is None:
                    raise refusal(source, pos, end, f"saw {found[0]!r}", "expected mathematics in LaTeX or Unicode")
                if sign[0] == "}" and len(out) > 1 and out[-2].kind == "{" and out[-1].kind in ("letter", "function"):
                    inner, brace = out.pop(), out.pop()
                    out.append(Token(inner.kind, inner.text, brace.start, end, brace.gap))
                elif sign[0] == "space":
                    gap, pos = 1, end
                    continue
                else:
                    out.append(Token(sign[0], sign[1], pos, end, gap))
            elif kind == "word" and (joined := _JOINED.match(source, end, stop)) is not None:
                end = joined.end()
                out.append(Token("letter", _upright(_plain(source[pos:end]), ""), pos, end, gap))
            elif kind == "word":
                self.word(out, found[0], pos, gap)
            elif kind == "number":
                self.number(out, found[0], pos, gap)
            elif kind == "command":
                known = COMMANDS.get(found["command"])
                if known is not None and known[1]:
                    out.append(Token(known[0], known[1], pos, end, gap))
                else:
                    gap, pos = self.command(out, found["command"], pos, end, gap)
                    continue
            else:
                self.script(out, found[0], kind == "raised", pos, gap)
            gap, pos = 0, end
            if len(out) > MAX_TOKENS:
                raise SymderivError("limit", f"the formula has more than {MAX_TOKENS} tokens", (pos, stop))
        return out

    def word(self, out: list[Token], text: str, pos: int, gap: int) -> None:
        """Letters side by side are a product, unless they spell the name of a function."""
        if len(text) > 1 and text in BARE_WORDS:
            out.append(Token("spelled", text, pos, pos + len(text), gap))
            return
        if text in UNKNOWN_WORDS:
            out.append(Token("operator", text, pos, pos + len(text), gap))
            return
        for shift, letter in enumerate(text):
            out.append(Token("letter", letter, pos + shift, pos + shift + 1, gap))
            gap = 0

    def number(self, out: list[Token], text: str, pos: int, gap: int) -> None:
        if len(text) > MAX_DIGITS:
            raise SymderivError(
                "limit", f"a number has {len(text)} digits; at most {MAX_DIGITS} are read", (pos, pos + len(text))
            )
        out.append(Token("number", text, pos, pos + len(text), gap))

    def script(self, out: list[Token], text: str, raised: bool, pos: int, gap: int) -> None:
        """`x²` is `x^{2}`, `x₁` is `x_{1}`: tokens that all stand at the character's place."""
        table, end = (RAISED, pos + len(text)) if raised else (LOWERED, pos + len(text))
        inner = "".join(table[letter] for letter in text)
        out.append(Token("^" if raised else "_", "^" if raised else "_", pos, end, gap))
        pieces = [Token(t.kind, t.text, pos, end) for t in _Scanner(inner).run(0, len(inner))]
        alone = len(pieces) == 1 and pieces[0].kind == "letter"
        out.extend(pieces if alone else [Token("{", "{", pos, end), *pieces, Token("}", "}", pos, end)])

    def command(self, out: list[Token], name: str, pos: int, end: int, gap: int) -> tuple[int, int]:
        """A command that takes something with it: the space it leaves behind, and where reading goes on."""
        if name in SPACES:
            return max(gap, SPACES[name]), end
        if name in ("left", "right"):
            return 0, self.delimiter(out, name, pos, end, gap)
        if name in SKIPPED:
            return gap, end
        if name in ACCENTS:
            return 0, self.accent(out, ACCENTS[name], pos, end, gap)
        if name in SKIPPED_WITH_ARGUMENT:
            return max(gap, SKIPPED_WITH_ARGUMENT[name]), self.argument(end)[1] + 1
        if name in WORD_COMMANDS:
            return 0, self.upright(out, name, pos, end, gap)
        if name in PROSE_COMMANDS:
            first, last = self.argument(end)
            self.prose(out, _plain(self.source[first:last]).strip(), pos, last + 1, gap)
            return 0, last + 1
        if name in ("begin", "end"):
            first, last = self.argument(end)
            out.append(Token(name, self.source[first:last].rstrip("*"), pos, last + 1, gap))
            return 0, last + 1
        if name in STACKED:
            return 0, self.stacked(out, pos, end, gap)
        if name == "arg" and (extreme := _EXTREME.match(self.source, end)) is not None:
            out.append(Token("operator", f"arg{extreme[1]}", pos, extreme.end(), gap))
            return 0, extreme.end()
        if name in COMMANDS:
            out.append(Token(COMMANDS[name][0], name, pos, end, gap))
            return 0, end
        raise refusal(
            self.source,
            pos,
            end,
            f"saw \\{name}",
            "expected a command of mathematics",
            "write it in commands of plain LaTeX",
        )

    def stacked(self, out: list[Token], pos: int, end: int, gap: int) -> int:
        r"""`\stackrel{\text{def}}{=}`, `\overset{…}{=}`: the sign, without the remark on it; a `:=` where it says so."""
        remark, place = self.group_or_one(end)
        below, last = self.group_or_one(place)
        sign = next((token for token in (below[:1] + remark[:1]) if token.kind in ("relation", "arrow")), None)
        if sign is None and below[:1] and below[0].kind == "operator":
            out += [below[0]._replace(start=pos, end=last, gap=gap), Token("_", "_", pos, end)]
            out += [Token("{", "{", pos, end), *remark, Token("}", "}", pos, end)]
            return last
        if sign is None:
            raise refusal(
                self.source, pos, last, "saw something set over something", "expected a relation", code="unsupported"
            )
        words = "".join(token.text for token in remark)
        text = ":=" if sign.text == "=" and words in DEFINING else sign.text
        out.append(Token(sign.kind, text, pos, last, gap))
        return last

    def argument(self, pos: int) -> tuple[int, int]:
        """The inside of the group `{…}` that follows, or of the one letter."""
        source = self.source
        while pos < len(source) and source[pos].isspace():
            pos += 1
        if pos >= len(source) or source[pos] != "{":
            seen = repr(source[pos]) if pos < len(source) else "the end"
            raise refusal(source, pos, min(pos + 1, len(source)), f"saw {seen}", "expected '{'")
        depth = 0
        for place in range(pos, len(source)):
            if source[place] in "{}" and source[place - 1] != "\\":
                depth += 1 if source[place] == "{" else -1
                if depth == 0:
                    return pos + 1, place
        raise refusal(source, pos, pos + 1, "saw '{' that is never closed", "expected '}'")

    def delimiter(self, out: list[Token], side: str, pos: int, end: int, gap: int) -> int:
        r"""`\left(`, `\right.`: bars learn on which side they stand."""
        found = _SCAN.match(self.source, end)
        while found is not None and found.lastgroup == "space":
            found = _SCAN.match(self.source, found.end())
        text = found[0] if found is not None else ""
        kind, sign = COMMANDS.get(text[1:], ("", "")) if text.startswith("\\") else CHARACTERS.get(text, ("", ""))
        opening = side == "left"
        if text in (".", "<", ">"):
            kind, sign = ("open" if opening else "close"), {".": ".", "<": "⟨", ">": "⟩"}[text]
        if kind in ("bar", "norm"):
            kind += "(" if opening else ")"
        if kind in ("open", "close") and text != "." and (sign in "⟨⟩⌊⌋⌈⌉") and (kind == "open") != (sign in "⟨⌊⌈"):
            kind = ""
        if found is None or kind not in ("open", "close", "bar(", "bar)", "norm(", "norm)"):
            raise refusal(self.source, pos, end, f"saw \\{side}{text}", f"expected a bracket after \\{side}")
        out.append(Token(kind, sign, pos, found.end(), gap))
        return found.end()

    def accent(self, out: list[Token], accent: str, pos: int, end: int, gap: int) -> int:
        r"""`\hat y`, `\mathbf{W}`, `\mathbf{1}`: a letter of its own; what else stands in the group follows it."""
        inner, last = self.group_or_one(end)
        if not inner:
            raise refusal(self.source, pos, end, "saw an accent over nothing", "expected a letter under it")
        first = inner[0]
        if (
            first.kind == "number"
            and first.text in ("1", "0")
            and accent in ("mathbf", "boldsymbol", "mathbb", "vec", "bar")
        ):
            kind = {"1": "ones", "0": "zeros"}[first.text]
            out.append(Token("indicator" if accent == "mathbb" else kind, kind, pos, last, gap))
        elif first.kind in ("ones", "zeros"):
            out.append(Token(first.kind, first.text, pos, last, gap))
        elif first.kind == "letter" and (len(inner) == 1 or inner[1].kind in ("_", "^", "'")):
            out.append(Token("letter", f"\\{accent}{{{first.text}}}", pos, last if len(inner) == 1 else first.end, gap))
        elif first.kind == "∇":
            out.append(first._replace(start=pos))
        elif first.kind in ("word", "spelled") or all(token.kind == "letter" for token in inner):
            text = "".join(token.text for token in inner)
            out.append(Token("letter", f"\\{accent}{{\\text{{{text}}}}}", pos, last, gap))
            return last
        else:
            raise refusal(
                self.source, pos, last, f"saw an accent (\\{accent}) over an expression", "expected one letter under it"
            )
        out.extend(inner[1:])
        return last

    def group_or_one(self, pos: int) -> tuple[list[Token], int]:
        """The tokens of the group or of the single sign that follows, and where it ends."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise SymderivError("limit", f"accents are nested more than {MAX_NESTING} deep", (pos, pos + 1))
        found = _SCAN.match(self.source, pos)
        while found is not None and found.lastgroup == "space":
            found = _SCAN.match(self.source, found.end())
        if found is None:
            raise refusal(self.source, pos, pos, "saw the end", "expected a letter or '{'")
        if found[0] == "{":
            first, last = self.argument(found.start())
            inner, end = self.run(first, last), last + 1
        elif found.lastgroup == "command" and found["command"] in ACCENTS:
            inner = []
            end = self.accent(inner, ACCENTS[found["command"]], found.start(), found.end(), 0)
        else:
            end = found.end() if found.lastgroup == "command" else found.start() + 1
            inner = self.run(found.start(), end)
        self.depth -= 1
        return inner, end

    def upright(self, out: list[Token], name: str, pos: int, end: int, gap: int) -> int:
        r"""`\operatorname{tr}`, `\mathrm{d}`, `\mathrm W`: a function, an operator, a letter, or a name in words."""
        if self.source[end : end + 1] == "*":
            end += 1
        inner, last = self.group_or_one(end)
        text = "".join(token.text for token in inner)
        if len(inner) == 1 and inner[0].kind not in ("letter", "spelled"):
            out.append(inner[0]._replace(start=pos, end=last, gap=gap))
        elif len(inner) == 1 and inner[0].kind == "letter" and name != "operatorname":
            plain = len(text) > 1 or text in "deT"
            out.append(Token("letter", text if plain else f"\\mathrm{{{text}}}", pos, last, gap))
        elif text in FUNCTIONS:
            out.append(Token("function", FUNCTIONS[text], pos, last, gap))
        else:
            words = _plain(self.source[end:last].strip().strip("{}")).replace("\\,", "").replace(" ", "")
            out.append(Token("operator" if name == "operatorname" else "letter", _upright(words, name), pos, last, gap))
        return last

    def prose(self, out: list[Token], text: str, pos: int, end: int, gap: int) -> None:
        if text in FUNCTIONS:
            out.append(Token("function", FUNCTIONS[text], pos, end, gap))
        elif text:
            out.append(Token("text", text, pos, end, gap))


def _plain(words: str) -> str:
    """Words as they are seen: `batch\\_size` shows a line that joins its letters."""
    return words.replace("\\_", "_")


def _upright(words: str, name: str) -> str:
    return words if name == "operatorname" else f"\\text{{{words}}}"
