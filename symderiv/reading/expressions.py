"""One formula, read whole: a Term, or a refusal with a caret."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from symderiv.reading.environment import Environment
from symderiv.reading.fitting import fit
from symderiv.reading.grammar import GRAMMAR
from symderiv.reading.naming import named_in_words
from symderiv.reading.opaque import keeps, opaque
from symderiv.reading.pratt import Reader
from symderiv.reading.ranges import LETTERS_THE_OTHER_WAY, fixed
from symderiv.reading.tokens import Token, tokens
from symderiv.term.build import ONE, Shape, relation
from symderiv.term.kinds import Term
from symderiv.term.places import substitute

NOTHING_KNOWN = Environment()


def read_expression(
    source: str, environment: Environment = NOTHING_KNOWN, *, strict: bool = False, shape: Shape | None = None
) -> Term:
    r"""The term of a formula as it is written; a relation where the formula has one.

    `shape` is that of the whole, for an `I` or `\mathbf{1}` that the formula itself does not size. An undeclared letter
    is a real number, or refused (`unknown-name`) where `strict`. Raises SymderivError `unread`, `unsupported`, `limit`.

    >>> read_expression(r"\frac{x^2}{\sin x}")
    fraction(power(x, 2), apply(\text{sin}, x))
    """
    return read_tokens(source, spelled(tokens(source), environment), environment, strict=strict, shape=shape)


def read_tokens(
    source: str,
    pieces: list[Token],
    environment: Environment,
    local: Mapping[str, Term] | None = None,
    *,
    strict: bool = False,
    shape: Shape | None = None,
) -> Term:
    """The term of these tokens of a source, all of them; `local` gives letters a meaning for this formula only."""
    reader, term = _read(source, pieces, environment, local or {}, strict)
    if reader.paired and (outside := fixed(reader.paired, term, LETTERS_THE_OTHER_WAY in environment.conventions)):
        reader, term = _read(source, pieces, environment, {**(local or {}), **outside}, strict)
    if "repeated indices are summed" in environment.conventions and any(leaf.kind == "index" for leaf in term.free):
        raise reader.unsupported(pieces[0], "the summation convention")
    return term if not reader.unknown else sized(reader, term, shape)


def _read(
    source: str, pieces: list[Token], environment: Environment, local: Mapping[str, Term], strict: bool
) -> tuple[Reader, Term]:
    reader = Reader(source, pieces, environment, GRAMMAR, strict)
    reader.local.update(local)
    term = reader.read()
    if reader.token.kind != "end":
        raise reader.unexpected(reader.token, "expected an operator or the end of the formula")
    return reader, term


def sized(reader: Reader, term: Term, shape: Shape | None) -> Term:
    """The term with the sizes of `I` and `1` that fit; one that nothing tells is the only size declared here."""
    term = fit(term, reader.unknown, shape)
    loose = [size for size in reader.unknown if size in term.free]
    if not loose:
        return term
    declared = [leaf for leaf in reader.environment.quantities.values() if leaf.kind == "name"]
    sizes = {size for leaf in declared if leaf in term.free for size in leaf.data.shape} - set(loose)
    if len(sizes) == 1:
        return substitute(term, dict.fromkeys(loose, *sizes))
    if keeps(reader):
        return _kept(term, loose)
    raise reader.refuse(reader.tokens[0], "saw I or 1 of a size that nothing tells", do="write its size: I_n, \\mathbf{1}_n")


def _kept(term: Term, loose: list[Term]) -> Term:
    """The sides of a formula in which an `I` or `1` has no size, as they are written."""
    if term.kind == "relation":
        return relation(term.data, *[_kept(side, loose) for side in term.args])
    if not any(size in term.free for size in loose):
        return term
    return opaque("size", substitute(term, dict.fromkeys(loose, ONE)))


def closed(pieces: list[Token], source: str) -> list[Token]:
    """Some tokens of a source with an end behind them."""
    place = pieces[-1].end if pieces else len(source)
    return [*pieces, Token("end", "", place, place)]


def spelled(pieces: list[Token], environment: Environment) -> list[Token]:
    """The tokens with letters that make one name put together, and signs replaced by what was said of them."""
    kinds = {token.kind for token in pieces}
    if "close" in kinds and "^" in kinds:
        pieces = _transposes_apart(pieces)
    if "." in kinds:
        pieces = _dots_joined(pieces)
    if "bar" in kinds or "norm" in kinds:
        pieces = _bars_in_calls(pieces)
    if "text" in kinds:
        pieces = named_in_words(pieces, environment.quantities, environment.results)
    if environment.signs:
        pieces = [t._replace(kind=environment.signs.get(t.kind, t.kind)) for t in pieces]
    if environment.words:
        pieces = _words(pieces, sorted(environment.words, key=lambda word: (-len(word), word)))
    return pieces


def _transposes_apart(pieces: list[Token]) -> list[Token]:
    r"""`x^{(i)T}` as `x^{(i)}` with a transpose behind it."""
    found: list[Token] = []
    for token in pieces:
        found.append(token)
        start = _bracketed_label(found) if token.kind == "}" and len(found) > 4 else None
        if start is not None:
            turn = found[-2]
            found[-2:] = [token, turn._replace(kind="^", text="^"), turn]
    return found


def _dots_joined(pieces: list[Token]) -> list[Token]:
    """Three full stops as the sign for dots."""
    found: list[Token] = []
    for token in pieces:
        found.append(token)
        if token.kind == "." and len(found) > 2 and found[-2].kind == found[-3].kind == ".":
            found[-3:] = [Token("dots", "\\dots", found[-3].start, token.end, found[-3].gap)]
    return found


def _bars_in_calls(pieces: list[Token]) -> list[Token]:
    """One bar alone between round brackets, `p(a | b)`, is a condition and no absolute value."""
    opened: list[int] = []
    bars: dict[int, list[int]] = {}
    for place, token in enumerate(pieces):
        if token.kind in ("open", "{"):
            opened.append(place)
        elif token.kind in ("close", "}") and opened:
            opened.pop()
        elif token.kind in ("bar", "norm") and opened and pieces[opened[-1]].text in ("(", "["):
            bars.setdefault(opened[-1], []).append(place)
    alone = {places[0] for places in bars.values() if len(places) == 1}
    if not alone:
        return pieces
    return [token._replace(kind="mid") if place in alone else token for place, token in enumerate(pieces)]


def _bracketed_label(found: list[Token]) -> int | None:
    """Where `^{(…)T}` begins, of which the last token is the closing brace; None where it is something else."""
    depth = 0
    if found[-3].kind != "close" or found[-2].text not in ("T", "\\top"):
        return None
    for place in range(len(found) - 3, 1, -1):
        depth += (found[place].kind == "close") - (found[place].kind == "open")
        if depth == 0:
            return place - 2 if (found[place - 1].kind, found[place - 2].kind) == ("{", "^") else None
    return None


def _words(pieces: list[Token], words: list[str]) -> list[Token]:
    found: list[Token] = []
    place = 0
    while place < len(pieces):
        alone = pieces[place]
        if alone.kind == "text" and alone.text in words:
            found.append(alone._replace(kind="letter", text=f"\\text{{{alone.text}}}"))
            place += 1
            continue
        accented = _accented_word(pieces, place, words)
        if accented is not None:
            found.append(accented)
            place += 2
            continue
        for word in words:
            run = pieces[place : place + len(word)]
            if all(t.kind == "letter" for t in run) and [t.text for t in run] == list(word) and _adjacent(run):
                found.append(Token("letter", f"\\text{{{word}}}", run[0].start, run[-1].end, run[0].gap))
                place += len(word)
                break
        else:
            found.append(pieces[place])
            place += 1
    return found


def _accented_word(pieces: list[Token], place: int, words: list[str]) -> Token | None:
    r"""`d\hat x` as one name."""
    if place + 1 >= len(pieces) or pieces[place + 1].kind != "letter" or pieces[place].kind != "letter":
        return None
    first, second = pieces[place], pieces[place + 1]
    if first.text + second.text not in words or not second.text.endswith("}"):
        return None
    accent, _, letter = second.text.partition("{")
    return Token("letter", f"{accent}{{\\text{{{first.text}{letter[:-1]}}}}}", first.start, second.end, first.gap)


def _adjacent(run: list[Token]) -> bool:
    return all(left.end == right.start for left, right in pairwise(run))
