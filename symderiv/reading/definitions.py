"""Definitions: names with a formula, functions with bound arguments, vectors given by their entries."""

from __future__ import annotations

from collections.abc import Container
from functools import cache
from typing import NamedTuple

from symderiv.errors import SymderivError
from symderiv.reading.arrays import reach
from symderiv.reading.calls import USUAL_KNOWN
from symderiv.reading.draft import Draft
from symderiv.reading.environment import Macro, bare
from symderiv.reading.expressions import closed, read_expression
from symderiv.reading.grammar import GRAMMAR
from symderiv.reading.guesses import INDEX_LETTERS, guessed_arrays
from symderiv.reading.heads import Head, Label, group_end, head, label, labels, top_level
from symderiv.reading.letters import spellings
from symderiv.reading.opaque import opaque
from symderiv.reading.pratt import Reader
from symderiv.reading.refusal import refusal
from symderiv.reading.templates import templates_of
from symderiv.reading.tokens import Token
from symderiv.term.build import FROM_ZERO, apply, entry, function, index, literal, name, named, relation, root, stack
from symderiv.term.kinds import SET, Term
from symderiv.term.names import Name
from symderiv.term.places import substitute
from symderiv.term.shapes import Clash, axes_of, shape

#: Ways to write the logistic function of t.
LOGISTIC = (
    r"\frac{1}{1+e^{-t}}", r"\frac{1}{1+\exp(-t)}", r"\frac{1}{e^{-t}+1}", r"\frac{1}{\exp(-t)+1}", r"(1+e^{-t})^{-1}",
    r"(1+\exp(-t))^{-1}", r"\frac{e^t}{1+e^t}", r"\frac{e^t}{e^t+1}", r"\frac{\exp(t)}{1+\exp(t)}",
    r"\frac{\exp(t)}{\exp(t)+1}",
    r"1/(1+e^{-t})", r"1/(1+\exp(-t))", r"1/(e^{-t}+1)", r"1/(\exp(-t)+1)", r"e^t/(1+e^t)", r"e^t/(e^t+1)",
)  # fmt: skip


class Definition(NamedTuple):
    """`head = right`, in a source."""

    source: str
    head: Head
    right: list[Token]


def definition(source: str, pieces: list[Token]) -> Definition | None:
    """The definition that a formula is by its form: a bare name or function, `=`, something."""
    place = top_level(pieces, "relation")
    if place is None or pieces[place].text not in ("=", ":="):
        return None
    found = head(pieces[:place])
    if found is None or place + 1 >= len(pieces):
        return None
    return Definition(source, found, pieces[place + 1 :])


def says_a_value(found: Definition, names: Container[str] = ()) -> bool:
    """Whether an equation `E(x_{ij}) = 0` gives a value and no formula: its right side does not speak of the entry, nor in
    `H(S) = 1` of the S that is defined among `names`."""
    written = labels(found.right)
    below = {token.start for item in written.values() for token in item.below}
    spoken = {item.letter for start, item in written.items() if start not in below}
    return bool(found.head.arguments) and all(
        (item.below or item.key in names) and item.letter not in spoken for item in found.head.arguments or ()
    )


def define_all(draft: Draft, definitions: list[Definition], kept: bool = False) -> None:
    """Every definition, each after those that it uses; one without a value here is `kept` or refused."""
    numbers: dict[str, int] = {}
    for number, item in enumerate(definitions):
        wanted = item.head.label
        entries = item.head.arguments is not None or _index_letters(draft, wanted, item.right)
        numbers.setdefault(_array(draft, wanted).key if entries else wanted.key, number)
    done: set[int] = set()
    active: list[int] = []

    def visit(number: int) -> None:
        if number in done:
            return
        here = definitions[number]
        if number in active:
            raise refusal(
                here.source, here.right[0].start, here.right[-1].end, f"saw {here.head.label.key} defined by itself"
            )
        active.append(number)
        for other in _uses(draft, here, numbers):
            if other != number:
                visit(other)
        active.pop()
        try:
            define(draft, here)
        except SymderivError as stop:
            if not kept or stop.code != "unsupported":
                raise
            keep(draft, here)
            draft.notes.append(here.source)
        done.add(number)

    for number in range(len(definitions)):
        visit(number)


