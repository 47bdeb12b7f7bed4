"""Whether an equation of a script defines a name, or claims something of names that are known."""

from __future__ import annotations

from typing import NamedTuple

from symderiv.reading.calls import USUAL_KNOWN
from symderiv.reading.definitions import Definition, definition, is_a_square, says_a_value
from symderiv.reading.draft import Draft
from symderiv.reading.environment import Macro
from symderiv.reading.guesses import INDEX_LETTERS
from symderiv.reading.heads import Head, Label, label, labels, top_level
from symderiv.reading.joints import Part
from symderiv.reading.letters import written
from symderiv.reading.scripts import LABELS, LAYERS, STARS
from symderiv.reading.tokens import Token
from symderiv.term.kinds import SET, Term
from symderiv.term.shapes import Clash, shape


class Above(NamedTuple):
    """What the lines above tell of a line, besides what they define.

    `solving` are the letters that an equation above determines: `x = 2` is then a claim about x; `renewed` are names that
    may be defined again; `seen` are names without a definition that stand there; `chain` are the letters that are free in
    the chain which a relation at the front goes on with.
    """

    solving: frozenset[str] = frozenset()
    renewed: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    chain: frozenset[Term] = frozenset()


NOTHING_ABOVE = Above()


def new_definition(source: str, part: Part, draft: Draft, above: Above) -> Definition | None:
    """The definition of a name that nobody has defined, by the first formula behind it."""
    found = definition(source, part.pieces) or _under_a_logarithm(source, part.pieces)
    if found is not None and found.head.label.name.base in above.solving:
        return None
    if found is None or part.sign or part.conditional or says_a_value(found):
        return None
    if not _names_a_square(found, draft, above) and _is_known(found.head, part, draft):
        return None
    if _is_a_value_of_a_known_function(found, draft) or _turns_back(found, draft, above):
        return None
    if _is_an_index(found.head.label.key) and len(found.right) == 1 and _is_an_index(found.right[0].text):
        return None
    stop = top_level(found.right, "relation")
    if stop == 0:
        return None
    found = found._replace(right=found.right[:stop])
    return None if _is_an_equation(found, draft) else found


def _is_an_index(text: str) -> bool:
    return text in INDEX_LETTERS


def _under_a_logarithm(source: str, pieces: list[Token]) -> Definition | None:
    r"""`\log p = …` says what p is."""
    found = definition(source, pieces[1:]) if pieces[0].kind == "function" and pieces[0].text in ("log", "ln") else None
    if found is None:
        return None
    stop = top_level(found.right, "relation")
    inner = found.right[:stop]
    if not inner:
        return None
    first, last = inner[0], inner[-1]
    opening, closing = Token("open", "(", first.start, first.start), Token("close", ")", last.end, last.end)
    return found._replace(right=[Token("function", "exp", first.start, first.start), opening, *inner, closing])


def _is_known(head: Head, part: Part, draft: Draft) -> bool:
    """Whether the left side stands for something already: then the equation is a claim."""
    wanted = head.label
    quantity = draft.quantities.get(wanted.key)
    first = part.pieces[0]
    if first.text == "d" and len(part.pieces) > 1 and part.pieces[1].kind == "letter" and head.arguments is None:
        return part.pieces[1].text in draft.quantities or part.pieces[1].text in draft.functions
    if _is_a_power(wanted, draft) or _is_a_product(part, draft):
        return True
    if wanted.primes and (wanted.letter in draft.quantities or wanted.letter in draft.functions):
        return not _is_a_new_value(draft.quantities.get(wanted.letter), draft)
    if head.arguments is not None and wanted.letter == "d":
        return True
    if isinstance(draft.functions.get(wanted.letter), Macro) and wanted.below and quantity is None:
        return _all_letters(wanted.below)
    if wanted.letter == "\\delta" and len(wanted.below) > 1 and quantity is None and _all_indices(wanted.below, draft):
        return True
    if head.arguments is not None:
        return wanted.key in draft.functions or wanted.letter in draft.functions or bool(wanted.primes)
    if quantity is not None:
        return not _is_another(quantity, part, draft) and (quantity.kind != "name" or quantity.data.domain != "real")
    if wanted.below and (base := draft.quantities.get(wanted.letter)) is not None and not _is_set(base):
        return base.kind != "name" or not _all_letters(wanted.below)
    return wanted.key in draft.functions


def _is_set(quantity: Term) -> bool:
    """Whether a quantity is a set, which has no entries: `S_1` is another one."""
    return quantity.kind == "named" and quantity.args[0].kind == "tuple" and quantity.args[0].data == SET


