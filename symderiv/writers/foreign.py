"""Foreign: a formula that somebody else wrote as MathML, let through only as far as an allow-list knows it."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from symderiv.writers.markup import element
from symderiv.writers.mathml import ATTRIBUTES, ELEMENTS, THIN
from symderiv.writers.prose import LONGEST

#: What the converter raises on broken input beside its own exceptions, and what we raise on what is not let through.
FAILURES = (ValueError, StopIteration, LookupError, TypeError, AttributeError, RecursionError)

#: Bars that the converter leaves to grow one by one; a pair of them must look alike.
BARS = frozenset("|‖∥∣")

_ENTITY = re.compile(r"&#x([0-9A-Fa-f]+);")


def foreign_math(latex: str, block: bool = False) -> Element:
    r"""A foreign formula as MathML Core, or its source in `code` where the converter does not know a part of it.

    >>> foreign_math(r"\boxed{x}").tag, foreign_math(r"\frac{1}{x}").tag
    ('code', 'math')
    """
    from latex2mathml import exceptions
    from latex2mathml.converter import convert_to_element

    own = (kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception))
    failures: tuple[type[Exception], ...] = (*own, *FAILURES)
    if len(latex) > LONGEST:
        return element("code", latex)
    try:
        converted = convert_to_element(latex, display="block" if block else "inline")
        return _rebuilt(converted)
    except failures:
        return element("code", latex)


class Unknown(ValueError):
    """Something that is not MathML Core, or a command that the converter passed through as a letter."""


def _rebuilt(node: Element) -> Element:
    if node.tag not in ELEMENTS:
        raise Unknown(node.tag)
    text = _ENTITY.sub(lambda match: chr(int(match[1], 16)), node.text or "")
    if node.tag in ("mi", "mo") and (text == "&" or (text.startswith("\\") and len(text) > 1)):
        raise Unknown(text)
    kept = {name: value for name, value in node.attrib.items() if name in ATTRIBUTES}
    if node.get("columnalign") == "left":
        kept["class"] = "left"
    if kept.get("mathvariant") != "normal":
        kept.pop("mathvariant", None)
    if node.tag == "mo" and text in BARS:
        kept["stretchy"] = "false"
    made = Element(node.tag, kept)
    made.text = text
    parts = [_rebuilt(child) for child in node]
    made.extend(_spaced(_fenced(parts)) if node.tag in ("math", "mrow") else parts)
    return made


def _fenced(parts: list[Element]) -> list[Element]:
    """Parts side by side whose bars, where each has its partner, open and close and keep no room as signs between do."""
    heads = [part[0] if part.tag in ("msup", "msub", "msubsup") and len(part) else part for part in parts]
    for bar in BARS:
        found = [head for head in heads if head.tag == "mo" and head.text == bar]
        for place, head in enumerate(found if len(found) % 2 == 0 else ()):
            head.set("form", "postfix" if place % 2 else "prefix")
    return parts


def _spaced(parts: list[Element]) -> list[Element]:
    """Parts side by side with the room that the converter forgets: around a function's word, not behind a leading minus."""
    found: list[Element] = []
    for place, part in enumerate(parts):
        before = parts[place - 1] if place else None
        if (
            part.tag == "mo"
            and part.text in ("−", "-", "+")
            and (before is None or (before.tag == "mo" and before.text != ")"))
        ):
            part.set("form", "prefix")
        if before is not None and ((_is_word(part) and before.tag != "mo") or (_is_word(before) and part.tag != "mo")):
            found.append(element("mspace", width=THIN))
        found.append(part)
    return found


def _is_word(node: Element) -> bool:
    """Whether this is the word of a function, with scripts or without."""
    while node.tag in ("msup", "msub", "msubsup", "munder") and len(node):
        node = node[0]
    return node.tag in ("mi", "mo") and len(node.text or "") > 1 and (node.text or "").isalpha()