def _uses(draft: Draft, here: Definition, numbers: dict[str, int]) -> list[int]:
    """The definitions that a right side names, by the longest name that fits; what labels a declared name is none."""
    arguments = {argument.letter for argument in here.head.arguments or ()}
    found: list[int] = [numbers[argument.key] for argument in here.head.arguments or () if argument.key in numbers]
    written_there = labels(here.right)
    raised = {token.start for item in written_there.values() if _array(draft, item).above for token in item.above}
    for start, item in written_there.items():
        if item.letter not in arguments and start not in raised:
            written = item.name
            keys = [key for key, *_ in spellings(item.letter, written.sub, written.sup, written.primes)]
            known = [numbers[key] for key in [*keys, item.letter, _array(draft, item).key] if key in numbers]
            found += known[:1]
    return found


def _array(draft: Draft, wanted: Label) -> Label:
    """The name of the array that a name with indices is an entry of: its letter, and what is raised if that is a label.

    Of `y_{i,j}` it is the capital, where only that is declared.
    """
    capital = draft.stacks.get(wanted.letter)
    if wanted.letter not in draft.quantities and capital is not None and capital.kind == "name":
        return Label(capital.data.name.latex)
    whole = wanted._replace(below=())
    told = whole.key in draft.quantities or wanted.letter in draft.labelled
    return whole if told or is_a_square(wanted) else whole._replace(above=())


def _index_letters(draft: Draft, wanted: Label, right: list[Token]) -> list[str]:
    """The letters below a name that may number its entries."""
    letters: list[str] = []
    whole = draft.quantities.get(wanted.letter)
    if whole is None and _recurs(wanted, right):
        return []
    axes = len(whole.data.shape) if whole is not None and whole.kind == "name" else 0
    below = [piece.text for piece in wanted.below if piece.kind == "letter"]
    every_axis = len(below) == axes if axes else len(below) > 1 and _stand_below(right, below)
    for piece in wanted.below:
        if piece.kind == ",":
            continue
        declared = draft.quantities.get(piece.text)
        numbers = declared.kind == "index" if declared is not None else every_axis or piece.text in INDEX_LETTERS
        if piece.kind != "letter" or not numbers:
            return []
        letters.append(piece.text)
    return letters


def _recurs(wanted: Label, right: list[Token]) -> bool:
    """Whether a member of a sequence is said by others, `m_i = 2 m_{i-1}`: it is no entry of an array."""
    return any(found.recurs for found in templates_of("", wanted, right))


def _stand_below(pieces: list[Token], letters: list[str]) -> bool:
    """Whether these letters all stand in a formula, and only as subscripts or in them."""
    place, found = 0, set[str]()
    while place < len(pieces):
        if pieces[place].kind == "_":
            start, place = place + 1, group_end(pieces, place + 1)
            found |= {piece.text for piece in pieces[start:place]} & set(letters)
            continue
        if pieces[place].text in letters:
            return False
        place += 1
    return found == set(letters)


def define(draft: Draft, item: Definition) -> None:
    """One definition, whose right side is known or declared."""
    wanted, arguments, _ = item.head
    if wanted.letter.startswith("\\text{") and " " in wanted.letter:
        draft.words.add(wanted.letter[6:-1])
    alias = _alias(item)
    if alias is not None and arguments is None:
        draft.functions[wanted.key] = function(wanted.name, means=alias)
        draft.quantities.pop(wanted.key, None)
        return
    bound = {argument.key: _parameter(draft, item, argument) for argument in arguments or ()}
    if arguments is not None and (value := _without_arguments(draft, item)) is not None:
        draft.functions[wanted.key] = Macro(tuple(bound.values()), value, value)
        return
    labelled = {argument.key: bound[argument.key] for argument in arguments or () if argument.key != argument.letter}
    letters = [letter for letter in _index_letters(draft, wanted, item.right) if any(t.text == letter for t in item.right)]
    indices = {letter: index(letter) for letter in letters}
    before = {key: draft.quantities.get(key) for key in labelled}
    draft.quantities.update(labelled)
    body = draft.read(item.source, item.right, {**bound, **indices})
    for key, term in before.items():
        if term is None:
            del draft.quantities[key]
    if (
        indices
        and all(letter in body.free for letter in indices.values())
        and len(indices) == len(_index_letters(draft, wanted, item.right))
    ):
        body = _stacked(draft, item, body, indices)
        small, wanted = wanted.letter, _array(draft, wanted)
        if small in draft.stacks and small != wanted.letter:
            draft.stacks[small] = named(wanted.name, body)
    if arguments is None and wanted.key in draft.sizes:
        draft.given.append(relation("=", draft.sizes[wanted.key], body))
    elif arguments is None:
        _name(draft, wanted, _column(body))
        _name_root(draft, wanted)
        draft.templates += templates_of(item.source, wanted, item.right) if wanted is item.head.label else []
    else:
        _function(draft, wanted, tuple(bound.values()), body, all(a.key in draft.quantities for a in arguments))