def _is_a_new_value(letter: Term | None, draft: Draft) -> bool:
    """Whether a letter with a prime is another array beside it, `c' = f c + g`: no derivative of one without a formula."""
    said = any(words.startswith("' denotes") for words in draft.conventions)
    return letter is not None and letter.kind == "name" and bool(letter.data.shape) and not said


def _names_a_square(found: Definition, draft: Draft, above: Above) -> bool:
    """`σ^2 = v` of a letter that stands nowhere above, nor in v, names σ²."""
    wanted = found.head.label
    letters = {token.text for token in found.right if token.kind == "letter"} - {"e", "\\pi"}
    told = wanted.letter in draft.quantities or wanted.letter in draft.functions or wanted.letter in draft.stacks
    told = told or wanted.key in draft.quantities
    seen = not above.seen.isdisjoint({Label(wanted.letter).key, Label(wanted.letter, wanted.below).key})
    return is_a_square(wanted) and bool(letters) and wanted.letter not in letters and not told and not seen


def _is_another(quantity: Term, part: Part, draft: Draft) -> bool:
    """Whether the letter of a length names an array here: `h = Wx` where W has h rows."""
    place = top_level(part.pieces, "relation")
    if quantity.kind != "name" or quantity.data.domain != "natural" or place is None:
        return False
    right = part.pieces[place + 1 :]
    found = shape(draft.read(part.pieces[0].text, right[: top_level(right, "relation")]))
    return not isinstance(found, Clash) and bool(found)


def _is_a_value_of_a_known_function(found: Definition, draft: Draft) -> bool:
    r"""`\sigma(z) = 0.79` of a z that was defined above says what the known function is worth there, and defines none."""
    arguments = found.head.arguments
    if arguments is None or found.head.label.key not in USUAL_KNOWN:
        return False
    right = {token.text for token in found.right}
    told = [draft.quantities.get(argument.key) for argument in arguments]
    return all(term is not None and term.kind == "named" for term in told) and right.isdisjoint(
        argument.letter for argument in arguments
    )


def _turns_back(found: Definition, draft: Draft, above: Above) -> bool:
    r"""`x = \tan y` below `y = \arctan x` says the same again: what y was made of is not made of y."""
    wanted = found.head.label
    if found.head.arguments is not None or wanted.key not in above.seen:
        return False
    told = [draft.quantities.get(item.key) for item in labels(found.right).values()]
    parts = [term for term in told if term is not None and term.kind == "named"]
    return any(leaf.kind == "name" and leaf.data.name.latex == wanted.key for term in parts for leaf in term.free)


def _is_a_power(wanted: Label, draft: Draft) -> bool:
    """`x^2 = …` and `e^{x+y} = …` say something about x and e, unless what is raised is a label."""
    words = {"superscripts number the layers", "superscripts are indices"} & draft.conventions
    if not wanted.above or wanted.key in draft.quantities or wanted.letter in draft.labelled:
        return False
    text = written(list(wanted.above))
    if text in STARS or (text.isalpha() and len(text) > 2 and wanted.letter != "e"):
        return False
    if wanted.letter == "e" or (not words and wanted.letter in draft.quantities):
        return True
    return not (words or text in LAYERS or text in LABELS or text[:1] in "([")


def _is_a_product(part: Part, draft: Draft) -> bool:
    """`AB = BA` is no definition of a name AB: letters side by side are one name only where that was said."""
    letters = part.pieces[:2]
    side_by_side = len(letters) == 2 and all(token.kind == "letter" for token in letters)
    return side_by_side and "".join(token.text for token in letters) not in draft.words


def _is_an_equation(found: Definition, draft: Draft) -> bool:
    """`x = 2x` is an equation, also one that gives w another value; the label of `f = W_f x` is not f."""
    wanted, written_there = found.head.label, labels(found.right)
    below = {token.start for item in written_there.values() for token in item.below}
    again = any(item.key == wanted.key for start, item in written_there.items() if start not in below)
    return found.head.arguments is None and again


def is_update(found: Definition, draft: Draft) -> bool:
    r"""Whether an equation gives a letter or a number another value: `w = w - \alpha g`."""
    if found.head.arguments is not None:
        return False
    stop = next((place for place, token in enumerate(found.right) if token.kind in ("+", "-")), 0)
    start = label(found.right[:stop])
    known = draft.quantities.get(found.head.label.key)
    body = known.args[0] if known is not None and known.kind == "named" else None
    has_formula = body is not None and body.kind not in ("name", "named") and bool(body.free)
    return start is not None and start.key == found.head.label.key and not has_formula


def _all_indices(below: tuple[Token, ...], draft: Draft) -> bool:
    known = [draft.quantities.get(token.text) for token in below if token.kind == "letter"]
    return all(term is not None and term.kind == "index" for term in known)


def _all_letters(below: tuple[Token, ...]) -> bool:
    return all(token.kind in ("letter", ",") for token in below)
