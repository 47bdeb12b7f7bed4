"""Elements of HTML and MathML: a tree that is escaped once, when it is written."""

from __future__ import annotations

from xml.etree.ElementTree import Element, tostring

#: What an element holds: text, or another element.
Node = str | Element


def element(tag: str, *nodes: Node, **attributes: str) -> Element:
    """An element with its contents; attributes that are Python words have a final `_`, and `_` stands for a hyphen.

    >>> markup(element("p", "a < b", element("b", "!"), class_="note"))
    '<p class="note">a &lt; b<b>!</b></p>'
    """
    made = Element(tag, {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()})
    extend(made, *nodes)
    return made


def extend(parent: Element, *nodes: Node) -> None:
    """Append text and elements in order."""
    for node in nodes:
        if not isinstance(node, str):
            parent.append(node)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + node
        else:
            parent.text = (parent.text or "") + node


def markup(node: Element) -> str:
    """The element as HTML5 text; characters that no document may hold are left out."""
    return "".join(character for character in tostring(node, "unicode", "html") if character >= " " or character in "\t\n")