def keep(draft: Draft, item: Definition) -> None:
    """A definition that is understood as far as its name: nothing is decided about that, and nothing derived from it."""
    wanted, arguments, _ = item.head
    if wanted.letter.startswith("\\text{"):
        draft.words.add(wanted.letter[6:-1])
    bound = tuple(name(argument.name) for argument in arguments or ())
    body = opaque(wanted.name, *bound)
    if arguments is None:
        _name(draft, wanted, body)
    else:
        _function(draft, wanted, bound, body, False)


def _without_arguments(draft: Draft, item: Definition) -> Term | None:
    """What `o_i(x) = o` says: the same is written with its argument and without."""
    same = label(item.right)
    if same is None or same.letter != item.head.label.letter or item.head.label.primes:
        return None
    return draft.read(item.source, item.right)


def _column(body: Term) -> Term:
    """A list of numbers in brackets is a column; one with dots is an array, `(x_1, …, x_N)` that of the family."""
    if body.kind == "tuple" and len(body.args) == 1 and body.args[0].kind == "stack":
        member, *letters = body.args[0].args
        array = member.args[0] if member.kind == "entry" and member.args[1:] == tuple(letters[:1]) else None
        if array is not None and axes_of(array)[:1] == tuple(letters[1:]):
            return array
        return body.args[0] if shape(member) == () else body
    if body.kind == "tuple" and body.data != SET and len(body.args) > 1 and all(shape(arg) == () for arg in body.args):
        return literal([[arg] for arg in body.args])
    return body


def _name(draft: Draft, wanted: Label, body: Term) -> None:
    if body.kind == "name" and body.data.name == wanted.name:
        draft.quantities[wanted.key] = body
        return
    part = named(wanted.name, body)
    for key, array in draft.stacks.items():
        if array.kind == "name" and array.data.name == wanted.name:
            draft.stacks[key] = part
    if _is_adjoint(wanted, body):
        draft.words |= {wanted.letter[6:-1], "d" + wanted.letter[7:-1].upper()}
        draft.quantities[f"\\text{{d{wanted.letter[7:-1].upper()}}}"] = part
    draft.quantities[wanted.key] = part
    draft.functions.pop(wanted.key, None)
    draft.definitions.append(part)


def is_a_square(wanted: Label) -> bool:
    """Whether a name carries a raised two, `σ^2`, and is a letter."""
    return [token.text for token in wanted.above] == ["2"] and not wanted.primes and wanted.letter != "e"


def _name_root(draft: Draft, wanted: Label) -> None:
    """Where `σ^2` is a name, σ is its root, unless σ or another name with a raised sign stands for something else."""
    letter = Label(wanted.letter, wanted.below)
    square = draft.quantities[wanted.key]
    sizes = shape(square)
    raised = (key for key in draft.quantities if bare(key) == wanted.letter and key != wanted.key)
    told = wanted.letter in draft.functions or wanted.letter in draft.labelled or any("^" in key for key in raised)
    if not is_a_square(wanted) or told or letter.key in draft.quantities or isinstance(sizes, Clash) or len(sizes) > 1:
        return
    place = index("i")
    _name(draft, letter, stack(root(entry(square, place)), place, *sizes) if sizes else root(square))


def _is_adjoint(wanted: Label, body: Term) -> bool:
    r"""`dy = \frac{\partial L}{\partial y}`: a name made of d and a letter, for a derivative by that letter."""
    inner = body.args[0] if body.kind == "stack" else body
    if inner.kind != "partial" or not wanted.letter.startswith("\\text{d") or len(wanted.letter) != 9:
        return False
    by = inner.args[1].args[0] if inner.args[1].kind == "entry" else inner.args[1]
    written = by.data.name.latex if by.kind == "name" else by.data.latex
    return bool(written.lower() == wanted.letter[7:-1].lower())


def _function(draft: Draft, wanted: Label, parameters: tuple[Term, ...], body: Term, of_quantities: bool) -> None:
    """A function: a known one under another letter, else a formula with bound arguments."""
    means = meaning(_member(body), parameters[0]) if len(parameters) == 1 else ""
    if means:
        draft.functions[wanted.key] = _known(wanted.name, means)
        draft.quantities.pop(wanted.key, None)
        return
    value = named(wanted.name, body)
    draft.functions[wanted.key] = Macro(parameters, value if body.kind == "stack" else body, value)
    draft.quantities.pop(wanted.key, None)
    if of_quantities or body.kind == "stack":
        draft.quantities[wanted.key] = value
        draft.definitions.append(value)


def _member(body: Term) -> Term:
    """`(σ(z_1), …, σ(z_m))` is `σ(z)`, entry by entry."""
    if body.kind != "stack" or len(body.args) != 3:
        return body
    inner, letter, _ = body.args
    if (
        inner.kind == "apply"
        and len(inner.args) == 2
        and inner.args[1].kind == "entry"
        and inner.args[1].args[1:] == (letter,)
    ):
        return apply(inner.args[0], inner.args[1].args[0])
    return body


def _known(written: Name, means: str) -> Term:
    usual = USUAL_KNOWN.get(written.latex)
    same = usual is not None and usual.data.name.base == means
    return usual if same and usual is not None else function(written, means=means)


def _alias(item: Definition) -> str | None:
    r"""`\phi = \tanh`: another letter for a known function."""
    if len(item.right) == 1 and item.right[0].kind in ("function", "spelled"):
        return item.right[0].text
    return None


def _parameter(draft: Draft, item: Definition, argument: Label) -> Term:
    """A bound argument: as declared, else an array if it stands with an index, else a number."""
    declared = draft.quantities.get(argument.key)
    if declared is not None and declared.kind in ("name", "named"):
        return declared
    pieces = [] if argument.below else item.right
    for place, piece in enumerate(pieces[:-1]):
        if piece.kind == "letter" and piece.text == argument.letter and pieces[place + 1].kind == "_":
            return _guessed(draft, item, argument)
    return name(argument.name)


def _guessed(draft: Draft, item: Definition, argument: Label) -> Term:
    reader = Reader(item.source, closed(item.right, item.source), draft.known(), GRAMMAR, False)
    return guessed_arrays(reader).get(argument.letter) or name(argument.name)


def _stacked(draft: Draft, item: Definition, body: Term, indices: dict[str, Term]) -> Term:
    """The array whose entries are `body`; its sizes are those declared, or those of what the letters index."""
    declared = draft.quantities.get(_array(draft, item.head.label).key)
    sizes = declared.data.shape if declared is not None and declared.kind == "name" else ()
    parts: list[Term] = []
    first = 0 if FROM_ZERO in draft.conventions else 1
    for axis, (text, letter) in enumerate(indices.items()):
        size = sizes[axis] if axis < len(sizes) else reach(body, letter, first)
        if size is None:
            raise refusal(
                item.source,
                item.right[0].start,
                item.right[-1].end,
                f"saw no range of {text}",
                do=f"declare {item.head.label.letter} with its shape",
            )
        parts += [letter, size]
    return stack(body, *parts)


@cache
def _logistic() -> frozenset[Term]:
    return frozenset(read_expression(text) for text in LOGISTIC)


def meaning(body: Term, parameter: Term) -> str:
    r"""The known function that a formula in one argument is: the logistic in any spelling, or `\tanh(t)`; else nothing.

    >>> meaning(read_expression(r"\frac{1}{1+e^{-s}}"), name("s"))
    'sigma'
    """
    if (
        body.kind == "apply"
        and body.args[0].kind == "function"
        and body.args[0].data.known
        and body.args[1:] == (parameter,)
    ):
        signature = body.args[0].data
        return "" if body.args[0].args else signature.means or signature.name.base
    if parameter.kind == "name" and not parameter.data.shape:
        return "sigma" if substitute(body, {parameter: name("t")}) in _logistic() else ""
    return ""
